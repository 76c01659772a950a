"""Keys for the entries of a draft: small letters, digits and hyphens, each once."""

from collections.abc import Iterable

from intake.rules.text import fold

_LONGEST = 40


def slug_of(name: str) -> str:
    """A name as a key; `muc` where nothing is left of it."""
    slug = "-".join(fold(name).split())
    if len(slug) > _LONGEST:
        slug = slug[:_LONGEST].rpartition("-")[0] or slug[:_LONGEST]
    return slug.strip("-") or "muc"


def free_key(wanted: str, taken: Iterable[str]) -> str:
    """The key, or the next one free, with a number behind it."""
    used = set(taken)
    number, key = 1, wanted
    while key in used:
        number += 1
        key = f"{wanted}-{number}"
    return key
