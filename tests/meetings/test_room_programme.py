"""In the room beside the questions: the programme, answers that wait for the end, the end itself (R140–R149, R027)."""

from datetime import date, timedelta

import pytest

from intake.actions.meetings.hold_meeting import close_meeting
from intake.actions.meetings.run_sheet import tick_step
from intake.actions.questions.group_questions import join
from intake.rules.deadlines.clock import ClockKind
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.people.person import Role
from intake.rules.questions.question import ProposalState, QuestionState, RoomOutcome
from tests.meetings.test_room_meeting import deals_with
from tests.support.office import Office, neighbour_unit, open_office, person_named
from tests.support.stories import planned_meeting, question_of
from tests.support.world import World, local


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


@pytest.fixture
async def meeting(office: Office) -> Meeting:
    return await office.fixed_meeting()


async def test_the_programme_of_the_plan_is_ticked_step_by_step(office: Office, meeting: Meeting) -> None:
    """R140–R142: each with its time; a slip of the finger is taken back."""
    await office.opened()
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("Chương trình")
    assert "▶ 1. Nêu lý do, giới thiệu đại biểu, chương trình, nội quy" in office.secretary.hears()
    assert not office.secretary.sees_button("Bỏ dấu vừa rồi")
    await office.secretary.presses("Xong bước 1")
    assert "✅ 14:0" in office.secretary.hears()
    assert "▶ 2. Báo cáo các nội dung đối thoại" in office.secretary.hears()
    await office.chair.taps_code(f"programmedone.{meeting.id}.1")
    await office.secretary.taps_code(f"programmedone.{meeting.id}.1")
    assert "đã được xử lý" in office.secretary.hears()
    await office.secretary.taps_code(f"programme.{meeting.id}")
    assert office.secretary.hears().count("✅") == 2
    await office.secretary.presses("Bỏ dấu vừa rồi")
    assert "▶ 2. Báo cáo" in office.secretary.hears()
    await office.secretary.presses("Bỏ dấu vừa rồi")
    await office.secretary.taps_code(f"programmeundo.{meeting.id}")
    assert "đã được xử lý" in office.secretary.hears()


async def test_a_finished_programme_offers_no_further_step(office: Office, meeting: Meeting) -> None:
    await office.opened()
    for position in range(6):
        await office.secretary.taps_code(f"programmedone.{meeting.id}.{position}")
    assert office.secretary.hears().count("✅") == 6
    assert "▶" not in office.secretary.hears()
    await office.secretary.presses("Về buổi đối thoại")
    assert office.secretary.sees_button("Kết thúc buổi")


async def test_nothing_is_ticked_out_of_session_or_by_others(office: Office, meeting: Meeting) -> None:
    await office.secretary.taps_code(f"programmedone.{meeting.id}.0")
    assert "chưa khai mạc hoặc đã kết thúc" in office.secretary.hears()
    await office.secretary.taps_code(f"programme.{meeting.id}")
    assert not office.secretary.sees_button("Xong bước 1")
    stranger = await neighbour_unit(office.world, Role.SECRETARY)
    for code in (f"programme.{meeting.id}", f"programmedone.{meeting.id}.0", f"programmeundo.{meeting.id}"):
        for phone in (stranger, office.mai, office.official):
            await phone.taps_code(code)
            assert "✅" not in phone.hears()
            assert "Nêu lý do" not in phone.hears()
    await office.opened()
    async with office.world.store.unit() as uow:
        by = await person_named(uow, "Trần Văn Thư")
        with pytest.raises(ChangedMeanwhile):
            await tick_step(uow, by=by, meeting_id=meeting.id, position=99)


async def test_a_question_that_comes_while_people_speak_goes_to_the_secretarys_room(
    office: Office, meeting: Meeting
) -> None:
    """R120: the secretary is the room's inbox."""
    await office.opened()
    await office.mai.says("/hoi")
    await office.mai.says("Bao giờ có nước sạch?")
    if office.mai.sees_button(meeting.title):
        await office.mai.presses(meeting.title)
    await office.mai.presses("Gửi")
    assert "Bao giờ có nước sạch?" in office.secretary.hears()
    assert meeting.title in office.secretary.hears()
    await office.secretary.presses("Mở")
    assert office.secretary.sees_button("Đã trả lời")


async def test_what_was_made_clear_counts_as_answered_there(office: Office, meeting: Meeting) -> None:
    """R146."""
    reference = await office.assigned()
    await office.opened()
    await office.secretary.taps_code(f"roomlist.{meeting.id}")
    await deals_with(office.secretary, reference, "Đã làm rõ", "Đường này thuộc kế hoạch năm sau.")
    assert "Đường này thuộc kế hoạch năm sau." in office.mai.hears()
    question = await office.question(reference)
    assert (question.state, question.room_outcome) == (QuestionState.ANSWERED, RoomOutcome.CLARIFIED)
    await office.closed()
    assert "trả lời tại buổi: 1" in office.secretary.hears()


async def test_an_answer_may_wait_for_the_end_of_the_meeting(office: Office, meeting: Meeting) -> None:
    reference = await office.assigned()
    await office.opened()
    await office.secretary.taps_code(f"roomlist.{meeting.id}")
    await office.secretary.presses(reference)
    await office.secretary.presses("Đã trả lời")
    await office.secretary.says("Xã sửa trong quí II.")
    await office.secretary.presses("Gửi khi kết thúc buổi")
    assert office.mai.hears() == ""
    assert (await office.question(reference)).state is QuestionState.RAISED

    await office.secretary.taps_code(f"room.{meeting.id}")  # a slip is mended before anybody reads it
    await office.secretary.presses("Đã ghi, chưa gửi (1)")
    await office.secretary.presses(reference)
    await office.secretary.presses("Đã trả lời")
    await office.secretary.says("Xã sửa trong quý II.")
    await office.secretary.presses("Gửi khi kết thúc buổi")
    await office.secretary.taps_code(f"roomtake.{(await office.question(reference)).id}")
    assert "đang ở bước khác" in office.secretary.hears()
    assert office.mai.hears() == ""

    await office.closed()
    assert "Xã sửa trong quý II." in office.mai.hears()
    assert "quí" not in office.mai.hears()
    assert office.mai.sees_button("Hài lòng")
    assert "trả lời tại buổi: 1" in office.secretary.hears()
    assert (await office.question(reference)).state is QuestionState.ANSWERED
    assert await office.clocks(reference) == {}
    states = sorted(proposal.state for proposal in await office.proposals(reference))
    assert states == sorted([ProposalState.RETURNED, ProposalState.APPROVED])


async def test_the_end_asks_with_what_is_still_open(office: Office, meeting: Meeting) -> None:
    held, unheard = [await office.assigned(f"Câu hỏi số {number} về đường làng") for number in (1, 2)]
    await office.opened()
    await office.secretary.taps_code(f"roomlist.{meeting.id}")
    await office.secretary.presses(held)
    await office.secretary.presses("Đã trả lời")
    await office.secretary.says("Sẽ sửa.")
    await office.secretary.presses("Gửi khi kết thúc buổi")
    await office.secretary.taps_code(f"roomclose.{meeting.id}")
    assert "Câu hỏi chưa nêu: 1\nCâu trả lời đã ghi, sẽ gửi: 1" in office.secretary.hears()
    await office.secretary.presses("Không")
    assert (await office.question(unheard)).room_outcome is None


async def test_an_end_that_was_noted_late_starts_the_clocks_on_its_own_day(office: Office, meeting: Meeting) -> None:
    """R149, R160: the day the meeting ended is day zero, not the day somebody pressed the button."""
    reference = await office.assigned()
    await office.opened()
    office.world.clock.move_to(local(2024, 4, 26, 9))
    await office.secretary.says("/dieuhanh")
    await office.secretary.presses("Kết thúc buổi")
    await office.secretary.presses("Đã kết thúc từ trước")
    for wrong, answer in (
        ("hôm qua", "giờ"),
        ("16:30 31/02/2024", "ngày"),
        ("13:00 25/04/2024", "sau lúc khai mạc"),
        ("23:00", "sau lúc khai mạc"),
        ("25/04/2024", "giờ"),
    ):
        await office.secretary.says(wrong)
        assert answer in office.secretary.hears(), wrong
    await office.secretary.says("16:30 25/04/2024")
    assert "đã kết thúc" in office.secretary.hears()
    assert await office.clocks(reference) == {ClockKind.REPLY: date(2024, 5, 27)}
    async with office.world.store.reading() as uow:
        stored = await uow.meetings.get(meeting.id)
        assert (stored.state, stored.ended_at) == (MeetingState.HELD, local(2024, 4, 25, 16, 30))


async def test_an_hour_alone_is_todays(office: Office, meeting: Meeting) -> None:
    await office.opened()
    office.world.clock.move_to(local(2024, 4, 25, 20))
    await office.secretary.taps_code(f"roomended.{meeting.id}")
    await office.secretary.says("4 giờ 30 chiều")
    async with office.world.store.reading() as uow:
        assert (await uow.meetings.get(meeting.id)).ended_at == local(2024, 4, 25, 16, 30)


async def test_an_end_to_come_is_refused(office: Office, meeting: Meeting) -> None:
    await office.opened()
    async with office.world.store.unit() as uow:
        by = await person_named(uow, "Trần Văn Thư")
        with pytest.raises(RuleBroken, match="meeting_end"):
            await close_meeting(uow, by=by, meeting_id=meeting.id, ended_at=uow.now + timedelta(minutes=1))
        stranger = await person_named(uow, "Nguyễn Thị Mai")
        with pytest.raises(NotFound):
            await close_meeting(uow, by=stranger, meeting_id=meeting.id)


async def test_the_register_says_why_a_question_was_not_put(office: Office, meeting: Meeting) -> None:
    """R027."""
    left_out, unheard, answered = [await office.assigned(f"Câu hỏi số {number} về đường làng") for number in range(3)]
    await office.opened()
    await office.secretary.taps_code(f"roomlist.{meeting.id}")
    await deals_with(office.secretary, left_out, "Không nêu", "Trùng với câu hỏi trước.")
    await deals_with(office.secretary, answered, "Đã trả lời", "Sẽ sửa.")
    await office.closed()
    await office.secretary.presses("Câu hỏi không nêu")
    assert "Trùng với câu hỏi trước." in office.secretary.hears()
    assert "Lý do: chưa ghi" in office.secretary.hears(), "nothing is invented"
    await office.secretary.presses("Ghi lý do 1 câu chưa nêu")
    await office.secretary.presses("Hết thời gian")
    assert "Lý do chưa nêu tại buổi đối thoại: Hết thời gian" in office.secretary.hears()
    await office.secretary.presses("Gửi")
    assert "Đã ghi lý do cho 1 câu hỏi." in office.secretary.hears()
    await office.secretary.taps_code(f"notput.{meeting.id}")
    assert "Lý do: Hết thời gian" in office.secretary.hears()
    assert answered not in office.secretary.hears()
    await office.chair.says("/dieuhanh")
    await office.chair.presses("Buổi đã họp")
    await office.chair.presses(meeting.title)
    assert "trả lời tại buổi: 1" in office.chair.hears()
    await office.chair.presses("Câu hỏi không nêu")
    assert unheard in office.chair.hears()
    await office.mai.taps_code(f"notput.{meeting.id}")
    assert "Trùng với" not in office.mai.hears()


async def test_meetings_held_stand_beside_the_one_to_run(office: Office, meeting: Meeting) -> None:
    await office.opened()
    await office.closed()
    await office.secretary.says("/dieuhanh")
    assert "Chưa có buổi đối thoại nào" in office.secretary.hears()
    assert office.secretary.sees_button("Buổi đã họp")
    other = await planned_meeting(office.world, title="Đối thoại tháng 7 năm 2024")
    async with office.world.store.unit() as uow:
        stored = await uow.meetings.get(other.id)
        stored.state, stored.starts_at = MeetingState.FIXED, local(2024, 7, 25, 14)
        await uow.commit()
    await office.secretary.says("/dieuhanh")
    assert "tháng 7" in office.secretary.hears()
    await office.secretary.presses("Buổi đã họp")
    assert office.secretary.sees_button(meeting.title)


async def test_what_is_said_in_the_room_reaches_everybody_who_asked_the_same(office: Office, meeting: Meeting) -> None:
    """R123: one answer for the group, each asker under the own reference, counted as answered there."""
    hung = await office.world.resident("DL-hang-gon", "Phạm Văn Hùng")
    lead = await office.assigned()
    await hung.says("/hoi")
    await hung.says("Đường xóm 3 hỏng nặng, bao giờ sửa?")
    await hung.presses("Gửi")
    other = "DL-2024-0002"
    async with office.world.store.unit() as uow:
        secretary = await person_named(uow, "Trần Văn Thư")
        first, second = [await question_of(uow, reference) for reference in (lead, other)]
        await join(uow, by=secretary, question_id=second.id, with_id=first.id)
        await uow.commit()
    await office.world.settle()
    await office.opened()
    hung.reads()
    await office.secretary.taps_code(f"roomlist.{meeting.id}")
    await deals_with(office.secretary, lead, "Đã trả lời", "Xã sửa trong quý II.")
    for phone, reference in ((office.mai, lead), (hung, other)):
        assert "Xã sửa trong quý II." in phone.hears()
        assert reference in phone.hears()
    assert (await office.question(other)).room_outcome is RoomOutcome.ANSWERED
    await office.closed()
    assert "trả lời tại buổi: 2" in office.secretary.hears()
