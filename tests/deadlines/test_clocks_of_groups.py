"""Groups on their way through the office, targets under a changed calendar, clocks of nothing: the acts themselves."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake.actions.deadlines.change_calendar import change_calendar
from intake.actions.deadlines.clocks import start_clock
from intake.actions.meetings.conclude import add_item
from intake.actions.meetings.in_room import answer_in_room, refer_in_room
from intake.actions.questions.group_questions import join
from intake.actions.questions.groups import reassign_group
from intake.actions.questions.mark_urgent import mark_urgent
from intake.actions.questions.propose import propose_extension, return_question
from intake.rules.deadlines.calendar import Override
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.clock_settings import DEFAULTS
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import MeetingState
from intake.rules.meetings.results import Fate, fate_of
from intake.rules.people.person import Role
from intake.rules.people.unit import Desk
from intake.rules.questions.question import Question, QuestionId, QuestionState, RoomOutcome
from tests.conftest import load
from tests.support.lines import PlainLine
from tests.support.meetings import fixes_day, makes_meeting, pushes_notice, releases_notice
from tests.support.office import OTHER_DESK, Office, open_office, person_named
from tests.support.stories import question_of, set_meeting
from tests.support.world import World, local, opened_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, PlainLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


@pytest.fixture
async def office(world: World) -> Office:
    return await open_office(world)


async def a_group(office: Office) -> tuple[QuestionId, QuestionId]:
    """Two questions of one resident on the official's desk; the first leads."""
    first, second = [await office.assigned(f"Đường xóm 3 hỏng nặng ({number})") for number in (1, 2)]
    async with office.world.store.unit() as uow:
        by = await person_named(uow, "Trần Văn Thư")
        lead, other = [await question_of(uow, reference) for reference in (first, second)]
        await join(uow, by=by, question_id=other.id, with_id=lead.id)
        await uow.commit()
    return lead.id, other.id


async def test_a_group_moves_to_another_desk_together(office: Office) -> None:
    lead, other = await a_group(office)
    async with office.world.store.unit() as uow:
        by = await person_named(uow, "Trần Văn Thư")
        question = await uow.questions.get(lead)
        desks = {desk.name: desk.id for desk in await uow.places.desks(question.unit_id)}
        assert question.desk_id is not None
        await reassign_group(uow, by=by, question_id=lead, from_desk_id=question.desk_id, desk_id=desks[OTHER_DESK])
        assert (await uow.questions.get(other)).desk_id == desks[OTHER_DESK]


async def test_a_group_is_referred_in_the_room_together(office: Office) -> None:
    await office.fixed_meeting()
    lead, other = await a_group(office)
    await office.opened()
    async with office.world.store.unit() as uow:
        by = await person_named(uow, "Trần Văn Thư")
        await refer_in_room(
            uow,
            by=by,
            question_id=lead,
            agency="Sở Giao thông",
            promised_on=uow.today + timedelta(days=20),
            reason="Do tỉnh quản lý.",
        )
        both = [await uow.questions.get(one) for one in (lead, other)]
        assert [one.room_outcome for one in both] == [RoomOutcome.REFERRED] * 2


async def test_an_answer_written_anew_replaces_only_the_one_that_waits(office: Office) -> None:
    await office.fixed_meeting()
    reference = await office.assigned()
    await office.opened()
    async with office.world.store.unit() as uow:
        by = await person_named(uow, "Trần Văn Thư")
        question = await question_of(uow, reference)
        for text in ("Sẽ sửa.", "Sẽ sửa trong quý II.", "Sẽ sửa trong tháng 5."):
            await answer_in_room(uow, by=by, question_id=question.id, text=text, held=True)
        said = [one.text for one in await uow.questions.proposals(question.id) if one.state.value == "held"]
        assert said == ["Sẽ sửa trong tháng 5."]


async def test_a_group_is_extended_while_none_is_late_and_returned_where_it_can_be(office: Office) -> None:
    lead, other = await a_group(office)
    async with office.world.store.unit() as uow:
        official = await person_named(uow, "Lê Thị Hoa")
        await propose_extension(
            uow,
            by=official,
            question_id=lead,
            agency="Cán bộ chuyên môn",
            promised_on=uow.today + timedelta(days=60),
            reason="Chờ khảo sát.",
        )
        (await uow.questions.get(other)).state = QuestionState.REFERRED
        await return_question(uow, by=official, question_id=lead, reason="Không thuộc bộ phận.")
        assert (await uow.questions.get(lead)).desk_id is None
        assert (await uow.questions.get(other)).state is QuestionState.REFERRED


async def test_a_clock_runs_for_something(world: World) -> None:
    async with world.store.unit() as uow:
        with pytest.raises(ValueError, match="a clock runs for"):
            await start_clock(uow, ClockKind.DATA_REQUEST, uow.today, settings=DEFAULTS)


async def test_a_conclusion_belongs_to_a_desk_of_the_unit(office: Office) -> None:
    meeting = await office.fixed_meeting()
    await set_meeting(office.world, meeting, MeetingState.HELD)
    await load(office.world, "an-duong-2024")
    async with office.world.store.unit() as uow:
        by = await person_named(uow, "Trần Văn Thư")
        elsewhere = await uow.places.unit_by_code("AD")
        assert elsewhere is not None
        foreign: Desk = (await uow.places.desks(elsewhere.id))[0]
        with pytest.raises(NotFound):
            await add_item(
                uow, by=by, meeting_id=meeting.id, text="Sửa đường.", desk_id=foreign.id, owner="", due_on=None
            )


async def test_a_notice_that_went_everywhere_is_owed_again_when_the_meeting_moves(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Lê Thị Minh Thư")
    heads = [await world.staff(Role.HAMLET_HEAD, one, "Trưởng") for one in ("DL-hang-gon", "DL-lang-dau")]
    await makes_meeting(secretary)
    await fixes_day(secretary)
    await releases_notice(secretary)
    for head in heads:
        await pushes_notice(head)
    async with world.store.reading() as uow:
        [meeting] = await uow.meetings.of_units([one.id for one in await uow.places.roots()])
        assert ClockKind.NOTICE not in {clock.kind for clock in await uow.clocks.of_meeting(meeting.id)}
    await secretary.taps_code(f"fix.{meeting.id}")
    await secretary.says("26/04/2024")
    await secretary.says("08:00")
    await secretary.presses("Bỏ qua")
    await secretary.says("Hội trường bận")
    await secretary.presses("Gửi")
    async with world.store.reading() as uow:
        due = {clock.kind: clock.due_on for clock in await uow.clocks.of_meeting(meeting.id)}
    assert due[ClockKind.NOTICE] == date(2024, 4, 21), secretary.hears()


async def test_what_is_answered_after_the_meeting_counts_as_later(office: Office) -> None:
    reference = await office.assigned()
    async with office.world.store.unit() as uow:
        question: Question = await question_of(uow, reference)
        question.state, question.answered_at = QuestionState.ANSWERED, local(2024, 4, 30)
        assert fate_of(question, local(2024, 4, 25)) is Fate.ANSWERED_LATER
        assert fate_of(question, local(2024, 5, 25)) is Fate.ANSWERED_BEFORE


async def test_a_target_under_a_changed_calendar_is_never_later_than_the_reply(office: Office) -> None:
    reference = await office.assigned()
    async with office.world.store.unit() as uow:
        by = await person_named(uow, "Trần Văn Thư")
        question = await question_of(uow, reference)
        await mark_urgent(uow, by=by, question_id=question.id, reason="Dân bức xúc")
        await uow.commit()
    async with office.world.store.unit() as uow:
        off = Override(date(2024, 3, 11), True, "Nghỉ bão", "QĐ 1", True)
        await change_calendar(uow, put=[off], by="admin")
        clocks = {clock.kind: clock.due_on for clock in await uow.clocks.running_for(question.id)}
        assert clocks[ClockKind.URGENT_TARGET] <= clocks[ClockKind.REPLY_OUTSIDE]
