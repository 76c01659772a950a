"""From the document of a plan (a loaded TOML or JSON table) to its profile, and back."""

from collections.abc import Mapping
from typing import Any

from .profile import PlanProfile, ProfileError
from .profile_checks import check_profile
from .profile_shape import read_table, write_table


def parse_profile(document: Mapping[str, Any], *, name: str) -> PlanProfile:
    """Make a profile of a document; `name` says in an error which one it was.

    Raises `ProfileError`, one sentence that names the field, for unknown keys, missing keys, wrong types,
    unknown words, references to nothing, and days that cannot be.
    """
    try:
        profile = read_table(PlanProfile, document)
        check_profile(profile)
    except ProfileError as error:
        raise ProfileError(f"{name}: {error}") from None
    return profile


def to_document(profile: PlanProfile) -> dict[str, Any]:
    """Turn a profile into a JSON value that `parse_profile` turns into an equal profile."""
    document: dict[str, Any] = write_table(profile)
    return document
