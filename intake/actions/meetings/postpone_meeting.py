"""Put off a meeting whose new day is not known yet: it is planned again, and whoever heard the old day is told."""

from intake.actions.deadlines.planned_sessions import owe_session_again
from intake.actions.deadlines.provisional import end_provisional_replies
from intake.actions.deadlines.recompute_clocks import recompute_for_meeting
from intake.actions.meetings.airing import call_off_notice
from intake.actions.meetings.fix_meeting import STILL_OPEN, clean_reason, withdraw_requests
from intake.actions.meetings.invite_guests import tell_guests_postponed
from intake.actions.meetings.meeting_people import office_meeting, tell_office_of, tell_people_of
from intake.actions.meetings.remind_registered import drop_reminders
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingId, MeetingState
from intake.rules.message import Message, Param, Term
from intake.rules.people.person import Person, Role
from intake.rules.plan.window import PlannedWindow


async def postpone_meeting(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, reason: str, window: PlannedWindow | None = None
) -> int:
    """A secretary or chair puts off a planned or fixed meeting, to `window` where one is known, with a reason (R215).

    Registrations, questions and lists stay. Its clocks run from the window again, that of a fixed day ends, the session
    is owed again. Refused with a sentence: a meeting that is over, one without a day and without another window, a
    window that is over. Returns how many people a chat has told.
    """
    meeting = await office_meeting(uow, by, meeting_id, Role.SECRETARY, Role.CHAIR)
    before = meeting.starts_at
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    if before is None and window in (None, meeting.window):
        raise RuleBroken("refusal.meeting_without_day")
    if window is not None and window.latest < uow.today:
        raise RuleBroken("refusal.meeting_past")
    reason = clean_reason(reason)
    await withdraw_requests(uow, meeting)
    await drop_reminders(uow, meeting)
    meeting.starts_at, meeting.state = None, MeetingState.PLANNED
    if window is not None:
        meeting.window_from, meeting.window_to = window.earliest, window.latest
        meeting.precision, meeting.half_day = window.precision, window.half
    meeting.revise(uow.now)
    for clock in await uow.clocks.of_meeting(meeting.id):
        if clock.kind is ClockKind.HELD:
            clock.state, clock.ended_at = ClockState.ENDED, uow.now
    why = Term("moved.meeting_postponed", {"title": meeting.title})
    await recompute_for_meeting(uow, meeting, meeting.window, reason=why, by=by.id)
    await end_provisional_replies(uow, meeting)
    await owe_session_again(uow, meeting)
    news: dict[str, Param] = {"title": meeting.title, "reason": reason}
    if before is not None:
        news["before"] = before
        await call_off_notice(uow, meeting, "postponed", news)
        await tell_guests_postponed(uow, meeting, before, reason)
    key = "meetings.news_window" if before is None else "meetings.news_postponed"
    told = await tell_people_of(uow, meeting, Message(key, news))
    await tell_office_of(uow, meeting, Message(key, news), knows=[by.id])
    detail = {"before": None if before is None else before.isoformat(), "until": meeting.window_to.isoformat()}
    entry = AuditEntry(uow.now, by.id, "postpone_meeting", f"meeting:{meeting.id}", detail)
    await uow.ledger.write(entry, words={"reason": reason})
    return told
