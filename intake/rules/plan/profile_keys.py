"""The keys of a profile: small letters, digits and hyphens, each once."""

import re
from collections.abc import Iterable
from typing import TypeVar

from .profile import PlanProfile, ProfileError

T = TypeVar("T")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check_keys(profile: PlanProfile) -> None:
    """Raise `ProfileError` for the first key that comes twice where it may come once, or is no slug."""
    check_slugs([("code", profile.code)])
    check_slugs(numbered("hosts", "key", (line.key for line in profile.hosts)))
    check_slugs(numbered("offices", "key", (line.key for line in profile.offices)))
    check_slugs(numbered("topics", "code", (line.code for line in profile.topics)))
    check_slugs(numbered("sessions", "key", (line.key for line in profile.sessions)))
    check_slugs(numbered("open", "key", (line.key for line in profile.open)))
    check_slugs(numbered("warnings", "key", (line.key for line in profile.warnings)))
    fixed = (line.key for line in profile.clocks.fixed_dates)
    check_slugs(numbered("clocks.fixed_dates", "key", fixed))
    once(numbered("kinds", "kind", (line.kind for line in profile.kinds)))
    once(numbered("practices", "practice", (line.practice for line in profile.practices)))
    once(numbered("duties", "duty", (line.duty for line in profile.duties)))


def numbered(table: str, field: str, values: Iterable[T]) -> list[tuple[str, T]]:
    """Give each value with its path: `("topics[2].desk", …)`."""
    return [(f"{table}[{place}].{field}", value) for place, value in enumerate(values, 1)]


def check_slugs(keys: Iterable[tuple[str, str]]) -> None:
    """Raise `ProfileError` for a key, given with its path, that comes twice or is no slug (`van-phong`)."""
    listed = list(keys)
    once(listed)
    for path, key in listed:
        if not SLUG.fullmatch(key):
            raise ProfileError(f'{path}: "{key}" is not small letters, digits and hyphens.')


def once(keys: Iterable[tuple[str, str]]) -> None:
    """Raise `ProfileError` for a key, given with its path, that comes twice."""
    seen: dict[str, str] = {}
    for path, key in keys:
        if key in seen:
            raise ProfileError(f'{path}: "{key}" is already used by {seen[key]}.')
        seen[key] = path
