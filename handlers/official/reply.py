"""An official writes: an answer for the chair, a question back to the asker, a reason for giving the question back."""

from collections.abc import Sequence

from handlers.engine.form import HOW, Field, form_steps, read_words
from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.outbox.how_told import told_of
from intake.actions.people.office import desk_of, question_at_desk
from intake.actions.people.restricted import require_free
from intake.actions.questions.approvers import deciders_of
from intake.actions.questions.clarify import ask_back, may_ask_back, require_answerable
from intake.actions.questions.propose import check_proposal, propose_answer, return_question
from intake.actions.questions.reply_templates import template_of
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, Term, button, literal
from intake.rules.questions.answer_class import class_in_words
from intake.rules.questions.question import Act, AnswerClass, Proposal, ProposalKind, QuestionId, after
from intake.rules.questions.reply_template import ReplyTemplateId
from wording.questions import who_hears
from wording.reply_templates import for_question

REPLY = "reply.text"
ASK_BACK = "askback.text"
RETURN = "return.text"
_MOST_TEMPLATES = 10
_SAID_BY_A_TAP = (AnswerClass.SETTLED, AnswerClass.EXPLANATION)
"""What an answer is said to be by its button; that something is on its way, its words say by naming a day."""
TO_QUEUE: tuple[tuple[Button, ...], ...] = ((button("menu.queue", "cmd.hangdoi"),),)


async def start_reply(scene: Scene, rest: str) -> Turn:
    """A button `reply.<question id>`."""
    question = await question_at_desk(scene.uow, scene.me, QuestionId(id_in(rest)))
    await check_proposal(scene.uow, question, ProposalKind.ANSWER)
    return Turn(to=REPLY, draft={"question": question.id, "reference": question.reference})


async def start_asking_back(scene: Scene, rest: str) -> Turn:
    """A button `askback.<question id>`, for the desk and for the secretary."""
    question = require_free(await may_ask_back(scene.uow, scene.me, QuestionId(id_in(rest))))
    after(question.state, Act.ASK_BACK)  # said now, not when everything is typed
    await require_answerable(scene.uow, question)
    return Turn(to=ASK_BACK, draft={"question": question.id, "reference": question.reference})


async def start_returning(scene: Scene, rest: str) -> Turn:
    """A button `return.<question id>`."""
    question = require_free(await question_at_desk(scene.uow, scene.me, QuestionId(id_in(rest))))
    after(question.state, Act.RETURN)
    return Turn(to=RETURN, draft={"question": question.id, "reference": question.reference})


async def _templates(scene: Scene) -> Sequence[Button]:
    """What the unit answers with again and again, by name; nothing once the question lies elsewhere."""
    try:
        question = await question_at_desk(scene.uow, scene.me, _question_id(scene))
    except NotFound:
        return ()  # it went to another desk while the answer was written: sending it says so, and keeps the words
    kept = await scene.uow.reply_templates.of_unit(question.unit_id)
    return [literal(f"📄 {one.name}", f"t{one.id}") for one in kept[:_MOST_TEMPLATES]]


async def _filled(scene: Scene, code: str) -> str:
    """A template in the words for this question; it is looked at, and can be changed, before it is sent."""
    question = await question_at_desk(scene.uow, scene.me, _question_id(scene))
    unit = await scene.uow.places.unit(question.unit_id)
    template = await template_of(scene.uow, unit, ReplyTemplateId(id_in(code[1:])))
    desk = await desk_of(scene.uow, question)
    return for_question(template, reference=question.reference, desk=desk.name, unit=unit.name, day=scene.uow.today)


def _typed(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "text": str(scene.draft["text"])}


def _answer_typed(scene: Scene) -> dict[str, Param]:
    """The answer with what it is taken for unless another button says more (R021)."""
    return {**_typed(scene), "what": Term(f"answer.{_in_words(scene).value}")}


def _in_words(scene: Scene) -> AnswerClass:
    return class_in_words(str(scene.draft["text"]), scene.uow.today)


def _other_classes(scene: Scene) -> Sequence[Button]:
    return [button(f"reply.as_{one.value}", one.value) for one in _SAID_BY_A_TAP if one is not _in_words(scene)]


def _question_id(scene: Scene) -> QuestionId:
    return QuestionId(int(scene.draft["question"]))


async def _propose(scene: Scene) -> Turn:
    proposal = await propose_answer(
        scene.uow,
        by=scene.me,
        question_id=_question_id(scene),
        text=str(scene.draft["text"]),
        said=AnswerClass(scene.draft[HOW]) if HOW in scene.draft else None,
    )
    return await said_proposed(scene, proposal)


async def said_proposed(scene: Scene, proposal: Proposal) -> Turn:
    """What was proposed lies before somebody, or before nobody yet."""
    question = await scene.uow.questions.get(proposal.question_id)
    decided = await deciders_of(scene.uow, question, proposal)
    key = "office.proposed" if decided else "office.proposed_to_nobody"
    return Turn(say=(Message(key, {"reference": question.reference}, TO_QUEUE),))


async def _ask_back(scene: Scene) -> Turn:
    question = await ask_back(scene.uow, by=scene.me, question_id=_question_id(scene), text=str(scene.draft["text"]))
    params: dict[str, Param] = {
        "reference": question.reference,
        "who": await who_hears(scene.uow, question, scene.grants),
        "told": await told_of(scene.uow, question),
    }
    return Turn(say=(Message("office.asked_back_done", params),))


async def _return(scene: Scene) -> Turn:
    await return_question(scene.uow, by=scene.me, question_id=_question_id(scene), reason=str(scene.draft["text"]))
    return Turn(say=(Message("office.return_done", {"reference": str(scene.draft["reference"])}, TO_QUEUE),))


MODULE = ConversationModule(
    steps=(
        *form_steps(
            "reply",
            (Field("text", "reply.ask", read_words, offers=_templates, taken=_filled),),
            preview=_answer_typed,
            send=_propose,
            otherwise=_other_classes,
        ),
        *form_steps("askback", (Field("text", "askback.ask", read_words),), preview=_typed, send=_ask_back),
        *form_steps("return", (Field("text", "return.ask", read_words),), preview=_typed, send=_return),
    ),
    choices=(
        Choice("reply", start_reply, leads_to=(REPLY,)),
        Choice("askback", start_asking_back, leads_to=(ASK_BACK,)),
        Choice("return", start_returning, leads_to=(RETURN,)),
    ),
)
