"""The meetings a plan foresees and nobody has fixed: owed until their window ends, moved or given up with a reason."""

from datetime import date, timedelta

from intake.actions.deadlines.clocks import settings_of, start_clock
from intake.actions.deadlines.office_tasks import TICKING, task_in_unit
from intake.actions.outbox.tell import tell
from intake.actions.people.office import holders_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.deadlines.due_words import in_between
from intake.rules.deadlines.task import Task, TaskId, TaskKind
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.message import Message, Param, Term, pack
from intake.rules.people.person import Person
from intake.rules.plan.plan import Plan, PlanStatus
from intake.rules.plan.profile_meetings import SessionLine
from intake.rules.questions.promise import promised_day, required

NEAR = timedelta(days=30)
"""So long before its last day a session becomes a task; what had ended earlier than that when it was first seen is
history, and nobody is chased for it."""

_SETTLED = (MeetingState.FIXED, MeetingState.OPEN, MeetingState.HELD)


async def open_sessions(uow: UnitOfWork, *, day: date | None = None) -> int:
    """Make a task of every session whose last day is near and whose meeting has no day yet (R066).

    Where a plan that was loaded again has another last day, its clock follows; what it names no more is owed no more,
    and owed again once it does. Asked again, it changes nothing. `day` is the local day that is pretended. Returns how
    many were opened.
    """
    on, opened = day or uow.today, 0
    for plan in await uow.plans.of_units([unit.id for unit in await uow.places.roots()]):
        if plan.status is not PlanStatus.IN_FORCE:
            continue
        settled = await _settled(uow, plan)
        await _drop_unnamed(uow, plan)
        for session in plan.decided.profile.sessions:
            last = last_day(plan, session)
            task = await uow.tasks.by_key(_key(plan, session.key))
            if task is not None and (task.done_at is None or task.done_by is not None or session.key in settled):
                await _follow(uow, plan, task, last)
            elif task is not None:
                await _owe_again(uow, plan, session, task)
            elif session.key not in settled and abs(last - on) <= NEAR:
                await _open(uow, plan, session, last)
                opened += 1
    return opened


def last_day(plan: Plan, session: SessionLine) -> date:
    """The last day the plan allows; while it contradicts itself and nobody has chosen, that of the latest reading."""
    chosen = plan.decided.reading_of(session)
    if chosen is not None:
        return chosen.window.latest
    return max([session.window.latest, *(reading.window.latest for reading in session.readings)])


async def settle_session(uow: UnitOfWork, meeting: Meeting) -> None:
    """The day of a meeting is fixed: its session is owed no longer."""
    task = await _task_of(uow, meeting)
    if task is not None and task.done_at is None:
        task.done_at = uow.now
        await _end(uow, task, ClockState.MET)


async def owe_session_again(uow: UnitOfWork, meeting: Meeting) -> None:
    """A meeting has no day any more: its session is owed again until the plan's last day, unless it was given up."""
    task = await _task_of(uow, meeting)
    if task is None or task.done_at is None or task.done_by is not None:
        return
    plan = await uow.plans.get(meeting.plan_id)
    for session in plan.decided.profile.sessions:
        if session.key != meeting.session_key:
            continue
        await _owe_again(uow, plan, session, task)


async def _owe_again(uow: UnitOfWork, plan: Plan, session: SessionLine, task: Task) -> None:
    """Until the day it was owed before, which people may have moved; until the plan's where that is another since."""
    last, history = last_day(plan, session), []
    for state in (ClockState.ENDED, ClockState.MET):
        for before in await uow.tasks.clocks_in(task.id, state):
            if last.isoformat() in _known_days(before):
                last, history = before.due_on, [*before.history]
    task.done_at = None
    clock = await start_clock(uow, ClockKind.SESSION, last, settings=settings_of(plan), task=task)
    clock.history = history


async def owe_no_session(uow: UnitOfWork, plan: Plan) -> None:
    """A plan is carried out no more: whatever meeting of it is owed is owed no longer."""
    for session in plan.decided.profile.sessions:
        task = await uow.tasks.by_key(_key(plan, session.key))
        if task is not None and task.done_at is None:
            task.done_at = uow.now
            await _end(uow, task, ClockState.ENDED)


async def move_session(uow: UnitOfWork, *, by: Person, task_id: TaskId, last: date, reason: str) -> Task:
    """Give a session another last day, after today, with a reason; the plan itself stays as it was decided.

    The day before stays in the clock's history; secretaries and chairs but `by` are told. Raises `NotFound` for those
    who hold neither role in the unit, `ChangedMeanwhile` when it is not owed any more.
    """
    task, clock = await _owed(uow, by, task_id)
    reason, last = required(reason, "refusal.reason_missing"), promised_day(last, uow.today)
    was = clock.due_on
    plan = None if task.plan_id is None else await uow.plans.get(task.plan_id)
    await _set_anew(uow, plan, task, last, reason)
    detail = {"from": was.isoformat(), "to": last.isoformat()}
    entry = AuditEntry(uow.now, by.id, "move_session", f"task:{task.id}", detail)
    await uow.ledger.write(entry, words={"reason": reason})
    await _tell(
        uow, task, by, "session.news_moved", {"was": in_between(was), "due": in_between(last), "reason": reason}
    )
    return task


async def give_up_session(uow: UnitOfWork, *, by: Person, task_id: TaskId, reason: str) -> Task:
    """Say that a session of the plan will not take place, with a reason; secretaries and chairs but `by` are told.

    Raises `NotFound` for those who hold neither role in the unit, `ChangedMeanwhile` when it is not owed any more.
    """
    task, _ = await _owed(uow, by, task_id)
    task.outcome = required(reason, "refusal.reason_missing")
    task.done_by, task.done_at = by.id, uow.now
    await _end(uow, task, ClockState.ENDED)
    entry = AuditEntry(uow.now, by.id, "give_up_session", f"task:{task.id}")
    await uow.ledger.write(entry, words={"reason": task.outcome})
    await _tell(uow, task, by, "session.news_given_up", {"reason": task.outcome})
    return task


async def meeting_of_session(uow: UnitOfWork, task: Task) -> Meeting | None:
    """The meeting that was made for a session and has no day yet; None while there is none."""
    made = () if task.plan_id is None else await uow.meetings.of_plan(task.plan_id)
    ending = task.key.partition(":")[2]
    return next((one for one in made if one.state is MeetingState.PLANNED and _ending(one.session_key) == ending), None)


def _key(plan: Plan, session_key: str) -> str:
    return f"{plan.code}:{_ending(session_key)}"


def _ending(session_key: str) -> str:
    return f"session:{session_key}"


async def _settled(uow: UnitOfWork, plan: Plan) -> set[str]:
    return {one.session_key for one in await uow.meetings.of_plan(plan.id) if one.state in _SETTLED}


async def _open(uow: UnitOfWork, plan: Plan, session: SessionLine, last: date) -> None:
    key = _key(plan, session.key)
    task = await uow.tasks.add(Task(plan.unit_id, TaskKind.SESSION, key, session.title, uow.now, plan_id=plan.id))
    await start_clock(uow, ClockKind.SESSION, last, settings=settings_of(plan), task=task)


async def _follow(uow: UnitOfWork, plan: Plan, task: Task, last: date) -> None:
    """A last day the clock has never had comes from a plan that changed; one that people have moved stays moved."""
    for clock in await uow.tasks.clocks_of(task.id):
        if last.isoformat() not in _known_days(clock):
            await _set_anew(uow, plan, task, last, Term("moved.plan", {"title": plan.title}))


def _known_days(clock: Clock) -> set[str]:
    return {clock.due_on.isoformat(), *(str(before["due_on"]) for before in clock.history)}


async def _drop_unnamed(uow: UnitOfWork, plan: Plan) -> None:
    named = {_key(plan, session.key) for session in plan.decided.profile.sessions}
    for task, _ in await uow.tasks.open_in([plan.unit_id]):
        if task.kind is TaskKind.SESSION and task.plan_id == plan.id and task.key not in named:
            task.done_at = uow.now
            await _end(uow, task, ClockState.ENDED)


async def _set_anew(uow: UnitOfWork, plan: Plan | None, task: Task, last: date, reason: str | Term) -> None:
    """The running clock counts from another last day; the one before stays in its history, with the reason."""
    clock = await start_clock(uow, ClockKind.SESSION, last, settings=settings_of(plan), task=task)
    clock.history = [*clock.history[:-1], {**clock.history[-1], "reason": pack(reason)}]


async def _task_of(uow: UnitOfWork, meeting: Meeting) -> Task | None:
    plan = await uow.plans.get(meeting.plan_id)
    task = await uow.tasks.by_key(_key(plan, meeting.session_key))
    return None if task is None else await uow.tasks.get(task.id, lock=True)


async def _owed(uow: UnitOfWork, by: Person, task_id: TaskId) -> tuple[Task, Clock]:
    task = await task_in_unit(uow, by, task_id, lock=True)
    if task.kind is not TaskKind.SESSION:
        raise RuleBroken("refusal.not_in_this_state")
    if task.done_at is not None:
        raise ChangedMeanwhile
    [clock] = await uow.tasks.clocks_of(task.id)
    return task, clock


async def _end(uow: UnitOfWork, task: Task, state: ClockState) -> None:
    for clock in await uow.tasks.clocks_of(task.id):
        clock.state, clock.ended_at = state, uow.now


async def _tell(uow: UnitOfWork, task: Task, by: Person, key: str, params: dict[str, Param]) -> None:
    others = [person.id for person in await holders_of(uow, task.unit_id, *TICKING) if person.id != by.id]
    await tell(uow, others, Message(key, {"title": task.title, **params}))
