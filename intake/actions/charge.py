"""Count messages that cost something against the budget of a unit, and warn its secretaries."""

from intake.actions.tell import tell
from intake.ports import UnitOfWork
from intake.rules.budget import crossed, month_of
from intake.rules.message import Message
from intake.rules.person import Person, PersonId, Role
from intake.rules.reach import Way
from intake.rules.unit import Unit


async def charge(uow: UnitOfWork, person_id: PersonId, way: Way, count: int = 1) -> None:
    """Count paid messages to a person for the month of today; at 80 % and at 100 % the secretaries are told, once."""
    person = await uow.people.get(person_id)
    unit = None if person is None else await paying_unit(uow, person)
    if unit is None:
        return
    month = month_of(uow.today)
    spent = await uow.ledger.count_messages(unit.id, month, way, count)
    budget = uow.reach.budgets.of(unit.code)
    level = crossed(spent - count, spent, budget)
    if level is None:
        return
    message = Message("budget.warning", {"unit": unit.name, "spent": spent, "budget": budget, "percent": level})
    secretaries = await uow.people.holders(Role.SECRETARY, unit)
    await tell(uow, [one.id for one in secretaries], message, once=f"budget:{unit.id}:{month}:{level}")


async def paying_unit(uow: UnitOfWork, person: Person) -> Unit | None:
    """The unit whose budget carries messages to a person: the nearest one with a plan above the hamlet, or the role.

    None for somebody who belongs nowhere.
    """
    places = [] if person.hamlet_id is None else [person.hamlet_id]
    places += [grant.unit_id for grant in await uow.people.grants_of(person.id)]
    if not places:
        return None
    return await uow.places.home(await uow.places.unit(places[0]))
