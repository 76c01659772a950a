"""The clocks that run on questions, meetings, tasks and items of conclusions, and the alerts they have caused."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, NewType

from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.task import TaskId
from intake.rules.meetings.conclusion import ConclusionItemId
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import PlanId
from intake.rules.questions.question import QuestionId

ClockId = NewType("ClockId", int)


class ClockState(StrEnum):
    """A clock runs until what it waits for is done (met) or no longer owed (ended)."""

    RUNNING = "running"
    PAUSED = "paused"  # whoever asked has restricted the use of their data (LAW C5)
    MET = "met"
    ENDED = "ended"


@dataclass(eq=False)
class Clock:
    """One due date that somebody can be held to.

    `due` is the packed result of `clock.due`, enough to explain the date again; `history` keeps every earlier date with
    the reason of the change; one that is paused has been so since `ended_at`. `wake_on` is the next local day on which
    the sweep has to look at it. A `provisional` one counts from the planned end of a meeting of which nobody has said
    whether it took place (R220).
    """

    id: ClockId = field(init=False)
    kind: ClockKind
    unit_id: UnitId
    question_id: QuestionId | None
    meeting_id: MeetingId | None
    anchor_on: date
    due_on: date
    due: dict[str, Any]
    wake_on: date
    state: ClockState = ClockState.RUNNING
    history: list[dict[str, Any]] = field(default_factory=list)
    ended_at: datetime | None = None
    task_id: TaskId | None = None
    item_id: ConclusionItemId | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class AwakeClock:
    """What the sweep reads of a clock that has to be looked at: no more, since there may be many."""

    id: ClockId
    kind: ClockKind
    unit_id: UnitId
    question_id: QuestionId | None
    meeting_id: MeetingId | None
    due_on: date
    task_id: TaskId | None = None
    item_id: ConclusionItemId | None = None


class Alert(NamedTuple):
    """A reminder that was sent: once per question (or meeting), recipient, kind and due date, whatever happens."""

    subject: str
    recipient_id: PersonId
    kind: str
    due_on: date


@dataclass(eq=False)
class Recomputation:
    """Running clocks that are to be computed once more: the first time may have missed some.

    Clocks that a change from `days_from` to `days_to` may touch (both or neither), those under a plan, or all.
    `reason` is the packed `Param` people are told.
    """

    id: int = field(init=False)
    days_from: date | None
    days_to: date | None
    plan_id: PlanId | None
    reason: Any
    asked_at: datetime
