"""What the command line says: input it cannot work with, and numbers with their nouns."""

from datetime import timedelta


class InputError(Exception):
    """The words say what and why, one line for each thing that is wrong; `main` prints them and ends with status 2."""


def counted(number: int, one: str) -> str:
    """A number with its noun: `1 letter`, `2 letters`."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def spoken(time: timedelta) -> str:
    """A length of time in words, by its greatest unit and the next: `40 days 3 hours`, `5 minutes`, `0 seconds`."""
    seconds = round(time.total_seconds())
    for size, unit, next_size, next_unit in _UNITS:
        if seconds >= size:
            rest = seconds % size // next_size
            return counted(seconds // size, unit) + (f" {counted(rest, next_unit)}" if rest else "")
    return counted(seconds, "second")


_UNITS = ((86400, "day", 3600, "hour"), (3600, "hour", 60, "minute"), (60, "minute", 1, "second"))
