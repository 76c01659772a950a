"""What loading a plan changes in what is there, said before it is done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from intake.rules.text import excerpt

from .profile import PlanProfile
from .profile_parse import to_document

_NAMES = ("code", "key", "kind", "practice", "duty", "seat", "step", "number", "name", "office", "text")
"""The fields that tell the entries of a list apart, the first of them that an entry has."""
_TITLES = ("name", "title", "question", "text", "task")


class Becomes(StrEnum):
    """What becomes of a part of the plan."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"  # from the plan: what is stored of it stays


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change. `path` as in the file, entries of a list by their key: `units[DL].name`, `clocks.notice.days`."""

    path: str
    becomes: Becomes
    before: str = ""
    after: str = ""

    @property
    def alters(self) -> bool:
        """Whether something that is there would no longer be as it is."""
        return self.becomes is not Becomes.ADDED


def changes_between(before: PlanProfile, after: PlanProfile) -> Iterator[PlanChange]:
    """What the second profile says otherwise than the first, in the order of the second."""
    yield from _tables("", to_document(before), to_document(after))


def _tables(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[PlanChange]:
    for key in [*after, *(key for key in before if key not in after)]:
        yield from _values(f"{path}.{key}" if path else key, before.get(key), after.get(key))


def _values(path: str, before: Any, after: Any) -> Iterator[PlanChange]:
    if before == after:
        return
    if isinstance(before or after, dict):
        if before is None or after is None:
            yield _one(path, _shown(before), _shown(after))
        else:
            yield from _tables(path, before, after)
    elif _entries(before) or _entries(after):
        yield from _lists(path, _by_name(before or []), _by_name(after or []))
    else:
        yield _one(path, _shown(before), _shown(after))


def _lists(path: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[PlanChange]:
    for name in [*after, *(name for name in before if name not in after)]:
        yield from _values(f"{path}[{name}]", before.get(name), after.get(name))


def _one(path: str, before: str, after: str) -> PlanChange:
    if not before:
        return PlanChange(path, Becomes.ADDED, after=after)
    return PlanChange(path, Becomes.CHANGED if after else Becomes.REMOVED, before, after)


def _entries(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(entry, dict) for entry in value)


def _by_name(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    named: dict[str, dict[str, Any]] = {}
    for entry in entries:
        name = wanted = str(next((entry[field] for field in _NAMES if field in entry), ""))
        number = 1
        while name in named:
            number += 1
            name = f"{wanted} {number}"
        named[name] = entry
    return named


def _shown(value: Any) -> str:
    match value:
        case None:
            return ""
        case dict():
            return excerpt(str(next((value[field] for field in _TITLES if field in value), "; ".join(value))))
        case list():
            return excerpt(", ".join(str(one) for one in value)) or "[]"
        case bool():
            return str(value).lower()
        case _:
            return excerpt(str(value))
