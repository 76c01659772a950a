"""Cancel a meeting that will not take place: everybody concerned is told, and no question is lost with it."""

from intake.actions.deadlines.clocks import settings_of, start_clock, start_reply
from intake.actions.deadlines.meeting_tasks import withdraw_tasks
from intake.actions.deadlines.planned_sessions import owe_session_again
from intake.actions.deadlines.provisional import end_provisional_replies
from intake.actions.meetings.airing import call_off_notice
from intake.actions.meetings.end_survey import end_surveys_of
from intake.actions.meetings.fix_meeting import STILL_OPEN, clean_reason, withdraw_requests
from intake.actions.meetings.invite_guests import tell_guests_cancelled
from intake.actions.meetings.meeting_people import office_meeting, tell_office_of, tell_people_of
from intake.actions.meetings.remind_registered import drop_reminders
from intake.actions.outbox.tell import tell_asker
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.clock_settings import ClockSettings
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Message, Param
from intake.rules.people.person import Person, Role
from intake.rules.questions.question import OPEN_STATES, Act, QuestionId, QuestionState, after


async def cancel_meeting(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, reason: str) -> int:
    """A secretary or chair cancels a planned or fixed meeting, with a reason everybody concerned hears (R067).

    Its own clocks end. Questions that waited for it are dealt with outside a meeting from today, since a clock that
    waits for its end would never start (R160, R164). Returns how many people a chat has told.
    """
    meeting = await office_meeting(uow, by, meeting_id, Role.SECRETARY, Role.CHAIR)
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    reason = clean_reason(reason)
    meeting.state = MeetingState.CANCELLED
    meeting.revise(uow.now)
    await withdraw_requests(uow, meeting)
    await drop_reminders(uow, meeting)
    for clock in await uow.clocks.of_meeting(meeting.id):
        clock.state, clock.ended_at = ClockState.ENDED, uow.now
    news: dict[str, Param] = {"title": meeting.title, "reason": reason}
    told = await tell_people_of(uow, meeting, Message("meetings.news_cancelled", news))
    await tell_office_of(uow, meeting, Message("meetings.office_cancelled", news), knows=[by.id])
    await call_off_notice(uow, meeting, "cancelled", news)
    await tell_guests_cancelled(uow, meeting, reason)
    await end_provisional_replies(uow, meeting)
    await owe_session_again(uow, meeting)
    await withdraw_tasks(uow, meeting, reason)
    await end_surveys_of(uow, meeting, by.id)
    await _keep_questions(uow, meeting)
    entry = AuditEntry(uow.now, by.id, "cancel_meeting", f"meeting:{meeting.id}")
    await uow.ledger.write(entry, words={"reason": reason})
    return told


async def _keep_questions(uow: UnitOfWork, meeting: Meeting) -> None:
    settings = settings_of(await uow.plans.get(meeting.plan_id))
    for question in await uow.questions.of_meeting(meeting.id):
        if question.state in OPEN_STATES:
            await _keep(uow, question.id, settings)


async def _keep(uow: UnitOfWork, question_id: QuestionId, settings: ClockSettings) -> None:
    question = await uow.questions.get(question_id, lock=True)
    question.meeting_id = None
    if question.state is QuestionState.WAITING_FOR_MEETING:
        question.state = after(question.state, Act.RETURN if question.desk_id is None else Act.TAKE_ON)
    running = {clock.kind for clock in await uow.clocks.running_for(question.id)}
    if question.state is QuestionState.RECEIVED and ClockKind.ACKNOWLEDGE not in running:
        await start_clock(uow, ClockKind.ACKNOWLEDGE, uow.today, settings=settings, question=question)
    if running & {ClockKind.REPLY, ClockKind.REPLY_OUTSIDE, ClockKind.PROMISE}:
        return
    clock = await start_reply(uow, ClockKind.REPLY_OUTSIDE, uow.today, settings=settings, question=question)
    params: dict[str, Param] = {"reference": question.reference, "due": due_words(unpack_due(clock.due))}
    await tell_asker(uow, question, Message("meetings.question_kept", params))
