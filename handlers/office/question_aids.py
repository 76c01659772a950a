"""What stands on the card of a question beside its own words: what goes with it, what it repeats, what is similar."""

from dataclasses import replace

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.questions.groups import followers, lead_of
from intake.actions.questions.repeated_cases import history_of
from intake.actions.questions.similar_questions import answer_to, similar_to
from intake.actions.sealed.access import note_reading, readable
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.message import Button, Message, Param, Term, button
from intake.rules.questions.question import Question, QuestionId

from .question_lines import line

_WHOLE = 600
"""How much of an earlier question or answer is shown."""


async def with_aids(
    scene: Scene, question: Question, message: Message, *, lines: tuple[Param, ...] = (), first: tuple[Button, ...] = ()
) -> Message:
    """The card with further lines, similar questions under its text, and a row of buttons before the others."""
    known: list[Param] = [*lines, *await _together(scene, question)]
    text: list[Param] = [message.params["text"]]
    similar = await similar_to(scene.uow, scene.me, question)
    rows = message.buttons
    if similar:
        text += [Term("similar.title"), *[await _similar_line(scene, one) for one in similar]]
        rows = (*rows, (button("similar.button", f"similar.{question.id}"),))
    if first:
        rows = (first, *rows)
    params = {**message.params, "lines": (message.params["lines"], *known), "text": tuple(text)}
    return replace(message, params=params, buttons=rows)


async def _together(scene: Scene, question: Question) -> list[Param]:
    said: list[Param] = []
    lead = await lead_of(scene.uow, question)
    if lead is not None:
        said.append(Term("group.goes_with", {"lead": lead.reference}))
    others = await followers(scene.uow, question)
    if others:
        references = ", ".join(one.reference for one in await readable(scene.uow, scene.me, others))
        said.append(Term("group.co_askers", {"count": len(others), "references": references}))
    case = await scene.uow.cases.of_question(question.id)
    if case is not None:
        history = await history_of(scene.uow, case, scene.me)
        years = ", ".join(str(year) for year in history.years)
        named: dict[str, Param] = {"label": case.label, "times": len(history.questions), "years": years}
        said.append(Term("case.on_card", named))
    return said


async def _similar_line(scene: Scene, question: Question) -> Term:
    """The line of a list; of what is sensitive a desk knows neither words nor hamlet (R026)."""
    hamlet: Param = Term("similar.no_hamlet")
    if question.hamlet_id is not None and not question.sensitive:
        hamlet = (await scene.uow.places.unit(question.hamlet_id)).name
    received = question.received_at.astimezone(LOCAL)
    return line(
        question,
        "similar.line",
        hamlet=hamlet,
        month=received.strftime("%m/%Y"),
        state=Term(f"office.state_{question.state.value}"),
    )


async def show_similar(scene: Scene, rest: str) -> Turn:
    """A button `similar.<question id>`: the similar questions with what was answered to each, nobody's name."""
    question = await scene.uow.questions.get(QuestionId(id_in(rest)))
    said: list[Message] = []
    similar = await similar_to(scene.uow, scene.me, question)
    await note_reading(scene.uow, scene.me, similar)
    for one in similar:
        answer = await answer_to(scene.uow, one)
        reply: Param = Term("similar.no_answer") if answer is None else _beginning(answer.text)
        params: dict[str, Param] = {
            "line": await _similar_line(scene, one),
            "text": _beginning(one.text),
            "answer": reply,
        }
        said.append(Message("similar.whole", params))
    return Turn(say=tuple(said) or (Message("similar.none", {"reference": question.reference}),))


def _beginning(text: str) -> str:
    return text if len(text) <= _WHOLE else f"{text[:_WHOLE].rstrip()}…"


MODULE = ConversationModule(choices=(Choice("similar", show_similar),))
