"""The room of set-up: hamlets and heads, desks, topics, people and roles, open points, texts of the unit, calendar.

Codes that give a role are made here only after a yes in the chat, and shown once.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi.responses import Response

from intake.actions.people.confirm_again import standing_of, what_is_agreed
from intake.actions.people.contacts import set_contact
from intake.actions.people.hamlet_heads import HeadCode, take_hamlets
from intake.actions.people.invite import VALID_FOR, make_invitation
from intake.actions.people.office import units_of
from intake.actions.plan.decide_open_point import decide_open_point, people_offered
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.message import Term
from intake.rules.people.contact import ContactKind
from intake.rules.people.hamlet_list import HamletLine, read_hamlets
from intake.rules.people.lending import POWER
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.people.person import Role
from intake.rules.people.retention import OldTrace
from intake.rules.people.unit import DeskId, Unit
from intake.rules.plan.plan import Plan, PlanId
from intake.rules.plan.profile_paper import OpenQuestion
from intake.rules.plan.profile_terms import AnswerForm
from intake.rules.text import by_name
from web.forms import sent_file
from web.spreadsheets import read_sheet
from wording.asked import said
from wording.drafts import history_line
from wording.people import name_of
from wording.texts import shown

from . import plan_paper, reply_templates, roles_held, sealed_setup
from .confirming import use_yes
from .doors import Doors
from .office import HOME
from .room import DeskRoom, for_roles
from .unit_in_hand import SETUP, unit_in_hand
from .visiting import Visit, number_in

ROOM = DeskRoom(SETUP, "desk.setup", for_roles(*POWER))
PATH = HOME + ROOM.path
_CONTACTS = {"refusal.text_missing": "text", "refusal.contact_long": "text", "refusal.contact_number": "text"}
_SHEET = {"refusal.sheet": "sheet", "refusal.sheet_empty": "lines", "refusal.sheet_long": "sheet"}
_IN_UNIT = (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class OpenPointRow:
    """An open point of a plan, with what may be answered; `options` is empty where it is typed."""

    key: str
    question: str
    why: str
    options: tuple[tuple[str, str], ...]
    kind: str
    now: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan with whether it is in force, its open points, and the papers it goes back to."""

    id: PlanId
    title: str
    status: str
    points: tuple[OpenPointRow, ...]
    history: tuple[str, ...]


def open_room(doors: Doors) -> None:
    """Add the choice of the unit, and everything that is set up in it."""
    doors.show("", _which)
    doors.show("/{unit}", _unit)
    doors.act("/{unit}/lien-he", _say_contact, again=_unit, fields=_CONTACTS)
    doors.show("/{unit}/thon", _hamlets)
    doors.act("/{unit}/thon/xem", _look, again=_hamlets, fields=_SHEET)
    doors.act("/{unit}/thon/lay", _take, again=_hamlets, fields=_SHEET)
    doors.show("/{unit}/vai-tro", _people)
    doors.act("/{unit}/vai-tro/moi", _invite, again=_people)
    roles_held.open_part(doors)
    reply_templates.open_part(doors)
    doors.show("/{unit}/ke-hoach", _plans)
    doors.act("/{unit}/ke-hoach/{plan}", _decide, again=_plans)
    sealed_setup.open_part(doors)


async def _which(visit: Visit) -> Response:
    async with visit.reading() as uow:
        units = list((await uow.places.units(await units_of(uow, visit.person, *POWER))).values())
    if len(units) == 1:
        return visit.to(f"{PATH}/{units[0].id}")
    return visit.page(
        "setup_units.html",
        units=sorted(units, key=lambda unit: by_name(unit.name)),
        from_paper=plan_paper.ROOM.enters(visit),
    )


async def _unit(visit: Visit) -> Response:
    async with visit.reading() as uow:
        unit = await unit_in_hand(uow, visit)
        said = await uow.places.contacts(unit)
        bodies = await uow.places.bodies(unit.id)
        staff = await uow.people.at_desks([body.id for body in bodies])
    contacts = [(kind.value, visit.words(Term(f"contacts.{kind.value}")), said.get(kind, "")) for kind in ContactKind]
    kept = [visit.words(Term(f"kept.{kind.value}", {"days": visit.office.kept_for.of(kind).days})) for kind in OldTrace]
    desks = [(body.name, body.answers, len(staff.get(body.id, ()))) for body in bodies]
    return visit.page("setup.html", unit=unit, contacts=contacts, desks=desks, kept=kept, path=f"{PATH}/{unit.id}")


async def _say_contact(visit: Visit) -> Response:
    kind = visit.typed.get("kind", "")
    if kind not in set(ContactKind):
        raise NotFound
    async with visit.acting() as uow:
        unit = await unit_in_hand(uow, visit)
        said = await set_contact(
            uow, by=visit.person, unit=unit, kind=ContactKind(kind), typed=visit.typed.get("text", "")
        )
    return visit.to(f"{PATH}/{unit.id}", Term("setup.contact_said", {"text": said.text}))


async def _hamlets(visit: Visit) -> Response:
    return await _hamlet_page(visit, "", ())


async def _hamlet_page(visit: Visit, typed: str, lines: Sequence[HamletLine]) -> Response:
    async with visit.reading() as uow:
        unit = await unit_in_hand(uow, visit)
        rows = []
        for hamlet in await uow.places.hamlets(unit.id):
            heads = await uow.people.holders(Role.HAMLET_HEAD, hamlet)
            rows.append((hamlet.name, ", ".join(visit.words(name_of(one)) for one in heads)))
        asked = await _standing(uow, visit)
    return visit.page(
        "setup_hamlets.html",
        unit=unit,
        rows=rows,
        lines=lines,
        looked_at=typed,
        good=sum(not line.wrong for line in lines),
        asked=asked,
        path=f"{PATH}/{unit.id}",
    )


async def _look(visit: Visit) -> Response:
    """Read what was pasted or sent, and show what would be done; nothing is kept yet."""
    typed = await _sheet_sent(visit) or visit.typed.get("lines", "")
    lines = read_hamlets(_rows(typed))
    if not lines:
        raise RuleBroken("refusal.sheet_empty")
    return await _hamlet_page(visit, typed, lines)


async def _sheet_sent(visit: Visit) -> str:
    """The rows of a sheet that was sent, cells parted by tabs; "" where none was."""
    sent = sent_file(visit.request, "sheet")
    if sent is None or not sent.content:
        return ""
    return "\n".join("\t".join(row) for row in await asyncio.to_thread(read_sheet, sent.content))


def _rows(typed: str) -> list[list[str]]:
    return [row.split("\t" if "\t" in row else ",") for row in typed.splitlines() if row.strip()]


async def _take(visit: Visit) -> Response:
    lines = read_hamlets(_rows(visit.typed.get("lines", "")))
    async with visit.acting() as uow:
        unit = await unit_in_hand(uow, visit)
        await _use_yes(uow, visit, unit, visit.typed.get("lines", ""))
        taken = await take_hamlets(uow, by=visit.person, unit_id=unit.id, lines=lines)
        until = uow.now + VALID_FOR
    return _codes(visit, unit, taken.codes, until, len(taken.added))


def _codes(visit: Visit, unit: Unit, codes: Sequence[HeadCode], until: datetime, added: int = 0) -> Response:
    """The codes, shown this once: only their digests are kept."""
    path = f"{PATH}/{unit.id}"
    return visit.page("setup_codes.html", unit=unit, codes=codes, added=added, until=until, path=path)


async def _standing(uow: UnitOfWork, visit: Visit) -> bool:
    asked = await standing_of(uow, visit.desk.session, ConfirmedAct.GIVE_ROLE, None)
    return asked is not None


async def _use_yes(uow: UnitOfWork, visit: Visit, unit: Unit, what: str) -> None:
    about = what_is_agreed(str(unit.id), what)
    await use_yes(uow, visit, ConfirmedAct.GIVE_ROLE, about, refusal="refusal.role_yes_in_chat")


async def _people(visit: Visit) -> Response:
    async with visit.reading() as uow:
        unit = await unit_in_hand(uow, visit)
        bodies = await uow.places.bodies(unit.id)
        rows = await roles_held.holders(visit, uow, unit)
        asked = await _standing(uow, visit)
    roles = [(role.value, visit.words(Term(f"role.{role.value}"))) for role in _IN_UNIT]
    offered = [*roles, *((f"d{body.id}", f"{visit.words(Term('role.official'))} – {body.name}") for body in bodies)]
    return visit.page("setup_people.html", unit=unit, rows=rows, offered=offered, asked=asked, path=f"{PATH}/{unit.id}")


async def _invite(visit: Visit) -> Response:
    what = visit.typed.get("what", "")
    async with visit.acting() as uow:
        unit = await unit_in_hand(uow, visit)
        await _use_yes(uow, visit, unit, what)
        if what.startswith("d"):
            desk = await uow.places.desk(DeskId(number_in(what[1:])))
            code = await make_invitation(uow, Role.OFFICIAL, unit, desk=desk, by=visit.person)
            place, name = desk.name, visit.words(Term("role.official"))
        elif what in {role.value for role in _IN_UNIT}:
            code = await make_invitation(uow, Role(what), unit, by=visit.person)
            place, name = unit.name, visit.words(Term(f"role.{what}"))
        else:
            raise NotFound
        until = uow.now + VALID_FOR
    return _codes(visit, unit, (HeadCode(place, name, code),), until)


async def _plans(visit: Visit) -> Response:
    async with visit.reading() as uow:
        unit = await unit_in_hand(uow, visit)
        plans = [
            PlanRow(
                plan.id,
                plan.title,
                visit.words(Term(f"plans.status_{plan.status.value}")),
                tuple([await _point(uow, visit, plan, point) for point in plan.decided.open_points]),
                await _history(uow, visit, plan),
            )
            for plan in await uow.plans.of_units([unit.id])
        ]
    return visit.page(
        "setup_plans.html",
        unit=unit,
        plans=plans,
        from_paper=plan_paper.ROOM.enters(visit),
        path=f"{PATH}/{unit.id}",
    )


async def _history(uow: UnitOfWork, visit: Visit, plan: Plan) -> tuple[str, ...]:
    """The papers the plan and its meetings go back to, a line each."""
    titles = {one.id: one.title for one in await uow.meetings.of_plan(plan.id)}
    papers = await uow.plans.papers_of(plan.id)
    return tuple(visit.words(history_line(one, titles.get(one.meeting_id or MeetingId(0), ""))) for one in papers)


async def _point(uow: UnitOfWork, visit: Visit, plan: Plan, point: OpenQuestion) -> OpenPointRow:
    language = visit.person.language
    options = [(option.key, shown(language, said(option.text))) for option in point.options]
    if point.form is AnswerForm.PERSON and not options:
        options = [(str(one.id), visit.words(name_of(one))) for one in await people_offered(uow, plan, point)]
    now = plan.decided.answers.get(point.key, "")
    kind = {AnswerForm.DATE: "date", AnswerForm.NUMBER: "number"}.get(point.form, "text")
    if point.form is AnswerForm.NAMES:
        now = "\n".join(line.partition("|")[2] for line in now.splitlines())
        kind = "area"
    asked, why = shown(language, said(point.question)), shown(language, said(point.why))
    return OpenPointRow(point.key, asked, why, tuple(options), kind, now)


async def _decide(visit: Visit) -> Response:
    """Keep an answer; names may come in a sheet, and heads that stand in it lead on to their codes."""
    sheet = await _sheet_sent(visit)
    lines = read_hamlets(_rows(sheet))
    answer = visit.typed.get("answer", "").strip()
    if sheet:
        answer = "\n".join(line.hamlet for line in lines if not line.wrong)
    async with visit.acting() as uow:
        unit = await unit_in_hand(uow, visit)
        plan_id = PlanId(number_in(visit.request.path_params["plan"]))
        decided = await decide_open_point(
            uow,
            by=visit.person,
            plan_id=plan_id,
            key=visit.typed.get("key", ""),
            answer=answer,
            why=visit.typed.get("why", ""),
        )
    if any(line.head for line in lines):
        return await _hamlet_page(visit, sheet, lines)
    key = "setup.decided" if decided.changed else "setup.decided_same"
    return visit.to(f"{PATH}/{unit.id}/ke-hoach", Term(key, {"question": decided.question.question}))
