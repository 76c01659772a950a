"""Running the meeting: opened on its day, every question dealt with, and at its end the clocks of the rest."""

from datetime import date, timedelta

import pytest

from intake.actions.deadlines.clocks import start_clock
from intake.actions.meetings.hold_meeting import close_meeting
from intake.actions.meetings.in_room import answer_in_room, refer_in_room, take_up
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.clock_settings import DEFAULTS
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.person import Role
from intake.rules.questions.question import ProposalState, QuestionState
from tests.support.office import DESK, ROAD, Office, neighbour_unit, open_office, person_named
from tests.support.stories import planned_meeting, put_in_state, question_of, set_meeting
from tests.support.world import Phone, World, local

END = "Kết thúc buổi"


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def meeting(office: Office) -> Meeting:
    return await office.fixed_meeting()


async def deals_with(phone: Phone, reference: str, outcome: str, *typed: str) -> None:
    """Open a question of the room's list and note an outcome."""
    await phone.presses(reference)
    await phone.presses(outcome)
    for words in typed:
        await phone.says(words)
    if typed:
        await phone.presses("Gửi")


async def test_a_meeting_is_opened_on_its_day_and_not_before(office: Office, meeting: Meeting) -> None:
    await office.secretary.says("điều hành")
    assert meeting.title in office.secretary.hears()
    await office.secretary.presses("Khai mạc")
    assert "25/04/2024" in office.secretary.hears()
    assert not office.secretary.sees_button(END)

    office.world.clock.move_to(local(2024, 4, 25, 0, 10))
    await office.chair.says("/dieuhanh")
    await office.chair.presses("Khai mạc")
    assert "đang diễn ra" in office.chair.hears()
    assert office.chair.sees_button(END)
    await office.secretary.presses("Khai mạc")
    assert "đã được xử lý" in office.secretary.hears()


async def test_without_a_fixed_day_nothing_is_opened(office: Office) -> None:
    planned = await planned_meeting(office.world)
    await office.secretary.says("/dieuhanh")
    assert "Chưa có buổi đối thoại nào" in office.secretary.hears()
    await office.secretary.taps_code(f"room.{planned.id}")
    assert "chưa ấn định ngày" in office.secretary.hears()
    await office.secretary.taps_code(f"roomopen.{planned.id}")
    assert "chưa khai mạc được" in office.secretary.hears()


async def test_of_two_meetings_one_is_chosen(office: Office, meeting: Meeting) -> None:
    other = await planned_meeting(office.world, title="Đối thoại tháng 7 năm 2024")
    await set_meeting(office.world, other, MeetingState.FIXED)
    await office.secretary.says("/dieuhanh")
    assert office.secretary.sees_button(meeting.title)
    await office.secretary.presses("Đối thoại tháng 7 năm 2024")
    assert "tháng 7" in office.secretary.hears()
    assert office.secretary.sees_button("Khai mạc")


@pytest.mark.contract
async def test_an_answer_in_the_room_reaches_the_asker_at_once(office: Office, meeting: Meeting) -> None:
    """R144."""
    del meeting
    reference = await office.assigned()
    await office.opened()
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("Câu hỏi chưa nêu")
    await deals_with(office.secretary, reference, "Đã trả lời", "Xã sửa trong quý II.")

    assert "Xã sửa trong quý II." in office.mai.hears()
    assert office.mai.sees_button("Hài lòng")
    assert "Không còn câu hỏi nào chưa nêu" in office.secretary.hears()
    assert (await office.question(reference)).state is QuestionState.ANSWERED
    assert (await office.proposals(reference))[0].state is ProposalState.APPROVED


async def test_every_question_left_is_taken_on_from_the_day_of_the_end(office: Office, meeting: Meeting) -> None:
    """R160: thirty days from the actual end, which is day zero; Saturday 25 May rolls to Monday 27 May."""
    answered, directed, taken, referred, left_out, unheard, declined, before = [
        await office.asked(f"{ROAD} ({number})") for number in range(8)
    ]
    await put_in_state(office.world, declined, QuestionState.OUT_OF_SCOPE)
    await put_in_state(office.world, before, QuestionState.ANSWERED)
    async with office.world.store.unit() as uow:
        await start_clock(uow, ClockKind.PREPARATION, date(2024, 4, 25), settings=DEFAULTS, meeting=meeting)
        await uow.commit()
    await office.opened()
    await office.secretary.says("/dieuhanh")
    assert "Câu hỏi đã nhận: 8\n– chưa nêu: 6\n– đã trả lời: 1\n– ngoài nội dung: 1" in office.secretary.hears()
    await office.secretary.presses("Câu hỏi chưa nêu")
    await deals_with(office.secretary, answered, "Đã trả lời", "Xã sửa trong quý II.")
    await deals_with(office.secretary, directed, "Định hướng", "Đưa vào kế hoạch đầu tư công.")
    assert "Đưa vào kế hoạch đầu tư công." in office.mai.hears()
    office.world.clock.move(minutes=5)
    await deals_with(office.secretary, taken, "Tiếp thu")
    await office.secretary.says("ai cũng được")
    await office.secretary.presses(DESK)
    await deals_with(office.secretary, referred, "Chuyển", "Sở Giao thông", "30/06/2024", "Do tỉnh quản lý.")
    assert "30/06/2024" in office.mai.hears()
    office.world.clock.move(minutes=5)
    await deals_with(office.secretary, left_out, "Không nêu", "Hết thời gian.")
    assert "Hết thời gian." in office.mai.hears()
    assert "vẫn sẽ được trả lời" in office.mai.hears()
    office.put_away()
    await office.closed()

    for figure in ("nhận: 8", "trước buổi: 1", "tại buổi: 1", "trả lời sau: 4", "gia hạn: 1", "nội dung: 1"):
        assert figure in office.secretary.hears()
        assert figure in office.chair.hears()
    due = {ClockKind.REPLY: date(2024, 5, 27)}
    for reference in (directed, taken, left_out, unheard):
        assert (await office.question(reference)).state is QuestionState.TAKEN_ON
        assert await office.clocks(reference) == due
        assert office.mai.hears().count(f"Câu hỏi {reference} của bà/ông được tiếp thu") == 1
    for reference in (answered, referred, declined, before):
        assert reference not in office.mai.hears()
    assert await office.clocks(referred) == {ClockKind.PROMISE: date(2024, 6, 30)}
    assert f"chịu trách nhiệm: {DESK}" in office.mai.hears()
    assert "thư ký sẽ báo sau" in office.mai.hears()
    assert "27/05/2024" in office.mai.hears()
    assert "1 câu hỏi phải trả lời. Hạn: 27/05/2024" in office.official.hears()
    assert office.other.hears() == ""
    async with office.world.store.reading() as uow:
        held = await uow.meetings.get(meeting.id)
        assert (held.state, held.ended_at) == (MeetingState.HELD, office.world.clock.now())
        assert await uow.clocks.of_meeting(meeting.id) == []


async def test_what_has_no_desk_at_the_end_stays_with_the_secretary(office: Office, meeting: Meeting) -> None:
    """Its clock runs; giving it a desk does not start it anew."""
    del meeting
    reference = await office.asked()
    await office.opened()
    await office.closed()
    office.world.clock.move(days=3)
    await office.secretary.says("/phanloai")
    assert f"{reference} – TDP Hàng Gòn" in office.secretary.hears()
    await office.secretary.presses(reference)
    assert not office.secretary.sees_button("Ngoài nội dung")
    await office.secretary.presses("Giao bộ phận")
    await office.secretary.presses(DESK)

    assert await office.clocks(reference) == {ClockKind.REPLY: date(2024, 5, 27)}
    assert "27/05/2024" in office.mai.hears()
    await office.official.says("/hangdoi")
    assert reference in office.official.hears()
    await office.secretary.says("/phanloai")
    assert "Không còn câu hỏi nào" in office.secretary.hears()


async def test_answered_before_the_meeting_it_stays_answered(office: Office, meeting: Meeting) -> None:
    del meeting
    reference = await office.proposed()
    await office.chair.presses("Duyệt")
    await office.opened()
    office.put_away()
    await office.closed()

    assert office.mai.hears() == ""
    assert "trước buổi: 1\n– trả lời tại buổi: 0" in office.secretary.hears()
    assert (await office.question(reference)).state is QuestionState.ANSWERED


async def test_who_was_asked_back_is_taken_on_too(office: Office, meeting: Meeting) -> None:
    del meeting
    reference = await office.asked()
    await put_in_state(office.world, reference, QuestionState.NEEDS_CLARIFICATION, state_before=QuestionState.RECEIVED)
    await office.opened()
    await office.closed()

    assert (await office.question(reference)).state is QuestionState.TAKEN_ON


async def test_ending_asks_first_and_ends_once(office: Office, meeting: Meeting) -> None:
    reference = await office.asked()
    await office.opened()
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses(END)
    assert "bắt đầu tính từ hôm nay" in office.secretary.hears()
    await office.secretary.presses("Không")
    assert "đang diễn ra" in office.secretary.hears()
    await office.closed()
    office.put_away()
    office.world.clock.move(days=1)
    await office.chair.taps_code(f"roomend.{meeting.id}")

    assert "đã được xử lý" in office.chair.hears()
    assert office.mai.hears() == ""
    assert await office.clocks(reference) == {ClockKind.REPLY: date(2024, 5, 27)}
    await office.chair.taps_code(f"room.{meeting.id}")
    assert "đã kết thúc" in office.chair.hears()
    async with office.world.store.unit() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        with pytest.raises(ChangedMeanwhile):
            await close_meeting(uow, by=chair, meeting_id=meeting.id)


async def test_outcomes_are_for_the_session_only_and_once(office: Office, meeting: Meeting) -> None:
    reference = await office.asked()
    question = await office.question(reference)
    await office.secretary.taps_code(f"roomq.{question.id}")
    await office.secretary.presses("Đã trả lời")
    assert "chưa khai mạc" in office.secretary.hears()
    assert office.mai.hears() == ""

    await office.opened()
    await office.secretary.taps_code(f"roomq.{question.id}")
    await office.secretary.presses("Tiếp thu")
    await office.secretary.presses("Bỏ qua")
    await office.chair.taps_code(f"roomanswer.{question.id}")
    assert "bước khác" in office.chair.hears()
    async with office.world.store.unit() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        with pytest.raises(RuleBroken):
            await answer_in_room(uow, by=chair, question_id=question.id, text="Xã sửa trong quý II.")
    stored = await office.question(reference)
    assert (stored.state, stored.desk_id, stored.meeting_id) == (QuestionState.RAISED, None, meeting.id)


async def test_the_room_keeps_to_the_rules_of_a_referral(office: Office, meeting: Meeting) -> None:
    """R161: no past date, no missing agency or reason, in the action as in the conversation."""
    del meeting
    reference = await office.asked()
    await office.opened()
    async with office.world.store.unit() as uow:
        chair = await person_named(uow, "Đinh Văn Chủ")
        question_id = (await question_of(uow, reference)).id
        later = uow.today + timedelta(days=20)
        for agency, promised_on, reason in (
            ("", later, "Do tỉnh quản lý."),
            ("Sở", uow.today, "Do tỉnh quản lý."),
            ("Sở", later, ""),
        ):
            with pytest.raises(RuleBroken):
                await refer_in_room(
                    uow, by=chair, question_id=question_id, agency=agency, promised_on=promised_on, reason=reason
                )
    assert (await office.question(reference)).state is QuestionState.RECEIVED


async def test_a_question_outside_any_meeting_is_not_the_rooms(office: Office) -> None:
    reference = await office.asked()
    question = await office.question(reference)
    await office.secretary.taps_code(f"roomq.{question.id}")
    assert "Không tìm thấy" in office.secretary.hears()
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        with pytest.raises(NotFound):
            await take_up(uow, by=secretary, question_id=question.id, desk_id=None)


async def test_a_desk_of_another_unit_takes_nothing_up(office: Office, meeting: Meeting) -> None:
    del meeting
    reference = await office.asked()
    await office.opened()
    await neighbour_unit(office.world, Role.CHAIR)
    async with office.world.store.unit() as uow:
        elsewhere = next(one for one in await uow.places.roots() if one.code != "DL")
        desk = (await uow.places.desks(elsewhere.id))[0]
        secretary = await person_named(uow, "Trần Văn Thư")
        question_id = (await question_of(uow, reference)).id
        with pytest.raises(NotFound):
            await take_up(uow, by=secretary, question_id=question_id, desk_id=desk.id)


async def test_guessed_codes_run_nobody_elses_meeting(office: Office, meeting: Meeting) -> None:
    reference = await office.asked()
    question = await office.question(reference)
    await office.opened()
    elsewhere = await neighbour_unit(office.world, Role.CHAIR)
    codes = [f"{verb}.{meeting.id}" for verb in ("room", "roomopen", "roomlist", "roomclose", "roomend")]
    codes += [f"{verb}.{question.id}" for verb in ("roomq", "roomanswer", "roomdirect", "roomskip", "roomrefer")]
    for code in (*codes, f"roomtake.{question.id}", "roomlist.", "roomlist.x.y"):
        for phone in (elsewhere, office.official, office.mai):
            office.world.clock.move(seconds=5)
            await phone.taps_code(code)
            assert "Không tìm thấy" in phone.hears()
            assert "xóm 3" not in phone.hears()
    await elsewhere.says("/dieuhanh")
    assert "Chưa có buổi đối thoại nào" in elsewhere.hears()
    await office.mai.says("/dieuhanh")
    assert "Việc này dành cho" in office.mai.hears()
    assert (await office.question(reference)).state is QuestionState.RECEIVED


async def test_what_cannot_be_done_any_more_is_said_before_anything_is_asked(office: Office, meeting: Meeting) -> None:
    """Nobody types an hour or an answer, or says yes, only to be told then that the meeting is over."""
    secretary = office.secretary
    reference = await office.asked()
    question = await office.question(reference)
    await office.opened()
    await office.closed()
    for code in (f"roomclose.{meeting.id}", f"roomended.{meeting.id}", f"heldend.{meeting.id}"):
        secretary.reads()
        await secretary.taps_code(code)
        heard = secretary.hears()
        assert "đã được xử lý" in heard, code
        assert not secretary.sees_button("Đúng"), code
        assert "mấy giờ" not in heard, code
    for verb in ("roomanswer", "roomclarify", "roomdirect", "roomskip", "roomrefer", "roomtake"):
        await secretary.taps_code(f"{verb}.{question.id}")
        assert secretary.hears() == "Buổi đối thoại chưa khai mạc hoặc đã kết thúc.", verb


async def test_before_its_day_no_meeting_is_said_to_have_been_held(office: Office, meeting: Meeting) -> None:
    await office.secretary.taps_code(f"heldend.{meeting.id}")
    heard = office.secretary.hears()
    assert "25/04/2024" in heard
    assert "mấy giờ" not in heard
