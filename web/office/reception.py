"""The door on the day: a code, a name, or a scanner that types; whoever comes without a registration (R063, R115)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi.responses import Response

from intake.actions.meetings.check_in import (
    Entrance,
    check_in,
    doors_today,
    entrance_of,
    guest_in,
    namesakes_at_door,
    on_the_list,
    undo_check_in,
    undo_guest_in,
    walk_in,
)
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.guest import Guest, GuestId
from intake.rules.meetings.meeting import Registration, RegistrationId, RegistrationState
from intake.rules.message import Param, Term
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import UnitId
from intake.rules.questions.reference import find_registration
from intake.rules.text import fold, is_in
from wording.people import name_of

from .doors import Doors
from .namesake_choice import NAMESAKE_FIELDS, asks_who_is_meant, require_choice, to_choose_from, who_is_meant
from .office import HOME
from .room import DeskRoom, for_roles
from .visiting import Visit, number_in

ROOM = DeskRoom("/don-tiep", "desk.reception", for_roles(Role.SECRETARY, Role.CHAIR, Role.OFFICIAL, Role.HAMLET_HEAD))
PATH = HOME + ROOM.path
_MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class DoorLine:
    """Somebody found at the door: who, from where, whether they are in, and the button that says so."""

    kind: str
    id: int
    name: str
    place: str
    note: str
    present: bool


def open_room(doors: Doors) -> None:
    """Add the choice of the meeting, its door, and who is let in there."""
    doors.show("", _which)
    doors.show("/{meeting}", _door)
    doors.act("/{meeting}/vao", _typed, again=_door, fields={"refusal.door_code": "who"})
    doors.act("/{meeting}/co-mat", _mark, again=_door)
    doors.act("/{meeting}/bo", _undo, again=_door)
    doors.act(
        "/{meeting}/moi-den",
        _walk_in,
        again=_door,
        fields=NAMESAKE_FIELDS,
    )


async def _which(visit: Visit) -> Response:
    async with visit.reading() as uow:
        meetings = await doors_today(uow, visit.person)
    if len(meetings) == 1:
        return visit.to(f"{PATH}/{meetings[0].id}")
    return visit.page("doors_today.html", meetings=meetings)


async def _door(visit: Visit) -> Response:
    asked = visit.request.query_params.get("tim", "").strip()[:80]
    async with visit.reading() as uow:
        door = await entrance_of(uow, visit.person, visit.meeting_id)
        listed = await on_the_list(uow, door)
        found = await _found(uow, visit, door, asked) if asked else []
        guests = await uow.guests.of_meeting(door.meeting.id) if door.guests else ()
        namesakes = await _namesakes(uow, visit)
    units = [(unit.id, unit.name) for unit in door.units]
    return visit.page(
        "reception.html",
        meeting=door.meeting,
        asked=asked,
        found=found,
        units=units,
        namesakes=namesakes,
        elsewhere=door.guests,
        registered=sum(one.state is RegistrationState.STANDING for one in listed),
        present=sum(one.present_at is not None for one in listed),
        guests=len(guests),
        guests_present=sum(one.present_at is not None for one in guests),
        path=f"{PATH}/{door.meeting.id}",
    )


async def _namesakes(uow: UnitOfWork, visit: Visit) -> list[tuple[str, str]]:
    """Who has the name of a newcomer already, to be chosen from, and somebody else; nobody where that was not asked."""
    return await to_choose_from(uow, visit, await _of_that_name(uow, visit)) if asks_who_is_meant(visit) else []


async def _of_that_name(uow: UnitOfWork, visit: Visit) -> Sequence[Person]:
    unit, name = visit.typed.get("unit", ""), visit.typed.get("name", "")
    if not fold(name):
        return ()
    return await namesakes_at_door(
        uow,
        by=visit.person,
        meeting_id=visit.meeting_id,
        name=name,
        unit_id=UnitId(number_in(unit)) if unit else None,
    )


async def _found(uow: UnitOfWork, visit: Visit, door: Entrance, asked: str) -> list[DoorLine]:
    """Whoever has the words in their name; those who are in come last."""
    listed = await on_the_list(uow, door)
    people = await uow.people.many([one.person_id for one in listed])
    units = {unit.id: unit.name for unit in door.units}
    lines = []
    for one in listed:
        person = people[one.person_id]
        if fold(asked) and is_in(asked, person.called):
            place = "" if one.unit_id is None else units.get(one.unit_id, "")
            lines.append(_line(visit, one, name_of(person), place))
    if door.guests:
        lines += [
            _guest_line(visit, guest)
            for guest in await uow.guests.of_meeting(door.meeting.id)
            if fold(asked) and (is_in(asked, guest.name) or is_in(asked, guest.stand_in))
        ]
    return sorted(lines, key=lambda line: line.present)[:_MOST_FOUND]


def _line(visit: Visit, registration: Registration, name: Param, place: str) -> DoorLine:
    waits = registration.state is RegistrationState.WAITING
    note = visit.words(Term("reception.waits")) if waits else registration.reference
    return DoorLine("r", registration.id, visit.words(name), place, note, present=registration.present_at is not None)


def _guest_line(visit: Visit, guest: Guest) -> DoorLine:
    note = visit.words(Term("reception.guest"))
    return DoorLine("g", guest.id, guest.comes_as, guest.office, note, present=guest.present_at is not None)


async def _typed(visit: Visit) -> Response:
    """A code marks at once, also one that a scanner types; anything else is a name that is looked for."""
    typed = visit.typed.get("who", "")
    reference = find_registration(typed)
    if reference is None:
        return visit.to(f"{PATH}/{visit.meeting_id}?{urlencode({'tim': typed.strip()[:80]})}")
    async with visit.acting() as uow:
        await entrance_of(uow, visit.person, visit.meeting_id)  # whoever has nothing to do at this door finds none
        registration = await uow.rosters.by_reference(reference)
        if registration is not None:
            with suppress(NotFound):
                return await _let_in(uow, visit, registration.id)
        # said on the page itself, of a code of others as of none: people wait behind whoever mistyped
        raise RuleBroken("refusal.door_code", {"reference": reference})


async def _let_in(uow: UnitOfWork, visit: Visit, registration_id: RegistrationId) -> Response:
    done = await check_in(uow, by=visit.person, meeting_id=visit.meeting_id, registration_id=registration_id)
    person = (await uow.people.many([done.registration.person_id]))[done.registration.person_id]
    key = "reception.in_again" if done.again else "reception.in"
    return _back(visit, Term(key, {"name": name_of(person), "reference": done.registration.reference}))


async def _mark(visit: Visit) -> Response:
    kind, number = visit.typed.get("kind", ""), number_in(visit.typed.get("id", ""))
    async with visit.acting() as uow:
        if kind != "g":
            return await _let_in(uow, visit, RegistrationId(number))
        guest, again = await guest_in(uow, by=visit.person, meeting_id=visit.meeting_id, guest_id=GuestId(number))
    key = "reception.guest_in_again" if again else "reception.guest_in"
    return _back(visit, Term(key, {"name": guest.comes_as}))


async def _undo(visit: Visit) -> Response:
    kind, number = visit.typed.get("kind", ""), number_in(visit.typed.get("id", ""))
    async with visit.acting() as uow:
        if kind == "g":
            await undo_guest_in(uow, by=visit.person, meeting_id=visit.meeting_id, guest_id=GuestId(number))
        else:
            await undo_check_in(
                uow, by=visit.person, meeting_id=visit.meeting_id, registration_id=RegistrationId(number)
            )
    return _back(visit, Term("reception.undone"))


async def _walk_in(visit: Visit) -> Response:
    unit = visit.typed.get("unit", "")
    async with visit.acting() as uow:
        require_choice(visit, await _of_that_name(uow, visit))
        same_as, another, known_as = who_is_meant(visit)
        registration = await walk_in(
            uow,
            by=visit.person,
            meeting_id=visit.meeting_id,
            name=visit.typed.get("name", ""),
            unit_id=UnitId(number_in(unit)) if unit else None,
            same_as=same_as,
            another=another,
            known_as=known_as,
        )
    waits = registration.state is RegistrationState.WAITING
    key = "reception.walked_in_waits" if waits else "reception.walked_in"
    return _back(visit, Term(key, {"name": visit.typed.get("name", "").strip(), "reference": registration.reference}))


def _back(visit: Visit, *said: Param) -> Response:
    return visit.to(f"{PATH}/{visit.meeting_id}", *said)
