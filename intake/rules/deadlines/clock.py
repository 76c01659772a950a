"""The clock engine: from a rule, a day and a calendar to a due date and the reason for it.

The day of the event is day zero, and a term ends at midnight at the end of its last day, so that one is late
only from the next day on (Civil Code, art. 147 and 148). Days are local to Asia/Ho_Chi_Minh; whoever has a
moment makes it a local day first. Dates outside the years 1 to 9999 raise OverflowError.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from intake.rules.plan.window import PlannedWindow, earliest

from .calendar import DayStatus, WorkCalendar
from .quarters import quarter_end, quarter_of


class ClockKind(StrEnum):
    """What a clock runs for."""

    REPLY = "reply"  # after a meeting, from its actual end (R160)
    REPLY_OUTSIDE = "reply-outside"  # to what came outside a meeting, from receipt (R164)
    INTERNAL_TARGET = "internal-target"  # "trả lời sớm nhất" (R163)
    URGENT_TARGET = "urgent-target"  # "bức xúc, nổi cộm" (R193)
    ACKNOWLEDGE = "acknowledge"  # take on or pass on what came outside a meeting (LAW C1)
    NOTICE = "notice"  # public notice of a meeting (R090 to R092)
    HELD = "held"  # somebody says whether a meeting took place, and when it ended (R149, R220)
    SESSION = "session"  # a meeting of the plan gets its day within the plan's window (R066)
    PREPARATION = "preparation"  # checklist of the meeting (R070)
    BEFORE = "before"  # "trước ngày X" (R079, R080)
    QUARTERLY_REPORT = "quarterly-report"  # "trong tuần đầu của tháng đầu quý tiếp theo" (R184)
    DATA_REQUEST = "data-request"  # respond to a request about one's own data (LAW C5)
    DATA_FULFIL = "data-fulfil"  # carry that request out (LAW C5)
    PROMISE = "promise"  # the date given with a referral or an extension (R161)
    CONCLUSION = "conclusion"  # the day an item of a conclusion is to be done (R180, R181)
    RESULTS = "results"  # what came of a meeting is made public (R211, LAW C9)
    DUTY_ANNOUNCING = "duty-announcing"  # a task of the plan, by the day of the notice (R037, R054)
    DUTY_PREPARING = "duty-preparing"  # by the day the meeting is prepared
    DUTY_ON_THE_DAY = "duty-on-the-day"  # on the day of the meeting
    DUTY_CONCLUDING = "duty-concluding"  # as long after it as its results have
    DUTY_REPLYING = "duty-replying"  # as long after it as the replies have
    FINDING = "finding"  # the day a supervisor wants it set right by (R185)


OWED = (ClockKind.REPLY, ClockKind.REPLY_OUTSIDE, ClockKind.PROMISE)
"""The clocks that say until when the asker must have an answer, or was promised one."""


TARGETS = (ClockKind.INTERNAL_TARGET, ClockKind.URGENT_TARGET)
"""The office's own clocks, inside what the asker is owed (R163, R193)."""


OF_THE_DAY = (ClockKind.HELD, ClockKind.SESSION, ClockKind.DUTY_ON_THE_DAY)
"""A meeting may well be on a day on which the office does not work."""

DUTIES_AFTER = (ClockKind.DUTY_CONCLUDING, ClockKind.DUTY_REPLYING)
"""The clocks of tasks that count from the end of a meeting: from its planned day until it is over."""

AFTER_MEETING = (ClockKind.RESULTS,)
"""The clocks of a meeting that begin when it has been held; all others are over by then."""


class DayUnit(StrEnum):
    """What is counted: every day, or the days the office works."""

    CALENDAR = "calendar"
    WORKING = "working"


class Direction(StrEnum):
    """Which way is counted from the anchor."""

    FORWARD = "forward"
    BACKWARD = "backward"


class RuleSource(StrEnum):
    """Who set the length of a clock; shown with every date (R164)."""

    PLAN = "plan"
    DECIDED = "decided"  # by people of the office, where the plan is silent (A7)
    DEFAULT = "default"
    LAW = "law"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days: what is counted, and who set it. ValueError when it is negative.

    In the file of a plan it is a whole number, under a key that says what is counted (`profile_meetings.Clocks`);
    `settings_of_clocks` makes this of it.
    """

    number: int
    unit: DayUnit = DayUnit.CALENDAR
    source: RuleSource = RuleSource.DEFAULT

    def __post_init__(self) -> None:
        if self.number < 0:
            raise ValueError(f"a clock cannot have a length of {self.number} days")


@dataclass(frozen=True, slots=True)
class ClockRule:
    """How one clock counts; `roll` moves a last day that is not worked on, in the direction of the count."""

    kind: ClockKind
    days: Days
    direction: Direction
    roll: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A due date and how it came about.

    `raw_on` is the day counted to, `due_on` the one that holds in law after rolling, `practical_on` the last
    working day on or before it. `skipped` are the named days off that were passed over or that moved a date.
    `window` is set when the meeting had no fixed day yet, `status` is the least sure calendar day used.
    """

    kind: ClockKind
    anchor: date
    window: PlannedWindow | None
    raw_on: date
    due_on: date
    practical_on: date
    days: Days
    direction: Direction
    skipped: tuple[tuple[date, str], ...]
    rolled_from: date | None
    status: DayStatus

    @property
    def from_latest(self) -> bool:
        """Whether it counts from the latest day of a window: what would be due from the earliest one is over."""
        return self.window is not None and self.anchor == self.window.latest


def due(rule: ClockRule, anchor: date | PlannedWindow, calendar: WorkCalendar, today: date | None = None) -> Due:
    """Compute a due date from the day of the event, or from the earliest day of a planned window.

    Of a meeting that was put off `today` is given: what is over by then counts from the latest day of the window, for
    the day people did keep to is taken from them. The quarterly report takes any day within its quarter and counts from
    the quarter's last day. A window of one day is that day.
    """
    window = anchor if isinstance(anchor, PlannedWindow) and anchor.earliest != anchor.latest else None
    computed = _counted(rule, earliest(anchor), window, calendar)
    if window is None or today is None or not is_overdue(computed.due_on, today):
        return computed
    return _counted(rule, window.latest, window, calendar)


def _counted(rule: ClockRule, day_zero: date, window: PlannedWindow | None, calendar: WorkCalendar) -> Due:
    if rule.kind is ClockKind.QUARTERLY_REPORT:
        day_zero, window = quarter_end(*quarter_of(day_zero)), None
    forward = rule.direction is Direction.FORWARD
    signed = rule.days.number if forward else -rule.days.number
    working = rule.days.unit is DayUnit.WORKING
    raw_on = calendar.add_working_days(day_zero, signed) if working else day_zero + timedelta(days=signed)
    due_on = raw_on
    if rule.roll:
        due_on = calendar.roll_forward(raw_on) if forward else calendar.roll_back(raw_on)
    practical_on = calendar.roll_back(due_on)
    # in calendar days only the days around the last one matter; the holidays in between are counted
    looked_at = (day_zero, due_on) if working else (raw_on, due_on, practical_on)
    holidays = calendar.holidays_between(min(looked_at), max(looked_at))
    return Due(
        kind=rule.kind,
        anchor=day_zero,
        window=window,
        raw_on=raw_on,
        due_on=due_on,
        practical_on=practical_on,
        days=rule.days,
        direction=rule.direction,
        skipped=tuple((on, name) for on, name in holidays if not (working and on == day_zero)),
        rolled_from=raw_on if raw_on != due_on else None,
        status=calendar.status_between(min(looked_at), max(looked_at)),
    )


def due_by(rule: ClockRule, anchor: date, calendar: WorkCalendar, latest: date) -> Due:
    """`due` of a forward count in calendar days, but never later than `latest`: the count is cut to end there.

    A target of the office's own is never later than the day the asker is owed an answer (R163, R193).
    """
    computed = due(rule, anchor, calendar)
    if computed.due_on <= latest:
        return computed
    cut = replace(rule.days, number=max((latest - anchor).days, 0))
    return due(replace(rule, days=cut, roll=False), anchor, calendar)


def days_left(due_on: date, today: date) -> int:
    """Give the days left until the due date: 0 on the day itself, negative when it has passed."""
    return (due_on - today).days


def is_overdue(due_on: date, today: date) -> bool:
    """Say whether it is late: only from the day after the due date (Civil Code, art. 148)."""
    return today > due_on
