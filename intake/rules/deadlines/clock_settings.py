"""How long each clock of a plan runs, and whether the plan says so or the default does (A6, R164)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from intake.rules.plan.profile_meetings import ReplyRule, TimeLimits

from .calendar import WorkCalendar
from .clock import ClockKind, ClockRule, Days, DayUnit, Direction, RuleSource, due


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """The clocks of one plan; where the plan is silent they are those of `DEFAULTS`, and say so.

    The default reply is 30 days (R164, A7), the default notice 5 days: the shortest that a real plan names
    (R090), so that a silent plan is not held to more than another was. Where the administration holds the dialogue, the
    law asks for 7 days, and for the results to be public 10 days after the meeting (R210, R211, LAW C9). The default
    preparation is 7 working days (R070). "Tuần đầu" of a quarter is read as its first 5 working days (R184). The
    targets are shorter than the reply so that it comes "sớm nhất" (R163, R193); a target beyond the reply is cut to
    it. The internal target runs only where the plan gives its days: beside a silent plan it would double every reminder
    of a small commune. So does the preparation: it is a rule of one plan. The urgent target runs wherever a person
    has called a question urgent.
    `preparation_from`: the day from which the preparation is counted forward, where it does not count back from the
    meeting (A7).
    """

    reply: Days
    reply_outside: Days
    reply_roll: bool
    internal_target: Days
    internal_target_runs: bool
    urgent_target: Days
    acknowledge: Days
    notice: Days
    results: Days
    results_run: bool
    preparation: Days
    preparation_runs: bool
    preparation_from: date | None
    quarterly_report: Days
    data_request: Days
    data_fulfil: Days


DEFAULTS = ClockSettings(
    reply=Days(30),
    reply_outside=Days(30),
    reply_roll=True,
    internal_target=Days(20),
    internal_target_runs=False,
    urgent_target=Days(10),
    acknowledge=Days(10, DayUnit.WORKING, RuleSource.LAW),
    notice=Days(5),
    results=Days(10, source=RuleSource.LAW),
    results_run=False,
    preparation=Days(7, DayUnit.WORKING),
    preparation_runs=False,
    preparation_from=None,
    quarterly_report=Days(5, DayUnit.WORKING),
    data_request=Days(2, DayUnit.WORKING, RuleSource.LAW),
    data_fulfil=Days(15, source=RuleSource.LAW),
)


NOTICE_BY_LAW = Days(7, source=RuleSource.LAW)
"""Days before a meeting of the administration by which it is announced (LAW C9)."""
RESULTS_SINCE = date(2025, 3, 1)
"""The results of meetings from this day on are made public within a time limit of the law (LAW C9)."""


def settings_of_clocks(clocks: TimeLimits, *, under_law: bool = False) -> ClockSettings:
    """The lengths of a plan's clocks as its file gives them; where it gives none, that of the law or the default.

    `under_law`: the administration holds the dialogue (`PlanProfile.under_law`).

    What a number in the file counts is said by its key, `days` or `working_days`; only a reply says it beside the
    number (`count`), since the plans differ in it. ValueError for less than one day.
    """
    preparation = None if clocks.preparation is None else clocks.preparation.working_days
    internal_target = None if clocks.targets is None else clocks.targets.internal_days
    urgent_target = None if clocks.targets is None else clocks.targets.urgent_days
    notice = None if clocks.notice is None else clocks.notice.days
    replying = ReplyRule("") if clocks.reply is None else clocks.reply
    report = None if clocks.periodic_report is None else clocks.periodic_report.first_working_days
    return replace(
        DEFAULTS,
        reply=_given(replying.days, replace(DEFAULTS.reply, unit=replying.count)),
        reply_roll=replying.roll,
        internal_target=_given(internal_target, DEFAULTS.internal_target),
        internal_target_runs=internal_target is not None,
        urgent_target=_given(urgent_target, DEFAULTS.urgent_target),
        notice=_given(notice, NOTICE_BY_LAW if under_law else DEFAULTS.notice),
        results_run=under_law,
        preparation=_given(preparation, DEFAULTS.preparation),
        preparation_runs=preparation is not None,
        quarterly_report=_given(report, DEFAULTS.quarterly_report),
    )


def under_law(settings: ClockSettings) -> ClockSettings:
    """The settings of a meeting that the law asks of the administration, whoever's the plan is (R212, LAW C9)."""
    notice = max(settings.notice, NOTICE_BY_LAW, key=lambda days: days.number)
    return replace(settings, notice=notice, results_run=True)


def rule_for(kind: ClockKind, settings: ClockSettings = DEFAULTS) -> ClockRule:
    """Give the rule of one kind of clock under a plan (PRODUCT, Clocks)."""
    shape = _SHAPES[kind]
    days, direction = shape.days(settings), shape.direction
    if kind is ClockKind.PREPARATION and settings.preparation_from is not None:
        direction = Direction.FORWARD
    rolls = settings.reply_roll if shape.rolls is Rolls.LIKE_REPLIES else shape.rolls is Rolls.ALWAYS
    # a count of working days ends on one and has nothing to roll
    return ClockRule(kind, days, direction, roll=rolls and days.unit is DayUnit.CALENDAR)


def latest_meeting_for(replies_done_by: date, settings: ClockSettings, calendar: WorkCalendar) -> date:
    """Give the last day a meeting may end so that its replies fall due on or before a day (R064)."""
    rule = rule_for(ClockKind.REPLY, settings)
    ended_on = replies_done_by - timedelta(days=rule.days.number)
    while due(rule, ended_on, calendar).due_on > replies_done_by:
        ended_on -= timedelta(days=1)
    return ended_on


def _given(number: int | None, default: Days) -> Days:
    if number is None:
        return default
    if number < 1:
        raise ValueError(f"a clock needs at least one day, not {number}")
    return Days(number, default.unit, RuleSource.PLAN)


class Rolls(StrEnum):
    """When a last day that is not worked on moves to a working day."""

    NEVER = "never"
    ALWAYS = "always"
    LIKE_REPLIES = "like-replies"  # as the plan has it for replies, default on


@dataclass(frozen=True, slots=True)
class _Shape:
    days: Callable[[ClockSettings], Days]
    direction: Direction = Direction.FORWARD
    rolls: Rolls = Rolls.NEVER


def _not_after_the_reply(target: Days, settings: ClockSettings) -> Days:
    # so many calendar days never end later than as many working days: the numbers alone can be compared
    return target if target.number <= settings.reply.number else settings.reply


# a count of working days ends on one, so it never rolls; a notice keeps its legal day; a promise is a date
_SHAPES: Mapping[ClockKind, _Shape] = {
    ClockKind.REPLY: _Shape(lambda s: s.reply, rolls=Rolls.LIKE_REPLIES),
    ClockKind.REPLY_OUTSIDE: _Shape(lambda s: s.reply_outside, rolls=Rolls.LIKE_REPLIES),
    ClockKind.INTERNAL_TARGET: _Shape(lambda s: _not_after_the_reply(s.internal_target, s), rolls=Rolls.LIKE_REPLIES),
    ClockKind.URGENT_TARGET: _Shape(lambda s: _not_after_the_reply(s.urgent_target, s), rolls=Rolls.LIKE_REPLIES),
    ClockKind.ACKNOWLEDGE: _Shape(lambda s: s.acknowledge),
    ClockKind.NOTICE: _Shape(lambda s: s.notice, Direction.BACKWARD),
    ClockKind.HELD: _Shape(lambda _: Days(0)),
    ClockKind.SESSION: _Shape(lambda _: Days(0, source=RuleSource.PLAN)),
    ClockKind.PREPARATION: _Shape(lambda s: s.preparation, Direction.BACKWARD),
    ClockKind.BEFORE: _Shape(lambda _: Days(1, source=RuleSource.PLAN), Direction.BACKWARD, Rolls.ALWAYS),
    ClockKind.QUARTERLY_REPORT: _Shape(lambda s: s.quarterly_report),
    ClockKind.DATA_REQUEST: _Shape(lambda s: s.data_request),
    ClockKind.DATA_FULFIL: _Shape(lambda s: s.data_fulfil, rolls=Rolls.ALWAYS),
    ClockKind.PROMISE: _Shape(lambda _: Days(0, source=RuleSource.PROMISE)),
    ClockKind.CONCLUSION: _Shape(lambda _: Days(0, source=RuleSource.PROMISE)),
    ClockKind.RESULTS: _Shape(lambda s: s.results, rolls=Rolls.LIKE_REPLIES),
    ClockKind.DUTY_ANNOUNCING: _Shape(lambda s: s.notice, Direction.BACKWARD),
    ClockKind.DUTY_PREPARING: _Shape(lambda s: s.preparation, Direction.BACKWARD),
    ClockKind.DUTY_ON_THE_DAY: _Shape(lambda _: Days(0)),
    ClockKind.DUTY_CONCLUDING: _Shape(lambda s: s.results, rolls=Rolls.LIKE_REPLIES),
    ClockKind.DUTY_REPLYING: _Shape(lambda s: s.reply, rolls=Rolls.LIKE_REPLIES),
    ClockKind.FINDING: _Shape(lambda _: Days(0, source=RuleSource.PROMISE)),
}
