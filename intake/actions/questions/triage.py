"""Triage: the secretary gives a question to a desk, keeps it for the meeting, or says why it is out of scope."""

from intake.actions.deadlines.clocks import plan_for, settings_of, start_reply, stop_clocks
from intake.actions.outbox.tell import tell_asker
from intake.actions.people.office import (
    meeting_to_come,
    note,
    owed_clock,
    question_in_unit,
    tell_desk,
    tell_old_desk,
    wake_clocks,
    withdraw_proposals,
)
from intake.actions.questions.history import may_appeal
from intake.actions.sealed.access import require_assignable
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Button, Message, Param
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Desk, DeskId
from intake.rules.questions.promise import required
from intake.rules.questions.question import DESK_STATES, Act, Question, QuestionId, QuestionState, after

_WITHOUT_DESK = (QuestionState.WAITING_FOR_MEETING, QuestionState.TAKEN_ON)
"""In these states a question may have stayed without a desk; giving it one changes nothing else."""


async def state_on_desk(uow: UnitOfWork, question: Question) -> QuestionState:
    """The state of a question once it is given to a desk; raises `RuleBroken` where it can be given to none."""
    if question.desk_id is None and question.state in _WITHOUT_DESK:
        return question.state
    meeting = await meeting_to_come(uow, question)
    return after(question.state, Act.TAKE_ON if meeting is None else Act.SCHEDULE)


def check_movable(question: Question) -> None:
    """Raise `RuleBroken` when the question lies on no desk any more that it could go from."""
    if question.state not in DESK_STATES:
        raise RuleBroken("refusal.not_in_this_state")


async def assign(uow: UnitOfWork, *, by: Person, question_id: QuestionId, desk_id: DeskId) -> Question:
    """Give a question to a desk of its unit; the asker learns which, the officials there have it in their queue.

    Before the meeting it was sent for, the desk may draft beforehand. Otherwise it is taken on, and the ten working
    days to acknowledge it are met (LAW C1). The chair may so take on what was out of scope (R122).
    """
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, Role.CHAIR, lock=True)
    desk = await uow.places.desk(desk_id)
    if desk.unit_id != question.unit_id:
        raise NotFound
    await require_assignable(uow, question, desk)
    meeting = await meeting_to_come(uow, question)
    question.state = await state_on_desk(uow, question)
    before, question.desk_id, question.reason, question.given_back = question.desk_id, desk.id, "", ""
    if before is not None and before != desk.id:  # it lay there until its asker was asked back
        await withdraw_proposals(uow, question)
        await tell_old_desk(uow, question, before, desk.name)
    await note(uow, by, "assign", question, desk=desk.id)
    await stop_clocks(uow, question, ClockKind.ACKNOWLEDGE)
    if meeting is not None:
        await _told_of_preparation(uow, question, desk, meeting)
    else:
        await _told_of_due_date(uow, question, desk)
    await wake_clocks(uow, question)
    return question


async def reassign(
    uow: UnitOfWork, *, by: Person, question_id: QuestionId, from_desk_id: DeskId, desk_id: DeskId
) -> Question:
    """Move an open question from one desk to another; its state and its clocks stay as they are.

    The new desk hears at once, with the due date; the old one hears that it is no longer theirs, and what it had put
    before the chair is withdrawn; the asker hears the new name. Raises `ChangedMeanwhile` when the question lies on
    `from_desk_id` no more, `RuleBroken` for the same desk again.
    """
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, Role.CHAIR, lock=True)
    desk = await uow.places.desk(desk_id)
    if desk.unit_id != question.unit_id:
        raise NotFound
    if question.desk_id != from_desk_id:
        raise ChangedMeanwhile
    check_movable(question)
    if desk.id == from_desk_id:
        raise RuleBroken("refusal.same_desk", {"desk": desk.name})
    await require_assignable(uow, question, desk)
    question.desk_id = desk.id
    await withdraw_proposals(uow, question)
    await note(uow, by, "reassign", question, desk=desk.id, before=from_desk_id)
    await wake_clocks(uow, question)
    await tell_old_desk(uow, question, from_desk_id, desk.name)
    clock = await owed_clock(uow, question)
    named: dict[str, Param] = {"reference": question.reference, "desk": desk.name}
    await tell_asker(uow, question, Message("office.reassigned", named))
    if clock is None:
        await tell_desk(uow, question, "office.queue_moved", new=True)
    else:
        await tell_desk(uow, question, "office.queue_new", {"due": due_words(unpack_due(clock.due))}, new=True)
    return question


async def _told_of_preparation(uow: UnitOfWork, question: Question, desk: Desk, meeting: Meeting) -> None:
    named = {"reference": question.reference, "desk": desk.name, "title": meeting.title}
    await tell_asker(uow, question, Message("office.assigned_for_meeting", named))
    await tell_desk(uow, question, "office.queue_for_meeting", {"title": meeting.title}, new=True)


async def _told_of_due_date(uow: UnitOfWork, question: Question, desk: Desk) -> None:
    clock = await owed_clock(uow, question)
    if clock is None:  # it waited for a meeting that was cancelled, or was out of scope until now
        settings = settings_of(await plan_for(uow, question))
        clock = await start_reply(uow, ClockKind.REPLY_OUTSIDE, uow.today, settings=settings, question=question)
    due = due_words(unpack_due(clock.due))
    named: dict[str, Param] = {"reference": question.reference, "desk": desk.name, "due": due}
    await tell_asker(uow, question, Message("office.assigned", named))
    await tell_desk(uow, question, "office.queue_new", {"due": due}, new=True)


async def keep_for_meeting(uow: UnitOfWork, *, by: Person, question_id: QuestionId) -> Question:
    """Keep a question for the meeting it was sent for, without a desk; the asker is told."""
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, lock=True)
    meeting = await meeting_to_come(uow, question)
    if meeting is None or meeting.is_past(uow.now):
        raise RuleBroken("refusal.no_meeting_ahead")
    question.state, question.reason, question.given_back = after(question.state, Act.SCHEDULE), "", ""
    await note(uow, by, "keep_for_meeting", question, meeting=meeting.id)
    named = {"reference": question.reference, "title": meeting.title}
    await tell_asker(uow, question, Message("office.kept_for_meeting", named))
    return question


async def decline(uow: UnitOfWork, *, by: Person, question_id: QuestionId, reason: str, instead: str) -> Question:
    """Say that a question is out of scope (R122): impossible without a reason and where to go instead.

    The clocks end, and the same act tells the asker both.
    """
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, lock=True)
    reason = required(reason, "refusal.reason_missing")
    instead = required(" ".join(instead.split()), "refusal.instead_missing")
    question.state = after(question.state, Act.DECLINE)
    question.reason, question.desk_id, question.given_back = f"{reason}\n{instead}", None, ""
    await withdraw_proposals(uow, question)
    await uow.drafts.drop(question.id)
    await stop_clocks(uow, question, state=ClockState.ENDED)
    await note(uow, by, "decline", question)
    told = {"reference": question.reference, "reason": reason, "instead": instead}
    looks = await may_appeal(uow, question)
    rows = ((Button(f"appeal.{question.id}", "appeal.button"),),) if looks else ()
    await tell_asker(uow, question, Message("office.declined", told, rows))
    return question
