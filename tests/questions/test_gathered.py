"""Opinions: thanked for, gathered into a synthesis, owed no reply of their own, and a petition when one is needed."""

import pytest

from handlers.engine.inbound_event import InboundKind, Media
from intake.actions.meetings.send_digest import opinion_line
from intake.actions.questions.ask_question import ask_question
from intake.actions.questions.suggest_topic import set_topic
from intake.rules.deadlines.clock import ClockKind
from intake.rules.message import Term
from intake.rules.people.person import Role
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import OPEN_STATES, CameBy, QuestionState
from scheduler.enforcement import run_sweep
from tests.support.lines import PlainLine
from tests.support.office import Office, open_office, person_named
from tests.support.stories import planned_meeting, question_of
from tests.support.world import World, local

PLACE = "Nên đặt thêm ghế đá ở nhà văn hoá cho người già."


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def gives_opinion(office: Office, text: str = PLACE) -> None:
    """Up to the look at it before it is sent."""
    await office.mai.says("/hoi")
    await office.mai.says(text)
    if office.mai.sees_button("Hỏi"):
        await office.mai.presses("Hỏi")
    await office.mai.presses("Đổi loại")
    await office.mai.presses("Góp ý")


async def given(office: Office) -> str:
    await gives_opinion(office)
    await office.mai.presses("Gửi")
    office.put_away()
    return "DL-2024-0001"


@pytest.mark.contract
async def test_an_opinion_is_thanked_for_and_nobody_is_owed_a_reply(office: Office) -> None:
    """R128: said before it is sent, and again when it was."""
    await gives_opinion(office)
    assert "không trả lời riêng từng người" in office.mai.hears()
    await office.mai.presses("Gửi")

    heard = office.mai.hears()
    assert "Đã nhận góp ý, mã DL-2024-0001" in heard
    assert "Cảm ơn bà/ông" in heard
    assert "Hạn trả lời" not in heard
    assert await office.clocks("DL-2024-0001") == {}
    assert "Có góp ý mới DL-2024-0001 từ TDP Hàng Gòn, được tổng hợp chung" in office.secretary.hears()
    await office.secretary.says("/phanloai")
    assert "DL-2024-0001" not in office.secretary.hears()
    await office.mai.says("/cauhoi")
    assert "góp ý không có trả lời riêng" in office.mai.hears()
    office.put_away()

    office.world.clock.move(days=60)
    await run_sweep(office.world.store.unit)
    await office.world.settle()
    assert "DL-2024-0001" not in office.mai.reads() + office.secretary.reads()


async def test_a_question_of_the_same_person_keeps_its_clock(office: Office) -> None:
    await given(office)
    await office.asked()

    assert ClockKind.REPLY_OUTSIDE in await office.clocks("DL-2024-0002")


async def test_the_synthesis_before_a_meeting_has_what_was_sent_for_it_and_for_none(office: Office) -> None:
    await given(office)
    await office.fixed_meeting()
    await gives_opinion(office, "Loa xóm 2 nên nói chậm hơn.")
    await office.mai.presses("Gửi")
    office.put_away()
    await office.chair.says("/tonghop")

    heard = office.chair.hears()
    assert "Góp ý được tổng hợp chung (2), không có hạn trả lời riêng" in heard
    assert f"• DL-2024-0001, TDP Hàng Gòn: {PLACE}" in heard
    assert "• DL-2024-0002, TDP Hàng Gòn: Loa xóm 2" in heard
    assert "Nguyễn Thị Mai" not in heard
    assert "Chưa giao bộ phận" not in heard, "an opinion waits for no draft"
    await office.chair.presses("Góp ý đã nhận (2)")
    assert office.chair.hears().index("DL-2024-0002") < office.chair.hears().index("DL-2024-0001")

    await office.opened()
    await office.closed()
    assert "– góp ý, tổng hợp chung: 1" in office.secretary.hears()
    assert "– đang giải quyết, trả lời sau: 0" in office.secretary.hears()
    assert "DL-2024-0002" not in office.mai.hears()
    assert await office.clocks("DL-2024-0002") == {}


async def test_without_a_meeting_to_come_the_opinions_are_read_all_the_same(office: Office) -> None:
    await office.secretary.says("/tonghop")
    assert not office.secretary.sees_button("Góp ý đã nhận (1)")
    await given(office)
    await office.secretary.says("/tonghop")
    await office.secretary.presses("Góp ý đã nhận (1)")
    await office.secretary.presses("DL-2024-0001")

    assert PLACE in office.secretary.hears()
    assert "góp ý, tổng hợp chung" in office.secretary.hears()


async def test_whoever_sent_it_asks_for_a_reply_after_all(office: Office) -> None:
    reference = await given(office)
    await office.mai.says(f"/trangthai {reference}")
    await office.mai.presses("Tôi cần được trả lời riêng")

    assert "Hạn trả lời:" in office.mai.hears()
    assert set(await office.clocks(reference)) == {ClockKind.ACKNOWLEDGE, ClockKind.REPLY_OUTSIDE}
    assert (await office.question(reference)).kind is QuestionKind.PETITION
    assert f"Người gửi góp ý {reference} muốn được trả lời riêng" in office.secretary.hears()
    await office.secretary.says("/phanloai")
    assert reference in office.secretary.hears()
    await office.mai.presses("Tôi cần được trả lời riêng")
    assert "Hạn trả lời:" not in office.mai.hears(), "once"


async def test_the_office_owes_a_reply_where_an_opinion_asks_for_something(office: Office) -> None:
    reference = await given(office)
    await office.secretary.presses("Mở")
    await office.secretary.presses("Trả lời riêng (kiến nghị)")

    assert f"{reference} nay là kiến nghị" in office.secretary.hears()
    heard = office.mai.hears()
    assert "nay được xử lý như kiến nghị" in heard
    assert "Hạn trả lời:" in heard
    await office.secretary.says("/tonghop")
    assert not office.secretary.sees_button("Góp ý đã nhận (1)")


async def test_before_a_meeting_the_petition_waits_for_its_end(office: Office) -> None:
    await office.fixed_meeting()
    reference = await given(office)
    await office.secretary.presses("Mở")
    await office.secretary.presses("Trả lời riêng (kiến nghị)")

    assert "hạn trả lời được tính từ ngày kết thúc buổi đó" in office.mai.hears()
    assert await office.clocks(reference) == {}
    await office.opened()
    await office.closed()
    assert ClockKind.REPLY in await office.clocks(reference)


async def test_the_sender_reads_so_too(office: Office) -> None:
    await office.fixed_meeting()
    await given(office)
    await office.mai.presses("Tôi cần được trả lời riêng")

    assert "Nếu chưa được trả lời tại buổi đối thoại, hạn trả lời được tính" in office.mai.hears()


async def test_an_accusation_that_is_called_an_opinion_is_looked_into(office: Office) -> None:
    """R126: nothing that accuses somebody of the office disappears in a synthesis."""
    await gives_opinion(office, "Cán bộ tiếp nhận hách dịch, vòi vĩnh người dân.")
    await office.mai.presses("Gửi")

    question = await office.question("DL-2024-0001")
    assert question.state in OPEN_STATES
    assert ClockKind.REPLY_OUTSIDE in await office.clocks("DL-2024-0001")


async def test_a_spoken_opinion_that_turns_out_to_accuse_somebody_is_looked_into(plain_world: World) -> None:
    office = await open_office(plain_world)
    await office.mai.says("/hoi")
    voice = Media("a" * 64, "audio/ogg", 5000, "voice.ogg")
    line = office.mai.line
    assert isinstance(line, PlainLine)
    office.mai.acts()
    await line.hear(office.mai.address, InboundKind.MEDIA, media=(voice,))
    await office.mai.waits()
    await office.mai.presses("Đổi loại")
    await office.mai.presses("Góp ý")
    await office.mai.presses("Gửi")
    assert (await office.question("DL-2024-0001")).state is QuestionState.GATHERED
    await office.secretary.presses("Mở")
    await office.secretary.presses("✍️ Ghi lại lời ghi âm")
    await office.secretary.says("Cán bộ tiếp nhận hách dịch, vòi vĩnh người dân.")
    await office.secretary.presses("Gửi")

    question = await office.question("DL-2024-0001")
    assert question.named
    assert question.state is QuestionState.RECEIVED
    assert ClockKind.ACKNOWLEDGE in await office.clocks("DL-2024-0001")


async def test_what_is_found_to_be_sensitive_is_no_opinion_any_more(office: Office) -> None:
    reference = await given(office)
    await office.secretary.presses("Mở")
    await office.secretary.presses("🔒 Giữ kín")
    await office.secretary.says("Nói về người trong xóm")
    await office.secretary.presses("Gửi")

    question = await office.question(reference)
    assert (question.sensitive, question.state) == (True, QuestionState.RECEIVED)
    assert ClockKind.REPLY_OUTSIDE in await office.clocks(reference)


async def test_nobody_else_makes_a_petition_of_it(office: Office) -> None:
    reference = await given(office)
    number = (await office.question(reference)).id
    stranger = await office.world.resident("DL-lang-dau", "Võ Văn Nam")
    for phone in (stranger, office.official):
        await phone.taps_code(f"petition.{number}")
        assert "kiến nghị" not in phone.hears()

    assert (await office.question(reference)).state is QuestionState.GATHERED


async def test_a_year_later_it_is_counted_as_what_it_was(office: Office) -> None:
    await given(office)
    await office.asked()
    office.world.clock.move_to(local(2025, 2, 3))
    await planned_meeting(office.world)
    await office.secretary.says("/tonghop")
    await office.secretary.presses("Kết quả các năm trước")

    async with office.world.store.reading() as uow:
        unit = await uow.places.unit_by_code("DL")
        assert unit is not None
        [counted] = await uow.results.between(unit.id, local(2024, 1, 1), local(2025, 1, 1))
    assert (counted.received, counted.gathered, counted.open) == (2, 1, 1)


async def test_who_may_not_read_opinions_is_shown_none(office: Office) -> None:
    await given(office)
    supervisor = await office.world.staff(Role.SUPERVISOR, "DL", "Bùi Thị Sát")
    await supervisor.taps_code("gathered.0")

    assert PLACE not in supervisor.hears()
    assert "Không còn góp ý nào" in supervisor.hears()


async def test_an_opinion_under_a_sensitive_topic_is_owed_a_reply_and_public_nowhere(office: Office) -> None:
    reference = await given(office)
    async with office.world.store.unit() as uow:
        question = await question_of(uow, reference)
        question.public_text = "Nên đặt thêm ghế đá"
        topic = next(one for one in await uow.places.topics(question.unit_id) if not one.sensitive)
        topic.sensitive = True
        secretary = await person_named(uow, "Trần Văn Thư")
        await set_topic(uow, by=secretary, question_id=question.id, topic_id=topic.id)
        await uow.commit()
    question = await office.question(reference)
    assert (question.state, question.kind) == (QuestionState.RECEIVED, QuestionKind.PETITION)
    assert (question.sensitive, question.public_text) == (True, None)


async def test_of_many_opinions_the_digest_names_the_first_and_counts_the_rest(office: Office) -> None:
    await office.fixed_meeting()
    async with office.world.store.unit() as uow:
        mai = await person_named(uow, "Nguyễn Thị Mai")
        for number in range(21):
            text = f"Nên trồng thêm cây ở xóm {number}"
            await ask_question(uow, asker=mai, text=text, kind=QuestionKind.OPINION, came_by=CameBy.LETTER)
        await uow.commit()
    await office.chair.says("/tonghop")

    assert "Góp ý được tổng hợp chung (21)" in office.chair.hears()
    assert "… và 1 góp ý nữa" in office.chair.hears()


async def test_an_opinion_from_nowhere_in_particular_is_listed_without_a_hamlet(plain_world: World) -> None:
    office = await open_office(plain_world)
    reference = await office.asked()
    async with plain_world.store.reading() as uow:
        question = await uow.questions.by_reference(reference)
        assert question is not None
        question.hamlet_id = None
        assert (await opinion_line(uow, question)).params["hamlet"] == Term("digest.hamlet_unknown")
