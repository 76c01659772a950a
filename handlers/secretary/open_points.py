"""What a plan leaves open, asked one point at a time (`/kehoach`, A7); an answer holds at once and can be changed."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.engine.scene import Choice, Command, Scene, Step, Turn, units_as
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.fix_meeting import clean_reason
from intake.actions.people.contacts import contacts_of
from intake.actions.plan.decide_open_point import DECIDING, Decided, decide_open_point, plan_in_unit
from intake.rules.errors import NotFound
from intake.rules.message import Message, Param, Term, button, literal, rows_of
from intake.rules.people.contact import NEEDED, ContactKind
from intake.rules.plan.open_points import needs_reason
from intake.rules.plan.plan import Plan, PlanId
from intake.rules.plan.profile_paper import OpenQuestion
from intake.rules.plan.profile_terms import AnswerForm
from intake.rules.typed_when import day_typed

from . import plan_paper
from .open_point_lines import FROM_PAPER, answer_words, ask_point, decided_list, plan_card, titles

TAP = "openpoint.tap"
TYPE = "openpoint.type"
WHY = "openpoint.why"
_GONE = NotFound().message
_DAYS = re.compile(r"(\d+)(?:\s*(?:ngày|ngay|days?))?", re.IGNORECASE)


async def plans(scene: Scene, _rest: str) -> Turn:
    """`/kehoach`: the plans of the unit with the number of points that are open; with one plan only, its card."""
    units = await units_as(scene, *DECIDING)
    found = list(await scene.uow.plans.of_units([unit.id for unit in units]))
    if not found:
        return replace(await plan_paper.begin(scene, ""), say=(Message("meetings.no_plan"),))
    if len(found) == 1:
        return Turn(say=(await _with_what_is_unsaid(scene, found[0]),))
    buttons = []
    for plan in found:
        left = len(plan.decided.undecided)
        label = f"{plan.title} ({left})" if left else f"{plan.title} ✓"
        buttons.append(literal(label, f"plan.{plan.id}"))
    return Turn(say=(Message("openpoint.plans", {}, (*rows_of(buttons, 1), (FROM_PAPER,))),))


async def _with_what_is_unsaid(scene: Scene, plan: Plan) -> Message:
    """The card of a plan; where the unit has not said where its people go instead of the chat, that too (LAW C4)."""
    card, contacts = plan_card(plan), await contacts_of(scene.uow, plan.unit_id)
    if contacts.keys() >= NEEDED:
        return card
    missing = Term("contacts.missing", {"lines": tuple(_dash(kind) for kind in ContactKind if kind not in contacts)})
    facts = card.params["facts"]
    row = (button("contacts.button", f"contacts.{plan.unit_id}"),)
    return replace(
        card,
        params={**card.params, "facts": (*(facts if isinstance(facts, tuple) else (facts,)), missing)},
        buttons=(row, *card.buttons),
    )


def _dash(kind: ContactKind) -> Term:
    return Term("contacts.missing_line", {"kind": Term(f"contacts.{kind.value}")})


async def show_plan(scene: Scene, rest: str) -> Turn:
    """A button `plan.<plan id>`."""
    return Turn(say=(plan_card(await _plan(scene, rest)),))


async def start(scene: Scene, rest: str) -> Turn:
    """A button `plando.<plan id>`: what is open, from the first point on."""
    plan = await _plan(scene, rest)
    return await _next(scene, plan, {"plan": plan.id, "later": [], "seen": []})


async def show_decided(scene: Scene, rest: str) -> Turn:
    """A button `plandecided.<plan id>`."""
    return Turn(say=(await decided_list(scene, await _plan(scene, rest)),))


async def change(scene: Scene, rest: str) -> Turn:
    """A button `planpoint.<plan id>.<key>`: one point, answered already or not."""
    number, _, key = rest.partition(".")
    plan = await _plan(scene, number)
    question = _question(plan, key)
    return Turn(to=_step(question), draft={"plan": plan.id, "key": key, "only": True})


async def _plan(scene: Scene, rest: str) -> Plan:
    return await plan_in_unit(scene.uow, scene.me, PlanId(id_in(rest)))


def _question(plan: Plan, key: str) -> OpenQuestion:
    found = next((one for one in plan.decided.open_points if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def _step(question: OpenQuestion) -> str:
    return TAP if question.options or question.form is AnswerForm.PERSON else TYPE


async def _next(scene: Scene, plan: Plan, draft: dict[str, Any], *say: Message) -> Turn:
    """The next point that is open and was not put off; after the last one, what was decided."""
    left = [one for one in plan.decided.undecided if one.key not in draft["later"]]
    if left:
        return Turn(to=_step(left[0]), say=say, draft={**draft, "key": left[0].key})
    return Turn(say=(*say, await decided_list(scene, plan)))


async def _asked(scene: Scene) -> tuple[Plan, OpenQuestion] | None:
    """The plan and the point that are talked about; None once the role was taken, or the point is no longer asked."""
    try:
        plan = await plan_in_unit(scene.uow, scene.me, PlanId(int(scene.draft["plan"])))
        return plan, _question(plan, str(scene.draft["key"]))
    except NotFound:
        return None


async def _ask(scene: Scene) -> Message:
    asked = await _asked(scene)
    return _GONE if asked is None else await ask_point(scene, *asked)


async def _hear(scene: Scene, event: InboundEvent) -> Turn:
    asked = await _asked(scene)
    if asked is None:
        return Turn(say=(_GONE,))
    plan, question = asked
    if event.choice == "later":
        return await _put_off(scene, plan, question)
    if event.choice == "back":
        return await _back(scene, plan)
    if event.kind is InboundKind.CHOICE and event.choice.startswith("a-"):
        answer = event.choice.removeprefix("a-")
    elif event.kind is InboundKind.TEXT and _step(question) == TYPE:
        answer = _typed(question, event.text, scene.uow.today)
    else:
        wrong = "talk.tap_one" if _step(question) == TAP else "meetings.words_only"
        return Turn(to=scene.step, say=(Message(wrong),), draft=scene.draft)
    if needs_reason(plan.decided.profile, question.key, answer) and plan.decided.answers.get(question.key) != answer:
        return Turn(to=WHY, draft={**scene.draft, "answer": answer})
    return await _decide(scene, answer)


def _typed(question: OpenQuestion, text: str, today: date) -> str:
    """What was typed, in the form it is kept in; `10 ngày` is a number too."""
    match question.form:
        case AnswerForm.DATE:
            return day_typed(text, today).isoformat()
        case AnswerForm.NUMBER:
            found = _DAYS.fullmatch(text.strip())
            return text if found is None else found[1]
        case _:
            return text


async def _put_off(scene: Scene, plan: Plan, question: OpenQuestion) -> Turn:
    if scene.draft.get("only"):
        return Turn(say=(await decided_list(scene, plan),))
    draft = {**scene.draft, "later": [*scene.draft["later"], question.key], "seen": _seen(scene, question)}
    return await _next(scene, plan, draft)


def _seen(scene: Scene, question: OpenQuestion) -> list[str]:
    return [*(key for key in scene.draft["seen"] if key != question.key), question.key]


async def _back(scene: Scene, plan: Plan) -> Turn:
    """The point before, to answer it anew; from the first one, the plan's card."""
    if scene.draft.get("only"):
        return Turn(say=(await decided_list(scene, plan),))
    asked = [one.key for one in plan.decided.open_points]
    seen = [key for key in scene.draft["seen"] if key in asked and key != scene.draft["key"]]
    if not seen:
        return Turn(say=(plan_card(plan),))
    draft = {**scene.draft, "key": seen[-1], "seen": seen[:-1]}
    draft["later"] = [key for key in scene.draft["later"] if key != seen[-1]]
    return Turn(to=_step(_question(plan, seen[-1])), draft=draft)


async def _decide(scene: Scene, answer: str, why: str = "") -> Turn:
    draft = scene.draft
    plan_id = PlanId(int(draft["plan"]))
    done = await decide_open_point(
        scene.uow, by=scene.me, plan_id=plan_id, key=str(draft["key"]), answer=answer, why=why
    )
    plan = await scene.uow.plans.get(plan_id)
    said = await _said(scene, plan, done)
    if draft.get("only"):
        return Turn(say=(said, await decided_list(scene, plan)))
    return await _next(scene, plan, {**draft, "seen": _seen(scene, done.question)}, said)


async def _said(scene: Scene, plan: Plan, done: Decided) -> Message:
    value = await answer_words(scene, done.question, plan.decided.answers[done.question.key])
    params: dict[str, Param] = {"answer": value, "moved": len(done.clocks.moved)}
    if done.moved:
        return Message("openpoint.kept_window", {**params, "meetings": titles(done.moved)})
    if done.kept:
        return Message("openpoint.kept_fixed", {**params, "meetings": titles(done.kept)})
    return Message("openpoint.kept_clocks" if done.clocks.moved else "openpoint.kept", params)


async def _ask_why(scene: Scene) -> Message:
    asked = await _asked(scene)
    if asked is None:
        return _GONE
    answer = await answer_words(scene, asked[1], str(scene.draft["answer"]))
    row = (button("openpoint.back_button", "back"), button("button.cancel", "cancel"))
    return Message("openpoint.why", {"answer": answer}, (row,))


async def _hear_why(scene: Scene, event: InboundEvent) -> Turn:
    asked = await _asked(scene)
    if asked is None:
        return Turn(say=(_GONE,))
    if event.choice == "back":
        return Turn(to=_step(asked[1]), draft={name: kept for name, kept in scene.draft.items() if name != "answer"})
    if event.kind is not InboundKind.TEXT:
        return Turn(to=WHY, say=(Message("meetings.words_only"),), draft=scene.draft)
    return await _decide(scene, str(scene.draft["answer"]), clean_reason(event.text))


_STEPS = (TAP, TYPE, WHY)
MODULE = ConversationModule(
    commands=(Command("kehoach", plans, aliases=("kế hoạch",), roles=DECIDING, leads_to=(plan_paper.FILE,)),),
    choices=(
        Choice("plan", show_plan),
        Choice("plando", start, leads_to=(TAP, TYPE)),
        Choice("plandecided", show_decided),
        Choice("planpoint", change, leads_to=(TAP, TYPE)),
    ),
    steps=(
        Step(TAP, _ask, _hear, leads_to=_STEPS),
        Step(TYPE, _ask, _hear, leads_to=_STEPS, free_text=True),
        Step(WHY, _ask_why, _hear_why, leads_to=_STEPS, free_text=True),
    ),
)
