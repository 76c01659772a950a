"""Meetings that people ask for, at the desk: entered from paper, put before everybody, counted, answered (R212).

The same acts as `/denghi`. Nobody who asked or joined is named here either.
"""

from dataclasses import dataclass
from datetime import date

from fastapi.responses import Response

from intake.actions.meetings.demands import (
    OFFICE,
    count_demand,
    decline_demand,
    demand_in_office,
    demanded,
    enter_demand,
    grant_demand,
    open_demand,
    words_in_office,
)
from intake.actions.people.confirm_again import what_is_agreed
from intake.actions.people.office import units_of
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.demand import MOST_VOTERS, DemandId, DemandState
from intake.rules.message import Param, Term
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.people.permissions import holds, require
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.promise import promised_day, required
from wording.demands import count_words, standing_words, told_words
from wording.texts import words

from .confirming import use_yes
from .doors import Doors
from .office import HOME
from .visiting import Visit, number_in

_PATH = "/de-nghi"
LIST = f"{HOME}/buoi{_PATH}"
_TITLE = "vi"
"""The language a meeting is named in: its notice and its page are."""
_ENTER_FIELDS = {"refusal.text_missing": "text", "refusal.demand_number": "paper"}
_COUNT_FIELDS = {"refusal.demand_number": "voters"}
_DECIDE_FIELDS = {
    "refusal.reason_missing": "reason",
    "rooms.refusal_day_missing": "until",
    "refusal.day_not_later": "until",
    "refusal.day_too_far": "until",
}


@dataclass(frozen=True, slots=True)
class DemandRow:
    """A demand in the list, in words, and where its page is."""

    opens: str
    text: str
    count: str
    standing: str
    unit: str


def open_part(doors: Doors) -> None:
    """Add the list, and the page of one."""
    doors.show(_PATH, _list)
    doors.act(f"{_PATH}/them", _enter, again=_list, fields=_ENTER_FIELDS)
    doors.show(f"{_PATH}/{{demand}}", _card)
    doors.act(f"{_PATH}/{{demand}}/mo", _open, again=_card, fields={"refusal.text_missing": "text"})
    doors.act(f"{_PATH}/{{demand}}/dem", _count, again=_card, fields=_COUNT_FIELDS)
    doors.act(f"{_PATH}/{{demand}}/dong-y", _grant, again=_card, fields=_DECIDE_FIELDS)
    doors.act(f"{_PATH}/{{demand}}/khong", _decline, again=_card, fields=_DECIDE_FIELDS)


async def _units(uow: UnitOfWork, visit: Visit) -> list[Unit]:
    """The units with a plan for which somebody answers demands; `NotFound` for who answers none."""
    own = await units_of(uow, visit.person, *OFFICE)
    found = [unit for unit in await uow.places.roots() if unit.id in own]
    if not found:
        raise NotFound
    return found


async def _list(visit: Visit) -> Response:
    rows = []
    async with visit.reading() as uow:
        units = await _units(uow, visit)
        for unit in units:
            for demand in reversed(await uow.demands.of_unit(unit.id)):
                now = await demanded(uow, demand)
                text = demand.public_text or visit.words(await words_in_office(uow, demand))
                count = visit.words(Term("public.demand_count", count_words(now)))
                standing = visit.words(Term("demands.standing", standing_words(now)))
                rows.append(DemandRow(f"{LIST}/{demand.id}", text, count, standing, unit.name))
    choices = [(unit.id, unit.name) for unit in units]
    return visit.page("demands.html", rows=rows, units=choices, path=LIST)


async def _card(visit: Visit) -> Response:
    async with visit.reading() as uow:
        demand = await demand_in_office(uow, visit.person, _number(visit))
        now = await demanded(uow, demand)
        unit = await uow.places.unit(demand.unit_id)
        text = visit.words(await words_in_office(uow, demand))
    return visit.page(
        "demand.html",
        demand=demand,
        text=text,
        unit=unit.name,
        voices=now.voices,
        count=visit.words(Term("public.demand_count", count_words(now))),
        standing=visit.words(Term("demands.standing", standing_words(now))),
        opens=demand.state is DemandState.RECEIVED,
        counts=demand.is_open,
        decides=demand.is_open and holds(visit.grants, Role.CHAIR, unit),
        binding=demand.reached_at is not None,
        list=LIST,
        path=f"{LIST}/{demand.id}",
    )


async def _enter(visit: Visit) -> Response:
    unit = UnitId(number_in(visit.typed.get("unit", "")))
    text = required(visit.typed.get("text", ""), "refusal.text_missing")
    on_paper = _counted(visit, "paper")
    async with visit.acting() as uow:
        if unit not in [one.id for one in await _units(uow, visit)]:
            raise NotFound
        await use_yes(uow, visit, ConfirmedAct.OPEN_DEMAND, what_is_agreed("paper", str(unit), text, str(on_paper)))
        demand = await enter_demand(uow, by=visit.person, unit_id=unit, text=text, on_paper=on_paper)
    return visit.to(f"{LIST}/{demand.id}", Term("demands.entered"))


async def _open(visit: Visit) -> Response:
    text = required(visit.typed.get("text", ""), "refusal.text_missing")
    async with visit.acting() as uow:
        demand = await demand_in_office(uow, visit.person, _number(visit))
        await use_yes(uow, visit, ConfirmedAct.OPEN_DEMAND, what_is_agreed(str(demand.id), text))
        await open_demand(uow, by=visit.person, demand_id=demand.id, text=text)
    return _back(visit, Term("demands.opened"))


async def _count(visit: Visit) -> Response:
    voters, on_paper = _counted(visit, "voters"), _counted(visit, "paper")
    async with visit.acting() as uow:
        await count_demand(uow, by=visit.person, demand_id=_number(visit), voters=voters, on_paper=on_paper)
    return _back(visit, Term("demands.counted"))


async def _grant(visit: Visit) -> Response:
    reason = required(visit.typed.get("reason", ""), "refusal.reason_missing")
    try:
        until = date.fromisoformat(visit.typed.get("until", ""))
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None
    async with visit.acting() as uow:
        await _chairs(uow, visit)
        promised_day(until, uow.today)
        about = what_is_agreed(str(_number(visit)), "granted", until.isoformat(), reason)
        await use_yes(uow, visit, ConfirmedAct.DECIDE_DEMAND, about)
        meeting = await grant_demand(
            uow,
            by=visit.person,
            demand_id=_number(visit),
            title=words(_TITLE, "demand.meeting_title"),
            until=until,
            reason=reason,
        )
        told = told_words(await demanded(uow, await uow.demands.get(_number(visit))))
    return visit.to(f"{HOME}/buoi/{meeting.id}", Term("demand.granted_done", {"title": meeting.title, **told}))


async def _decline(visit: Visit) -> Response:
    reason = required(visit.typed.get("reason", ""), "refusal.reason_missing")
    async with visit.acting() as uow:
        await _chairs(uow, visit)
        about = what_is_agreed(str(_number(visit)), "declined", reason)
        await use_yes(uow, visit, ConfirmedAct.DECIDE_DEMAND, about)
        demand = await decline_demand(uow, by=visit.person, demand_id=_number(visit), reason=reason)
        told = told_words(await demanded(uow, demand))
    return _back(visit, Term("demand.declined_done", told))


async def _chairs(uow: UnitOfWork, visit: Visit) -> None:
    demand = await demand_in_office(uow, visit.person, _number(visit))
    require(visit.grants, (Role.CHAIR,), await uow.places.unit(demand.unit_id))


def _number(visit: Visit) -> DemandId:
    return DemandId(number_in(visit.request.path_params["demand"]))


def _counted(visit: Visit, name: str) -> int:
    plain = visit.typed.get(name, "").strip().replace(".", "").replace(" ", "")
    if not (plain.isascii() and plain.isdecimal()) or int(plain[:9]) > MOST_VOTERS:
        raise RuleBroken("refusal.demand_number", {"most": MOST_VOTERS})
    return int(plain)


def _back(visit: Visit, said: Param) -> Response:
    return visit.to(f"{LIST}/{_number(visit)}", said)
