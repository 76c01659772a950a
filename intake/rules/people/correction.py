"""What was wrong about a person and was put right (LAW C5)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from intake.rules.people.person import PersonId


class CorrectedField(StrEnum):
    """What of a person may be put right."""

    NAME = "name"
    PHONE = "phone"
    HAMLET = "hamlet"
    KNOWN_AS = "known_as"
    GUARDIAN = "guardian"


@dataclass(eq=False)
class DataCorrection:
    """One thing about a person that was put right. What it was before is kept sealed, here and nowhere else.

    It is the person's own: told in the copy of their data, gone when they are erased.
    """

    id: int = field(init=False)
    person_id: PersonId
    what: CorrectedField
    was_sealed: str
    at: datetime
    by: PersonId
