"""Take a role back, suspend it, let it count again.

Power that a peer holds is taken away by two people; one alone can stop one other, at once and for a while (decision
0018), so that a stolen phone is harmless after one message of anybody else, and cannot lock everybody out.
"""

from datetime import date, timedelta

from intake.actions.meetings.push_notice import hand_to_new_head
from intake.actions.outbox.tell import tell
from intake.actions.people.roles import (
    end_grant,
    holders_of_power,
    may_lend,
    role_in_words,
    role_numbered,
    tell_power,
    units_under,
)
from intake.actions.people.speaking_for import give_back_lent, spoken_for_by_others, take_over_waiting
from intake.actions.questions.propose import lay_before_new, waiting_before
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Button, Message
from intake.rules.people.lending import MOST_DAYS_ALONE, POWER, RoleRequest, needs_second_to_take_back, suspended_a_peer
from intake.rules.people.permissions import covers
from intake.rules.people.person import EndedGrant, Grant, Person, Role
from intake.rules.people.unit import Unit


async def take_back(uow: UnitOfWork, *, by: Person | None, grant_id: int) -> EndedGrant | RoleRequest:
    """Take a role back, held or suspended; it counts from this very act on, in every chat.

    `by` holds power in the unit, or gives the own role back; None is the command line. What hung on the person goes to
    whoever else heads the hamlet, else to the secretary's list of people to tell in person. Power that a peer holds
    waits for a second person, who is asked; whoever suspended it was the first. Raises `NotFound`, and `RuleBroken`
    where nobody is left to be the second.
    """
    held, unit = await _to_end(uow, by, grant_id)
    if by is not None and needs_second_to_take_back(held, by):
        return await _ask_second(uow, held, unit, grant_id=grant_id, by=by)
    return await end_grant(uow, held, unit, by=by, act="take_back_role")


async def suspend(uow: UnitOfWork, *, by: Person | None, grant_id: int, until: date) -> EndedGrant | RoleRequest:
    """Suspend a role that is held; `until` is the first day it counts again.

    Whoever has suspended a peer already needs a second person to suspend another, or for longer than one may alone.
    Raises `NotFound`, and `RuleBroken` for a day that is not ahead or where nobody is left to be the second.
    """
    if until <= uow.today:
        raise RuleBroken("refusal.suspend_day", {"today": uow.today})
    held, unit = await _to_end(uow, by, grant_id)
    if isinstance(held, EndedGrant):
        raise NotFound
    if by is not None and held.role in POWER and by.id != held.person_id:
        await uow.people.lock(by.id)
        too_long = until > uow.today + timedelta(days=MOST_DAYS_ALONE)
        if too_long or await has_suspended_another(uow, by, held):
            return await _ask_second(uow, held, unit, grant_id=grant_id, by=by, until=until)
    return await end_grant(uow, held, unit, by=by, act="suspend_role", until=until)


async def has_suspended_another(uow: UnitOfWork, by: Person, held: Grant | EndedGrant) -> bool:
    """Whether yet another peer is suspended because of this person, so that somebody else has to agree to this one."""
    return suspended_a_peer(by.id, await uow.people.suspended_by(by.id), but=held.person_id)


async def turn_round(uow: UnitOfWork, *, by: Person, grant_id: int) -> list[EndedGrant]:
    """Whoever was suspended suspends the one who did it, until the same day; then neither of the two holds power.

    So the one who was faster gains nothing by it. It is done once, and by nobody who has suspended a peer themselves:
    a stolen phone that is stopped stops nobody but one. Raises `NotFound`, `RuleBroken` where there is nobody to stop.
    """
    mine = await uow.people.suspended_grant(grant_id)
    if mine is None or mine.person_id != by.id or mine.until is None or mine.role not in POWER:
        raise NotFound
    if mine.ended_by is None or mine.settled_at is not None:
        raise NotFound
    unit = await uow.places.unit(mine.unit_id)
    theirs = [one for one in await uow.people.grants_of(mine.ended_by) if one.role in POWER and covers(one, unit)]
    await uow.people.lock(by.id)
    suspensions = await uow.people.suspended_by(by.id)
    if not theirs or suspended_a_peer(by.id, suspensions, but=mine.ended_by):
        raise RuleBroken("refusal.turn_round")
    mine.settled_at = uow.now
    until = max(mine.until, uow.today + timedelta(days=1))
    stopped = []
    for grant in theirs:
        where = await uow.places.unit(grant.unit_id)
        ended = await end_grant(uow, grant, where, by=by, act="turn_round_suspension", until=until)
        ended.settled_at = uow.now
        stopped.append(ended)
    return stopped


async def resume(uow: UnitOfWork, *, by: Person | None, grant_id: int) -> Grant:
    """Let a suspended role count again before its day. Raises `NotFound`; nobody lifts their own suspension."""
    ended = await uow.people.suspended_grant(grant_id)
    if ended is None or (by is not None and by.id == ended.person_id):
        raise NotFound
    unit = await uow.places.unit(ended.unit_id)
    if by is not None:
        await may_lend(uow, by, unit)
    return await _hold_again(uow, ended, unit, by)


async def resume_due(uow: UnitOfWork) -> int:
    """Let every suspended role whose day has come count again. Returns how many those were."""
    resumed = 0
    for ended in await uow.people.suspended_until(uow.today):
        await _hold_again(uow, ended, await uow.places.unit(ended.unit_id), None)
        resumed += 1
    return resumed


async def _hold_again(uow: UnitOfWork, ended: EndedGrant, unit: Unit, by: Person | None) -> Grant:
    undecided = await waiting_before(uow, await units_under(uow, ended))
    grant = await uow.people.hold_again(ended)
    person = (await uow.people.many([grant.person_id]))[grant.person_id]
    if grant.role is Role.HAMLET_HEAD:
        await give_back_lent(uow, unit, person)
        await take_over_waiting(uow, unit, person)
        await hand_to_new_head(uow, unit, person)
    detail = {"role": grant.role.value, "unit": int(unit.id)}
    await uow.ledger.write(
        AuditEntry(uow.now, None if by is None else by.id, "resume_role", f"person:{grant.person_id}", detail)
    )
    told = await role_in_words(uow, grant, unit, by)
    await tell_power(uow, unit, Message("roles.told_resumed", told), but=[grant.person_id])
    await tell(uow, [grant.person_id], Message("roles.yours_resumed", told))
    if grant.role is Role.HAMLET_HEAD:
        for line in await spoken_for_by_others(uow, unit, person):
            await tell(uow, [person.id], line)
    await lay_before_new(uow, undecided)
    return grant


async def _ask_second(
    uow: UnitOfWork, held: Grant | EndedGrant, unit: Unit, *, grant_id: int, by: Person, until: date | None = None
) -> RoleRequest:
    """Ask everybody else who holds power there; the first who agrees decides."""
    others = await holders_of_power(uow, unit) - {by.id, held.person_id}
    if not others:
        raise RuleBroken("refusal.second_missing", {"unit": unit.name})
    request = RoleRequest(grant_id, by.id, uow.now, until)
    await uow.people.add_request(request)
    act = "ask_to_take_back" if until is None else "ask_to_suspend"
    detail = {"role": held.role.value, "unit": int(unit.id), "request": request.id}
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"person:{held.person_id}", detail))
    said = await role_in_words(uow, held, unit, by)
    key = "roles.ask_take_back"
    if until is not None:
        key, said["until"] = "roles.ask_suspend", until
    buttons = (
        Button(f"roleagree.{request.id}.yes", "roles.second_yes"),
        Button(f"roleagree.{request.id}.no", "roles.second_no"),
    )
    await tell(uow, sorted(others), Message(key, said, (buttons,)))
    return request


async def decide_request(uow: UnitOfWork, *, by: Person, request_id: int, agrees: bool) -> tuple[RoleRequest, Person]:
    """The second person agrees that power is taken from a peer, or does not. Returns the request and whose role it is.

    Raises `NotFound` for everybody but another holder of power there, `RuleBroken` for what is decided or over: the
    role has ended meanwhile, or that of whoever asked.
    """
    request = await uow.people.request(request_id)
    if request is None:
        raise NotFound
    held, unit = await _at_its_unit(uow, request.grant_id, none_is=RuleBroken("refusal.role_request_over"))
    if by.id in (request.asked_by, held.person_id):
        raise NotFound
    await may_lend(uow, by, unit)
    people = await uow.people.many([request.asked_by, held.person_id])
    asker = people[request.asked_by]
    gone = request.until is not None and (isinstance(held, EndedGrant) or request.until <= uow.today)
    if request.decided_at is not None or gone or asker.id not in await holders_of_power(uow, unit):
        raise RuleBroken("refusal.role_request_over")
    request.decided_at = uow.now
    act = "agree_to_role_request" if agrees else "refuse_role_request"
    detail = {"role": held.role.value, "unit": int(unit.id), "request": request.id}
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"person:{held.person_id}", detail))
    if agrees:
        act = "take_back_role" if request.until is None else "suspend_role"
        ended = await end_grant(uow, held, unit, by=asker, second=by, act=act, until=request.until)
        ended.settled_at = uow.now
    else:
        await tell(uow, [asker.id], Message("roles.end_refused", await role_in_words(uow, held, unit, by)))
    return request, people[held.person_id]


async def _to_end(uow: UnitOfWork, by: Person | None, grant_id: int) -> tuple[Grant | EndedGrant, Unit]:
    held, unit = await _at_its_unit(uow, grant_id, none_is=NotFound())
    if by is not None and by.id != held.person_id:
        await may_lend(uow, by, unit)
    return held, unit


async def _at_its_unit(uow: UnitOfWork, grant_id: int, *, none_is: RuleBroken) -> tuple[Grant | EndedGrant, Unit]:
    held = await role_numbered(uow, grant_id)
    if held is None:
        raise none_is
    return held, await uow.places.unit(held.unit_id)
