"""Say for what kinds of people a meeting is, and how many places it has (R216)."""

from collections.abc import Collection

from intake.actions.meetings.fix_meeting import STILL_OPEN
from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.meetings.seats import fill_seats
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.people.person import Person, Role
from intake.rules.plan.profile_terms import AudienceKind

MOST_PLACES = 9999


async def say_for_whom(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, audience: Collection[AudienceKind], places: int | None
) -> Meeting:
    """Keep both for a meeting that is not over; for its secretary or chair.

    No kinds: it is for everybody; no number of places: everybody who registers has one. More places go at once to
    those who wait, who are told; fewer take none away. Raises `RuleBroken` for a number no room has.
    """
    meeting = await office_meeting(uow, by, meeting_id, Role.SECRETARY, Role.CHAIR)
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    if places is not None and not 1 <= places <= MOST_PLACES:
        raise RuleBroken("refusal.places", {"most": MOST_PLACES})
    meeting.audience = tuple(kind for kind in AudienceKind if kind in audience)
    meeting.places = places
    detail = {"audience": [kind.value for kind in meeting.audience], "places": places}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "say_for_whom", f"meeting:{meeting.id}", detail))
    await fill_seats(uow, meeting, None)
    return meeting
