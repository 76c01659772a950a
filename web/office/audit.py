"""The room of the audit trail: what was done in a unit, by person, thing and day, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime

from fastapi.responses import Response

from intake.actions.audit.read_audit import (
    READING_AUDIT,
    SHOWN_BY_ITSELF,
    AuditAsked,
    AuditLine,
    AuditPage,
    audited_unit,
    audited_units,
    read_audit,
    subject_named,
)
from intake.rules.errors import RuleBroken
from intake.rules.people.permissions import OVERSEEING
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.text import by_name
from wording.audit import deed_words, thing_words
from wording.people import name_of
from wording.texts import words

from .doors import Doors
from .listing import PAGE, Listing, asked_of
from .office import HOME
from .room import DeskRoom, for_roles
from .visiting import Visit, number_in

ROOM = DeskRoom("/nhat-ky", "desk.audit", for_roles(*READING_AUDIT))
PATH = HOME + ROOM.path
_PERSON, _THING, _SINCE, _UNTIL, _BEFORE = "nguoi", "ve", "tu", "den", "truoc"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A line in words: when, what, who and about what, each leading to the entries of the same; `opens`: the thing."""

    at: datetime
    deed: str
    who: str
    of_person: str
    thing: str
    of_thing: str
    opens: str
    words: tuple[str, ...]


def open_room(doors: Doors) -> None:
    """Add the choice of the unit and its trail."""
    doors.show("", _which)
    doors.show("/{unit}", _trail)


async def _which(visit: Visit) -> Response:
    async with visit.reading() as uow:
        units = await audited_units(uow, visit.person)
    if len(units) == 1:
        return visit.to(f"{PATH}/{units[0].id}")
    return visit.page("audit_units.html", units=units, path=PATH)


async def _trail(visit: Visit) -> Response:
    unit_id = UnitId(number_in(visit.request.path_params["unit"]))
    typed = asked_of(visit.request.query_params, (_PERSON, _THING, _SINCE, _UNTIL, _BEFORE))
    listing = Listing(f"{PATH}/{unit_id}", typed, 1)
    wrong = ""
    async with visit.acting() as uow:
        unit = await audited_unit(uow, visit.person, unit_id)
        until = _day(typed.get(_UNTIL, ""), uow.today)
        since = _day(typed.get(_SINCE, ""), until - SHOWN_BY_ITSELF)
        person_id = PersonId(number_in(typed[_PERSON])) if _PERSON in typed else None
        before = number_in(typed[_BEFORE]) if _BEFORE in typed else None
        try:
            subject = await subject_named(uow, visit.person, unit, typed.get(_THING, ""))
        except RuleBroken as refusal:
            subject, wrong = "", words(visit.person.language, refusal.message.key, refusal.message.params)
        asked = AuditAsked(since, until, person_id, subject, before)
        found = AuditPage((), None)
        if not wrong:
            found = await read_audit(uow, by=visit.person, unit_id=unit_id, asked=asked, most=PAGE)
        held = {person.id: person for _, person, _ in await uow.people.grants_in(unit)}
        seal = await uow.audit.last_seal()
    people = [(str(one.id), visit.words(name_of(one))) for one in held.values()]
    if person_id is not None and person_id not in held:
        people.append((str(person_id), words(visit.person.language, "audit.person_of_before", {"number": person_id})))
    return visit.page(
        "audit.html",
        unit=unit,
        rows=[_row(visit, listing, line) for line in found.lines],
        listing=listing,
        older=None if found.older is None else listing.address(truoc=found.older),
        newest=listing.address(truoc=None) if before is not None else None,
        people=sorted(people, key=lambda one: by_name(one[1])),
        asked={**typed, _SINCE: since.isoformat(), _UNTIL: until.isoformat()},
        wrong=wrong,
        seal=seal,
        path=listing.path,
    )


def _row(visit: Visit, listing: Listing, line: AuditLine) -> AuditRow:
    language = visit.person.language
    who = line.actor or words(language, "audit.by_system" if line.by_system else "audit.by_resident")
    opens = ""
    if line.kind == "question" and any(grant.role in OVERSEEING for grant in visit.grants):
        opens = f"{HOME}/cau-hoi/{line.thing}"
    return AuditRow(
        line.at,
        deed_words(language, line.act, line.role),
        who,
        listing.address(nguoi=line.actor_id, truoc=None) if line.actor_id is not None else "",
        line.thing or thing_words(language, line.kind, line.number),
        listing.address(ve=f"{line.kind}:{line.number}", truoc=None) if line.number else "",
        opens,
        line.words,
    )


def _day(typed: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return otherwise
