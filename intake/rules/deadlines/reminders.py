"""Which alerts a running clock owes on a local day, to whom, and when it has to be looked at next (PRODUCT, Clocks).

    clock                    before the day                            late, on working mornings
    reply (R160, R164)       desk 15 7 3 1 0 · secretary 3 1 0         desk, secretary, chair daily ·
                                                                       supervisor weekly · asker once
    promise (R161)           desk, secretary 7 3 1 0                   desk, secretary, chair daily · asker once
    item of a conclusion     desk 15 7 3 1 0 · secretary 3 1 0         desk, secretary, chair daily ·
    (R180, R181, R050)                                                 supervisor weekly
    acknowledge (LAW C1)     secretary 3 1 0                           secretary, chair daily
    targets (R163, R193)     desk 7 3 1 0                              desk once
    said to be held (R220)   secretary, chair 0, once it should be    secretary, chair daily ·
                             over                                     supervisor daily from the third
    the plan's window (R066) secretary, chair 30 15 7                  secretary, chair once
    of a meeting (R070, R090, R211) and the other fixed days
                             secretary 7 3 1 0                         secretary, chair once
    of these a plan's date   desk as the secretary                     desk once
    or report (R079, R184)
    task of a plan (R037)    desk 7 3 1 0                              desk, secretary once
    finding (R185)           desk 7 3 1 0                              desk, secretary, chair daily ·
                                                                       supervisor weekly

A reminder is owed from its threshold until the next one, so that whoever could not be told on the day itself (the
server was down) is told once, with the days that are really left, and never the pile of what was missed. Who was told
already is not known here: an alert is raised once per subject, recipient, kind and due date.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from intake.rules.deadlines.calendar import LOCAL, ONE_DAY, WorkCalendar
from intake.rules.deadlines.clock import ClockKind, days_left

MORNING = time(7, 30)
"""From this local time on the alerts of a day go out."""

EVENING = time(21)
"""From this local time on nobody is reminded of anything until the next morning."""

NEVER = date(9999, 12, 31)
"""The next day to look at a clock that owes nobody anything more."""


CLOCK_LEEWAY = timedelta(minutes=2)
"""So far two clocks may be apart before one of them is wrong."""


def beats_ahead(last: datetime, now: datetime) -> bool:
    """Whether something was done at a moment that is still to come: the clock was ahead then, or is behind now."""
    return last - now > CLOCK_LEEWAY


class AlertAudience(StrEnum):
    """As what somebody is told of a due date; in the order in which one person's several parts count."""

    DESK = "desk"
    SECRETARY = "secretary"
    CHAIR = "chair"
    ASKER = "asker"
    SUPERVISOR = "supervisor"


class Rhythm(StrEnum):
    """How often somebody is told that a clock is late."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    DAILY_FROM_THIRD = "daily_from_third"  # the third working day on which it is late, and every one after


@dataclass(frozen=True, slots=True)
class AlertDue:
    """An alert that is owed: `due_<days>`, `overdue_first`, `overdue_daily:<day>` or `overdue_weekly:<first day>`."""

    kind: str
    audience: AlertAudience


@dataclass(frozen=True, slots=True)
class _Row:
    before: Mapping[AlertAudience, tuple[int, ...]]
    late: Mapping[AlertAudience, Rhythm] = field(default_factory=dict)


_WEEK = (7, 3, 1, 0)
_A_MONTH = (30, 15, 7)
_A = AlertAudience
_STAFF_DAILY = {_A.DESK: Rhythm.DAILY, _A.SECRETARY: Rhythm.DAILY, _A.CHAIR: Rhythm.DAILY}
_REPLY = _Row(
    {_A.DESK: (15, 7, 3, 1, 0), _A.SECRETARY: (3, 1, 0)},
    {**_STAFF_DAILY, _A.ASKER: Rhythm.ONCE, _A.SUPERVISOR: Rhythm.WEEKLY},
)
_TARGET = _Row({_A.DESK: _WEEK}, {_A.DESK: Rhythm.ONCE})
_OFFICE = _Row({_A.SECRETARY: _WEEK}, {_A.SECRETARY: Rhythm.ONCE, _A.CHAIR: Rhythm.ONCE})
_OF_A_BODY = _Row({_A.DESK: _WEEK, **_OFFICE.before}, {_A.DESK: Rhythm.ONCE, **_OFFICE.late})
_DUTY = _Row({_A.DESK: _WEEK}, {_A.DESK: Rhythm.ONCE, _A.SECRETARY: Rhythm.ONCE})
_ROWS: Mapping[ClockKind, _Row] = {
    ClockKind.REPLY: _REPLY,
    ClockKind.REPLY_OUTSIDE: _REPLY,
    ClockKind.PROMISE: _Row({_A.DESK: _WEEK, _A.SECRETARY: _WEEK}, {**_STAFF_DAILY, _A.ASKER: Rhythm.ONCE}),
    ClockKind.CONCLUSION: _Row(_REPLY.before, {**_STAFF_DAILY, _A.SUPERVISOR: Rhythm.WEEKLY}),
    ClockKind.ACKNOWLEDGE: _Row({_A.SECRETARY: (3, 1, 0)}, {_A.SECRETARY: Rhythm.DAILY, _A.CHAIR: Rhythm.DAILY}),
    ClockKind.INTERNAL_TARGET: _TARGET,
    ClockKind.URGENT_TARGET: _TARGET,
    ClockKind.NOTICE: _OFFICE,
    ClockKind.HELD: _Row(
        {_A.SECRETARY: (0,), _A.CHAIR: (0,)},
        {_A.SECRETARY: Rhythm.DAILY, _A.CHAIR: Rhythm.DAILY, _A.SUPERVISOR: Rhythm.DAILY_FROM_THIRD},
    ),
    ClockKind.SESSION: _Row(
        {_A.SECRETARY: _A_MONTH, _A.CHAIR: _A_MONTH}, {_A.SECRETARY: Rhythm.ONCE, _A.CHAIR: Rhythm.ONCE}
    ),
    ClockKind.PREPARATION: _OFFICE,
    ClockKind.RESULTS: _OFFICE,
    ClockKind.BEFORE: _OF_A_BODY,
    ClockKind.QUARTERLY_REPORT: _OF_A_BODY,
    ClockKind.DATA_REQUEST: _OFFICE,
    ClockKind.DATA_FULFIL: _OFFICE,
    ClockKind.DUTY_ANNOUNCING: _DUTY,
    ClockKind.DUTY_PREPARING: _DUTY,
    ClockKind.DUTY_ON_THE_DAY: _DUTY,
    ClockKind.DUTY_CONCLUDING: _DUTY,
    ClockKind.DUTY_REPLYING: _DUTY,
    ClockKind.FINDING: _Row({_A.DESK: _WEEK}, {**_STAFF_DAILY, _A.SUPERVISOR: Rhythm.WEEKLY}),
}


def is_time_to_remind(now: datetime) -> bool:
    """Whether alerts go out at a moment by themselves: not at night, also when a server comes back at midnight."""
    return MORNING <= now.astimezone(LOCAL).time() < EVENING


def sweep_day(now: datetime) -> date:
    """The local day whose alerts go out at a moment: until 07:30 it is still the day before."""
    local = now.astimezone(LOCAL)
    return local.date() if local.time() >= MORNING else local.date() - ONE_DAY


def alerts_on(kind: ClockKind, due_on: date, today: date, calendar: WorkCalendar) -> tuple[AlertDue, ...]:
    """What a running clock owes on a day: at most one alert for each audience, in the order of `AlertAudience`.

    Late alerts are owed on working days only: nobody is chased on a Sunday or at Tết.
    """
    row = _ROWS[kind]
    left = days_left(due_on, today)
    if left >= 0:
        return tuple(
            AlertDue(f"due_{min(days for days in thresholds if days >= left)}", audience)
            for audience, thresholds in row.before.items()
            if left <= max(thresholds)
        )
    if not calendar.is_working_day(today):
        return ()
    first = today == calendar.next_working_day(due_on)
    third = calendar.add_working_days(due_on, 3)
    return tuple(
        AlertDue(_late_kind(rhythm, due_on, today, first=first), who)
        for who, rhythm in row.late.items()
        if rhythm is not Rhythm.DAILY_FROM_THIRD or today >= third
    )


def next_wake(kind: ClockKind, due_on: date, today: date, calendar: WorkCalendar) -> date:
    """The first day after `today` on which the clock owes something more; `NEVER` when there is none."""
    row = _ROWS[kind]
    thresholds = sorted({days for per in row.before.values() for days in per}, reverse=True)
    for days in thresholds:
        on = due_on - timedelta(days=days)
        if on > today:
            return on
    told_today = today > due_on and calendar.is_working_day(today)
    if told_today and all(rhythm is Rhythm.ONCE for rhythm in row.late.values()):
        return NEVER
    return calendar.next_working_day(max(today, due_on))


def _late_kind(rhythm: Rhythm, due_on: date, today: date, *, first: bool) -> str:
    match rhythm:
        case Rhythm.WEEKLY:  # named after the first day of its week of lateness: once in each, whenever that is
            weeks = (today - due_on - ONE_DAY).days // 7
            return f"overdue_weekly:{due_on + ONE_DAY + timedelta(weeks=weeks)}"
        case Rhythm.DAILY | Rhythm.DAILY_FROM_THIRD if not first:
            return f"overdue_daily:{today}"
        case _:
            return "overdue_first"
