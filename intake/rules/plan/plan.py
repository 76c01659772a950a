"""A year's plan as it stands in the database: its profile and what people decided about its open points."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NewType

from intake.rules.people.unit import UnitId
from intake.rules.plan.decided import DecidedPlan, decided_plan
from intake.rules.plan.profile import PlanProfile

PlanId = NewType("PlanId", int)


class PlanStatus(StrEnum):
    """Whether a plan is carried out. Of one that is not, no meeting is made and none is owed (R215)."""

    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    REPLACED = "replaced"  # by a plan that names it


@dataclass(eq=False)
class Plan:
    """A loaded plan. `profile` is what its file says; `choices` answers its open questions, by key.

    `chosen` says of each such answer which person gave it, when and why (`by`, `at`, `why`).
    """

    id: PlanId = field(init=False)
    code: str
    unit_id: UnitId
    title: str
    year: int
    profile: PlanProfile
    choices: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, dict[str, Any]] = field(default_factory=dict)
    status: PlanStatus = PlanStatus.IN_FORCE

    @property
    def decided(self) -> DecidedPlan:
        """The plan as it is carried out: the one place where anybody learns what it says."""
        return decided_plan(self.profile, self.choices)
