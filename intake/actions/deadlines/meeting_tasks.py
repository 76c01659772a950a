"""The tasks of a plan around a meeting: looked at, given to the bodies that have them, moved and ended with it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.deadlines.clocks import settings_for, start_clock
from intake.actions.outbox.tell import tell
from intake.actions.people.office import secretaries_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import DUTIES_AFTER, ClockKind, Due, due
from intake.rules.deadlines.clock_settings import ClockSettings, rule_for
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.deadlines.task import Task, TaskKind
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Button, Message, Param, Term
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Desk, DeskId
from intake.rules.plan.plan_tasks import PlannedTask, TaskPhase, planned_tasks
from intake.rules.plan.window import PlannedWindow

_AHEAD = (MeetingState.PLANNED, MeetingState.FIXED, MeetingState.OPEN)
_BUTTONS = ((Button("cmd.viec", "menu.tasks"),),)


@dataclass(frozen=True, slots=True)
class ProposedTask:
    """A task of the plan that is not given yet: to which body it goes, who joins in, and when it is due.

    Without a `lead` the secretary keeps it: the plan names nobody. `staffed`: somebody works at the body.
    """

    planned: PlannedTask
    lead: Desk | None
    others: tuple[Desk, ...]
    due: Due | None
    staffed: bool


async def proposed_tasks(uow: UnitOfWork, meeting: Meeting) -> Sequence[ProposedTask]:
    """What the plan asks for around a meeting and nobody was given yet, in the order of the days."""
    plan = await uow.plans.get(meeting.plan_id)
    settings = settings_for(plan, meeting)
    bodies = {body.code: body for body in await uow.places.bodies(meeting.unit_id)}
    staff = await uow.people.at_desks([body.id for body in bodies.values()])
    given = {task.key for task in await uow.tasks.around(meeting.id)}
    found = []
    for planned in planned_tasks(plan.decided.profile):
        if _key(meeting, planned) in given:
            continue
        kind, lead = _clock_of(planned), bodies.get(planned.lead)
        today = uow.today if meeting.is_put_off else None
        found.append(
            ProposedTask(
                planned,
                lead,
                tuple(bodies[code] for code in planned.others if code in bodies),
                None if kind is None else due(rule_for(kind, settings), _anchor(meeting), uow.calendar, today),
                lead is not None and bool(staff.get(lead.id)),
            )
        )
    return found


async def give_tasks(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> Sequence[Task]:
    """Give every task of the plan around a meeting to the body that has it (R037, R054); each body is told once.

    A secretary or chair does. Asked again it gives what the plan has asked for since. Raises `RuleBroken` when the
    meeting is over, and when nothing is left to give.
    """
    meeting = await uow.meetings.get(meeting_id, lock=True)
    unit = await uow.places.unit(meeting.unit_id)
    require(await uow.people.grants_of(by.id), (Role.SECRETARY, Role.CHAIR), unit)
    if meeting.state not in _AHEAD:
        raise RuleBroken("refusal.meeting_over")
    proposed = await proposed_tasks(uow, meeting)
    if not proposed:
        raise RuleBroken("refusal.tasks_given")
    settings = settings_for(await uow.plans.get(meeting.plan_id), meeting)
    tasks = [await _give(uow, by, meeting, one, settings) for one in proposed]
    await uow.ledger.write(AuditEntry(uow.now, by.id, "give_tasks", f"meeting:{meeting.id}", {"tasks": len(tasks)}))
    await _tell_bodies(uow, meeting, tasks, by, "plantask.given")
    return tasks


async def _give(uow: UnitOfWork, by: Person, meeting: Meeting, proposed: ProposedTask, settings: ClockSettings) -> Task:
    planned = proposed.planned
    task = await uow.tasks.add(
        Task(
            meeting.unit_id,
            TaskKind.DUTY,
            _key(meeting, planned),
            meeting.title,
            uow.now,
            plan_id=meeting.plan_id,
            what=planned.key,
            phrase=planned.phrase,
            meeting_id=meeting.id,
            desk_id=None if proposed.lead is None else proposed.lead.id,
            others=[body.id for body in proposed.others],
            recipients=list(planned.recipients),
            given_by=by.id,
        )
    )
    kind = _clock_of(planned)
    if kind is not None:
        await start_clock(uow, kind, _anchor(meeting), settings=settings, task=task, put_off=meeting.is_put_off)
    return task


async def count_from_end(uow: UnitOfWork, meeting: Meeting, ended_on: date, settings: ClockSettings) -> None:
    """Count the tasks that follow a meeting from the day it really ended."""
    for clock in await uow.tasks.clocks_around(meeting.id):
        if clock.kind in DUTIES_AFTER and clock.anchor_on != ended_on and clock.task_id is not None:
            await start_clock(uow, clock.kind, ended_on, settings=settings, task=await uow.tasks.get(clock.task_id))


async def withdraw_tasks(uow: UnitOfWork, meeting: Meeting, reason: str) -> None:
    """End the tasks around a meeting that does not take place; the bodies that had some are told, with the reason."""
    open_tasks = [task for task in await uow.tasks.around(meeting.id) if task.done_at is None]
    duties = [task for task in open_tasks if task.kind is TaskKind.DUTY]
    for task in duties:
        task.done_at = uow.now
        for clock in await uow.tasks.clocks_of(task.id):
            clock.state, clock.ended_at = ClockState.ENDED, uow.now
    await _tell_bodies(uow, meeting, duties, None, "plantask.withdrawn", {"reason": reason})


async def _tell_bodies(
    uow: UnitOfWork,
    meeting: Meeting,
    tasks: Sequence[Task],
    by: Person | None,
    key: str,
    more: Mapping[str, Param] | None = None,
) -> None:
    """One letter to everybody of each body that leads some of the tasks; where it has nobody, the secretary has them.

    The secretary who gave them out knows, and is told nothing.
    """
    led: dict[DeskId, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.desk_id is not None:
            led[task.desk_id].append(task)
    staff = await uow.people.at_desks(led)
    bodies = await uow.places.desks_by_id(led)
    office = await secretaries_of(uow, await uow.places.unit(meeting.unit_id))
    for desk_id, theirs in led.items():
        people: Sequence[PersonId] = staff.get(desk_id) or [one for one in office if by is None or one != by.id]
        lines = tuple([await task_line(uow, task) for task in theirs])
        params: dict[str, Param] = {"title": meeting.title, "desk": bodies[desk_id].name, "lines": lines}
        await tell(uow, people, Message(key, {**params, "count": len(theirs), **(more or {})}, _BUTTONS))


async def task_line(uow: UnitOfWork, task: Task) -> Term:
    """A task as a line of a letter: what it is, and the day it is due."""
    clocks = await uow.tasks.clocks_of(task.id)
    if not clocks:
        return Term("plantask.line", {"what": task.planned})
    return Term("plantask.line_due", {"what": task.planned, "due": due_words(unpack_due(clocks[0].due))})


def _key(meeting: Meeting, planned: PlannedTask) -> str:
    return f"meeting:{meeting.id}:{planned.key}"


def _clock_of(planned: PlannedTask) -> ClockKind | None:
    return None if planned.phase is TaskPhase.WHENEVER else ClockKind(f"duty-{planned.phase}")


def _anchor(meeting: Meeting) -> date | PlannedWindow:
    """The day of the meeting, or the days it may have."""
    return meeting.window if meeting.starts_at is None else meeting.starts_at.astimezone(LOCAL).date()
