"""For whom a unit's denunciations are sealed: the named officer and the recovery key on paper (LAW C4)."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.actions.outbox.tell import tell
from intake.actions.people.roles import may_lend, tell_power
from intake.ports import Seals, UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.message import Message, button
from intake.rules.people.permissions import holds
from intake.rules.people.person import Grant, Person, PersonId, Role
from intake.rules.people.unit import Unit
from intake.rules.sealed.matter import SealedAnew, SealedKey

MAY_KEEP = (Role.CHAIR, Role.SECRETARY, Role.OFFICIAL, Role.SUPERVISOR)
"""Who can be the named officer."""


@dataclass(frozen=True, slots=True)
class SealedStanding:
    """How sealing stands in a unit: the officer, None where nothing is set up or the role ended.

    `ready`: the officer has chosen a passphrase. How many matters there are is no part of it: whoever looks every day
    would learn on which one something came.
    """

    set_up: bool
    officer: Person | None
    ready: bool


async def standing_in(uow: UnitOfWork, unit: Unit) -> SealedStanding:
    """How sealing stands in a unit."""
    key = await uow.sealed.key_of(unit.id)
    if key is None:
        return SealedStanding(set_up=False, officer=None, ready=False)
    officer = (await uow.people.many([key.person_id]))[key.person_id] if await has_officer(uow, key) else None
    return SealedStanding(set_up=True, officer=officer, ready=officer is not None and bool(key.recipient))


async def unread_in(uow: UnitOfWork) -> list[Unit]:
    """The units whose store is set up and nobody reads: the officer's role has ended, or there is no passphrase yet."""
    found = []
    for unit in await uow.places.roots():
        stands = await standing_in(uow, unit)
        if stands.set_up and not stands.ready:
            found.append(unit)
    return found


async def unsealable_in(uow: UnitOfWork) -> list[Unit]:
    """The units whose store is set up and where nothing can be sealed: what is stored of a key is none (any more)."""
    found = []
    for unit in await uow.places.roots():
        key = await uow.sealed.key_of(unit.id)
        if key is not None and not uow.seals.takes([one for one in (key.recipient, key.recovery) if one]):
            found.append(unit)
    return found


async def candidates(uow: UnitOfWork, by: Person, unit: Unit) -> list[tuple[Grant, Person]]:
    """Who can be named: whoever has a role in the unit, once a person, never who names. `NotFound` without power."""
    await may_lend(uow, by, unit)
    found = {
        person.id: (grant, person)
        for grant, person, _ in await uow.people.grants_in(unit)
        if _may_keep([grant], unit) and person.id != by.id
    }
    return list(found.values())


async def set_up(uow: UnitOfWork, seals: Seals, *, unit: Unit, grant_id: int, by: Person | None = None) -> str:
    """Name the officer of a unit, and make the recovery key. Returns what is to be written on paper, once.

    It is kept nowhere. `by` holds power in the unit and is not the officer; None: the command line. Raises `NotFound`
    for all others, `RuleBroken` where the unit has been set up (then: `name_officer`) and for a grant that is nobody's
    of the unit.
    """
    await _require_power(uow, by, unit)
    if await uow.sealed.key_of(unit.id) is not None:
        raise RuleBroken("refusal.sealed_set_up", {"unit": unit.name, "command": "doithoai sealed officer"})
    paper, recovery = seals.new_identity()
    await _name(uow, unit, await _officer(uow, unit, grant_id, by), recovery, by=by)
    return paper


async def name_officer(uow: UnitOfWork, *, unit: Unit, grant_id: int, by: Person | None = None) -> Person:
    """Hand the sealed matters of a unit to another officer, who opens the earlier ones with the recovery key.

    Returns the officer. Raises `RuleBroken` where nothing was set up, and as `set_up` does.
    """
    await _require_power(uow, by, unit)
    before = await uow.sealed.key_of(unit.id)
    if before is None:
        raise not_set_up(unit)
    person_id = await _officer(uow, unit, grant_id, by)
    if before.person_id == person_id and before.ended_at is None:
        raise ChangedMeanwhile
    before.ended_at = before.ended_at or uow.now
    await _name(uow, unit, person_id, before.recovery, by=by)
    await tell(uow, [before.person_id], Message("sealed.you_are_no_more", {"unit": unit.name}))
    return (await uow.people.many([person_id]))[person_id]


async def replace_recovery(
    uow: UnitOfWork, *, key: SealedKey, person: Person, recovery: str, done: Sequence[SealedAnew]
) -> SealedKey:
    """The paper was stolen, copied or lost: another recovery key holds now, for the same officer and passphrase.

    `done` are the parts the officer's key opened, sealed for both anew. What was sealed for the paper alone, or for an
    earlier officer, is none of them: it opens with the old paper, and stays as it is until somebody brings that.
    Everybody who holds power hears of it.
    """
    key.ended_at = uow.now
    anew = await uow.sealed.add_key(
        SealedKey(key.unit_id, person.id, recovery, uow.now, recipient=key.recipient, wrapped=key.wrapped)
    )
    await keep_anew(uow, anew, done)
    detail = {"key": anew.id, "parts": len(done)}
    await uow.ledger.write(AuditEntry(uow.now, person.id, "replace_recovery_key", f"unit:{key.unit_id}", detail))
    unit = await uow.places.unit(key.unit_id)
    await tell_power(uow, unit, Message("sealed.told_paper", {"name": person.name, "unit": unit.name}), but=[person.id])
    return anew


async def keep_anew(uow: UnitOfWork, key: SealedKey, done: Sequence[SealedAnew]) -> None:
    """Store parts as they were sealed for a key."""
    for one in done:
        await uow.sealed.replace_part(one.part, key.id, one.ciphertext)
        for file, name in one.files:
            await uow.sealed.replace_file(file, name)


async def begin_anew(uow: UnitOfWork, *, key: SealedKey, person: Person) -> SealedKey:
    """The officer has lost the passphrase: a key without one takes its place."""
    key.ended_at = uow.now
    unit = await uow.places.unit(key.unit_id)
    return await _name(uow, unit, person.id, key.recovery, by=person)


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


async def _require_power(uow: UnitOfWork, by: Person | None, unit: Unit) -> None:
    if by is not None:
        await may_lend(uow, by, unit)


async def _officer(uow: UnitOfWork, unit: Unit, grant_id: int, by: Person | None) -> PersonId:
    grant = await uow.people.grant(grant_id)
    if grant is None or not _may_keep([grant], unit):
        raise RuleBroken("refusal.sealed_officer", {"unit": unit.name, "command": "doithoai roles list"})
    if by is not None and grant.person_id == by.id:
        raise RuleBroken("refusal.sealed_oneself")
    return grant.person_id


async def _name(uow: UnitOfWork, unit: Unit, person_id: PersonId, recovery: str, *, by: Person | None) -> SealedKey:
    key = await uow.sealed.add_key(SealedKey(unit.id, person_id, recovery, uow.now))
    detail = {"key": key.id, "officer": int(person_id)}
    actor = None if by is None else by.id
    await uow.ledger.write(AuditEntry(uow.now, actor, "name_sealed_officer", f"unit:{unit.id}", detail))
    if actor != person_id:
        opens = ((button("menu.desk", "cmd.ban"),),)
        await tell(uow, [person_id], Message("sealed.you_are_named", {"unit": unit.name}, opens))
        person = (await uow.people.many([person_id]))[person_id]
        told = Message("sealed.told_named", {"name": person.name, "unit": unit.name})
        await tell_power(uow, unit, told, but=[person_id])
    return key
