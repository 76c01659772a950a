"""Between tables of a document and frozen dataclasses, both ways, driven by the fields' own types (cattrs).

In a document (TOML or JSON) a dataclass is a table, a tuple a list, an enum its value, a date a date or its ISO
text, a planned window one short text (see `window_text`). cattrs walks the types and keeps every mistake it meets;
what a value of each type looks like, and what is said of one that does not fit, stands here. Decision 0017 says why.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from unicodedata import normalize

from cattrs import (
    BaseValidationError,
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.cols import homogenous_tuple_structure_factory
from cattrs.dispatch import StructureHook
from cattrs.gen import make_dict_structure_fn

from intake.rules.message import Param, Term

from .profile import Flaw, ProfileError
from .window import HOUR, HalfDay, PlannedWindow, window_of, window_text

T = TypeVar("T")
_NAMES: Mapping[type, str] = {kind: f"flaw.kind.{kind.__name__}" for kind in (bool, int, str, date, dict, list)}
_converter = Converter(forbid_extra_keys=True, omit_if_default=True, unstruct_collection_overrides={tuple: list})


class _Misfit(Exception):
    """A value that does not fit; it becomes a `Flaw` with its path."""

    def __init__(self, key: str, params: Mapping[str, Param] | None = None) -> None:
        super().__init__(key)
        self.key, self.params = key, params or {}


def read_table(kind: type[T], table: Any) -> T:
    """Make a dataclass of a table.

    Raises `ProfileError` with all there is of unknown keys, missing keys and values of a wrong kind.
    """
    try:
        return _converter.structure(table, kind)
    except (BaseValidationError, _Misfit) as trouble:
        raise ProfileError(_flaws(trouble, "")) from None


def read_fields(kind: type[Any], table: Mapping[str, Any], *, but: Collection[str]) -> dict[str, Any]:
    """Read the fields of a dataclass that are in a table, `but` for those in which `read_table` has found a flaw."""
    sound = [field for field in fields(kind) if field.name in table and field.name not in but]
    hints = get_type_hints(kind)
    return {field.name: _converter.structure(table[field.name], hints[field.name]) for field in sound}


def write_table(value: Any) -> Any:
    """Turn a dataclass into what JSON can hold, without the fields at their defaults; `read_table` is the way back."""
    return _converter.unstructure(value)


def top_of(path: str) -> str:
    """The field of the whole document that a path leads into."""
    return path.partition(".")[0].partition("[")[0]


def _flaws(trouble: Exception, path: str) -> Iterator[Flaw]:
    """Every mistake below a path. cattrs tells attribute and index in notes, and a missing key as a KeyError."""
    if isinstance(trouble, ClassValidationError):
        placed, others = trouble.group_exceptions()
        for error, note in placed:
            yield from _flaws(error, f"{path}.{note.name}" if path else note.name)
        for error in others:
            yield from _flaws(error, path)
    elif isinstance(trouble, IterableValidationError):
        for error, entry in trouble.group_exceptions()[0]:
            yield from _flaws(error, f"{path}[{int(entry.index) + 1}]")
    elif isinstance(trouble, ForbiddenExtraKeysError):
        known = ", ".join(field.name for field in fields(trouble.cl))
        for key in sorted(trouble.extra_fields):
            where = f"{path}.{key}" if path else key
            yield Flaw(where, "unknown_key", {"known": known})
    elif isinstance(trouble, KeyError):
        yield Flaw(path, "missing")
    elif isinstance(trouble, _Misfit):
        yield Flaw(path, trouble.key, trouble.params)
    else:
        raise trouble


def _not_the_kind(wanted: type, value: Any) -> _Misfit:
    return _Misfit("wrong_kind", {"wanted": _kind(wanted), "given": _kind(type(value))})


def _kind(kind: type) -> Term:
    params: dict[str, Param] = {"yes": "true", "no": "false"} if kind is bool else {}
    return Term(_NAMES.get(kind, "flaw.kind.other"), params)


def _table_hook(kind: type[Any]) -> StructureHook:
    read = make_dict_structure_fn(kind, _converter)

    def table(value: Any, _: Any) -> Any:
        if not isinstance(value, Mapping):
            raise _not_the_kind(dict, value)
        return read(value, kind)

    return table


def _list_hook(kind: type[Any]) -> StructureHook:
    read = homogenous_tuple_structure_factory(kind, _converter)

    def entries(value: Any, _: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise _not_the_kind(list, value)
        return read(value, kind)

    return entries


def _exactly(kind: type[Any]) -> StructureHook:
    # a bool is an int to Python, not to a reader of the file
    def exact(value: Any, _: Any) -> Any:
        if type(value) is not kind:
            raise _not_the_kind(kind, value)
        return value

    return exact


def _text(value: Any, _: Any) -> str:
    if not isinstance(value, str):
        raise _not_the_kind(str, value)
    text = normalize("NFC", value).strip()
    if not text:
        raise _Misfit("empty")
    return text


def _word(value: Any, kind: type[StrEnum]) -> StrEnum:
    text = _text(value, str)
    if text not in set(kind):
        raise _Misfit("not_a_word", {"value": text, "words": ", ".join(kind)})
    return kind(text)


def _day(value: Any, _: Any) -> date:
    # a datetime is a date to Python; the hour of a due date would be lost silently
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _Misfit("not_a_day", {"value": repr(value)}) from None


def _hour(value: Any, _: Any) -> time:
    # TOML has times of its own; in JSON and in quotation marks they are texts
    if type(value) is time and value.tzinfo is None:
        return value.replace(second=0, microsecond=0)
    if not isinstance(value, str) or HOUR.fullmatch(value) is None:
        raise _Misfit("not_an_hour", {"value": repr(value)})
    return time.fromisoformat(value)


def _window(value: Any, _: Any) -> PlannedWindow:
    try:
        return window_of(value)
    except (TypeError, ValueError):
        halves: dict[str, Param] = {half.value: half.value for half in HalfDay}
        raise _Misfit("not_a_window", {"value": repr(value), "quarter": "2026-Q3", **halves}) from None


def _is_list(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[-1] is Ellipsis


_converter.register_structure_hook_factory(is_dataclass, _table_hook)
_converter.register_structure_hook_factory(_is_list, _list_hook)
_converter.register_structure_hook(PlannedWindow, _window)
_converter.register_structure_hook(StrEnum, _word)
_converter.register_structure_hook(date, _day)
_converter.register_structure_hook(time, _hour)
_converter.register_structure_hook(str, _text)
_converter.register_structure_hook(bool, _exactly(bool))
_converter.register_structure_hook(int, _exactly(int))
_converter.register_unstructure_hook(PlannedWindow, window_text)
_converter.register_unstructure_hook(date, date.isoformat)
_converter.register_unstructure_hook(time, lambda hour: f"{hour:%H:%M}")
