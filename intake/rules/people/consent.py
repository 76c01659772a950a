"""Consent to being known, its history, and what people want done with their own data (LAW C5)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from intake.rules.people.person import CONSENT_VERSION, Person, PersonId


class DataRight(StrEnum):
    """What a person wants done with their own data that leaves something to do for the office as well."""

    OTHER = "other"  # in words of their own
    WITHDRAW = "withdraw"  # consent is withdrawn
    RESTRICT = "restrict"  # what is kept is not worked with


@dataclass(eq=False)
class Consent:
    """That somebody agreed to a version of the consent text, and until when that held.

    `guardian`: who agreed for somebody under sixteen; empty for whoever agreed for themselves.
    """

    id: int = field(init=False)
    person_id: PersonId
    version: str
    given_at: datetime
    guardian: str = ""
    withdrawn_at: datetime | None = None


def must_agree(person: Person | None, *, has_role: bool) -> bool:
    """Whether nothing is taken in from a person until they agree: consent withdrawn, or given to an older text.

    Whoever holds a role works for the office, which needs no consent for that (LAW C5, processing by law).
    """
    if person is None or has_role:
        return False
    return person.withdrawn_at is not None or person.consent_version not in (None, CONSENT_VERSION)


def is_restricted(person: Person | None) -> bool:
    """Whether what is kept of a person is not worked with, since they asked for that."""
    return person is not None and person.restricted_at is not None
