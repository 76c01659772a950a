"""A hamlet head's page before each meeting: the hamlet's list (R111, R112), and what its own meeting said (R077)."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from intake.actions.meetings.hamlet_records import record_at, records_to_enter
from intake.actions.meetings.seats import roster_of, takes_seats
from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Param, Term
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit, UnitId

from .doors import Doors
from .hamlet_records import RECORD_FIELDS, enter_typed, record_line
from .office import HOME
from .room import DeskRoom, for_roles
from .roster_composing import composed_list, open_composing
from .visiting import Visit, number_in

ROOM = DeskRoom("/thon", "heads.room", for_roles(Role.HAMLET_HEAD))
PATH = HOME + ROOM.path


@dataclass(frozen=True, slots=True)
class HeadDuty:
    """What a head has to do: a meeting to come and a hamlet, and how its list and its record stand."""

    opens: str
    meeting: str
    hamlet: str
    state: str


def open_room(doors: Doors) -> None:
    """Add the page, and what there is of one hamlet before one meeting."""
    doors.show("", _list)
    doors.show("/{meeting}/{hamlet}", _hamlet)
    open_composing(doors, "/{meeting}/{hamlet}", _ids, _hamlet)
    doors.act("/{meeting}/{hamlet}/hop-dan", _enter, again=_hamlet, fields=RECORD_FIELDS)


async def _list(visit: Visit) -> Response:
    async with visit.reading() as uow:
        lines = await duties_of(uow, visit)
    return visit.page("own_hamlets.html", lines=lines)


async def duties_of(uow: UnitOfWork, visit: Visit) -> Sequence[HeadDuty]:
    """What a head has to do before each meeting to come, hamlet by hamlet; nothing for who is none."""
    if not ROOM.enters(visit):
        return ()
    lines = []
    for meeting, hamlet in await records_to_enter(uow, visit.person):
        entered = any(one.unit_id == hamlet.id for one in await uow.meetings.records(meeting.id))
        state: list[Param] = [Term("heads.record_entered" if entered else "heads.record_missing")]
        if await _has_list(uow, meeting, hamlet):
            roster = await roster_of(uow, meeting, hamlet.id)
            state.insert(0, Term("heads.list", {"state": Term(f"roster.state_{roster.state.value}")}))
        said = " · ".join(visit.words(one) for one in state)
        lines.append(HeadDuty(f"{PATH}/{meeting.id}/{hamlet.id}", meeting.title, hamlet.name, said))
    return lines


def _ids(visit: Visit) -> tuple[MeetingId, UnitId]:
    return visit.meeting_id, UnitId(number_in(visit.request.path_params["hamlet"]))


async def _hamlet(visit: Visit) -> Response:
    async with visit.reading() as uow:
        meeting, hamlet = await record_at(uow, visit.person, *_ids(visit))
        record = next((one for one in await uow.meetings.records(meeting.id) if one.unit_id == hamlet.id), None)
        line = None if record is None else await record_line(uow, visit, record)
        composed = await composed_list(uow, visit, meeting, hamlet) if await _has_list(uow, meeting, hamlet) else None
    return visit.page(
        "own_hamlet.html",
        meeting=meeting,
        hamlet=hamlet,
        line=line,
        composed=composed,
        list=PATH,
        path=f"{PATH}/{meeting.id}/{hamlet.id}",
    )


async def _has_list(uow: UnitOfWork, meeting: Meeting, hamlet: Unit) -> bool:
    """Whether a hamlet hands a list in: that of a district's meeting is the commune's."""
    return hamlet.parent_id == meeting.unit_id and await takes_seats(uow, meeting)


async def _enter(visit: Visit) -> Response:
    meeting_id, hamlet_id = _ids(visit)
    said = await enter_typed(visit, hamlet_id)
    return visit.to(f"{PATH}/{meeting_id}/{hamlet_id}", said)
