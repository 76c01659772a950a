"""A second person decides on what waits about a meeting: it is carried out by this very act, or goes back."""

from intake.actions.meetings.ask_second_person import DECIDES
from intake.actions.meetings.fix_meeting import Fixed, fix_meeting
from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.meetings.release_notice import Release, release_notice
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting
from intake.rules.meetings.meeting_request import MeetingRequest, RequestId, RequestKind
from intake.rules.message import Button, Message, Param
from intake.rules.people.person import Person
from intake.rules.questions.promise import required
from intake.rules.questions.question import ProposalState


async def request_for(
    uow: UnitOfWork, by: Person, request_id: RequestId, *, lock: bool = False
) -> tuple[MeetingRequest, Meeting]:
    """A request and its meeting, for whoever may decide on it; `NotFound` for all others, who asked included.

    Raises `ChangedMeanwhile` when it does not wait any more. Locked, the meeting comes first, as everywhere.
    """
    request = await uow.requests.get(request_id)
    meeting = await office_meeting(uow, by, request.meeting_id, *DECIDES[request.kind], lock=lock)
    if request.asked_by == by.id:
        raise NotFound
    if lock:
        request = await uow.requests.get(request_id, lock=True)
    if request.state is ProposalState.APPROVED and request.decided_by == by.id:
        raise RuleBroken("refusal.approved_already", {"reference": meeting.title})
    if request.state is not ProposalState.PROPOSED:
        raise ChangedMeanwhile
    return request, meeting


async def approve_request(uow: UnitOfWork, *, by: Person, request_id: RequestId) -> Fixed | Release:
    """Approve: the day is fixed and told, or the notice released, by this act; whoever asked hears of it.

    What had to hold when it was asked for has to hold still: the moment lies ahead, the notice says what it must.
    """
    request, meeting = await request_for(uow, by, request_id, lock=True)
    done: Fixed | Release
    if request.kind is RequestKind.SHORT_NOTICE:
        done = await fix_meeting(
            uow,
            by=by,
            meeting_id=meeting.id,
            starts_at=request.starts_at,
            venue=request.venue,
            reason=request.text,
            beyond_plan=request.beyond_plan,
            request=request,
        )
    else:
        done = await release_notice(uow, by=by, meeting_id=meeting.id, text=request.text, request=request)
    request.state, request.decided_by, request.decided_at = ProposalState.APPROVED, by.id, uow.now
    await _tell_asker(uow, request, meeting, f"request.approved_{request.kind.value}")
    await _note(uow, by, "approve_request", request)
    return done


async def return_request(uow: UnitOfWork, *, by: Person, request_id: RequestId, remark: str) -> MeetingRequest:
    """Send a request back, with what has to be changed."""
    request, meeting = await request_for(uow, by, request_id, lock=True)
    remark = required(remark, "refusal.text_missing")
    request.state, request.decided_by, request.decided_at = ProposalState.RETURNED, by.id, uow.now
    request.note = remark
    await _tell_asker(uow, request, meeting, f"request.returned_{request.kind.value}", note=remark)
    await _note(uow, by, "return_request", request)
    return request


async def _tell_asker(uow: UnitOfWork, request: MeetingRequest, meeting: Meeting, key: str, **more: Param) -> None:
    params: dict[str, Param] = {"title": meeting.title, "at": request.starts_at, **more}
    opens = ((Button(f"meetingcard.{meeting.id}", "button.open"),),)
    await tell(uow, [request.asked_by], Message(key, params, opens))


async def _note(uow: UnitOfWork, by: Person, act: str, request: MeetingRequest) -> None:
    detail = {"request": request.id, "kind": request.kind.value}
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"meeting:{request.meeting_id}", detail))
