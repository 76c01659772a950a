"""Tasks that bodies of the office have, in words: who leads, who joins in, for whom, how they stand."""

from collections.abc import Sequence

from intake.actions.meetings.end_survey import SURVEY_TASKS
from intake.ports import UnitOfWork
from intake.rules.deadlines.task import Task, TaskKind
from intake.rules.meetings.survey import Survey
from intake.rules.message import Param, Term

from .clocks import time_left
from .people import name_of


async def body_name(uow: UnitOfWork, task: Task) -> Param:
    """The body that leads a task; where none does, the secretary."""
    return Term("finding.office") if task.desk_id is None else (await uow.places.desk(task.desk_id)).name


async def time_of(uow: UnitOfWork, task: Task) -> Term:
    """How long there still is for a task; one without a day is done when there is cause."""
    clocks = await uow.tasks.clocks_of(task.id)
    return time_left(clocks[0].due_on, uow.today) if clocks else Term("plantask.whenever")


async def task_lines(uow: UnitOfWork, task: Task) -> Sequence[Param]:
    """A task line by line: the words it rests on, who has it, for whom it is, how it stands."""
    lines: list[Param] = [task.text] if task.text else []
    if task.desk_id is None and task.kind is TaskKind.DUTY:
        lines.append(Term("plantask.lead_office"))
    else:
        lines.append(Term("plantask.lead", {"desk": await body_name(uow, task)}))
    if task.others:
        joining = await uow.places.desks_by_id(task.others)
        lines.append(Term("plantask.others", {"desks": ", ".join(desk.name for desk in joining.values())}))
    if task.recipients:
        lines.append(Term("plantask.to", {"recipients": "; ".join(task.recipients)}))
    if task.phrase:
        lines.append(Term("plantask.phrase_line", {"phrase": task.phrase}))
    notes = await uow.tasks.notes(task.id)
    people = await uow.people.many([note.by for note in notes])
    lines += [
        Term("plantask.note_line", {"at": note.at, "name": name_of(people[note.by]), "text": note.text})
        for note in notes
    ]
    for survey in await surveys_shown(uow, task):
        said: dict[str, Param] = {"title": survey.title}
        said |= {"asked": survey.result["asked"], "answered": survey.result["answered"]}
        lines.append(Term("plantask.survey_line", said))
    if task.done_at is None:
        lines.append(Term("plantask.due_line", {"left": await time_of(uow, task)}))
    elif task.outcome:
        lines.append(Term("plantask.done_line", {"at": task.done_at, "text": task.outcome}))
    if task.seen_at is not None:
        lines.append(Term("plantask.seen_line", {"at": task.seen_at}))
    return lines


async def surveys_shown(uow: UnitOfWork, task: Task) -> Sequence[Survey]:
    """The closed surveys that show that a task of the plan to ask people was done, the newest first."""
    if task.what not in SURVEY_TASKS or task.meeting_id is None:
        return ()
    return [one for one in await uow.surveys.of_meetings([task.meeting_id]) if one.closed_at is not None]


async def finding_standing(uow: UnitOfWork, task: Task) -> Term:
    """How a finding stands: not set right with the time that is left, replied to, set right."""
    if task.done_at is None:
        return Term("finding.standing_open", {"left": await time_of(uow, task)})
    return Term("finding.standing_replied" if task.seen_at is None else "finding.standing_closed")


async def finding_row(uow: UnitOfWork, number: int, task: Task) -> Term:
    """A finding as a numbered line of the register."""
    params: dict[str, Param] = {"number": number, "reference": task.title, "desk": await body_name(uow, task)}
    if task.done_at is None:
        return Term("finding.row", {**params, "left": await time_of(uow, task)})
    return Term("finding.row_replied" if task.seen_at is None else "finding.row_closed", params)
