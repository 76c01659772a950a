"""The card of a question at triage: the suggested desk first, then what else the secretary may do."""

from dataclasses import replace

from handlers.engine.scene import Choice, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.question_aids import with_aids
from intake.actions.questions.give_to_desk import heard_of
from intake.actions.questions.groups import lead_of
from intake.actions.questions.suggest_topic import accept, suggested
from intake.rules.message import Message, Param, Term, button
from intake.rules.people.person import Role
from intake.rules.people.unit import TopicId
from intake.rules.questions.group import JOINABLE
from intake.rules.questions.question import Question, QuestionId, QuestionState

_UNASSIGNED = (QuestionState.RECEIVED, QuestionState.WAITING_FOR_MEETING, QuestionState.TAKEN_ON)


async def triage_card(scene: Scene, question: Question, message: Message) -> Message:
    """The card with the suggestion, which nobody has accepted until the button is tapped."""
    lines: tuple[Param, ...] = ()
    first = []
    if question.desk_id is None and question.state in _UNASSIGNED:
        found = await suggested(scene.uow, question)
        if found is not None:
            lines = (Term("triage.suggestion", {"topic": found.topic.name, "desk": found.desk.name}),)
            code = f"acceptdesk.{question.id}.{found.topic.id}"
            first = [button("triage.accept_button", code, desk=found.desk.name)]
    together = []
    if await lead_of(scene.uow, question) is not None:
        together.append(button("group.separate_button", f"separate.{question.id}"))
    elif question.state in JOINABLE:
        together.append(button("group.join_button", f"join.{question.id}"))
    together.append(button("case.link_button", f"linkcase.{question.id}"))
    rows = (*message.buttons, tuple(together)) if scene.grants_as(Role.SECRETARY) else message.buttons
    card = replace(message, buttons=rows)
    return await with_aids(scene, question, card, lines=lines, first=tuple(first))


async def accept_suggestion(scene: Scene, rest: str) -> Turn:
    """A button `acceptdesk.<question id>.<topic id>`."""
    number, _, topic = rest.partition(".")
    question, desk = await accept(
        scene.uow, by=scene.me, question_id=QuestionId(id_in(number)), topic_id=TopicId(id_in(topic))
    )
    told = await heard_of(scene.uow, question)
    done: dict[str, Param] = {"reference": question.reference, "desk": desk.name, "told": told}
    return Turn(say=(Message("office.assign_done", done, ((button("menu.triage", "cmd.phanloai"),),)),))


MODULE = ConversationModule(choices=(Choice("acceptdesk", accept_suggestion),))
