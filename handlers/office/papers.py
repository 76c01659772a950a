"""`/vanban`: the papers of a plan, a meeting, a question or a period, as files in the chat.

Which one it is about is tapped, a question's reference is typed. The file for Word is made beside the conversation and
comes as a letter of its own (`intake.actions.papers.order`); a PDF and, of lists, a spreadsheet are a tap away.
"""

from collections.abc import Sequence

from handlers.engine.inbound_event import InboundEvent
from handlers.engine.scene import Choice, Command, Scene, Step, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.papers.make import MAKERS, SESSION, plan_for_papers, require_paper
from intake.actions.papers.order import order_paper
from intake.actions.papers.register import note_making
from intake.actions.people.office import units_of
from intake.rules.deadlines.task import TaskId
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import MeetingState
from intake.rules.message import Button, Message, Param, button, literal, rows_of
from intake.rules.papers.due import paper_due
from intake.rules.papers.kinds import PaperFormat, PaperKind, PaperSubject
from intake.rules.papers.periods import period_before
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.plan.plan import Plan, PlanId
from wording.papers.registry import KINDS, SETS

QUESTION = "papers.question"
_FORMATS = (PaperFormat.PDF, PaperFormat.XLSX)


async def papers(scene: Scene, _rest: str) -> Turn:
    """`/vanban`: which plan, where there are several; then which part of the work."""
    plans = await _plans(scene)
    if not plans:
        return Turn(say=(Message("papers.no_plan", {}, ((button("button.menu", "cmd.menu"),),)),))
    if len(plans) == 1:
        return await _sets(scene, plans[0])
    rows = rows_of([literal(plan.title, f"papers.{plan.id}") for plan in plans], 1)
    return Turn(say=(Message("papers.which_plan", {}, rows),))


async def _plans(scene: Scene) -> Sequence[Plan]:
    units = await units_of(scene.uow, scene.me, *MAKERS, Role.OFFICIAL)
    return await scene.uow.plans.of_units(units)


async def show_sets(scene: Scene, rest: str) -> Turn:
    """A button `papers.<plan id>`."""
    return await _sets(scene, await plan_for_papers(scene.uow, scene.me, PlanId(id_in(rest))))


async def _sets(scene: Scene, plan: Plan) -> Turn:
    """An official has only the papers about a question."""
    unit = await scene.uow.places.unit(plan.unit_id)
    names = list(SETS) if any(holds(scene.grants, role, unit) for role in MAKERS) else ["question"]
    rows = rows_of([button(f"papers.set_{name}", f"paperset.{plan.id}.{name}") for name in names], 2)
    if len(names) > 1:
        rows = (*rows, (button("papers.list_button", f"paperlist.{plan.id}"),))
    return Turn(say=(Message("papers.which_set", {"plan": plan.title}, rows),))


async def show_kinds(scene: Scene, rest: str) -> Turn:
    """A button `paperset.<plan id>.<set>`."""
    number, _, name = rest.partition(".")
    plan = await plan_for_papers(scene.uow, scene.me, PlanId(id_in(number)))
    if name not in SETS:
        raise NotFound
    rows = rows_of([button(f"paper.kind.{one.value}", f"paperkind.{plan.id}.{one.value}") for one in SETS[name]], 1)
    return Turn(say=(Message("papers.which_kind", {}, rows),))


async def choose(scene: Scene, rest: str) -> Turn:
    """A button `paperkind.<plan id>.<kind>`: made at once where nothing more has to be said."""
    number, _, name = rest.partition(".")
    plan = await plan_for_papers(scene.uow, scene.me, PlanId(id_in(number)))
    kind = _kind(name)
    match KINDS[kind].subject:
        case PaperSubject.MEETING:
            return await _which_meeting(scene, plan, kind)
        case PaperSubject.QUESTION:
            return Turn(to=QUESTION, draft={"plan": plan.id, "kind": kind.value})
        case _:
            return await _made(scene, plan, kind, "", PaperFormat.DOCX)


async def report_due(scene: Scene, rest: str) -> Turn:
    """A button `reportdue.<task id>`: the report that is due, ready-made."""
    task = await scene.uow.tasks.get(TaskId(id_in(rest)))
    due = paper_due(task)
    if due is None or task.plan_id is None:
        raise NotFound
    plan = await plan_for_papers(scene.uow, scene.me, task.plan_id)
    return await _made(scene, plan, *due, PaperFormat.DOCX)


async def _which_meeting(scene: Scene, plan: Plan, kind: PaperKind) -> Turn:
    """The meetings that were made, and those the plan foresees beside them; one alone is taken at once."""
    made = [one for one in await scene.uow.meetings.of_plan(plan.id) if one.state is not MeetingState.CANCELLED]
    keys = {one.session_key for one in made}
    offered = [(one.title, str(one.id)) for one in made]
    sessions = plan.decided.profile.sessions
    offered += [(one.title, f"{SESSION}{at}") for at, one in enumerate(sessions) if one.key not in keys]
    if len(offered) == 1:
        return await _made(scene, plan, kind, offered[0][1], PaperFormat.DOCX)
    rows = rows_of([literal(title, f"papermake.{plan.id}.{kind.value}.docx.{about}") for title, about in offered], 1)
    return Turn(say=(Message("papers.which_meeting", {}, rows),))


async def make(scene: Scene, rest: str) -> Turn:
    """A button `papermake.<plan id>.<kind>.<format>.<about>`."""
    number, name, form, about = (*rest.split(".", 3), "", "", "")[:4]
    plan = await plan_for_papers(scene.uow, scene.me, PlanId(id_in(number)))
    if form not in set(PaperFormat):
        raise NotFound
    return await _made(scene, plan, _kind(name), about, PaperFormat(form))


async def _ask_question(scene: Scene) -> Message:
    name = KINDS[_kind(str(scene.draft["kind"]))].name
    return Message("papers.which_question", {"name": name}, ((button("button.cancel", "cancel"),),))


async def _hear_question(scene: Scene, event: InboundEvent) -> Turn:
    plan = await plan_for_papers(scene.uow, scene.me, PlanId(int(scene.draft["plan"])))
    return await _made(scene, plan, _kind(str(scene.draft["kind"])), event.text.strip().upper(), PaperFormat.DOCX)


async def _made(scene: Scene, plan: Plan, kind: PaperKind, about: str, form: PaperFormat) -> Turn:
    """It is ordered, the other formats below it. A document that will bear a number counts its versions."""
    known = KINDS[kind]
    if form is PaperFormat.XLSX and not known.listed:
        raise NotFound
    if known.subject is PaperSubject.PERIOD and not about:
        about = period_before(kind, scene.uow.today).code
    await require_paper(scene.uow, by=scene.me, plan=plan, kind=kind, subject=known.subject, about=about)
    rows, version = _other_formats(plan, kind, about), 0
    if known.code:
        document = await note_making(scene.uow, by=scene.me, plan=plan, kind=kind, code=known.code, about=about)
        version = document.version
        unit = await scene.uow.places.unit(plan.unit_id)
        if holds(scene.grants, Role.SECRETARY, unit):
            rows = ((button("papers.register_button", f"paperdoc.{document.id}"),), *rows)
    params: dict[str, Param] = {"name": known.name}
    await order_paper(
        scene.uow,
        by=scene.me,
        account_id=scene.account.id,
        plan=plan,
        kind=kind,
        about=about,
        form=form,
        message=Message(f"papers.made_{form.value}", params, rows),
        version=version,
    )
    return Turn(say=(Message("papers.being_made", params),))


def _other_formats(plan: Plan, kind: PaperKind, about: str) -> tuple[tuple[Button, ...], ...]:
    forms = [one for one in _FORMATS if one is not PaperFormat.XLSX or KINDS[kind].listed]
    code = f"papermake.{plan.id}.{kind.value}"
    row = tuple(button(f"papers.as_{form.value}", f"{code}.{form.value}.{about}") for form in forms)
    return (row, (button("papers.more", f"papers.{plan.id}"), button("button.menu", "cmd.menu")))


def _kind(name: str) -> PaperKind:
    if name not in set(PaperKind):
        raise NotFound
    return PaperKind(name)


MODULE = ConversationModule(
    commands=(
        Command(
            "vanban",
            papers,
            aliases=("văn bản",),
            roles=(Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR, Role.OFFICIAL),
        ),
    ),
    steps=(Step(QUESTION, _ask_question, _hear_question, role=None, free_text=True),),
    choices=(
        Choice("papers", show_sets),
        Choice("paperset", show_kinds),
        Choice("paperkind", choose, leads_to=(QUESTION,)),
        Choice("papermake", make),
        Choice("reportdue", report_due),
    ),
)
