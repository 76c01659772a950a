"""Opening a meeting, and ending it: from its end run the clocks of everything that was not answered there (R160)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from intake.actions.deadlines.clocks import settings_for, start_clock, start_reply
from intake.actions.deadlines.meeting_tasks import count_from_end
from intake.actions.meetings.counted_hands import count_up
from intake.actions.meetings.in_room import UNHEARD, send_held
from intake.actions.outbox.tell import tell, tell_asker
from intake.actions.people.office import holders_of, tell_desk, units_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.clock_settings import RESULTS_SINCE, ClockSettings
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words, on_weekday
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.results import Figures, figures_of
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.question import Act, Question, QuestionState, RoomOutcome, after

_SETTLED = (
    QuestionState.OUT_OF_SCOPE,
    QuestionState.ANSWERED,
    QuestionState.CLOSED,
    QuestionState.REFERRED,
    QuestionState.EXTENDED,
    QuestionState.GATHERED,
    QuestionState.SEALED,
)
"""At the end of the meeting these askers have their answer, or agency and date, or are owed none of their own."""


async def meeting_in_unit(uow: UnitOfWork, by: Person, meeting_id: MeetingId, *, lock: bool = False) -> Meeting:
    """A meeting of a unit in which `by` is secretary or chair; `NotFound` for all others."""
    meeting = await uow.meetings.get(meeting_id, lock=lock)
    unit = await uow.places.unit(meeting.unit_id)
    require(await uow.people.grants_of(by.id), (Role.SECRETARY, Role.CHAIR), unit)
    return meeting


async def meetings_to_run(uow: UnitOfWork, by: Person) -> list[Meeting]:
    """The meetings `by` may open or has in session, in the order of their dates."""
    coming = await uow.meetings.of_units(await units_of(uow, by, Role.SECRETARY, Role.CHAIR))
    return [meeting for meeting in coming if meeting.state in (MeetingState.FIXED, MeetingState.OPEN)]


async def meetings_held(uow: UnitOfWork, by: Person, most: int = 5) -> Sequence[Meeting]:
    """The last meetings that `by` ran or could have run, the newest first."""
    return await uow.meetings.held(await units_of(uow, by, Role.SECRETARY, Role.CHAIR), most)


async def open_meeting(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> Meeting:
    """Open a meeting, on its fixed day or after it; before, `RuleBroken` names the day."""
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    if meeting.state is MeetingState.PLANNED or meeting.starts_at is None:
        raise RuleBroken("refusal.meeting_not_fixed")
    if meeting.state is not MeetingState.FIXED:
        raise ChangedMeanwhile
    fixed_on = meeting.starts_at.astimezone(LOCAL).date()
    if uow.today < fixed_on:
        raise RuleBroken("refusal.meeting_too_early", {"day": on_weekday(fixed_on)})
    meeting.state, meeting.opened_at = MeetingState.OPEN, uow.now
    await uow.ledger.write(AuditEntry(uow.now, by.id, "open_meeting", f"meeting:{meeting.id}"))
    return meeting


def require_in_session(meeting: Meeting) -> Meeting:
    """A meeting that can be ended. Raises `ChangedMeanwhile` for one that is over, or was never opened."""
    if meeting.state is not MeetingState.OPEN:
        raise ChangedMeanwhile
    return meeting


def require_begun(meeting: Meeting, now: datetime) -> datetime:
    """When a meeting of which somebody may say that it took place began, opened or not.

    Raises `ChangedMeanwhile` for one that is over, `RuleBroken` for one that has not begun.
    """
    if meeting.state not in (MeetingState.FIXED, MeetingState.OPEN) or meeting.starts_at is None:
        raise ChangedMeanwhile
    if now < meeting.starts_at:
        raise RuleBroken("refusal.meeting_too_early", {"day": meeting.starts_at.astimezone(LOCAL).date()})
    return meeting.starts_at


async def close_meeting(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, ended_at: datetime | None = None
) -> Figures:
    """End a meeting now, or note that it ended at an earlier moment, since it was opened.

    Its last day is day zero of the reply clocks of all that was not answered there (R160). Answers that were held go
    out, hands that are up are counted. What was not reached is noted as not put. Each asker who waits on is told once:
    the reference, the desk (or that one will be named), the due date. Desks learn how many came to them, secretaries
    and chairs the figures.
    Ending twice raises `ChangedMeanwhile`, an end before the opening or to come `RuleBroken`.
    """
    meeting = require_in_session(await meeting_in_unit(uow, by, meeting_id, lock=True))
    ended_at = ended_at or uow.now
    return await _end(uow, by, meeting, ended_at, "close_meeting", noted=True)


async def declare_held(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, ended_at: datetime) -> Figures:
    """Say afterwards that a meeting took place and when it ended, where nobody had opened it, or ended it (R149, R220).

    What `close_meeting` does follows; replies that ran provisionally are computed anew from the real end. Where nobody
    opened it, what became of each question in the room was noted by nobody, and nothing is noted of it now. Raises
    `ChangedMeanwhile` for a meeting that is over, `RuleBroken` for one that has not begun, and for an end before its
    beginning or to come.
    """
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    began = require_begun(meeting, uow.now)
    noted = meeting.opened_at is not None
    meeting.opened_at = meeting.opened_at or began
    return await _end(uow, by, meeting, ended_at, "declare_held", noted=noted)


async def _end(uow: UnitOfWork, by: Person, meeting: Meeting, ended_at: datetime, act: str, *, noted: bool) -> Figures:
    if ended_at > uow.now or (meeting.opened_at is not None and ended_at < meeting.opened_at):
        raise RuleBroken("refusal.meeting_end", {"opened": meeting.opened_at or uow.now, "now": uow.now})
    meeting.state, meeting.ended_at = MeetingState.HELD, ended_at
    for clock in await uow.clocks.of_meeting(meeting.id):
        clock.state, clock.ended_at = ClockState.ENDED, uow.now
    settings = settings_for(await uow.plans.get(meeting.plan_id), meeting)
    ended_on = ended_at.astimezone(LOCAL).date()
    if settings.results_run and ended_on >= RESULTS_SINCE:
        await start_clock(uow, ClockKind.RESULTS, ended_on, settings=settings, meeting=meeting)
    await count_from_end(uow, meeting, ended_on, settings)
    await count_up(uow, by, meeting)
    questions = []
    owed: list[tuple[Question, Clock]] = []
    for unlocked in await uow.questions.of_meeting(meeting.id):
        question = await uow.questions.get(unlocked.id, lock=True)
        questions.append(question)
        if question.state in _SETTLED or await send_held(uow, by, meeting, question):
            continue
        if noted and question.room_outcome is None and question.state in UNHEARD:
            question.room_outcome = RoomOutcome.NOT_PUT
        owed.append((question, await _take_on(uow, meeting, question, settings)))
    await _tell_desks(uow, meeting, owed)
    figures = figures_of(questions, ended_at)
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"meeting:{meeting.id}", {"taken_on": len(owed)}))
    told = [one.id for one in await holders_of(uow, meeting.unit_id, Role.SECRETARY, Role.CHAIR) if one.id != by.id]
    await tell(uow, told, figures_message(meeting, figures))
    return figures


def figures_message(meeting: Meeting, figures: Figures) -> Message:
    """The figures of a meeting that has ended, in words."""
    return Message("room.figures", {"title": meeting.title, **asdict(figures)})


async def _take_on(uow: UnitOfWork, meeting: Meeting, question: Question, settings: ClockSettings) -> Clock:
    if question.state is not QuestionState.TAKEN_ON:
        question.state = after(question.state, Act.TAKE_ON)
    ended_on = (meeting.ended_at or uow.now).astimezone(LOCAL).date()
    clock = await start_reply(uow, ClockKind.REPLY, ended_on, settings=settings, question=question)
    clock.provisional = False
    desk: Param = Term("room.desk_later")
    if question.desk_id is not None:
        desk = (await uow.places.desk(question.desk_id)).name
    named: dict[str, Param] = {
        "reference": question.reference,
        "title": meeting.title,
        "desk": desk,
        "due": due_words(unpack_due(clock.due)),
    }
    follows = ((Button(f"status.{question.id}", "ask.follow"),),)
    once = f"taken-on:{meeting.id}:{question.id}"
    await tell_asker(uow, question, Message("room.taken_on", named, follows), once=once)
    return clock


async def _tell_desks(uow: UnitOfWork, meeting: Meeting, owed: Sequence[tuple[Question, Clock]]) -> None:
    by_desk: dict[DeskId, list[Clock]] = {}
    for question, clock in owed:
        if question.named:  # counted for nobody whom it names
            if question.desk_id is not None:
                await tell_desk(uow, question, "office.queue_new", {"due": due_words(unpack_due(clock.due))})
        elif question.desk_id is not None:
            by_desk.setdefault(question.desk_id, []).append(clock)
    for desk_id, clocks in by_desk.items():
        first = min(clocks, key=lambda clock: clock.due_on)
        message = Message(
            "room.queue",
            {"title": meeting.title, "count": len(clocks), "due": due_words(unpack_due(first.due))},
            ((Button("cmd.hangdoi", "menu.queue"),),),
        )
        await tell(uow, [official.id for official in await uow.people.at_desk(desk_id)], message)
