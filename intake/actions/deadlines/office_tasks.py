"""What the office owes beside questions and meetings: opened with its clocks, ticked off by a secretary."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from intake.actions.deadlines.clocks import settings_of, start_clock
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.outbox.tell import tell
from intake.actions.people.office import secretaries_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import ClockKind, due
from intake.rules.deadlines.clock_settings import rule_for
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.deadlines.task import Task, TaskId, TaskKind
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Message
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.periods import ReportPeriod, period_to_report, report_key
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, Role
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile_meetings import ReportRule
from intake.rules.questions.promise import required

TICKING = (Role.SECRETARY, Role.CHAIR)
"""Who ticks tasks off: where a unit has no secretary, its chair is told of them and must be able to."""

_ONE_DAY = timedelta(days=1)
_ROMAN = ("I", "II", "III", "IV")


async def open_fixed_dates(uow: UnitOfWork, plan: Plan) -> Sequence[Task]:
    """Start the clocks of a plan's "trước ngày X" that lie ahead (R079, R080); a date that changed moves its clock.

    What had passed when the plan was loaded is history, and nobody is chased for it. Returns the tasks that run.
    """
    settings = settings_of(plan)
    running = []
    for line in plan.decided.profile.clocks.fixed_dates:
        key = f"{plan.code}:{line.key}"
        task = await uow.tasks.by_key(key)
        if task is None:
            if due(rule_for(ClockKind.BEFORE, settings), line.before, uow.calendar).due_on < uow.today:
                continue
            task = await uow.tasks.add(
                Task(plan.unit_id, TaskKind.FIXED_DATE, key, line.task, uow.now, plan_id=plan.id)
            )
        if task.done_by is not None:
            continue
        task.title, task.done_at = line.task, None  # one that was withdrawn is owed again
        await _give_to(uow, task, line.lead, line.to, line.phrase)
        current = await uow.tasks.clocks_of(task.id)
        if not current or current[0].anchor_on != line.before:
            await start_clock(uow, ClockKind.BEFORE, line.before, settings=settings, task=task)
        running.append(task)
    return running


async def withdraw_date(uow: UnitOfWork, plan: Plan, key: str) -> None:
    """End a task that people have decided away (A7); one that was done stays done."""
    task = await uow.tasks.by_key(f"{plan.code}:{key}")
    if task is None or task.done_at is not None:
        return
    task.done_at = uow.now
    for clock in await uow.tasks.clocks_of(task.id):
        clock.state, clock.ended_at = ClockState.ENDED, uow.now


async def open_reports(uow: UnitOfWork, *, day: date | None = None) -> int:
    """Start the report on the period that ended last for every plan that has one, while there is something to report.

    There is, while a question of the plan's meetings was open in it: so the last report tells that the last question
    is closed, and none follows (R184; by Kết luận 215-KL/TW: LAW C1). Asked again, it changes nothing. `day` is the
    local day that is pretended. Returns how many were started.
    """
    opened = 0
    for plan in await uow.plans.of_units([unit.id for unit in await uow.places.roots()]):
        report = plan.decided.profile.clocks.periodic_report
        if report is None or report.every is None:
            continue
        period = period_to_report(report.every, day or uow.today)
        since, until = _midnight(period.first), _midnight(period.last + _ONE_DAY)
        key = report_key(plan.code, period)
        if await uow.tasks.by_key(key) is not None or not await uow.tasks.open_questions(plan.id, since, until):
            continue
        await _open_report(uow, plan, report, period, key)
        opened += 1
    return opened


async def _open_report(uow: UnitOfWork, plan: Plan, report: ReportRule, period: ReportPeriod, key: str) -> None:
    """A quarter has the clock of quarterly reports; any other period is owed as early in the next as that one."""
    settings = settings_of(plan)
    if period.kind is PaperKind.QUARTER_REPORT:
        kind, anchor = ClockKind.QUARTERLY_REPORT, period.last
        task = Task(plan.unit_id, TaskKind.QUARTERLY_REPORT, key, "", uow.now, plan_id=plan.id)
        task.title = f"{plan.title} ({_ROMAN[period.part - 1]}/{period.year})"
    else:
        last = uow.calendar.add_working_days(period.last, settings.quarterly_report.number)
        kind, anchor = ClockKind.BEFORE, last + _ONE_DAY
        task = Task(plan.unit_id, TaskKind.FIXED_DATE, key, "", uow.now, plan_id=plan.id)
        one_month = period.kind is PaperKind.MONTH_REPORT
        months = str(period.part) if one_month else f"{period.first.month}–{period.last.month}"
        task.title = f"{report.phrase.rstrip('.')} ({months}/{period.year})"
    await uow.tasks.add(task)
    await _give_to(uow, task, report.lead, report.to, report.phrase)
    await start_clock(uow, kind, anchor, settings=settings, task=task)


async def _give_to(uow: UnitOfWork, task: Task, lead: str | None, to: Sequence[str], phrase: str) -> None:
    """The body that leads a task, whom it goes to, and the plan's words: where the body is not there, nobody's."""
    bodies = {body.code: body.id for body in await uow.places.bodies(task.unit_id)}
    task.desk_id, task.recipients, task.phrase = bodies.get(lead or ""), list(to), phrase


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LOCAL)


async def task_in_unit(uow: UnitOfWork, by: Person, task_id: TaskId, *, lock: bool = False) -> Task:
    """A task of a unit in which `by` is secretary, or stands in for one; `NotFound` for all others."""
    task = await uow.tasks.get(task_id, lock=lock)
    unit = await uow.places.unit(task.unit_id)
    require(await uow.people.grants_of(by.id), TICKING, unit)
    return task


async def accept_task(uow: UnitOfWork, *, by: Person, task_id: TaskId) -> Task:
    """Say that a request about one's own data is being worked on: that clock is met, the person is told until when."""
    task = await task_in_unit(uow, by, task_id, lock=True)
    if task.kind is not TaskKind.DATA_REQUEST or task.person_id is None:
        raise RuleBroken("refusal.not_in_this_state")
    if task.accepted_at is not None or task.done_at is not None:
        raise ChangedMeanwhile
    task.accepted_by, task.accepted_at = by.id, uow.now
    running = await uow.tasks.clocks_of(task.id)
    for clock in running:
        if clock.kind is ClockKind.DATA_REQUEST:
            clock.state, clock.ended_at = ClockState.MET, uow.now
    await uow.ledger.write(AuditEntry(uow.now, by.id, "accept_task", f"task:{task.id}"))
    fulfil = next(clock for clock in running if clock.kind is ClockKind.DATA_FULFIL)
    told = Message("datarequest.accepted", {"reference": task.title, "due": due_words(unpack_due(fulfil.due))})
    await tell(uow, [task.person_id], told)
    return task


async def finish_task(uow: UnitOfWork, *, by: Person, task_id: TaskId, outcome: str = "") -> Task:
    """Tick a task off; its clocks are met. A request about own data says what was done, and the person is told."""
    task = await task_in_unit(uow, by, task_id, lock=True)
    if task.done_at is not None:
        raise ChangedMeanwhile
    if task.kind in (TaskKind.SESSION, TaskKind.DEMAND):
        raise RuleBroken("refusal.not_in_this_state")  # a day, another time, a reason, the chair's word settles it
    if task.kind is TaskKind.DATA_REQUEST:
        task.outcome = required(outcome, "refusal.text_missing")
    task.done_by, task.done_at = by.id, uow.now
    for clock in await uow.tasks.clocks_of(task.id):
        clock.state, clock.ended_at = ClockState.MET, uow.now
    await uow.ledger.write(AuditEntry(uow.now, by.id, "finish_task", f"task:{task.id}"))
    if task.person_id is not None:
        told = Message("datarequest.done", {"reference": task.title, "text": task.outcome})
        await tell(uow, [task.person_id], told)
    return task


async def settle_own_request(uow: UnitOfWork, *, person: Person, task_id: TaskId, outcome: str) -> Task:
    """A person has done themselves what they had asked about their own data: both clocks are met, the office is told.

    `outcome`: what is kept of it. Raises `NotFound` for anybody else's, `ChangedMeanwhile` for one that is settled.
    """
    task = await uow.tasks.get(task_id, lock=True)
    if task.kind is not TaskKind.DATA_REQUEST or task.person_id != person.id:
        raise NotFound
    if task.done_at is not None:
        raise ChangedMeanwhile
    task.outcome, task.done_by, task.done_at = outcome, person.id, uow.now
    for clock in await uow.tasks.clocks_of(task.id):
        clock.state, clock.ended_at = ClockState.MET, uow.now
    await uow.ledger.write(AuditEntry(uow.now, person.id, "settle_own_request", f"task:{task.id}"))
    office = await secretaries_of(uow, await uow.places.unit(task.unit_id))
    await tell(uow, office, Message("datarequest.settled", {"reference": task.title}))
    return task


async def finish_preparation(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> Meeting:
    """Say that a meeting is prepared (R070): its clock is met. Raises `ChangedMeanwhile` when none runs any more."""
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    running = [one for one in await uow.clocks.of_meeting(meeting.id) if one.kind is ClockKind.PREPARATION]
    if not running:
        raise ChangedMeanwhile
    for clock in running:
        clock.state, clock.ended_at = ClockState.MET, uow.now
    await uow.ledger.write(AuditEntry(uow.now, by.id, "finish_preparation", f"meeting:{meeting.id}"))
    return meeting
