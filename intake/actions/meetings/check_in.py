"""At the door: who has come, guests too, and who came without having registered (R051, R063, R115)."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.actions.meetings.quotas import units_with_quota
from intake.actions.meetings.register import clean_content, new_registration
from intake.actions.meetings.seats import REGISTRATION_STATES, fill_seats, waiting_number
from intake.actions.people.consent_taken import take_consent
from intake.actions.people.enrol import clean_name
from intake.actions.people.namesakes import of_one_name
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.guest import Guest, GuestId
from intake.rules.meetings.meeting import (
    LIVE,
    Meeting,
    MeetingId,
    MeetingState,
    Registration,
    RegistrationId,
    RegistrationKind,
    RegistrationState,
)
from intake.rules.people.permissions import holds, require
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Level, Unit, UnitId
from intake.rules.text import known_as_one

_OFFICE = (Role.SECRETARY, Role.CHAIR, Role.OFFICIAL)


@dataclass(frozen=True, slots=True)
class Entrance:
    """A meeting as its door sees it. `units`: whose people this helper lets in; `guests`: and people from elsewhere."""

    meeting: Meeting
    units: tuple[Unit, ...]
    guests: bool

    def lets_in(self, registration: Registration) -> bool:
        """Whether somebody with this registration is this helper's to let in."""
        return self.guests or registration.unit_id in {unit.id for unit in self.units}


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Somebody was marked as present; `again`: that was so before."""

    registration: Registration
    again: bool


async def entrance_of(uow: UnitOfWork, by: Person, meeting_id: MeetingId, *, lock: bool = False) -> Entrance:
    """The door of a meeting for a helper: the office lets everybody in, a hamlet head those of their own hamlet.

    `NotFound` for everybody else.
    """
    meeting = await uow.meetings.get(meeting_id, lock=lock)
    grants = await uow.people.grants_of(by.id)
    unit = await uow.places.unit(meeting.unit_id)
    units = await units_with_quota(uow, meeting) or (unit,)  # where no hamlet has a name, people are of the unit itself
    if any(holds(grants, role, unit) for role in _OFFICE):
        return Entrance(meeting, units, guests=True)
    heads = {grant.unit_id for grant in grants if grant.role is Role.HAMLET_HEAD}
    own = tuple(one for one in units if one.id in heads)
    if not own:
        raise NotFound
    return Entrance(meeting, own, guests=False)


async def doors_today(uow: UnitOfWork, by: Person) -> list[Meeting]:
    """The meetings at whose door somebody may help today: fixed for today, or in session."""
    meetings: dict[MeetingId, Meeting] = {}
    for grant in await uow.people.grants_of(by.id):
        if grant.role in (*_OFFICE, Role.HAMLET_HEAD):
            above = [unit.id for unit in await uow.places.above(await uow.places.unit(grant.unit_id))]
            below = [unit.id for unit in await uow.places.roots() if holds((grant,), grant.role, unit)]
            meetings |= {one.id: one for one in await uow.meetings.of_units({*above, *below})}
    today = [meeting for meeting in meetings.values() if _is_on(uow, meeting)]
    return [meeting for meeting in today if await _helps(uow, by, meeting)]


async def check_in(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, registration_id: RegistrationId) -> CheckIn:
    """Mark somebody as present. A second time changes nothing.

    Refused with a sentence: a code of another meeting, a registration that was taken back or waits for a seat, a day
    that is not the meeting's.
    """
    _, registration = await _at_door(uow, by, meeting_id, registration_id)
    if registration.state is RegistrationState.WAITING:
        number = await waiting_number(uow, registration)
        raise RuleBroken("refusal.door_waiting", {"reference": registration.reference, "number": number})
    return await _present(uow, by, registration)


async def admit(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, registration_id: RegistrationId) -> CheckIn:
    """Let somebody in who waits for a seat, beyond the quota; for the secretary, on the spot."""
    door, registration = await _at_door(uow, by, meeting_id, registration_id)
    unit = await uow.places.unit(door.meeting.unit_id)
    require(await uow.people.grants_of(by.id), (Role.SECRETARY,), unit)
    registration.state = RegistrationState.STANDING
    await uow.ledger.write(AuditEntry(uow.now, by.id, "admit", f"registration:{registration.id}"))
    return await _present(uow, by, registration)


async def undo_check_in(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, registration_id: RegistrationId
) -> Registration:
    """Take a mark back that was put on the wrong person."""
    _, registration = await _at_door(uow, by, meeting_id, registration_id)
    registration.present_at = registration.present_by = None
    await uow.ledger.write(AuditEntry(uow.now, by.id, "undo_check_in", f"registration:{registration.id}"))
    return registration


async def namesakes_at_door(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, name: str, unit_id: UnitId | None
) -> Sequence[Person]:
    """Whoever has the name already: those who live in the unit, and those on the list for it (None: from elsewhere)."""
    door = await entrance_of(uow, by, meeting_id)
    unit = _unit_at(door, unit_id)
    there = [] if unit is None else [one.id for one in await of_one_name(uow, name, unit)]
    listed = [one.person_id for one in await on_the_list(uow, door) if one.unit_id == unit_id]
    people = await uow.people.many([*there, *listed])
    there += [one for one in listed if known_as_one(people[one].name, name)]
    return [people[one] for one in dict.fromkeys(there)]


async def walk_in(
    uow: UnitOfWork,
    *,
    by: Person,
    meeting_id: MeetingId,
    name: str,
    unit_id: UnitId | None,
    same_as: PersonId | None = None,
    another: bool = False,
    known_as: str = "",
) -> Registration:
    """Register somebody at the door, by name and unit (None: from elsewhere); consent was given by word of mouth.

    Marked as present at once when there is a seat; where the quota is full they wait, and the secretary may admit them.
    Without a phone of their own they hear by word of mouth. Of those of that name, `same_as` is the one that came,
    whose registration counts where there is one; with `another` it is somebody else, told apart by `known_as`. Raises
    `RuleBroken` where there are some and neither was said.
    """
    door = await entrance_of(uow, by, meeting_id, lock=True)
    require_on(uow, door.meeting)
    unit, name = _unit_at(door, unit_id), clean_name(name)
    there = await namesakes_at_door(uow, by=by, meeting_id=meeting_id, name=name, unit_id=unit_id)
    person = next((one for one in there if one.id == same_as), None)
    if person is None and (same_as is not None or (there and not another)):
        raise RuleBroken("refusal.namesake", {"name": name})
    standing = None if person is None else await uow.meetings.registration(meeting_id, person.id)
    if standing is not None:
        if standing.state is RegistrationState.STANDING:
            await _present(uow, by, standing)
        return standing
    is_own = unit_id == door.meeting.unit_id
    if person is None:
        home = unit.id if unit is not None and (is_own or unit.level is Level.HAMLET) else None
        person = await uow.people.add(Person(name=name, known_as=known_as, hamlet_id=home, created_at=uow.now))
        await take_consent(uow, person)
    registration = await new_registration(
        uow,
        door.meeting,
        person,
        kind=RegistrationKind.ATTEND,
        content="",
        unit_id=None if is_own else unit_id,
        entered_by=by,
        walk_in=True,
    )
    await fill_seats(uow, door.meeting, registration.unit_id, quiet={registration.id})
    await uow.ledger.write(AuditEntry(uow.now, by.id, "walk_in", f"registration:{registration.id}"))
    if registration.state is RegistrationState.STANDING:
        await _present(uow, by, registration)
    return registration


def _unit_at(door: Entrance, unit_id: UnitId | None) -> Unit | None:
    """The unit somebody at the door says they are from; `NotFound` for one whose people are not let in here."""
    unit = None if unit_id is None else next((one for one in door.units if one.id == unit_id), None)
    if unit is None and (unit_id is not None or not door.guests):
        raise NotFound
    return unit


async def wants_to_speak(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, registration_id: RegistrationId, content: str
) -> Registration:
    """Put somebody who is at the door on the list of speakers, after those who registered earlier (R115)."""
    _, registration = await _at_door(uow, by, meeting_id, registration_id)
    if registration.kind is not RegistrationKind.SPEAK:
        registration.kind, registration.registered_at = RegistrationKind.SPEAK, uow.now
    registration.content = clean_content(content)
    await uow.ledger.write(AuditEntry(uow.now, by.id, "wants_to_speak", f"registration:{registration.id}"))
    return registration


async def on_the_list(uow: UnitOfWork, door: Entrance) -> Sequence[Registration]:
    """Everybody this helper may let in, those who wait for a seat as well."""
    listed = await uow.meetings.registrations(door.meeting.id, waiting=True)
    return [one for one in listed if door.lets_in(one)]


async def _at_door(
    uow: UnitOfWork, by: Person, meeting_id: MeetingId, registration_id: RegistrationId
) -> tuple[Entrance, Registration]:
    door = await entrance_of(uow, by, meeting_id, lock=True)
    registration = await uow.rosters.registration(registration_id)
    if registration.meeting_id != door.meeting.id:
        other = await uow.meetings.get(registration.meeting_id)
        if other.unit_id != door.meeting.unit_id:
            raise NotFound
        named = {"reference": registration.reference, "other": other.title, "title": door.meeting.title}
        raise RuleBroken("refusal.door_other_meeting", named)
    if not door.lets_in(registration):
        raise NotFound
    require_on(uow, door.meeting)
    if registration.state not in LIVE:
        raise RuleBroken("refusal.door_withdrawn", {"reference": registration.reference})
    return door, registration


async def _present(uow: UnitOfWork, by: Person, registration: Registration) -> CheckIn:
    if registration.present_at is not None:
        return CheckIn(registration, again=True)
    registration.present_at, registration.present_by = uow.now, by.id
    await uow.ledger.write(AuditEntry(uow.now, by.id, "check_in", f"registration:{registration.id}"))
    return CheckIn(registration, again=False)


async def _helps(uow: UnitOfWork, by: Person, meeting: Meeting) -> bool:
    try:
        await entrance_of(uow, by, meeting.id)
    except NotFound:
        return False
    return True


def _is_on(uow: UnitOfWork, meeting: Meeting) -> bool:
    if meeting.state is MeetingState.OPEN:
        return True
    fixed = meeting.state is MeetingState.FIXED and meeting.starts_at is not None
    return fixed and meeting.starts_at.astimezone(LOCAL).date() == uow.today  # type: ignore[union-attr]


def require_on(uow: UnitOfWork, meeting: Meeting) -> None:
    """Raise `RuleBroken` unless people come through the door of this meeting now."""
    if meeting.state not in REGISTRATION_STATES:
        raise RuleBroken("refusal.meeting_over")
    if not _is_on(uow, meeting):
        raise RuleBroken("refusal.door_not_today")


async def guest_in(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, guest_id: GuestId) -> tuple[Guest, bool]:
    """Mark a guest, or whoever stands in, as present. Returns the guest, and whether that was so before."""
    guest = await _guest_at_door(uow, by, meeting_id, guest_id)
    if guest.present_at is not None:
        return guest, True
    guest.present_at, guest.present_by = uow.now, by.id
    await uow.ledger.write(AuditEntry(uow.now, by.id, "check_in", f"guest:{guest.id}"))
    return guest, False


async def undo_guest_in(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, guest_id: GuestId) -> Guest:
    """Take a mark back that was put on the wrong guest."""
    guest = await _guest_at_door(uow, by, meeting_id, guest_id)
    guest.present_at = guest.present_by = None
    await uow.ledger.write(AuditEntry(uow.now, by.id, "undo_check_in", f"guest:{guest.id}"))
    return guest


async def _guest_at_door(uow: UnitOfWork, by: Person, meeting_id: MeetingId, guest_id: GuestId) -> Guest:
    door = await entrance_of(uow, by, meeting_id)
    guest = await uow.guests.get(guest_id, lock=True)
    if not door.guests or guest.meeting_id != door.meeting.id:
        raise NotFound
    require_on(uow, door.meeting)
    return guest
