"""Power is lent by two and taken away by two; one alone can stop one other, at once and for a while (decision 0018)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from intake.rules.people.person import EndedGrant, Grant, Person, PersonId, Role

POWER = (Role.SECRETARY, Role.CHAIR, Role.ADMIN)
"""Who sees and takes back roles in a unit, and is told of every change."""
MOST_DAYS_ALONE = 14
"""For how long one person alone can suspend a peer."""


@dataclass(eq=False)
class RoleRequest:
    """Somebody who holds power asks that a peer's role be taken back, or be suspended; a second person has to agree.

    `grant_id` is the number of the role, `until` as in `EndedGrant`: None takes it back.
    """

    id: int = field(init=False)
    grant_id: int
    asked_by: PersonId
    asked_at: datetime
    until: date | None = None
    decided_at: datetime | None = None


def suspended_a_peer(by: PersonId, suspensions: Iterable[EndedGrant], *, but: PersonId) -> bool:
    """Whether a suspension of yet another peer stands that this person made: then the next needs a second person."""
    return any(one.ended_by == by and one.role in POWER and one.person_id not in (by, but) for one in suspensions)


def needs_second_to_take_back(held: Grant | EndedGrant, by: Person) -> bool:
    """Whether two have to agree that this role is taken back: power of a peer, unless somebody else suspended it."""
    suspended_by_another = isinstance(held, EndedGrant) and held.ended_by != by.id
    return held.role in POWER and held.person_id != by.id and not suspended_by_another


def number_of(held: Grant | EndedGrant) -> int | None:
    """The number of a role: it keeps it while it is suspended, so that buttons and codes go on naming it."""
    return held.grant_id if isinstance(held, EndedGrant) else held.id
