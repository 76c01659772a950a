"""What the asker says back: how good the answer was, what is still missing, what an official wanted to know."""

from datetime import timedelta
from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import CHANGED, Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.language.choice import learn_language
from handlers.language.courtesy import courtesy_in
from intake.actions.questions.appeal import appeal
from intake.actions.questions.ask_question import clean_question
from intake.actions.questions.clarify import clarify
from intake.actions.questions.rate_answer import (
    rate_answer,
    reopen,
    reopenable,
    require_asker,
    require_reopenable,
)
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Message, Param, Term, button
from intake.rules.questions.question import OPEN_STATES, REOPEN_DAYS, Question, QuestionId, QuestionState, known_again
from intake.rules.questions.rating import SECOND, rating_code
from wording.questions import after_meeting, standing_of

from . import ask, gate
from .gate import SEALED, gate_step, needs_gate, seal_step
from .questions import choose_status
from .sealed import promised

TEXT = "more.text"
GATE = "more.gate"
PREVIEW = "more.preview"
UNHAPPY = "unhappy"
"""In the draft: the question just rated `Chưa hài lòng`; and then that the words that followed were not asked for."""
NEW = "new"
_REASON_WITHIN = timedelta(days=1)
"""How long after `Chưa hài lòng` what is typed next is taken for the reason."""
_RATINGS = {"good": True, "bad": False}


async def rate(scene: Scene, rest: str) -> Turn:
    """A button `rate.<question id>.good` or `.bad`: the question is closed with the first rating.

    One under the answer before the question was reopened rates no other; what stands now is shown.
    """
    number, _, rating = rest.partition(".")
    rating, _, which = rating.partition(".")
    if rating not in _RATINGS or which not in ("", SECOND):
        raise NotFound
    satisfied = _RATINGS[rating]
    question = await scene.uow.questions.get(QuestionId(id_in(number)))
    await require_asker(scene.uow, question, scene.me)
    if question.state is QuestionState.ANSWERED and rating_code(question, rating) != f"rate.{rest}":
        shown = await choose_status(scene, number)
        return Turn(say=(CHANGED, *shown.say))
    question = await rate_answer(scene.uow, question_id=question.id, person=scene.me, satisfied=satisfied)
    params: dict[str, Param] = {"reference": question.reference}
    menu = button("button.menu", "cmd.menu")
    if satisfied:
        return Turn(say=(Message("rate.thanks", params, ((menu,),)),))
    if reopenable(question, scene.uow.today):
        again = button("rate.reopen", f"reopen.{question.id}")
        why: Param = "" if scene.step else Term("rate.say_why")  # what else is being written just now goes on
        sorry = Message("rate.sorry", {**params, "days": REOPEN_DAYS, "why": why}, ((again, menu),))
        return Turn(say=(sorry,), draft={UNHAPPY: question.id})
    return Turn(say=(Message("rate.sorry_final", params, ((button("menu.ask", "cmd.hoi"), menu),)),))


async def reason_typed(scene: Scene, event: InboundEvent) -> Turn | None:
    """The turn of words that follow on `Chưa hài lòng`: most say at once why, without pressing `Mở lại` before.

    They are shown as what reopens the question, with a button for those who speak of something else. Nothing for
    whatever cannot be such words.
    """
    number, last = scene.draft.pop(UNHAPPY, None), scene.heard_before
    if number is None or event.kind is not InboundKind.TEXT or courtesy_in(event.text) is not None:
        return None
    question = await scene.uow.questions.get(QuestionId(int(number)))
    late = last is not None and scene.uow.now - last >= _REASON_WITHIN
    if late or not reopenable(question, scene.uow.today):
        return None
    scene.draft = {**_draft(scene, question, "reopen"), UNHAPPY: True}
    return _with_text(scene, event.text)


async def start_reopening(scene: Scene, rest: str) -> Turn:
    """A button `reopen.<question id>`."""
    question = await scene.uow.questions.get(QuestionId(id_in(rest)))
    await require_reopenable(scene.uow, question, scene.me)
    return Turn(to=TEXT, draft=_draft(scene, question, "reopen"))


async def start_clarifying(scene: Scene, rest: str) -> Turn:
    """A button `clarify.<question id>`, sent when an official asked back (R124)."""
    question = await scene.uow.questions.get(QuestionId(id_in(rest)))
    await require_asker(scene.uow, question, scene.me)
    if question.state_before is None or question.state not in OPEN_STATES:
        raise RuleBroken("refusal.not_in_this_state")
    return Turn(to=TEXT, draft=_draft(scene, question, "clarify"))


async def look_again(scene: Scene, rest: str) -> Turn:
    """A button `appeal.<question id>`, under the word that a question is out of scope."""
    question, clock = await appeal(scene.uow, by=scene.me, question_id=QuestionId(id_in(rest)))
    standing = await standing_of(scene.uow, question)
    when: Param = "" if standing.meeting is None else after_meeting(standing.meeting)
    if clock is not None:
        when = Term("status.due", {"due": due_words(unpack_due(clock.due))})
    follow = ((button("ask.follow", f"status.{question.id}"), button("button.menu", "cmd.menu")),)
    return Turn(say=(Message("appeal.done", {"reference": known_again(question), "when": when}, follow),))


def _draft(scene: Scene, question: Question, verb: str) -> dict[str, Any]:
    draft: dict[str, Any] = {"question": question.id, "verb": verb}
    if question.asker_id != scene.me.id:
        draft["neighbour"] = True  # nobody may enter a denunciation for somebody else (LAW C4.4)
    return draft


async def _question(scene: Scene) -> Question:
    return await scene.uow.questions.get(QuestionId(int(scene.draft["question"])))


async def _ask_text(scene: Scene) -> Message:
    question = await _question(scene)
    params: dict[str, Param] = {"reference": question.reference}
    if question.reason and scene.draft["verb"] == "clarify":
        return Message("clarify.text_reason", {**params, "reason": question.reason}, _CANCEL)
    return Message(f"{scene.draft['verb']}.text", params, _CANCEL)


async def _hear_text(scene: Scene, event: InboundEvent) -> Turn:
    if event.kind is not InboundKind.TEXT or not event.text.strip():
        return Turn(to=TEXT, say=(Message("register.words_only"),), draft=scene.draft)
    return _with_text(scene, event.text)


def _with_text(scene: Scene, typed: str, before: str = "") -> Turn:
    said = learn_language(scene, typed)
    draft = {**scene.draft, "text": clean_question(f"{before}\n{typed}")}
    return Turn(to=GATE if needs_gate(typed) else PREVIEW, say=said, draft=draft)


async def _ask_preview(scene: Scene) -> Message:
    question = await _question(scene)
    row = (button("button.send", "send"), button("button.edit", "edit"), button("button.cancel", "cancel"))
    key = "reopen.preview" if scene.draft["verb"] == "reopen" else "more.preview"
    key = promised(scene, "more.preview_sealed") if scene.draft.get(SEALED) else key
    rows = (row, (button("reopen.as_new", NEW),)) if _may_be_new(scene) else (row,)
    return Message(key, {"reference": question.reference, "text": str(scene.draft["text"])}, rows)


def _may_be_new(scene: Scene) -> bool:
    """Whether the words may be meant for a question of its own: nobody asked for them, and they are the asker's."""
    return UNHAPPY in scene.draft and "neighbour" not in scene.draft


async def _hear_preview(scene: Scene, event: InboundEvent) -> Turn:
    if event.choice == "edit":
        return Turn(to=TEXT, draft=scene.draft)
    if event.choice == NEW and _may_be_new(scene):
        return await ask.ask(scene, str(scene.draft["text"]))
    if event.kind is InboundKind.TEXT and courtesy_in(event.text) is None:
        return _with_text(scene, event.text, str(scene.draft["text"]))  # somebody goes on, in a second message
    if event.choice != "send":
        return Turn(to=PREVIEW, say=(Message("talk.tap_one"),), draft=scene.draft)
    question, text = await _question(scene), str(scene.draft["text"])
    follow = ((button("ask.follow", f"status.{question.id}"), button("button.menu", "cmd.menu")),)
    sealed = bool(scene.draft.get(SEALED))
    if scene.draft["verb"] == "clarify":
        await clarify(scene.uow, question_id=question.id, person=scene.me, text=text, sealed=sealed)
        return Turn(say=(Message("clarify.done", {"reference": question.reference}, follow),))
    clock = await reopen(scene.uow, question_id=question.id, person=scene.me, text=text, sealed=sealed)
    named: dict[str, Param] = {"reference": question.reference, "due": due_words(unpack_due(clock.due))}
    return Turn(say=(Message("reopen.done", named, follow),))


_CANCEL = ((button("button.cancel", "cancel"),),)

MODULE = ConversationModule(
    choices=(
        Choice("rate", rate),
        Choice("appeal", look_again),
        Choice("reopen", start_reopening, leads_to=(TEXT,)),
        Choice("clarify", start_clarifying, leads_to=(TEXT,)),
    ),
    steps=(
        Step(TEXT, _ask_text, _hear_text, leads_to=(GATE, PREVIEW), free_text=True),
        gate_step(PREVIEW, GATE),
        seal_step(GATE),
        Step(PREVIEW, _ask_preview, _hear_preview, leads_to=(TEXT, GATE, ask.WHOSE, ask.TEXT, gate.GATE, ask.PREVIEW)),
    ),
)
