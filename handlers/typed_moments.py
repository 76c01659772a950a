"""Days and times the way people type them."""

import re
from datetime import date, time

from intake.rules.errors import RuleBroken

from .fold import fold

_DAY = re.compile(r"(\d{1,2}) (\d{1,2}) (\d{4})")
_TIME = re.compile(r"(\d{1,2}) ?(?:(?:h|g|gio) ?(\d{2})?|(?<= )(\d{2}))(?: ?(?:p|phut))?(?: (sang|chieu|toi))?")
_HALF_DAY = 12


def typed_day(text: str) -> date:
    """`25/04/2024`, also with points, strokes or `ngày` in front. Raises `RuleBroken` for what is no day."""
    found = _DAY.fullmatch(fold(text).removeprefix("ngay "))
    if found is None:
        raise RuleBroken("refusal.day")
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        raise RuleBroken("refusal.day") from None


def typed_time(text: str) -> time:
    """`08:00`, `8h30`, `8 giờ`, `2 giờ chiều`. Raises `RuleBroken` for what is no time."""
    found = _TIME.fullmatch(fold(text))
    if found is None:
        raise RuleBroken("refusal.time")
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    if found[4] in ("chieu", "toi") and hour < _HALF_DAY:
        hour += _HALF_DAY
    try:
        return time(hour, minute)
    except ValueError:
        raise RuleBroken("refusal.time") from None
