"""Where the calendar of the running system is from: the shipped table, a library around it, overrides."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from intake.rules.deadlines.calendar import CalendarDay, DayStatus, Override, WorkCalendar, calendar_of, calendar_with
from intake.rules.deadlines.calendar_vietnam import is_culture_day, vietnam_calendar

COVERED_YEARS = range(2019, 2036)
LIBRARY_SOURCE = "PyPI holidays (VN)"


def load_calendar(overrides: Iterable[Override] = (), *, culture_day: bool = True) -> WorkCalendar:
    """Give the calendar 2019 to 2035: 2023 to 2027 as reviewed, the other years estimated, overrides on top.

    `culture_day` says whether 24 November is a day off (LAW C7: switchable). An estimated year knows no swap
    that the library does not know; the province enters it as an override.
    """
    shipped = vietnam_calendar(culture_day=culture_day)
    years = tuple(year for year in COVERED_YEARS if year not in shipped.years)
    estimated = (day for day in _estimated_days(years) if culture_day or not is_culture_day(day.on))
    base = calendar_of(
        (*estimated, *shipped.days.values()),
        {**dict.fromkeys(years, DayStatus.ESTIMATED), **shipped.years},
    )
    return calendar_with(base, overrides)


@lru_cache
def _estimated_days(years: tuple[int, ...]) -> tuple[CalendarDay, ...]:
    import holidays  # slow to import, and needed only once a calendar is loaded

    table = holidays.country_holidays("VN", years=years, language="vi")
    off = (_estimated(on, day_off=True, name=name) for on, name in sorted(table.items()))
    worked = (
        _estimated(on, day_off=False, name="Ngày làm việc (làm bù)")
        for on in sorted(table.weekend_workdays)
        if on.year in years
    )
    return (*off, *worked)


def _estimated(on: date, *, day_off: bool, name: str) -> CalendarDay:
    return CalendarDay(on, day_off=day_off, name=name, status=DayStatus.ESTIMATED, source=LIBRARY_SOURCE)
