"""Register for a meeting, to attend or to speak, and withdraw again (R110–R117)."""

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meeting import (
    Meeting,
    MeetingId,
    MeetingState,
    Registration,
    RegistrationKind,
    RegistrationState,
)
from intake.rules.permissions import holds
from intake.rules.person import Person, Role
from intake.rules.reference import registration_reference
from intake.rules.unit import Unit

LONGEST_CONTENT = 2000
REGISTRATION_STATES = frozenset({MeetingState.PLANNED, MeetingState.FIXED, MeetingState.OPEN})
"""A meeting takes registrations until it is over, the room included (R115)."""


def clean_content(typed: str) -> str:
    """What somebody wants to speak about, as it is kept; empty is allowed. Raises `RuleBroken` when it is too long."""
    content = typed.strip()
    if len(content) > LONGEST_CONTENT:
        raise RuleBroken("refusal.content_long", {"most": LONGEST_CONTENT})
    return content


async def register(
    uow: UnitOfWork,
    *,
    meeting_id: MeetingId,
    person: Person,
    kind: RegistrationKind,
    content: str,
    entered_by: Person | None = None,
) -> Registration:
    """Register a person for a meeting that covers the person's hamlet.

    `entered_by` is who typed it for a neighbour: a hamlet head of that hamlet or a secretary of the unit (R111).
    Whoever is registered already keeps number and place in the order; kind and content become the new ones (R113).
    """
    if person.hamlet_id is None:
        raise RuleBroken("refusal.no_hamlet")
    hamlet = await uow.places.unit(person.hamlet_id)
    # locked, so that two who register the same neighbour at once do so one after the other
    meeting = await uow.meetings.get(meeting_id, lock=True)
    if meeting.id not in {one.id for one in await uow.meetings.for_hamlet(hamlet)}:
        raise RuleBroken("refusal.meeting_not_yours")
    unit = await uow.places.unit(meeting.unit_id)
    if entered_by is not None:
        await _require_helper(uow, entered_by, hamlet, unit)
    content = clean_content(content) if kind is RegistrationKind.SPEAK else ""
    standing = await uow.meetings.registration(meeting.id, person.id)
    if standing is None:
        number = await uow.ledger.next_number("registration", unit.id, uow.today.year)
        standing = await uow.meetings.add_registration(
            Registration(
                reference=registration_reference(unit.code, uow.today.year, number),
                meeting_id=meeting.id,
                person_id=person.id,
                kind=kind,
                content=content,
                registered_at=uow.now,
                entered_by=None if entered_by is None else entered_by.id,
            )
        )
    standing.kind, standing.content = kind, content
    actor = entered_by or person
    await uow.ledger.write(
        AuditEntry(uow.now, actor.id, "register", f"registration:{standing.id}", {"kind": kind.value})
    )
    return standing


async def withdraw(uow: UnitOfWork, *, meeting_id: MeetingId, person: Person, by: Person) -> Registration:
    """Take a standing registration back while the meeting is not over.

    `by` is the person, or a hamlet head of the person's hamlet or a secretary of the unit.
    """
    meeting: Meeting = await uow.meetings.get(meeting_id, lock=True)
    if by.id != person.id:
        hamlet = None if person.hamlet_id is None else await uow.places.unit(person.hamlet_id)
        await _require_helper(uow, by, hamlet, await uow.places.unit(meeting.unit_id))
    standing = await uow.meetings.registration(meeting.id, person.id)
    if standing is None:
        raise NotFound
    if meeting.state not in REGISTRATION_STATES:
        raise RuleBroken("refusal.meeting_not_yours")
    standing.state = RegistrationState.WITHDRAWN
    await uow.ledger.write(AuditEntry(uow.now, by.id, "withdraw", f"registration:{standing.id}"))
    return standing


async def _require_helper(uow: UnitOfWork, helper: Person, hamlet: Unit | None, unit: Unit) -> None:
    grants = await uow.people.grants_of(helper.id)
    heads = hamlet is not None and holds(grants, Role.HAMLET_HEAD, hamlet)
    if not heads and not holds(grants, Role.SECRETARY, unit):
        raise NotFound
