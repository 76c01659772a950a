"""For whom a unit's denunciations are sealed: the named officer and the recovery key on paper (LAW C4)."""

from collections.abc import Sequence

from intake.actions.outbox.tell import tell
from intake.actions.people.roles import tell_power
from intake.ports import Seals, UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.message import Message, button
from intake.rules.people.permissions import holds
from intake.rules.people.person import Grant, Person, PersonId, Role
from intake.rules.people.unit import Unit
from intake.rules.sealed.matter import SealedKey

MAY_KEEP = (Role.CHAIR, Role.SECRETARY, Role.OFFICIAL, Role.SUPERVISOR)
"""Who can be the named officer."""


async def set_up(uow: UnitOfWork, seals: Seals, *, unit: Unit, grant_id: int) -> str:
    """Name the officer of a unit, and make the recovery key. Returns what is to be written on paper, once.

    It is kept nowhere. Raises `RuleBroken` where the unit has been set up (then: `name_officer`) and for a grant that
    is nobody's of the unit.
    """
    if await uow.sealed.key_of(unit.id) is not None:
        raise RuleBroken("refusal.sealed_set_up", {"unit": unit.name, "command": "doithoai sealed officer"})
    paper, recovery = seals.new_identity()
    await _name(uow, unit, await _officer(uow, unit, grant_id), recovery, by=None)
    return paper


async def name_officer(uow: UnitOfWork, *, unit: Unit, grant_id: int) -> None:
    """Hand the sealed matters of a unit to another officer, who opens the earlier ones with the recovery key.

    Raises `RuleBroken` where nothing was set up, and as `set_up` does.
    """
    before = await uow.sealed.key_of(unit.id)
    if before is None:
        raise not_set_up(unit)
    person_id = await _officer(uow, unit, grant_id)
    before.ended_at = before.ended_at or uow.now
    await _name(uow, unit, person_id, before.recovery, by=None)


async def begin_anew(uow: UnitOfWork, *, key: SealedKey, person: Person) -> SealedKey:
    """The officer has lost the passphrase: a key without one takes its place."""
    key.ended_at = uow.now
    unit = await uow.places.unit(key.unit_id)
    return await _name(uow, unit, person.id, key.recovery, by=person.id)


def not_set_up(unit: Unit) -> RuleBroken:
    """That a unit has nobody to seal anything for."""
    return RuleBroken("refusal.sealed_not_set_up", {"unit": unit.name, "command": "doithoai sealed setup"})


async def has_officer(uow: UnitOfWork, key: SealedKey) -> bool:
    """Whether the named officer is one still: a role that ended or is suspended takes this along at once."""
    if key.ended_at is not None:
        return False
    return _may_keep(await uow.people.grants_of(key.person_id), await uow.places.unit(key.unit_id))


async def officers_keys(uow: UnitOfWork, person: Person) -> Sequence[SealedKey]:
    """The keys of which the person is the named officer, in units in which a role is held still."""
    keys = await uow.sealed.keys_of_officer(person.id)
    grants = await uow.people.grants_of(person.id) if keys else ()
    return [key for key in keys if _may_keep(grants, await uow.places.unit(key.unit_id))]


def _may_keep(grants: Sequence[Grant], unit: Unit) -> bool:
    return any(holds(grants, role, unit) for role in MAY_KEEP)


async def _officer(uow: UnitOfWork, unit: Unit, grant_id: int) -> PersonId:
    grant = await uow.people.grant(grant_id)
    if grant is None or not _may_keep([grant], unit):
        raise RuleBroken("refusal.sealed_officer", {"unit": unit.name, "command": "doithoai roles list"})
    return grant.person_id


async def _name(uow: UnitOfWork, unit: Unit, person_id: PersonId, recovery: str, *, by: PersonId | None) -> SealedKey:
    key = await uow.sealed.add_key(SealedKey(unit.id, person_id, recovery, uow.now))
    detail = {"key": key.id, "officer": int(person_id)}
    await uow.ledger.write(AuditEntry(uow.now, by, "name_sealed_officer", f"unit:{unit.id}", detail))
    if by is None:
        opens = ((button("menu.desk", "cmd.ban"),),)
        await tell(uow, [person_id], Message("sealed.you_are_named", {"unit": unit.name}, opens))
        person = (await uow.people.many([person_id]))[person_id]
        told = Message("sealed.told_named", {"name": person.name, "unit": unit.name})
        await tell_power(uow, unit, told, but=[person_id])
    return key
