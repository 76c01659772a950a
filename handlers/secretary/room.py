"""Running a meeting (`/dieuhanh`): opening it, its questions one by one; and the meetings that were held."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.question_lines import card, line, list_message, page_of
from intake.actions.meetings.conclude import issues_conclusion
from intake.actions.meetings.hold_meeting import (
    figures_message,
    meeting_in_unit,
    meetings_held,
    meetings_to_run,
    open_meeting,
)
from intake.actions.meetings.in_room import UNHEARD, give_reason, is_held
from intake.actions.people.office import question_in_unit
from intake.actions.sealed.access import readable
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.meetings.results import figures_of
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.questions.question import Question, QuestionId, QuestionState, RoomOutcome
from wording.meetings import when_of
from wording.texts import words

from .made_public import results_button

_ANSWERED = (QuestionState.ANSWERED, QuestionState.CLOSED)


async def run(scene: Scene, _rest: str) -> Turn:
    """`/dieuhanh`: asks which meeting; with only one there is nothing to choose."""
    meetings = await meetings_to_run(scene.uow, scene.me)
    held = await meetings_held(scene.uow, scene.me)
    past = (button("room.past_button", "roompast"),) if held else ()
    if not meetings:
        return Turn(say=(Message("room.none", {}, ((*past, button("button.menu", "cmd.menu")),)),))
    if len(meetings) == 1 and not held:
        return Turn(say=(await _card(scene, meetings[0]),))
    if len(meetings) == 1:
        one = await _card(scene, meetings[0])
        return Turn(say=(replace(one, buttons=(*one.buttons, past)),))
    buttons = [literal(meeting.title, f"room.{meeting.id}") for meeting in meetings]
    return Turn(say=(Message("room.which", {}, rows_of([*buttons, *past], 1)),))


async def show_past(scene: Scene, _rest: str) -> Turn:
    """A button `roompast`: the last meetings that were held, for their conclusions and what came of them."""
    buttons = [literal(meeting.title, f"room.{meeting.id}") for meeting in await meetings_held(scene.uow, scene.me)]
    return Turn(say=(Message("room.past", {}, rows_of([*buttons, button("button.menu", "cmd.menu")], 1)),))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `room.<meeting id>`."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    return Turn(say=(await _card(scene, meeting),))


async def _card(scene: Scene, meeting: Meeting) -> Message:
    questions = await scene.uow.questions.of_meeting(meeting.id)
    if meeting.state is MeetingState.HELD:
        figures = figures_message(meeting, figures_of(questions, meeting.ended_at))
        return replace(figures, buttons=await _buttons_after(scene, meeting))
    states = Counter(question.state for question in questions)
    answered = sum(states[state] for state in _ANSWERED)
    out_of_scope = states[QuestionState.OUT_OF_SCOPE]
    unheard = sum(states[state] for state in UNHEARD)
    held = sum(is_held(question) for question in questions)
    params: dict[str, Param] = {
        "title": meeting.title,
        **when_of(meeting),
        "received": len(questions),
        "unheard": unheard,
        "answered": answered,
        "out_of_scope": out_of_scope,
        "others": len(questions) - unheard - answered - out_of_scope,
    }
    return Message(f"room.card_{meeting.state.value}", params, _card_buttons(meeting, held))


def _card_buttons(meeting: Meeting, held: int) -> tuple[tuple[Button, ...], ...]:
    number = meeting.id
    match meeting.state:
        case MeetingState.FIXED:
            return (
                (button("room.open_button", f"roomopen.{number}"),),
                (button("held.yes_button", f"heldend.{number}"), button("hall.screen_button", f"hall.{number}")),
            )
        case MeetingState.OPEN:
            waiting = ((button("room.held_button", f"roomheld.{number}", count=held),),) if held else ()
            return (
                (button("room.questions_button", f"roomlist.{number}"),),
                *waiting,
                (button("room.programme_button", f"programme.{number}"), button("floor.button", f"floor.{number}")),
                (button("hall.screen_button", f"hall.{number}"), button("room.close_button", f"roomclose.{number}")),
            )
        case _:
            return ((button("button.menu", "cmd.menu"),),)


async def _buttons_after(scene: Scene, meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    row = (button("room.not_put_button", f"notput.{meeting.id}"), button("button.menu", "cmd.menu"))
    results = results_button(meeting)
    if await issues_conclusion(scene.uow, meeting):
        return (button("conclusion.button", f"conclusion.{meeting.id}"),), results, row
    return results, row


async def open_it(scene: Scene, rest: str) -> Turn:
    """A button `roomopen.<meeting id>`."""
    meeting = await open_meeting(scene.uow, by=scene.me, meeting_id=MeetingId(id_in(rest)))
    return Turn(say=(await _card(scene, meeting), await questions_left(scene, meeting)))


async def list_questions(scene: Scene, rest: str) -> Turn:
    """A button `roomlist.<meeting id>`, or `roomlist.<meeting id>.<start>` for the rest of a long list."""
    number, _, start = rest.partition(".")
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(number)))
    return Turn(say=(await questions_left(scene, meeting, id_in(start or "0")),))


async def questions_left(scene: Scene, meeting: Meeting, start: int = 0) -> Message:
    """The questions of a meeting that have not been dealt with in the room."""
    questions = await readable(scene.uow, scene.me, await scene.uow.questions.of_meeting(meeting.id))
    left = [question for question in questions if question.state in UNHEARD]
    page = page_of(left, start)
    if not page:
        held = sum(is_held(question) for question in questions)
        return Message("room.all_heard", {}, _card_buttons(meeting, held))
    lines = [line(question, "room.line") for question in page]
    more = f"roomlist.{meeting.id}"
    return list_message("room.list", lines, page, "roomq", start=start, total=len(left), more=more)


async def show_question(scene: Scene, rest: str) -> Turn:
    """A button `roomq.<question id>`: the question, and what may become of it in the room."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), Role.SECRETARY, Role.CHAIR)
    if question.meeting_id is None:
        raise NotFound
    number = question.id
    buttons = (
        (button("room.answer_button", f"roomanswer.{number}"), button("room.clarify_button", f"roomclarify.{number}")),
        (button("room.direct_button", f"roomdirect.{number}"), button("room.take_up_button", f"roomtake.{number}")),
        (button("office.refer_button", f"roomrefer.{number}"), button("room.leave_out_button", f"roomskip.{number}")),
        (button("room.questions_button", f"roomlist.{question.meeting_id}"),),
    )
    return Turn(say=(await card(scene, question, buttons),))


async def list_held(scene: Scene, rest: str) -> Turn:
    """A button `roomheld.<meeting id>`: answers that are written down and go out when the meeting ends."""
    meeting, questions, start = await _asked_for(scene, rest)
    held = [question for question in questions if is_held(question)]
    page = page_of(held, start)
    lines = [line(question, "room.line") for question in page]
    more = f"roomheld.{meeting.id}"
    return Turn(say=(list_message("room.held", lines, page, "roomq", start=start, total=len(held), more=more),))


async def list_not_put(scene: Scene, rest: str) -> Turn:
    """A button `notput.<meeting id>`: the register of questions that were not put, each with its reason (R027)."""
    meeting, questions, start = await _asked_for(scene, rest)
    not_put = [question for question in questions if question.room_outcome is RoomOutcome.NOT_PUT]
    page = page_of(not_put, start)
    lines = [line(question, "room.not_put_line", reason=_reason(question)) for question in page]
    more = f"notput.{meeting.id}"
    said = list_message("room.not_put", lines, page, "notputone", start=start, total=len(not_put), more=more)
    return Turn(say=(replace(said, buttons=(*said.buttons, *why_row(meeting, not_put))),))


def why_row(meeting: Meeting, asked: Sequence[Question]) -> tuple[tuple[Button, ...], ...]:
    """The button that says why questions were not put, where any of these has no reason yet."""
    bare = sum(one.room_outcome is RoomOutcome.NOT_PUT and not one.room_reason for one in asked)
    return ((button("notput.reason_button", f"notputall.{meeting.id}", count=bare),),) if bare else ()


REASONS = ("no_time", "asker_absent", "answered_with_another", "asker_gave_up")
"""What is offered; whoever was there may type anything else."""


async def say_why_all(scene: Scene, rest: str) -> Turn:
    """A button `notputall.<meeting id>`: one reason for all that were not put and have none."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    return Turn(to="notputwhy.text", draft={"meeting": meeting.id, "reference": meeting.title})


async def say_why_one(scene: Scene, rest: str) -> Turn:
    """A button `notputone.<question id>`."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), Role.SECRETARY, Role.CHAIR)
    if question.meeting_id is None or question.room_outcome is not RoomOutcome.NOT_PUT:
        raise NotFound
    draft = {"meeting": question.meeting_id, "question": question.id, "reference": question.reference}
    return Turn(to="notputwhy.text", draft=draft)


async def _reasons(scene: Scene) -> Sequence[Button]:
    del scene
    return [button(f"notput.{reason}", reason) for reason in REASONS]


def _why(scene: Scene) -> str:
    typed = str(scene.draft["text"])
    return words(scene.language, f"notput.{typed}") if typed in REASONS else typed


def _typed_why(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "text": _why(scene)}


async def _give_reason(scene: Scene) -> Turn:
    asked = scene.draft.get("question")
    count = await give_reason(
        scene.uow,
        by=scene.me,
        meeting_id=MeetingId(int(scene.draft["meeting"])),
        reason=_why(scene),
        question_id=None if asked is None else QuestionId(int(asked)),
    )
    again = ((button("room.not_put_button", f"notput.{scene.draft['meeting']}"), button("button.menu", "cmd.menu")),)
    return Turn(say=(Message("notput.noted", {"count": count}, again),))


async def _asked_for(scene: Scene, rest: str) -> tuple[Meeting, Sequence[Question], int]:
    """What `<meeting id>[.<start>]` names: a meeting this person runs, its questions, where the list goes on."""
    number, _, start = rest.partition(".")
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(number)))
    questions = await readable(scene.uow, scene.me, await scene.uow.questions.of_meeting(meeting.id))
    return meeting, questions, id_in(start or "0")


def _reason(question: Question) -> Param:
    return question.room_reason or Term("notput.none")


MODULE = ConversationModule(
    commands=(Command("dieuhanh", run, aliases=("điều hành",), roles=(Role.SECRETARY, Role.CHAIR)),),
    choices=(
        Choice("room", show),
        Choice("roomopen", open_it),
        Choice("roomlist", list_questions),
        Choice("roomq", show_question),
        Choice("roompast", show_past),
        Choice("roomheld", list_held),
        Choice("notput", list_not_put),
        Choice("notputall", say_why_all, leads_to=("notputwhy.text",)),
        Choice("notputone", say_why_one, leads_to=("notputwhy.text",)),
    ),
    steps=form_steps(
        "notputwhy",
        (Field("text", "notputwhy.ask", read_words, offers=_reasons),),
        preview=_typed_why,
        send=_give_reason,
    ),
)
