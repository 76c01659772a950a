"""Replies that are owed although nobody has said that the meeting took place (R220).

A fixed day passes, and nobody opens or ends the meeting: its askers must not wait for ever for a tap that never comes.
From the second working day on their clocks run from the planned end, marked provisional. The real end, once it is
given, computes them anew; a meeting that is moved or cancelled ends them.
"""

from datetime import date, datetime, time

from intake.actions.deadlines.clocks import settings_of, start_reply
from intake.actions.outbox.tell import tell_asker
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import OWED, ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Button, Message
from intake.rules.questions.question import OPEN_STATES, Question, known_again


async def start_provisional_replies(uow: UnitOfWork, on: date) -> int:
    """Start the reply clocks of every meeting whose first working day after its fixed day is over on a local day.

    Each asker is told once: the reference, the meeting, the provisional due date. Returns how many clocks started.
    """
    started = 0
    for meeting in await uow.meetings.begun_before(datetime.combine(on, time(), tzinfo=LOCAL)):
        end = meeting.planned_end
        if end is None or uow.calendar.next_working_day(end.astimezone(LOCAL).date()) >= on:
            continue
        settings = settings_of(await uow.plans.get(meeting.plan_id))
        for waiting in await uow.questions.of_meeting(meeting.id):
            if waiting.state not in OPEN_STATES or await _is_owed(uow, waiting):
                continue
            question = await uow.questions.get(waiting.id, lock=True)
            clock = await start_reply(
                uow, ClockKind.REPLY, end.astimezone(LOCAL).date(), settings=settings, question=question
            )
            clock.provisional = True
            said = Message(
                "held.provisional",
                {"reference": known_again(question), "title": meeting.title, "due": due_words(unpack_due(clock.due))},
                ((Button(f"status.{question.id}", "ask.follow"),),),
            )
            await tell_asker(uow, question, said, once=f"provisional:{meeting.id}:{question.id}:{end.isoformat()}")
            await uow.ledger.write(AuditEntry(uow.now, None, "start_provisional", f"question:{question.id}"))
            started += 1
    return started


async def end_provisional_replies(uow: UnitOfWork, meeting: Meeting) -> None:
    """End the provisional clocks of a meeting that was moved or cancelled: it will take place another day, or never."""
    for question in await uow.questions.of_meeting(meeting.id):
        for clock in await uow.clocks.running_for(question.id):
            if clock.provisional:
                clock.state, clock.ended_at = ClockState.ENDED, uow.now


async def _is_owed(uow: UnitOfWork, question: Question) -> bool:
    return any(clock.kind in OWED for clock in await uow.clocks.running_for(question.id))
