"""Set-up: the working calendar (days off, days worked in their place, confirmed years), and how long things are kept.

The calendar is one for all units of the installation, so only whoever holds power in each may change it.
"""

from datetime import date

from fastapi.responses import Response

from intake.actions.deadlines.change_calendar import CalendarChange, change_calendar_here, may_change_calendar
from intake.rules.deadlines.calendar import ConfirmedYear, DayStatus, Override
from intake.rules.errors import RuleBroken
from intake.rules.message import Param, Term
from wording.texts import words

from .doors import Doors
from .setup import PATH
from .unit_in_hand import unit_in_hand
from .visiting import Visit, number_in

_FIELDS = {
    "rooms.refusal_day_missing": "day",
    "calendar.out_of_range": "day",
    "calendar.no_reason": "reason",
    "calendar.no_source": "source",
    "calendar.too_long": "reason",
}
_YEAR = {status: f"setup.year_{status}" for status in DayStatus} | {DayStatus.CONFIRMED: "setup.year_is_confirmed"}
_OFF, _WORKED = "off", "working"


def open_part(doors: Doors) -> None:
    """Add the calendar, entering a day, taking one back, confirming a year."""
    doors.show("/{unit}/lich", _calendar)
    doors.act("/{unit}/lich/ngay", _enter, again=_calendar, fields=_FIELDS)
    doors.act("/{unit}/lich/bo", _take_back, again=_calendar)
    doors.act("/{unit}/lich/nam", _confirm, again=_calendar, fields={"calendar.no_source": "source"})


async def _calendar(visit: Visit) -> Response:
    async with visit.reading() as uow:
        unit = await unit_in_hand(uow, visit)
        may = await may_change_calendar(uow, visit.person)
        year = uow.today.year
        known = uow.calendar
        entered = {one.on: one for one in await uow.overrides.days()}
        years = [
            (one, words(visit.person.language, _YEAR[known.years.get(one, DayStatus.MISSING)]))
            for one in (year, year + 1)
        ]
    days = [
        (known.days[on], on in entered, entered[on].entered_by if on in entered else "")
        for on in sorted(known.days)
        if on.year in (year, year + 1)
    ]
    return visit.page(
        "setup_calendar.html",
        unit=unit,
        may=may,
        days=days,
        years=years,
        next_years=[str(one) for one in (year, year + 1)],
        kinds=[(kind, words(visit.person.language, f"setup.day_{kind}")) for kind in (_OFF, _WORKED)],
        path=f"{PATH}/{unit.id}",
    )


async def _enter(visit: Visit) -> Response:
    """Enter a day; `look`: only say what would become of the due dates."""
    typed = visit.typed
    try:
        on = date.fromisoformat(typed.get("day", ""))
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None
    day_off = typed.get("kind", _OFF) == _OFF
    put = [Override(on, day_off, typed.get("reason", ""), typed.get("source", ""), "expected" not in typed)]
    if "look" in typed:
        async with visit.office.unit() as uow:  # never committed
            done = await change_calendar_here(uow, by=visit.person, put=put)
        visit.tells, visit.shows_typed = (_would(done),), True
        return await _calendar(visit)
    async with visit.acting() as uow:
        unit_id = (await unit_in_hand(uow, visit)).id
        done = await change_calendar_here(uow, by=visit.person, put=put)
    return visit.to(f"{PATH}/{unit_id}/lich", Term("setup.day_entered", {"day": on}), _moved(done))


async def _take_back(visit: Visit) -> Response:
    try:
        on = date.fromisoformat(visit.typed.get("day", ""))
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None
    async with visit.acting() as uow:
        unit_id = (await unit_in_hand(uow, visit)).id
        done = await change_calendar_here(uow, by=visit.person, take_back=[on])
    return visit.to(f"{PATH}/{unit_id}/lich", Term("setup.day_taken_back", {"day": on}), _moved(done))


async def _confirm(visit: Visit) -> Response:
    year = number_in(visit.typed.get("year", ""))
    async with visit.acting() as uow:
        unit_id = (await unit_in_hand(uow, visit)).id
        done = await change_calendar_here(
            uow, by=visit.person, confirm=[ConfirmedYear(year, visit.typed.get("source", ""))]
        )
    return visit.to(f"{PATH}/{unit_id}/lich", Term("setup.year_confirmed", {"year": year}), _moved(done))


def _moved(done: CalendarChange) -> Param:
    return Term("setup.dates_moved", {"count": len(done.clocks.moved)})


def _would(done: CalendarChange) -> Param:
    return Term("setup.dates_would_move", {"count": len(done.clocks.moved)})
