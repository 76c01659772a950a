"""Register for a meeting, to attend or to speak, and withdraw again (R110–R117)."""

from intake.actions.meetings.seats import REGISTRATION_STATES, fill_seats, plan_of
from intake.actions.meetings.speaking_order import leave_order
from intake.actions.outbox.tell import tell_spoken_for
from intake.actions.people.consent_taken import require_consent
from intake.actions.sealed.speech_hint import hint_at_accusation
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.admission import host_hamlet_only
from intake.rules.meetings.meeting import Meeting, MeetingId, Registration, RegistrationKind, RegistrationState
from intake.rules.meetings.roster import delegation_of
from intake.rules.message import Message, Param
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.profile_terms import Seat
from intake.rules.questions.reference import registration_reference
from intake.rules.text import fitting

LONGEST_CONTENT = 2000


def clean_content(typed: str) -> str:
    """What somebody wants to speak about, as it is kept; empty is allowed. Raises `RuleBroken` when it is too long."""
    return fitting(typed.strip(), LONGEST_CONTENT)


async def register(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    person: Person,
    kind: RegistrationKind,
    content: str,
    entered_by: Person | None = None,
    seat: Seat = Seat.RESIDENT,
) -> Registration:
    """Register a person for a meeting that covers the person's hamlet.

    `entered_by` is who typed it for a neighbour: a hamlet head of that hamlet, a secretary of a unit it lies in
    (R111), or whoever's phone the person shares. Where the unit has a quota and it is full, or nobody has set it yet,
    the registration waits (R116).
    Whoever is registered already keeps number and place in the order; kind and content become the new ones (R113).
    Whoever has moved to another unit since gives the seat there back and stands last in the new one.
    """
    if person.hamlet_id is None:
        raise RuleBroken("refusal.no_hamlet")
    hamlet = await uow.places.unit(person.hamlet_id)
    # locked, so that two who register the same neighbour at once do so one after the other
    meeting = await uow.meetings.get(meeting_id, lock=True)
    if meeting.id not in {one.id for one in await uow.meetings.for_hamlet(hamlet)}:
        raise RuleBroken("refusal.meeting_not_yours")
    await _admit(uow, meeting, hamlet)
    unit = await uow.places.unit(meeting.unit_id)
    if entered_by is not None:
        await _require_helper(uow, entered_by, person, hamlet, unit)
    require_consent(person)
    content = clean_content(content) if kind is RegistrationKind.SPEAK else ""
    unit_id = delegation_of(hamlet.path, meeting.unit_id)
    standing = await uow.meetings.registration(meeting.id, person.id)
    if standing is None:
        standing = await new_registration(
            uow, meeting, person, kind=kind, content=content, unit_id=unit_id, seat=seat, entered_by=entered_by
        )
        await fill_seats(uow, meeting, unit_id, quiet={standing.id})
        if entered_by is not None:
            told: dict[str, Param] = {"by": entered_by.name, "title": meeting.title, "reference": standing.reference}
            await tell_spoken_for(uow, person, entered_by, Message("register.for_you", told))
    elif standing.unit_id != unit_id:
        await _change_unit(uow, meeting, standing, unit_id)
    if kind is RegistrationKind.ATTEND:
        await leave_order(uow, meeting, standing)
        standing.topic_id = None
    if content != standing.content:
        standing.unmarked = False
    standing.kind, standing.content = kind, content
    if content:
        await hint_at_accusation(uow, standing, meeting, person)
    actor = entered_by or person
    await uow.ledger.write(
        AuditEntry(uow.now, actor.id, "register", f"registration:{standing.id}", {"kind": kind.value})
    )
    return standing


async def new_registration(
    uow: UnitOfWork,
    meeting: Meeting,
    person: Person,
    *,
    kind: RegistrationKind,
    content: str,
    unit_id: UnitId | None,
    seat: Seat = Seat.RESIDENT,
    entered_by: Person | None = None,
    walk_in: bool = False,
) -> Registration:
    """The registration with the next number of the series, last on the list of its unit, without a seat yet."""
    unit = await uow.places.unit(meeting.unit_id)
    number = await uow.ledger.next_number("registration", unit.id, uow.today.year)
    return await uow.meetings.add_registration(
        Registration(
            reference=registration_reference(unit.code, uow.today.year, number),
            meeting_id=meeting.id,
            person_id=person.id,
            kind=kind,
            content=content,
            registered_at=uow.now,
            entered_by=None if entered_by is None else entered_by.id,
            state=RegistrationState.WAITING,
            unit_id=unit_id,
            seat=seat,
            rank=await uow.rosters.last_rank(meeting.id, unit_id) + 1,
            walk_in=walk_in,
        )
    )


async def withdraw(uow: UnitOfWork, *, meeting_id: MeetingId, person: Person, by: Person) -> Registration:
    """Take a registration back while the meeting is not over; the seat goes to whoever waits first, told at once.

    `by` is the person, whoever's phone they share, a hamlet head of the person's hamlet or a secretary of the unit.
    """
    meeting: Meeting = await uow.meetings.get(meeting_id, lock=True)
    if by.id != person.id:
        hamlet = None if person.hamlet_id is None else await uow.places.unit(person.hamlet_id)
        await _require_helper(uow, by, person, hamlet, await uow.places.unit(meeting.unit_id))
    standing = await uow.meetings.registration(meeting.id, person.id)
    if standing is None:
        raise NotFound
    if meeting.state not in REGISTRATION_STATES:
        raise RuleBroken("refusal.meeting_not_yours")
    await leave_order(uow, meeting, standing)
    standing.state = RegistrationState.WITHDRAWN
    await uow.ledger.write(AuditEntry(uow.now, by.id, "withdraw", f"registration:{standing.id}"))
    await fill_seats(uow, meeting, standing.unit_id)
    return standing


async def _admit(uow: UnitOfWork, meeting: Meeting, hamlet: Unit) -> None:
    plan, profile = await plan_of(uow, meeting)
    elsewhere = meeting.hosting_hamlet_id not in (None, hamlet.id)
    if elsewhere and host_hamlet_only(profile, plan.decided.answers):
        raise RuleBroken("refusal.host_hamlet_only")


async def _change_unit(uow: UnitOfWork, meeting: Meeting, registration: Registration, unit_id: UnitId | None) -> None:
    await leave_order(uow, meeting, registration)
    left = registration.unit_id
    rank = await uow.rosters.last_rank(meeting.id, unit_id) + 1
    registration.unit_id, registration.rank = unit_id, rank
    registration.seat, registration.state = Seat.RESIDENT, RegistrationState.WAITING
    await fill_seats(uow, meeting, left)
    await fill_seats(uow, meeting, unit_id, quiet={registration.id})


async def _require_helper(uow: UnitOfWork, helper: Person, person: Person, hamlet: Unit | None, unit: Unit) -> None:
    if person.shares_phone and person.entered_by == helper.id:
        return
    grants = await uow.people.grants_of(helper.id)
    heads = hamlet is not None and holds(grants, Role.HAMLET_HEAD, hamlet)
    if not heads and not holds(grants, Role.SECRETARY, hamlet or unit):
        raise NotFound
