"""From the document of a plan (a loaded TOML or JSON table) to its profile, and back."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any

from .open_points import with_law_asked, with_places_asked
from .profile import PlanProfile, ProfileError
from .profile_checks import flaws_of
from .profile_structure import read_fields, read_table, top_of, write_table


def parse_profile(document: Mapping[str, Any], *, name: str) -> PlanProfile:
    """Make a profile of a document; `name` says in an error which one it was.

    Raises `ProfileError` with everything that is wrong: unknown keys, missing keys, wrong types, unknown words,
    references to nothing, and days that cannot be. Where a table cannot be read, what leans on it is not judged.
    """
    try:
        profile = read_table(PlanProfile, document)
    except ProfileError as error:
        flaws = list(error.flaws)
        unread = {top_of(flaw.path) for flaw in flaws}
        if "" not in unread:
            flaws += flaws_of(_as_far_as_read(document, unread), unread=unread)
        raise ProfileError(flaws, file=name) from None
    if flaws := flaws_of(profile):
        raise ProfileError(flaws, file=name)
    return with_law_asked(with_places_asked(profile))


def _as_far_as_read(document: Mapping[str, Any], unread: Collection[str]) -> PlanProfile:
    """A profile with None for every field that cannot be read; no check looks at those."""
    blank = {field.name: None for field in fields(PlanProfile) if field.name in unread}
    return PlanProfile(**blank, **read_fields(PlanProfile, document, but=unread))  # type: ignore[arg-type]


def to_document(profile: PlanProfile) -> dict[str, Any]:
    """Turn a profile into a JSON value that `parse_profile` turns into an equal profile."""
    document: dict[str, Any] = write_table(profile)
    return document


def from_document(document: Mapping[str, Any]) -> PlanProfile:
    """Read what `to_document` wrote; it was checked when it was loaded."""
    return with_law_asked(with_places_asked(read_table(PlanProfile, document)))
