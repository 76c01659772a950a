"""Tasks of the plan that bodies of the office have: given out, reported, looked at; and what supervisors find.

A body sees its own under `/viec`, secretary and chair everything that was given out, supervisors the register of
findings under `/giamsat`.
"""

from collections.abc import Sequence
from datetime import date

from handlers.engine.form import Field, form_steps, read_day, read_words
from handlers.engine.scene import Choice, Command, Scene, Turn, units_as
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.deadlines.findings import READING, findings_of, record_finding
from intake.actions.deadlines.meeting_tasks import ProposedTask, give_tasks, proposed_tasks
from intake.actions.deadlines.supervision import supervised_by
from intake.actions.deadlines.task_reports import (
    RUNNING_IT,
    TaskPart,
    add_note,
    hand_task,
    report_task,
    see_task,
    send_task_back,
    task_open_to,
    tasks_of_bodies,
)
from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.people.office import units_of
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.deadlines.task import Task, TaskId, TaskKind
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Button, Message, Param, Term, button, literal, numbered_files, rows_of
from intake.rules.people.person import Role
from intake.rules.people.unit import DeskId, UnitId
from wording.body_tasks import body_name, finding_row, surveys_shown, task_lines
from wording.clocks import sentence, time_left
from wording.files import file_lines
from wording.texts import shown

from .enclosing import files_in, lines_of_files, taking_files
from .question_lines import AT_ONCE

REPORT = "taskreport.text"
NOTE = "tasknote.text"
BACK = "taskback.text"
HAND = "taskhand.desk"
GIVE = "givetasks.preview"
FINDING = "finding.text"
_OFFICE_ITSELF = "office"
_NEXT = ((button("menu.tasks", "cmd.viec"), button("button.menu", "cmd.menu")),)


async def of_my_bodies(scene: Scene) -> Sequence[Message]:
    """What the bodies have to do at which this person works; nothing for whoever works at none."""
    if not scene.grants_as(Role.OFFICIAL):
        return ()
    listed = await tasks_of_bodies(scene.uow, scene.grants)
    if not listed:
        return (Message("plantask.mine_none", {}, ((button("menu.queue", "cmd.hangdoi"),),)),)
    return (await _listed(scene, "plantask.mine", listed, bodies=False),)


async def given_out(scene: Scene) -> Sequence[Message]:
    """For secretary and chair: what the bodies have reported, and how many tasks they still have."""
    units = await units_of(scene.uow, scene.me, *RUNNING_IT)
    said: list[Message] = []
    waiting = await scene.uow.tasks.reported_in(units)
    mine = [task for task in waiting if task.kind is TaskKind.DUTY]
    if mine:
        lines = tuple(Term("plantask.line", {"what": task.called}) for task in mine[:AT_ONCE])
        buttons = [Button(f"task.{task.id}", *_label(task)) for task in mine[:AT_ONCE]]
        said.append(Message("plantask.waiting", {"count": len(mine), "lines": lines}, rows_of(buttons, 1)))
    return said


async def all_given(scene: Scene, _rest: str) -> Turn:
    """A button `tasksgiven`: every task that bodies have and have not reported, the soonest due first."""
    units = await units_of(scene.uow, scene.me, *RUNNING_IT)
    if not units:
        raise NotFound
    desks = [body.id for unit_id in units for body in await scene.uow.places.bodies(unit_id)]
    listed = await scene.uow.tasks.at_desks(desks, most=AT_ONCE)
    if not listed:
        return Turn(say=(Message("task.none", {}, _NEXT),))
    return Turn(say=(await _listed(scene, "plantask.bodies", listed, bodies=True),))


async def _listed(scene: Scene, key: str, listed: Sequence[tuple[Task, date | None]], *, bodies: bool) -> Message:
    lines: list[Term] = []
    buttons: list[Button] = []
    for number, (task, due_on) in enumerate(listed[:AT_ONCE], 1):
        left = Term("plantask.whenever") if due_on is None else time_left(due_on, scene.uow.today)
        what: dict[str, Param] = {"number": number, "what": task.called, "left": left}
        if bodies:
            what["desk"] = await body_name(scene.uow, task)
        lines.append(Term("plantask.row_body" if bodies else "plantask.row", what))
        buttons.append(literal(str(number), f"task.{task.id}"))
    return Message(key, {"count": len(listed), "lines": tuple(lines)}, rows_of(buttons, 5))


def _label(task: Task) -> tuple[str, dict[str, Param], bool]:
    called = task.called
    return (called, {}, True) if isinstance(called, str) else (called.key, dict(called.params), False)


async def card(scene: Scene, task: Task, part: TaskPart) -> Message:
    """One task: what, who, until when and why then, what was done; with what this person may do about it."""
    lines: list[Param] = list(await task_lines(scene.uow, task))
    lines += [sentence(unpack_due(clock.due), scene.language) for clock in await scene.uow.tasks.clocks_of(task.id)]
    files = await scene.uow.tasks.files(task.id)
    if files:
        lines += [Term("plantask.files"), *file_lines((file.media_type, file.name) for file in files)]
    rows: list[tuple[Button, ...]] = []
    if task.done_at is None:
        if part.reports:
            noted = button("plantask.button_note", f"tasknote.{task.id}")
            rows.append((button("plantask.button_report", f"taskreport.{task.id}"), noted))
        if part.checks:
            rows.append((button("plantask.button_hand", f"taskhand.{task.id}"),))
    elif part.checks and task.seen_at is None and task.done_by is not None:
        rows.append(
            (
                button("plantask.button_seen", f"taskseen.{task.id}"),
                button("plantask.button_back", f"taskback.{task.id}"),
            )
        )
    rows += [
        (button("plantask.button_survey", f"survey.{one.id}", title=one.title),)
        for one in (await surveys_shown(scene.uow, task))[:AT_ONCE]
    ]
    rows.append((button("button.menu", "cmd.menu"),))
    said: dict[str, Param] = {"title": task.called, "lines": tuple(lines)}
    carried = numbered_files((file.sha256 for file in files), task.called)
    return Message("task.card", said, tuple(rows), attachments=carried)


async def _start(scene: Scene, rest: str, step: str) -> Turn:
    task, _ = await task_open_to(scene.uow, scene.me, TaskId(id_in(rest)))
    return Turn(to=step, draft={"task": task.id, "reference": shown(scene.language, task.called)})


async def start_report(scene: Scene, rest: str) -> Turn:
    """A button `taskreport.<task id>`: asks what was done."""
    return await _start(scene, rest, REPORT)


async def start_note(scene: Scene, rest: str) -> Turn:
    """A button `tasknote.<task id>`: asks what was found."""
    return await _start(scene, rest, NOTE)


async def _add_note(scene: Scene) -> Turn:
    text, files = str(scene.draft["text"]), files_in(scene.draft)
    task = await add_note(scene.uow, by=scene.me, task_id=_task(scene), text=text, files=files)
    return Turn(say=(Message("plantask.noted_thanks", {"what": task.called}, _NEXT),))


async def start_back(scene: Scene, rest: str) -> Turn:
    """A button `taskback.<task id>`: asks what is missing; who may is checked when it is sent."""
    return await _start(scene, rest, BACK)


async def start_hand(scene: Scene, rest: str) -> Turn:
    """A button `taskhand.<task id>`: asks to which body; who may is checked when it is sent."""
    return await _start(scene, rest, HAND)


def _typed(scene: Scene) -> dict[str, Param]:
    said: tuple[Param, ...] = (str(scene.draft["text"]), *lines_of_files(scene.draft))
    return {"reference": str(scene.draft["reference"]), "text": said}


def _task(scene: Scene) -> TaskId:
    return TaskId(int(scene.draft["task"]))


async def _report(scene: Scene) -> Turn:
    text, files = str(scene.draft["text"]), files_in(scene.draft)
    task = await report_task(scene.uow, by=scene.me, task_id=_task(scene), text=text, files=files)
    return Turn(say=(Message("plantask.reported_thanks", {"what": task.called}, _NEXT),))


async def _send_back(scene: Scene) -> Turn:
    task = await send_task_back(scene.uow, by=scene.me, task_id=_task(scene), reason=str(scene.draft["text"]))
    return Turn(say=(Message("plantask.back_done", {"what": task.called}, _NEXT),))


async def seen(scene: Scene, rest: str) -> Turn:
    """A button `taskseen.<task id>`."""
    task = await see_task(scene.uow, by=scene.me, task_id=TaskId(id_in(rest)))
    return Turn(say=(Message("plantask.seen", {"what": task.called}, _NEXT),))


async def _bodies_of_task(scene: Scene) -> Sequence[Button]:
    task, _ = await task_open_to(scene.uow, scene.me, _task(scene))
    bodies = await scene.uow.places.bodies(task.unit_id)
    return [literal(body.name, f"b{body.id}") for body in bodies if body.id != task.desk_id]


def _tap(scene: Scene, typed: str) -> str:
    del scene, typed
    raise RuleBroken("talk.tap_one")


def _handed_to(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "desk": str(scene.draft["desk_label"])}


async def _hand(scene: Scene) -> Turn:
    desk_id = DeskId(id_in(str(scene.draft["desk"])[1:]))
    task = await hand_task(scene.uow, by=scene.me, task_id=_task(scene), desk_id=desk_id)
    said: dict[str, Param] = {"what": task.called, "desk": str(scene.draft["desk_label"])}
    return Turn(say=(Message("plantask.handed", said, _NEXT),))


async def start_giving(scene: Scene, rest: str) -> Turn:
    """A button `givetasks.<meeting id>`: everything that would go out, looked at first."""
    meeting = await office_meeting(scene.uow, scene.me, MeetingId(id_in(rest)), *RUNNING_IT, lock=False)
    proposed = await proposed_tasks(scene.uow, meeting)
    if not proposed:
        raise RuleBroken("refusal.tasks_given")
    lines = _proposed_lines(scene, proposed)
    return Turn(to=GIVE, draft={"meeting": meeting.id, "title": meeting.title, "lines": "\n".join(lines)})


def _proposed_lines(scene: Scene, proposed: Sequence[ProposedTask]) -> list[str]:
    """What would go out, body by body: a body is named once, so that the whole of it fits into one message."""
    bodies: dict[str, list[Term]] = {}
    for one in proposed:
        body = Term("givetasks.office") if one.lead is None else one.lead.name
        if not one.staffed and one.lead is not None:
            body = Term("givetasks.empty", {"desk": one.lead.name})
        due: Param = Term("plantask.whenever") if one.due is None else one.due.due_on
        heading = shown(scene.language, body)
        bodies.setdefault(heading, []).append(Term("givetasks.line", {"what": one.planned.name, "due": due}))
    return [
        line
        for heading, terms in bodies.items()
        for line in (heading, *(shown(scene.language, term) for term in terms))
    ]


def _giving(scene: Scene) -> dict[str, Param]:
    return {"title": str(scene.draft["title"]), "lines": str(scene.draft["lines"])}


async def _give(scene: Scene) -> Turn:
    tasks = await give_tasks(scene.uow, by=scene.me, meeting_id=MeetingId(int(scene.draft["meeting"])))
    row = (button("plantask.button_all", "tasksgiven"), button("button.menu", "cmd.menu"))
    params: dict[str, Param] = {"count": len(tasks), "title": str(scene.draft["title"])}
    return Turn(say=(Message("plantask.gave", params, (row,)),))


async def supervision(scene: Scene, _rest: str) -> Turn:
    """`/giamsat`: what is late in the units one watches over, whom the plan has watch, the register of findings."""
    said: list[Message] = []
    for one in await supervised_by(scene.uow, scene.me):
        figures: dict[str, Param] = {"questions": one.late_questions, "tasks": one.late_tasks, "unit": one.unit.name}
        said.append(Message("supervision.late", figures))
        scopes = tuple(Term("supervision.scope", {"desk": watch.office, "scope": watch.scope}) for watch in one.watches)
        if scopes:
            said.append(Message("supervision.scopes", {"lines": scopes}))
    return Turn(say=(*said, await _register(scene)))


async def _register(scene: Scene) -> Message:
    found = (await findings_of(scene.uow, scene.me))[:AT_ONCE]
    rows: tuple[tuple[Button, ...], ...] = rows_of(
        [literal(str(number), f"task.{task.id}") for number, task in enumerate(found, 1)], 5
    )
    if scene.grants_as(Role.SUPERVISOR):
        rows = (*rows, (button("finding.button", "newfinding"),))
    rows = (*rows, (button("button.menu", "cmd.menu"),))
    if not found:
        return Message("finding.none", {}, rows)
    lines = tuple([await finding_row(scene.uow, number, task) for number, task in enumerate(found, 1)])
    return Message("finding.list", {"count": len(found), "lines": lines}, rows)


async def start_finding(scene: Scene, _rest: str) -> Turn:
    """A button `newfinding`: asks what was found, for the one unit there is, or the first by name."""
    units = await units_as(scene, Role.SUPERVISOR)
    if not units:
        raise NotFound
    return Turn(to=FINDING, draft={"unit": units[0].id})


async def _bodies_of_unit(scene: Scene) -> Sequence[Button]:
    bodies = await scene.uow.places.bodies(UnitId(int(scene.draft["unit"])))
    return [*(literal(body.name, f"b{body.id}") for body in bodies), button("finding.office", _OFFICE_ITSELF)]


def _finding(scene: Scene) -> dict[str, Param]:
    desk: Param = str(scene.draft["desk_label"]) if "desk_label" in scene.draft else Term("finding.office")
    return {
        "text": str(scene.draft["text"]),
        "desk": desk,
        "due": on_weekday(date.fromisoformat(str(scene.draft["due"]))),
    }


async def _record(scene: Scene) -> Turn:
    chosen = str(scene.draft["desk"])
    task = await record_finding(
        scene.uow,
        by=scene.me,
        unit_id=UnitId(int(scene.draft["unit"])),
        text=str(scene.draft["text"]),
        desk_id=None if chosen == _OFFICE_ITSELF else DeskId(id_in(chosen[1:])),
        due_on=date.fromisoformat(str(scene.draft["due"])),
    )
    said: dict[str, Param] = {"reference": task.title, "due": on_weekday(date.fromisoformat(str(scene.draft["due"])))}
    row = (button("menu.supervision", "cmd.giamsat"), button("button.menu", "cmd.menu"))
    return Turn(say=(Message("finding.recorded", said, (row,)),))


MODULE = ConversationModule(
    commands=(Command("giamsat", supervision, aliases=("giám sát",), roles=READING),),
    steps=(
        *taking_files(
            form_steps("taskreport", (Field("text", "taskreport.ask", read_words),), preview=_typed, send=_report)
        ),
        *taking_files(
            form_steps("tasknote", (Field("text", "tasknote.ask", read_words),), preview=_typed, send=_add_note)
        ),
        *form_steps("taskback", (Field("text", "taskback.ask", read_words),), preview=_typed, send=_send_back),
        *form_steps(
            "taskhand",
            (Field("desk", "taskhand.ask", _tap, offers=_bodies_of_task),),
            preview=_handed_to,
            send=_hand,
        ),
        *form_steps("givetasks", (), preview=_giving, send=_give),
        *form_steps(
            "finding",
            (
                Field("text", "finding.ask_text", read_words),
                Field("desk", "finding.ask_desk", _tap, offers=_bodies_of_unit),
                Field("due", "finding.ask_due", read_day),
            ),
            preview=_finding,
            send=_record,
        ),
    ),
    choices=(
        Choice("tasksgiven", all_given),
        Choice("taskreport", start_report, leads_to=(REPORT,)),
        Choice("tasknote", start_note, leads_to=(NOTE,)),
        Choice("taskback", start_back, leads_to=(BACK,)),
        Choice("taskhand", start_hand, leads_to=(HAND,)),
        Choice("taskseen", seen),
        Choice("givetasks", start_giving, leads_to=(GIVE,)),
        Choice("newfinding", start_finding, leads_to=(FINDING,)),
    ),
)
