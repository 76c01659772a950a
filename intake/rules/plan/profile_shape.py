"""Between tables of a document and frozen dataclasses, both ways, driven by the fields' own types.

In a document (TOML or JSON) a dataclass is a table, a tuple a list, an enum its value, a date a date or its ISO
text, a planned window one short text (see `window_text`). Whatever does not fit is a `ProfileError` that starts
with the path of the field; entries of a list are counted from 1, as people count them.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from unicodedata import normalize

from .profile import ProfileError
from .window import HalfDay, PlannedWindow, days, month, quarter

T = TypeVar("T")
_WINDOW = re.compile(
    r"(?P<year>\d{4})-(?:(?P<month>\d{2})|Q(?P<quarter>\d))(?: (?P<half>\w+))?"
    r"|(?P<first>\d{4}-\d{2}-\d{2})(?:/(?P<last>\d{4}-\d{2}-\d{2}))?(?: (?P<part>\w+))?"
)


def read_table(kind: type[T], table: Any, path: str = "") -> T:
    """Make a dataclass of a table; ProfileError for unknown keys, missing keys and values of a wrong kind."""
    if not isinstance(table, Mapping):
        raise ProfileError(f"{_shown(path)} must be a table, not {_kind(table)}.")
    known: dict[str, Field[Any]] = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            raise ProfileError(f"{_join(path, key)} is not a known key; known here: {', '.join(known)}.")
    hints = _hints(kind)  # type: ignore[arg-type]  # a class is hashable; the stubs doubt it of a type variable
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name in table:
            values[name] = _read(hints[name], table[name], _join(path, name))
        elif field.default is MISSING:
            raise ProfileError(f"{_join(path, name)} is missing.")
    return kind(**values)


def write_table(value: Any) -> Any:
    """Turn a dataclass (or what stands in one) into what JSON can hold; `read_table` is the way back."""
    if isinstance(value, PlannedWindow):
        return window_text(value)
    if is_dataclass(value):
        items = ((field.name, getattr(value, field.name)) for field in fields(value))
        return {name: write_table(item) for name, item in items if item is not None and item != ()}
    if isinstance(value, tuple):
        return [write_table(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of a dataclass's fields, put together once: a profile is read at every registration."""
    return get_type_hints(kind)


def window_text(window: PlannedWindow) -> str:
    """Write a window as `2024-04`, `2024-Q3`, `2023-09-29` or `2023-09-25/2023-09-29`, with ` morning` behind."""
    first = window.earliest
    text = {
        "month": f"{first:%Y-%m}",
        "quarter": f"{first:%Y}-Q{(first.month + 2) // 3}",
        "window": f"{first}/{window.latest}",
        "day": f"{first}",
    }[window.precision.value]
    return f"{text} {window.half.value}" if window.half else text


def window_of(text: str) -> PlannedWindow:
    """Read what `window_text` writes; ValueError for any other text and for days that do not exist."""
    found = _WINDOW.fullmatch(text)
    if found is None:
        raise ValueError(text)
    half = found["half"] or found["part"]
    part = HalfDay(half) if half else None
    if found["month"]:
        return month(int(found["year"]), int(found["month"]), part)
    if found["quarter"]:
        return quarter(int(found["year"]), int(found["quarter"]), part)
    return days(date.fromisoformat(found["first"]), date.fromisoformat(found["last"] or found["first"]), part)


def _read(kind: Any, value: Any, path: str) -> Any:
    if get_origin(kind) is UnionType:
        kind = next(option for option in get_args(kind) if option is not NoneType)
    if get_origin(kind) is tuple:
        if not isinstance(value, list | tuple):
            raise ProfileError(f"{path} must be a list, not {_kind(value)}.")
        item = get_args(kind)[0]
        return tuple(_read(item, entry, f"{path}[{place}]") for place, entry in enumerate(value, 1))
    if kind is PlannedWindow:
        return _read_window(value, path)
    if is_dataclass(kind):
        return read_table(kind, value, path)  # type: ignore[arg-type]
    if kind is date:
        return _read_day(value, path)
    if kind is str or issubclass(kind, StrEnum):
        return _read_word(kind, value, path)
    # a bool is an int to Python, not to a reader of the file
    if type(value) is not kind:
        raise ProfileError(f"{path} must be {_NAMES[kind]}, not {_kind(value)}.")
    return value


def _read_word(kind: type[str], value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise ProfileError(f"{path} must be a text, not {_kind(value)}.")
    text = normalize("NFC", value).strip()
    if not text:
        raise ProfileError(f"{path} is empty.")
    if not issubclass(kind, StrEnum):
        return text
    if text not in set(kind):
        raise ProfileError(f'{path}: "{text}" is not one of {", ".join(kind)}.')
    return kind(text)


def _read_day(value: Any, path: str) -> date:
    # a datetime is a date to Python; the hour of a due date would be lost silently
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ProfileError(f"{path}: {value!r} is not a day written as 2026-09-30.") from None


def _read_window(value: Any, path: str) -> PlannedWindow:
    try:
        return window_of(value)
    except (TypeError, ValueError):
        forms = '"2026-09", "2026-Q3", "2026-09-25" or "2026-09-25/2026-09-29", " morning" behind it'
        raise ProfileError(f"{path}: {value!r} is not a planned time such as {forms}.") from None


_NAMES = {
    bool: "true or false",
    int: "a whole number",
    str: "a text",
    date: "a day",
    dict: "a table",
    list: "a list",
}


def _kind(value: Any) -> str:
    return _NAMES.get(type(value), type(value).__name__)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _shown(path: str) -> str:
    return path or "The profile"
