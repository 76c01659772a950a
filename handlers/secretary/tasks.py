"""What the office owes beside questions (`/viec`): dates, reports, preparations, meetings of the plan, own data."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from handlers.engine.form import Field, form_steps, read_day, read_words
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office import demands
from handlers.office.body_tasks import card, given_out, of_my_bodies
from handlers.office.question_lines import AT_ONCE
from intake.actions.deadlines.office_tasks import TICKING, accept_task, finish_preparation, finish_task, task_in_unit
from intake.actions.deadlines.planned_sessions import give_up_session, meeting_of_session, move_session
from intake.actions.deadlines.task_reports import RUNNING_IT, task_open_to
from intake.actions.meetings.hold_meeting import meetings_to_run
from intake.actions.outbox.how_told import how_told
from intake.actions.people.office import units_of
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import in_between, on_weekday
from intake.rules.deadlines.task import Task, TaskId, TaskKind
from intake.rules.errors import ChangedMeanwhile
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of, unpack
from intake.rules.papers.due import paper_due
from intake.rules.people.consent import DataRight
from intake.rules.people.person import Role
from wording.clocks import sentence, time_left
from wording.people import name_of

OUTCOME = "taskdone.text"
SESSION_DAY = "sessionmove.day"
SESSION_WHY = "sessiongiveup.reason"
_OF_BODIES = (TaskKind.DUTY, TaskKind.FINDING)
_NEXT = ((button("menu.tasks", "cmd.viec"), button("button.menu", "cmd.menu")),)


async def tasks(scene: Scene, _rest: str) -> Turn:
    """`/viec`: everything that is not done, the soonest due first; each under its number.

    Officials have the tasks of their bodies; what secretary and chair gave out to bodies is told in a list of its own.
    """
    mine = await of_my_bodies(scene)
    if not any(scene.grants_as(role) for role in TICKING):
        return Turn(say=tuple(mine))
    lines: list[Term] = []
    buttons: list[Button] = []
    units = await units_of(scene.uow, scene.me, *TICKING)
    owed = await scene.uow.tasks.open_in(units)
    listed = [one for one in owed if one[0].desk_id is None or one[0].kind not in _OF_BODIES]
    today = scene.uow.today
    for number, (task, due_on) in enumerate(listed[:AT_ONCE], 1):
        what: dict[str, Param] = {"number": number, "title": task.called, "left": time_left(due_on, today)}
        lines.append(Term(f"task.line_{task.kind.value}", what))
        buttons.append(literal(str(number), f"task.{task.id}"))
    given = len(owed) - len(listed)
    before = (
        *mine,
        *await _unassigned(scene),
        *await _at_empty_desks(scene),
        *await _preparations(scene),
        *await given_out(scene),
    )
    if given:
        row = ((button("plantask.button_all", "tasksgiven"),),)
        before = (*before, Message("plantask.open_at_bodies", {"count": given}, row))
    if not lines:
        if before:
            return Turn(say=before)
        return Turn(say=(Message("task.none", {}, ((button("button.menu", "cmd.menu"),),)),))
    params: dict[str, Param] = {"count": len(listed), "lines": tuple(lines)}
    return Turn(say=(*before, Message("task.list", params, rows_of(buttons, 5))))


async def _unassigned(scene: Scene) -> Sequence[Message]:
    """The questions that lie on no desk, and when the first is due: nobody answers them until they are given to one."""
    units = await units_of(scene.uow, scene.me, Role.SECRETARY)
    waiting = await scene.uow.questions.for_triage(units)
    if not waiting:
        return ()
    due = await scene.uow.clocks.first_due(question.id for question in waiting)
    key = "task.unassigned" if due is None else "task.unassigned_due"
    said: dict[str, Param] = (
        {"count": len(waiting)} if due is None else {"count": len(waiting), "left": time_left(due, scene.uow.today)}
    )
    return (Message(key, said, ((button("menu.triage", "cmd.phanloai"),),)),)


async def _at_empty_desks(scene: Scene) -> Sequence[Message]:
    """The questions that lie on a desk where nobody works: nobody answers them until somebody is invited to it."""
    units = await units_of(scene.uow, scene.me, Role.SECRETARY)
    desks = {desk.id: desk for unit_id in units for desk in await scene.uow.places.desks(unit_id)}
    staffed = await scene.uow.people.at_desks(desks)
    lying = Counter(
        question.desk_id
        for question, _ in await scene.uow.questions.of_desks(one for one in desks if one not in staffed)
        if question.desk_id is not None and not question.named
    )
    invite = ((button("menu.invite", "cmd.moi"),),)
    return [
        Message("task.at_empty_desk", {"desk": desks[desk_id].name, "count": count}, invite)
        for desk_id, count in lying.items()
    ]


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
    task = await scene.uow.tasks.get(TaskId(id_in(rest)))
    if task.kind in _OF_BODIES or not await units_of(scene.uow, scene.me, *RUNNING_IT):
        task, part = await task_open_to(scene.uow, scene.me, task.id)
        return Turn(say=(await card(scene, task, part),))
    task = await task_in_unit(scene.uow, scene.me, task.id)
    if task.kind is TaskKind.DEMAND:
        return await demands.show(scene, task.title)
    clocks = await scene.uow.tasks.clocks_of(task.id)
    lines: list[Param] = [
        Term(f"task.due_{clock.kind.value}", {"left": time_left(clock.due_on, scene.uow.today)}) for clock in clocks
    ]
    if task.person_id is not None:
        person = (await scene.uow.people.many([task.person_id]))[task.person_id]
        lines += [Term("task.person", {"name": name_of(person)}), "", _wish(task)]
    buttons = _buttons(task)
    if task.kind is TaskKind.SESSION and task.done_at is None:
        lines += [one for clock in clocks for one in _why(clock, scene.language)]
        buttons = await _session_buttons(scene, task)
    params: dict[str, Param] = {"title": task.title, "lines": tuple(lines)}
    return Turn(say=(Message("task.card", params, buttons),))


def _wish(task: Task) -> Param:
    """What the person wants: in own words, or what the bot did by half and what is left to do by hand."""
    if task.right in (None, DataRight.OTHER):
        return task.text
    return Term(f"dataright.{task.right}")


def _why(clock: Clock, language: str) -> Sequence[Param]:
    """Why a meeting of the plan is owed by its day: the plan, and every time people have moved it."""
    said: list[Param] = [sentence(unpack_due(clock.due), language)]
    days = [*(date.fromisoformat(before["due_on"]) for before in clock.history), clock.due_on]
    for before, (was, due_on) in zip(clock.history, pairwise(days), strict=True):
        said.append(
            Term(
                "session.line_moved",
                {"was": in_between(was), "due": in_between(due_on), "reason": unpack(before["reason"])},
            )
        )
    return said


async def _session_buttons(scene: Scene, task: Task) -> tuple[tuple[Button, ...], ...]:
    """Fix its day (the secretary's, who makes meetings), move it, or give it up."""
    rows = [
        (button("session.move_button", f"sessionmove.{task.id}"),),
        (button("session.give_up_button", f"sessiongiveup.{task.id}"),),
    ]
    if scene.grants_as(Role.SECRETARY):
        meeting = await meeting_of_session(scene.uow, task)
        first = (
            button("session.make_button", "cmd.buoimoi")
            if meeting is None
            else button("session.card_button", f"meetingcard.{meeting.id}")
        )
        rows.insert(0, (first,))
    return (*rows, *_NEXT)


async def start_session_move(scene: Scene, rest: str) -> Turn:
    """A button `sessionmove.<task id>`: asks until when, and why."""
    return Turn(to=SESSION_DAY, draft=await _session_draft(scene, rest))


async def start_session_give_up(scene: Scene, rest: str) -> Turn:
    """A button `sessiongiveup.<task id>`: asks why."""
    return Turn(to=SESSION_WHY, draft=await _session_draft(scene, rest))


async def _session_draft(scene: Scene, rest: str) -> dict[str, str | int]:
    task = await task_in_unit(scene.uow, scene.me, TaskId(id_in(rest)))
    if task.done_at is not None:
        raise ChangedMeanwhile
    return {"task": task.id, "reference": task.title}


def _typed_move(scene: Scene) -> dict[str, Param]:
    day = date.fromisoformat(str(scene.draft["day"]))
    return {"reference": str(scene.draft["reference"]), "day": on_weekday(day), "reason": str(scene.draft["reason"])}


async def _move_session(scene: Scene) -> Turn:
    last = date.fromisoformat(str(scene.draft["day"]))
    task = await move_session(
        scene.uow,
        by=scene.me,
        task_id=TaskId(int(scene.draft["task"])),
        last=last,
        reason=str(scene.draft["reason"]),
    )
    return Turn(say=(Message("session.moved", {"title": task.title, "due": on_weekday(last)}, _NEXT),))


def _typed_reason(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "reason": str(scene.draft["reason"])}


async def _give_up_session(scene: Scene) -> Turn:
    task = await give_up_session(
        scene.uow, by=scene.me, task_id=TaskId(int(scene.draft["task"])), reason=str(scene.draft["reason"])
    )
    return Turn(say=(Message("session.given_up", {"title": task.title}, _NEXT),))


def _buttons(task: Task) -> tuple[tuple[Button, ...], ...]:
    if task.done_at is not None:
        return _NEXT
    row = [button("task.done_button", f"taskdone.{task.id}")]
    if task.kind is TaskKind.DATA_REQUEST and task.accepted_at is None:
        row.insert(0, button("task.accept_button", f"taskaccept.{task.id}"))
    if task.kind is TaskKind.DATA_REQUEST:
        return (tuple(row), (button("task.correct_button", f"correct.{task.person_id}.{task.id}"),), *_NEXT)
    if paper_due(task) is not None:
        return ((button("papers.report_button", f"reportdue.{task.id}"),), tuple(row), *_NEXT)
    return (tuple(row), *_NEXT)


async def accept(scene: Scene, rest: str) -> Turn:
    """A button `taskaccept.<task id>`."""
    task = await accept_task(scene.uow, by=scene.me, task_id=TaskId(id_in(rest)))
    return Turn(say=(Message("task.accepted", {"title": task.title, "told": await _told(scene, task)}, _NEXT),))


async def _told(scene: Scene, task: Task) -> Param:
    told = None if task.person_id is None else await how_told(scene.uow, task.person_id)
    return "" if told is None else told.words("told.requester")


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
    return Turn(say=(Message("task.finished_told", {"title": task.title, "told": await _told(scene, task)}, _NEXT),))


async def prepared(scene: Scene, rest: str) -> Turn:
    """A button `prepared.<meeting id>`."""
    meeting = await finish_preparation(scene.uow, by=scene.me, meeting_id=MeetingId(id_in(rest)))
    return Turn(say=(Message("task.prepared", {"title": meeting.title}, _NEXT),))


MODULE = ConversationModule(
    commands=(Command("viec", tasks, aliases=("việc phải làm",), roles=(*TICKING, Role.OFFICIAL)),),
    steps=(
        *form_steps("taskdone", (Field("text", "taskdone.ask", read_words),), preview=_typed, send=_tell_outcome),
        *form_steps(
            "sessionmove",
            (Field("day", "sessionmove.ask_day", read_day), Field("reason", "sessionmove.ask_reason", read_words)),
            preview=_typed_move,
            send=_move_session,
        ),
        *form_steps(
            "sessiongiveup",
            (Field("reason", "sessiongiveup.ask", read_words),),
            preview=_typed_reason,
            send=_give_up_session,
        ),
    ),
    choices=(
        Choice("task", show),
        Choice("taskaccept", accept),
        Choice("taskdone", done, leads_to=(OUTCOME,)),
        Choice("prepared", prepared),
        Choice("sessionmove", start_session_move, leads_to=(SESSION_DAY,)),
        Choice("sessiongiveup", start_session_give_up, leads_to=(SESSION_WHY,)),
    ),
)
