"""A part of the set-up: for whom denunciations are sealed, and the recovery key, which this page shows once (LAW C4).

The key is made while the page is answered and is kept nowhere: whoever prints it, or writes it down, has the only one.
"""

from fastapi.responses import Response

from intake.actions.people.confirm_again import standing_of, what_is_agreed
from intake.actions.sealed.keys import candidates, name_officer, set_up, standing_in
from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.message import Term
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.people.unit import Unit
from wording.people import name_of

from .confirming import use_yes
from .doors import Doors
from .unit_in_hand import path_of, unit_in_hand
from .visiting import Visit, number_in

PART = "/don-thu-kin"
_FIELDS = {"refusal.sealed_whom": "officer", "refusal.sealed_officer": "officer", "refusal.sealed_oneself": "officer"}


def open_part(doors: Doors) -> None:
    """Add the page, naming the first officer, and naming another."""
    doors.show(f"/{{unit}}{PART}", _page)
    doors.act(f"/{{unit}}{PART}/lap", _set_up, again=_page, fields=_FIELDS)
    doors.act(f"/{{unit}}{PART}/doi", _name, again=_page, fields=_FIELDS)


async def _page(visit: Visit) -> Response:
    async with visit.reading() as uow:
        unit = await unit_in_hand(uow, visit)
        stands = await standing_in(uow, unit)
        offered: list[tuple[str, str]] = []
        for grant, person in await candidates(uow, visit.person, unit):
            label = Term("setup.sealed_person", {"name": name_of(person), "role": Term(f"role.{grant.role.value}")})
            offered.append((str(grant.id), visit.words(label)))
        asked = await standing_of(uow, visit.desk.session, ConfirmedAct.NAME_SEALED, None)
    return visit.page(
        "setup_sealed.html",
        unit=unit,
        stands=stands,
        officer="" if stands.officer is None else visit.words(name_of(stands.officer)),
        offered=offered,
        asked=asked is not None,
        path=path_of(unit),
    )


async def _set_up(visit: Visit) -> Response:
    async with visit.acting() as uow:
        unit, grant_id = await _agreed(uow, visit)
        paper = await set_up(uow, visit.office.seals, unit=unit, grant_id=grant_id, by=visit.person)
        day = uow.today
    return visit.page("sealed_paper.html", unit=unit, paper=paper, day=day, back=path_of(unit) + PART, left=0)


async def _name(visit: Visit) -> Response:
    async with visit.acting() as uow:
        unit, grant_id = await _agreed(uow, visit)
        officer = await name_officer(uow, unit=unit, grant_id=grant_id, by=visit.person)
    return visit.to(path_of(unit) + PART, Term("setup.sealed_named", {"name": name_of(officer)}))


async def _agreed(uow: UnitOfWork, visit: Visit) -> tuple[Unit, int]:
    """The unit, and whom the form names, once the person has said yes to just that in the chat.

    Raises `RuleBroken` until the answer is yes, and where nobody is chosen.
    """
    typed = visit.typed.get("officer", "")
    if not typed:
        raise RuleBroken("refusal.sealed_whom")
    unit = await unit_in_hand(uow, visit)
    about = what_is_agreed(str(unit.id), typed)
    await use_yes(uow, visit, ConfirmedAct.NAME_SEALED, about, refusal="refusal.sealed_yes_in_chat")
    return unit, number_in(typed)
