"""What the office owes beside questions and meetings: fixed dates, reports, requests about one's own data."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from intake.rules.deadlines.quarters import QUARTERS, quarter_of
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import PlanId

TaskId = NewType("TaskId", int)


class TaskKind(StrEnum):
    """What kind of task it is."""

    FIXED_DATE = "fixed-date"  # "trước ngày X" of a plan (R079, R080)
    SESSION = "session"  # a meeting the plan foresees, whose day nobody has fixed (R066)
    QUARTERLY_REPORT = "quarterly-report"  # R184
    DATA_REQUEST = "data-request"  # LAW C5


@dataclass(eq=False)
class Task:
    """A task of a unit's secretary. `title` is what reminders call it, never anything personal; `key` names it once.

    A request about one's own data has the person and the person's words; it is accepted first and done later.
    """

    id: TaskId = field(init=False)
    unit_id: UnitId
    kind: TaskKind
    key: str
    title: str
    opened_at: datetime
    plan_id: PlanId | None = None
    person_id: PersonId | None = None
    text: str = ""
    accepted_by: PersonId | None = None
    accepted_at: datetime | None = None
    done_by: PersonId | None = None
    done_at: datetime | None = None
    outcome: str = ""


def quarter_before(today: date) -> tuple[int, int]:
    """The year and the number of the last quarter that is over."""
    year, quarter = quarter_of(today)
    return (year - 1, QUARTERS) if quarter == 1 else (year, quarter - 1)
