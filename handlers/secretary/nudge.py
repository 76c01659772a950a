"""Nudging an agency whose promised date has passed (R162): a text to pass on, then one tap that it went out."""

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.questions.nudge import nudge, nudge_letter, promised
from intake.rules.message import Message, button
from intake.rules.questions.question import QuestionId


async def show(scene: Scene, rest: str) -> Turn:
    """A button `nudge.<question id>`: the text alone in its message, so that it can be copied or passed on whole."""
    waited = await promised(scene.uow, scene.me, QuestionId(id_in(rest)))
    letter = await nudge_letter(scene.uow, waited)
    sent = ((button("nudge.sent_button", f"nudged.{waited.question.id}"),),)
    how = Message("nudge.how", {"agency": waited.promise.agency, "reference": waited.question.reference}, sent)
    return Turn(say=(letter, how))


async def record(scene: Scene, rest: str) -> Turn:
    """A button `nudged.<question id>`: it went out."""
    question_id = QuestionId(id_in(rest))
    made = await nudge(scene.uow, by=scene.me, question_id=question_id)
    question = await scene.uow.questions.get(question_id)
    opens = ((button("button.open", f"triage.{question_id}"), button("button.menu", "cmd.menu")),)
    return Turn(say=(Message("nudge.done", {"reference": question.reference, "agency": made.agency}, opens),))


MODULE = ConversationModule(choices=(Choice("nudge", show), Choice("nudged", record)))
