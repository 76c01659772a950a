"""The form of a profile as a JSON Schema (draft 2020-12), made from the dataclasses that read it.

A TOML file says the same as the schema once its days are written as texts. What must hold across tables is
`profile_checks`' to say: no schema can.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from .profile import PlanProfile
from .window import HOUR, WRITTEN, PlannedWindow

_PLAIN: Mapping[type, Mapping[str, Any]] = {
    str: {"type": "string", "pattern": r"\S"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    time: {"type": "string", "pattern": f"^{HOUR.pattern}$"},
    PlannedWindow: {"type": "string", "pattern": f"^(?:{WRITTEN.pattern.replace('?P<', '?<')})$"},
}


def profile_schema() -> dict[str, Any]:
    """The schema of a whole profile, each kind of table once under `$defs`."""
    tables: dict[str, dict[str, Any]] = {}
    whole = _table(PlanProfile, tables)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Đối Thoại", **whole, "$defs": tables}


def is_required(kind: type[Any], name: str) -> bool:
    """Whether a table of this kind must have the field."""
    [field] = [one for one in fields(kind) if one.name == name]
    return field.default is MISSING and field.default_factory is MISSING


def value_type(hint: Any) -> Any:
    """The type of a value that is given: `str` of `str | None`."""
    if get_origin(hint) not in (Union, UnionType):
        return hint
    [kind] = [one for one in get_args(hint) if one is not NoneType]
    return kind


def _table(kind: type[Any], tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {
        "type": "object",
        "properties": {name: _value(value_type(hint), tables) for name, hint in hints.items()},
        "required": [name for name in hints if is_required(kind, name)],
        "additionalProperties": False,
    }


def _value(kind: Any, tables: dict[str, dict[str, Any]]) -> Mapping[str, Any]:
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _value(get_args(kind)[0], tables)}
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind) and isinstance(kind, type):
        name = kind.__name__
        if name not in tables:
            tables[name] = _table(kind, tables)
        return {"$ref": f"#/$defs/{name}"}
    return {"type": "string", "enum": [word.value for word in kind]}
