"""What whoever watches over a unit looks at: whom the plan has watch over what, and what is late (R050, R185–R188)."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.actions.deadlines.findings import READING
from intake.actions.people.office import units_of
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import is_overdue
from intake.rules.errors import NotFound
from intake.rules.people.person import Person
from intake.rules.people.unit import Unit
from intake.rules.plan.plan_tasks import rules_of_conduct
from intake.rules.plan.profile_bodies import PracticeLine
from intake.rules.text import by_name


@dataclass(frozen=True, slots=True)
class Watch:
    """A body the newest plan of a unit has watch over something."""

    office: str
    scope: str
    phrase: str


@dataclass(frozen=True, slots=True)
class SupervisedUnit:
    """A unit as its supervisors see it: who watches over what, the rules of conduct, what is late and how much is not.

    `late_questions`: askers who wait beyond the day they were owed. Of the tasks of the bodies, so many are late, open
    and done.
    """

    unit: Unit
    watches: tuple[Watch, ...]
    conduct: tuple[PracticeLine, ...]
    late_questions: int
    late_tasks: int
    open_tasks: int


async def supervised_by(uow: UnitOfWork, by: Person) -> Sequence[SupervisedUnit]:
    """The units `by` watches over or runs, by name. Raises `NotFound` for whoever does neither."""
    unit_ids = await units_of(uow, by, *READING)
    if not unit_ids:
        raise NotFound
    found = []
    for unit in (await uow.places.units(unit_ids)).values():
        plans = await uow.plans.of_units([unit.id])
        profile = plans[0].decided.profile
        names = {office.key: office.name for office in profile.offices}
        owed = await uow.tasks.open_in([unit.id])
        found.append(
            SupervisedUnit(
                unit,
                tuple(Watch(names[one.office], one.scope, one.phrase) for one in profile.supervision),
                rules_of_conduct(profile),
                len(await uow.questions.late_in([unit.id], uow.today)),
                sum(is_overdue(due_on, uow.today) for _, due_on in owed),
                len(owed),
            )
        )
    return sorted(found, key=lambda one: by_name(one.unit.name))
