"""The room of tasks: what the plan asks of each body, given out, reported, looked at; seen by the whole office."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from intake.actions.deadlines.meeting_tasks import ProposedTask, give_tasks, proposed_tasks
from intake.actions.deadlines.task_reports import (
    RUNNING_IT,
    add_note,
    hand_task,
    report_task,
    see_task,
    send_task_back,
    task_open_to,
    tasks_in_units,
    tasks_of_bodies,
)
from intake.actions.meetings.end_survey import SURVEY_TASKS
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.people.office import units_of
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import is_overdue
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.task import MOST_FILES, Task, TaskId
from intake.rules.errors import NotFound
from intake.rules.files import NewFile
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Term
from intake.rules.papers.periods import period_of_report
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.plan.plan_tasks import rules_of_conduct
from web.forms import LONGEST_WITH_FILE, LONGEST_WITH_SCAN, sent_files
from wording.body_tasks import body_name, surveys_shown, task_lines
from wording.clocks import sentence, time_left

from .doors import Doors
from .meetings import AHEAD
from .office import HOME
from .paper_files import NOT_TAKEN
from .room import DeskRoom, for_roles
from .shown_files import framing, in_place, shown_file
from .surveys import LIST
from .visiting import Visit, number_in

ROOM = DeskRoom("/viec", "desk.tasks_room", for_roles(Role.OFFICIAL, Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR))
PATH = HOME + ROOM.path


_FILES = dict.fromkeys((*NOT_TAKEN, "refusal.too_many_task_files"), "files")
"""What may be wrong with the files that show what was done."""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A line of the table of tasks, in words."""

    opens: str
    what: str
    body: str
    left: str
    late: bool


@dataclass(frozen=True, slots=True)
class GiveLine:
    """A task that would go out, in words; not `staffed`: nobody works at the body, and the secretary hears."""

    what: str
    body: str
    others: str
    left: str
    phrase: str
    staffed: bool


@dataclass(frozen=True, slots=True)
class TasksLeft:
    """A meeting of which the plan asks for tasks that nobody was given yet."""

    title: str
    count: int
    opens: str


def open_room(doors: Doors) -> None:
    """Add the table of tasks, one task with what can be said of it, and giving out those of a meeting."""
    doors.show("", _list)
    doors.show("/giao/{meeting}", _proposed)
    doors.act("/giao/{meeting}", _give, again=_proposed)
    doors.show("/{task}", _task)
    for path, deed, fields in (
        ("xong", _report, {**_FILES, "refusal.text_missing": "text"}),
        ("ghi-nhan", _add_note, {**_FILES, "refusal.text_missing": "note"}),
        ("tra-lai", _send_back, {"refusal.text_missing": "reason"}),
        ("da-xem", _see, {}),
        ("giao-cho", _hand, {}),
    ):
        longest = LONGEST_WITH_SCAN if _FILES.keys() <= fields.keys() else LONGEST_WITH_FILE
        doors.act(f"/{{task}}/{path}", deed, again=_task, fields=fields, longest=longest)
    doors.show("/{task}/tep/{name}", _file)


async def _list(visit: Visit) -> Response:
    async with visit.reading() as uow:
        seen = await units_of(uow, visit.person, *RUNNING_IT, Role.SUPERVISOR)
        mine = [await _row(uow, visit, task) for task, _ in await tasks_of_bodies(uow, visit.grants)]
        everybodys = [await _row(uow, visit, task) for task in await tasks_in_units(uow, seen)]
        waiting = [await _row(uow, visit, task) for task in await uow.tasks.reported_in(seen)]
        left = await _left_to_give(uow, await units_of(uow, visit.person, *RUNNING_IT))
    lists = [("tasks.mine", mine), ("tasks.waiting", waiting), ("tasks.everybodys", everybodys)]
    return visit.page("tasks.html", lists=lists, left=left)


async def _row(uow: UnitOfWork, visit: Visit, task: Task) -> TaskRow:
    clocks = await uow.tasks.clocks_of(task.id)
    due_on = clocks[0].due_on if clocks else None
    left = Term("plantask.whenever") if due_on is None else time_left(due_on, uow.today)
    if task.done_at is not None:
        left = Term("tasks.reported_at", {"at": task.done_at})
    return TaskRow(
        f"{PATH}/{task.id}",
        visit.words(task.called),
        visit.words(await body_name(uow, task)),
        visit.words(left),
        late=task.done_at is None and due_on is not None and is_overdue(due_on, uow.today),
    )


async def _left_to_give(uow: UnitOfWork, units: Sequence[UnitId]) -> list[TasksLeft]:
    found = []
    for meeting in await uow.meetings.of_units(units):
        if meeting.state in AHEAD:
            proposed = await proposed_tasks(uow, meeting)
            if proposed:
                found.append(TasksLeft(meeting.title, len(proposed), f"{PATH}/giao/{meeting.id}"))
    return found


async def _proposed(visit: Visit) -> Response:
    meeting_id = MeetingId(number_in(visit.request.path_params["meeting"]))
    async with visit.reading() as uow:
        meeting = await meeting_in_unit(uow, visit.person, meeting_id)
        proposed = await proposed_tasks(uow, meeting)
        profile = (await uow.plans.get(meeting.plan_id)).decided.profile
        lines = [_line(visit, uow, one) for one in proposed]
    conduct = [line.phrase for line in rules_of_conduct(profile)]
    return visit.page("tasks_give.html", meeting=meeting, lines=lines, conduct=conduct)


def _line(visit: Visit, uow: UnitOfWork, proposed: ProposedTask) -> GiveLine:
    left = Term("plantask.whenever") if proposed.due is None else time_left(proposed.due.due_on, uow.today)
    return GiveLine(
        visit.words(proposed.planned.name),
        visit.words(Term("givetasks.office")) if proposed.lead is None else proposed.lead.name,
        ", ".join(body.name for body in proposed.others),
        visit.words(left),
        proposed.planned.phrase,
        staffed=proposed.staffed or proposed.lead is None,
    )


async def _give(visit: Visit) -> Response:
    async with visit.acting() as uow:
        meeting_id = MeetingId(number_in(visit.request.path_params["meeting"]))
        tasks = await give_tasks(uow, by=visit.person, meeting_id=meeting_id)
        meeting = await uow.meetings.get(meeting_id)
    return visit.to(PATH, Term("plantask.gave", {"count": len(tasks), "title": meeting.title}))


async def _task(visit: Visit) -> Response:
    async with visit.reading() as uow:
        task, part = await task_open_to(uow, visit.person, _id(visit))
        lines = [visit.words(line) for line in await task_lines(uow, task)]
        why = [sentence(unpack_due(one.due), visit.person.language) for one in await uow.tasks.clocks_of(task.id)]
        bodies = [(body.id, body.name) for body in await uow.places.bodies(task.unit_id) if body.id != task.desk_id]
        surveys = [(f"{LIST}/{one.id}", one.title) for one in await surveys_shown(uow, task)]
        files = [shown_file(one, f"{PATH}/{task.id}/tep/{one.sha256}") for one in await uow.tasks.files(task.id)]
    reported = task.done_at is not None and task.done_by is not None
    period = period_of_report(task.key)
    paper = (
        None
        if period is None
        else f"{HOME}/so-van-ban/lap?plan={task.plan_id}&kind={period.kind.value}&about={period.code}"
    )
    page = visit.page(
        "task.html",
        paper=paper,
        path=f"{PATH}/{task.id}",
        called=visit.words(task.called),
        lines=lines,
        files=files,
        surveys=surveys,
        asks=LIST if part.reports and task.done_at is None and task.what in SURVEY_TASKS else "",
        why=why,
        bodies=bodies,
        reports=part.reports and task.done_at is None,
        hands=part.checks and task.done_at is None,
        checks=part.checks and reported and task.seen_at is None,
    )
    return framing(page, files)


async def _file(visit: Visit) -> Response:
    """A file of the task, for whoever may read it."""
    async with visit.reading() as uow:
        task, _ = await task_open_to(uow, visit.person, _id(visit))
        name = visit.request.path_params["name"]
        file = next((one for one in await uow.tasks.files(task.id) if one.sha256 == name), None)
    if file is None:
        raise NotFound
    return await in_place(visit, file.sha256, file)


async def _files(visit: Visit) -> list[NewFile]:
    """The files of the form, looked at and kept before anything is written; nothing for whom the task is not."""
    sent, keep = sent_files(visit.request, "files"), visit.office.keep
    if not sent or keep is None:
        return []
    async with visit.reading() as uow:
        task, part = await task_open_to(uow, visit.person, _id(visit))
        if not part.reports or task.done_at is not None:
            raise NotFound
    return [await keep(one.content, one.name) for one in sent[: MOST_FILES + 1]]


async def _report(visit: Visit) -> Response:
    files, text = await _files(visit), visit.typed.get("text", "")
    async with visit.acting() as uow:
        task = await report_task(uow, by=visit.person, task_id=_id(visit), text=text, files=files)
    return visit.to(PATH, Term("plantask.reported_thanks", {"what": task.called}))


async def _add_note(visit: Visit) -> Response:
    files, text = await _files(visit), visit.typed.get("note", "")
    async with visit.acting() as uow:
        task = await add_note(uow, by=visit.person, task_id=_id(visit), text=text, files=files)
    return visit.to(f"{PATH}/{task.id}", Term("plantask.noted_thanks", {"what": task.called}))


async def _send_back(visit: Visit) -> Response:
    async with visit.acting() as uow:
        task = await send_task_back(uow, by=visit.person, task_id=_id(visit), reason=visit.typed.get("reason", ""))
    return visit.to(PATH, Term("plantask.back_done", {"what": task.called}))


async def _see(visit: Visit) -> Response:
    async with visit.acting() as uow:
        task = await see_task(uow, by=visit.person, task_id=_id(visit))
    return visit.to(PATH, Term("plantask.seen", {"what": task.called}))


async def _hand(visit: Visit) -> Response:
    desk_id = DeskId(number_in(visit.typed.get("desk", "")))
    async with visit.acting() as uow:
        task = await hand_task(uow, by=visit.person, task_id=_id(visit), desk_id=desk_id)
        name = await body_name(uow, task)
    return visit.to(PATH, Term("plantask.handed", {"what": task.called, "desk": name}))


def _id(visit: Visit) -> TaskId:
    return TaskId(number_in(visit.request.path_params["task"]))
