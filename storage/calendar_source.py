"""Where the calendar of the running system is from: the reviewed table, estimated years around it, overrides."""

import csv
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path

from intake.rules.deadlines.calendar import CalendarDay, DayStatus, Override, WorkCalendar, calendar_of, calendar_with
from intake.rules.deadlines.calendar_vietnam import is_culture_day, vietnam_calendar

COVERED_YEARS = range(2019, 2036)
LIBRARY_SOURCE = "PyPI holidays (VN)"
_TABLE = Path(__file__).with_name("estimated_days.csv")
"""What that library says of the years nobody reviewed, 2019 to 2022 and 2028 to 2035 (`on`, `day`: off | working,
`name`). Kept as a table: the library reads the holidays of every country, 8 MiB of each process, to give these."""


def load_calendar(overrides: Iterable[Override] = (), *, culture_day: bool = True) -> WorkCalendar:
    """Give the calendar 2019 to 2035: 2023 to 2027 as reviewed, the other years estimated, overrides on top.

    `culture_day` says whether 24 November is a day off (LAW C7: switchable). An estimated year knows no swap
    that the library does not know; the province enters it as an override.
    """
    shipped = vietnam_calendar(culture_day=culture_day)
    years = tuple(year for year in COVERED_YEARS if year not in shipped.years)
    estimated = (day for day in _estimated_days() if culture_day or not is_culture_day(day.on))
    base = calendar_of(
        (*estimated, *shipped.days.values()),
        {**dict.fromkeys(years, DayStatus.ESTIMATED), **shipped.years},
    )
    return calendar_with(base, overrides)


@lru_cache
def _estimated_days() -> tuple[CalendarDay, ...]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            CalendarDay(
                date.fromisoformat(row["on"]),
                day_off=row["day"] == "off",
                name=row["name"],
                status=DayStatus.ESTIMATED,
                source=LIBRARY_SOURCE,
            )
            for row in csv.DictReader(file)
        )
