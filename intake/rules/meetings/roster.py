"""Delegates of a unit for a meeting: how many, of which kind, who waits, and whether the list is complete (R111–R116).

A unit (hamlet, or commune below a district) has a quota for each kind of seat. Whoever registers gets a seat while one
is free and a place on the waiting list afterwards; nobody who has a seat loses it because a quota was lowered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.plan.profile_terms import Seat

T = TypeVar("T")


class RosterState(StrEnum):
    """open: being composed; submitted: waits for the secretary; returned: to be corrected; accepted."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


EDITABLE = (RosterState.OPEN, RosterState.RETURNED)
"""While a list is in one of these states, those who compose it may change it."""


@dataclass(eq=False)
class Quota:
    """How many delegates of a kind a unit may send to a meeting (R048, R111)."""

    id: int = field(init=False)
    meeting_id: MeetingId
    unit_id: UnitId
    seat: Seat
    number: int


@dataclass(eq=False)
class Roster:
    """A unit's list for a meeting, as a matter between those who compose it and the office.

    Who is on it, the registrations say. `late`: it came in after the due date. `reason`: why it was returned.
    """

    id: int = field(init=False)
    meeting_id: MeetingId
    unit_id: UnitId
    state: RosterState = RosterState.OPEN
    submitted_by: PersonId | None = None
    submitted_at: datetime | None = None
    late: bool = False
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """How a list stands for one kind of seat: how many are wanted, how many are on it."""

    seat: Seat
    wanted: int
    listed: int

    @property
    def missing(self) -> int:
        """Seats nobody has yet."""
        return max(0, self.wanted - self.listed)

    @property
    def over(self) -> int:
        """People beyond the quota: it was lowered after they had their seats, or somebody was let in at the door."""
        return max(0, self.listed - self.wanted)


def delegation_of(path: str, unit_id: UnitId) -> UnitId | None:
    """The unit right below `unit_id` that somebody from the place with this `path` belongs to; None outside of it.

    A hamlet of a commune stands for itself; a hamlet of a commune of a district for its commune (R048, R111).
    """
    lineage = [part for part in path.split("/") if part]
    if str(unit_id) not in lineage[:-1]:
        return None
    return UnitId(int(lineage[lineage.index(str(unit_id)) + 1]))


def promoted(number: int | None, seated: int, waiting: Sequence[T]) -> Sequence[T]:
    """Who of those waiting, first come first, gets a seat now; without a number everybody does."""
    return waiting if number is None else waiting[: max(0, number - seated)]


def composition(wanted: Iterable[tuple[Seat, int]], listed: Sequence[Seat]) -> tuple[Need, ...]:
    """Compare a list with its quota, kind by kind (R112); kinds with no quota that are not listed are left out."""
    numbers = dict(wanted)
    needs = (Need(seat, numbers.get(seat, 0), listed.count(seat)) for seat in Seat)
    return tuple(need for need in needs if need.seat in numbers or need.listed)


def is_complete(needs: Sequence[Need]) -> bool:
    """Whether the list has its number and its composition (R112)."""
    return bool(needs) and not any(need.missing for need in needs)


def is_late(due_on: date | None, today: date) -> bool:
    """Whether a list that comes in today is late; without a due date none is."""
    return due_on is not None and today > due_on
