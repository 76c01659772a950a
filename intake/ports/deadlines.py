"""Clocks, what the office owes beside questions and meetings, and the calendar both go by."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from intake.rules.deadlines.calendar import ConfirmedYear, Override, WorkCalendar
from intake.rules.deadlines.deadline import Alert, AwakeClock, Clock, ClockId, ClockState, Recomputation
from intake.rules.deadlines.task import Task, TaskFile, TaskId, TaskKind, TaskNote
from intake.rules.meetings.conclusion import ConclusionItemId
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.plan.plan import PlanId
from intake.rules.questions.question import QuestionId


class Clocks(Protocol):
    """Running clocks and the alerts they caused."""

    async def add(self, clock: Clock) -> Clock:
        """Store a clock."""
        ...

    async def running_for(self, question_id: QuestionId) -> Sequence[Clock]:
        """The running clocks of a question."""
        ...

    async def first_due(self, question_ids: Iterable[QuestionId]) -> date | None:
        """The first day on which a clock that runs for one of these questions is due; None where none does."""
        ...

    async def of_question(self, question_id: QuestionId) -> Sequence[Clock]:
        """Every clock a question has had."""
        ...

    async def running_on(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, date]:
        """The first day by which each of these questions is owed something (`OWED`) by a clock that runs."""
        ...

    async def owed_on(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, date]:
        """The day by which each of these questions is owed an answer, or was when it got one (`OWED`).

        Without those that rest, since their askers have restricted the use of their data: no day is owed them now.
        """
        ...

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Clock]:
        """The running clocks of a meeting itself (notice, preparation)."""
        ...

    async def of_meetings_in(self, unit_ids: Iterable[UnitId]) -> Sequence[Clock]:
        """The running clocks of the units' meetings themselves, those that are over too, the soonest due first."""
        ...

    async def of_item(self, item_id: ConclusionItemId) -> Clock | None:
        """The clock of a conclusion's item, running or not; None when the item has no due date."""
        ...

    async def awake(self, today: date, limit: int) -> Sequence[AwakeClock]:
        """At most `limit` running clocks that have to be looked at today, found by index, unit after unit; locked."""
        ...

    async def look_next(self, wake_on: Mapping[ClockId, date]) -> None:
        """Set the next day on which these clocks have to be looked at."""
        ...

    async def end(self, clock_ids: Sequence[ClockId]) -> None:
        """End clocks that are no longer owed."""
        ...

    async def running_page(
        self,
        after: ClockId,
        limit: int,
        *,
        between: tuple[date, date] | None = None,
        unit_id: UnitId | None = None,
    ) -> Sequence[Clock]:
        """At most `limit` running clocks whose ids come after one, in order: all, or some of them.

        `between`: only those with a day from the first to the last between anchor and due date. `unit_id`: only those
        of questions and meetings of this unit.
        """
        ...

    async def wake_overdue(self, today: date, beyond: date) -> None:
        """Look today at clocks that are overdue and were to be looked at only after a day, `NEVER` excepted."""
        ...

    async def wake_all(self, today: date) -> None:
        """Look today at every running clock that was to be looked at later, or never again."""
        ...

    async def forget_alerts(self, since: datetime) -> None:
        """Forget which alerts were raised from a moment on, so that they are raised when they are due."""
        ...

    async def raise_each_once(self, alerts: Iterable[Alert]) -> set[Alert]:
        """Store alerts; those that were not raised before: only about these anybody is told."""
        ...


class Tasks(Protocol):
    """What the office owes beside questions and meetings, and the clocks of it."""

    async def add(self, task: Task) -> Task:
        """Store a task."""
        ...

    async def get(self, task_id: TaskId, *, lock: bool = False) -> Task:
        """One task; `NotFound` when there is none."""
        ...

    async def many(self, task_ids: Iterable[TaskId]) -> dict[TaskId, Task]:
        """Several tasks by id."""
        ...

    async def by_key(self, key: str) -> Task | None:
        """A task by its key."""
        ...

    async def open_in(self, unit_ids: Iterable[UnitId]) -> Sequence[tuple[Task, date]]:
        """The tasks of units that are not done, with the day each is owed, the soonest first."""
        ...

    async def of_person(self, person_id: PersonId) -> Sequence[Task]:
        """The requests of a person, oldest first."""
        ...

    async def clocks_of(self, task_id: TaskId) -> Sequence[Clock]:
        """The running clocks of a task."""
        ...

    async def clocks_around(self, meeting_id: MeetingId) -> Sequence[Clock]:
        """The running clocks of the tasks around a meeting."""
        ...

    async def clocks_in(self, task_id: TaskId, state: ClockState) -> Sequence[Clock]:
        """The clocks of a task that are in a state, the oldest first."""
        ...

    async def add_note(self, note: TaskNote) -> None:
        """Store a note on a task."""
        ...

    async def notes(self, task_id: TaskId) -> Sequence[TaskNote]:
        """The notes on a task, the oldest first."""
        ...

    async def add_file(self, file: TaskFile) -> None:
        """Store that a file shows what was done for a task."""
        ...

    async def files(self, task_id: TaskId) -> Sequence[TaskFile]:
        """The files of a task, the oldest first."""
        ...

    async def around(self, meeting_id: MeetingId) -> Sequence[Task]:
        """The tasks of a meeting, done or not, in the order they were given."""
        ...

    async def at_desks(self, desk_ids: Iterable[DeskId], *, most: int) -> Sequence[tuple[Task, date | None]]:
        """The tasks these bodies lead, or join in, that are not done; with the day each is due, the soonest first."""
        ...

    async def reported_in(self, unit_ids: Iterable[UnitId]) -> Sequence[Task]:
        """The tasks of units that a body says it has done and nobody has looked at yet, the oldest first."""
        ...

    async def of_kind(self, unit_ids: Iterable[UnitId], kind: TaskKind, *, most: int) -> Sequence[Task]:
        """The last tasks of a kind in units, done or not, the newest first."""
        ...

    async def open_questions(self, plan_id: PlanId, since: datetime, until: datetime) -> int:
        """How many questions of a plan's meetings that ended before `until` were still open at `since` or later."""
        ...


class Overrides(Protocol):
    """What was entered by hand about the calendar, and the recomputations that are still owed for it."""

    async def days(self) -> Sequence[Override]:
        """Every override, by day."""
        ...

    async def put(self, overrides: Sequence[Override]) -> None:
        """Store overrides; one that stands on the same day is replaced."""
        ...

    async def take_back(self, on: date) -> None:
        """Remove the override of a day, if there is one."""
        ...

    async def confirm(self, years: Sequence[ConfirmedYear]) -> None:
        """Store confirmed years; an earlier confirmation is replaced."""
        ...

    async def calendar(self, *, culture_day: bool | None = None) -> WorkCalendar:
        """The calendar as this transaction leaves it; with `culture_day` given, as it would be with the day so."""
        ...

    async def changed(self, *, culture_day: bool | None = None) -> None:
        """Make every process read the calendar anew once this is committed; changes wait for each other here."""
        ...

    async def counts_culture_day(self) -> bool:
        """Whether running clocks were last computed with 24 November as a day off."""
        ...

    async def owe(self, recomputation: Recomputation) -> None:
        """Remember that clocks are to be computed once more."""
        ...

    async def owed(self, before: datetime) -> Sequence[Recomputation]:
        """What has been owed since before a moment, oldest first, locked."""
        ...

    async def settled(self, recomputation: Recomputation) -> None:
        """A recomputation is owed no longer."""
        ...
