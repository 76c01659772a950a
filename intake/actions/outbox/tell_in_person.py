"""Who no chat reaches, and the hamlet head's word that they were told in person (R099)."""

from collections.abc import Sequence

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound
from intake.rules.outbox.letter import Letter
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import UnitId


async def to_tell_in_person(uow: UnitOfWork, by: Person, hamlet_id: UnitId) -> Sequence[tuple[Letter, Person]]:
    """What people of a hamlet have not received and were not told of, oldest first; `NotFound` but for its head."""
    grants = await uow.people.grants_of(by.id)
    if not any(grant.role is Role.HAMLET_HEAD and grant.unit_id == hamlet_id for grant in grants):
        raise NotFound
    return await uow.letters.in_person(hamlet_id, uow.now - uow.channel_policy.patience)


async def tell_in_person(uow: UnitOfWork, *, by: Person, hamlet_id: UnitId, person_id: PersonId, last: int) -> int:
    """Note that the hamlet head told a person that something is there for them. Returns how many letters that were.

    `last` is the id of the newest letter the head was shown: what came since is still to be told. The letters of
    somebody who comes back to the chat go out all the same; only broadcasts are over.
    """
    told = [
        letter
        for letter, person in await to_tell_in_person(uow, by, hamlet_id)
        if person.id == person_id and letter.id <= last
    ]
    for letter in told:
        letter.told_at, letter.told_by = uow.now, by.id
    if told:
        await uow.ledger.write(
            AuditEntry(uow.now, by.id, "tell_in_person", f"person:{person_id}", {"letters": len(told)})
        )
    return len(told)
