"""Whom a question names, in words."""

from intake.ports import UnitOfWork
from intake.rules.message import Term
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.sealed.named import Named, NamedKind


async def who(uow: UnitOfWork, named: Named) -> str | Term:
    """What one that is named is called: the desk, the person, the office."""
    match named.kind:
        case NamedKind.DESK:
            return (await uow.places.desk(DeskId(named.id))).name
        case NamedKind.PERSON:
            person = await uow.people.get(PersonId(named.id))
            return Term("person.erased") if person is None or not person.name else person.name
        case NamedKind.HAMLET_HEAD:
            return Term("named.hamlet_head", {"hamlet": (await uow.places.unit(UnitId(named.id))).name})
        case _:
            return Term(f"named.{named.kind.value}")
