"""Repeated matters (`/vuviec`): the list, one of them with its history, and how a desk would settle it (R074, R075)."""

from handlers.engine.form import Field, form_steps, read_words
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.send_digest import case_line
from intake.actions.people.office import units_of
from intake.actions.questions.repeated_cases import (
    CaseHistory,
    case_at_desk,
    case_for,
    history_of,
    propose_direction,
    settle,
)
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.permissions import holds, works_at_desk
from intake.rules.people.person import Role
from intake.rules.questions.case import CaseId
from intake.rules.questions.question import Question

from .question_lines import AT_ONCE, line

DIRECTION = "direction.text"


async def cases(scene: Scene, _rest: str) -> Turn:
    """`/vuviec`: what was raised again and again in the units where one is secretary or chair."""
    return await _page(scene, 0)


async def more(scene: Scene, rest: str) -> Turn:
    """A button `casemore.<start>`."""
    return await _page(scene, id_in(rest))


async def _page(scene: Scene, start: int) -> Turn:
    units = await units_of(scene.uow, scene.me, Role.SECRETARY, Role.CHAIR)
    if not units:
        raise NotFound
    found = await scene.uow.cases.unsettled(units)
    page = found[start : start + AT_ONCE]
    if not page:
        return Turn(say=(Message("case.none", {}, ((button("button.menu", "cmd.menu"),),)),))
    lines = [case_line(await history_of(scene.uow, case, scene.me)) for case in page]
    rows = rows_of([literal(case.label, f"case.{case.id}") for case in page])
    upto = start + len(page)
    if upto < len(found):
        rows = (*rows, (button("office.more_button", f"casemore.{upto}", count=len(found) - upto),))
    params: dict[str, Param] = {"count": len(found), "lines": tuple(lines)}
    return Turn(say=(Message("case.list", params, rows),))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `case.<case id>`."""
    case = await case_for(scene.uow, scene.me, CaseId(id_in(rest)))
    return Turn(say=(await _card(scene, await history_of(scene.uow, case, scene.me)),))


async def _card(scene: Scene, history: CaseHistory) -> Message:
    case = history.case
    lines: list[Param] = [_raised(question) for question in history.questions]
    if history.promises:
        lines.append(Term("case.promises"))
    for question, promise in history.promises:
        named: dict[str, Param] = {
            "reference": question.reference,
            "agency": promise.agency,
            "promised": promise.promised_on or "",
        }
        lines.append(Term("case.promise", named))
    direction: Param = case.direction or Term("case.no_direction")
    state = Term("case.settled", {"at": case.settled_at}) if case.settled_at else Term("case.unsettled")
    params: dict[str, Param] = {
        "label": case.label,
        "times": len(history.questions),
        "years": ", ".join(str(year) for year in history.years),
        "state": state,
        "lines": tuple(lines),
        "direction": direction,
    }
    return Message("case.card", params, await _buttons(scene, history))


def _raised(question: Question) -> Term:
    """One time it was raised; of a sensitive one the reference only (R026)."""
    said: dict[str, Param] = {
        "day": question.received_at.astimezone(LOCAL).date(),
        "state": Term(f"office.state_{question.state.value}"),
    }
    return line(question, "case.raised", **said)


async def _buttons(scene: Scene, history: CaseHistory) -> tuple[tuple[Button, ...], ...]:
    case, questions = history.case, history.questions
    unit = await scene.uow.places.unit(case.unit_id)
    rows: list[tuple[Button, ...]] = []
    if any(works_at_desk(scene.grants, question) for question in questions):
        rows.append((button("case.direction_button", f"direction.{case.id}"),))
    if case.settled_at is None and any(holds(scene.grants, role, unit) for role in (Role.SECRETARY, Role.CHAIR)):
        rows.append((button("case.settle_button", f"settlecase.{case.id}"),))
    if holds(scene.grants, Role.SECRETARY, unit):
        rows += rows_of(
            [button("case.unlink_button", f"unlinkcase.{one.id}", reference=one.reference) for one in questions]
        )
    return tuple(rows)


async def settle_it(scene: Scene, rest: str) -> Turn:
    """A button `settlecase.<case id>`."""
    case = await settle(scene.uow, by=scene.me, case_id=CaseId(id_in(rest)))
    return Turn(say=(Message("case.settle_done", {"label": case.label}, ((button("menu.cases", "cmd.vuviec"),),)),))


async def start_direction(scene: Scene, rest: str) -> Turn:
    """A button `direction.<case id>`, for a desk one of the case's questions lay on."""
    case = await case_at_desk(scene.uow, scene.me, CaseId(id_in(rest)))
    return Turn(to=DIRECTION, draft={"case": case.id, "label": case.label})


def _typed(scene: Scene) -> dict[str, Param]:
    return {"label": str(scene.draft["label"]), "text": str(scene.draft["text"])}


async def _propose(scene: Scene) -> Turn:
    case = await propose_direction(
        scene.uow, by=scene.me, case_id=CaseId(int(scene.draft["case"])), text=str(scene.draft["text"])
    )
    return Turn(say=(Message("case.direction_done", {"label": case.label}),))


MODULE = ConversationModule(
    commands=(Command("vuviec", cases, aliases=("vụ việc", "vụ việc lặp lại"), roles=(Role.SECRETARY, Role.CHAIR)),),
    steps=form_steps("direction", (Field("text", "direction.ask", read_words),), preview=_typed, send=_propose),
    choices=(
        Choice("case", show),
        Choice("casemore", more),
        Choice("settlecase", settle_it),
        Choice("direction", start_direction, leads_to=(DIRECTION,)),
    ),
)
