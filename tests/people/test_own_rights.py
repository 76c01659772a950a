"""Rights over one's own data: consent withdrawn and given again, use restricted, children under sixteen (LAW C5)."""

from datetime import date

import pytest
import sqlalchemy as sa

from handlers.office.question_lines import line
from intake.actions.meetings.hall import hall_of
from intake.actions.meetings.meeting_digest import digest_of
from intake.actions.meetings.register import register
from intake.actions.meetings.send_digest import digest_messages
from intake.actions.meetings.speaking_order import order_of
from intake.actions.people.consent import withdraw_consent
from intake.actions.people.correct import correct_guardian
from intake.actions.people.enrol import enrol
from intake.actions.people.restrict import lift_restriction, restrict
from intake.actions.questions.group_questions import join
from intake.actions.questions.groups import lead_of
from intake.actions.questions.propose import waiting_before
from intake.actions.questions.question_list import export_questions, listable
from intake.actions.questions.similar_questions import similar_to
from intake.rules.deadlines.deadline import ClockState
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import LIVE, MeetingState, RegistrationKind
from intake.rules.people.consent import DataRight
from intake.rules.people.person import Network, Person, Role
from intake.rules.questions.question_list import QuestionFilter, QuestionOrder
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork
from tests.support.desk import desk_app, sit_down
from tests.support.office import Office, open_office, person_named
from tests.support.stories import planned_meeting, question_of
from tests.support.world import Phone, World
from wording.questions import listed_words
from wording.texts import render, shown

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"
NAME = "Nguyễn Thị Mai"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def acts(world: World) -> list[str]:
    async with world.store.reading() as uow:
        return list(await uow.session.scalars(sa.select(t.audit_entries.c.act).order_by(t.audit_entries.c.id)))


async def asks(phone: Phone, words: str = ROAD) -> None:
    await phone.says("/hoi")
    await phone.says(words)
    await phone.presses("Gửi")
    phone.reads()


async def enrolled(uow: SqlUnitOfWork, name: str) -> Person:
    """Somebody with a chat, as far as the office knows."""
    account = (await uow.accounts.meet(Network.WEBCHAT, "plain", name)).account
    return await enrol(uow, account, name=name, hamlet_id=None, language="vi", language_known=False, phone=None)


async def withdraws(phone: Phone) -> None:
    await phone.says("/rutdongy")
    await phone.presses("Rút đồng ý")


@pytest.mark.contract
async def test_whoever_withdraws_consent_is_told_what_follows_and_the_office_has_a_task_with_both_clocks(world: World):
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Thu")
    await planned_meeting(world, "DL-hang-gon")
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.says("/dangky")
    await mai.presses("Tham dự")
    await mai.presses("Gửi")
    await asks(mai)
    secretary.reads()

    await mai.says("rút đồng ý")
    for told in ("các đăng ký dự họp sắp tới được rút", "vẫn được trả lời", "/hanche", "/xoa"):
        assert told in mai.hears(), told
    await mai.presses("Rút đồng ý")
    assert "Đã rút đồng ý" in mai.hears()
    assert "withdraw_consent" in await acts(world)
    assert "withdraw" in await acts(world), "the place at the meeting is given back"
    assert "Có yêu cầu về dữ liệu cá nhân" in secretary.hears()
    await secretary.presses("Mở")
    assert "Người này đã rút đồng ý" in secretary.hears()
    assert "Tiếp nhận, trả lời bước đầu" in secretary.hears()
    assert "Thực hiện xong" in secretary.hears()
    await secretary.presses("Đã tiếp nhận")
    assert "đã được tiếp nhận" in mai.reads()


@pytest.mark.contract
async def test_without_consent_nothing_is_taken_in_until_it_is_given_again(world: World):
    mai = await world.resident("DL-hang-gon", NAME)
    await withdraws(mai)
    await mai.says("Cống đầu xóm bị sập rồi.")
    assert "Bà/ông đã rút đồng ý lúc" in mai.hears()
    await mai.says("/hoi")
    assert "không được ghi nhận" in mai.hears()
    await mai.sends_photo(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    async with world.store.reading() as uow:
        for column in (t.conversations.c.draft, t.web_messages.c.said):
            kept = [str(row) for row in await uow.session.scalars(sa.select(column))]
            assert not [row for row in kept if "sập" in row]
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.questions)) == 0
    await mai.says("/dulieu")
    assert "Đồng ý này hết hiệu lực lúc" in mai.hears()
    assert NAME in mai.hears()

    await mai.says("Cháy nhà ở xóm 3, cứu với, có người bị thương")
    assert "114" in mai.hears()
    await mai.says("Đồng ý lại")
    assert "Bà/ông có đồng ý không?" in mai.hears()
    assert "thị trấn Di Lăng" in mai.hears(), "whoever agrees reads who keeps the data"
    await mai.says("hmm")
    assert "Xin chọn một mục" in mai.hears()
    await mai.presses("Đồng ý")
    assert "lại nhận được tin" in mai.hears()
    await asks(mai)
    async with world.store.reading() as uow:
        person = await person_named(uow, NAME)
        assert person.withdrawn_at is None
        assert [one.withdrawn_at is None for one in await uow.people.consents_of(person.id)] == [False, True]
    assert "agree_again" in await acts(world)


async def test_who_does_not_agree_again_stays_without(world: World):
    mai = await world.resident("DL-hang-gon", NAME)
    await withdraws(mai)
    await mai.presses("Đồng ý lại")
    await mai.presses("Không đồng ý")
    assert "Bà/ông đã rút đồng ý lúc" in mai.hears()
    await mai.says("/rutdongy")
    assert "Bà/ông đã rút đồng ý lúc" in mai.hears(), "there is nothing left to withdraw"
    await mai.presses("Đồng ý lại")
    assert mai.sees_button("Đồng ý")


async def test_an_old_button_to_agree_again_does_nothing_to_whoever_has_agreed(world: World):
    mai = await world.resident("DL-hang-gon", NAME)
    await mai.taps_code("agreeagain")
    assert mai.sees_button("✍️ Gửi câu hỏi")


async def test_consent_stays_where_nothing_is_tapped_and_with_whoever_holds_a_role(world: World):
    mai = await world.resident("DL-hang-gon", "Hồ Thị Mai")
    await mai.says("/rutdongy")
    await mai.says("hmm")
    assert "Xin chọn một mục" in mai.hears()
    head = await world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Hồ Văn Tổ")
    await head.says("/rutdongy")
    assert "đang giữ một vai trò" in head.hears()
    assert not head.sees_button("Rút đồng ý"), "it is said before all that would follow"
    async with world.store.unit() as uow:
        with pytest.raises(RuleBroken, match="withdraw_role"):
            await withdraw_consent(uow, person=await person_named(uow, "Hồ Văn Tổ"))
    assert "withdraw_consent" not in await acts(world)


async def test_the_household_of_whoever_withdraws_is_named_before(world: World):
    mai = await world.resident("DL-hang-gon", NAME)
    async with world.store.unit() as uow:
        (await person_named(uow, NAME)).members = 2
        await uow.commit()
    await mai.says("/rutdongy")
    assert "Có 2 người trong nhà cùng dùng máy này" in mai.hears()


async def test_no_general_news_comes_to_whoever_withdrew_or_restricted(world: World):
    phones = [await world.resident("DL-hang-gon", name) for name in (NAME, "Trần Văn Bốn", "Đinh Thị Năm")]
    await withdraws(phones[0])
    await phones[1].says("/hanche")
    await phones[1].presses("Hạn chế dùng dữ liệu")
    async with world.store.reading() as uow:
        place = await uow.places.unit_by_code("DL-hang-gon")
        assert place is not None
        assert [part.people for part in await uow.broadcasts.audience([place.id])] == [1]


async def test_a_consent_to_an_older_text_is_asked_for_again(world: World):
    mai = await world.resident("DL-hang-gon", NAME)
    async with world.store.unit() as uow:
        (await person_named(uow, NAME)).consent_version = "2020-01"
        await uow.commit()
    await mai.says(ROAD)
    assert "Nội dung đồng ý về dữ liệu cá nhân đã thay đổi" in mai.hears()
    await mai.presses("Đồng ý lại")
    await mai.presses("Đồng ý")
    await asks(mai)
    async with world.store.reading() as uow:
        assert await question_of(uow, "DL-2024-0001")


async def test_what_is_restricted_rests_for_everybody_and_goes_on_with_the_days_that_were_left(office: Office):
    world, mai = office.world, office.mai
    reference = await office.assigned()
    async with world.store.reading() as uow:
        question = await question_of(uow, reference)
        [before] = [one.due_on for one in await uow.clocks.running_for(question.id) if one.kind == "reply-outside"]
    office.put_away()

    await mai.says("/hanche")
    assert "thời hạn trả lời tạm dừng" in mai.hears()
    await mai.says("hmm")
    assert "Xin chọn một mục" in mai.hears()
    await mai.presses("Hạn chế dùng dữ liệu")
    assert "Đã hạn chế dùng dữ liệu" in mai.hears()
    await office.secretary.presses("Mở")
    assert "Người này hạn chế dùng dữ liệu" in office.secretary.hears()
    await office.official.says("/hangdoi")
    await office.official.taps_code(f"queue.{question.id}")
    assert "thời hạn tạm dừng" in office.official.hears(), "the queue does not say that it waits for a meeting"
    assert "chờ buổi đối thoại" not in office.official.hears()
    assert "Người hỏi hạn chế dùng dữ liệu từ" in office.official.hears()
    for deed, button in (("reply", "Trả lời"), ("askback", "Hỏi lại"), ("refer", "Chuyển"), ("return", "Trả lại")):
        office.put_away()
        assert not office.official.sees_button(button), "what nobody may do is not offered"
        await office.official.taps_code(f"{deed}.{question.id}")
        assert "người hỏi đang hạn chế dùng dữ liệu" in office.official.hears(), "said before anything is typed"
    for command in ("/trangthai", "/cachtinh"):
        office.put_away()
        await mai.says(f"{command} {reference}")
        assert "thời hạn trả lời tạm dừng" in mai.hears()
        assert "01/04/2024" not in mai.hears(), "the day it was owed is not owed now"
    async with world.store.reading() as uow:
        assert await uow.clocks.running_for(question.id) == []
        states = {clock.state for clock in await uow.clocks.of_question(question.id)}
        assert states == {ClockState.PAUSED, ClockState.MET}

    world.clock.move(days=10)
    await mai.says("/hanche")
    assert "đang được hạn chế dùng" in mai.hears()
    await mai.says("hmm")
    assert "Xin chọn một mục" in mai.hears()
    await mai.presses("Bỏ hạn chế")
    assert "Đã bỏ hạn chế" in mai.hears()
    async with world.store.reading() as uow:
        [after] = [one for one in await uow.clocks.running_for(question.id) if one.kind == "reply-outside"]
        assert (before, after.due_on) == (date(2024, 4, 1), date(2024, 4, 10)), "ten days from a Sunday that was rolled"
        assert date.fromisoformat(after.history[-1]["due_on"]) == before
        tasks = await uow.tasks.of_person(question.asker_id)
        assert [task.outcome for task in tasks] == ["Người gửi đã tự bỏ hạn chế."]
    await mai.says(f"/cachtinh {reference}")
    assert "tạm dừng 10 ngày" in mai.hears()
    await office.official.taps_code(f"queue.{question.id}")
    await office.official.presses("Trả lời")
    await office.official.says("Đã sửa xong hôm qua.")
    await office.official.presses("Gửi")
    assert "người hỏi đang hạn chế" not in office.official.hears()


async def test_lifted_on_the_same_day_no_date_moves(office: Office):
    reference = await office.assigned()
    for button in ("Hạn chế dùng dữ liệu", "Bỏ hạn chế"):
        await office.mai.says("/hanche")
        await office.mai.presses(button)
    async with office.world.store.reading() as uow:
        question = await question_of(uow, reference)
        assert [clock.history for clock in await uow.clocks.running_for(question.id)] == [[]]


async def test_a_meeting_that_ends_meanwhile_starts_a_clock_that_rests(office: Office):
    await office.fixed_meeting()
    reference = await office.assigned()
    await office.opened()
    await office.mai.says("/hanche")
    await office.mai.presses("Hạn chế dùng dữ liệu")
    await office.closed()
    async with office.world.store.reading() as uow:
        question = await question_of(uow, reference)
        assert await uow.clocks.running_for(question.id) == []
        assert ClockState.PAUSED in {clock.state for clock in await uow.clocks.of_question(question.id)}


async def test_whoever_erases_all_of_it_lets_the_question_go_on(office: Office):
    reference = await office.assigned()
    await office.mai.says("/hanche")
    await office.mai.presses("Hạn chế dùng dữ liệu")
    await office.mai.says("/xoa")
    await office.mai.presses("Xoá")
    async with office.world.store.reading() as uow:
        question = await question_of(uow, reference)
        assert await uow.clocks.running_for(question.id)
        assert await uow.people.consents_of(question.asker_id) == []


async def test_what_was_public_is_not_shown_any_more(office: Office):
    reference = await office.assigned()
    async with office.world.store.unit() as uow:
        (await question_of(uow, reference)).public_text = "Đường xóm 3 bao giờ sửa?"
        await uow.commit()
    await office.mai.says("/hanche")
    await office.mai.presses("Hạn chế dùng dữ liệu")
    async with office.world.store.reading() as uow:
        assert (await question_of(uow, reference)).public_text is None


async def test_a_child_is_known_with_the_consent_of_a_guardian(world: World):
    child = world.phone()
    await child.says("/start h-DL-hang-gon")
    await child.presses("Tôi chưa đủ 16 tuổi")
    assert "cha, mẹ hoặc người giám hộ" in child.hears()
    await child.says("Trần Thị Lna")
    assert "Trần Thị Lna" in child.hears()
    await child.presses("Sửa")
    assert "cha, mẹ hoặc người giám hộ" in child.hears()
    await child.says("Trần Thị Lan")
    assert "Trần Thị Lan" in child.hears()
    await child.says("hmm")
    assert "Xin chọn một mục" in child.hears()
    await child.presses("Đồng ý")
    await child.says("Nguyễn Văn Tý")
    await child.presses("Bỏ qua")
    await child.says("/dulieu")
    assert "Người giám hộ đã đồng ý thay: Trần Thị Lan" in child.hears()

    await child.says("/sua")
    await child.presses("Người giám hộ")
    assert "đang được ghi là Trần Thị Lan" in child.hears()
    for said in ("Đã sửa. Người giám hộ: Trần Thị Lan Anh", "Người giám hộ đang ghi vẫn là: Trần Thị Lan Anh"):
        await child.says("Trần Thị Lan Anh")
        await child.presses("Gửi")
        assert said in child.hears()
        await child.presses("Sửa mục khác")
        await child.presses("Người giám hộ")
    await child.says("huỷ")
    await child.says("/dulieu")
    assert "Người giám hộ đã đồng ý thay: Trần Thị Lan Anh" in child.hears()

    await child.says("/rutdongy")
    await child.presses("Rút đồng ý")
    await child.presses("Đồng ý lại")
    await child.presses("Đồng ý")
    assert "Bà/ông Trần Thị Lan Anh là cha, mẹ" in child.hears(), "the child alone cannot agree"
    await child.says("dạ")
    assert "Xin chọn một mục" in child.hears()
    await child.presses("Không đồng ý")
    await child.presses("Đồng ý lại")
    await child.presses("Đồng ý")
    await child.presses("Đồng ý")
    await child.says("/dulieu")
    assert child.hears().count("Người giám hộ đã đồng ý thay: Trần Thị Lan Anh") == 2
    await child.says("/rutdongy")
    await child.presses("Rút đồng ý")
    await child.presses("Đồng ý lại")
    await child.presses("Đồng ý")
    await child.presses("Tôi đã đủ 16 tuổi")
    await child.says("/sua")
    assert not child.sees_button("Người giám hộ"), "nobody agrees for them any more"
    async with world.store.unit() as uow:
        grown = await person_named(uow, "Nguyễn Văn Tý")
        with pytest.raises(NotFound):
            await correct_guardian(uow, by=grown, person_id=grown.id, name="Trần Thị Lan")


@pytest.mark.parametrize("typed", [(), ("Trần Thị Lan",)])
async def test_a_child_nobody_agrees_for_stays_unknown(world: World, typed: tuple[str, ...]):
    child = world.phone()
    await child.says("/start h-DL-hang-gon")
    await child.presses("Tôi chưa đủ 16 tuổi")
    for words in typed:
        await child.says(words)
    await child.presses("Không đồng ý" if typed else "Chưa có ai đồng ý")
    assert "không lưu gì" in child.hears()
    async with world.store.reading() as uow:
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.persons)) == 0


async def test_nobody_reads_for_approval_what_is_restricted(plain_world: World) -> None:
    """What waited before the chair when Mai restricted her data says no word there, in the chat and at the desk."""
    office = await open_office(plain_world)
    reference = await office.proposed("Xã sửa trong quý II.")
    [proposal] = await office.proposals(reference)
    async with plain_world.store.unit() as uow:
        await restrict(uow, person=await person_named(uow, NAME))
        await uow.commit()
    chair = await sit_down(desk_app(plain_world), office.chair)
    office.put_away()

    await office.chair.says("/duyet")
    assert reference in office.chair.hears()
    await office.chair.taps_code(f"proposal.{proposal.id}")
    await office.chair.taps_code(f"redo.{proposal.id}")
    heard = office.chair.hears()
    assert "hạn chế" in heard
    await chair.opens("/duyet")
    await chair.opens(f"/duyet/{proposal.id}")
    for words in (ROAD, "Xã sửa trong quý II."):
        assert words not in heard + chair.reads()
    async with plain_world.store.unit() as uow:
        assert await waiting_before(uow, [(await question_of(uow, reference)).unit_id]) == []
        await lift_restriction(uow, person=await person_named(uow, NAME), outcome="")
        await uow.commit()
    await office.chair.taps_code(f"proposal.{proposal.id}")
    assert ROAD in office.chair.hears(), "it is decided on as before"


async def test_what_is_withdrawn_or_restricted_already_is_not_so_twice(plain_world: World) -> None:
    """Two chats of one person, both at once."""
    office = await open_office(plain_world)
    await asks(office.mai)
    async with plain_world.store.unit() as uow:
        mai = await person_named(uow, NAME)
        with pytest.raises(ChangedMeanwhile):
            await lift_restriction(uow, person=mai, outcome="")
        await restrict(uow, person=mai)
        with pytest.raises(ChangedMeanwhile):
            await restrict(uow, person=mai)
        await withdraw_consent(uow, person=mai)
        with pytest.raises(ChangedMeanwhile):
            await withdraw_consent(uow, person=mai)
        await lift_restriction(uow, person=mai, outcome="")
        left = [task.right for task in await uow.tasks.of_person(mai.id) if task.done_at is None]
        assert left == [DataRight.WITHDRAW], "the other request is the office's still"


async def test_a_question_entered_for_a_neighbour_stays_public_when_the_head_restricts(plain_world: World) -> None:
    office = await open_office(plain_world)
    reference = await office.asked()
    async with plain_world.store.unit() as uow:
        question = await uow.questions.by_reference(reference)
        head = await enrolled(uow, "Trần Văn Thôn")
        assert question is not None
        head.hamlet_id = question.hamlet_id
        question.entered_by, question.public_text = head.id, ROAD
        await restrict(uow, person=head)
        assert (question.public_text, question.restricted) == (ROAD, False)
        mai = await person_named(uow, NAME)
        await restrict(uow, person=mai)
        await lift_restriction(uow, person=head, outcome="")
        assert question.restricted, "what somebody else asked is theirs to set free"


async def test_a_place_at_a_meeting_that_was_held_is_not_given_back(plain_world: World) -> None:
    office = await open_office(plain_world)
    meeting = await office.fixed_meeting("DL-hang-gon")
    await office.mai.says("/dangky")
    await office.mai.presses("Tham dự")
    await office.mai.presses("Gửi")
    async with plain_world.store.unit() as uow:
        held = await uow.meetings.get(meeting.id)
        held.state, held.ended_at = MeetingState.HELD, uow.now
        mai = await person_named(uow, NAME)
        await withdraw_consent(uow, person=mai)
        [registration] = await uow.meetings.registrations_of(mai.id)
        assert registration.state in LIVE


async def test_no_list_file_digest_or_screen_tells_what_is_restricted(plain_world: World) -> None:
    """And nobody else's answer waits for it: what was answered together with it stands alone."""
    office = await open_office(plain_world)
    await office.fixed_meeting("DL-hang-gon")
    mine = await office.assigned()
    likes = await plain_world.resident("DL-hang-gon", "Hồ Thị Like")
    await asks(likes)
    async with plain_world.store.unit() as uow:
        mai, secretary = await person_named(uow, NAME), await person_named(uow, "Trần Văn Thư")
        question, other = await question_of(uow, mine), await question_of(uow, "DL-2024-0002")
        assert question.meeting_id is not None
        meeting = await uow.meetings.get(question.meeting_id)
        assert [one.id for one in await similar_to(uow, secretary, other)] == [question.id]
        await join(uow, by=secretary, question_id=other.id, with_id=question.id)
        registration = await register(
            uow, meeting_id=meeting.id, person=mai, kind=RegistrationKind.SPEAK, content="Về con đường"
        )
        registration.name_shown = True
        await restrict(uow, person=mai)
        assert await lead_of(uow, other) is None
        assert await similar_to(uow, secretary, other) == []
        assert other.desk_id is not None, "it stays where it lay, and is answered there"

        grants = await uow.people.grants_of(secretary.id)
        mine_to_list = await listable(uow, secretary, grants)
        lines = await export_questions(uow, secretary, mine_to_list.scope, QuestionFilter(), QuestionOrder.OLDEST)
        told = [shown("vi", listed_words(one)) for one in lines]
        assert told == ["⏸ Người gửi hạn chế dùng dữ liệu", ROAD]
        assert shown("vi", line(question, "room.line")).count("xóm 3") == 0

        digest = await digest_of(uow, by=secretary, meeting_id=meeting.id)
        assert (digest.count, digest.resting) == (1, 1)
        said = [render(one, "vi").text for one in await digest_messages(uow, digest)]
        assert any("1 câu hỏi mà người gửi đang hạn chế" in one for one in said)
        [speaker] = (await hall_of(uow, meeting.id)).upcoming
        assert (speaker.name, speaker.place) == ("", "TDP Hàng Gòn")
        [speaker_line] = await order_of(uow, meeting)
        assert speaker_line.content == ""

        await lift_restriction(uow, person=mai, outcome="")
        assert (await hall_of(uow, meeting.id)).upcoming[0].name == NAME
        assert [one.id for one in await similar_to(uow, secretary, other)] == [question.id]
