"""What the hamlets' own meetings said before a dialogue, at the desk: read, and entered for a hamlet (R077)."""

from dataclasses import dataclass
from datetime import date

from fastapi.responses import Response

from intake.actions.meetings.hamlet_records import enter_record, records_to_enter
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.ports import UnitOfWork
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import RuleBroken
from intake.rules.meetings.hamlet_record import HamletRecord, read_came
from intake.rules.message import Term
from intake.rules.people.unit import UnitId

from .doors import Doors
from .office import HOME
from .visiting import Visit, number_in

_PATH = "/{meeting}/hop-dan"
RECORD_FIELDS = {
    "rooms.refusal_day_missing": "day",
    "refusal.record_day": "day",
    "refusal.record_came": "came",
    "refusal.record_opinions": "opinions",
    "refusal.record_sensitive": "opinions",
}


@dataclass(frozen=True, slots=True)
class RecordLine:
    """What one hamlet's meeting said, in words."""

    hamlet: str
    day: str
    came: int
    opinions: tuple[tuple[str, str], ...]


def open_part(doors: Doors) -> None:
    """Add the page."""
    doors.show(_PATH, _list)
    doors.act(_PATH, _enter, again=_list, fields=RECORD_FIELDS)


async def _list(visit: Visit) -> Response:
    async with visit.reading() as uow:
        meeting = await meeting_in_unit(uow, visit.person, visit.meeting_id)
        lines = [await record_line(uow, visit, one) for one in await uow.meetings.records(meeting.id)]
        places = [
            (place.id, place.name) for at, place in await records_to_enter(uow, visit.person) if at.id == meeting.id
        ]
    path = f"{HOME}/buoi/{meeting.id}"
    return visit.page("hamlet_records.html", meeting=meeting, lines=lines, places=places, path=path)


async def record_line(uow: UnitOfWork, visit: Visit, record: HamletRecord) -> RecordLine:
    """What one hamlet's meeting said, in words."""
    return RecordLine(
        (await uow.places.unit(record.unit_id)).name,
        visit.words(on_weekday(record.held_on)),
        record.came,
        tuple((topic, text) for topic, text in record.opinions),
    )


async def _enter(visit: Visit) -> Response:
    said = await enter_typed(visit, UnitId(number_in(visit.typed.get("hamlet", ""))))
    return visit.to(f"{HOME}/buoi/{visit.meeting_id}/hop-dan", said)


async def enter_typed(visit: Visit, hamlet_id: UnitId) -> Term:
    """Enter what the form says that a hamlet's meeting said. Returns what to say about it."""
    try:
        day = date.fromisoformat(visit.typed.get("day", ""))
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None
    came = read_came(visit.typed.get("came", ""))
    async with visit.acting() as uow:
        record = await enter_record(
            uow,
            by=visit.person,
            meeting_id=visit.meeting_id,
            hamlet_id=hamlet_id,
            held_on=day,
            came=came,
            opinions=visit.typed.get("opinions", ""),
        )
        where = (await uow.places.unit(record.unit_id)).name
    return Term("record.entered", {"where": where, "opinions": len(record.opinions)})
