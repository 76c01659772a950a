"""What the office owes beside questions and meetings: fixed dates, reports, tasks of the plan, requests, findings."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from intake.rules.deadlines.quarters import QUARTERS, quarter_of
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Term
from intake.rules.people.consent import DataRight
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.plan.plan import PlanId

TaskId = NewType("TaskId", int)


class TaskKind(StrEnum):
    """What kind of task it is."""

    FIXED_DATE = "fixed-date"  # "trước ngày X" of a plan (R079, R080)
    SESSION = "session"  # a meeting the plan foresees, whose day nobody has fixed (R066)
    QUARTERLY_REPORT = "quarterly-report"  # R184
    DATA_REQUEST = "data-request"  # LAW C5
    DUTY = "duty"  # what the plan asks of a body around a meeting (R037, R054)
    FINDING = "finding"  # what a supervisor found and wants set right (R185)
    DEMAND = "demand"  # people ask for a meeting (R212)


REPORTED = (TaskKind.FIXED_DATE, TaskKind.QUARTERLY_REPORT, TaskKind.DUTY, TaskKind.FINDING)
"""The tasks a body of the office has, says that it has done, and with what."""
MOST_FILES = 10
"""Files that show what was done for one task."""


@dataclass(eq=False)
class Task:
    """A task of a unit's secretary, or of the body `desk_id` that leads it, with `others` (ids of desks) joining in.

    `title` is what reminders call it, never anything personal; `key` names it once. A request about one's own data has
    the person, the `right` used and the person's words; it is accepted first and done later. A duty has `what` of the
    plan it is, the `phrase` it rests on and the meeting in its title; `recipients` get what comes of it. `outcome` is
    what was done; whoever gave the task has looked at it once `seen_at` is set. A finding has the supervisor in
    `given_by`, who gave it.
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
    what: str = ""
    phrase: str = ""
    meeting_id: MeetingId | None = None
    desk_id: DeskId | None = None
    others: list[DeskId] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    given_by: PersonId | None = None
    seen_by: PersonId | None = None
    seen_at: datetime | None = None
    right: DataRight | None = None

    @property
    def called(self) -> str | Term:
        """What people call it: a duty by what it is and its meeting, everything else by its title.

        The title of a demand is its number.
        """
        if self.kind is TaskKind.DEMAND:
            return Term("demand.task", {"title": self.title})
        return Term("plantask.of", {"what": self.planned, "title": self.title}) if self.what else self.title

    @property
    def planned(self) -> Term:
        """What of the plan a duty is, without its meeting."""
        return Term(f"planned.{self.what}")


@dataclass(eq=False)
class TaskNote:
    """What a body that leads a task or joins in has found or done: a hamlet meeting, a survey, what people say (R073).

    Whoever leads the task reads the notes of all, and makes the digest of them.
    """

    id: int = field(init=False)
    task_id: TaskId
    by: PersonId
    at: datetime
    text: str


@dataclass(eq=False)
class TaskFile:
    """A file that shows what was done for a task; its content lies under `sha256` in the attachment store."""

    id: int = field(init=False)
    task_id: TaskId
    by: PersonId
    at: datetime
    sha256: str
    media_type: str
    size: int
    name: str


def quarter_before(today: date) -> tuple[int, int]:
    """The year and the number of the last quarter that is over."""
    year, quarter = quarter_of(today)
    return (year - 1, QUARTERS) if quarter == 1 else (year, quarter - 1)
