"""The lists of a meeting at the desk: who registered, unit by unit, and the lists that units hand in (R111, R112)."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from intake.actions.meetings.compose_roster import composes, roster_for, roster_mark
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.quotas import units_with_quota
from intake.actions.meetings.seats import needs_of, takes_seats
from intake.actions.meetings.submit_roster import accept_roster, remind_rosters, return_roster
from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import Meeting, MeetingId, Registration, RegistrationKind, RegistrationState
from intake.rules.meetings.roster import EDITABLE, RosterState
from intake.rules.message import Term
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import Unit, UnitId
from wording.people import name_of

from .doors import Doors
from .office import HOME
from .roster_composing import composed_list, open_composing, require_seen
from .visiting import Visit, number_in

_PATH = "/{meeting}/danh-sach"


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """Somebody on a list, in words."""

    name: str
    reference: str
    speaks: bool
    waits: bool
    present: bool


@dataclass(frozen=True, slots=True)
class UnitList:
    """The list of a unit: who is on it, how it stands, what can be done about it; `seen` is the mark of it."""

    id: int
    name: str
    people: tuple[ListedPerson, ...]
    state: str
    missing: int
    late: bool
    accepts: bool
    returns: bool
    opens: bool
    seen: str


def open_part(doors: Doors) -> None:
    """Add the lists, taking one in, giving it back, reminding those whose list is not in; putting one together."""
    doors.show(_PATH, _show)
    doors.act(f"{_PATH}/nhan", _accept, again=_show)
    doors.act(f"{_PATH}/tra-lai", _return, again=_show, fields={"refusal.reason": "reason"})
    doors.act(f"{_PATH}/nhac", _remind, again=_show)
    doors.show(f"{_PATH}/{{unit}}", _one)
    open_composing(doors, f"{_PATH}/{{unit}}", _ids, _one)


async def _show(visit: Visit) -> Response:
    async with visit.reading() as uow:
        meeting = await meeting_in_unit(uow, visit.person, visit.meeting_id)
        seats = await takes_seats(uow, meeting)
        unit = await uow.places.unit(meeting.unit_id)
        decides = seats and holds(visit.grants, Role.SECRETARY, unit) and meeting.opened_at is None
        units = await units_with_quota(uow, meeting)
        lists = [await _list(uow, visit, meeting, one, seats=seats, decides=decides) for one in units]
        placed = {one.id for one in units}
        everybody = await uow.meetings.registrations(meeting.id, waiting=True)
        rest = await _people(uow, visit, [one for one in everybody if one.unit_id not in placed])
    return visit.page(
        "roster_lists.html",
        meeting=meeting,
        lists=lists,
        rest=rest,
        seats=seats,
        reminds=decides and any(not one.accepts and not one.returns for one in lists),
        path=f"{HOME}/buoi/{meeting.id}",
    )


async def _list(uow: UnitOfWork, visit: Visit, meeting: Meeting, unit: Unit, *, seats: bool, decides: bool) -> UnitList:
    people = await _people(uow, visit, await uow.rosters.registrations(meeting.id, unit.id))
    roster = await uow.rosters.roster(meeting.id, unit.id) if seats else None
    state = RosterState.OPEN if roster is None else roster.state
    missing = sum(need.missing for need in await needs_of(uow, meeting, unit.id)) if seats else 0
    return UnitList(
        unit.id,
        unit.name,
        people,
        visit.words(Term(f"roster.state_{state.value}")) if seats else "",
        missing,
        late=roster is not None and roster.late,
        accepts=decides and state is RosterState.SUBMITTED,
        returns=decides and state not in EDITABLE,
        opens=seats and composes(visit.grants, unit),
        seen=await roster_mark(uow, meeting, unit),
    )


def _ids(visit: Visit) -> tuple[MeetingId, UnitId]:
    return visit.meeting_id, UnitId(number_in(visit.request.path_params["unit"]))


async def _one(visit: Visit) -> Response:
    """The list of one unit, put together here too by whoever may."""
    async with visit.reading() as uow:
        meeting, unit = await roster_for(uow, visit.person, *_ids(visit))
        composed = await composed_list(uow, visit, meeting, unit)
        above = await uow.places.unit(meeting.unit_id)
    lists = f"{HOME}/buoi/{meeting.id}/danh-sach"
    holds_it = any(holds(visit.grants, role, above) for role in (Role.SECRETARY, Role.CHAIR))
    back = (lists, "lists.name") if holds_it else (f"{HOME}/buoi", "desk.meetings")
    return visit.page(
        "roster_list.html", meeting=meeting, unit=unit, composed=composed, back=back, path=f"{lists}/{unit.id}"
    )


async def _people(uow: UnitOfWork, visit: Visit, listed: Sequence[Registration]) -> tuple[ListedPerson, ...]:
    persons = await uow.people.many([one.person_id for one in listed])
    return tuple(
        ListedPerson(
            visit.words(name_of(persons[one.person_id])),
            one.reference,
            speaks=one.kind is RegistrationKind.SPEAK,
            waits=one.state is RegistrationState.WAITING,
            present=one.present_at is not None,
        )
        for one in listed
    )


async def _accept(visit: Visit) -> Response:
    async with visit.acting() as uow:
        meeting, listed = await roster_for(uow, visit.person, visit.meeting_id, _unit(visit), lock=True)
        await require_seen(uow, visit, meeting, listed)
        await accept_roster(uow, by=visit.person, meeting_id=visit.meeting_id, unit_id=_unit(visit))
        unit = await uow.places.unit(_unit(visit))
    return _back(visit, Term("lists.accepted", {"unit": unit.name}))


async def _return(visit: Visit) -> Response:
    async with visit.acting() as uow:
        reason = visit.typed.get("reason", "")
        await return_roster(uow, by=visit.person, meeting_id=visit.meeting_id, unit_id=_unit(visit), reason=reason)
        unit = await uow.places.unit(_unit(visit))
    return _back(visit, Term("lists.returned", {"unit": unit.name}))


async def _remind(visit: Visit) -> Response:
    async with visit.acting() as uow:
        late = await remind_rosters(uow, by=visit.person, meeting_id=visit.meeting_id)
    return _back(visit, Term("lists.reminded", {"count": late}))


def _back(visit: Visit, said: Term) -> Response:
    return visit.to(f"{HOME}/buoi/{visit.meeting_id}/danh-sach", said)


def _unit(visit: Visit) -> UnitId:
    return UnitId(number_in(visit.typed.get("unit", "")))
