"""Compute running clocks anew: the calendar or a plan's settings have changed (PRODUCT, Clocks)."""

from collections.abc import Iterator, Sequence

from intake.actions.clocks import plan_for, settings_of
from intake.actions.escalate import Lookup, Matter, look_up
from intake.actions.tell import News, tell_each
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.clock import Due, due
from intake.rules.clock_settings import ClockSettings, rule_for
from intake.rules.deadline import Clock
from intake.rules.due_packing import pack_due, unpack_due
from intake.rules.meeting import Meeting
from intake.rules.person import PersonId
from intake.rules.plan import Plan, PlanId
from intake.rules.reminder_message import moved
from intake.rules.reminders import Audience

_CONCERNED = (Audience.DESK, Audience.SECRETARY, Audience.ASKER)


async def recompute(
    uow: UnitOfWork, *, meeting: Meeting | None = None, plan: Plan | None = None, reason: str
) -> Sequence[Clock]:
    """Compute running clocks from their anchors: those of a meeting, those under a plan, or all of them.

    A date that moved keeps its old value in the history with `reason` (a sentence people read), and those whose date
    it is are told: desk, secretary and asker of a question, the secretary for a meeting. Returns the clocks whose date
    moved; of each of the others only the explanation is renewed. All are looked at again by the next sweep.
    """
    running = await (uow.clocks.running() if meeting is None else uow.clocks.of_meeting(meeting.id))
    lookup = await look_up(uow, running)
    settings: dict[PlanId | None, ClockSettings] = {}
    changed: list[Clock] = []
    news: list[News] = []
    for clock in running:
        matter = lookup.matter(clock)
        if matter is None or not matter.owed:
            continue
        under = await _plan_of(uow, matter)
        if plan is not None and (under is None or under.id != plan.id):
            continue
        plan_id = None if under is None else under.id
        if plan_id not in settings:
            settings[plan_id] = settings_of(under)
        anchor = unpack_due(clock.due).window or clock.anchor_on
        computed = due(rule_for(clock.kind, settings[plan_id]), anchor, uow.calendar)
        clock.wake_on = min(clock.wake_on, uow.today)
        if computed.due_on == clock.due_on:
            clock.due = pack_due(computed)
            continue
        news.extend(_tidings(lookup, matter, clock, computed, reason))
        await _move(uow, clock, computed, reason)
        changed.append(clock)
    await tell_each(uow, news)
    return changed


async def _plan_of(uow: UnitOfWork, matter: Matter) -> Plan | None:
    if matter.meeting is not None:
        return await uow.plans.get(matter.meeting.plan_id)
    return None if matter.question is None else await plan_for(uow, matter.question)


async def _move(uow: UnitOfWork, clock: Clock, computed: Due, reason: str) -> None:
    was = {
        "due_on": clock.due_on.isoformat(),
        "due": clock.due,
        "changed_at": uow.now.isoformat(),
        "reason": reason,
    }
    clock.history = [*clock.history, was]
    clock.due_on, clock.due = computed.due_on, pack_due(computed)
    detail = {"from": was["due_on"], "to": clock.due_on.isoformat()}
    await uow.ledger.write(AuditEntry(uow.now, None, "recompute", f"clock:{clock.id}", detail))


def _tidings(lookup: Lookup, matter: Matter, clock: Clock, computed: Due, reason: str) -> Iterator[News]:
    subject = lookup.subject(matter)
    told: set[PersonId] = set()
    for audience in _CONCERNED:
        for person_id, part in lookup.recipients(matter, audience):
            if person_id not in told:
                told.add(person_id)
                message = moved(clock.kind, part, subject, clock.due_on, computed.due_on, reason)
                yield News(person_id, message, subject.question_id)
