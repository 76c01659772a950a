"""Roles are lent: who holds what, taking back, suspending, handing on to a successor, and what hung on whoever leaves.

Every one of these is told to whoever holds power in the unit, so that a stolen phone that gives or takes roles is
noticed at once, and stopped by one message of anybody else who holds any.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Message, Param, Term
from intake.rules.people.permissions import require
from intake.rules.people.person import EndedGrant, Grant, Person, PersonId, Role
from intake.rules.people.unit import Desk, DeskId, Unit

POWER = (Role.SECRETARY, Role.CHAIR, Role.ADMIN)
"""Who sees and takes back roles in a unit, and is told of every change."""


async def may_lend(uow: UnitOfWork, by: Person, unit: Unit) -> None:
    """Raise `NotFound` unless the person holds power in the unit or above it."""
    require(await uow.people.grants_of(by.id), POWER, unit)


async def tell_power(uow: UnitOfWork, unit: Unit, message: Message, *, but: Iterable[PersonId] = ()) -> None:
    """Tell everybody who holds power in a unit or above it, but some."""
    holders = {person.id for role in POWER for person in await uow.people.holders(role, unit)}
    await tell(uow, sorted(holders - set(but)), message)


@dataclass(frozen=True, slots=True)
class Dependants:
    """What hangs on a person: neighbours they speak for, desks nobody else works at."""

    neighbours: tuple[Person, ...] = ()
    empty_desks: tuple[Desk, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.neighbours or self.empty_desks)


async def dependants_of(uow: UnitOfWork, person: Person, grants: Sequence[Grant]) -> Dependants:
    """What would be left without anybody if the person gave these roles back."""
    headed = {grant.unit_id for grant in grants if grant.role is Role.HAMLET_HEAD}
    neighbours = [one for one in await uow.people.neighbours_of(person.id) if one.hamlet_id in headed]
    worked_at = dict.fromkeys(grant.desk_id for grant in grants if grant.desk_id is not None)
    empty = [one for one in worked_at if {person.id} >= {other.id for other in await uow.people.at_desk(one)}]
    return Dependants(tuple(neighbours), tuple([await uow.places.desk(desk_id) for desk_id in empty]))


async def take_back(uow: UnitOfWork, *, by: Person | None, grant_id: int) -> EndedGrant:
    """Take a role back; it counts from this very act on, in every chat.

    `by` holds power in the unit, or gives the own role back; None is the command line. What hung on the person goes to
    whoever else heads the hamlet, else to the secretary's list of people to tell in person. Raises `NotFound`.
    """
    grant, unit = await _held(uow, by, grant_id)
    return await end_grant(uow, grant, unit, by=by, act="take_back_role")


async def suspend(uow: UnitOfWork, *, by: Person | None, grant_id: int, until: date) -> EndedGrant:
    """Suspend a role; `until` is the first day it counts again. Raises `NotFound`, `RuleBroken` for a day not ahead."""
    if until <= uow.today:
        raise RuleBroken("refusal.suspend_day", {"today": uow.today})
    grant, unit = await _held(uow, by, grant_id)
    return await end_grant(uow, grant, unit, by=by, act="suspend_role", until=until)


async def resume(uow: UnitOfWork, *, by: Person | None, ended_id: int) -> Grant:
    """Let a suspended role count again before its day. Raises `NotFound`; nobody lifts their own suspension."""
    ended = await uow.people.ended_grant(ended_id)
    if ended is None or ended.until is None or (by is not None and by.id == ended.person_id):
        raise NotFound
    unit = await uow.places.unit(ended.unit_id)
    if by is not None:
        await may_lend(uow, by, unit)
    return await _hold_again(uow, ended, unit, by)


async def resume_due(uow: UnitOfWork) -> int:
    """Let every suspended role whose day has come count again. Returns how many those were."""
    resumed = 0
    for ended in await uow.people.suspended_until(uow.today):
        person = await uow.people.get(ended.person_id)
        if person is None or person.erased_at is not None:
            ended.until = None
            continue
        await _hold_again(uow, ended, await uow.places.unit(ended.unit_id), None)
        resumed += 1
    return resumed


async def _hold_again(uow: UnitOfWork, ended: EndedGrant, unit: Unit, by: Person | None) -> Grant:
    grant = await uow.people.hold_again(ended)
    person = await uow.people.get(grant.person_id)
    detail = {"role": grant.role.value, "unit": int(unit.id)}
    await uow.ledger.write(
        AuditEntry(uow.now, None if by is None else by.id, "resume_role", f"person:{grant.person_id}", detail)
    )
    told = await _words(uow, person, grant.role, unit, grant.desk_id, by)
    await tell_power(uow, unit, Message("roles.told_resumed", told), but=[grant.person_id])
    await tell(uow, [grant.person_id], Message("roles.yours_resumed", told))
    return grant


async def _held(uow: UnitOfWork, by: Person | None, grant_id: int) -> tuple[Grant, Unit]:
    grant = await uow.people.grant(grant_id)
    if grant is None:
        raise NotFound
    unit = await uow.places.unit(grant.unit_id)
    if by is not None and by.id != grant.person_id:
        await may_lend(uow, by, unit)
    return grant, unit


async def end_grant(
    uow: UnitOfWork,
    grant: Grant,
    unit: Unit,
    *,
    by: Person | None,
    act: str,
    until: date | None = None,
    successor: Person | None = None,
) -> EndedGrant:
    """End a role that is held, whoever may: conversations end, invitations and dependants go on to somebody else.

    `act` is what the audit calls it, and chooses the sentences by which people hear of it.
    """
    person = (await uow.people.many([grant.person_id]))[grant.person_id]
    hanging = await dependants_of(uow, person, [grant])
    ended = EndedGrant(
        grant.person_id,
        grant.role,
        grant.unit_id,
        grant.desk_id,
        grant.given_at,
        grant.given_by,
        uow.now,
        None if by is None else by.id,
        until,
    )
    await uow.people.end_grant(grant, ended)
    await uow.accounts.end_conversations(person.id)
    if until is None:
        await _pass_on(uow, person, unit, hanging, successor)
    for invitation in await uow.people.open_invitations_of(person.id) if ended.role in POWER else ():
        if successor is None:
            invitation.expires_at = min(invitation.expires_at, uow.now)
        else:
            invitation.created_by = successor.id
    detail = {"role": ended.role.value, "unit": int(unit.id), "ended": ended.id}
    if until is not None:
        detail["until"] = until.isoformat()
    if successor is not None:
        detail["successor"] = int(successor.id)
    actor = None if by is None else by.id
    await uow.ledger.write(AuditEntry(uow.now, actor, act, f"person:{person.id}", detail))
    await _tell(uow, ended, person, unit, by=by, act=act, hanging=hanging, successor=successor)
    return ended


_SAID = {
    "take_back_role": ("roles.told_taken_back", "roles.yours_taken_back"),
    "suspend_role": ("roles.told_suspended", "roles.yours_suspended"),
    "replace_role": ("roles.told_replaced", "roles.yours_replaced"),
    "give_back_role": ("roles.told_left", "roles.told_left"),
}
"""What those who hold power are told, and what the person is, by the act."""


async def _pass_on(uow: UnitOfWork, person: Person, unit: Unit, hanging: Dependants, successor: Person | None) -> None:
    if not hanging.neighbours:
        return
    others = [one for one in await uow.people.holders(Role.HAMLET_HEAD, unit) if one.id != person.id]
    speaker = successor or (others[0] if others else None)
    await uow.people.hand_over([one.id for one in hanging.neighbours], None if speaker is None else speaker.id)


async def _tell(
    uow: UnitOfWork,
    ended: EndedGrant,
    person: Person,
    unit: Unit,
    *,
    by: Person | None,
    act: str,
    hanging: Dependants,
    successor: Person | None,
) -> None:
    told = await _words(uow, person, ended.role, unit, ended.desk_id, by)
    if ended.until is not None:
        told["until"] = ended.until
    if successor is not None:
        told["successor"] = successor.name
    lines: list[Param] = []
    if successor is None:
        if hanging.neighbours:
            lines.append(Term("roles.left_neighbours", {"count": len(hanging.neighbours), "place": unit.name}))
        lines += [Term("roles.left_desk", {"desk": desk.name}) for desk in hanging.empty_desks]
    told["left"] = tuple(lines)
    to_power, to_them = _SAID[act]
    knows = [] if by is None or successor is not None else [by.id]
    await tell_power(uow, unit, Message(to_power, told), but=[person.id, *knows])
    if by is None or by.id != person.id:
        await tell(uow, [person.id], Message(to_them, told))


async def _words(
    uow: UnitOfWork, person: Person | None, role: Role, unit: Unit, desk_id: DeskId | None, by: Person | None
) -> dict[str, Param]:
    desk = None if desk_id is None else await uow.places.desk(desk_id)
    return {
        "name": Term("person.erased") if person is None or not person.name else person.name,
        "role": Term(f"role.{role.value}"),
        "place": unit.name if desk is None else f"{desk.name}, {unit.name}",
        "by": Term("roles.by_command") if by is None else by.name,
    }


async def tell_given(uow: UnitOfWork, grant: Grant, unit: Unit, by: Person | None) -> None:
    """Tell those who hold power that somebody holds a role from now on."""
    person = await uow.people.get(grant.person_id)
    told = await _words(uow, person, grant.role, unit, grant.desk_id, by)
    await tell_power(uow, unit, Message("roles.told_given", told), but=[grant.person_id])


async def tell_new_chat(uow: UnitOfWork, person: Person) -> None:
    """Tell those who hold power that somebody who holds a role uses it from a chat that was never used for it."""
    for unit_id in dict.fromkeys(grant.unit_id for grant in await uow.people.grants_of(person.id)):
        unit = await uow.places.unit(unit_id)
        told: dict[str, Param] = {"name": person.name, "place": unit.name}
        await tell_power(uow, unit, Message("roles.told_new_chat", told), but=[person.id])
