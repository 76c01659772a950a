"""What the command line says: input it cannot work with, and numbers with their nouns."""

import os
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from locales import LANGUAGES

Words = TypeVar("Words", bound=StrEnum)


class InputError(Exception):
    """The words say what and why, one line for each thing that is wrong; `main` prints them and ends with status 2."""


class SettingsError(Exception):
    """The settings cannot be worked with; the sentences say which and why."""


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


def reader_language(chosen: str = "") -> str:
    """The language of whoever reads: the one they chose, else that of the terminal where we speak it, else English.

    Raises `InputError` for a choice we do not speak.
    """
    if chosen and chosen not in LANGUAGES:
        raise InputError(f"{chosen} is not a language we speak; choose one of {', '.join(LANGUAGES)}")
    terminal = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return chosen or ("vi" if terminal.startswith("vi") else "en")


def one_of(words: type[Words], typed: str, what: str) -> Words:
    """The member whose value was typed. Raises `InputError`, naming the choices, for anything else."""
    try:
        return words(typed)
    except ValueError:
        raise InputError(f"{typed} is not a {what}; choose one of {', '.join(one.value for one in words)}") from None


_UNITS = ((86400, "day", 3600, "hour"), (3600, "hour", 60, "minute"), (60, "minute", 1, "second"))
