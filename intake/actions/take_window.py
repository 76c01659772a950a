"""A meeting whose day is not fixed takes over another window: the plan was changed, or is read in another way."""

from intake.actions.recompute_clocks import Recomputed, recompute_for_meeting
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.meeting import Meeting
from intake.rules.message import Term
from intake.rules.person import PersonId
from intake.rules.window import PlannedWindow


async def take_window(
    uow: UnitOfWork, meeting: Meeting, window: PlannedWindow, *, reason: Term, by: PersonId | None
) -> Recomputed:
    """Give the meeting (held for a change) the window; its clocks count from there, secretaries but `by` are told."""
    before = meeting.window
    meeting.window_from, meeting.window_to = window.earliest, window.latest
    meeting.precision, meeting.half_day = window.precision, window.half
    detail = {"from": _days(before), "to": _days(window)}
    await uow.ledger.write(AuditEntry(uow.now, by, "take_window", f"meeting:{meeting.id}", detail))
    return await recompute_for_meeting(uow, meeting, window, reason=reason, by=by)


def _days(window: PlannedWindow) -> list[str]:
    return [window.earliest.isoformat(), window.latest.isoformat()]
