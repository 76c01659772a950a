"""A part of the set-up: for whom denunciations are sealed, and the recovery key, which this page shows once (LAW C4).

The key is made while the page is answered and is kept nowhere: whoever prints it, or writes it down, has the only one.
"""

from fastapi.responses import Response

from intake.actions.people.confirm_again import ask_again, standing_of, use_confirmation, what_is_agreed
from intake.actions.sealed.keys import candidates, name_officer, set_up, standing_in
from intake.rules.errors import RuleBroken
from intake.rules.message import Param, Term
from intake.rules.people.office_session import ConfirmedAct
from wording.people import name_of
from wording.texts import shown

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
            offered.append((str(grant.id), _words(visit, label)))
        asked = await standing_of(uow, visit.desk.session, ConfirmedAct.NAME_SEALED, None)
    return visit.page(
        "setup_sealed.html",
        unit=unit,
        stands=stands,
        officer="" if stands.officer is None else _words(visit, name_of(stands.officer)),
        offered=offered,
        asked=asked is not None,
        path=path_of(unit),
    )


async def _set_up(visit: Visit) -> Response:
    grant_id, about = await _agreed(visit)
    async with visit.acting() as uow:
        unit = await unit_in_hand(uow, visit)
        await use_confirmation(uow, visit.desk.session, ConfirmedAct.NAME_SEALED, about)
        paper = await set_up(uow, visit.office.seals, unit=unit, grant_id=grant_id, by=visit.person)
    return visit.page("sealed_paper.html", unit=unit, paper=paper, back=path_of(unit) + PART, left=0)


async def _name(visit: Visit) -> Response:
    grant_id, about = await _agreed(visit)
    async with visit.acting() as uow:
        unit = await unit_in_hand(uow, visit)
        await use_confirmation(uow, visit.desk.session, ConfirmedAct.NAME_SEALED, about)
        officer = await name_officer(uow, unit=unit, grant_id=grant_id, by=visit.person)
    return visit.to(path_of(unit) + PART, Term("setup.sealed_named", {"name": name_of(officer)}))


async def _agreed(visit: Visit) -> tuple[int, str]:
    """Whom the form names, once the person has said yes to just that in the chat; asks there first.

    Raises `RuleBroken` until the answer is yes, and where nobody is chosen.
    """
    typed = visit.typed.get("officer", "")
    if not typed:
        raise RuleBroken("refusal.sealed_whom")
    async with visit.acting() as uow:
        unit = await unit_in_hand(uow, visit)
        about = what_is_agreed(str(unit.id), typed)
        asked = await standing_of(uow, visit.desk.session, ConfirmedAct.NAME_SEALED, about)
        if asked is None:
            await ask_again(uow, session=visit.desk.session, act=ConfirmedAct.NAME_SEALED, about=about)
    if asked is None or asked.agreed_at is None:
        raise RuleBroken("refusal.sealed_yes_in_chat")
    return number_in(typed), about


def _words(visit: Visit, said: Param) -> str:
    return shown(visit.person.language, said)
