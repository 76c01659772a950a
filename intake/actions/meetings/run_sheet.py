"""The programme of a meeting, gone through step by step (R140–R142): the plan's list, with what is done ticked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState, ProgrammeTick
from intake.rules.people.person import Person


@dataclass(frozen=True, slots=True)
class SheetStep:
    """A step of the programme; `done_at` is None while it is to come."""

    position: int
    title: str
    done_at: datetime | None


async def sheet_of(uow: UnitOfWork, meeting: Meeting) -> Sequence[SheetStep]:
    """The steps of a meeting in the order of its plan."""
    plan = await uow.plans.get(meeting.plan_id)
    lines = plan.decided.profile.programme
    done = {tick.position: tick.ticked_at for tick in await uow.conclusions.ticks(meeting.id)}
    return [SheetStep(position, line.title, done.get(position)) for position, line in enumerate(lines)]


async def tick_step(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, position: int) -> Meeting:
    """Note that a step is done, now; a step that is ticked already raises `ChangedMeanwhile`."""
    meeting = await _in_session(uow, by, meeting_id)
    if position not in [step.position for step in await sheet_of(uow, meeting)]:
        raise ChangedMeanwhile
    if not await uow.conclusions.tick(ProgrammeTick(meeting.id, position, uow.now, by.id)):
        raise ChangedMeanwhile
    await _note(uow, by, "tick_step", meeting, position)
    return meeting


async def untick_last(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> Meeting:
    """Take the last tick back: it was a slip of the finger."""
    meeting = await _in_session(uow, by, meeting_id)
    ticks = sorted(await uow.conclusions.ticks(meeting.id), key=lambda tick: (tick.ticked_at, tick.position))
    if not ticks:
        raise ChangedMeanwhile
    await uow.conclusions.untick(ticks[-1])
    await _note(uow, by, "untick_step", meeting, ticks[-1].position)
    return meeting


async def _in_session(uow: UnitOfWork, by: Person, meeting_id: MeetingId) -> Meeting:
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    if meeting.state is not MeetingState.OPEN:
        raise RuleBroken("refusal.meeting_not_open")
    return meeting


async def _note(uow: UnitOfWork, by: Person, act: str, meeting: Meeting, position: int) -> None:
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"meeting:{meeting.id}", {"position": position}))
