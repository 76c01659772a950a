"""The register of breaches: personal data that got out, were lost or changed, to be reported in time (LAW C5)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NewType

from intake.rules.people.unit import UnitId

BreachId = NewType("BreachId", int)

REPORT_WITHIN = timedelta(hours=72)
"""From the moment it was noticed the body in charge of personal data hears of it within this time (LAW C5)."""
LONGEST_WORDS = 2000
_LAST_DAY = timedelta(hours=24)


@dataclass(eq=False)
class Breach:
    """One breach. `what` and `measures` are the operator's words, without names; `people` how many it concerns."""

    id: BreachId = field(init=False)
    unit_id: UnitId
    noticed_at: datetime
    noted_at: datetime
    what: str
    people: int | None = None
    reported_at: datetime | None = None
    measures: str = ""
    closed_at: datetime | None = None

    @property
    def due_at(self) -> datetime:
        """Until when it has to be reported."""
        return self.noticed_at + REPORT_WITHIN


def stage_of(breach: Breach, now: datetime) -> str:
    """What those in charge of a breach nobody has reported are reminded of: `new`, the `last_day`, `late`."""
    if now >= breach.due_at:
        return "late"
    return "last_day" if now >= breach.due_at - _LAST_DAY else "new"
