"""Fix the day, time and place of a meeting, or move it: every date that hangs on it and everybody concerned follow."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from intake.actions.deadlines.clocks import settings_for, settings_of, start_clock
from intake.actions.deadlines.planned_sessions import settle_session
from intake.actions.deadlines.provisional import end_provisional_replies
from intake.actions.deadlines.recompute_clocks import recompute_for_meeting
from intake.actions.meetings.airing import call_off_notice
from intake.actions.meetings.end_survey import move_surveys
from intake.actions.meetings.invite_guests import ask_guests_again
from intake.actions.meetings.meeting_people import office_meeting, tell_office_of, tell_people_of
from intake.actions.meetings.remind_registered import drop_reminders
from intake.actions.plan.papers_applied import note_paper
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import ClockKind, Due, due
from intake.rules.deadlines.clock_settings import latest_meeting_for, rule_for
from intake.rules.deadlines.due_words import due_words, on_weekday
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.meeting_request import MeetingRequest, RequestKind
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person, Role
from intake.rules.plan.applied_paper import PaperEffect
from intake.rules.plan.plan import Plan
from intake.rules.plan.session_choice import planned_session
from intake.rules.plan.window import HalfDay
from intake.rules.questions.question import ProposalState
from intake.rules.text import fitting

LONGEST_VENUE = 200
LONGEST_REASON = 500
NOON = 12
STILL_OPEN = (MeetingState.PLANNED, MeetingState.FIXED)


@dataclass(frozen=True, slots=True)
class DayCheck:
    """What a day would mean: the days the plan allows, whether it is one, and the last day for the public notice.

    `too_close`: the notice would be late already, so that the chair has to allow it, with a reason (R090).
    """

    first: date
    last: date
    fits: bool
    notice: Due
    too_close: bool


@dataclass(frozen=True, slots=True)
class Fixed:
    """The fixed meeting, the last day for its notice, and how many people a chat has told."""

    meeting: Meeting
    notice: Due
    told: int


def clean_venue(typed: str) -> str:
    """A venue as it is kept. Raises `RuleBroken` when it is empty or too long."""
    venue = " ".join(typed.split())
    if not venue:
        raise RuleBroken("refusal.venue", {"most": LONGEST_VENUE})
    return fitting(venue, LONGEST_VENUE)


def clean_reason(typed: str) -> str:
    """A reason as it is kept. Raises `RuleBroken` when it says nothing or too much."""
    reason = typed.strip()
    if not any(letter.isalpha() for letter in reason):
        raise RuleBroken("refusal.reason", {"most": LONGEST_REASON})
    return fitting(reason, LONGEST_REASON)


async def hour_planned(uow: UnitOfWork, meeting: Meeting) -> time | None:
    """The local time at which the plan has the meeting begin; None where it does not say (R214)."""
    plan = await uow.plans.get(meeting.plan_id)
    sessions = plan.decided.profile.sessions
    return next((session.hour for session in sessions if session.key == meeting.session_key), None)


def fits_half(half: HalfDay | None, starts_at: datetime) -> bool:
    """Whether a moment lies in the half of the day the plan names, where it names one (R062)."""
    morning = starts_at.astimezone(LOCAL).hour < NOON
    return half is None or morning == (half is HalfDay.MORNING)


async def check_day(uow: UnitOfWork, meeting: Meeting, on: date) -> DayCheck:
    """Look at a day before it is chosen (R062–R065, R090).

    Where the chosen reading of the plan wants every reply out before a day, the last day for the meeting is the one
    from which the reply limit still ends before it (R064). Refused while the plan contradicts itself and nobody has
    chosen how to read it.
    """
    plan = await uow.plans.get(meeting.plan_id)
    settings = settings_for(plan, meeting)
    last = meeting.window_to
    replies_before = _replies_before(plan, meeting)
    if replies_before is not None:
        last = min(last, latest_meeting_for(replies_before - timedelta(days=1), settings, uow.calendar))
    notice = due(rule_for(ClockKind.NOTICE, settings), on, uow.calendar)
    moved = meeting.starts_at is None or meeting.starts_at.astimezone(LOCAL).date() != on
    return DayCheck(
        first=meeting.window_from,
        last=last,
        fits=meeting.window_from <= on <= last,
        notice=notice,
        too_close=moved and uow.today > notice.due_on,
    )


def _replies_before(plan: Plan, meeting: Meeting) -> date | None:
    profile = plan.decided.profile
    session = planned_session(profile, meeting.session_key)
    if session is None:
        return None
    reading = plan.decided.reading_of(session)
    if reading is None and session.readings:
        raise RuleBroken("refusal.reading_open")
    return None if reading is None else reading.replies_before


async def fix_meeting(
    uow: UnitOfWork,
    *,
    by: Person,
    meeting_id: MeetingId,
    starts_at: datetime,
    venue: str,
    reason: str = "",
    beyond_plan: bool = False,
    request: MeetingRequest | None = None,
) -> Fixed:
    """Fix or move a meeting (aware `starts_at`): clocks are set anew, whoever is concerned is told once (R065).

    Refused with a sentence: a moment that is over; a day or half-day the plan does not foresee, unless
    `beyond_plan`; a day so close that the public notice is late already, unless a chair does it with a `reason`,
    which is recorded and told (`request`: the secretary's, which the chair approves by this). Of a move a `reason`
    is told in any case. Fixing what is fixed so already changes and tells nothing. A notice that was released
    before is out of date with the change: its clock runs again until a new one has gone to all hamlets (R067).
    """
    meeting = await office_meeting(uow, by, meeting_id, Role.SECRETARY, Role.CHAIR)
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    venue, starts_at = clean_venue(venue), starts_at.astimezone(UTC)
    on = starts_at.astimezone(LOCAL).date()
    check = await check_day(uow, meeting, on)
    if (meeting.starts_at, meeting.venue, meeting.state) == (starts_at, venue, MeetingState.FIXED):
        return Fixed(meeting, check.notice, 0)
    check_moment(uow, meeting, check, starts_at=starts_at, beyond_plan=beyond_plan)
    allowed = None
    if check.too_close:
        allowed = await _allowed(uow, meeting, check, by=by, reason=reason, request=request)
    before, there = meeting.starts_at, meeting.venue
    await withdraw_requests(uow, meeting)
    if before is not None:
        await drop_reminders(uow, meeting)
    meeting.starts_at, meeting.venue, meeting.state = starts_at, venue, MeetingState.FIXED
    meeting.revise(uow.now)
    if allowed is not None:
        await _keep(uow, allowed, by=by, meeting=meeting, beyond_plan=beyond_plan)
    await _set_clocks(uow, meeting, on, by=by, moved=before is not None)
    if before is not None:
        outdated: dict[str, Param] = {"title": meeting.title, "at": starts_at, "venue": venue}
        await call_off_notice(uow, meeting, "moved", outdated)
    await ask_guests_again(uow, meeting)
    await move_surveys(uow, meeting, on, by.id)
    await settle_session(uow, meeting)
    cited = clean_reason(reason) if allowed is None and before is not None and reason.strip() else ""
    news = _news(meeting, before, there, cited if allowed is None else allowed.text)
    told = await tell_people_of(uow, meeting, news)
    knows = [by.id, None if allowed is None else allowed.asked_by]
    await tell_office_of(uow, meeting, Message(news.key, news.params), knows=knows)
    detail = {
        "starts_at": starts_at.isoformat(),
        "before": None if before is None else before.isoformat(),
        "beyond_plan": beyond_plan,
        **({"request": allowed.id} if allowed is not None else {}),
    }
    entry = AuditEntry(uow.now, by.id, "fix_meeting", f"meeting:{meeting.id}", detail)
    await uow.ledger.write(entry, words={"reason": cited} if cited else None)
    if allowed is not None and allowed.paper is not None:
        effect = PaperEffect(allowed.paper["effect"])
        await note_paper(
            uow, allowed.paper, effect=effect, plan_id=meeting.plan_id, by=allowed.asked_by, meeting_id=meeting.id
        )
    return Fixed(meeting, check.notice, told)


def check_moment(uow: UnitOfWork, meeting: Meeting, check: DayCheck, *, starts_at: datetime, beyond_plan: bool) -> None:
    """Raise `RuleBroken` for a moment that is over, and for one the plan does not foresee unless that is meant."""
    if starts_at <= uow.now:
        raise RuleBroken("refusal.meeting_past")
    if not beyond_plan and not (check.fits and fits_half(meeting.half_day, starts_at)):
        raise RuleBroken("refusal.meeting_beyond_plan", {"first": check.first, "last": check.last})


async def is_chair(uow: UnitOfWork, by: Person, meeting: Meeting) -> bool:
    """Whether this person chairs in the unit of the meeting."""
    unit = await uow.places.unit(meeting.unit_id)
    return holds(await uow.people.grants_of(by.id), Role.CHAIR, unit)


async def withdraw_requests(uow: UnitOfWork, meeting: Meeting, kind: RequestKind | None = None) -> None:
    """Take back what waits about a meeting (held before): another deed has overtaken it."""
    for waiting in await uow.requests.waiting(meeting.id):
        if kind in (None, waiting.kind):
            waiting.state, waiting.decided_at = ProposalState.RETURNED, uow.now


async def _allowed(
    uow: UnitOfWork,
    meeting: Meeting,
    check: DayCheck,
    *,
    by: Person,
    reason: str,
    request: MeetingRequest | None,
) -> MeetingRequest:
    """The chair's word for a day that is too close; a chair who does it alone leaves the same trace."""
    if not await is_chair(uow, by, meeting):
        raise RuleBroken("refusal.meeting_too_close", {"due": due_words(check.notice)})
    if request is not None:
        return request
    return MeetingRequest(
        meeting.id, RequestKind.SHORT_NOTICE, uow.now, "", clean_reason(reason), asked_by=by.id, asked_at=uow.now
    )


async def _keep(uow: UnitOfWork, allowed: MeetingRequest, *, by: Person, meeting: Meeting, beyond_plan: bool) -> None:
    allowed.starts_at, allowed.venue = meeting.starts_at or uow.now, meeting.venue
    allowed.beyond_plan = beyond_plan
    allowed.state, allowed.decided_by, allowed.decided_at = ProposalState.APPROVED, by.id, uow.now
    await uow.requests.add(allowed)


async def _set_clocks(uow: UnitOfWork, meeting: Meeting, on: date, *, by: Person, moved: bool) -> None:
    kinds = {clock.kind for clock in await uow.clocks.of_meeting(meeting.id)}
    reason = Term(
        "moved.meeting_moved" if moved else "moved.meeting_fixed", {"title": meeting.title, "day": on_weekday(on)}
    )
    await recompute_for_meeting(uow, meeting, on, reason=reason, by=by.id)
    if ClockKind.HELD not in kinds:
        settings = settings_of(await uow.plans.get(meeting.plan_id))
        await start_clock(uow, ClockKind.HELD, on, settings=settings, meeting=meeting)
    if moved:
        await end_provisional_replies(uow, meeting)
    if ClockKind.NOTICE not in kinds and await uow.meetings.notice_of(meeting.id) is not None:
        # the notice that went out names another day or place: one is owed again
        settings = settings_for(await uow.plans.get(meeting.plan_id), meeting)
        await start_clock(uow, ClockKind.NOTICE, on, settings=settings, meeting=meeting)


def _news(meeting: Meeting, before: datetime | None, there: str, reason: str) -> Message:
    params: dict[str, Param] = {"title": meeting.title, "venue": meeting.venue}
    params["at"] = meeting.starts_at or ""
    key = "meetings.news_fixed"
    if before == meeting.starts_at:
        key, params["before"] = "meetings.news_venue", there
    elif before is not None:
        key, params["before"] = "meetings.news_moved", before
    if reason:
        key, params["reason"] = f"{key}_reason", reason
    return Message(key, params, ((Button("cmd.dangky", "menu.register"), Button("cmd.hoi", "menu.ask")),))
