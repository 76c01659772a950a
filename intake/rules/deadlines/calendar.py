"""The calendar of working days, as a value: which days the office works, and how sure we are of it.

Monday to Friday are worked, Saturday and Sunday are not, unless a day is listed: a day off, or a weekend
day worked in exchange for another one (LAW C7). Weekends alone are never passed off as a calendar: a year
nobody has given days for has the status `missing`, and everything computed with it says so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
SATURDAY = 5
ONE_DAY = timedelta(days=1)


class DayStatus(StrEnum):
    """How sure a calendar day is, from the surest to the least sure."""

    CONFIRMED = "confirmed"  # seen in a report of the official decision, or entered as such by the province
    LIBRARY = "library"  # from a maintained table that cites the dispatch, not checked again
    UNCONFIRMED = "unconfirmed"  # announced, the change of the law not seen
    ESTIMATED = "estimated"  # computed for a year whose official schedule was not seen
    MISSING = "missing"  # nobody gave days for this year: weekends only


_DOUBT = {status: doubt for doubt, status in enumerate(DayStatus)}


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that differs from the plain week: off with its name, or a weekend day that is worked."""

    on: date
    day_off: bool
    name: str
    status: DayStatus
    source: str


@dataclass(frozen=True, slots=True)
class Override:
    """What the province enters by hand, mostly a swap decreed late (eight days before, on 2 January 2026).

    Not `confirmed`: expected, the decision not seen yet. `entered_by` is the name of whoever entered it, as given.
    """

    on: date
    day_off: bool
    reason: str
    source: str
    confirmed: bool
    entered_by: str = ""
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConfirmedYear:
    """A year whose days somebody has compared with the official schedule, which `source` names."""

    year: int
    source: str
    entered_by: str = ""
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`days` are the exceptions to the plain week, `years` the status of each year filled in."""

    days: Mapping[date, CalendarDay]
    years: Mapping[int, DayStatus]

    def is_working_day(self, on: date) -> bool:
        """Say whether the office works that day; weekend days worked in exchange count."""
        listed = self.days.get(on)
        return on.weekday() < SATURDAY if listed is None else not listed.day_off

    def name_of(self, on: date) -> str | None:
        """Give the name of a listed day, None for a day of the plain week."""
        listed = self.days.get(on)
        return None if listed is None else listed.name

    def status_of(self, on: date) -> DayStatus:
        """Give the status of a day: its own when it is listed, else that of its year."""
        listed = self.days.get(on)
        return self.years.get(on.year, DayStatus.MISSING) if listed is None else listed.status

    def next_working_day(self, on: date) -> date:
        """Give the first working day after `on`."""
        return self.roll_forward(on + ONE_DAY)

    def previous_working_day(self, on: date) -> date:
        """Give the last working day before `on`."""
        return self.roll_back(on - ONE_DAY)

    def roll_forward(self, on: date) -> date:
        """Give `on` when it is worked, else the first working day after it (Civil Code, art. 148)."""
        while not self.is_working_day(on):
            on += ONE_DAY
        return on

    def roll_back(self, on: date) -> date:
        """Give `on` when it is worked, else the last working day before it (LAW C7: backward dates)."""
        while not self.is_working_day(on):
            on -= ONE_DAY
        return on

    def add_working_days(self, on: date, count: int) -> date:
        """Give the working day number `count` after `on`, or before it when negative; `on` is day zero."""
        step: Callable[[date], date] = self.next_working_day if count > 0 else self.previous_working_day
        for _ in range(abs(count)):
            on = step(on)
        return on

    def holidays_between(self, first: date, last: date) -> tuple[tuple[date, str], ...]:
        """Give the named days off from `first` to `last`, both included, in order, weekend or not."""
        listed = (self.days.get(on) for on in _each_day(first, last))
        return tuple((day.on, day.name) for day in listed if day is not None and day.day_off)

    def status_between(self, first: date, last: date) -> DayStatus:
        """Give the least sure status from `first` to `last`, both included and in order."""
        return max((self.status_of(on) for on in _each_day(first, last)), key=_DOUBT.__getitem__)

    def version(self) -> str:
        """Give a short fingerprint: two calendars with one version work on the same days (A5, Clock)."""
        lines = (f"{on:%Y-%m-%d} {day.day_off} {day.status}" for on, day in sorted(self.days.items()))
        years = (f"{year} {status}" for year, status in sorted(self.years.items()))
        return sha256("\n".join((*lines, *years)).encode()).hexdigest()[:12]


def calendar_of(days: Iterable[CalendarDay], years: Mapping[int, DayStatus]) -> WorkCalendar:
    """Build a calendar; of two entries for one day the later one counts."""
    return WorkCalendar({day.on: day for day in days}, dict(years))


def calendar_with(
    base: WorkCalendar, overrides: Iterable[Override], confirmed: Iterable[ConfirmedYear] = ()
) -> WorkCalendar:
    """Lay overrides over a calendar: each replaces whatever was known of its day, the last one wins.

    In a confirmed year every day of the calendar itself counts as confirmed; an override keeps its own status.
    """
    sources = {one.year: one.source for one in confirmed}
    checked = (
        replace(day, status=DayStatus.CONFIRMED, source=sources[on.year]) if on.year in sources else day
        for on, day in base.days.items()
    )
    entered = (
        CalendarDay(
            on=override.on,
            day_off=override.day_off,
            name=override.reason,
            status=DayStatus.CONFIRMED if override.confirmed else DayStatus.UNCONFIRMED,
            source=override.source,
        )
        for override in overrides
    )
    years = {**base.years, **dict.fromkeys(sources, DayStatus.CONFIRMED)}
    return calendar_of((*checked, *entered), years)


def changed_between(before: WorkCalendar, after: WorkCalendar) -> tuple[date, date] | None:
    """Give the first and the last day on which two calendars differ in anything; None when they are the same."""
    days = [on for on in before.days.keys() | after.days.keys() if before.days.get(on) != after.days.get(on)]
    for year in before.years.keys() | after.years.keys():
        if before.years.get(year) != after.years.get(year):
            days += [date(year, 1, 1), date(year, 12, 31)]
    return (min(days), max(days)) if days else None


def _each_day(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=count) for count in range((last - first).days + 1))
