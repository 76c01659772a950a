"""Where and from when somebody holds a role, and who gave or stopped it, as chats and the desk show it."""

from datetime import datetime

from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.message import Param, Term
from intake.rules.people.person import EndedGrant, Grant, PersonId

from .people import name_of


async def place_of(uow: UnitOfWork, held: Grant | EndedGrant) -> str:
    """The unit of a role, behind the desk where it is held at one."""
    unit = await uow.places.unit(held.unit_id)
    desk = None if held.desk_id is None else await uow.places.desk(held.desk_id)
    return unit.name if desk is None else f"{desk.name}, {unit.name}"


async def by_whom(uow: UnitOfWork, person_id: PersonId | None) -> Param:
    """The name of whoever did something about a role; a command, where it was nobody we know."""
    person = None if person_id is None else await uow.people.get(person_id)
    return Term("roles.by_command") if person is None else name_of(person)


def day_or(at: datetime | None, otherwise: str) -> Param:
    """The day of a moment in Việt Nam, or the sentence for none."""
    return Term(otherwise) if at is None else at.astimezone(LOCAL).date()
