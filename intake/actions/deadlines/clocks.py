"""Start, stop and find the clocks of a question; the dates themselves are computed in `rules.deadlines.clock`."""

from collections.abc import Sequence
from datetime import date

from intake.actions.people.office import owed_on
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import ClockKind, due, due_by
from intake.rules.deadlines.clock_settings import DEFAULTS, ClockSettings, rule_for, under_law
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.deadlines.due_packing import pack_due
from intake.rules.deadlines.task import Task
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import Plan
from intake.rules.plan.window import PlannedWindow
from intake.rules.questions.question import Question, QuestionBrief


def settings_of(plan: Plan | None) -> ClockSettings:
    """The lengths of a plan's clocks as decided, and the defaults where there is no plan (R164, A7)."""
    return DEFAULTS if plan is None else plan.decided.clocks


def settings_for(plan: Plan, meeting: Meeting) -> ClockSettings:
    """The lengths of a meeting's clocks: its plan's, and what the law asks at least where voters demanded it (R212)."""
    return demanded(settings_of(plan), meeting)


def demanded(settings: ClockSettings, meeting: Meeting | None) -> ClockSettings:
    """A plan's lengths, for a meeting that voters demanded those of the law at least; None: about no meeting."""
    return under_law(settings) if meeting is not None and meeting.is_demanded else settings


async def plan_for(uow: UnitOfWork, question: Question | QuestionBrief) -> Plan | None:
    """The plan whose rules a question is under: its meeting's, else the newest of its unit, else none."""
    return await plan_at(uow, question.unit_id, question.meeting_id)


async def plan_at(uow: UnitOfWork, unit_id: UnitId, meeting_id: MeetingId | None) -> Plan | None:
    """The same of what is still to be asked of a unit, for a meeting of it or for none."""
    if meeting_id is not None:
        meeting = await uow.meetings.get(meeting_id)
        return await uow.plans.get(meeting.plan_id)
    plans = await uow.plans.of_units([unit_id])
    return plans[0] if plans else None


async def start_clock(
    uow: UnitOfWork,
    kind: ClockKind,
    anchor: date | PlannedWindow,
    *,
    settings: ClockSettings,
    question: Question | None = None,
    meeting: Meeting | None = None,
    task: Task | None = None,
    latest: date | None = None,
    put_off: bool = False,
) -> Clock:
    """Start a clock from a day (or from the earliest day of a window). The sweep looks at it for the first time today.

    A preparation that counts from the plan's own day does so whatever the day of the meeting (A7).
    A running clock of the same kind on the same question, meeting or task is not doubled: it is set anew, with its old
    date kept in its history. With `latest`, a clock that counts from a day ends then at the latest. Where the meeting
    was `put_off`, what would be late from the earliest day of its window counts from the latest. One of somebody who
    wants nothing done with what they asked rests from the beginning.
    """
    rule = rule_for(kind, settings)
    if kind is ClockKind.PREPARATION and settings.preparation_from is not None:
        anchor = settings.preparation_from
    if latest is None or isinstance(anchor, PlannedWindow):
        computed = due(rule, anchor, uow.calendar, uow.today if put_off else None)
    else:
        computed = due_by(rule, anchor, uow.calendar, latest)
    running: Sequence[Clock] = ()
    if question is not None:
        running = await uow.clocks.running_for(question.id)
    elif meeting is not None:
        running = await uow.clocks.of_meeting(meeting.id)
    elif task is not None:
        running = await uow.tasks.clocks_of(task.id)
    running = [clock for clock in running if clock.kind is kind]
    if running:
        clock = running[0]
        clock.history = [
            *clock.history,
            {"due_on": clock.due_on.isoformat(), "due": clock.due, "changed_at": uow.now.isoformat()},
        ]
        clock.anchor_on, clock.due_on = computed.anchor, computed.due_on
        clock.due, clock.wake_on = pack_due(computed), uow.today
        return clock
    matter = question or meeting or task
    if matter is None:
        raise ValueError("a clock runs for a question, a meeting or a task")
    rests = question is not None and question.restricted
    return await uow.clocks.add(
        Clock(
            kind=kind,
            unit_id=matter.unit_id,
            question_id=None if question is None else question.id,
            meeting_id=None if meeting is None else meeting.id,
            anchor_on=computed.anchor,
            due_on=computed.due_on,
            due=pack_due(computed),
            wake_on=uow.today,
            task_id=None if task is None else task.id,
            state=ClockState.PAUSED if rests else ClockState.RUNNING,
            ended_at=uow.now if rests else None,
        )
    )


async def start_reply(
    uow: UnitOfWork, kind: ClockKind, anchor: date, *, settings: ClockSettings, question: Question
) -> Clock:
    """Start a reply clock and the office's own targets beside it; returns the reply clock.

    The internal target runs where the plan has one (R163), the urgent one where a person called it urgent (R193).
    """
    clock = await start_clock(uow, kind, anchor, settings=settings, question=question)
    if settings.internal_target_runs:
        await start_target(uow, ClockKind.INTERNAL_TARGET, settings=settings, question=question)
    if question.urgent:
        await start_target(uow, ClockKind.URGENT_TARGET, settings=settings, question=question)
    return clock


async def start_target(
    uow: UnitOfWork, kind: ClockKind, *, settings: ClockSettings, question: Question
) -> Clock | None:
    """Start a target of the office today, never later than the day the asker is owed the answer.

    None, and nothing is started, when that day has come: the reply itself is due, or late.
    """
    latest = await owed_on(uow, question)
    if latest is not None and latest <= uow.today:
        return None
    return await start_clock(uow, kind, uow.today, settings=settings, question=question, latest=latest)


async def stop_clocks(
    uow: UnitOfWork, question: Question, *kinds: ClockKind, state: ClockState = ClockState.MET
) -> None:
    """Stop the running clocks of a question: these kinds, or all when none is named."""
    for clock in await uow.clocks.running_for(question.id):
        if not kinds or clock.kind in kinds:
            clock.state, clock.ended_at = state, uow.now
