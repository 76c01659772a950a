"""Composing the list of a unit: who is on it, in which order, for which seat (R111, R112, R118)."""

from intake.actions.meetings.fix_meeting import clean_reason
from intake.actions.meetings.register import register
from intake.actions.meetings.seats import REGISTRATION_STATES, fill_seats, numbers_of, plan_of, roster_of, takes_seats
from intake.actions.meetings.speaking_order import leave_order
from intake.actions.outbox.tell import tell
from intake.actions.people.enrol import enter_neighbour
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import (
    LIVE,
    Meeting,
    MeetingId,
    Registration,
    RegistrationId,
    RegistrationKind,
    RegistrationState,
)
from intake.rules.meetings.roster import EDITABLE
from intake.rules.message import Button, Message, Param, mark_of
from intake.rules.people.permissions import holds
from intake.rules.people.person import Grant, Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.profile_terms import Seat


def composes(grants: tuple[Grant, ...], unit: Unit) -> bool:
    """Whether somebody composes the list of a unit: its hamlet head, or a secretary of it or above it (R042, R118)."""
    heads = any(grant.role is Role.HAMLET_HEAD and grant.unit_id == unit.id for grant in grants)
    return heads or holds(grants, Role.SECRETARY, unit)


async def roster_for(
    uow: UnitOfWork, by: Person, meeting_id: MeetingId, unit_id: UnitId, *, lock: bool = False
) -> tuple[Meeting, Unit]:
    """The meeting and the unit of a list that `by` may see; `NotFound` for every other and where there are no lists."""
    meeting = await uow.meetings.get(meeting_id, lock=lock)
    unit = await uow.places.unit(unit_id)
    grants = tuple(await uow.people.grants_of(by.id))
    if unit.parent_id != meeting.unit_id or not composes(grants, unit) or not await takes_seats(uow, meeting):
        raise NotFound
    return meeting, unit


async def lists_for_above(uow: UnitOfWork, by: Person) -> list[tuple[Meeting, Unit]]:
    """The lists a secretary of a unit right below a plan's own composes for the meetings there (R118)."""
    roots = {unit.id for unit in await uow.places.roots()}
    found = []
    for grant in await uow.people.grants_of(by.id):
        unit = await uow.places.unit(grant.unit_id) if grant.role is Role.SECRETARY else None
        if unit is None or unit.id in roots or unit.parent_id not in roots:
            continue
        meetings = [one for one in await uow.meetings.for_hamlet(unit) if one.unit_id == unit.parent_id]
        found += [(meeting, unit) for meeting in meetings if await takes_seats(uow, meeting)]
    return found


async def is_secretary_of(uow: UnitOfWork, by: Person, meeting: Meeting) -> bool:
    """Whether somebody is a secretary of the unit that holds the meeting."""
    return holds(await uow.people.grants_of(by.id), Role.SECRETARY, await uow.places.unit(meeting.unit_id))


async def registration_for(
    uow: UnitOfWork, by: Person, registration_id: RegistrationId, *, lock: bool = False
) -> tuple[Meeting, Unit, Registration]:
    """A registration on a list that `by` may compose, with its meeting and unit; `NotFound` for every other."""
    known = await uow.rosters.registration(registration_id)
    if known.unit_id is None:
        raise NotFound
    meeting, unit = await roster_for(uow, by, known.meeting_id, known.unit_id, lock=lock)
    registration = await uow.rosters.registration(registration_id)
    if registration.state not in LIVE or registration.unit_id != unit.id:
        raise NotFound
    return meeting, unit, registration


async def roster_mark(uow: UnitOfWork, meeting: Meeting, unit: Unit) -> str:
    """The mark of whoever is on a list, and as what: whoever hands it in or accepts it means this list and no other."""
    listed = await uow.rosters.registrations(meeting.id, unit.id)
    return mark_of([[one.id, one.state.value, one.kind.value, one.seat.value, one.content] for one in listed])


async def move_on_roster(
    uow: UnitOfWork, *, by: Person, registration_id: RegistrationId, up: bool, reason: str
) -> Registration:
    """Move somebody one place up or down among those of the same kind who have a seat, or among those who wait.

    The reason is kept with the registration. At either end nothing moves and it is refused.
    """
    reason = clean_reason(reason)
    meeting, unit, registration = await _editable(uow, by, registration_id)
    listed = await uow.rosters.registrations(meeting.id, unit.id)
    same = [one for one in listed if (one.seat, one.state) == (registration.seat, registration.state)]
    to = [one.id for one in same].index(registration.id) + (-1 if up else 1)
    if not 0 <= to < len(same):
        raise RuleBroken("refusal.roster_end")
    registration.rank, same[to].rank = same[to].rank, registration.rank
    registration.reason = reason
    entry = AuditEntry(uow.now, by.id, "move_on_roster", f"registration:{registration.id}", {"up": up})
    await uow.ledger.write(entry, words={"reason": reason})
    return registration


async def take_off_roster(uow: UnitOfWork, *, by: Person, registration_id: RegistrationId, reason: str) -> Registration:
    """Take somebody off the list, with a reason the person hears; the seat goes to whoever waits first."""
    reason = clean_reason(reason)
    meeting, unit, registration = await _editable(uow, by, registration_id)
    await leave_order(uow, meeting, registration)
    registration.state, registration.reason = RegistrationState.REMOVED, reason
    told: dict[str, Param] = {
        "reference": registration.reference,
        "title": meeting.title,
        "unit": unit.name,
        "reason": reason,
    }
    asks = ((Button("cmd.hoi", "menu.ask"),),)
    await tell(uow, [registration.person_id], Message("roster.taken_off", told, asks))
    entry = AuditEntry(uow.now, by.id, "take_off_roster", f"registration:{registration.id}")
    await uow.ledger.write(entry, words={"reason": reason})
    await fill_seats(uow, meeting, unit.id)
    return registration


async def set_seat(uow: UnitOfWork, *, by: Person, registration_id: RegistrationId, seat: Seat) -> Registration:
    """Say which kind of delegate somebody is, where the plan tells kinds apart and a seat of that kind is free."""
    meeting, unit, registration = await _editable(uow, by, registration_id)
    if registration.seat is seat:
        return registration
    await _require_free(uow, meeting, unit, seat)
    registration.seat, registration.state = seat, RegistrationState.STANDING
    await uow.ledger.write(
        AuditEntry(uow.now, by.id, "set_seat", f"registration:{registration.id}", {"seat": seat.value})
    )
    await fill_seats(uow, meeting, unit.id)
    return registration


async def add_to_roster(
    uow: UnitOfWork,
    *,
    by: Person,
    meeting_id: MeetingId,
    unit_id: UnitId,
    name: str,
    hamlet_id: UnitId,
    seat: Seat = Seat.RESIDENT,
    same_as: PersonId | None = None,
    another: bool = False,
    known_as: str = "",
) -> Registration:
    """Put somebody without a phone on the list by name, to attend; they wait when no seat is free.

    Anything but a resident's seat must be free, since nobody waits for an office. Who of those of that name is meant:
    see `enter_neighbour`. Whoever is on the list already is refused, so that nothing they said is written over.
    """
    meeting, unit = await roster_for(uow, by, meeting_id, unit_id, lock=True)
    await _require_editable(uow, by, meeting, unit)
    hamlet = await uow.places.unit(hamlet_id)
    if f"/{unit.id}/" not in hamlet.path:
        raise NotFound
    if seat is not Seat.RESIDENT:
        await _require_free(uow, meeting, unit, seat)
    person = await enter_neighbour(
        uow, by, name=name, hamlet_id=hamlet.id, same_as=same_as, another=another, known_as=known_as
    )
    standing = await uow.meetings.registration(meeting.id, person.id)
    if standing is not None:
        raise RuleBroken("refusal.on_the_list", {"name": person.called, "reference": standing.reference})
    return await register(
        uow,
        meeting_id=meeting.id,
        person=person,
        kind=RegistrationKind.ATTEND,
        content="",
        entered_by=by,
        seat=seat,
    )


async def _require_free(uow: UnitOfWork, meeting: Meeting, unit: Unit, seat: Seat) -> None:
    _, profile = await plan_of(uow, meeting)
    if seat is not Seat.RESIDENT and seat not in {line.seat for line in profile.seats}:
        raise NotFound
    number = (await numbers_of(uow, meeting, unit.id)).get(seat, 0)
    listed = await uow.rosters.registrations(meeting.id, unit.id)
    if sum(one.seat is seat and one.state is RegistrationState.STANDING for one in listed) >= number:
        raise RuleBroken("refusal.seat_taken", {"number": number})


async def _editable(uow: UnitOfWork, by: Person, registration_id: RegistrationId) -> tuple[Meeting, Unit, Registration]:
    meeting, unit, registration = await registration_for(uow, by, registration_id, lock=True)
    await _require_editable(uow, by, meeting, unit)
    return meeting, unit, registration


async def _require_editable(uow: UnitOfWork, by: Person, meeting: Meeting, unit: Unit) -> None:
    if meeting.state not in REGISTRATION_STATES:
        raise RuleBroken("refusal.meeting_over")
    state = (await roster_of(uow, meeting, unit.id)).state
    if state not in EDITABLE and not await is_secretary_of(uow, by, meeting):
        raise RuleBroken("refusal.roster_locked")
