"""The secretary's inbox (`/phanloai`): each question goes to a desk, to the meeting, back to the asker, or out."""

from collections.abc import Sequence

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.question_lines import card, folded, line, list_message, named, page_of
from intake.actions.deadlines.clocks import plan_for
from intake.actions.outbox.how_told import told_of
from intake.actions.people.office import desk_of, question_in_unit
from intake.actions.questions.give_to_desk import heard_of
from intake.actions.questions.groups import assign_group, followers, reassign_group
from intake.actions.questions.triage import check_movable, decline, keep_for_meeting, state_on_desk
from intake.actions.sealed.access import assignable
from intake.actions.sealed.sorting import to_sort
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import Role
from intake.rules.people.unit import Desk, DeskId
from intake.rules.questions.question import Act, Question, QuestionId, after
from wording.plans import desks_remark
from wording.texts import words

from .question_buttons import buttons_for
from .suggestions import triage_card

DESK = "triage.desk"
OTHER_DESK = "reassign.desk"
DECLINE = "decline.reason"
_REASONS = ("off_topic", "slander", "baseless", "public_order")
"""Why the plans leave a question out (R024, R025); other words can be typed. What is beyond the unit is referred."""
_NEXT = ((button("menu.triage", "cmd.phanloai"),),)
_STAND_INS = (Role.CHAIR, Role.SUPERVISOR, Role.ADMIN)
"""Who sorts in the place of a secretary that a question names."""


async def inbox(scene: Scene, _rest: str) -> Turn:
    """`/phanloai`."""
    return await _page(scene, 0)


async def more(scene: Scene, rest: str) -> Turn:
    """A button `triagemore.<start>`."""
    return await _page(scene, id_in(rest))


async def _page(scene: Scene, start: int) -> Turn:
    groups = await folded(scene.uow, await to_sort(scene.uow, scene.me))
    questions = list(groups)
    page = page_of(questions, start)
    if not page:
        return Turn(say=(Message("office.inbox_empty", {}, ((button("button.menu", "cmd.menu"),),)),))
    lines = [await _line(scene, question, groups[question]) for question in page]
    return Turn(
        say=(list_message("office.inbox", lines, page, "triage", start=start, total=len(questions), more="triagemore"),)
    )


async def _line(scene: Scene, question: Question, others: Sequence[Question]) -> Term:
    hamlet: Param = ""
    if question.hamlet_id is not None:
        hamlet = (await scene.uow.places.unit(question.hamlet_id)).name
    state = Term(f"office.state_{question.state.value}")
    return line(question, "office.inbox_line", reference=named(question, others), hamlet=hamlet, state=state)


async def show(scene: Scene, rest: str) -> Turn:
    """A button `triage.<question id>`."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), Role.SECRETARY, Role.CHAIR)
    shown = await card(scene, question, await buttons_for(scene, question))
    return Turn(say=(await triage_card(scene, question, shown),))


async def start_assigning(scene: Scene, rest: str) -> Turn:
    """A button `assign.<question id>`: asks which desk."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), Role.SECRETARY, Role.CHAIR)
    await state_on_desk(scene.uow, question)  # said now, not when a desk was chosen
    return Turn(to=DESK, draft={"question": question.id, "reference": question.reference})


async def start_reassigning(scene: Scene, rest: str) -> Turn:
    """A button `reassign.<question id>`: asks which desk instead."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), Role.SECRETARY, Role.CHAIR)
    check_movable(question)
    desk = await desk_of(scene.uow, question)
    draft = {"question": question.id, "reference": question.reference, "desk": desk.name, "from": desk.id}
    return Turn(to=OTHER_DESK, draft=draft)


async def desks_for(scene: Scene) -> Sequence[Desk]:
    """The desks the question in the draft can be given to, in their order."""
    question = await scene.uow.questions.get(QuestionId(int(scene.draft["question"])))
    return await assignable(scene.uow, question, await scene.uow.places.desks(question.unit_id))


async def _ask_desk(scene: Scene) -> Message:
    rows = rows_of([literal(desk.name, f"d{desk.id}") for desk in await desks_for(scene)], 1)
    cancel = (button("button.cancel", "cancel"),)
    params: dict[str, Param] = {"reference": str(scene.draft["reference"]), "remark": await _remark(scene)}
    return Message("office.which_desk", params, (*rows, cancel))


async def _remark(scene: Scene) -> Param:
    """What the unit decided about who answers for what, where the plan does not say (A7)."""
    question = await scene.uow.questions.get(QuestionId(int(scene.draft["question"])))
    return desks_remark(await plan_for(scene.uow, question))


async def _hear_desk(scene: Scene, event: InboundEvent) -> Turn:
    desks = {f"d{desk.id}": desk for desk in await desks_for(scene)}
    if event.choice not in desks:
        return Turn(to=DESK, say=(Message("talk.tap_one"),), draft=scene.draft)
    desk = desks[event.choice]
    question = await assign_group(
        scene.uow,
        by=scene.me,
        question_id=QuestionId(int(scene.draft["question"])),
        desk_id=DeskId(desk.id),
    )
    params: dict[str, Param] = {"reference": question.reference, "desk": desk.name}
    return Turn(say=(Message("office.assign_done", {**params, "told": await heard_of(scene.uow, question)}, _NEXT),))


async def _told(scene: Scene, question: Question) -> tuple[Param, ...]:
    return await told_of(scene.uow, question, await followers(scene.uow, question))


async def _ask_other_desk(scene: Scene) -> Message:
    others = [desk for desk in await desks_for(scene) if desk.id != scene.draft["from"]]
    rows = rows_of([literal(desk.name, f"d{desk.id}") for desk in others], 1)
    cancel = (button("button.cancel", "cancel"),)
    params: dict[str, Param] = {"reference": str(scene.draft["reference"]), "desk": str(scene.draft["desk"])}
    params["remark"] = await _remark(scene)
    return Message("office.which_other_desk", params, (*rows, cancel))


async def _hear_other_desk(scene: Scene, event: InboundEvent) -> Turn:
    desks = {f"d{desk.id}": desk for desk in await desks_for(scene)}
    if event.choice not in desks:
        return Turn(to=OTHER_DESK, say=(Message("talk.tap_one"),), draft=scene.draft)
    desk = desks[event.choice]
    question = await reassign_group(
        scene.uow,
        by=scene.me,
        question_id=QuestionId(int(scene.draft["question"])),
        from_desk_id=DeskId(int(scene.draft["from"])),
        desk_id=desk.id,
    )
    params: dict[str, Param] = {"reference": question.reference, "desk": desk.name}
    return Turn(say=(Message("office.reassign_done", {**params, "told": await heard_of(scene.uow, question)}, _NEXT),))


async def keep(scene: Scene, rest: str) -> Turn:
    """A button `keep.<question id>`."""
    question = await keep_for_meeting(scene.uow, by=scene.me, question_id=QuestionId(id_in(rest)))
    params: dict[str, Param] = {"reference": question.reference, "told": await _told(scene, question)}
    return Turn(say=(Message("office.keep_done", params, _NEXT),))


async def start_declining(scene: Scene, rest: str) -> Turn:
    """A button `decline.<question id>`: asks why, and where to go instead (R122)."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), Role.SECRETARY)
    after(question.state, Act.DECLINE)  # said now, not when everything is typed
    return Turn(to=DECLINE, draft={"question": question.id, "reference": question.reference})


def _declining(scene: Scene) -> dict[str, Param]:
    return {name: str(scene.draft[name]) for name in ("reference", "reason", "instead")}


async def _decline(scene: Scene) -> Turn:
    question = await decline(
        scene.uow,
        by=scene.me,
        question_id=QuestionId(int(scene.draft["question"])),
        reason=str(scene.draft["reason"]),
        instead=str(scene.draft["instead"]),
    )
    params: dict[str, Param] = {"reference": question.reference, "told": await _told(scene, question)}
    return Turn(say=(Message("office.decline_done", params, _NEXT),))


async def _reasons(scene: Scene) -> Sequence[Button]:
    del scene
    return [button(f"decline.{reason}", reason) for reason in _REASONS]


async def _reason_of(scene: Scene, code: str) -> str:
    return words(scene.language, f"decline.{code}")


_FIELDS = (
    Field("reason", "decline.ask_reason", read_words, offers=_reasons, taken=_reason_of),
    Field("instead", "decline.ask_instead", read_words),
)
MODULE = ConversationModule(
    commands=(Command("phanloai", inbox, aliases=("phân loại",), roles=(Role.SECRETARY,), also=_STAND_INS),),
    steps=(
        Step(DESK, _ask_desk, _hear_desk),
        Step(OTHER_DESK, _ask_other_desk, _hear_other_desk),
        *form_steps("decline", _FIELDS, preview=_declining, send=_decline),
    ),
    choices=(
        Choice("triage", show),
        Choice("triagemore", more),
        Choice("assign", start_assigning, leads_to=(DESK,)),
        Choice("reassign", start_reassigning, leads_to=(OTHER_DESK,)),
        Choice("keep", keep),
        Choice("decline", start_declining, leads_to=(DECLINE,)),
    ),
)
