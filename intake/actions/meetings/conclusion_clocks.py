"""The clocks of a conclusion's items: each public item with a due date has one until it is done (R180, R181)."""

from datetime import date

from intake.actions.outbox.tell import tell
from intake.actions.people.office import holders_of, secretaries_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock import ClockKind, due
from intake.rules.deadlines.clock_settings import rule_for
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.deadlines.due_packing import pack_due
from intake.rules.deadlines.due_words import in_between
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.meetings.conclusion import ConclusionItem, ConclusionItemId
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Button, Message, Param, Term, pack
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit
from intake.rules.questions.promise import promised_day, required


async def start_item_clock(uow: UnitOfWork, meeting: Meeting, item: ConclusionItem) -> None:
    """Start the clock of a public item, if it has a due date; the next sweep looks at it."""
    if item.due_on is None:
        return
    computed = due(rule_for(ClockKind.CONCLUSION), item.due_on, uow.calendar)
    await uow.clocks.add(
        Clock(
            kind=ClockKind.CONCLUSION,
            unit_id=meeting.unit_id,
            question_id=None,
            meeting_id=None,
            anchor_on=computed.anchor,
            due_on=computed.due_on,
            due=pack_due(computed),
            wake_on=uow.today,
            item_id=item.id,
        )
    )


async def meet_item_clock(uow: UnitOfWork, item: ConclusionItem) -> None:
    """Stop the clock of an item that is done."""
    clock = await uow.clocks.of_item(item.id)
    if clock is not None:
        clock.state, clock.ended_at = ClockState.MET, uow.now


async def move_item(
    uow: UnitOfWork, *, by: Person, item_id: ConclusionItemId, due_on: date, reason: str
) -> ConclusionItem:
    """Give a public item another due date, or its first: the chair does, who made it public, and says why.

    Its clock moves along and keeps the old date with the reason. Owner, office and whoever asked a linked question
    were told the old date and are told the new one.
    """
    item = await uow.conclusions.item(item_id, lock=True)
    meeting = await uow.meetings.get(item.meeting_id)
    unit = await uow.places.unit(meeting.unit_id)
    require(await uow.people.grants_of(by.id), (Role.CHAIR,), unit)
    if item.published_at is None or item.done_at is not None:
        raise ChangedMeanwhile
    reason = required(reason, "refusal.reason_missing")
    due_on = promised_day(due_on, uow.today)
    if due_on == item.due_on:
        raise RuleBroken("refusal.same_due")
    was, item.due_on = item.due_on, due_on
    await _move_clock(uow, meeting, item, due_on, reason)
    detail = {"from": None if was is None else was.isoformat(), "to": due_on.isoformat()}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "move_conclusion", f"conclusion:{item.id}", detail))
    params: dict[str, Param] = {
        "title": meeting.title,
        "number": item.number,
        "item": item.text,
        "was": Term("conclusion.no_day") if was is None else in_between(was),
        "due": in_between(due_on),
        "reason": reason,
    }
    await _tell_moved(uow, unit, item, params, but=by)
    return item


async def _move_clock(uow: UnitOfWork, meeting: Meeting, item: ConclusionItem, due_on: date, reason: str) -> None:
    clock = await uow.clocks.of_item(item.id)
    if clock is None:
        await start_item_clock(uow, meeting, item)
        return
    computed = due(rule_for(ClockKind.CONCLUSION), due_on, uow.calendar)
    kept = {
        "due_on": clock.due_on.isoformat(),
        "due": clock.due,
        "changed_at": uow.now.isoformat(),
        "reason": pack(reason),
    }
    clock.history = [*clock.history, kept]
    clock.anchor_on, clock.due_on = computed.anchor, computed.due_on
    clock.due, clock.wake_on = pack_due(computed), uow.today


async def _tell_moved(
    uow: UnitOfWork, unit: Unit, item: ConclusionItem, params: dict[str, Param], *, but: Person
) -> None:
    office = {*await secretaries_of(uow, unit), *(one.id for one in await holders_of(uow, unit.id, Role.CHAIR))}
    if item.desk_id is not None:
        office |= {official.id for official in await uow.people.at_desk(item.desk_id)}
    office.discard(but.id)
    opens = ((Button(f"conclusionitem.{item.id}", "button.open"),),)
    await tell(uow, sorted(office), Message("conclusion.moved", params, opens))
    linked = (await uow.conclusions.links([item.id])).get(item.id, ())
    for question_id in linked:
        question = await uow.questions.get(question_id)
        if question.asker_id not in office and question.asker_id != but.id:
            await tell(uow, [question.asker_id], Message("conclusion.moved", params), question_id=question.id)
