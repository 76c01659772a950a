"""Tasks of the office beside questions and meetings, with their clocks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.deadlines.task import REPORTED, Task, TaskFile, TaskId, TaskKind, TaskNote
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.plan.plan import PlanId
from intake.rules.questions.question import QuestionState
from storage import tables as t
from storage.lookup import found
from storage.transaction import Transaction


def _owed() -> sa.Subquery:
    """The day each task is due."""
    return (
        sa.select(t.clocks.c.task_id, sa.func.min(t.clocks.c.due_on).label("due_on"))
        .where(t.clocks.c.state == ClockState.RUNNING, t.clocks.c.task_id.is_not(None))
        .group_by(t.clocks.c.task_id)
        .subquery()
    )


class TaskRows:
    """Tasks, found by what they are for or by whom they wait for."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, task: Task) -> Task:
        self._session.add(task)
        await self._session.flush()
        return task

    async def get(self, task_id: TaskId, *, lock: bool = False) -> Task:
        return found(await self._session.get(Task, task_id, with_for_update=lock or None, populate_existing=lock))

    async def many(self, task_ids: Iterable[TaskId]) -> dict[TaskId, Task]:
        wanted = list(task_ids)
        if not wanted:  # most sweeps have none
            return {}
        rows = await self._session.scalars(sa.select(Task).where(t.tasks.c.id.in_(wanted)))
        return {task.id: task for task in rows}

    async def by_key(self, key: str) -> Task | None:
        return (await self._session.scalars(sa.select(Task).where(t.tasks.c.key == key))).one_or_none()

    async def open_in(self, unit_ids: Iterable[UnitId]) -> Sequence[tuple[Task, date]]:
        owed = _owed()
        rows = await self._session.execute(
            sa.select(Task, owed.c.due_on)
            .join(owed, owed.c.task_id == t.tasks.c.id)
            .where(t.tasks.c.unit_id.in_(list(unit_ids)), t.tasks.c.done_at.is_(None))
            .order_by(owed.c.due_on, t.tasks.c.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def of_person(self, person_id: PersonId) -> Sequence[Task]:
        rows = sa.select(Task).where(t.tasks.c.person_id == person_id).order_by(t.tasks.c.id)
        return (await self._session.scalars(rows)).all()

    async def clocks_of(self, task_id: TaskId) -> Sequence[Clock]:
        return await self.clocks_in(task_id, ClockState.RUNNING)

    async def clocks_around(self, meeting_id: MeetingId) -> Sequence[Clock]:
        mine = sa.select(t.tasks.c.id).where(t.tasks.c.meeting_id == meeting_id)
        rows = sa.select(Clock).where(t.clocks.c.task_id.in_(mine), t.clocks.c.state == ClockState.RUNNING)
        return (await self._session.scalars(rows.order_by(t.clocks.c.id))).all()

    async def clocks_in(self, task_id: TaskId, state: ClockState) -> Sequence[Clock]:
        rows = sa.select(Clock).where(t.clocks.c.task_id == task_id, t.clocks.c.state == state)
        return (await self._session.scalars(rows.order_by(t.clocks.c.id))).all()

    async def add_note(self, note: TaskNote) -> None:
        self._session.add(note)
        await self._session.flush()

    async def notes(self, task_id: TaskId) -> Sequence[TaskNote]:
        rows = sa.select(TaskNote).where(t.task_notes.c.task_id == task_id).order_by(t.task_notes.c.id)
        return (await self._session.scalars(rows)).all()

    async def add_file(self, file: TaskFile) -> None:
        self._session.add(file)
        await self._session.flush()

    async def files(self, task_id: TaskId) -> Sequence[TaskFile]:
        rows = sa.select(TaskFile).where(t.task_files.c.task_id == task_id).order_by(t.task_files.c.id)
        return (await self._session.scalars(rows)).all()

    async def around(self, meeting_id: MeetingId) -> Sequence[Task]:
        rows = sa.select(Task).where(t.tasks.c.meeting_id == meeting_id).order_by(t.tasks.c.id)
        return (await self._session.scalars(rows)).all()

    async def at_desks(self, desk_ids: Iterable[DeskId], *, most: int) -> Sequence[tuple[Task, date | None]]:
        wanted = list(desk_ids)
        units = sa.select(t.desks.c.unit_id).where(t.desks.c.id.in_(wanted))
        owed = _owed()
        rows = await self._session.execute(
            sa.select(Task, owed.c.due_on)
            .outerjoin(owed, owed.c.task_id == t.tasks.c.id)
            .where(t.tasks.c.unit_id.in_(units), t.tasks.c.done_at.is_(None), t.tasks.c.kind.in_(REPORTED))
            .order_by(owed.c.due_on.is_(None), owed.c.due_on, t.tasks.c.id)
        )
        theirs = [(task, due_on) for task, due_on in rows if {task.desk_id, *task.others} & {*wanted}]
        return theirs[:most]

    async def reported_in(self, unit_ids: Iterable[UnitId]) -> Sequence[Task]:
        rows = sa.select(Task).where(
            t.tasks.c.unit_id.in_(list(unit_ids)),
            t.tasks.c.done_at.is_not(None),
            t.tasks.c.done_by.is_not(None),
            t.tasks.c.seen_at.is_(None),
            t.tasks.c.kind.in_([TaskKind.DUTY, TaskKind.FINDING]),
        )
        return (await self._session.scalars(rows.order_by(t.tasks.c.done_at, t.tasks.c.id))).all()

    async def of_kind(self, unit_ids: Iterable[UnitId], kind: TaskKind, *, most: int) -> Sequence[Task]:
        rows = sa.select(Task).where(t.tasks.c.unit_id.in_(list(unit_ids)), t.tasks.c.kind == kind)
        return (await self._session.scalars(rows.order_by(t.tasks.c.id.desc()).limit(most))).all()

    async def open_questions(self, plan_id: PlanId, since: datetime, until: datetime) -> int:
        over = [QuestionState.CLOSED, QuestionState.OUT_OF_SCOPE, QuestionState.GATHERED, QuestionState.SEALED]
        number = await self._session.scalar(
            sa.select(sa.func.count())
            .select_from(t.questions)
            .join(t.meetings, t.meetings.c.id == t.questions.c.meeting_id)
            .where(
                t.meetings.c.plan_id == plan_id,
                t.meetings.c.ended_at < until,
                sa.or_(t.questions.c.state.not_in(over), t.questions.c.closed_at >= since),
            )
        )
        return int(number or 0)
