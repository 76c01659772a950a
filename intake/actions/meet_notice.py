"""When the public notice counts as given: once it has gone to every hamlet the meeting is for (R090, R099)."""

from intake.actions.meeting_people import hamlets_in_scope
from intake.ports import UnitOfWork
from intake.rules.clock import ClockKind
from intake.rules.deadline import ClockState
from intake.rules.meeting import Meeting, Notice
from intake.rules.unit import Unit


async def not_reached(uow: UnitOfWork, meeting: Meeting, notice: Notice | None) -> list[Unit]:
    """The hamlets in scope that this notice has not gone to; without a notice, all of them."""
    gone_to = [] if notice is None else [push.hamlet_id for push in await uow.meetings.pushes(notice.id)]
    return [hamlet for hamlet in await hamlets_in_scope(uow, meeting) if hamlet.id not in gone_to]


async def meet_when_everywhere(uow: UnitOfWork, meeting: Meeting, notice: Notice) -> bool:
    """Meet the notice clock of a meeting (held before) if its notice has gone to all hamlets. Returns whether it has.

    Where the unit has no hamlets nobody carries it further: the release itself is the notice.
    """
    if await not_reached(uow, meeting, notice):
        return False
    for clock in await uow.clocks.of_meeting(meeting.id):
        if clock.kind is ClockKind.NOTICE:
            clock.state, clock.ended_at = ClockState.MET, uow.now
    return True
