"""The secretary groups similar questions, takes one out (`Tách ra`), links what is raised again (`Vụ việc lặp lại`).

Joining and linking ask for the other question: tapped among the similar ones, or its reference typed.
"""

from collections.abc import Awaitable, Callable

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.people.office import question_in_unit
from intake.actions.questions.group_questions import join, separate
from intake.actions.questions.groups import followers
from intake.actions.questions.repeated_cases import history_of, link, unlink
from intake.actions.questions.similar_questions import similar_to
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Message, Param, Term, button
from intake.rules.people.person import Role
from intake.rules.questions.group import JOINABLE, check_joinable
from intake.rules.questions.question import Question, QuestionId
from intake.rules.questions.reference import find_reference

JOIN = "join.with"
LINK = "linkcase.with"
_PICK = "with"


async def _mine(scene: Scene, rest: str) -> Question:
    return await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), Role.SECRETARY)


async def start_joining(scene: Scene, rest: str) -> Turn:
    """A button `join.<question id>`."""
    question = await _mine(scene, rest)
    check_joinable(question)  # said now, not when the other is named
    return Turn(to=JOIN, draft={"question": question.id, "reference": question.reference})


async def start_linking(scene: Scene, rest: str) -> Turn:
    """A button `linkcase.<question id>`."""
    question = await _mine(scene, rest)
    return Turn(to=LINK, draft={"question": question.id, "reference": question.reference})


def _asking(key: str, label: str, *, open_only: bool) -> Callable[[Scene], Awaitable[Message]]:
    async def ask(scene: Scene) -> Message:
        question = await scene.uow.questions.get(_question_id(scene))
        similar = await similar_to(scene.uow, scene.me, question)
        offered = [one for one in similar if not open_only or one.state in JOINABLE]
        rows = [(button(label, f"{_PICK}{one.id}", reference=one.reference),) for one in offered]
        rows.append((button("button.cancel", "cancel"),))
        how = Term("group.choose_or_type" if offered else "refusal.no_reference")
        return Message(key, {"reference": question.reference, "how": how}, tuple(rows))

    return ask


def _question_id(scene: Scene) -> QuestionId:
    return QuestionId(int(scene.draft["question"]))


async def _other(uow: UnitOfWork, event: InboundEvent) -> QuestionId | None:
    """The question that was tapped, or whose reference was typed; None for words without a reference.

    An unknown reference is `NotFound`, and so is another unit's: the action sees to that.
    """
    if event.choice.startswith(_PICK):
        return QuestionId(id_in(event.choice.removeprefix(_PICK)))
    reference = find_reference(event.text)
    if reference is None:
        return None
    question = await uow.questions.by_reference(reference)
    if question is None:
        raise NotFound
    return question.id


async def _hear_join(scene: Scene, event: InboundEvent) -> Turn:
    other = await _other(scene.uow, event)
    if other is None:
        raise RuleBroken("refusal.no_reference")
    lead = await join(scene.uow, by=scene.me, question_id=_question_id(scene), with_id=other)
    count = len(await followers(scene.uow, lead))
    opens = ((button("button.open", f"triage.{lead.id}"), button("menu.triage", "cmd.phanloai")),)
    return Turn(say=(Message("group.joined", {"lead": lead.reference, "count": count}, opens),))


async def _hear_link(scene: Scene, event: InboundEvent) -> Turn:
    other = await _other(scene.uow, event)
    if other is None:
        raise RuleBroken("refusal.no_reference")
    case = await link(scene.uow, by=scene.me, question_id=_question_id(scene), earlier_id=other)
    history = await history_of(scene.uow, case, scene.me)
    opens = ((button("button.open", f"case.{case.id}"), button("menu.triage", "cmd.phanloai")),)
    params: dict[str, Param] = {
        "label": case.label,
        "times": len(history.questions),
        "years": ", ".join(str(year) for year in history.years),
    }
    return Turn(say=(Message("case.linked", params, opens),))


async def take_out(scene: Scene, rest: str) -> Turn:
    """A button `separate.<question id>`."""
    question = await separate(scene.uow, by=scene.me, question_id=QuestionId(id_in(rest)))
    opens = ((button("button.open", f"triage.{question.id}"),),)
    return Turn(say=(Message("group.separated", {"reference": question.reference}, opens),))


async def take_out_of_case(scene: Scene, rest: str) -> Turn:
    """A button `unlinkcase.<question id>`."""
    question = await unlink(scene.uow, by=scene.me, question_id=QuestionId(id_in(rest)))
    return Turn(say=(Message("case.unlinked", {"reference": question.reference}),))


MODULE = ConversationModule(
    steps=(
        Step(JOIN, _asking("group.ask_which", "group.pick_button", open_only=True), _hear_join, role=Role.SECRETARY),
        Step(LINK, _asking("case.ask_which", "case.pick_button", open_only=False), _hear_link, role=Role.SECRETARY),
    ),
    choices=(
        Choice("join", start_joining, leads_to=(JOIN,)),
        Choice("separate", take_out),
        Choice("linkcase", start_linking, leads_to=(LINK,)),
        Choice("unlinkcase", take_out_of_case),
    ),
)
