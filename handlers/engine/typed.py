"""Reading what people type and tap: codes of buttons, which can be guessed, and times of the day."""

import re
from datetime import time

from intake.rules.errors import NotFound, RuleBroken
from intake.rules.text import fold

_LONGEST_ID = 9


def id_in(rest: str) -> int:
    """The id a button's code names; `NotFound` for whatever cannot be one."""
    if not (rest.isascii() and rest.isdecimal() and len(rest) <= _LONGEST_ID):
        raise NotFound
    return int(rest)


_TIME = re.compile(r"(\d{1,2}) ?(?:(?:h|g|gio) ?(\d{2})?|(?<= )(\d{2}))(?: ?(?:p|phut))?(?: (sang|chieu|toi))?")
_HALF_DAY = 12


def typed_time(text: str) -> time:
    """`08:00`, `8h30`, `8 giờ`, `2 giờ chiều`. Raises `RuleBroken` for what is no time."""
    found = _TIME.fullmatch(fold(text))
    if found is None:
        raise RuleBroken("refusal.typed_time")
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    if found[4] in ("chieu", "toi") and hour < _HALF_DAY:
        hour += _HALF_DAY
    try:
        return time(hour, minute)
    except ValueError:
        raise RuleBroken("refusal.typed_time") from None
