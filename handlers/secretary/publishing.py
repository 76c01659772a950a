"""Making a question and its answer public: the words are the secretary's, and name nobody (R020, R026)."""

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.office import question_in_unit
from intake.actions.questions.make_public import make_public, may_be_public, take_back
from intake.rules.errors import RuleBroken
from intake.rules.message import Button, Message, Param, button
from intake.rules.people.person import Role
from intake.rules.questions.question import QuestionId

TEXT = "publish.text"
_AS_IT_IS = "as-it-is"


async def start(scene: Scene, rest: str) -> Turn:
    """A button `publish.<question id>`: in which words."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), Role.SECRETARY)
    if not await may_be_public(scene.uow, question):
        raise RuleBroken("refusal.not_public")
    draft = {"question": question.id, "reference": question.reference, "original": question.text}
    return Turn(to=TEXT, draft=draft)


async def _offers(_scene: Scene) -> list[Button]:
    return [button("publish.as_it_is", _AS_IT_IS)]


def _text(scene: Scene) -> str:
    typed = str(scene.draft["text"])
    return str(scene.draft["original"]) if typed == _AS_IT_IS else typed


def _preview(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "text": _text(scene)}


async def _publish(scene: Scene) -> Turn:
    question_id = QuestionId(int(scene.draft["question"]))
    question = await make_public(scene.uow, by=scene.me, question_id=question_id, text=_text(scene))
    back = ((button("button.open", f"triage.{question.id}"),),)
    return Turn(say=(Message("publish.done", {"reference": question.reference}, back),))


async def unpublish(scene: Scene, rest: str) -> Turn:
    """A button `unpublish.<question id>`."""
    question = await take_back(scene.uow, by=scene.me, question_id=QuestionId(id_in(rest)))
    return Turn(say=(Message("publish.taken_back", {"reference": question.reference}),))


MODULE = ConversationModule(
    choices=(Choice("publish", start, leads_to=(TEXT,)), Choice("unpublish", unpublish)),
    steps=form_steps(
        "publish", (Field("text", "publish.ask", read_words, offers=_offers),), preview=_preview, send=_publish
    ),
)
