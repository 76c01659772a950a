"""A person's own data: erased at once when the person says so (LAW C5)."""

from datetime import datetime

from intake.actions.seats import fill_seats
from intake.actions.speaking_order import leave_order
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadline import ClockState
from intake.rules.meeting import LIVE, Registration, RegistrationState
from intake.rules.person import Person

NO_NAME = ""
"""The name of a person who was erased; whoever shows it says so in the reader's language."""


async def erase(uow: UnitOfWork, *, person: Person) -> None:
    """Erase a person: name, phone, hamlet, roles, chats, letters; consent is withdrawn with it.

    The questions stay as they were asked, without a name, since they are part of the administrative record (archives
    law, LAW C5); so do the numbers of registrations, which are withdrawn and emptied, of requests about the own data,
    which are emptied and owed no more, and places on lists of guests, which are emptied; a seat that becomes free goes
    to whoever waits first. Neighbours the person entered are persons of their own and stay. As everything is done at
    once, no clock is started.
    """
    registrations = await uow.meetings.registrations_of(person.id)
    # several meetings are always locked in this order
    for registration in sorted(registrations, key=lambda one: one.meeting_id):
        await _give_back(uow, registration)
    for guest in await uow.guests.of_person(person.id):
        guest.name = guest.office = guest.stand_in = NO_NAME
        guest.phone_sealed = guest.phone_index = None
    for task in await uow.tasks.of_person(person.id):
        task.text = task.outcome = ""
        if task.done_at is None:  # nobody is left to be told, and nothing of the person is left to be dealt with
            task.done_at = uow.now
            for clock in await uow.tasks.clocks_of(task.id):
                clock.state, clock.ended_at = ClockState.ENDED, uow.now
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


async def _give_back(uow: UnitOfWork, unlocked: Registration) -> None:
    meeting = await uow.meetings.get(unlocked.meeting_id, lock=True)
    registration = await uow.rosters.registration(unlocked.id)
    registration.content = registration.reason = registration.moved_why = ""
    if registration.state in LIVE:
        await leave_order(uow, meeting, registration)
        registration.state = RegistrationState.WITHDRAWN
        await fill_seats(uow, meeting, registration.unit_id)
