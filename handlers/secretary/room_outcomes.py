"""What becomes of a question in the room: answered, directed, taken up by a desk, referred, or not raised."""

from collections.abc import Awaitable, Callable
from datetime import date

from handlers.engine.form import HOW, SKIP, Field, form_steps, read_agency, read_words
from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.in_room import (
    answer_in_room,
    direct_in_room,
    leave_out,
    question_in_session,
    refer_in_room,
    take_up,
)
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, button, literal, rows_of
from intake.rules.people.unit import DeskId
from intake.rules.questions.question import Question, QuestionId

from ..official.promise import DAY, REASON, promise_typed
from .room import questions_left
from .triage import desks_for

DESK = "roomtake.desk"
AT_THE_END = "at_the_end"


def _start(to: str, *, again: bool = False) -> Callable[[Scene, str], Awaitable[Turn]]:
    """What a button `<verb>.<question id>` does: go and ask, when the question is still to be dealt with.

    With `again`, also when an answer was written down that has not gone out yet.
    """

    async def start(scene: Scene, rest: str) -> Turn:
        question, _ = await question_in_session(scene.uow, scene.me, QuestionId(id_in(rest)), or_held=again)
        return Turn(to=to, draft={"question": question.id, "reference": question.reference})

    return start


def _question_id(scene: Scene) -> QuestionId:
    return QuestionId(int(scene.draft["question"]))


def _typed(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "text": str(scene.draft["text"])}


async def _noted(scene: Scene, question: Question) -> Turn:
    """Say that it is written down, and go on to the questions left."""
    if question.meeting_id is None:
        raise NotFound
    meeting = await meeting_in_unit(scene.uow, scene.me, question.meeting_id)
    noted = Message("room.noted", {"reference": question.reference})
    return Turn(say=(noted, await questions_left(scene, meeting)))


def _answer(*, clarified: bool) -> Callable[[Scene], Awaitable[Turn]]:
    async def send(scene: Scene) -> Turn:
        question = await answer_in_room(
            scene.uow,
            by=scene.me,
            question_id=_question_id(scene),
            text=str(scene.draft["text"]),
            clarified=clarified,
            held=scene.draft.get(HOW) == AT_THE_END,
        )
        return await _noted(scene, question)

    return send


async def _direct(scene: Scene) -> Turn:
    text = str(scene.draft["text"])
    return await _noted(scene, await direct_in_room(scene.uow, by=scene.me, question_id=_question_id(scene), text=text))


async def _leave_out(scene: Scene) -> Turn:
    reason = str(scene.draft["text"])
    return await _noted(scene, await leave_out(scene.uow, by=scene.me, question_id=_question_id(scene), reason=reason))


async def _refer(scene: Scene) -> Turn:
    question = await refer_in_room(
        scene.uow,
        by=scene.me,
        question_id=_question_id(scene),
        agency=str(scene.draft["agency"]),
        promised_on=date.fromisoformat(str(scene.draft["promised"])),
        reason=str(scene.draft["reason"]),
    )
    return await _noted(scene, question)


async def _ask_desk(scene: Scene) -> Message:
    rows = rows_of([literal(desk.name, f"d{desk.id}") for desk in await desks_for(scene)], 1)
    last = (button("button.skip", SKIP), button("button.cancel", "cancel"))
    return Message("room.which_desk", {"reference": str(scene.draft["reference"])}, (*rows, last))


async def _hear_desk(scene: Scene, event: InboundEvent) -> Turn:
    desks: dict[str, DeskId | None] = {f"d{desk.id}": desk.id for desk in await desks_for(scene)}
    desks[SKIP] = None
    if event.choice not in desks:
        return Turn(to=DESK, say=(Message("talk.tap_one"),), draft=scene.draft)
    question = await take_up(scene.uow, by=scene.me, question_id=_question_id(scene), desk_id=desks[event.choice])
    return await _noted(scene, question)


def _later(scene: Scene) -> tuple[Button, ...]:
    """It is sent when the meeting ends."""
    del scene
    return (button("room.at_the_end", AT_THE_END),)


_REFER = (Field("agency", "refer.ask_agency", read_agency), DAY, REASON)
MODULE = ConversationModule(
    steps=(
        *form_steps(
            "roomanswer",
            (Field("text", "roomanswer.ask", read_words),),
            preview=_typed,
            send=_answer(clarified=False),
            otherwise=_later,
        ),
        *form_steps(
            "roomclarify",
            (Field("text", "roomclarify.ask", read_words),),
            preview=_typed,
            send=_answer(clarified=True),
            otherwise=_later,
        ),
        *form_steps("roomdirect", (Field("text", "roomdirect.ask", read_words),), preview=_typed, send=_direct),
        *form_steps("roomskip", (Field("text", "roomskip.ask", read_words),), preview=_typed, send=_leave_out),
        *form_steps("roomrefer", _REFER, preview=promise_typed, send=_refer),
        Step(DESK, _ask_desk, _hear_desk),
    ),
    choices=(
        Choice("roomanswer", _start("roomanswer.text", again=True), leads_to=("roomanswer.text",)),
        Choice("roomclarify", _start("roomclarify.text", again=True), leads_to=("roomclarify.text",)),
        Choice("roomdirect", _start("roomdirect.text"), leads_to=("roomdirect.text",)),
        Choice("roomskip", _start("roomskip.text"), leads_to=("roomskip.text",)),
        Choice("roomrefer", _start("roomrefer.agency"), leads_to=("roomrefer.agency",)),
        Choice("roomtake", _start(DESK), leads_to=(DESK,)),
    ),
)
