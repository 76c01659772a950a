"""Not taking in what somebody sends, for a while and for a reason: what a secretary may do about floods and insults.

It ends by itself. It takes nothing away that people have a right to: what was sent is answered, what is kept about them
can be read and erased (LAW C5), the office is open to them, and whoever is in danger is told where to call.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from intake.rules.people.person import Person, PersonId
from intake.rules.people.unit import UnitId

LENGTHS = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
"""How long it may last; there is none without an end."""


@dataclass(eq=False)
class Block:
    """What was decided about a person: by whom, why, until when; `ended_at` where it was ended before."""

    id: int = field(init=False)
    person_id: PersonId
    unit_id: UnitId
    reason: str
    blocked_by: PersonId
    blocked_at: datetime
    until: datetime
    ended_by: PersonId | None = None
    ended_at: datetime | None = None


def is_blocked(person: Person | None, now: datetime) -> bool:
    """Whether what a person sends is not taken in at a moment."""
    return person is not None and person.blocked_until is not None and now < person.blocked_until
