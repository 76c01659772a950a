"""A unit says where its people go instead of the chat; whoever holds power there does, or the command line."""

from intake.actions.people.roles import may_lend
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.people.contact import ContactKind, Contacts, UnitContact, clean_contact
from intake.rules.people.person import Person
from intake.rules.people.unit import Unit, UnitId


async def set_contact(uow: UnitOfWork, *, by: Person | None, unit: Unit, kind: ContactKind, typed: str) -> UnitContact:
    """Say one of the texts of a unit, or say it anew; it holds at once. Raises `NotFound`, `RuleBroken`."""
    if by is not None:
        await may_lend(uow, by, unit)
    contact = UnitContact(unit.id, kind, clean_contact(kind, typed), None if by is None else by.id, uow.now)
    await uow.places.say_contact(contact)
    actor = None if by is None else by.id
    await uow.ledger.write(AuditEntry(uow.now, actor, "set_contact", f"unit:{unit.id}", {"kind": kind.value}))
    return contact


async def contacts_for(uow: UnitOfWork, person: Person | None) -> Contacts:
    """What the unit a person lives in has said, or the nearest above it; nothing for somebody without a hamlet."""
    if person is None or person.hamlet_id is None:
        return {}
    return await contacts_of(uow, person.hamlet_id)


async def contacts_of(uow: UnitOfWork, unit_id: UnitId) -> Contacts:
    """What a unit has said, each text from the nearest unit above it where it has not."""
    return await uow.places.contacts(await uow.places.unit(unit_id))
