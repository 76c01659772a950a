"""Put something about a meeting before a second person: a day too close for the notice, a notice to many people."""

from collections.abc import Sequence
from datetime import UTC, datetime

from intake.actions.meetings.fix_meeting import (
    STILL_OPEN,
    check_day,
    check_moment,
    clean_reason,
    clean_venue,
    withdraw_requests,
)
from intake.actions.meetings.meeting_people import secretary_meeting
from intake.actions.meetings.release_notice import check_notice, second_person_for
from intake.actions.outbox.tell import tell
from intake.actions.people.office import holders_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.meetings.meeting_request import MeetingRequest, RequestKind
from intake.rules.message import Button, Message, Param
from intake.rules.people.person import Person, PersonId, Role

DECIDES = {RequestKind.SHORT_NOTICE: (Role.CHAIR,), RequestKind.NOTICE: (Role.SECRETARY, Role.CHAIR)}
"""Who may decide on each kind; never the person who asked."""


async def ask_for_day(
    uow: UnitOfWork,
    *,
    by: Person,
    meeting_id: MeetingId,
    starts_at: datetime,
    venue: str,
    reason: str,
    beyond_plan: bool = False,
    paper: dict[str, str] | None = None,
) -> MeetingRequest:
    """Ask the chair for a day that is too close for the public notice (R090); nothing of the meeting changes yet.

    `paper`: the one that moves the meeting, where one does; it is kept in the history once the chair has approved.

    Raises `RuleBroken` for a moment or reason that fixing would refuse, and where the unit has no chair to ask.
    """
    meeting = await secretary_meeting(uow, by, meeting_id)
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    starts_at = starts_at.astimezone(UTC)
    check = await check_day(uow, meeting, starts_at.astimezone(LOCAL).date())
    check_moment(uow, meeting, check, starts_at=starts_at, beyond_plan=beyond_plan)
    request = MeetingRequest(
        meeting.id,
        RequestKind.SHORT_NOTICE,
        starts_at,
        clean_venue(venue),
        clean_reason(reason),
        asked_by=by.id,
        asked_at=uow.now,
        beyond_plan=beyond_plan,
        paper=paper,
    )
    return await _ask(uow, by, meeting, request, nobody="refusal.no_chair")


async def ask_for_release(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, text: str) -> MeetingRequest:
    """Ask another secretary or the chair to release a notice to many; it is checked as at its release.

    Raises `RuleBroken` for a text that would be refused, and where the unit has no second person.
    """
    meeting = await secretary_meeting(uow, by, meeting_id)
    text = await check_notice(uow, meeting, text)
    request = MeetingRequest(
        meeting.id,
        RequestKind.NOTICE,
        meeting.starts_at or uow.now,
        meeting.venue,
        text,
        asked_by=by.id,
        asked_at=uow.now,
        recipients=await second_person_for(uow, meeting) or 0,
    )
    return await _ask(uow, by, meeting, request, nobody="refusal.no_second_person")


async def deciders(uow: UnitOfWork, meeting: Meeting, request: MeetingRequest) -> Sequence[PersonId]:
    """Whoever may decide on a request: its roles in the unit, without the person who asked."""
    holders = await holders_of(uow, meeting.unit_id, *DECIDES[request.kind])
    return [holder.id for holder in holders if holder.id != request.asked_by]


async def request_message(uow: UnitOfWork, meeting: Meeting, request: MeetingRequest) -> Message:
    """The whole request as whoever decides reads it, with the two buttons."""
    asker = (await uow.people.many([request.asked_by]))[request.asked_by]
    params: dict[str, Param] = {
        "title": meeting.title,
        "at": request.starts_at,
        "venue": request.venue,
        "text": request.text,
        "name": asker.name,
        "people": request.recipients,
    }
    decides = (
        Button(f"allow.{request.id}", "office.approve_button"),
        Button(f"redorequest.{request.id}", "office.redo_button"),
    )
    return Message(f"request.{request.kind.value}", params, (decides,))


async def _ask(
    uow: UnitOfWork, by: Person, meeting: Meeting, request: MeetingRequest, *, nobody: str
) -> MeetingRequest:
    asked = await deciders(uow, meeting, request)
    if not asked:
        raise RuleBroken(nobody, {"people": request.recipients})
    await withdraw_requests(uow, meeting, request.kind)
    await uow.requests.add(request)
    await tell(uow, asked, await request_message(uow, meeting, request))
    detail = {"request": request.id, "kind": request.kind.value}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "ask_second_person", f"meeting:{meeting.id}", detail))
    return request
