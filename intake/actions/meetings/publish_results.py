"""Say by which means the results of a meeting were made public, and when: the clock of the law is met by all three."""

from datetime import date

from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState, ResultsMeans
from intake.rules.people.person import Person


async def results_clock(uow: UnitOfWork, meeting: Meeting) -> Clock | None:
    """The running clock by which the results are to be public; None where the law sets none, or all was done."""
    return next((one for one in await uow.clocks.of_meeting(meeting.id) if one.kind is ClockKind.RESULTS), None)


def means_left(meeting: Meeting) -> list[ResultsMeans]:
    """The ways in which nobody has made the results public yet."""
    return [means for means in ResultsMeans if means not in meeting.results_public]


async def publish_results(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, means: ResultsMeans, on: date
) -> Meeting:
    """Keep that the results were made public by this means on a day (R211, LAW C9).

    `by` is secretary or chair of the unit (`NotFound` for all others, and where no such clock ever ran). With the last
    of the means the clock is met. Raises `ChangedMeanwhile` for a means that was named before, `RuleBroken` for a day
    that is still to come or lies before the meeting.
    """
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    if meeting.state is not MeetingState.HELD or meeting.ended_at is None:
        raise NotFound
    if means in meeting.results_public:
        raise ChangedMeanwhile
    if await results_clock(uow, meeting) is None:
        raise NotFound
    held_on = meeting.ended_at.astimezone(LOCAL).date()
    if not held_on <= on <= uow.today:
        raise RuleBroken("refusal.results_day", {"held": held_on, "today": uow.today})
    await note_means(uow, by, meeting, means, on)
    return meeting


async def note_means(uow: UnitOfWork, by: Person, meeting: Meeting, means: ResultsMeans, on: date) -> None:
    """Keep a means of a meeting (held before) that was proved, the first time; the last of them meets the clock.

    Nothing is kept where no such clock runs: the law asks for nothing there, and the proof itself stands anyway.
    """
    clock = await results_clock(uow, meeting)
    if clock is None or means in meeting.results_public:
        return
    said = {"on": on.isoformat(), "by": by.id, "at": uow.now.isoformat()}
    meeting.results_public = {**meeting.results_public, means.value: said}
    if not means_left(meeting):
        clock.state, clock.ended_at = ClockState.MET, uow.now
    detail = {"means": means.value, "on": on.isoformat()}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "publish_results", f"meeting:{meeting.id}", detail))
