"""Seats of a unit at a meeting: who has one, who waits, and who gets the next one that is free (R111, R116).

Everything here is done while the meeting's row is locked by whoever calls it, so that two who withdraw and ten who
register at the same moment do so one after the other.
"""

from collections.abc import Container, Sequence

from intake.actions.outbox.tell import tell
from intake.actions.people.office import holders_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.meetings.admission import by_quota
from intake.rules.meetings.meeting import Meeting, MeetingState, Registration, RegistrationId, RegistrationState
from intake.rules.meetings.roster import EDITABLE, Need, Roster, composition, promoted
from intake.rules.message import Button, Message, Param
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile import PlanProfile
from intake.rules.plan.profile_terms import Seat

REGISTRATION_STATES = frozenset({MeetingState.PLANNED, MeetingState.FIXED, MeetingState.OPEN})
"""A meeting takes registrations until it is over, the room included (R115)."""


async def plan_of(uow: UnitOfWork, meeting: Meeting) -> tuple[Plan, PlanProfile]:
    """The plan of a meeting and its profile."""
    plan = await uow.plans.get(meeting.plan_id)
    return plan, plan.decided.profile


async def takes_seats(uow: UnitOfWork, meeting: Meeting) -> bool:
    """Whether the meeting is for delegates by quota."""
    _, profile = await plan_of(uow, meeting)
    return by_quota(profile, meeting)


async def counts_together(uow: UnitOfWork, meeting: Meeting) -> bool:
    """Whether the meeting has so many places for everybody together (R216); quotas of units come before them."""
    return meeting.places is not None and not await takes_seats(uow, meeting)


async def numbers_of(uow: UnitOfWork, meeting: Meeting, unit_id: UnitId) -> dict[Seat, int]:
    """The quota of a unit, kind by kind; empty while nobody has set it."""
    return {quota.seat: quota.number for quota in await uow.rosters.quotas(meeting.id) if quota.unit_id == unit_id}


async def needs_of(uow: UnitOfWork, meeting: Meeting, unit_id: UnitId) -> tuple[Need, ...]:
    """How the list of a unit stands against its quota (R112)."""
    numbers = await numbers_of(uow, meeting, unit_id)
    listed = await uow.rosters.registrations(meeting.id, unit_id)
    return composition(numbers.items(), [one.seat for one in listed if one.state is RegistrationState.STANDING])


async def roster_of(uow: UnitOfWork, meeting: Meeting, unit_id: UnitId) -> Roster:
    """The list of a unit; one that nobody has touched is open."""
    return await uow.rosters.roster(meeting.id, unit_id) or Roster(meeting.id, unit_id)


async def waiting_number(uow: UnitOfWork, registration: Registration) -> int:
    """Which number on its waiting list a waiting registration has, from 1 on.

    The list is that of its unit, or of the whole meeting where its places are counted together (R216).
    """
    meeting = await uow.meetings.get(registration.meeting_id)
    if await counts_together(uow, meeting):
        waiting = await _waiting_together(uow, meeting)
    else:
        listed = await uow.rosters.waiting(registration.meeting_id, registration.unit_id)
        waiting = [one for one in listed if one.seat is registration.seat]
    return [one.id for one in waiting].index(registration.id) + 1


async def _waiting_together(uow: UnitOfWork, meeting: Meeting) -> list[Registration]:
    """Everybody who waits for a place at a meeting, whoever registered first first."""
    listed = await uow.meetings.registrations(meeting.id, waiting=True)
    return [one for one in listed if one.state is RegistrationState.WAITING]


async def fill_seats(
    uow: UnitOfWork, meeting: Meeting, unit_id: UnitId | None, *, quiet: Container[RegistrationId] = ()
) -> list[Registration]:
    """Give every free seat of a unit to whoever waits first, and tell them at once.

    `quiet` are registrations whose person learns of it in another way just now. A meeting that is over or cancelled
    gives no seats away; lowering a quota takes none.
    """
    if meeting.state not in REGISTRATION_STATES or meeting.is_past(uow.now):
        return []
    counted = await takes_seats(uow, meeting)
    if meeting.places is not None and not counted:
        return await _fill_places(uow, meeting, meeting.places, quiet)
    waiting = await uow.rosters.waiting(meeting.id, unit_id)
    if not waiting:
        return []
    seated = await uow.rosters.seated(meeting.id, unit_id)
    numbers: dict[Seat, int] | None = None
    if unit_id is not None and counted:
        numbers = await numbers_of(uow, meeting, unit_id)
    given: list[Registration] = []
    for seat in Seat:
        free = None if numbers is None else numbers.get(seat, 0)
        given += promoted(free, seated.get(seat, 0), [one for one in waiting if one.seat is seat])
    told = await _give(uow, meeting, given, quiet)
    if unit_id is not None:  # guests of no unit never wait
        await _tell_composers_of(uow, meeting, unit_id, told)
    return given


async def _fill_places(
    uow: UnitOfWork, meeting: Meeting, places: int, quiet: Container[RegistrationId]
) -> list[Registration]:
    """Give every free place of the room to whoever waits first, wherever they are from (R216)."""
    listed = await uow.meetings.registrations(meeting.id, waiting=True)
    waiting = await _waiting_together(uow, meeting)
    given = list(promoted(places, len(listed) - len(waiting), waiting))
    await _give(uow, meeting, given, quiet)
    return given


async def _give(
    uow: UnitOfWork, meeting: Meeting, given: Sequence[Registration], quiet: Container[RegistrationId]
) -> list[Registration]:
    """Who is told of it are those that do not learn of it anyway."""
    for registration in given:
        registration.state = RegistrationState.STANDING
    told = [one for one in given if one.id not in quiet]
    for registration in told:
        await uow.ledger.write(AuditEntry(uow.now, None, "promote", f"registration:{registration.id}"))
    own = ((Button(f"register.{meeting.id}", "seats.mine_button"),),)
    for registration in told:
        news: dict[str, Param] = {"title": meeting.title, "reference": registration.reference}
        await tell(uow, [registration.person_id], Message("seats.promoted", news, own))
    return told


async def _tell_composers_of(uow: UnitOfWork, meeting: Meeting, unit_id: UnitId, given: Sequence[Registration]) -> None:
    unit = await uow.places.unit(unit_id)
    persons = await uow.people.many([one.person_id for one in given])
    for registration in given:
        named: dict[str, Param] = {
            "name": persons[registration.person_id].name,
            "unit": unit.name,
            "title": meeting.title,
        }
        state = (await roster_of(uow, meeting, unit.id)).state
        readers = [one.id for one in await composers_of(uow, unit)]
        if state not in EDITABLE:
            readers += [one.id for one in await holders_of(uow, meeting.unit_id, Role.SECRETARY)]
        opens = ((Button(f"roster.{meeting.id}.{unit.id}", "roster.open_button"),),)
        await tell(uow, readers, Message("seats.promoted_head", named, opens), relay=False)


async def composers_of(uow: UnitOfWork, unit: Unit) -> list[Person]:
    """Who composes the list of a unit: its hamlet heads, or the secretaries whose own unit it is."""
    composers = list(await uow.people.holders(Role.HAMLET_HEAD, unit))
    for secretary in await uow.people.holders(Role.SECRETARY, unit):
        grants = await uow.people.grants_of(secretary.id)
        if any(grant.role is Role.SECRETARY and grant.unit_id == unit.id for grant in grants):
            composers.append(secretary)
    return composers


async def tell_composers(uow: UnitOfWork, unit: Unit, message: Message, *, but: PersonId | None = None) -> int:
    """Tell those who compose the list of a unit. Returns how many a chat reaches."""
    return await tell(uow, [one.id for one in await composers_of(uow, unit) if one.id != but], message, relay=False)
