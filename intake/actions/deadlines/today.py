"""What is due or late for somebody of the office today, as the chat's lists have it, in one view."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.deadlines.office_tasks import TICKING
from intake.actions.people.office import owed_on
from intake.ports import UnitOfWork
from intake.rules.deadlines.task import Task
from intake.rules.people.permissions import holds
from intake.rules.people.person import Grant, Role
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
    tasks: Sequence[tuple[Task, date]] | None = None
    late: Sequence[DueQuestion] | None = None


async def today_of(uow: UnitOfWork, grants: Sequence[Grant]) -> Today:
    """What is due or late for whoever holds these roles, the most urgent first."""
    desks = [grant.desk_id for grant in grants if grant.role is Role.OFFICIAL and grant.desk_id is not None]
    return Today(
        queue=[DueQuestion(one, due) for one, due in await uow.questions.of_desks(desks)] if desks else None,
        to_sort=await _to_sort(uow, await _units(uow, grants, [Role.SECRETARY])),
        to_approve=await _to_approve(uow, await _units(uow, grants, [Role.CHAIR])),
        tasks=await _tasks(uow, await _units(uow, grants, TICKING)),
        late=await _late(uow, await _units(uow, grants, _SEES_LATE)),
    )


async def _units(uow: UnitOfWork, grants: Sequence[Grant], roles: Iterable[Role]) -> list[UnitId]:
    wanted = tuple(roles)
    return [unit.id for unit in await uow.places.roots() if any(holds(grants, role, unit) for role in wanted)]


async def _to_sort(uow: UnitOfWork, units: Sequence[UnitId]) -> Sequence[DueQuestion] | None:
    if not units:
        return None
    waiting = await uow.questions.for_triage(units)
    return [DueQuestion(one, await owed_on(uow, one) if place < MOST else None) for place, one in enumerate(waiting)]


async def _to_approve(uow: UnitOfWork, units: Sequence[UnitId]) -> Sequence[DueQuestion] | None:
    if not units:
        return None
    asked = dict.fromkeys(one.question_id for one in await uow.questions.waiting_proposals(units))
    questions = [await uow.questions.get(one) for one in asked]
    return [DueQuestion(one, await owed_on(uow, one) if place < MOST else None) for place, one in enumerate(questions)]


async def _tasks(uow: UnitOfWork, units: Sequence[UnitId]) -> Sequence[tuple[Task, date]] | None:
    return await uow.tasks.open_in(units) if units else None


async def _late(uow: UnitOfWork, units: Sequence[UnitId]) -> Sequence[DueQuestion] | None:
    if not units:
        return None
    return [DueQuestion(one, due) for one, due in await uow.questions.late_in(units, uow.today)]
