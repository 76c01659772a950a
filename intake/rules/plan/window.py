"""When a meeting is planned: a range of days with the precision of the plan, never a made-up date (A1.7)."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.rules.deadlines.quarters import month_end, quarter_end, quarter_start

WRITTEN = re.compile(
    r"(?P<year>\d{4})-(?:(?P<month>\d{2})|Q(?P<quarter>\d))(?: (?P<half>\w+))?"
    r"|(?P<first>\d{4}-\d{2}-\d{2})(?:/(?P<last>\d{4}-\d{2}-\d{2}))?(?: (?P<part>\w+))?"
)

HOUR = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
"""An hour of the day as profiles write it, `07:30`."""


class Precision(StrEnum):
    """How precisely a plan says when."""

    MONTH = "month"
    QUARTER = "quarter"
    WINDOW = "window"
    DAY = "day"


class HalfDay(StrEnum):
    """Which half of the day, where a plan says it ("01 buổi sáng")."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class PlannedWindow:
    """The days a meeting may fall on, both ends included; ValueError when they are the wrong way round."""

    earliest: date
    latest: date
    precision: Precision
    half: HalfDay | None = None

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(f"a window ends on {self.latest} before it starts on {self.earliest}")

    def contains(self, on: date) -> bool:
        """Say whether a meeting on that day keeps to the plan."""
        return self.earliest <= on <= self.latest


def month(year: int, number: int, half: HalfDay | None = None) -> PlannedWindow:
    """Plan a meeting for a month (R060); ValueError when the number is not 1 to 12."""
    first = date(year, number, 1)
    return PlannedWindow(first, month_end(first), Precision.MONTH, half)


def quarter(year: int, number: int, half: HalfDay | None = None) -> PlannedWindow:
    """Plan a meeting for a quarter (R061); ValueError when the number is not 1 to 4."""
    return PlannedWindow(quarter_start(year, number), quarter_end(year, number), Precision.QUARTER, half)


def days(first: date, last: date, half: HalfDay | None = None) -> PlannedWindow:
    """Plan a meeting for one of several days (R062); one day alone is a fixed day."""
    precision = Precision.DAY if first == last else Precision.WINDOW
    return PlannedWindow(first, last, precision, half)


def earliest(when: date | PlannedWindow) -> date:
    """Give the day lead times are counted from until the date is fixed: the earliest possible one (R062)."""
    return when.earliest if isinstance(when, PlannedWindow) else when


def window_text(window: PlannedWindow) -> str:
    """Write a window as `2024-04`, `2024-Q3`, `2023-09-29` or `2023-09-25/2023-09-29`, with ` morning` behind."""
    first = window.earliest
    text = {
        Precision.MONTH: f"{first:%Y-%m}",
        Precision.QUARTER: f"{first:%Y}-Q{(first.month + 2) // 3}",
        Precision.WINDOW: f"{first}/{window.latest}",
        Precision.DAY: f"{first}",
    }[window.precision]
    return f"{text} {window.half.value}" if window.half else text


def window_of(text: str) -> PlannedWindow:
    """Read what `window_text` writes; ValueError for any other text and for days that do not exist."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    half = found["half"] or found["part"]
    part = HalfDay(half) if half else None
    if found["month"]:
        return month(int(found["year"]), int(found["month"]), part)
    if found["quarter"]:
        return quarter(int(found["year"]), int(found["quarter"]), part)
    return days(date.fromisoformat(found["first"]), date.fromisoformat(found["last"] or found["first"]), part)
