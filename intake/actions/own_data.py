"""A person's own data: erased at once when the person says so (LAW C5)."""

from datetime import datetime

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.meeting import RegistrationState
from intake.rules.person import Person

NO_NAME = ""
"""The name of a person who was erased; whoever shows it says so in the reader's language."""


async def erase(uow: UnitOfWork, *, person: Person) -> None:
    """Erase a person: name, phone, hamlet, roles, chats, letters; consent is withdrawn with it.

    The questions stay as they were asked, without a name, since they are part of the administrative record (archives
    law, LAW C5); so do the numbers of registrations, which are withdrawn and emptied. Neighbours the person entered are
    persons of their own and stay. As everything is done at once, no clock is started.
    """
    for registration in await uow.meetings.registrations_of(person.id):
        registration.state, registration.content = RegistrationState.WITHDRAWN, ""
    await uow.links.forget(person.id)
    for account in await uow.accounts.all_of(person.id):
        await uow.accounts.forget(account)
    await uow.letters.forget(person.id)
    await uow.people.take_roles(person.id)
    empty(person, uow.now)
    await uow.ledger.write(AuditEntry(uow.now, person.id, "erase", f"person:{person.id}"))


def empty(person: Person, at: datetime) -> None:
    """Leave nothing of a person but that there was one."""
    person.name = NO_NAME
    person.phone_sealed = person.phone_index = None
    person.hamlet_id = None
    person.consent_version = person.consent_at = None
    person.erased_at = at
