"""Fix the day, time and place of a meeting, or move it: every date that hangs on it and everybody concerned follow."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from intake.actions.clocks import settings_of, start_clock
from intake.actions.meeting_people import secretary_meeting, tell_people_of
from intake.actions.recompute_clocks import recompute_for_meeting
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.clock import ClockKind, due
from intake.rules.clock_settings import latest_meeting_for, rule_for
from intake.rules.delivery import LOCAL
from intake.rules.errors import RuleBroken
from intake.rules.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Button, Message, Param, Term
from intake.rules.person import Person
from intake.rules.plan import Plan
from intake.rules.profile_parse import parse_profile
from intake.rules.session_choice import chosen_reading, session_of
from intake.rules.window import HalfDay

LONGEST_VENUE = 200
LONGEST_REASON = 500
NOON = 12
STILL_OPEN = (MeetingState.PLANNED, MeetingState.FIXED)


@dataclass(frozen=True, slots=True)
class DayCheck:
    """What a day would mean: the days the plan allows, whether it is one, and the last day for the public notice.

    `too_close`: the notice would be late already, so that a reason is owed (R090).
    """

    first: date
    last: date
    fits: bool
    notice_due: date
    too_close: bool


@dataclass(frozen=True, slots=True)
class Fixed:
    """The fixed meeting, the last day for its notice, and how many people a chat has told."""

    meeting: Meeting
    notice_due: date
    told: int


def clean_venue(typed: str) -> str:
    """A venue as it is kept. Raises `RuleBroken` when it is empty or too long."""
    venue = " ".join(typed.split())
    if not venue or len(venue) > LONGEST_VENUE:
        raise RuleBroken("refusal.venue", {"most": LONGEST_VENUE})
    return venue


def clean_reason(typed: str) -> str:
    """A reason as it is kept. Raises `RuleBroken` when it says nothing or too much."""
    reason = typed.strip()
    if not any(letter.isalpha() for letter in reason) or len(reason) > LONGEST_REASON:
        raise RuleBroken("refusal.reason", {"most": LONGEST_REASON})
    return reason


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
    settings = settings_of(plan)
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
        notice_due=notice.due_on,
        too_close=moved and uow.today > notice.due_on,
    )


def _replies_before(plan: Plan, meeting: Meeting) -> date | None:
    profile = parse_profile(plan.profile, name=plan.code)
    session = session_of(profile, meeting.session_key)
    reading = chosen_reading(profile, session, plan.choices)
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
) -> Fixed:
    """Fix or move a meeting (aware `starts_at`): clocks are set anew, whoever is concerned is told once (R065).

    Refused with a sentence: a moment that is over; a day or half-day the plan does not foresee, unless `beyond_plan`;
    a day so close that the public notice is late already, unless there is a `reason`, which is recorded and told.
    Fixing what is fixed so already changes and tells nothing. A notice that was released before is out of date with
    the change: its clock runs again until a new one is released (R067).
    """
    meeting = await secretary_meeting(uow, by, meeting_id)
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    venue, starts_at = clean_venue(venue), starts_at.astimezone(UTC)
    on = starts_at.astimezone(LOCAL).date()
    check = await check_day(uow, meeting, on)
    if (meeting.starts_at, meeting.venue, meeting.state) == (starts_at, venue, MeetingState.FIXED):
        return Fixed(meeting, check.notice_due, 0)
    _allow(uow, meeting, check, starts_at=starts_at, reason=reason, beyond_plan=beyond_plan)
    before = meeting.starts_at
    meeting.starts_at, meeting.venue, meeting.state = starts_at, venue, MeetingState.FIXED
    await _set_clocks(uow, meeting, on, by=by, moved=before is not None)
    told = await tell_people_of(uow, meeting, _news(meeting, before, reason))
    detail = {
        "starts_at": starts_at.isoformat(),
        "before": None if before is None else before.isoformat(),
        "beyond_plan": beyond_plan,
        **({"reason": reason} if reason else {}),
    }
    await uow.ledger.write(AuditEntry(uow.now, by.id, "fix_meeting", f"meeting:{meeting.id}", detail))
    return Fixed(meeting, check.notice_due, told)


def _allow(
    uow: UnitOfWork, meeting: Meeting, check: DayCheck, *, starts_at: datetime, reason: str, beyond_plan: bool
) -> None:
    if starts_at <= uow.now:
        raise RuleBroken("refusal.meeting_past")
    if not beyond_plan and not (check.fits and fits_half(meeting.half_day, starts_at)):
        raise RuleBroken("refusal.meeting_beyond_plan", {"first": check.first, "last": check.last})
    if check.too_close and not reason:
        raise RuleBroken("refusal.meeting_too_close", {"due": check.notice_due})


async def _set_clocks(uow: UnitOfWork, meeting: Meeting, on: date, *, by: Person, moved: bool) -> None:
    kinds = {clock.kind for clock in await uow.clocks.of_meeting(meeting.id)}
    reason = Term("moved.meeting_moved" if moved else "moved.meeting_fixed", {"title": meeting.title, "day": on})
    await recompute_for_meeting(uow, meeting, on, reason=reason, by=by.id)
    if ClockKind.NOTICE not in kinds and await uow.meetings.notice_of(meeting.id) is not None:
        # the notice that went out names another day or place: one is owed again
        settings = settings_of(await uow.plans.get(meeting.plan_id))
        await start_clock(uow, ClockKind.NOTICE, on, settings=settings, meeting=meeting)


def _news(meeting: Meeting, before: datetime | None, reason: str) -> Message:
    params: dict[str, Param] = {"title": meeting.title, "venue": meeting.venue}
    params["at"] = meeting.starts_at or ""
    key = "meetings.news_fixed"
    if before is not None:
        key, params["before"] = "meetings.news_moved", before
    if reason:
        key, params["reason"] = f"{key}_reason", reason
    return Message(key, params, ((Button("cmd.dangky", "menu.register"), Button("cmd.hoi", "menu.ask")),))
