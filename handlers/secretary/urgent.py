"""Urgent questions (R193): calling one urgent, taking it back, and the list of them (`/viecgap`)."""

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from handlers.office.question_lines import line, list_message, page_of
from intake.actions.people.office import question_in_unit, units_of
from intake.actions.questions.mark_urgent import MARKING, mark_urgent, take_back_urgent
from intake.actions.sealed.access import readable
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.message import Message, Param, button
from intake.rules.questions.question import OPEN_STATES, QuestionId
from wording.clocks import time_left

URGENT = "urgent.reason"
CALM = "calm.reason"
_NEXT = ((button("menu.urgent", "cmd.viecgap"), button("button.menu", "cmd.menu")),)


async def urgent_list(scene: Scene, _rest: str) -> Turn:
    """`/viecgap`."""
    return await _page(scene, 0)


async def more(scene: Scene, rest: str) -> Turn:
    """A button `urgentmore.<start>`."""
    return await _page(scene, id_in(rest))


async def _page(scene: Scene, start: int) -> Turn:
    urgent = await scene.uow.marks.urgent_in(await units_of(scene.uow, scene.me, *MARKING))
    due_on = {question.id: due for question, due in urgent}
    listed = await readable(scene.uow, scene.me, [question for question, _ in urgent])
    page = page_of(listed, start)
    if not page:
        return Turn(say=(Message("urgent.none", {}, ((button("button.menu", "cmd.menu"),),)),))
    today = scene.uow.today
    lines = [
        line(one, "office.queue_line", left=time_left(due_on[one.id], today, rests=one.restricted)) for one in page
    ]
    return Turn(
        say=(list_message("urgent.list", lines, page, "triage", start=start, total=len(listed), more="urgentmore"),)
    )


async def start_marking(scene: Scene, rest: str) -> Turn:
    """A button `urgent.<question id>`: asks why."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), *MARKING)
    if question.urgent:
        raise ChangedMeanwhile
    if question.state not in OPEN_STATES:
        raise RuleBroken("refusal.not_in_this_state")
    return Turn(to=URGENT, draft={"question": question.id, "reference": question.reference})


async def start_taking_back(scene: Scene, rest: str) -> Turn:
    """A button `calm.<question id>`: asks why."""
    question = await question_in_unit(scene.uow, scene.me, QuestionId(id_in(rest)), *MARKING)
    if not question.urgent:
        raise ChangedMeanwhile
    return Turn(to=CALM, draft={"question": question.id, "reference": question.reference})


def _typed(scene: Scene) -> dict[str, Param]:
    return {"reference": str(scene.draft["reference"]), "reason": str(scene.draft["reason"])}


async def _mark(scene: Scene) -> Turn:
    clock = await mark_urgent(
        scene.uow,
        by=scene.me,
        question_id=QuestionId(int(scene.draft["question"])),
        reason=str(scene.draft["reason"]),
    )
    params: dict[str, Param] = {"reference": str(scene.draft["reference"])}
    if clock is not None:
        params["due"] = clock.due_on
    return Turn(say=(Message("urgent.done" if clock is None else "urgent.done_target", params, _NEXT),))


async def _take_back(scene: Scene) -> Turn:
    question = await take_back_urgent(
        scene.uow,
        by=scene.me,
        question_id=QuestionId(int(scene.draft["question"])),
        reason=str(scene.draft["reason"]),
    )
    return Turn(say=(Message("urgent.taken_back", {"reference": question.reference}, _NEXT),))


MODULE = ConversationModule(
    commands=(Command("viecgap", urgent_list, aliases=("việc gấp",), roles=MARKING),),
    steps=(
        *form_steps("urgent", (Field("reason", "urgent.ask", read_words),), preview=_typed, send=_mark),
        *form_steps("calm", (Field("reason", "calm.ask", read_words),), preview=_typed, send=_take_back),
    ),
    choices=(
        Choice("urgent", start_marking, leads_to=(URGENT,)),
        Choice("calm", start_taking_back, leads_to=(CALM,)),
        Choice("urgentmore", more),
    ),
)
