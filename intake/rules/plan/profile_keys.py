"""The keys of a profile: small letters, digits and hyphens, each once."""

import re
from collections.abc import Iterable, Iterator
from typing import TypeVar

from .profile import Flaw

T = TypeVar("T")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def numbered(table: str, field: str, values: Iterable[T]) -> list[tuple[str, T]]:
    """Give each value with its path: `("topics[2].desk", …)`."""
    return [(f"{table}[{place}].{field}", value) for place, value in enumerate(values, 1)]


def not_slugs(keys: Iterable[tuple[str, str]]) -> Iterator[Flaw]:
    """The keys, given with their paths, that come twice or are no slug (`van-phong`)."""
    listed = list(keys)
    yield from repeated(listed)
    for path, key in listed:
        if not SLUG.fullmatch(key):
            yield Flaw(path, "not_slug", {"value": key})


def repeated(keys: Iterable[tuple[str, str]]) -> Iterator[Flaw]:
    """The keys, given with their paths, that come twice."""
    seen: dict[str, str] = {}
    for path, key in keys:
        if key in seen:
            yield Flaw(path, "used", {"value": key, "elsewhere": seen[key]})
        seen.setdefault(key, path)
