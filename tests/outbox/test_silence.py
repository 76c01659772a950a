"""Somebody was silent for thirty days when the answer came: which way it goes; it is neither lost nor doubled."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.outbox.relay import OutboxRelay
from intake.actions.outbox.tell import tell
from intake.actions.questions.carry_out import give_answer
from intake.rules.message import Message
from intake.rules.outbox.channel_policy import ChannelPolicy, month_of, parse_budgets
from intake.rules.outbox.delivery import Rejected, Throttled, Unavailable
from intake.rules.outbox.letter import LetterState, Priority
from intake.rules.outbox.template import parse_templates
from intake.rules.people.person import Account, Person, Role
from intake.rules.questions.question import QuestionState
from scheduler.jobs import JobContext, run_day
from storage import tables as t
from tests.support.broadcasts import begin
from tests.support.lines import PlainLine
from tests.support.logged import Logged
from tests.support.meetings import fixes_day, makes_meeting
from tests.support.office import person_named
from tests.support.stories import neighbour_asks, question_of
from tests.support.window_line import SentTemplate, WindowChannel, WindowLine, zalo_reach
from tests.support.world import Line, Phone, World, local, opened_world

NAME = "Nguyễn Thị Mai"
ANSWER = "Xã sửa đường trong quý II."
REFERENCE = "DL-2024-0001"


@pytest.fixture
async def zalo(tmp_path: Path) -> AsyncIterator[Callable[..., object]]:
    """Di Lăng on an official account, with whatever it has of templates and budgets."""
    contexts = []

    async def open_(channel_policy: ChannelPolicy | None = None) -> World:
        channel_policy = channel_policy or zalo_reach()
        context = opened_world(
            tmp_path, WindowLine, local(2024, 3, 1), channel_policy=channel_policy, plan="di-lang-2024"
        )
        contexts.append(context)
        return await context.__aenter__()

    yield open_
    for context in contexts:
        await context.__aexit__(None, None, None)


def channel_of(world: World) -> WindowChannel:
    assert isinstance(world.line, WindowLine)
    return world.line.channel


async def mai_who_asked(world: World, phone_number: str = "") -> Phone:
    mai = world.phone()
    await mai.says("/start h-DL-hang-gon")
    await mai.presses("Đồng ý")
    await mai.says(NAME)
    await (mai.shares_phone(phone_number) if phone_number else mai.presses("Bỏ qua"))
    await mai.says("/hoi")
    await mai.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    await mai.presses("Gửi")
    assert REFERENCE in mai.hears()
    mai.reads()
    return mai


async def answered(world: World) -> None:
    """The office answers, late or not."""
    async with world.store.unit() as uow:
        question = await question_of(uow, REFERENCE)
        question.state = QuestionState.TAKEN_ON
        await give_answer(uow, question, ANSWER, where="thị trấn Di Lăng")
        await uow.commit()
    await world.settle()


async def told(world: World, text: str) -> None:
    async with world.store.unit() as uow:
        mai = await person_named(uow, NAME)
        await tell(uow, [mai.id], Message("notice.text", {"text": text}), relay=False)
        await uow.commit()
    await world.settle()


async def told_everybody(world: World, text: str) -> None:
    """A broadcast to Mai's hamlet."""
    async with world.store.reading() as uow:
        mai = await person_named(uow, NAME)
        assert mai.hamlet_id is not None
        hamlet = await uow.places.unit(mai.hamlet_id)
    assert hamlet.parent_id is not None
    await begin(world.store, hamlet.parent_id, [hamlet.id], text)
    await world.settle()


async def letters(world: World) -> list[LetterState]:
    """The states of everything but replies."""
    async with world.store.reading() as uow:
        rows = await uow.session.scalars(
            sa.select(t.letters.c.state).where(t.letters.c.priority != Priority.REPLY).order_by(t.letters.c.id)
        )
        return list(rows)


async def spent(world: World) -> int:
    async with world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        return await uow.ledger.messages(unit.id, month_of(uow.today))


async def test_within_two_days_an_answer_is_free(zalo):
    world = await zalo()
    mai = await mai_who_asked(world)
    world.clock.move(hours=47)
    await answered(world)

    assert ANSWER in mai.hears()
    assert (channel_of(world).billed, await spent(world)) == (0, 0)


async def test_within_seven_days_an_answer_is_paid_for_and_counted(zalo):
    world = await zalo()
    mai = await mai_who_asked(world)
    world.clock.move(days=6)
    await answered(world)

    assert ANSWER in mai.hears()
    assert (channel_of(world).billed, await spent(world)) == (1, 1)


async def test_after_thirty_days_a_template_message_by_account_says_only_that_there_is_an_answer(zalo):
    world = await zalo()
    mai = await mai_who_asked(world, "0912345678")
    world.clock.move(days=30)
    await answered(world)

    [sent] = channel_of(world).templates
    assert sent == SentTemplate(
        mai.address,
        None,
        "7001",
        {
            "ma": REFERENCE,
            "don_vi": "thị trấn Di Lăng",
            "ngay": "31/03/2024",
            "tu_khoa": f"tra cứu {REFERENCE}",
            "trang": "https://zalo.me/388613280878808645",
        },
    )
    assert mai.hears() == ""
    assert await letters(world) == [LetterState.ON_RETURN]
    assert await spent(world) == 1
    assert channel_of(world).tries == channel_of(world).billed + len(mai.line.shown(mai.address)), "nothing in vain"

    world.clock.move(days=2)
    await mai.says(sent.params["tu_khoa"])
    first, second, *_ = mai.news()
    assert ANSWER in first.text, "before anything else"
    assert REFERENCE in second.text, "then what was asked for"
    assert await letters(world) == [LetterState.SENT]
    await mai.presses("Hài lòng")
    assert "ơn" in mai.hears()
    assert ANSWER not in mai.hears(), "once is enough"


async def test_after_thirty_days_a_template_message_by_phone_where_the_account_takes_none(zalo):
    world = await zalo()
    mai = await mai_who_asked(world, "0912345678")
    channel_of(world).no_template_by_id.add(mai.address)
    world.clock.move(days=30)
    await answered(world)

    [sent] = channel_of(world).templates
    assert (sent.address, sent.phone, sent.template_id) == (None, "+84912345678", "7001")
    await mai.says("chào")
    assert ANSWER in mai.news()[0].text


async def test_after_thirty_days_without_any_template_the_answer_waits_for_the_return(zalo):
    world = await zalo(zalo_reach(templates=None))
    mai = await mai_who_asked(world)
    world.clock.move(days=30)
    await answered(world)
    await told(world, "Tin thứ hai")
    await told_everybody(world, "Tin thứ ba")

    assert await letters(world) == [LetterState.ON_RETURN] * 3
    assert channel_of(world).templates == []
    world.clock.move(days=1)
    await mai.says("menu")

    said = [message.text for message in mai.news()]
    assert ANSWER in said[0]
    assert said[1:3] == ["Tin thứ hai", "Tin thứ ba"]
    assert "muốn làm gì" in said[3], "then the menu that was asked for"
    await mai.says("menu")
    assert len(mai.news()) == 1, "nothing twice"


async def test_that_there_is_no_answer_yet_is_not_told_together_with_the_answer(zalo):
    """An asker who comes back after the due date reads the answer that is there by then, with its apology."""
    world = await zalo(zalo_reach(templates=None))
    mai = await mai_who_asked(world)
    world.clock.move(days=35)
    await run_day(JobContext(world.store.unit, at_any_hour=True))
    await world.settle()
    async with world.store.reading() as uow:
        asked = await question_of(uow, REFERENCE)
        late = await uow.letters.newest_to(asked.asker_id, asked.id)
    assert late is not None
    assert late.content is not None
    assert late.content["key"].startswith("remind."), "the sweep wrote to her"
    await answered(world)
    await mai.says("menu")

    heard = mai.hears()
    assert ANSWER in heard
    assert "trả lời chậm" in heard
    assert "chưa có kết quả" not in heard


async def test_a_broadcast_to_a_closed_chat_rings_as_news_of_a_meeting(zalo):
    world = await zalo()
    mai = await mai_who_asked(world)
    world.clock.move(days=30)
    await told_everybody(world, "Mời bà con")
    assert await letters(world) == [LetterState.ON_RETURN]
    assert len(channel_of(world).templates) == 1
    world.clock.move(days=1)
    await mai.says("menu")
    assert mai.news()[0].text == "Mời bà con"


async def test_news_without_a_template_of_its_own_waits_and_rings_nobody(zalo):
    world = await zalo(zalo_reach(templates=parse_templates({"answered": {"id": "7001"}})))
    await mai_who_asked(world)
    world.clock.move(days=30)
    await told(world, "Tin thứ hai")
    assert await letters(world) == [LetterState.ON_RETURN]
    assert channel_of(world).templates == []


async def test_after_thirty_days_and_no_return_the_hamlet_head_tells_it_in_person_and_ticks_it_off(zalo):
    world = await zalo(zalo_reach(templates=None))
    mai = await mai_who_asked(world)
    world.clock.move(days=30)
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    await answered(world)
    await told(world, "Tin thứ hai")
    await head.says("/danhsach")
    await head.presses("Chưa nhận được tin")
    assert "đều đã đến được" in head.hears(), "first the person is given time to come back"

    world.clock.move(days=3)
    await head.says("/danhsach")
    await head.presses("Chưa nhận được tin")
    assert f"1. {NAME} (2)" in head.hears()
    assert ANSWER not in head.hears(), "what is in it is the asker's"
    code = head.button("✅ Đã báo số 1")
    await head.presses("✅ Đã báo số 1")
    assert "Đã ghi nhận" in head.hears()
    assert "đều đã đến được" in head.hears()
    await head.taps_code(code)
    assert "không còn trong danh sách" in head.hears()
    async with world.store.reading() as uow:
        row = (
            await uow.session.execute(sa.select(t.audit_entries).where(t.audit_entries.c.act == "tell_in_person"))
        ).one()
        dung, owner = await person_named(uow, "Đinh Tấn Dũng"), await person_named(uow, NAME)
    assert (row.actor_id, row.subject, row.detail) == (dung.id, f"person:{owner.id}", {"letters": 2})

    await mai.says("menu")
    assert ANSWER in mai.news()[0].text, "the words themselves are still to be had"


async def test_what_came_after_the_head_looked_is_still_to_be_told(zalo):
    world = await zalo(zalo_reach(templates=None))
    await mai_who_asked(world)
    world.clock.move(days=30)
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    await answered(world)
    world.clock.move(days=3)
    await head.says("/danhsach")
    await head.presses("Chưa nhận được tin")
    code = head.button("✅ Đã báo số 1")
    await told(world, "Tin mới")
    world.clock.move(days=3)
    await head.taps_code(code)

    assert f"1. {NAME} (1)" in head.hears()


@pytest.mark.parametrize("code", ["told.1", "told.x.1.1", "told.999.1.1", "told.1.2.3.4"])
async def test_a_guessed_code_ticks_nobody_off(zalo, code):
    world = await zalo(zalo_reach(templates=None))
    mai = await mai_who_asked(world)
    await mai.taps_code(code)
    assert "Không tìm thấy" in mai.hears()


async def test_where_the_networks_clock_is_stricter_than_ours_nothing_is_lost(zalo):
    world = await zalo()
    mai = await mai_who_asked(world)
    channel_of(world).window = timedelta(days=5)
    world.clock.move(days=6)
    await answered(world)

    assert await letters(world) == [LetterState.ON_RETURN]
    tries = channel_of(world).tries
    await told(world, "Tin thứ hai")
    assert channel_of(world).tries == tries, "what comes later does not knock at a door known to be closed"
    await mai.says("menu")
    assert [ANSWER in mai.news()[0].text, mai.news()[1].text] == [True, "Tin thứ hai"]


async def test_a_template_message_waits_for_the_morning(zalo):
    world = await zalo()
    await mai_who_asked(world)
    world.clock.move_to(local(2024, 3, 31, 22))
    await answered(world)
    assert channel_of(world).templates == []

    world.clock.move_to(local(2024, 4, 1, 6, 30))
    await world.settle()
    assert len(channel_of(world).templates) == 1


async def test_who_comes_back_before_the_morning_gets_no_template_message(zalo):
    world = await zalo()
    mai = await mai_who_asked(world)
    world.clock.move_to(local(2024, 3, 31, 22))
    await answered(world)
    await mai.says("menu")
    assert ANSWER in mai.hears()

    world.clock.move_to(local(2024, 4, 1, 8))
    await world.settle()
    assert channel_of(world).templates == []


async def test_each_answer_rings_but_other_news_only_once_a_day(zalo):
    world = await zalo()
    await mai_who_asked(world)
    world.clock.move(days=30)
    for text in ("một", "hai"):
        await told(world, text)
    await answered(world)
    await answered(world)
    assert [sent.template_id for sent in channel_of(world).templates] == ["7002", "7001", "7001"]
    assert await spent(world) == 3

    world.clock.move(days=1)
    await told(world, "ba")
    assert [sent.template_id for sent in channel_of(world).templates][3:] == ["7002"]
    assert await spent(world) == 1, "a new month has begun"


async def test_a_template_message_the_network_refuses_is_an_alarm_and_the_letter_waits_without(zalo, logged: Logged):
    world = await zalo()
    mai = await mai_who_asked(world)
    channel_of(world).template_failures = [Rejected("-131")]
    world.clock.move(days=30)
    await answered(world)

    assert channel_of(world).templates == []
    assert [line["event"] for line in logged() if line["level"] == "error"] == ["template_refused"]
    assert await spent(world) == 0
    await mai.says("menu")
    assert ANSWER in mai.hears()


@pytest.mark.parametrize("failure", [Throttled(30), Unavailable("timeout"), ZeroDivisionError("bí mật")])
async def test_a_template_message_that_failed_is_tried_again(zalo, failure, logged: Logged):
    world = await zalo()
    await mai_who_asked(world)
    channel_of(world).template_failures = [failure]
    world.clock.move(days=30)
    await answered(world)
    assert channel_of(world).templates == []

    world.clock.move(seconds=30)
    await world.settle()
    await world.settle()
    assert len(channel_of(world).templates) == 1
    assert "bí mật" not in str(logged())


async def test_one_who_blocked_the_account_is_on_the_heads_list_at_once_and_gets_it_all_when_back(zalo):
    world = await zalo()
    mai = await mai_who_asked(world)
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    channel_of(world).gone.add(mai.address)
    await answered(world)
    await told(world, "Thư sau khi chặn")
    await told_everybody(world, "Thông báo đã có người báo")
    *hers, heads = await letters(world)
    assert hers == [LetterState.UNREACHABLE, LetterState.IN_PERSON, LetterState.IN_PERSON]
    assert heads is LetterState.SENT, "the head lives there too, and had the broadcast"

    await head.says("/danhsach")
    await head.presses("Chưa nhận được tin")
    assert f"1. {NAME} (3)" in head.hears()
    await head.presses("✅ Đã báo số 1")
    await mai.says("menu")
    said = [message.text for message in mai.news()]
    assert ANSWER in said[0]
    assert said[1] == "Thư sau khi chặn"
    assert "Thông báo đã có người báo" not in said, "a broadcast told by word of mouth is over"


async def test_the_secretary_is_warned_of_the_budget_at_eighty_and_at_a_hundred_percent_once(zalo):
    world = await zalo(zalo_reach(templates=None, budgets=parse_budgets("9000,dl=5")))
    await mai_who_asked(world)
    world.clock.move(days=3)
    secretary = await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    warned = []
    for _ in range(7):
        await told(world, "tin")
        warned.append(secretary.reads())

    assert [bool(words) for words in warned] == [False, False, False, True, True, False, False]
    assert "đã gửi 4 tin nhắn tính phí trong tháng này, đạt 80% mức dự kiến (5 tin)" in warned[3]
    assert "đạt 100%" in warned[4]
    assert await spent(world) == 7, "a warning stops nothing"


async def test_an_erased_person_leaves_nothing_that_waits(zalo):
    world = await zalo(zalo_reach(templates=None))
    mai = await mai_who_asked(world)
    world.clock.move(days=30)
    await answered(world)
    async with world.store.unit() as uow:
        from intake.actions.people.own_data import erase

        await erase(uow, person=await person_named(uow, NAME))
        await uow.commit()

    await mai.says("chào")
    assert ANSWER not in mai.hears()


async def second_chat(world: World, address: str, line: Line) -> Phone:
    """The same person writes on a second network too."""
    phone = world.phone(address, line)
    await phone.says("xin chào")
    phone.reads()
    async with world.store.unit() as uow:
        chat = await uow.session.scalar(sa.select(Account).where(t.accounts.c.address == address))
        assert chat is not None
        chat.person_id = (await person_named(uow, NAME)).id
        await uow.commit()
    return phone


async def test_a_closed_chat_falls_over_to_another_one_before_anything_is_paid(zalo):
    world = await zalo()
    plain = PlainLine()
    await world.connect(plain)
    mai = await mai_who_asked(world)
    world.clock.move(seconds=-1)  # the other chat was used before this one
    other = await second_chat(world, "web-mai", plain)
    world.clock.move(seconds=1)
    await mai.says("menu")
    mai.reads()
    world.clock.move(days=30)
    await answered(world)

    assert ANSWER in other.hears()
    assert (channel_of(world).templates, await letters(world)) == ([], [LetterState.SENT])


async def test_what_was_on_its_way_to_a_chat_that_closes_or_blocks_changes_over_in_order(zalo):
    world = await zalo()
    plain = PlainLine()
    await world.connect(plain)
    mai = await mai_who_asked(world)
    other = await second_chat(world, "web-mai", plain)
    await mai.says("menu")
    mai.reads()
    channel_of(world).gone.add(mai.address)
    async with world.store.unit() as uow:
        person = await person_named(uow, NAME)
        for text in ("một", "hai", "ba"):
            await tell(uow, [person.id], Message("notice.text", {"text": text}))
        await uow.commit()
    await world.settle()

    assert [message.text for message in other.news()] == ["một", "hai", "ba"]
    await told(world, "bốn")
    assert other.news()[-1].text == "bốn", "and what comes later goes there at once"


async def test_a_blocked_chat_beside_a_closed_one_waits_for_the_return_and_rings(zalo):
    world = await zalo()
    plain = PlainLine()
    await world.connect(plain)
    mai = await mai_who_asked(world)
    other = await second_chat(world, "web-mai", plain)
    async with world.store.unit() as uow:
        chat = await uow.session.scalar(sa.select(Account).where(t.accounts.c.address == "web-mai"))
        assert chat is not None
        chat.unreachable_since = uow.now
        await uow.commit()
    world.clock.move(days=30)
    await answered(world)
    assert await letters(world) == [LetterState.ON_RETURN]
    assert len(channel_of(world).templates) == 1

    await other.says("menu")
    assert ANSWER in other.news()[0].text, "wherever the person comes back"
    await mai.says("menu")
    assert ANSWER not in mai.hears()


APRIL_NOTICE = "Ước tính số tin nhắn tới người dân"


async def with_notice(world: World) -> Phone:
    """A secretary on the web, with a meeting whose day is fixed."""
    plain = PlainLine()
    await world.connect(plain)
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư", line=plain)
    await makes_meeting(secretary)
    await fixes_day(secretary)
    return secretary


async def test_before_release_the_secretary_sees_what_a_notice_costs_in_messages(zalo):
    world = await zalo(zalo_reach(budgets=parse_budgets("10")))
    away = await world.resident("DL-hang-gon", "Vắng Lâu")
    world.clock.move(days=5)
    quiet = await world.resident("DL-hang-gon", "Im Lặng")
    world.clock.move(days=4)
    await world.resident("DL-lang-dau", "Vừa Nhắn")
    secretary = await with_notice(world)
    async with world.store.unit() as uow:
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        await uow.people.add(Person("Cụ Năm", hamlet.id))
        await uow.commit()
    await secretary.says("/thongbao")

    cost = secretary.hears().split(APRIL_NOTICE)[1]
    assert [line for line in cost.splitlines() if line.startswith("–")] == [
        "– miễn phí: 1",
        "– tính phí: 1",
        "– tin mẫu có phí, nội dung gửi khi người dân nhắn lại: 1",
        "– cần báo trực tiếp: 1",
    ]
    assert "đã gửi 0, sau thông báo này 2/10." in cost
    assert "Vắng Lâu" not in cost
    assert away.hears() == quiet.hears() == ""


async def test_a_notice_beyond_the_budget_is_said_to_be_and_without_templates_people_wait(zalo):
    world = await zalo(zalo_reach(templates=None, budgets=parse_budgets("1")))
    await world.resident("DL-hang-gon", "Vắng Lâu")
    world.clock.move(days=6)
    for name in ("Hồ Văn Hai", "Hồ Văn Ba"):
        await world.resident("DL-hang-gon", name)
    world.clock.move(days=3)
    secretary = await with_notice(world)
    await secretary.says("/thongbao")

    assert "– chờ người dân nhắn lại mới gửi được: 1" in secretary.hears()
    assert "sau thông báo này 2, vượt mức dự kiến 1." in secretary.hears()
    await secretary.presses("Gửi")
    assert "Đã phát hành" in secretary.hears(), "a budget stops nobody"


async def test_where_no_network_costs_anything_there_is_nothing_to_read_about_costs(zalo):
    world = await zalo()
    secretary = await with_notice(world)
    await world.resident("DL-hang-gon", "Trên Mạng", line=world.others[0])
    await secretary.says("/thongbao")

    assert secretary.sees_button("Gửi")
    assert APRIL_NOTICE not in secretary.hears()


async def test_whoever_speaks_for_a_neighbour_is_rung_for_the_neighbours_answer(zalo):
    world = await zalo()
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    await neighbour_asks(world, "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
    world.clock.move(days=30)
    await answered(world)

    assert [sent.template_id for sent in channel_of(world).templates] == ["7001"]
    await head.says("menu")
    assert "Cụ Năm" in head.news()[0].text
    assert ANSWER in head.news()[0].text


async def test_a_phone_number_sealed_with_a_lost_key_is_not_rung(zalo):
    world = await zalo()
    mai = await mai_who_asked(world, "0912345678")
    async with world.store.unit() as uow:
        (await person_named(uow, NAME)).phone_sealed = "sealed long ago"
        await uow.commit()
    channel_of(world).no_template_by_id.add(mai.address)
    world.clock.move(days=30)
    await answered(world)

    assert channel_of(world).templates == []
    assert await letters(world) == [LetterState.ON_RETURN]


async def test_a_template_that_was_taken_out_of_the_settings_meanwhile_is_an_alarm(zalo, logged: Logged):
    world = await zalo()
    await mai_who_asked(world)
    world.clock.move_to(local(2024, 3, 31, 22))
    await answered(world)
    only_meetings = parse_templates({"meeting": {"id": "7002"}})
    world.store.channel_policy = zalo_reach(only_meetings)
    world.clock.move_to(local(2024, 4, 1, 7))
    await world.settle()

    assert channel_of(world).templates == []
    assert "template_refused" in [line["event"] for line in logged()]


async def test_template_messages_too_end_before_the_lease_does(zalo):
    world = await zalo()
    await mai_who_asked(world)
    world.clock.move_to(local(2024, 3, 31, 22))
    for _ in range(9):
        await answered(world)
    world.clock.move_to(local(2024, 4, 1, 7))
    channel_of(world).on_template = lambda: world.clock.move(seconds=4)
    assert isinstance(world.line, WindowLine)
    await world.line.relay.work_off()
    assert 4 <= len(channel_of(world).templates) < 9
    await world.settle()
    assert len(channel_of(world).templates) == 9


@pytest.mark.parametrize("hangs", [True, False])
async def test_when_the_process_stops_the_template_message_in_hand_is_the_last(
    zalo, hangs: bool, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.ops.shutdown.FINISH_SECONDS", 0.0 if hangs else 30.0)
    world = await zalo()
    await mai_who_asked(world)
    world.clock.move_to(local(2024, 3, 31, 22))
    for _ in range(3):
        await answered(world)
    world.clock.move_to(local(2024, 4, 1, 7))
    begun, answering = asyncio.Event(), asyncio.Event()

    async def slowly() -> None:
        begun.set()
        await answering.wait()

    channel_of(world).on_template = slowly
    assert isinstance(world.line, WindowLine)
    running = asyncio.create_task(world.line.relay.run())
    await asyncio.wait_for(begun.wait(), 30)
    running.cancel()
    if not hangs:
        answering.set()
    await asyncio.wait([running])
    assert len(channel_of(world).templates) == (0 if hangs else 1)

    answering.set()
    world.line.relay = OutboxRelay(world.store, channel_of(world), "the next start", world.clock.now)
    await world.settle()
    assert len(channel_of(world).templates) == 3


async def test_what_is_on_its_way_when_the_network_closes_the_window_changes_over_to_an_open_chat(zalo):
    world = await zalo()
    plain = PlainLine()
    await world.connect(plain)
    mai = await mai_who_asked(world)
    other = await second_chat(world, "web-mai", plain)
    await mai.says("menu")
    mai.reads()
    channel_of(world).window = timedelta(hours=1)
    world.clock.move(hours=2)
    await answered(world)

    assert ANSWER in other.hears()
    assert (channel_of(world).templates, await letters(world)) == ([], [LetterState.SENT])


async def test_a_reply_the_network_does_not_carry_waits_too_and_rings_for_nothing(zalo):
    world = await zalo()
    mai = await mai_who_asked(world)
    channel_of(world).window = timedelta(0)
    await mai.says("menu")
    assert mai.hears() == ""
    assert channel_of(world).templates == []

    channel_of(world).window = timedelta(days=7)
    await mai.says("/trogiup")
    assert "muốn làm gì" in mai.news()[0].text
    assert len(mai.news()) == 2


async def test_a_return_in_another_chat_that_was_closed_too_brings_what_waits(zalo):
    world = await zalo()
    mai = await mai_who_asked(world)
    other = await second_chat(world, "an older phone", world.line)
    world.clock.move(minutes=1)
    await mai.says("menu")
    mai.reads()
    world.clock.move(days=30)
    await answered(world)
    assert await letters(world) == [LetterState.ON_RETURN]

    await other.says("menu")
    assert ANSWER in other.news()[0].text
    await mai.says("menu")
    assert ANSWER not in mai.hears(), "once, wherever it was"


async def test_the_hamlet_head_hears_how_many_get_a_notice_only_when_they_come_back(zalo):
    world = await zalo(zalo_reach(templates=None))
    mai = await world.resident("DL-hang-gon", NAME)
    world.clock.move(days=8)
    hai = await world.resident("DL-hang-gon", "Hồ Văn Hai")
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Đinh Tấn Dũng")
    secretary = await with_notice(world)
    await secretary.says("/thongbao")
    await secretary.presses("Gửi")
    await head.presses("Gửi tới thôn")
    await head.presses("Gửi")

    assert "Nhận qua điện thoại: 1 người" in head.hears()
    assert "1 người lâu chưa nhắn tin" in head.hears()
    assert "25/04/2024" in hai.hears()
    assert mai.hears() == ""
    world.clock.move(days=4)
    await head.says("/danhsach")
    await head.presses("Chưa nhận được tin")
    assert f"1. {NAME} (1)" in head.hears()
