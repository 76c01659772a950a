"""Who may come and how many seats are left: what somebody should know before registering (R046–R049, R116)."""

from intake.actions.meetings.seats import counts_together, numbers_of, plan_of, roster_of, waiting_number
from intake.ports import UnitOfWork
from intake.rules.meetings.admission import Admission, admission_of, by_quota
from intake.rules.meetings.meeting import Meeting, Registration, RegistrationState
from intake.rules.meetings.roster import delegation_of
from intake.rules.message import Param, Term
from intake.rules.people.unit import Unit
from intake.rules.plan.profile_terms import Seat


async def admission_words(uow: UnitOfWork, meeting: Meeting) -> Param:
    """Who may come to a meeting."""
    _, profile = await plan_of(uow, meeting)
    admission = admission_of(profile, demanded=meeting.is_demanded)
    covered = await uow.meetings.hamlets(meeting.id)
    if admission in (Admission.OPEN, Admission.HAMLETS) and covered:
        names = ", ".join(hamlet.name for hamlet in covered)
        return Term(f"admission.{admission.value}", {"place": names})
    place = (await uow.places.unit(meeting.unit_id)).name
    return Term(f"admission.{admission.value}", {"place": place})


async def seat_words(uow: UnitOfWork, meeting: Meeting, hamlet: Unit, standing: Registration | None) -> Param:
    """How many seats the unit of a hamlet has and how many are free; for somebody registered, where they stand.

    Nothing for whoever belongs to no unit below the meeting's own: they count for no quota and never wait.
    """
    _, profile = await plan_of(uow, meeting)
    if not by_quota(profile, meeting):
        return ""
    if standing is not None:
        return await standing_words(uow, meeting, standing)
    unit_id = delegation_of(hamlet.path, meeting.unit_id)
    if unit_id is None:
        return ""
    unit = await uow.places.unit(unit_id)
    number = (await numbers_of(uow, meeting, unit_id)).get(Seat.RESIDENT)
    if number is None:
        return Term("seats.not_set", {"unit": unit.name})
    waiting = sum(one.seat is Seat.RESIDENT for one in await uow.rosters.waiting(meeting.id, unit_id))
    taken = (await uow.rosters.seated(meeting.id, unit_id)).get(Seat.RESIDENT, 0)
    if taken < number:
        return Term("seats.free", {"unit": unit.name, "number": number, "free": number - taken})
    return Term("seats.full", {"unit": unit.name, "number": number, "next": waiting + 1})


async def standing_words(uow: UnitOfWork, meeting: Meeting, standing: Registration, *, of: str = "you") -> Param:
    """Where somebody registered stands on the list of the unit; nothing for whoever counts for none.

    Said to the person, or `of` a neighbour to whoever registered them.
    """
    if standing.state is RegistrationState.WAITING and await counts_together(uow, meeting):
        return Term(f"seats.{of}_wait_place", {"number": await waiting_number(uow, standing)})
    if standing.unit_id is None:
        return ""
    unit = await uow.places.unit(standing.unit_id)
    if standing.state is RegistrationState.WAITING:
        number = await waiting_number(uow, standing)
        if not await numbers_of(uow, meeting, unit.id):
            return Term(f"seats.{of}_wait_unset", {"unit": unit.name, "number": number})
        return Term(f"seats.{of}_wait", {"unit": unit.name, "number": number})
    state = (await roster_of(uow, meeting, unit.id)).state
    return Term(f"seats.yours_{state.value}", {"unit": unit.name})


async def leaving_words(uow: UnitOfWork, meeting: Meeting, standing: Registration) -> Param:
    """That a seat goes to whoever waits as soon as it is given up, and is not got back; nothing where nobody waits."""
    if standing.state is not RegistrationState.STANDING:
        return ""
    if await counts_together(uow, meeting):
        listed = await uow.meetings.registrations(meeting.id, waiting=True)
        waits = any(one.state is RegistrationState.WAITING for one in listed)
    else:
        listed = () if standing.unit_id is None else await uow.rosters.waiting(meeting.id, standing.unit_id)
        waits = any(one.seat is standing.seat for one in listed)
    return Term("seats.goes_on") if waits else ""
