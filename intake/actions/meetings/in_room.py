"""What happens to a question while the meeting is in session (R144–R147), typed by the secretary or the chair."""

from datetime import date

from intake.actions.outbox.tell import tell_asker
from intake.actions.people.office import note, question_in_unit, tell_old_desk, withdraw_proposals
from intake.actions.people.restricted import require_free
from intake.actions.questions.answer_classes import classed
from intake.actions.questions.answer_group import share_answer, share_promise
from intake.actions.questions.carry_out import give_answer, give_promise
from intake.actions.sealed.access import readable, require_assignable
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Message
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.promise import agency_named, promised_day, required
from intake.rules.questions.question import (
    Act,
    AnswerClass,
    Proposal,
    ProposalKind,
    ProposalState,
    Question,
    QuestionId,
    QuestionState,
    RoomOutcome,
    after,
)

UNHEARD = (QuestionState.RECEIVED, QuestionState.WAITING_FOR_MEETING)
"""The states in which a question of the meeting has not been dealt with in the room."""
_IN_ROOM = AnswerClass.SETTLED
"""An answer of the room that names no day: what was only explained there is noted as made clear instead."""


async def answer_in_room(
    uow: UnitOfWork, *, by: Person, question_id: QuestionId, text: str, clarified: bool = False, held: bool = False
) -> Question:
    """Write down the answer given in the room, or what was made clear there (`clarified`, R146).

    The asker gets it at once and may rate it; `held`, it goes out when the meeting ends, and until then it may be
    written anew.
    """
    question, meeting = await question_in_session(uow, by, question_id, or_held=True, lock=True)
    text = required(text, "refusal.text_missing")
    if question.state is QuestionState.RAISED:
        await _take_back_held(uow, question)
    else:
        question.state = after(question.state, Act.RAISE)
    question.room_outcome = RoomOutcome.CLARIFIED if clarified else RoomOutcome.ANSWERED
    made = Proposal(question.id, ProposalKind.ANSWER, text, by.id, uow.now)
    said = await classed(uow, question, made, AnswerClass.EXPLANATION if clarified else None, otherwise=_IN_ROOM)
    if held:
        said.state = ProposalState.HELD
        await uow.questions.propose(said)
    else:
        await give_answer(uow, question, text, where=meeting.title, said=said.answer_class)
        await _keep(uow, by, said)
        await _share(uow, by, meeting, question, said)
    await note(uow, by, "answer_in_room", question)
    return question


async def send_held(uow: UnitOfWork, by: Person, meeting: Meeting, question: Question) -> bool:
    """Send the answer that was held until the end of the meeting. Returns False when there is none."""
    for said in await uow.questions.proposals(question.id):
        if said.state is ProposalState.HELD:
            await give_answer(uow, question, said.text, where=meeting.title, said=said.answer_class)
            said.state, said.decided_by, said.decided_at = ProposalState.APPROVED, by.id, uow.now
            await _share(uow, by, meeting, question, said)
            return True
    return False


async def direct_in_room(uow: UnitOfWork, *, by: Person, question_id: QuestionId, text: str) -> Question:
    """Write down the direction given in the room (định hướng, R147): no answer yet, and the asker is told so."""
    question, meeting = await question_in_session(uow, by, question_id, lock=True)
    text = required(text, "refusal.text_missing")
    question.state = after(after(question.state, Act.RAISE), Act.DIRECT)
    question.reason = text
    question.room_outcome = RoomOutcome.DIRECTED
    await note(uow, by, "direct_in_room", question)
    told = {"reference": question.reference, "title": meeting.title, "text": text}
    await tell_asker(uow, question, Message("room.directed", told))
    return question


async def take_up(uow: UnitOfWork, *, by: Person, question_id: QuestionId, desk_id: DeskId | None) -> Question:
    """Note that the question was heard and will be worked on by a desk (or by the one it has, or one named later).

    The asker is told when the meeting ends, with the due date that follows from it.
    """
    question, _ = await question_in_session(uow, by, question_id, lock=True)
    if desk_id is not None:
        desk = await uow.places.desk(desk_id)
        if desk.unit_id != question.unit_id:
            raise NotFound
        await require_assignable(uow, question, desk)
        if question.desk_id is not None and question.desk_id != desk.id:
            await withdraw_proposals(uow, question)
            await tell_old_desk(uow, question, question.desk_id, desk.name)
        question.desk_id = desk.id
    question.state = after(question.state, Act.RAISE)
    question.room_outcome = RoomOutcome.TAKEN_ON
    await note(uow, by, "take_up", question, desk=question.desk_id)
    return question


async def refer_in_room(
    uow: UnitOfWork, *, by: Person, question_id: QuestionId, agency: str, promised_on: date, reason: str
) -> Question:
    """Refer to the agency in charge, said in the room: impossible without agency, date and reason (R161)."""
    question, _ = await question_in_session(uow, by, question_id, lock=True)
    referral = Proposal(
        question_id=question.id,
        kind=ProposalKind.REFERRAL,
        text=required(reason, "refusal.reason_missing"),
        proposed_by=by.id,
        proposed_at=uow.now,
        agency=agency_named(agency),
        promised_on=promised_day(promised_on, uow.today),
    )
    question.state = after(question.state, Act.RAISE)
    await give_promise(uow, question, Act.REFER, agency=referral.agency, promised_on=promised_on, reason=referral.text)
    await _keep(uow, by, referral)
    question.room_outcome = RoomOutcome.REFERRED
    for one in await share_promise(uow, by, question, Act.REFER, referral):
        one.room_outcome = RoomOutcome.REFERRED
    await note(uow, by, "refer_in_room", question)
    return question


async def leave_out(uow: UnitOfWork, *, by: Person, question_id: QuestionId, reason: str) -> Question:
    """Note that the question is not put in the room; the asker is told why and is still owed a written reply."""
    question, meeting = await question_in_session(uow, by, question_id, lock=True)
    reason = required(reason, "refusal.reason_missing")
    question.state = after(question.state, Act.TAKE_ON)
    question.room_outcome, question.room_reason = RoomOutcome.NOT_PUT, reason
    await note(uow, by, "leave_out", question)
    told = {"reference": question.reference, "title": meeting.title, "reason": reason}
    await tell_asker(uow, question, Message("room.left_out", told))
    return question


async def give_reason(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, reason: str, question_id: QuestionId | None = None
) -> int:
    """Say after a meeting why questions were not put: one of them, or all that have no reason yet (R027, R149).

    Nothing is filled in by itself: only who was there knows. Returns how many it was said of.
    """
    meeting = await uow.meetings.get(meeting_id)
    require(await uow.people.grants_of(by.id), (Role.SECRETARY, Role.CHAIR), await uow.places.unit(meeting.unit_id))
    reason = required(reason, "refusal.reason_missing")
    said = 0
    for unlocked in await readable(uow, by, await uow.questions.of_meeting(meeting.id)):
        wanted = unlocked.id == question_id if question_id is not None else not unlocked.room_reason
        if unlocked.room_outcome is not RoomOutcome.NOT_PUT or not wanted:
            continue
        question = await uow.questions.get(unlocked.id, lock=True)
        question.room_reason = reason
        await note(uow, by, "give_reason_not_put", question)
        said += 1
    return said


async def question_in_session(
    uow: UnitOfWork, by: Person, question_id: QuestionId, *, or_held: bool = False, lock: bool = False
) -> tuple[Question, Meeting]:
    """The question and its meeting; `or_held`: its answer may wait. Locked, the meeting comes first, as at its end.

    Raises `RuleBroken` for a meeting that is not in session, a question that was dealt with or may not be touched,
    `NotFound` for one of no meeting or of another unit.
    """
    unlocked = require_free(await question_in_unit(uow, by, question_id, Role.SECRETARY, Role.CHAIR))
    if unlocked.meeting_id is None:
        raise NotFound
    meeting = await uow.meetings.get(unlocked.meeting_id, lock=lock)
    if meeting.state is not MeetingState.OPEN:
        raise RuleBroken("refusal.meeting_not_open")
    question = await uow.questions.get(question_id, lock=True) if lock else unlocked
    if question.state not in UNHEARD and not (or_held and is_held(question)):
        raise RuleBroken("refusal.not_in_this_state")
    return question, meeting


async def _share(uow: UnitOfWork, by: Person, meeting: Meeting, question: Question, said: Proposal) -> None:
    """Answer what goes with the question too, and count it as it counts."""
    for one in await share_answer(uow, by, question, said, where=meeting.title):
        one.room_outcome = question.room_outcome


def is_held(question: Question) -> bool:
    """Whether the answer given in the room is written down and waits for the end of the meeting."""
    answered = question.room_outcome in (RoomOutcome.ANSWERED, RoomOutcome.CLARIFIED)
    return answered and question.state is QuestionState.RAISED


async def _take_back_held(uow: UnitOfWork, question: Question) -> None:
    for said in await uow.questions.proposals(question.id):
        if said.state is ProposalState.HELD:
            said.state, said.decided_at = ProposalState.RETURNED, uow.now


async def _keep(uow: UnitOfWork, by: Person, said: Proposal) -> None:
    """What the room decided stands beside what a desk proposes and the chair approves."""
    said.state, said.decided_by, said.decided_at = ProposalState.APPROVED, by.id, uow.now
    await uow.questions.propose(said)
