"""Who approves in a chair's place while the chair is away: for a span of days, agreed to by a second person."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from intake.rules.errors import RuleBroken
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId

LONGEST_ABSENCE = timedelta(days=60)
"""Whoever is away for longer is replaced, not stood in for."""


@dataclass(eq=False)
class Deputy:
    """Somebody a chair names to approve in their place from `first_on` to `last_on`, both included.

    It counts once a second holder of power has agreed (`agreed_at`), and ends by itself with its last day; `ended_at`
    is when it was refused, taken back or given up before.
    """

    id: int = field(init=False)
    unit_id: UnitId
    chair_id: PersonId
    deputy_id: PersonId
    first_on: date
    last_on: date
    asked_at: datetime
    agreed_by: PersonId | None = None
    agreed_at: datetime | None = None
    ended_by: PersonId | None = None
    ended_at: datetime | None = None

    def stands_on(self, day: date) -> bool:
        """Whether this person may approve on a day."""
        return self.is_open(day) and self.agreed_at is not None and self.first_on <= day

    def is_open(self, day: date) -> bool:
        """Whether it is neither over nor ended on a day, agreed to or not."""
        return self.ended_at is None and day <= self.last_on


def check_absence(first_on: date, last_on: date, today: date, others: Iterable[Deputy]) -> None:
    """Raise `RuleBroken` for days in the past, the wrong way round, too many, or for which somebody is named already.

    `others` are those the same chair has named in the unit.
    """
    if first_on < today:
        raise RuleBroken("deputy.first_past", {"today": today})
    if last_on < first_on:
        raise RuleBroken("deputy.last_before_first", {"first": first_on})
    if last_on - first_on >= LONGEST_ABSENCE:
        raise RuleBroken("deputy.too_long", {"most": LONGEST_ABSENCE.days})
    for one in others:
        if one.is_open(today) and one.first_on <= last_on and first_on <= one.last_on:
            raise RuleBroken("deputy.named_already", {"first": one.first_on, "last": one.last_on})
