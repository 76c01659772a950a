"""In the room of approvals: who approves while a chair is away, named after a yes in the chat, ended at once."""

from dataclasses import dataclass
from datetime import date

from fastapi.responses import Response

from intake.actions.people.confirm_again import what_is_agreed
from intake.actions.people.deputies import deputies_offered, end_deputy, name_deputy, said_of
from intake.actions.people.office import units_of
from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.message import Term
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.people.person import PersonId, Role
from intake.rules.people.unit import UnitId
from wording.people import name_of
from wording.texts import shown

from .confirming import use_yes
from .visiting import Visit, number_in

DEPUTY_FIELDS = {
    "rooms.refusal_day_missing": "first",
    "deputy.first_past": "first",
    "deputy.last_before_first": "last",
    "deputy.too_long": "last",
    "deputy.named_already": "first",
}


@dataclass(frozen=True, slots=True)
class Absence:
    """What the room says about who approves in whose place: lines with their numbers, and whom a chair can name."""

    lines: tuple[tuple[int, str], ...]
    offered: tuple[tuple[str, str], ...]


async def absence_of(uow: UnitOfWork, visit: Visit) -> Absence:
    """Who stands in for this person, or for whom this person does; whom a chair can name, by unit and person."""
    language, me = visit.person.language, visit.person
    chaired = await units_of(uow, me, Role.CHAIR)
    mine = [one.unit_id for one in await uow.deputies.of_person(me.id, uow.today)]
    lines = []
    for named in await uow.deputies.open_in({*chaired, *mine}, uow.today):
        if me.id in (named.chair_id, named.deputy_id):
            key = "deputy.line_waiting" if named.agreed_at is None else "deputy.line"
            lines.append((named.id, shown(language, Term(key, await said_of(uow, named)))))
    offered = []
    for unit in (await uow.places.units(chaired)).values():
        of = f" ({unit.name})" if len(chaired) > 1 else ""
        people = await deputies_offered(uow, me, unit)
        offered += [(f"{unit.id}.{person.id}", shown(language, name_of(person)) + of) for person in people]
    return Absence(tuple(lines), tuple(offered))


async def name_at_desk(visit: Visit, back: str) -> Response:
    """Name somebody. Raises `RuleBroken` until the chat has said yes to just this."""
    unit, _, person = visit.typed.get("who", "").partition(".")
    try:
        first = date.fromisoformat(visit.typed.get("first", ""))
        last = date.fromisoformat(visit.typed.get("last", ""))
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None
    unit_id, deputy_id = UnitId(number_in(unit)), PersonId(number_in(person))
    about = what_is_agreed("deputy", str(unit_id), str(deputy_id), first.isoformat(), last.isoformat())
    async with visit.office.unit() as uow:  # what cannot be is said before anybody is asked; never committed
        await name_deputy(uow, by=visit.person, unit_id=unit_id, deputy_id=deputy_id, first_on=first, last_on=last)
    async with visit.acting() as uow:
        await use_yes(uow, visit, ConfirmedAct.NAME_DEPUTY, about)
        named = await name_deputy(
            uow, by=visit.person, unit_id=unit_id, deputy_id=deputy_id, first_on=first, last_on=last
        )
        said = await said_of(uow, named)
    return visit.to(back, Term("deputy.asked", said))


async def end_at_desk(visit: Visit, back: str) -> Response:
    """End it at once: to take power away no second look is needed."""
    async with visit.acting() as uow:
        named = await end_deputy(uow, by=visit.person, number=number_in(visit.request.path_params["number"]))
        said = await said_of(uow, named)
    return visit.to(back, Term("deputy.ended", said))
