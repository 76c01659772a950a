"""Start, stop and find the clocks of a question; the dates themselves are computed in `intake.rules.clock`."""

from datetime import date

from intake.ports import UnitOfWork
from intake.rules.clock import ClockKind, DayUnit, due
from intake.rules.clock_settings import DEFAULTS, ClockSettings, plan_settings, rule_for
from intake.rules.deadline import Clock, ClockState
from intake.rules.due_packing import pack_due
from intake.rules.meeting import Meeting
from intake.rules.plan import Plan
from intake.rules.profile_meetings import Clocks
from intake.rules.profile_shape import read_table
from intake.rules.question import Question, QuestionBrief
from intake.rules.window import PlannedWindow


def settings_of(plan: Plan | None) -> ClockSettings:
    """The lengths of a plan's clocks; where the plan is silent, the default, marked as such (R164)."""
    if plan is None:
        return DEFAULTS
    # only the clocks are read: this is asked for every question, and the rest of a profile is long
    return settings_of_clocks(read_table(Clocks, plan.profile["clocks"]))


def settings_of_clocks(clocks: Clocks) -> ClockSettings:
    """The lengths of the clocks as a profile gives them."""
    report, reply = clocks.periodic_report, clocks.reply
    return plan_settings(
        reply_days=reply.days if reply.count is DayUnit.CALENDAR else None,
        reply_working_days=reply.days if reply.count is DayUnit.WORKING else None,
        reply_roll=clocks.reply.roll,
        notice_days=clocks.notice.days,
        quarterly_report_working_days=None if report is None else report.first_working_days,
        preparation_working_days=None if clocks.preparation is None else clocks.preparation.working_days,
    )


async def plan_for(uow: UnitOfWork, question: Question | QuestionBrief) -> Plan | None:
    """The plan whose rules a question is under: its meeting's, else the newest of its unit, else none."""
    if question.meeting_id is not None:
        meeting = await uow.meetings.get(question.meeting_id)
        return await uow.plans.get(meeting.plan_id)
    plans = await uow.plans.of_units([question.unit_id])
    return plans[0] if plans else None


async def start_clock(
    uow: UnitOfWork,
    kind: ClockKind,
    anchor: date | PlannedWindow,
    *,
    settings: ClockSettings,
    question: Question | None = None,
    meeting: Meeting | None = None,
) -> Clock:
    """Start a clock from a day (or from the earliest day of a window). The sweep looks at it for the first time today.

    A running clock of the same kind on the same question or meeting is not doubled: it is set anew, with its old date
    kept in its history.
    """
    computed = due(rule_for(kind, settings), anchor, uow.calendar)
    running: list[Clock] = []
    if question is not None:
        running = [clock for clock in await uow.clocks.running_for(question.id) if clock.kind is kind]
    elif meeting is not None:
        running = [clock for clock in await uow.clocks.of_meeting(meeting.id) if clock.kind is kind]
    if running:
        clock = running[0]
        clock.history = [
            *clock.history,
            {"due_on": clock.due_on.isoformat(), "due": clock.due, "changed_at": uow.now.isoformat()},
        ]
        clock.anchor_on, clock.due_on = computed.anchor, computed.due_on
        clock.due, clock.wake_on = pack_due(computed), uow.today
        return clock
    matter = question or meeting
    if matter is None:
        raise ValueError("a clock runs for a question or for a meeting")
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
        )
    )


async def stop_clocks(
    uow: UnitOfWork, question: Question, *kinds: ClockKind, state: ClockState = ClockState.MET
) -> None:
    """Stop the running clocks of a question: these kinds, or all when none is named."""
    for clock in await uow.clocks.running_for(question.id):
        if not kinds or clock.kind in kinds:
            clock.state, clock.ended_at = state, uow.now
