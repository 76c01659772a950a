"""A chair who is away names who approves meanwhile; a second person agrees; it ends by itself (decision 0025)."""

from collections.abc import Sequence
from datetime import date, datetime, time

from intake.actions.outbox.tell import tell
from intake.actions.people.left_deputies import may_stand, office_of
from intake.actions.people.roles import holders_of_power, may_lend, tell_power
from intake.actions.questions.approvers import deciders_of
from intake.actions.questions.propose import lay_before_new, proposal_message, waiting_before
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.deadline import Alert
from intake.rules.deadlines.reminders import is_time_to_remind
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Button, Message, Param
from intake.rules.people.deputy import Deputy, check_absence
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId

_BEGINS = "deputy_begins"


async def deputies_offered(uow: UnitOfWork, by: Person, unit: Unit) -> Sequence[Person]:
    """Whom a chair of the unit can name: everybody else of its office. Raises `NotFound` for who is no chair there."""
    require(await uow.people.grants_of(by.id), (Role.CHAIR,), unit)
    return [person for person in await office_of(uow, unit) if person.id != by.id]


async def name_deputy(
    uow: UnitOfWork, *, by: Person, unit_id: UnitId, deputy_id: PersonId, first_on: date, last_on: date
) -> Deputy:
    """Name who approves from one day to another; nothing counts before a second holder of power has agreed.

    Raises `NotFound` for who is no chair of the unit and for somebody who is not of its office, `RuleBroken` for days
    that cannot be (`check_absence`) and where nobody is left to agree.
    """
    unit = await uow.places.unit(unit_id)
    if deputy_id not in {person.id for person in await deputies_offered(uow, by, unit)}:
        raise NotFound
    await uow.people.lock(by.id)
    known = await uow.deputies.open_in([unit.id], uow.today)
    check_absence(first_on, last_on, uow.today, [one for one in known if one.chair_id == by.id])
    others = await holders_of_power(uow, unit) - {by.id, deputy_id}
    if not others:
        raise RuleBroken("refusal.second_missing", {"unit": unit.name})
    named = await uow.deputies.add(Deputy(unit.id, by.id, deputy_id, first_on, last_on, uow.now))
    await _note(uow, by, "name_deputy", named)
    buttons = (
        Button(f"deputyagree.{named.id}.yes", "roles.second_yes"),
        Button(f"deputyagree.{named.id}.no", "roles.second_no"),
    )
    await tell(uow, sorted(others), Message("deputy.asks_second", await said_of(uow, named), (buttons,)))
    return named


async def decide_deputy(uow: UnitOfWork, *, by: Person, number: int, agrees: bool) -> Deputy:
    """The second person agrees, or does not; the chair, the deputy and everybody with power there hear of it.

    What waits is laid before the deputy too: now, or on the first day (`lay_before_deputies`). Raises `NotFound` for
    everybody but another holder of power there, `RuleBroken` for what is decided or over, or where the chair or the
    deputy has left meanwhile.
    """
    named = await _open(uow, number)
    unit = await uow.places.unit(named.unit_id)
    if by.id in (named.chair_id, named.deputy_id):
        raise NotFound
    await may_lend(uow, by, unit)
    if named.agreed_at is not None:
        raise RuleBroken("deputy.over")
    said = await said_of(uow, named)
    if not agrees:
        named.ended_at, named.ended_by = uow.now, by.id
        await _note(uow, by, "refuse_deputy", named)
        await tell(uow, [named.chair_id], Message("deputy.refused", said))
        return named
    if not await may_stand(uow, named, unit):
        raise RuleBroken("deputy.over")
    waiting = await waiting_before(uow, [unit.id])
    named.agreed_at, named.agreed_by = uow.now, by.id
    await _note(uow, by, "agree_to_deputy", named)
    await tell_power(uow, unit, Message("deputy.told", said), but=[named.deputy_id])
    opens = ((Button("cmd.duyet", "menu.approvals"),),)
    await tell(uow, [named.deputy_id], Message("deputy.yours", said, opens))
    await lay_before_new(uow, waiting)
    return named


async def lay_before_deputies(uow: UnitOfWork) -> int:
    """Lay before those whose first day it is what was proposed before it; in the daytime, once however often it runs.

    What is proposed from that day on is laid before them as before a chair. Returns how many letters that makes.
    """
    if not is_time_to_remind(uow.now):
        return 0
    letters = 0
    for named in await uow.deputies.beginning(uow.today):
        begins = datetime.combine(named.first_on, time(), tzinfo=LOCAL)
        for proposal in await uow.questions.waiting_proposals([named.unit_id]):
            question = await uow.questions.get(proposal.question_id)
            if question.restricted:
                continue
            if proposal.proposed_at < begins and named.deputy_id in await deciders_of(uow, question, proposal):
                once = Alert(f"deputy:{named.id}:{proposal.id}", named.deputy_id, _BEGINS, named.first_on)
                message = await proposal_message(uow, question, proposal)
                told = [alert.recipient_id for alert in await uow.clocks.raise_each_once([once])]
                letters += await tell(uow, told, message, question_id=question.id)
    return letters


async def end_deputy(uow: UnitOfWork, *, by: Person, number: int) -> Deputy:
    """End it before its day, at once: the chair, the deputy, or anybody with power there. Everybody hears of it.

    Raises `NotFound` for all others, `RuleBroken` for what is over.
    """
    named = await _open(uow, number)
    unit = await uow.places.unit(named.unit_id)
    if by.id not in (named.chair_id, named.deputy_id):
        await may_lend(uow, by, unit)
    named.ended_at, named.ended_by = uow.now, by.id
    await _note(uow, by, "end_deputy", named)
    ended = Message("deputy.ended", await said_of(uow, named))
    await tell(uow, sorted({*await holders_of_power(uow, unit), named.deputy_id} - {by.id}), ended)
    return named


async def said_of(uow: UnitOfWork, named: Deputy) -> dict[str, Param]:
    """Who stands in for whom, where, from which day to which: what every sentence about it tells."""
    people = await uow.people.many([named.chair_id, named.deputy_id])
    return {
        "chair": people[named.chair_id].called,
        "deputy": people[named.deputy_id].called,
        "unit": (await uow.places.unit(named.unit_id)).name,
        "first": named.first_on,
        "last": named.last_on,
    }


async def _open(uow: UnitOfWork, number: int) -> Deputy:
    named = await uow.deputies.get(number)
    if named is None:
        raise NotFound
    if not named.is_open(uow.today):
        raise RuleBroken("deputy.over")
    return named


async def _note(uow: UnitOfWork, by: Person, act: str, named: Deputy) -> None:
    detail = {"deputy": named.id, "from": named.first_on.isoformat(), "to": named.last_on.isoformat()}
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"person:{named.deputy_id}", detail))
