"""How long each clock of a plan runs, and whether the plan says so or the default does (A6, R164)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .calendar import WorkCalendar
from .clock import ClockKind, ClockRule, DayUnit, Direction, RuleSource, due


@dataclass(frozen=True, slots=True)
class Length:
    """A number of days and who set it."""

    days: int
    source: RuleSource = RuleSource.DEFAULT


@dataclass(frozen=True, slots=True)
class ClockSettings:
    """The clocks of one plan; what is not given is the default and says so.

    The default reply is 30 days (R164, A7), the default notice 5 days: the shortest that a real plan names
    (R090), so that a silent plan is not held to more than another was. The default preparation is 7 working
    days (R070). "Tuần đầu" of a quarter is read as its first 5 working days (R184). The targets are shorter
    than the reply so that it comes "sớm nhất" (R163, R193); a target beyond the reply is cut to it. The internal
    target runs only where the plan gives its days: beside a silent plan it would double every reminder of a small
    commune. The urgent target runs wherever a person has called a question urgent.
    `reply_unit`: what a reply after a meeting is counted in; a plan that means working days says so (A7).
    `preparation_from`: the day from which the preparation is counted forward, where it does not count back from the
    meeting; `report_unit`: what the first week of a quarter is counted in (both A7).
    """

    reply: Length = Length(30)
    reply_unit: DayUnit = DayUnit.CALENDAR
    reply_outside: Length = Length(30)
    reply_roll: bool = True
    internal_target: Length = Length(20)
    internal_target_runs: bool = False
    urgent_target: Length = Length(10)
    acknowledge: Length = Length(10, RuleSource.LAW)
    notice: Length = Length(5)
    preparation: Length = Length(7)
    preparation_from: date | None = None
    quarterly_report: Length = Length(5)
    report_unit: DayUnit = DayUnit.WORKING
    data_request: Length = Length(2, RuleSource.LAW)
    data_fulfil: Length = Length(15, RuleSource.LAW)


DEFAULTS = ClockSettings()


def plan_settings(
    *,
    reply_days: int | None = None,
    reply_working_days: int | None = None,
    reply_outside_days: int | None = None,
    reply_roll: bool = True,
    internal_target_days: int | None = None,
    urgent_target_days: int | None = None,
    acknowledge_working_days: int | None = None,
    notice_days: int | None = None,
    preparation_working_days: int | None = None,
    quarterly_report_working_days: int | None = None,
    data_fulfil_days: int | None = None,
) -> ClockSettings:
    """Make the settings of a plan: a number is the plan's own, None means the plan is silent.

    A reply is counted in calendar days or in working days, never in both. Raises ValueError for both, and for a
    length below one day.
    """
    if reply_days is not None and reply_working_days is not None:
        raise ValueError("a reply is counted in calendar days or in working days, not in both")
    in_working_days = reply_working_days is not None
    return ClockSettings(
        reply=_given(reply_working_days if in_working_days else reply_days, DEFAULTS.reply),
        reply_unit=DayUnit.WORKING if in_working_days else DayUnit.CALENDAR,
        reply_outside=_given(reply_outside_days, DEFAULTS.reply_outside),
        reply_roll=reply_roll,
        internal_target=_given(internal_target_days, DEFAULTS.internal_target),
        internal_target_runs=internal_target_days is not None,
        urgent_target=_given(urgent_target_days, DEFAULTS.urgent_target),
        acknowledge=_given(acknowledge_working_days, DEFAULTS.acknowledge),
        notice=_given(notice_days, DEFAULTS.notice),
        preparation=_given(preparation_working_days, DEFAULTS.preparation),
        quarterly_report=_given(quarterly_report_working_days, DEFAULTS.quarterly_report),
        data_fulfil=_given(data_fulfil_days, DEFAULTS.data_fulfil),
    )


def rule_for(kind: ClockKind, settings: ClockSettings = DEFAULTS) -> ClockRule:
    """Give the rule of one kind of clock under a plan (PRODUCT, Clocks)."""
    shape = _SHAPES[kind]
    length, unit, direction = shape.length(settings), shape.unit, shape.direction
    if kind is ClockKind.PREPARATION and settings.preparation_from is not None:
        direction = Direction.FORWARD
    if kind is ClockKind.QUARTERLY_REPORT:
        unit = settings.report_unit
    if kind is ClockKind.REPLY or (kind in _TARGETS and length is settings.reply):
        unit = settings.reply_unit
    rolls = settings.reply_roll if shape.rolls is Rolls.LIKE_REPLIES else shape.rolls is Rolls.ALWAYS
    # a count of working days ends on one and has nothing to roll
    rolls = rolls and unit is DayUnit.CALENDAR
    return ClockRule(kind, length.days, unit, direction, roll=rolls, source=length.source)


def latest_meeting_for(replies_done_by: date, settings: ClockSettings, calendar: WorkCalendar) -> date:
    """Give the last day a meeting may end so that its replies fall due on or before a day (R064)."""
    rule = rule_for(ClockKind.REPLY, settings)
    ended_on = replies_done_by - timedelta(days=rule.length)
    while due(rule, ended_on, calendar).due_on > replies_done_by:
        ended_on -= timedelta(days=1)
    return ended_on


def _given(days: int | None, default: Length) -> Length:
    if days is None:
        return default
    if days < 1:
        raise ValueError(f"a clock needs at least one day, not {days}")
    return Length(days, RuleSource.PLAN)


class Rolls(StrEnum):
    """When a last day that is not worked on moves to a working day."""

    NEVER = "never"
    ALWAYS = "always"
    LIKE_REPLIES = "like-replies"  # as the plan has it for replies, default on


@dataclass(frozen=True, slots=True)
class _Shape:
    length: Callable[[ClockSettings], Length]
    unit: DayUnit = DayUnit.CALENDAR
    direction: Direction = Direction.FORWARD
    rolls: Rolls = Rolls.NEVER


_TARGETS = (ClockKind.INTERNAL_TARGET, ClockKind.URGENT_TARGET)


def _not_after_the_reply(target: Length, settings: ClockSettings) -> Length:
    # so many calendar days never end later than as many working days: the numbers alone can be compared
    return target if target.days <= settings.reply.days else settings.reply


# a count of working days ends on one, so it never rolls; a notice keeps its legal day; a promise is a date
_SHAPES: Mapping[ClockKind, _Shape] = {
    ClockKind.REPLY: _Shape(lambda s: s.reply, rolls=Rolls.LIKE_REPLIES),
    ClockKind.REPLY_OUTSIDE: _Shape(lambda s: s.reply_outside, rolls=Rolls.LIKE_REPLIES),
    ClockKind.INTERNAL_TARGET: _Shape(lambda s: _not_after_the_reply(s.internal_target, s), rolls=Rolls.LIKE_REPLIES),
    ClockKind.URGENT_TARGET: _Shape(lambda s: _not_after_the_reply(s.urgent_target, s), rolls=Rolls.LIKE_REPLIES),
    ClockKind.ACKNOWLEDGE: _Shape(lambda s: s.acknowledge, DayUnit.WORKING),
    ClockKind.NOTICE: _Shape(lambda s: s.notice, direction=Direction.BACKWARD),
    ClockKind.PREPARATION: _Shape(lambda s: s.preparation, DayUnit.WORKING, Direction.BACKWARD),
    ClockKind.BEFORE: _Shape(lambda _: Length(1, RuleSource.PLAN), direction=Direction.BACKWARD, rolls=Rolls.ALWAYS),
    ClockKind.QUARTERLY_REPORT: _Shape(lambda s: s.quarterly_report, DayUnit.WORKING),
    ClockKind.DATA_REQUEST: _Shape(lambda s: s.data_request, DayUnit.WORKING),
    ClockKind.DATA_FULFIL: _Shape(lambda s: s.data_fulfil, rolls=Rolls.ALWAYS),
    ClockKind.PROMISE: _Shape(lambda _: Length(0, RuleSource.PROMISE)),
    ClockKind.CONCLUSION: _Shape(lambda _: Length(0, RuleSource.PROMISE)),
}
