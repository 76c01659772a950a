"""Templates of a unit's own, in the room of documents: fetched, changed in Word, handed in, taken back."""

from fastapi.responses import Response

from intake.actions.papers.templates import TEMPLATE_OF, drop_unit_template, keep_unit_template
from intake.actions.people.office import units_of
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Term
from intake.rules.papers.issuer import layout_of
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.template import BLOCKS, LINES, needed
from intake.rules.people.person import Role
from intake.rules.plan.plan import Plan, PlanId
from web.forms import sent_file
from wording.papers.blank import blank_paper, named
from wording.papers.file_names import template_file_name
from wording.papers.registry import KINDS, SETS
from wording.texts import words

from .doors import Doors
from .office import HOME
from .paper_files import DOCX, NOT_TAKEN, handed_out
from .visiting import Visit, number_in

_PATH = "/mau"
PATH = f"{HOME}/so-van-ban{_PATH}"


_FIELDS = dict.fromkeys((*NOT_TAKEN, "refusal.template_file", "template.flaws"), "file")


def open_part(doors: Doors) -> None:
    """Add the list with its form, the file of each, and taking one back."""
    doors.show(_PATH, _list)
    doors.show(f"{_PATH}/tep", _fetch)
    doors.act(f"{_PATH}/luu", _keep, again=_list, fields=_FIELDS)
    doors.act(f"{_PATH}/bo", _drop)


async def _plan(uow: UnitOfWork, visit: Visit) -> Plan:
    """The plan whose unit's templates are meant, for a secretary of it; else the first of the person's units."""
    units = await units_of(uow, visit.person, Role.SECRETARY)
    asked = visit.typed.get("plan") or visit.request.query_params.get("plan", "")
    plans = await uow.plans.of_units(units)
    wanted = [one for one in plans if not asked or one.id == PlanId(number_in(asked))]
    if not wanted:
        raise NotFound
    return wanted[0]


def _kind(code: str) -> PaperKind:
    if code not in set(PaperKind) or PaperKind(code) in TEMPLATE_OF:
        raise NotFound
    return PaperKind(code)


async def _list(visit: Visit) -> Response:
    language = visit.person.language
    async with visit.reading() as uow:
        plan = await _plan(uow, visit)
        unit = await uow.places.unit(plan.unit_id)
        own = {one.kind: one.kept_at for one in await uow.documents.templates([unit.id])}
    kinds = [kind for of_set in SETS.values() for kind in of_set if kind not in TEMPLATE_OF]
    called = {kind: words(language, f"paper.kind.{kind.value}") for kind in kinds}
    return visit.page(
        "paper_templates.html",
        unit=unit,
        plan=plan.id,
        kinds=[(kind.value, called[kind]) for kind in kinds],
        own=[(kind.value, called[kind], at) for kind, at in own.items()],
        names=[(named(name), words(language, f"template.name_{name}")) for name in (*LINES, *BLOCKS)],
        path=PATH,
    )


async def _fetch(visit: Visit) -> Response:
    """The unit's own template of a kind, or the built-in one where it has none."""
    kind = _kind(visit.request.query_params.get("kind", ""))
    async with visit.reading() as uow:
        plan = await _plan(uow, visit)
        own = await uow.documents.template(plan.unit_id, kind)
        press, today = uow.press, uow.today
    blank = blank_paper(kind, layout_of(plan.decided.profile), today)
    sha256 = own.sha256 if own is not None else (await press.lay_out(blank, PaperFormat.DOCX)).file
    return await handed_out(visit, sha256, DOCX, f"{template_file_name(kind)}.docx")


async def _keep(visit: Visit) -> Response:
    """It is looked at and kept before anything is written; what is wrong with it is said, each thing with its place."""
    sent, keep = sent_file(visit.request, "file"), visit.office.keep
    kind = _kind(visit.typed.get("kind", ""))
    async with visit.reading() as uow:
        plan, press = await _plan(uow, visit), uow.press
    if sent is None or not sent.content or keep is None:
        raise RuleBroken("refusal.template_file")
    flaws = await press.flaws(sent.content, needed(numbered=bool(KINDS[kind].code)))
    if flaws:
        raise RuleBroken("template.flaws", {"flaws": flaws})
    file = await keep(sent.content, sent.name)
    async with visit.acting() as uow:
        await keep_unit_template(uow, by=visit.person, unit_id=plan.unit_id, kind=kind, sha256=file.sha256)
    return _back(visit, plan, "papers.template_kept", kind)


async def _drop(visit: Visit) -> Response:
    kind = _kind(visit.typed.get("kind", ""))
    async with visit.acting() as uow:
        plan = await _plan(uow, visit)
        await drop_unit_template(uow, by=visit.person, unit_id=plan.unit_id, kind=kind)
    return _back(visit, plan, "papers.template_dropped", kind)


def _back(visit: Visit, plan: Plan, said: str, kind: PaperKind) -> Response:
    told = Term(said, {"name": KINDS[kind].name})
    return visit.to(f"{PATH}?plan={plan.id}", told)
