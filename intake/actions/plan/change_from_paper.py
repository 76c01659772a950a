"""A paper that changes a meeting, put to the meetings it may be about, and applied to the one a person names (R215)."""

from intake.actions.meetings.cancel_meeting import cancel_meeting
from intake.actions.meetings.fix_meeting import STILL_OPEN, fix_meeting
from intake.actions.meetings.postpone_meeting import postpone_meeting
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.people.person import Person
from intake.rules.people.unit import UnitId
from intake.rules.plan.drafting.paper_change import ChangeTo, change_of, meant_by
from intake.rules.plan.reading.reading import PlanReading
from intake.rules.plan.window import Precision


async def meetings_meant(uow: UnitOfWork, *, reading: PlanReading, unit_id: UnitId) -> list[Meeting]:
    """The meetings of a unit that are to come and that the paper may be about, those whose day it names alone."""
    meetings = [
        meeting
        for plan in await uow.plans.of_units([unit_id])
        for meeting in await uow.meetings.of_plan(plan.id)
        if meeting.state in STILL_OPEN and not meeting.is_past(uow.now)
    ]
    change = change_of(reading)
    return meetings if change is None else meant_by(change, meetings)


async def apply_change(
    uow: UnitOfWork, *, by: Person, reading: PlanReading, unit_id: UnitId, meeting_id: MeetingId, reason: str
) -> int:
    """Do to a meeting what the paper says, with `reason` (how the paper is cited) for everybody who is told.

    Returns how many people a chat has told. Raises `NotFound` for a meeting the paper cannot be about, `RuleBroken`
    where its hour or place is known from nowhere, and what moving, putting off and calling off raise.
    """
    change = change_of(reading)
    meant = {one.id: one for one in await meetings_meant(uow, reading=reading, unit_id=unit_id)}
    if change is None or meeting_id not in meant:
        raise NotFound
    meeting = meant[meeting_id]
    if change.to is ChangeTo.CANCELLED:
        return await cancel_meeting(uow, by=by, meeting_id=meeting_id, reason=reason)
    if change.to is ChangeTo.POSTPONED:
        return await postpone_meeting(uow, by=by, meeting_id=meeting_id, reason=reason)
    if change.window.precision is not Precision.DAY:
        return await postpone_meeting(uow, by=by, meeting_id=meeting_id, reason=reason, window=change.window)
    starts_at, venue = change.moment(meeting), change.venue or meeting.venue
    if starts_at is None or not venue:
        raise RuleBroken("planpaper.change_incomplete")
    fixed = await fix_meeting(
        uow, by=by, meeting_id=meeting_id, starts_at=starts_at, venue=venue, reason=reason, beyond_plan=True
    )
    return fixed.told
