"""What is due or late for somebody of the office today, as the chat's lists have it, in one view."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.deadlines.office_tasks import TICKING
from intake.actions.deadlines.task_reports import tasks_of_bodies
from intake.actions.people.office import owed_on
from intake.actions.questions.approvers import approvable
from intake.actions.sealed.access import readable
from intake.actions.sealed.sorting import waiting_to_sort
from intake.ports import UnitOfWork
from intake.rules.deadlines.task import Task
from intake.rules.people.permissions import holds
from intake.rules.people.person import Grant, Person, Role
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import Question

MOST = 50
"""How many lines a list shows; how many there are besides is said."""
_SEES_LATE = (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """A question and the day its asker is owed an answer; None: only the meeting will start its clock."""

    question: Question
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Today:
    """What waits for a person; a list that their roles have no part in is None."""

    queue: Sequence[DueQuestion] | None = None
    to_sort: Sequence[DueQuestion] | None = None
    to_approve: Sequence[DueQuestion] | None = None
    tasks: Sequence[tuple[Task, date | None]] | None = None
    late: Sequence[DueQuestion] | None = None


async def today_of(uow: UnitOfWork, person: Person, grants: Sequence[Grant]) -> Today:
    """What is due or late for a person with these roles, the most urgent first; never what names them."""
    desks = [grant.desk_id for grant in grants if grant.role is Role.OFFICIAL and grant.desk_id is not None]
    return Today(
        queue=await _readable(uow, person, await uow.questions.of_desks(desks)) if desks else None,
        to_sort=await _to_sort(uow, person),
        to_approve=await _to_approve(uow, person, await _units(uow, grants, [Role.CHAIR])),
        tasks=await _tasks(uow, await _units(uow, grants, TICKING), grants if desks else ()),
        late=await _late(uow, person, await _units(uow, grants, _SEES_LATE)),
    )


async def _units(uow: UnitOfWork, grants: Sequence[Grant], roles: Iterable[Role]) -> list[UnitId]:
    wanted = tuple(roles)
    return [unit.id for unit in await uow.places.roots() if any(holds(grants, role, unit) for role in wanted)]


async def _readable(
    uow: UnitOfWork, person: Person, listed: Iterable[tuple[Question, date | None]]
) -> Sequence[DueQuestion]:
    due_on = dict(listed)
    return [DueQuestion(one, due_on[one]) for one in await readable(uow, person, due_on)]


async def _to_sort(uow: UnitOfWork, person: Person) -> Sequence[DueQuestion] | None:
    waiting = await waiting_to_sort(uow, person)
    if waiting is None:
        return None
    return [DueQuestion(one, await owed_on(uow, one) if place < MOST else None) for place, one in enumerate(waiting)]


async def _to_approve(uow: UnitOfWork, person: Person, units: Sequence[UnitId]) -> Sequence[DueQuestion] | None:
    asked = dict.fromkeys(one.question_id for one in await approvable(uow, person))
    if not units and not asked:
        return None
    questions = [await uow.questions.get(one) for one in asked]
    return [DueQuestion(one, await owed_on(uow, one) if place < MOST else None) for place, one in enumerate(questions)]


async def _tasks(
    uow: UnitOfWork, units: Sequence[UnitId], at_bodies: Sequence[Grant]
) -> Sequence[tuple[Task, date | None]] | None:
    """What the unit owes, for who ticks it off; else the tasks of the bodies at which the person works."""
    if units:
        return [*await uow.tasks.open_in(units)]
    return await tasks_of_bodies(uow, at_bodies) if at_bodies else None


async def _late(uow: UnitOfWork, person: Person, units: Sequence[UnitId]) -> Sequence[DueQuestion] | None:
    if not units:
        return None
    return await _readable(uow, person, await uow.questions.late_in(units, uow.today))
