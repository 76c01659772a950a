"""Compute running clocks anew: the calendar, a meeting's day or a plan's settings have changed (PRODUCT, Clocks).

Everything happens in the transaction of the change: nobody ever sees a new calendar beside old dates. Clocks are read
a page at a time and only those the change can touch, so that memory stays flat and a million others stay unread.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from intake.actions.deadlines.clocks import demanded, plan_for, settings_of
from intake.actions.deadlines.escalate import Lookup, Matter, look_up
from intake.actions.outbox.tell import News, tell_each
from intake.actions.people.office import owed_on
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import TARGETS, ClockKind, Direction, Due, due, due_by
from intake.rules.deadlines.clock_settings import ClockSettings, rule_for
from intake.rules.deadlines.deadline import Clock, ClockId, ClockState, Recomputation
from intake.rules.deadlines.due_packing import pack_due, unpack_due
from intake.rules.deadlines.reminder_messages import CONCERNED, MovedDate, moved_message
from intake.rules.deadlines.reminders import AlertAudience
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Term, pack
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import Plan, PlanId
from intake.rules.plan.window import PlannedWindow

PAGE = 500
LONGEST_STRETCH = timedelta(days=60)
"""No run of days off is longer: so far beside its own days a clock may be touched by a change of the calendar."""

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose date moved."""

    clock_id: ClockId
    kind: ClockKind
    was: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Recomputed:
    """The clocks whose date moved, how many were computed, and how many somebody else held at that moment."""

    moved: tuple[Moved, ...] = ()
    computed: int = 0
    left_out: int = 0


@dataclass(slots=True)
class _Run:
    """One recomputation on its way: what is known of plans, what moved, who is to hear of what."""

    uow: UnitOfWork
    reason: str | Term
    plan: Plan | None = None
    anchor: date | PlannedWindow | None = None
    but: PersonId | None = None
    put_off: bool = False
    computed: int = 0
    left_out: int = 0
    plans: dict[tuple[MeetingId | None, UnitId], Plan | None] = field(default_factory=dict)
    settings: dict[PlanId | None, ClockSettings] = field(default_factory=dict)
    moved: list[Moved] = field(default_factory=list)
    tidings: dict[PersonId, list[MovedDate]] = field(default_factory=dict)


async def recompute(
    uow: UnitOfWork, *, between: Days | None = None, plan: Plan | None = None, reason: str | Term
) -> Recomputed:
    """Compute running clocks from their anchors: those that days from `between` can touch, those under a plan, or all.

    A date that moved keeps its old value in the history with `reason` (a sentence people read), and those whose date
    it is are told, each in one letter: desk and asker of a question, the secretary. An overdue clock with a later date
    is not overdue any more, and alerts for its new date count anew. Of a date that stays only the explanation is
    renewed. A question somebody is changing at this moment is left out and counted; see `settle_clocks`.
    """
    run = _Run(uow, reason, plan=plan)
    after = ClockId(0)
    touched = None if between is None else (between[0] - LONGEST_STRETCH, between[1] + LONGEST_STRETCH)
    unit_id = None if plan is None else plan.unit_id
    while page := await uow.clocks.running_page(after, PAGE, between=touched, unit_id=unit_id):
        await _compute_all(run, page)
        after = page[-1].id
    return await _finish(run)


async def recompute_for_meeting(
    uow: UnitOfWork,
    meeting: Meeting,
    on: date | PlannedWindow,
    *,
    reason: str | Term,
    by: PersonId | None = None,
) -> Recomputed:
    """Count the running clocks of a meeting from its new day or window; secretaries but `by` are told what moved.

    Where it was put off, what would be late from the earliest day of the window counts from the latest.
    """
    run = _Run(uow, reason, anchor=on, but=by, put_off=meeting.is_put_off)
    duties = [clock for clock in await uow.tasks.clocks_around(meeting.id) if clock.kind is not ClockKind.FINDING]
    await _compute_all(run, [*await uow.clocks.of_meeting(meeting.id), *duties])
    return await _finish(run)


async def recompute_later(
    uow: UnitOfWork, *, between: Days | None = None, plan: Plan | None = None, reason: str | Term
) -> None:
    """Remember that `recompute` is owed once more, for what was being written while it ran (`settle_clocks`)."""
    first, last = (None, None) if between is None else between
    plan_id = None if plan is None else plan.id
    await uow.overrides.owe(Recomputation(first, last, plan_id, pack(reason), uow.now))


async def _compute_all(run: _Run, clocks: Sequence[Clock]) -> None:
    lookup = await look_up(run.uow, clocks)
    for clock in clocks:
        matter = lookup.matter(clock)
        if matter is None:
            run.left_out += 1
        elif matter.owes(clock.kind):
            await _compute(run, lookup, matter, clock)


async def _compute(run: _Run, lookup: Lookup, matter: Matter, clock: Clock) -> None:
    under = await _plan_of(run, matter)
    if run.plan is not None and (under is None or under.id != run.plan.id):
        return
    plan_id = None if under is None else under.id
    if plan_id not in run.settings:
        run.settings[plan_id] = settings_of(under)
    if clock.kind is ClockKind.PREPARATION and not run.settings[plan_id].preparation_runs:
        clock.state, clock.ended_at = ClockState.ENDED, run.uow.now  # the plan has none, or has it no more
        return
    settings = demanded(run.settings[plan_id], matter.meeting)
    anchor = _anchor(run, matter, clock, settings)
    rule = rule_for(clock.kind, settings)
    latest = await _latest(run, matter, clock)
    if latest is None or isinstance(anchor, PlannedWindow):
        put_off = run.put_off or unpack_due(clock.due).from_latest
        computed = due(rule, anchor, run.uow.calendar, run.uow.today if put_off else None)
    else:
        computed = due_by(rule, anchor, run.uow.calendar, latest)
    run.computed += 1
    was = clock.due_on
    clock.anchor_on = computed.anchor
    if computed.due_on == was:
        clock.due = pack_due(computed)
        return
    await _move(run, clock, computed)
    run.moved.append(Moved(clock.id, clock.kind, was, computed.due_on))
    _note(run, lookup, matter, clock, was)


def _anchor(run: _Run, matter: Matter, clock: Clock, settings: ClockSettings) -> date | PlannedWindow:
    """The day or window a clock counts from: the run's, or the one it counted from before.

    A preparation may count from the day of the plan or from the meeting, and people may decide so anew (A7).
    """
    counted = unpack_due(clock.due)
    if clock.kind is ClockKind.PREPARATION:
        if settings.preparation_from is not None:
            return settings.preparation_from
        if counted.direction is Direction.FORWARD and run.anchor is None and matter.meeting is not None:
            fixed = matter.meeting.starts_at
            return matter.meeting.window if fixed is None else fixed.astimezone(LOCAL).date()
    return run.anchor or counted.window or clock.anchor_on


async def _latest(run: _Run, matter: Matter, clock: Clock) -> date | None:
    """The day a target of the office ends at the latest: the one on which the asker is owed the answer.

    The reply clock was started before its targets, so it comes before them and has its new date already.
    """
    if clock.kind not in TARGETS or matter.question is None:
        return None
    return await owed_on(run.uow, matter.question)


async def _plan_of(run: _Run, matter: Matter) -> Plan | None:
    if matter.question is None:
        of = matter.meeting or matter.task
        return None if of is None or of.plan_id is None else await run.uow.plans.get(of.plan_id)
    key = (matter.question.meeting_id, matter.question.unit_id)
    if key not in run.plans:
        run.plans[key] = await plan_for(run.uow, matter.question)
    return run.plans[key]


async def _move(run: _Run, clock: Clock, computed: Due) -> None:
    was = {
        "due_on": clock.due_on.isoformat(),
        "due": clock.due,
        "changed_at": run.uow.now.isoformat(),
        "reason": pack(run.reason),
    }
    clock.history = [*clock.history, was]
    clock.due_on, clock.due, clock.wake_on = computed.due_on, pack_due(computed), run.uow.today
    detail = {"from": was["due_on"], "to": clock.due_on.isoformat()}
    await run.uow.ledger.write(AuditEntry(run.uow.now, None, "recompute", f"clock:{clock.id}", detail))


def _note(run: _Run, lookup: Lookup, matter: Matter, clock: Clock, was: date) -> None:
    subject = lookup.subject(matter)
    told: set[PersonId] = set()
    for audience in CONCERNED.get(clock.kind, (AlertAudience.SECRETARY,)):
        for person_id, part in lookup.recipients(matter, audience):
            if person_id not in told and person_id != run.but:
                told.add(person_id)
                run.tidings.setdefault(person_id, []).append(MovedDate(clock.kind, part, subject, was, clock.due_on))


async def _finish(run: _Run) -> Recomputed:
    news = [_news(person_id, dates, run.reason) for person_id, dates in run.tidings.items()]
    for first in range(0, len(news), PAGE):  # a database takes only so many values in one question
        await tell_each(run.uow, news[first : first + PAGE])
    return Recomputed(tuple(run.moved), run.computed, run.left_out)


def _news(person_id: PersonId, dates: Sequence[MovedDate], reason: str | Term) -> News:
    about = {one.subject.question_id for one in dates}
    return News(person_id, moved_message(dates, reason), about.pop() if len(about) == 1 else None)
