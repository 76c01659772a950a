"""What the office owes beside questions (`/viec`): fixed dates, reports, preparations, requests about personal data."""

from collections.abc import Sequence

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.question_lines import AT_ONCE, time_left
from intake.actions.deadlines.office_tasks import TICKING, accept_task, finish_preparation, finish_task, task_in_unit
from intake.actions.meetings.hold_meeting import meetings_to_run
from intake.actions.people.office import units_of
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.task import Task, TaskId, TaskKind
from intake.rules.errors import ChangedMeanwhile
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from wording.people import name_of

OUTCOME = "taskdone.text"
_NEXT = ((button("menu.tasks", "cmd.viec"), button("button.menu", "cmd.menu")),)


async def tasks(scene: Scene, _rest: str) -> Turn:
    """`/viec`: everything that is not done, the soonest due first; each under its number."""
    lines: list[Term] = []
    buttons: list[Button] = []
    listed = await scene.uow.tasks.open_in(await units_of(scene.uow, scene.me, *TICKING))
    today = scene.uow.today
    for number, (task, due_on) in enumerate(listed[:AT_ONCE], 1):
        what: dict[str, Param] = {"number": number, "title": task.title, "left": time_left(due_on, today)}
        lines.append(Term(f"task.line_{task.kind.value}", what))
        buttons.append(literal(str(number), f"task.{task.id}"))
    if not lines:
        return Turn(
            say=(*await _preparations(scene), Message("task.none", {}, ((button("button.menu", "cmd.menu"),),)))
        )
    params: dict[str, Param] = {"count": len(listed), "lines": tuple(lines)}
    return Turn(say=(*await _preparations(scene), Message("task.list", params, rows_of(buttons, 5))))


async def _preparations(scene: Scene) -> Sequence[Message]:
    """The fixed meetings that are not prepared yet, each with its button."""
    said = []
    for meeting in await meetings_to_run(scene.uow, scene.me):
        for clock in await scene.uow.clocks.of_meeting(meeting.id):
            if clock.kind is ClockKind.PREPARATION:
                left = time_left(clock.due_on, scene.uow.today)
                done = ((button("task.prepared_button", f"prepared.{meeting.id}"),),)
                said.append(Message("task.preparation", {"title": meeting.title, "left": left}, done))
    return said


async def show(scene: Scene, rest: str) -> Turn:
    """A button `task.<task id>`: what it is, who asked, until when; and what can be said about it."""
    task = await task_in_unit(scene.uow, scene.me, TaskId(id_in(rest)))
    lines: list[Param] = [
        Term(f"task.due_{clock.kind.value}", {"left": time_left(clock.due_on, scene.uow.today)})
        for clock in await scene.uow.tasks.clocks_of(task.id)
    ]
    if task.person_id is not None:
        person = (await scene.uow.people.many([task.person_id]))[task.person_id]
        lines += [Term("task.person", {"name": name_of(person)}), "", task.text]
    params: dict[str, Param] = {"title": task.title, "lines": tuple(lines)}
    return Turn(say=(Message("task.card", params, _buttons(task)),))


def _buttons(task: Task) -> tuple[tuple[Button, ...], ...]:
    if task.done_at is not None:
        return _NEXT
    row = [button("task.done_button", f"taskdone.{task.id}")]
    if task.kind is TaskKind.DATA_REQUEST and task.accepted_at is None:
        row.insert(0, button("task.accept_button", f"taskaccept.{task.id}"))
    return (tuple(row), *_NEXT)


async def accept(scene: Scene, rest: str) -> Turn:
    """A button `taskaccept.<task id>`."""
    task = await accept_task(scene.uow, by=scene.me, task_id=TaskId(id_in(rest)))
    return Turn(say=(Message("task.accepted", {"title": task.title}, _NEXT),))


async def done(scene: Scene, rest: str) -> Turn:
    """A button `taskdone.<task id>`: done; for a request about personal data it asks first what was done."""
    task = await task_in_unit(scene.uow, scene.me, TaskId(id_in(rest)))
    if task.kind is TaskKind.DATA_REQUEST:
        if task.done_at is not None:
            raise ChangedMeanwhile
        return Turn(to=OUTCOME, draft={"task": task.id, "reference": task.title})
    task = await finish_task(scene.uow, by=scene.me, task_id=task.id)
    return Turn(say=(Message("task.finished", {"title": task.title}, _NEXT),))


def _typed(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "text": str(scene.draft["text"])}


async def _tell_outcome(scene: Scene) -> Turn:
    task = await finish_task(
        scene.uow, by=scene.me, task_id=TaskId(int(scene.draft["task"])), outcome=str(scene.draft["text"])
    )
    return Turn(say=(Message("task.finished_told", {"title": task.title}, _NEXT),))


async def prepared(scene: Scene, rest: str) -> Turn:
    """A button `prepared.<meeting id>`."""
    meeting = await finish_preparation(scene.uow, by=scene.me, meeting_id=MeetingId(id_in(rest)))
    return Turn(say=(Message("task.prepared", {"title": meeting.title}, _NEXT),))


MODULE = ConversationModule(
    commands=(Command("viec", tasks, aliases=("việc phải làm",), roles=TICKING),),
    steps=form_steps("taskdone", (Field("text", "taskdone.ask", read_words),), preview=_typed, send=_tell_outcome),
    choices=(
        Choice("task", show),
        Choice("taskaccept", accept),
        Choice("taskdone", done, leads_to=(OUTCOME,)),
        Choice("prepared", prepared),
    ),
)
