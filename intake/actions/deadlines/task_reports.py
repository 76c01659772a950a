"""What becomes of a task that a body of the office has: it reports, whoever gave it looks, sends back, or hands on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.outbox.tell import tell
from intake.actions.people.office import secretaries_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.task import MOST_FILES, REPORTED, Task, TaskFile, TaskId, TaskKind, TaskNote
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.files import NewFile
from intake.rules.message import Button, CarriedFile, Message, Param, numbered_files
from intake.rules.people.permissions import holds
from intake.rules.people.person import Grant, Person, PersonId, Role
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.questions.promise import required

RUNNING_IT = (Role.SECRETARY, Role.CHAIR)
"""Who gives tasks out, looks at what was done and hands a task on."""
MOST_OF_A_BODY = 50
MOST_OF_UNITS = 200


@dataclass(frozen=True, slots=True)
class TaskPart:
    """What somebody may do with a task: report it done, look at it and send it back, or only read."""

    reports: bool
    checks: bool


async def task_open_to(uow: UnitOfWork, by: Person, task_id: TaskId, *, lock: bool = False) -> tuple[Task, TaskPart]:
    """A task of a body, with what `by` may do about it; `NotFound` for whoever has no part in it.

    The bodies that lead it and join in report; secretary and chair of the unit do both; the supervisor who found
    something looks at what was done about it; other supervisors read.
    """
    task = await uow.tasks.get(task_id, lock=lock)
    if task.kind not in REPORTED:
        raise NotFound
    unit = await uow.places.unit(task.unit_id)
    grants = await uow.people.grants_of(by.id)
    runs = any(holds(grants, role, unit) for role in RUNNING_IT)
    watches = holds(grants, Role.SUPERVISOR, unit)
    at_body = bool({task.desk_id, *task.others} & set(_desks_of(grants)))
    if not (runs or watches or at_body):
        raise NotFound
    checks = watches if task.kind is TaskKind.FINDING else runs
    return task, TaskPart(reports=at_body or runs, checks=checks)


def _desks_of(grants: Iterable[Grant]) -> list[DeskId]:
    return [grant.desk_id for grant in grants if grant.role is Role.OFFICIAL and grant.desk_id is not None]


async def tasks_of_bodies(uow: UnitOfWork, grants: Iterable[Grant]) -> Sequence[tuple[Task, date | None]]:
    """The tasks of the bodies at which somebody works, not done, the soonest due first."""
    desks = _desks_of(grants)
    return await uow.tasks.at_desks(desks, most=MOST_OF_A_BODY) if desks else ()


async def tasks_in_units(uow: UnitOfWork, unit_ids: Sequence[UnitId]) -> Sequence[Task]:
    """Every task of the bodies of these units that is not done, the soonest due first."""
    bodies = [body.id for unit_id in unit_ids for body in await uow.places.bodies(unit_id)]
    return [task for task, _ in await uow.tasks.at_desks(bodies, most=MOST_OF_UNITS)] if bodies else ()


async def add_note(uow: UnitOfWork, *, by: Person, task_id: TaskId, text: str, files: Sequence[NewFile] = ()) -> Task:
    """Write down what was found or done for a task that is not reported yet; the body that leads it is told.

    So hamlets write down their meetings, and bodies what they hear, before whoever leads makes the digest. `files`
    show it; `RuleBroken` where the task would have more than `MOST_FILES`.
    """
    task, part = await task_open_to(uow, by, task_id, lock=True)
    if not part.reports:
        raise NotFound
    if task.done_at is not None:
        raise ChangedMeanwhile
    text = required(text, "refusal.text_missing")
    await uow.tasks.add_note(TaskNote(task.id, by.id, uow.now, text))
    await _keep_files(uow, task, by, files)
    await _note(uow, by.id, "note_task", task, files)
    told = [one for one in await _people_of(uow, task) if one != by.id]
    await tell(uow, told, Message("plantask.noted", _said(task, text=text), _opens(task), _carried(task, files)))
    return task


async def report_task(
    uow: UnitOfWork, *, by: Person, task_id: TaskId, text: str, files: Sequence[NewFile] = ()
) -> Task:
    """Say that a task is done, and what was done: the evidence (R181). Its clock is met, whoever gave it is told.

    `files` show it, as in `add_note`.
    """
    task, part = await task_open_to(uow, by, task_id, lock=True)
    if not part.reports:
        raise NotFound
    if task.done_at is not None:
        raise ChangedMeanwhile
    outcome = required(text, "refusal.text_missing")
    await _keep_files(uow, task, by, files)
    await meet_task(uow, task, by.id, outcome, files)
    return task


async def meet_task(
    uow: UnitOfWork,
    task: Task,
    by: PersonId,
    outcome: str,
    files: Sequence[NewFile] = (),
    *,
    of_itself: bool = False,
) -> None:
    """A task is done, by somebody's report or by what they did: its clock is met, whoever gave it is told.

    `of_itself`: what `by` did has come to its end without anybody's word, which is how the audit trail has it.
    """
    task.outcome, task.done_by, task.done_at = outcome, by, uow.now
    await _set_clocks(uow, task, ClockState.RUNNING, ClockState.MET)
    await _note(uow, None if of_itself else by, "report_task", task, files)
    told = [one for one in await _givers(uow, task) if one != by or of_itself]
    await tell(uow, told, Message("plantask.reported", _said(task, text=outcome), _opens(task), _carried(task, files)))


async def _keep_files(uow: UnitOfWork, task: Task, by: Person, files: Sequence[NewFile]) -> None:
    had = {one.sha256 for one in await uow.tasks.files(task.id)}
    new = [one for one in files if one.sha256 not in had]
    if len(had) + len(new) > MOST_FILES:
        raise RuleBroken("refusal.too_many_task_files", {"most": MOST_FILES})
    for one in new:
        await uow.tasks.add_file(TaskFile(task.id, by.id, uow.now, one.sha256, one.media_type, one.size, one.name))


def _carried(task: Task, files: Sequence[NewFile]) -> tuple[CarriedFile, ...]:
    return numbered_files((one.sha256 for one in files), task.called)


async def see_task(uow: UnitOfWork, *, by: Person, task_id: TaskId) -> Task:
    """Note that whoever gave a task has looked at what was done, and is content."""
    task = await _reported(uow, by, task_id)
    task.seen_by, task.seen_at = by.id, uow.now
    await _note(uow, by.id, "see_task", task)
    return task


async def send_task_back(uow: UnitOfWork, *, by: Person, task_id: TaskId, reason: str) -> Task:
    """Say that a task is not done yet, and why: its clock runs on towards the same day, the body is told."""
    task = await _reported(uow, by, task_id)
    reason = required(reason, "refusal.text_missing")
    task.done_by = task.done_at = None
    await _set_clocks(uow, task, ClockState.MET, ClockState.RUNNING)
    await _note(uow, by.id, "send_task_back", task)
    told = [one for one in await _people_of(uow, task) if one != by.id]
    await tell(uow, told, Message("plantask.sent_back", _said(task, reason=reason), _opens(task)))
    return task


async def hand_task(uow: UnitOfWork, *, by: Person, task_id: TaskId, desk_id: DeskId) -> Task:
    """Give a task to another body of the unit, which is told. Raises `NotFound` for a body of another unit."""
    task, part = await task_open_to(uow, by, task_id, lock=True)
    desk = await uow.places.desk(desk_id)
    if not part.checks or desk.unit_id != task.unit_id:
        raise NotFound
    if task.done_at is not None or task.desk_id == desk.id:
        raise ChangedMeanwhile
    task.desk_id, task.others = desk.id, [one for one in task.others if one != desk.id]
    for clock in await uow.tasks.clocks_of(task.id):
        clock.wake_on = min(clock.wake_on, uow.today)
    await _note(uow, by.id, "hand_task", task)
    told = [one for one in await _people_of(uow, task) if one != by.id]
    await tell(uow, told, Message("plantask.yours", _said(task, desk=desk.name), _opens(task)))
    return task


async def _reported(uow: UnitOfWork, by: Person, task_id: TaskId) -> Task:
    task, part = await task_open_to(uow, by, task_id, lock=True)
    if not part.checks:
        raise NotFound
    if task.done_at is None or task.done_by is None or task.seen_at is not None:
        raise ChangedMeanwhile
    return task


async def _set_clocks(uow: UnitOfWork, task: Task, was: ClockState, now: ClockState) -> None:
    for clock in await uow.tasks.clocks_in(task.id, was):
        clock.state, clock.ended_at = now, None if now is ClockState.RUNNING else uow.now
        clock.wake_on = uow.today


async def _givers(uow: UnitOfWork, task: Task) -> Sequence[PersonId]:
    """Who looks at what was done: the supervisor who found something, else the secretaries."""
    if task.kind is TaskKind.FINDING and task.given_by is not None:
        return [task.given_by]
    return await secretaries_of(uow, await uow.places.unit(task.unit_id))


async def _people_of(uow: UnitOfWork, task: Task) -> Sequence[PersonId]:
    """Everybody of the body that leads a task; where it has nobody, or none leads, the secretaries."""
    staff = () if task.desk_id is None else (await uow.people.at_desks([task.desk_id])).get(task.desk_id, ())
    return staff or await secretaries_of(uow, await uow.places.unit(task.unit_id))


def _said(task: Task, **more: Param) -> dict[str, Param]:
    return {"what": task.called, **more}


def _opens(task: Task) -> tuple[tuple[Button, ...], ...]:
    return ((Button(f"task.{task.id}", "button.open"),),)


async def _note(uow: UnitOfWork, by: PersonId | None, act: str, task: Task, files: Sequence[NewFile] = ()) -> None:
    detail = {"files": [one.sha256 for one in files]} if files else {}
    await uow.ledger.write(AuditEntry(uow.now, by, act, f"task:{task.id}", detail))
