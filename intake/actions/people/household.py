"""A household shares one phone: its members are people of their own, with own questions, registrations and rights."""

from collections.abc import Sequence

from intake.actions.people.consent_taken import take_consent
from intake.actions.people.enrol import clean_name
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Person, PersonId
from intake.rules.text import known_as_one

MOST_MEMBERS = 12
"""So many people may share one phone; more than that is an office's business."""


def require_room_at_home(owner: Person) -> None:
    """Raise `RuleBroken` for somebody without a home, or whose household is full."""
    if owner.hamlet_id is None:
        raise RuleBroken("refusal.no_hamlet")
    if owner.members >= MOST_MEMBERS:
        raise RuleBroken("refusal.household_full", {"most": MOST_MEMBERS})


async def add_member(uow: UnitOfWork, *, owner: Person, name: str, another: bool = False, known_as: str = "") -> Person:
    """Add somebody of the household whose phone this is; the consent was given by word of mouth.

    Nobody is looked for outside the household: a name proves nothing, and whoever is somebody else's neighbour keeps
    what is theirs. Raises `RuleBroken` for somebody without a home or with `MOST_MEMBERS`, and where a member has the
    name already unless it is `another`, told apart by `known_as`.
    """
    name = clean_name(name)
    await uow.people.lock(owner.id)
    require_room_at_home(owner)
    if not another and await of_one_name_at_home(uow, owner, name):
        raise RuleBroken("refusal.namesake", {"name": name})
    member = await uow.people.add(
        Person(
            name=name,
            hamlet_id=owner.hamlet_id,
            place=owner.place,
            language=owner.language,
            entered_by=owner.id,
            created_at=uow.now,
            known_as=known_as,
            shares_phone=True,
        )
    )
    await take_consent(uow, member)
    owner.members += 1
    await uow.ledger.write(AuditEntry(uow.now, owner.id, "add_member", f"person:{member.id}"))
    return member


async def of_one_name_at_home(uow: UnitOfWork, owner: Person, name: str) -> Sequence[Person]:
    """Who of the household has a name, the owner of the phone too; spelt in whatever way."""
    return [one for one in (owner, *await uow.people.household_of(owner.id)) if known_as_one(one.name, name)]


async def member_of(uow: UnitOfWork, owner: Person, person_id: PersonId) -> Person:
    """Somebody who shares this person's phone; `NotFound` for everybody else."""
    for member in await uow.people.household_of(owner.id) if owner.members else ():
        if member.id == person_id:
            return member
    raise NotFound


async def leave_household(uow: UnitOfWork, member: Person) -> None:
    """Somebody has a phone of their own now, or is no more: the household speaks for them no longer."""
    if not member.shares_phone or member.entered_by is None:
        return
    await uow.people.lock(member.entered_by)
    owners = await uow.people.many([member.entered_by])
    owners[member.entered_by].members -= 1
    member.shares_phone, member.entered_by = False, None
