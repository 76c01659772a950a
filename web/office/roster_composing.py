"""The list of a unit put together at the desk: added to, put in order, given seats, taken off (R111, R112, R118).

A head does it for the own hamlet, a secretary for every unit of a meeting; both on the same forms.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from fastapi.responses import Response

from intake.actions.meetings.compose_roster import (
    add_to_roster,
    is_secretary_of,
    move_on_roster,
    registration_for,
    roster_for,
    roster_mark,
    set_seat,
    take_off_roster,
)
from intake.actions.meetings.fix_meeting import STILL_OPEN
from intake.actions.meetings.quotas import seats_of
from intake.actions.meetings.register import register
from intake.actions.meetings.seats import REGISTRATION_STATES, plan_of, roster_of
from intake.actions.meetings.submit_roster import submit_roster
from intake.actions.people.enrol import namesakes
from intake.ports import UnitOfWork
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import (
    Meeting,
    MeetingId,
    Registration,
    RegistrationId,
    RegistrationKind,
    RegistrationState,
)
from intake.rules.meetings.roster import EDITABLE
from intake.rules.message import Param, Term
from intake.rules.people.person import Person
from intake.rules.people.unit import Level, Unit, UnitId
from intake.rules.plan.profile_terms import Seat
from intake.rules.text import fold
from wording.people import name_of
from wording.rosters import roster_words

from .doors import Doors, Page
from .namesake_choice import NAMESAKE_FIELDS, asks_who_is_meant, require_choice, to_choose_from, who_is_meant
from .visiting import Visit, number_in

Ids = Callable[[Visit], tuple[MeetingId, UnitId]]
"""Which list of which meeting an address means."""
UP, DOWN, OFF = "up", "down", "off"
_REASON = {"refusal.reason": "reason", "refusal.too_long": "reason", "refusal.roster_end": "act"}
_SUBMITS = dict.fromkeys(("refusal.roster_incomplete", "refusal.roster_empty", "refusal.quota_not_set"), "incomplete")
_FREE_SEAT = {"refusal.seat_taken": "seat"}


@dataclass(frozen=True, slots=True)
class ComposedList:
    """A list with what its forms offer; `seen` is the mark of what is shown.

    `people`, those of them who only attend, and `hamlets` by id; `seats` where the plan tells kinds apart; `namesakes`
    where the name that was typed is somebody's already.
    """

    lines: Sequence[str]
    seen: str
    submits: bool = False
    edits: bool = False
    people: Sequence[tuple[int, str]] = ()
    attending: Sequence[tuple[int, str]] = ()
    hamlets: Sequence[tuple[int, str]] = ()
    seats: Sequence[tuple[str, str]] = ()
    namesakes: Sequence[tuple[str, str]] = ()


def open_composing(doors: Doors, path: str, ids: Ids, again: Page) -> None:
    """Add what the forms of a list at `path` do; `again` is the page they stand on."""
    added = {**NAMESAKE_FIELDS, **_FREE_SEAT, "refusal.on_the_list": "name", "refusal.hamlet_missing": "hamlet"}
    doors.act(f"{path}/nop", partial(_submit, ids), again=again, fields=_SUBMITS)
    doors.act(f"{path}/them", partial(_add, ids), again=again, fields=added)
    doors.act(f"{path}/sua", partial(_change, ids), again=again, fields=_REASON)
    doors.act(f"{path}/loai", partial(_seat, ids), again=again, fields=_FREE_SEAT)
    doors.act(f"{path}/phat-bieu", partial(_speak, ids), again=again, fields={"refusal.too_long": "content"})


async def composed_list(uow: UnitOfWork, visit: Visit, meeting: Meeting, unit: Unit) -> ComposedList:
    """The list as its card in the chat says it, and what whoever looks at it may do about it."""
    said = await roster_words(uow, meeting, unit)
    lines = [visit.words(line) for part in ("state", "needs", "lines") for line in _each(said[part])]
    seen = await roster_mark(uow, meeting, unit)
    state = (await roster_of(uow, meeting, unit.id)).state
    if meeting.state not in REGISTRATION_STATES or not (
        state in EDITABLE or await is_secretary_of(uow, visit.person, meeting)
    ):
        return ComposedList(lines, seen)
    submits = state in EDITABLE and meeting.state in STILL_OPEN
    listed = await uow.rosters.registrations(meeting.id, unit.id)
    people = await uow.people.many([one.person_id for one in listed])
    named = [(one, f"{visit.words(name_of(people[one.person_id]))} ({one.reference})") for one in listed]
    _, profile = await plan_of(uow, meeting)
    seats = seats_of(profile)
    asks = visit.form == "add" and asks_who_is_meant(visit)
    there = await _of_that_name(uow, visit, unit) if asks else ()
    return ComposedList(
        lines,
        seen,
        submits=submits,
        edits=True,
        people=[(one.id, name) for one, name in named],
        attending=[(one.id, name) for one, name in named if one.kind is RegistrationKind.ATTEND],
        hamlets=[(one.id, one.name) for one in await _hamlets(uow, unit)],
        seats=[(one.value, visit.words(Term(f"seat.{one.value}"))) for one in seats] if len(seats) > 1 else (),
        namesakes=await to_choose_from(uow, visit, there) if asks else (),
    )


async def require_seen(uow: UnitOfWork, visit: Visit, meeting: Meeting, unit: Unit) -> None:
    """Raise `ChangedMeanwhile` where the list is not what the page showed: nobody hands in what they have not read."""
    if visit.typed.get("seen", "") != await roster_mark(uow, meeting, unit):
        raise ChangedMeanwhile


def _each(said: Param) -> Sequence[Param]:
    return said if isinstance(said, tuple) else (said,)


async def _hamlets(uow: UnitOfWork, unit: Unit) -> Sequence[Unit]:
    """Where somebody of the unit may live, if there is a choice."""
    return () if unit.level is Level.HAMLET else await uow.places.hamlets(unit.id)


async def _home(uow: UnitOfWork, visit: Visit, unit: Unit) -> UnitId:
    """Where whoever is added lives. Raises `RuleBroken` where that has to be said and was not."""
    hamlets = await _hamlets(uow, unit)
    if not hamlets:
        return unit.id
    typed = visit.typed.get("hamlet", "")
    if not typed:
        raise RuleBroken("refusal.hamlet_missing")
    return UnitId(number_in(typed))


async def _of_that_name(uow: UnitOfWork, visit: Visit, unit: Unit) -> Sequence[Person]:
    name = visit.typed.get("name", "")
    if not fold(name):
        return ()
    return await namesakes(uow, visit.person, name=name, hamlet_id=await _home(uow, visit, unit))


def _seat_typed(visit: Visit) -> Seat:
    typed = visit.typed.get("seat", "") or Seat.RESIDENT.value
    if typed not in set(Seat):
        raise NotFound
    return Seat(typed)


async def _submit(ids: Ids, visit: Visit) -> Response:
    meeting_id, unit_id = ids(visit)
    incomplete = bool(visit.typed.get("incomplete"))
    async with visit.acting() as uow:
        meeting, unit = await roster_for(uow, visit.person, meeting_id, unit_id, lock=True)
        await require_seen(uow, visit, meeting, unit)
        await submit_roster(uow, by=visit.person, meeting_id=meeting_id, unit_id=unit_id, incomplete=incomplete)
    return _back(visit, Term("roster.state_submitted"))


async def _add(ids: Ids, visit: Visit) -> Response:
    meeting_id, unit_id = ids(visit)
    async with visit.acting() as uow:
        _, unit = await roster_for(uow, visit.person, meeting_id, unit_id, lock=True)
        hamlet_id = await _home(uow, visit, unit)
        require_choice(visit, await _of_that_name(uow, visit, unit))
        same_as, another, known_as = who_is_meant(visit)
        added = await add_to_roster(
            uow,
            by=visit.person,
            meeting_id=meeting_id,
            unit_id=unit_id,
            name=visit.typed.get("name", ""),
            hamlet_id=hamlet_id,
            seat=_seat_typed(visit),
            same_as=same_as,
            another=another,
            known_as=known_as,
        )
        name = await _named(uow, added)
    key = "compose.added_waits" if added.state is RegistrationState.WAITING else "compose.added"
    return _back(visit, Term(key, {"name": name, "reference": added.reference}))


async def _change(ids: Ids, visit: Visit) -> Response:
    act, reason = visit.typed.get("act", ""), visit.typed.get("reason", "")
    if act not in (UP, DOWN, OFF):
        raise NotFound
    async with visit.acting() as uow:
        number = await _of_this_list(uow, ids, visit)
        if act == OFF:
            changed = await take_off_roster(uow, by=visit.person, registration_id=number, reason=reason)
        else:
            changed = await move_on_roster(uow, by=visit.person, registration_id=number, up=act == UP, reason=reason)
        name = await _named(uow, changed)
    return _back(visit, Term("compose.taken_off" if act == OFF else "compose.moved", {"name": name}))


async def _seat(ids: Ids, visit: Visit) -> Response:
    seat = _seat_typed(visit)
    async with visit.acting() as uow:
        number = await _of_this_list(uow, ids, visit)
        changed = await set_seat(uow, by=visit.person, registration_id=number, seat=seat)
        name = await _named(uow, changed)
    return _back(visit, Term("compose.seated", {"name": name, "seat": Term(f"seat.{seat.value}")}))


async def _speak(ids: Ids, visit: Visit) -> Response:
    async with visit.acting() as uow:
        number = await _of_this_list(uow, ids, visit)
        meeting, _, standing = await registration_for(uow, visit.person, number, lock=True)
        person = (await uow.people.many([standing.person_id]))[standing.person_id]
        changed = await register(
            uow,
            meeting_id=meeting.id,
            person=person,
            kind=RegistrationKind.SPEAK,
            content=visit.typed.get("content", ""),
            entered_by=visit.person,
        )
        name = await _named(uow, changed)
    return _back(visit, Term("compose.speaks", {"name": name}))


async def _of_this_list(uow: UnitOfWork, ids: Ids, visit: Visit) -> RegistrationId:
    """The registration the form names; `NotFound` for one of another list than its address says."""
    number = RegistrationId(number_in(visit.typed.get("who", "")))
    meeting, unit, _ = await registration_for(uow, visit.person, number)
    if (meeting.id, unit.id) != ids(visit):
        raise NotFound
    return number


async def _named(uow: UnitOfWork, registration: Registration) -> Param:
    return name_of((await uow.people.many([registration.person_id]))[registration.person_id])


def _back(visit: Visit, said: Term) -> Response:
    return visit.to(visit.request.url.path.rpartition("/")[0], said)
