"""The open points of a plan in words: a question, its answers, what was decided, by whom and when (A7)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from handlers.engine.scene import Scene
from intake.actions.plan.decide_open_point import decided_by, people_offered
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.person import PersonId
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_paper import OpenQuestion
from intake.rules.plan.profile_terms import AnswerForm
from intake.rules.plan.unit_names import names_in
from wording.asked import said
from wording.people import name_of
from wording.plans import led_by

FROM_PAPER = button("planpaper.begin", "planpaper.")
"""A plan of the office's own paper, a new one or one that is brought up to date."""
LONGEST_LABEL = 32
"""An option that is longer stands in the text under a number; its button has the number."""
PER_ROW = 5


def plan_card(plan: Plan) -> Message:
    """A plan with its number and day, who chairs, what it rests on wrongly, and how much of it is open."""
    profile = plan.decided.profile
    left, all_points = plan.decided.undecided, plan.decided.open_points
    rows: list[tuple[Button, ...]] = []
    if left:
        rows.append((button("openpoint.start_button", f"plando.{plan.id}", count=len(left)),))
    if plan.chosen or not left:
        rows.append((button("openpoint.decided_button", f"plandecided.{plan.id}"),))
    rows.append((FROM_PAPER, button("button.menu", "cmd.menu")))
    params: dict[str, Param] = {
        "title": plan.title,
        "facts": tuple(_facts(profile, plan)),
        "left": len(left),
        "all": len(all_points),
    }
    return Message("openpoint.card" if left else "openpoint.card_done", params, tuple(rows))


def _facts(profile: PlanProfile, plan: Plan) -> list[Param]:
    paper = profile.plan
    facts: list[Param] = [
        Term("openpoint.number", {"number": paper.number or Term("openpoint.missing")}),
        Term("openpoint.issued_on", {"day": paper.issued_on or Term("openpoint.missing")}),
        *led_by(plan),
    ]
    for basis in profile.bases:
        corrected = basis.correction
        if corrected is not None:
            named: dict[str, Param] = {"number": basis.number or basis.kind}
            named |= {"right": corrected.number, "day": corrected.issued_on}
            facts.append(Term("openpoint.basis_wrong", named))
    return facts


async def ask_point(scene: Scene, plan: Plan, question: OpenQuestion) -> Message:
    """One question: where it comes from, how it stands, the answers to tap or what to type."""
    points = plan.decided.open_points
    lines: list[Param] = [said(question.why)]
    if question.phrase is not None:
        lines.insert(0, Term("openpoint.phrase", {"phrase": question.phrase}))
    if question.key in plan.decided.answers:
        value = await answer_words(scene, question, plan.decided.answers[question.key])
        lines.append(Term("openpoint.now", {"answer": value}))
    buttons, listed = await _answers(scene, plan, question)
    params: dict[str, Param] = {
        "number": points.index(question) + 1,
        "all": len(points),
        "question": said(question.question),
        "lines": (*lines, *listed),
        "how": Term(f"openpoint.how_{_how(question)}", {"example": _a_day(scene, question)}),
    }
    stays = "openpoint.stays_button" if question.key in plan.decided.answers else "openpoint.later_button"
    below = (button("openpoint.back_button", "back"), button(stays, "later"))
    return Message("openpoint.ask", params, (*rows_of(buttons, 1), below))


def _how(question: OpenQuestion) -> str:
    return "option" if question.options else question.form.value


def _a_day(scene: Scene, question: OpenQuestion) -> Param:
    return scene.uow.today if question.form is AnswerForm.DATE else ""


async def _answers(scene: Scene, plan: Plan, question: OpenQuestion) -> tuple[list[Button], list[Param]]:
    """The buttons, and what stands above them where the answers are too long for a button."""
    if question.form is AnswerForm.PERSON:
        people = await people_offered(scene.uow, plan, question)
        return [literal(person.name, f"a-{person.id}") for person in people if person.name], []
    if not question.options:
        default = question.default
        return ([] if default is None else [button("openpoint.default", f"a-{default}", text=default)]), []
    numbered = any(len(option.text) > LONGEST_LABEL for option in question.options)
    buttons, listed = [], []
    for number, option in enumerate(question.options, 1):
        text: str | Term = Term("openpoint.way", {"number": number}) if numbered else said(option.text)
        label = "openpoint.default" if option.key == question.default else "openpoint.option"
        buttons.append(button(label, f"a-{option.key}", text=text))
        if numbered:
            listed.append(Term("openpoint.listed", {"number": number, "text": said(option.text)}))
    return buttons, list[Param](listed)


async def answer_words(scene: Scene, question: OpenQuestion, value: str) -> Param:
    """An answer as people read it."""
    for option in question.options:
        if option.key == value:
            return said(option.text)
    match question.form:
        case AnswerForm.DATE:
            return date.fromisoformat(value)
        case AnswerForm.NAMES:
            return ", ".join(name for _, name in names_in(value))
        case AnswerForm.PERSON:
            person = await scene.uow.people.get(PersonId(int(value)))
            return Term("person.erased") if person is None else name_of(person)
        case _:
            return value


async def decided_list(scene: Scene, plan: Plan) -> Message:
    """Every point with its answer, who gave it and when, what held before; a number leads to changing it."""
    lines: list[Param] = []
    buttons: list[Button] = []
    for number, question in enumerate(plan.decided.open_points, 1):
        lines.append(await _decided_line(scene, plan, question, number))
        buttons.append(literal(str(number), f"planpoint.{plan.id}.{question.key}"))
    menu = (button("button.menu", "cmd.menu"),)
    return Message("openpoint.list", {"title": plan.title, "lines": tuple(lines)}, (*rows_of(buttons, PER_ROW), menu))


async def _decided_line(scene: Scene, plan: Plan, question: OpenQuestion, number: int) -> Param:
    params: dict[str, Param] = {"number": number, "question": said(question.question)}
    if question.key not in plan.decided.answers:
        if question.default is None:
            return Term("openpoint.line_open", params)
        return Term(
            "openpoint.line_default", {**params, "answer": await answer_words(scene, question, question.default)}
        )
    params["answer"] = await answer_words(scene, question, plan.decided.answers[question.key])
    made = plan.chosen.get(question.key)
    if made is None:
        return Term("openpoint.line", params)
    line = Term("openpoint.line_by", {**params, **await _who_and_when(scene, made)})
    earlier = [await _earlier(scene, question, one) for one in reversed(made.get("earlier", []))]
    return line if not earlier else Term("openpoint.with_earlier", {"line": line, "earlier": tuple(earlier)})


async def _who_and_when(scene: Scene, made: dict[str, Any]) -> dict[str, Param]:
    by = await decided_by(scene.uow, made)
    return {"by": Term("person.erased") if by is None else name_of(by), "at": datetime.fromisoformat(str(made["at"]))}


async def _earlier(scene: Scene, question: OpenQuestion, one: dict[str, Any]) -> Param:
    params: dict[str, Param] = {"answer": await answer_words(scene, question, str(one["value"]))}
    if "by" not in one:
        return Term("openpoint.earlier", params)
    return Term("openpoint.earlier_by", {**params, **await _who_and_when(scene, one)})


def titles(meetings: Sequence[Any]) -> str:
    """The titles of meetings in one line."""
    return "; ".join(meeting.title for meeting in meetings)
