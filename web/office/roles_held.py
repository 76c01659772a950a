"""Who holds which role in a unit, since when and from whom; taken back, suspended, handed on (R221, `/vaitro`).

Each is asked about in the chat first: a role ends in every chat and browser at once. Power that a peer holds takes two
people, as in the chat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fastapi.responses import Response

from intake.actions.people.confirm_again import what_is_agreed
from intake.actions.people.hamlet_heads import HeadCode
from intake.actions.people.invite import VALID_FOR, make_invitation
from intake.actions.people.roles import Dependants, dependants_of, may_lend, role_numbered
from intake.actions.people.take_back import resume, suspend, take_back
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Param, Term
from intake.rules.people.lending import MOST_DAYS_ALONE, POWER, RoleRequest, needs_second_to_take_back, number_of
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.people.person import EndedGrant, Grant, Role
from intake.rules.people.unit import Unit
from intake.rules.text import by_name
from wording.people import name_of
from wording.roles import by_whom, day_or, place_of

from .confirming import use_yes
from .doors import Doors
from .unit_in_hand import path_of, unit_in_hand
from .visiting import Visit, number_in

PART = "/vai-tro"
_ORDER = (
    Role.SECRETARY,
    Role.CHAIR,
    Role.SUPERVISOR,
    Role.ADMIN,
    Role.OFFICIAL,
    Role.HAMLET_HEAD,
    Role.BROADCASTER,
    Role.RESIDENT,
)
_DAY = {"rooms.refusal_day_missing": "until", "refusal.suspend_day": "until"}


@dataclass(frozen=True, slots=True)
class HolderRow:
    """Somebody with a role, in words: which role, who, where, when last heard from or until when suspended."""

    role: str
    name: str
    place: str
    active: str
    opens: str
    suspended: bool = False


def open_part(doors: Doors) -> None:
    """Add the page of one role, and what is done about it."""
    at = f"/{{unit}}{PART}/{{role}}"
    doors.show(at, _card)
    for verb, deed in (("thu-lai", _take_back), ("dung-lai", _resume), ("thay", _replace)):
        doors.act(f"{at}/{verb}", deed, again=_card)
    doors.act(f"{at}/tam-dung", _suspend, again=_card, fields=_DAY)


async def holders(visit: Visit, uow: UnitOfWork, unit: Unit) -> Sequence[HolderRow]:
    """Who holds what in the unit and its hamlets, and whose role is suspended."""
    held = await uow.people.grants_in(unit)
    rows = [
        HolderRow(
            visit.words(Term(f"role.{grant.role.value}")),
            visit.words(name_of(person)),
            await place_of(uow, grant),
            visit.words(day_or(heard_at, "roles.never_active")),
            f"{path_of(unit)}{PART}/{grant.id}",
        )
        for grant, person, heard_at in sorted(held, key=lambda one: (_ORDER.index(one[0].role), by_name(one[1].name)))
    ]
    for ended in await uow.people.suspended(unit):
        role, until = visit.words(Term(f"role.{ended.role.value}")), visit.words(ended.until or "")
        name, place = visit.words(await by_whom(uow, ended.person_id)), await place_of(uow, ended)
        opens = f"{path_of(unit)}{PART}/{ended.grant_id}"
        rows.append(HolderRow(role, name, place, until, opens, suspended=True))
    return rows


async def _card(visit: Visit) -> Response:
    async with visit.acting() as uow:  # a role is looked up under a lock
        unit = await unit_in_hand(uow, visit)
        held = await _held(uow, visit)
        person = await uow.people.get(held.person_id)
        hanging = Dependants() if person is None else await dependants_of(uow, person, [held])
        suspended = isinstance(held, EndedGrant)
        facts: list[tuple[str, Param]] = [
            ("setup.role", Term(f"role.{held.role.value}")),
            ("meetings.unit", await place_of(uow, held)),
            ("setup.since", day_or(held.given_at, "roles.unknown")),
            ("setup.given_by", await by_whom(uow, held.given_by)),
        ]
        if isinstance(held, EndedGrant):
            facts += [("setup.stopped_by", await by_whom(uow, held.ended_by)), ("setup.counts_from", held.until or "")]
        name = visit.words(await by_whom(uow, held.person_id))
    return visit.page(
        "setup_role.html",
        unit=unit,
        who=name,
        facts=[(key, visit.words(value)) for key, value in facts],
        hanging=[visit.words(line) for line in _hanging(hanging)],
        suspended=suspended,
        own=held.person_id == visit.person.id,
        by_two=needs_second_to_take_back(held, visit.person),
        power=held.role in POWER,
        most=MOST_DAYS_ALONE,
        path=path_of(unit),
        here=f"{path_of(unit)}{PART}/{number_of(held)}",
    )


def _hanging(hanging: Dependants) -> list[Param]:
    lines: list[Param] = [Term("roleback.desk", {"desk": desk.name}) for desk in hanging.empty_desks]
    lines += [Term("roleback.chair", {"place": unit.name}) for unit in hanging.chairless]
    lines += [Term("roleback.secretary", {"place": unit.name}) for unit in hanging.unsorted]
    lines += [Term("roleback.notice", {"title": title, "place": place}) for title, place in hanging.uncarried]
    if hanging.neighbours:
        lines.append(Term("roleback.neighbours", {"count": len(hanging.neighbours)}))
    return lines


async def _take_back(visit: Visit) -> Response:
    async with visit.acting() as uow:
        unit, held = await _agreed(uow, visit, "take_back")
        told = await _told(uow, held)
        done = await take_back(uow, by=visit.person, grant_id=_number(visit))
    return _back(visit, unit, "roles.asked_second" if isinstance(done, RoleRequest) else "roles.done_taken_back", told)


async def _suspend(visit: Visit) -> Response:
    try:
        until = date.fromisoformat(visit.typed.get("until", ""))
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None
    async with visit.acting() as uow:
        if until <= uow.today:
            raise RuleBroken("refusal.suspend_day", {"today": uow.today})
        unit, held = await _agreed(uow, visit, "suspend", until.isoformat())
        told = {**await _told(uow, held), "until": until}
        done = await suspend(uow, by=visit.person, grant_id=_number(visit), until=until)
    return _back(visit, unit, "roles.asked_second" if isinstance(done, RoleRequest) else "roles.done_suspended", told)


async def _resume(visit: Visit) -> Response:
    async with visit.acting() as uow:
        unit, held = await _agreed(uow, visit, "resume")
        told = await _told(uow, held)
        await resume(uow, by=visit.person, grant_id=_number(visit))
    return _back(visit, unit, "roles.done_resumed", told)


async def _replace(visit: Visit) -> Response:
    """A code, shown once; whoever uses it inherits what hangs on the holder now."""
    async with visit.acting() as uow:
        unit, held = await _agreed(uow, visit, "replace")
        place = await uow.places.unit(held.unit_id)
        desk = None if held.desk_id is None else await uow.places.desk(held.desk_id)
        code = await make_invitation(uow, held.role, place, desk=desk, by=visit.person, replaces=held)
        until = uow.now + VALID_FOR
        shown = HeadCode(await place_of(uow, held), visit.words(Term(f"role.{held.role.value}")), code)
    return visit.page("setup_codes.html", unit=unit, codes=(shown,), added=0, until=until, path=path_of(unit))


async def _agreed(uow: UnitOfWork, visit: Visit, *what: str) -> tuple[Unit, Grant | EndedGrant]:
    """The role, once the chat has said yes to just this about it."""
    unit, held = await unit_in_hand(uow, visit), await _held(uow, visit)
    await use_yes(uow, visit, ConfirmedAct.CHANGE_ROLE, what_is_agreed(str(number_of(held)), *what))
    return unit, held


def _number(visit: Visit) -> int:
    return number_in(visit.request.path_params["role"])


async def _held(uow: UnitOfWork, visit: Visit) -> Grant | EndedGrant:
    held = await role_numbered(uow, _number(visit))
    if held is None:
        raise NotFound
    await may_lend(uow, visit.person, await uow.places.unit(held.unit_id))
    return held


async def _told(uow: UnitOfWork, held: Grant | EndedGrant) -> dict[str, Param]:
    name = await by_whom(uow, held.person_id)
    return {"name": name, "role": Term(f"role.{held.role.value}"), "place": await place_of(uow, held)}


def _back(visit: Visit, unit: Unit, key: str, said: dict[str, Param]) -> Response:
    return visit.to(f"{path_of(unit)}{PART}", Term(key, said))
