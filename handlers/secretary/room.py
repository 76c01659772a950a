"""Running a meeting (`/dieuhanh`): opening it, its questions one by one, ending it."""

from collections import Counter

from intake.actions.hold_meeting import (
    close_meeting,
    figures_message,
    meeting_in_unit,
    meetings_to_run,
    open_meeting,
)
from intake.actions.in_room import UNHEARD
from intake.actions.office import question_in_unit
from intake.rules.errors import NotFound
from intake.rules.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Button, Message, Param
from intake.rules.person import Role
from intake.rules.question import QuestionId, QuestionState

from ..codes import id_in
from ..meeting_words import when_of
from ..office_words import card, line, list_message, page_of
from ..scene import Choice, Command, Scene, Turn, button, literal, rows_of
from ..table import Part

_ANSWERED = (QuestionState.ANSWERED, QuestionState.CLOSED)


async def run(scene: Scene, _rest: str) -> Turn:
    """`/dieuhanh`: asks which meeting; with only one there is nothing to choose."""
    meetings = await meetings_to_run(scene.uow, scene.me)
    if not meetings:
        return Turn(say=(Message("room.none", {}, ((button("button.menu", "cmd.menu"),),)),))
    if len(meetings) == 1:
        return Turn(say=(await _card(scene, meetings[0]),))
    buttons = [literal(meeting.title, f"room.{meeting.id}") for meeting in meetings]
    return Turn(say=(Message("room.which", {}, rows_of(buttons, 1)),))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `room.<meeting id>`."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    return Turn(say=(await _card(scene, meeting),))


async def _card(scene: Scene, meeting: Meeting) -> Message:
    questions = await scene.uow.questions.of_meeting(meeting.id)
    states = Counter(question.state for question in questions)
    answered = sum(states[state] for state in _ANSWERED)
    out_of_scope = states[QuestionState.OUT_OF_SCOPE]
    unheard = sum(states[state] for state in UNHEARD)
    params: dict[str, Param] = {
        "title": meeting.title,
        **when_of(meeting),
        "received": len(questions),
        "unheard": unheard,
        "answered": answered,
        "out_of_scope": out_of_scope,
        "others": len(questions) - unheard - answered - out_of_scope,
    }
    return Message(f"room.card_{meeting.state.value}", params, _card_buttons(meeting))


def _card_buttons(meeting: Meeting) -> tuple[tuple[Button, ...], ...]:
    match meeting.state:
        case MeetingState.FIXED:
            return ((button("room.open_button", f"roomopen.{meeting.id}"),),)
        case MeetingState.OPEN:
            return (
                (button("room.questions_button", f"roomlist.{meeting.id}"),),
                (button("room.close_button", f"roomclose.{meeting.id}"),),
            )
        case _:
            return ((button("button.menu", "cmd.menu"),),)


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
    questions = await scene.uow.questions.of_meeting(meeting.id)
    left = [question for question in questions if question.state in UNHEARD]
    page = page_of(left, start)
    if not page:
        return Message("room.all_heard", {}, _card_buttons(meeting))
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
        (button("room.answer_button", f"roomanswer.{number}"), button("room.direct_button", f"roomdirect.{number}")),
        (button("room.take_up_button", f"roomtake.{number}"), button("office.refer_button", f"roomrefer.{number}")),
        (button("room.leave_out_button", f"roomskip.{number}"),),
        (button("room.questions_button", f"roomlist.{question.meeting_id}"),),
    )
    return Turn(say=(await card(scene, question, buttons),))


async def confirm_end(scene: Scene, rest: str) -> Turn:
    """A button `roomclose.<meeting id>`: asks whether it really ends."""
    meeting = await meeting_in_unit(scene.uow, scene.me, MeetingId(id_in(rest)))
    row = (button("button.yes", f"roomend.{meeting.id}"), button("button.no", f"room.{meeting.id}"))
    return Turn(say=(Message("room.confirm_end", {"title": meeting.title}, (row,)),))


async def end_it(scene: Scene, rest: str) -> Turn:
    """A button `roomend.<meeting id>`."""
    meeting_id = MeetingId(id_in(rest))
    figures = await close_meeting(scene.uow, by=scene.me, meeting_id=meeting_id)
    meeting = await meeting_in_unit(scene.uow, scene.me, meeting_id)
    return Turn(say=(figures_message(meeting, figures),))


PART = Part(
    commands=(Command("dieuhanh", run, aliases=("điều hành",), roles=(Role.SECRETARY, Role.CHAIR)),),
    choices=(
        Choice("room", show),
        Choice("roomopen", open_it),
        Choice("roomlist", list_questions),
        Choice("roomq", show_question),
        Choice("roomclose", confirm_end),
        Choice("roomend", end_it),
    ),
)
