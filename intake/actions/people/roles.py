"""Roles are lent: how one ends, what hung on whoever leaves, who hears of it.

Every one of these is told to whoever holds power in the unit, so that a stolen phone that gives or takes roles is
noticed at once, and stopped by one message of anybody else who holds any.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.meetings.push_notice import to_push
from intake.actions.outbox.tell import tell
from intake.actions.people.left_deputies import end_what_rested_on
from intake.actions.people.office_session import end_sessions
from intake.actions.people.speaking_for import hand_over, next_speaker, spoken_for
from intake.actions.questions.propose import lay_before_new, waiting_before
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.lending import POWER
from intake.rules.people.permissions import covers, require
from intake.rules.people.person import EndedGrant, Grant, Person, PersonId, Role
from intake.rules.people.unit import Desk, Unit, UnitId


async def may_lend(uow: UnitOfWork, by: Person, unit: Unit) -> None:
    """Raise `NotFound` unless the person holds power in the unit or above it."""
    require(await uow.people.grants_of(by.id), POWER, unit)


async def role_numbered(uow: UnitOfWork, number: int) -> Grant | EndedGrant | None:
    """A role that is held or suspended, locked; None where it is neither."""
    return await uow.people.grant(number) or await uow.people.suspended_grant(number)


async def tell_power(uow: UnitOfWork, unit: Unit, message: Message, *, but: Iterable[PersonId] = ()) -> None:
    """Tell everybody who holds power in a unit or above it, but some."""
    await tell(uow, sorted(await holders_of_power(uow, unit) - set(but)), message)


async def holders_of_power(uow: UnitOfWork, unit: Unit) -> set[PersonId]:
    """Who holds power in a unit or above it."""
    return {person.id for role in POWER for person in await uow.people.holders(role, unit)}


@dataclass(frozen=True, slots=True)
class Dependants:
    """What hangs on a person: neighbours they speak for, desks nobody else works at, units without another chair.

    `unsorted` are the units without another secretary. `uncarried` are the notices nobody else carries to a hamlet:
    the title of the meeting, and the hamlet.
    """

    neighbours: tuple[Person, ...] = ()
    empty_desks: tuple[Desk, ...] = ()
    chairless: tuple[Unit, ...] = ()
    unsorted: tuple[Unit, ...] = ()
    uncarried: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.neighbours or self.empty_desks or self.chairless or self.unsorted or self.uncarried)


async def dependants_of(uow: UnitOfWork, person: Person, grants: Sequence[Grant | EndedGrant]) -> Dependants:
    """What would be left without anybody if the person gave these roles back."""
    neighbours = await spoken_for(uow, person, grants)
    worked_at = dict.fromkeys(grant.desk_id for grant in grants if grant.desk_id is not None)
    empty = [one for one in worked_at if {person.id} >= {other.id for other in await uow.people.at_desk(one)}]
    desks = [await uow.places.desk(desk_id) for desk_id in empty]
    chairless = await _without_another(uow, person, grants, Role.CHAIR)
    unsorted = await _without_another(uow, person, grants, Role.SECRETARY)
    headed = dict.fromkeys(grant.unit_id for grant in grants if grant.role is Role.HAMLET_HEAD)
    uncarried = []
    for hamlet in [await uow.places.unit(unit_id) for unit_id in headed]:
        if {person.id} >= {head.id for head in await uow.people.holders(Role.HAMLET_HEAD, hamlet)}:
            uncarried += [(meeting.title, hamlet.name) for _, meeting in await to_push(uow, hamlet)]
    return Dependants(tuple(neighbours), tuple(desks), chairless, unsorted, tuple(uncarried))


async def _without_another(
    uow: UnitOfWork, person: Person, grants: Sequence[Grant | EndedGrant], role: Role
) -> tuple[Unit, ...]:
    """The units in which the person holds a role by these grants, and nobody else does, there or above."""
    held = dict.fromkeys(grant.unit_id for grant in grants if grant.role is role)
    units = [await uow.places.unit(unit_id) for unit_id in held]
    return tuple([one for one in units if {person.id} >= {other.id for other in await uow.people.holders(role, one)}])


async def end_grant(
    uow: UnitOfWork,
    held: Grant | EndedGrant,
    unit: Unit,
    *,
    by: Person | None,
    act: str,
    second: Person | None = None,
    until: date | None = None,
    successor: Person | None = None,
) -> EndedGrant:
    """End a role that is held or suspended, whoever may; what was begun in chats ends, what hung on it goes on.

    `act` is what the audit calls it, and chooses the sentences by which people hear of it; `second` agreed to it.
    """
    person = (await uow.people.many([held.person_id]))[held.person_id]
    hanging = await dependants_of(uow, person, [held])
    waiting = await waiting_before(uow, await units_under(uow, held))
    ended = await _ended(uow, held, by=by, until=until)
    await uow.accounts.end_conversations(person.id)
    await end_sessions(uow, person)
    left = await _pass_on(uow, person, ended, hanging, successor)
    if successor is None:
        left += [Term("roles.left_desk", {"desk": desk.name}) for desk in hanging.empty_desks]
        for_now = "left" if until is None else "paused"
        left += [Term(f"roles.{for_now}_chair", {"place": one.name}) for one in hanging.chairless]
        left += [Term(f"roles.{for_now}_secretary", {"place": one.name}) for one in hanging.unsorted]
        left += [Term("roles.left_notice", {"title": title, "place": place}) for title, place in hanging.uncarried]
    for invitation in await uow.people.open_invitations_of(person.id) if ended.role in POWER else ():
        if successor is None:
            invitation.expires_at = min(invitation.expires_at, uow.now)
        else:
            invitation.created_by = successor.id
    detail = {"role": ended.role.value, "unit": int(unit.id), "ended": ended.id}
    if until is not None:
        detail["until"] = until.isoformat()
    for name, other in (("second", second), ("successor", successor)):
        if other is not None:
            detail[name] = int(other.id)
    actor = None if by is None else by.id
    await uow.ledger.write(AuditEntry(uow.now, actor, act, f"person:{person.id}", detail))
    await end_what_rested_on(uow, person, actor)
    change = _Change(ended, person, unit, by, second, successor, act)
    await _tell(uow, change, left)
    await lay_before_new(uow, waiting)
    return ended


async def units_under(uow: UnitOfWork, held: Grant | EndedGrant) -> list[UnitId]:
    """The units with a plan in which this role has a part in who approves what is proposed."""
    if held.role not in (Role.CHAIR, Role.SECRETARY, Role.OFFICIAL):
        return []
    return [unit.id for unit in await uow.places.roots() if covers(held, unit)]


async def _ended(uow: UnitOfWork, held: Grant | EndedGrant, *, by: Person | None, until: date | None) -> EndedGrant:
    actor = None if by is None else by.id
    if isinstance(held, EndedGrant):  # it was suspended, and does not come back
        held.ended_at, held.ended_by, held.until = uow.now, actor, until
        return held
    ended = EndedGrant(
        held.person_id,
        held.role,
        held.unit_id,
        held.desk_id,
        held.given_at,
        held.given_by,
        uow.now,
        actor,
        until,
        held.id,
    )
    await uow.people.end_grant(held, ended)
    return ended


_SAID = {
    "take_back_role": ("roles.told_taken_back", "roles.yours_taken_back"),
    "suspend_role": ("roles.told_suspended", "roles.yours_suspended"),
    "turn_round_suspension": ("roles.told_turned_round", "roles.yours_suspended"),
    "replace_role": ("roles.told_replaced", "roles.yours_replaced"),
    "give_back_role": ("roles.told_left", "roles.told_left"),
}
"""What those who hold power are told, and what the person is, by the act."""


@dataclass(frozen=True, slots=True)
class _Change:
    """A role that ended, and who had a part in it."""

    ended: EndedGrant
    person: Person
    unit: Unit
    by: Person | None
    second: Person | None
    successor: Person | None
    act: str


async def _pass_on(
    uow: UnitOfWork, person: Person, ended: EndedGrant, hanging: Dependants, successor: Person | None
) -> list[Param]:
    """Let somebody else speak for whom the person spoke, while the role is suspended or for good.

    Returns what is said of it, a line for each hamlet.
    """
    if ended.until is None:  # whom others speak for meanwhile stays with them: nobody is waited for any more
        lent = [one.id for one in await uow.people.lent_by(person.id)]
        for one in (await uow.people.many(lent)).values():
            one.lent_by = None
    hamlets = await uow.places.units(one.hamlet_id for one in hanging.neighbours if one.hamlet_id is not None)
    lines: list[Param] = []
    for hamlet in hamlets.values():
        neighbours = [one for one in hanging.neighbours if one.hamlet_id == hamlet.id]
        speaker = successor or await next_speaker(uow, hamlet, ended.role, person)
        await hand_over(uow, neighbours, speaker, lent_by=None if ended.until is None else person)
        said: dict[str, Param] = {"count": len(neighbours), "place": hamlet.name}
        if speaker is None:
            lines.append(Term("roles.left_neighbours", said))
        else:
            lines.append(Term("roles.passed_neighbours", {**said, "speaker": speaker.name}))
    return lines


async def _tell(uow: UnitOfWork, change: _Change, left: Sequence[Param]) -> None:
    ended, person, unit, by, second = change.ended, change.person, change.unit, change.by, change.second
    told = await role_in_words(uow, ended, unit, by, second)
    if ended.until is not None:
        told["until"] = ended.until
    if change.successor is not None:
        told["successor"] = change.successor.name
    told["left"] = tuple(left)
    to_power, to_them = _SAID[change.act]
    if change.act == "take_back_role" and by is not None and by.id == person.id:
        to_power = "roles.told_returned"
    # whoever did it knows it from the reply; but not by a successor, nor once somebody else has agreed
    knows = [] if by is None or change.successor is not None or second is not None else [by.id]
    knows += [] if second is None else [second.id]
    to_know = await holders_of_power(uow, unit)
    if ended.role in POWER and by is not None:  # with few who hold power, somebody else sees it too
        to_know |= {one.id for one in await uow.people.holders(Role.SUPERVISOR, unit)}
    await tell(uow, sorted(to_know - {person.id, *knows}), Message(to_power, told))
    if by is None or by.id != person.id:
        turns: tuple[tuple[Button, ...], ...] = ()
        if change.act == "suspend_role" and by is not None and second is None and ended.role in POWER:
            to_them, turns = "roles.yours_stopped", ((Button(f"roleturn.{ended.grant_id}", "roles.turn_button"),),)
        await tell(uow, [person.id], Message(to_them, told, turns))


async def role_in_words(
    uow: UnitOfWork, held: Grant | EndedGrant, unit: Unit, by: Person | None, second: Person | None = None
) -> dict[str, Param]:
    """Who holds or held what, where, and by whom something was done about it."""
    person = await uow.people.get(held.person_id)
    desk = None if held.desk_id is None else await uow.places.desk(held.desk_id)
    actor: Param = Term("roles.by_command") if by is None else by.name
    return {
        "name": Term("person.erased") if person is None or not person.name else person.name,
        "role": Term(f"role.{held.role.value}"),
        "place": unit.name if desk is None else f"{desk.name}, {unit.name}",
        "by": actor if second is None else Term("roles.by_two", {"first": actor, "second": second.name}),
    }


async def tell_given(uow: UnitOfWork, grant: Grant, unit: Unit, by: Person | None) -> None:
    """Tell those who hold power that somebody holds a role from now on."""
    told = await role_in_words(uow, grant, unit, by)
    await tell_power(uow, unit, Message("roles.told_given", told), but=[grant.person_id])


async def tell_new_chat(uow: UnitOfWork, person: Person) -> None:
    """Tell those who hold power that somebody who holds a role uses it from a chat that was never used for it."""
    for unit_id in dict.fromkeys(grant.unit_id for grant in await uow.people.grants_of(person.id)):
        unit = await uow.places.unit(unit_id)
        told: dict[str, Param] = {"name": person.name, "place": unit.name}
        await tell_power(uow, unit, Message("roles.told_new_chat", told), but=[person.id])
