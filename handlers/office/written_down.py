"""Somebody of the office plays a recording and writes down what it says."""

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.questions.write_down import may_write_down, write_down
from intake.rules.message import Message, Param
from intake.rules.questions.question import QuestionId

TEXT = "written.text"


async def start(scene: Scene, rest: str) -> Turn:
    """A button `written.<question id>`, for the secretary and the desk."""
    question = await may_write_down(scene.uow, scene.me, QuestionId(id_in(rest)))
    return Turn(to=TEXT, draft={"question": question.id, "reference": question.reference})


def _preview(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "text": str(scene.draft["text"])}


async def _write(scene: Scene) -> Turn:
    question_id = QuestionId(int(scene.draft["question"]))
    question = await write_down(scene.uow, by=scene.me, question_id=question_id, text=str(scene.draft["text"]))
    return Turn(say=(Message("written.done", {"reference": question.reference}),))


MODULE = ConversationModule(
    choices=(Choice("written", start, leads_to=(TEXT,)),),
    steps=form_steps("written", (Field("text", "written.ask", read_words),), preview=_preview, send=_write),
)
