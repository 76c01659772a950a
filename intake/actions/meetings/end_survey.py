"""The end of a survey: by somebody's word, after its day, or with the meeting it was for (R072)."""

from datetime import date, timedelta

from intake.actions.deadlines.task_reports import meet_task
from intake.actions.outbox.broadcast import set_state
from intake.actions.outbox.tell import tell
from intake.actions.people.office import holders_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.meetings.meeting import Meeting
from intake.rules.meetings.survey import HamletCounts, Survey, SurveyResult, broadcast_of, pack_result, result_of
from intake.rules.message import Button, Message, Param
from intake.rules.outbox.broadcast import BroadcastState
from intake.rules.people.person import PersonId, Role
from intake.rules.people.unit import UnitId

RUNS = (Role.SECRETARY, Role.CHAIR)
"""Who makes surveys, besides a body that has the plan's task of it."""
SURVEY_TASKS = ("duty_survey", "practice_survey")
"""What a survey is of the plan."""


async def end_survey(uow: UnitOfWork, survey: Survey, meeting: Meeting, by: PersonId | None) -> SurveyResult:
    """The result stays, who chose what is forgotten; whoever reads it is told, whom it has not reached is not asked.

    Where people answered and no other survey of the meeting goes on, the plan's task of it is done, with the survey as
    its evidence. `by` None: nobody said so, its time was over.
    """
    result = result_of(survey.asks, await counted_hamlets(uow, survey))
    survey.closed_at, survey.result = uow.now, pack_result(result)
    await uow.surveys.forget_answers(survey.id)
    detail = {"meeting": meeting.id, "asked": result.asked, "answered": result.answered}
    await uow.ledger.write(AuditEntry(uow.now, by, "close_survey", f"survey:{survey.id}", detail))
    await _ask_nobody_more(uow, survey, by)
    readers = [one.id for one in await holders_of(uow, meeting.unit_id, *RUNS, Role.SUPERVISOR)]
    params: dict[str, Param] = {"title": survey.title, "asked": result.asked, "answered": result.answered}
    told = [one for one in dict.fromkeys((*readers, survey.made_by)) if one != by]
    await tell(uow, told, Message("survey.closed_news", params, opens_survey(survey)))
    if result.answered:
        await _meet_tasks(uow, survey, by)
    return result


async def _ask_nobody_more(uow: UnitOfWork, survey: Survey, by: PersonId | None) -> None:
    """What of its broadcast still waits, for the morning or for somebody's return, is not sent."""
    sent = await uow.broadcasts.named(broadcast_of(survey.id))
    if sent is not None and sent.state.is_open:
        entry = AuditEntry(uow.now, by, "broadcast_stopped", f"broadcast:{sent.id}")
        await set_state(uow, sent, BroadcastState.STOPPED, entry)


async def _meet_tasks(uow: UnitOfWork, survey: Survey, by: PersonId | None) -> None:
    if any(one.is_open for one in await uow.surveys.of_meetings([survey.meeting_id])):
        return
    for task in await uow.tasks.around(survey.meeting_id):
        if task.what in SURVEY_TASKS and task.done_at is None:
            done_by = by or survey.sent_by or survey.made_by
            await meet_task(uow, task, done_by, survey.title, of_itself=by is None)


async def end_surveys_of(uow: UnitOfWork, meeting: Meeting, by: PersonId) -> None:
    """A meeting does not take place: what people answered so far is counted, and nobody is asked any more."""
    for survey in await uow.surveys.of_meetings([meeting.id]):
        if survey.is_open:
            await end_survey(uow, survey, meeting, by)


async def move_surveys(uow: UnitOfWork, meeting: Meeting, on: date, by: PersonId) -> None:
    """A meeting has moved: a survey that would last beyond it ends on the day before, or now where that is too late."""
    last = on - timedelta(days=1)
    for survey in await uow.surveys.of_meetings([meeting.id]):
        if survey.closed_at is None and survey.closes_on > last:
            if survey.is_open and last < uow.today:
                await end_survey(uow, survey, meeting, by)
                continue
            detail = {"meeting": meeting.id, "before": survey.closes_on.isoformat(), "until": last.isoformat()}
            survey.closes_on = last
            await uow.ledger.write(AuditEntry(uow.now, by, "move_survey", f"survey:{survey.id}", detail))


async def counted_hamlets(uow: UnitOfWork, survey: Survey) -> list[HamletCounts]:
    """What is counted of each of its hamlets so far."""
    given = await uow.surveys.counted(survey.id)
    answered = await uow.surveys.answered(survey.id)
    heads = {one.unit_id: one for one in await uow.surveys.counts(survey.id)}
    found = []
    for number in survey.hamlets:
        hamlet, head = UnitId(number), heads.get(UnitId(number))
        by_phone = [
            [given.get((hamlet, row, choice), 0) for choice in range(len(one.choices))]
            for row, one in enumerate(survey.asks)
        ]
        by_head = [[0] * len(one.choices) for one in survey.asks] if head is None else head.counts
        asked = survey.asked.get(str(number), 0) + (0 if head is None else head.people)
        people = answered.get(hamlet, 0) + max(sum(one) for one in by_head)
        found.append(HamletCounts(hamlet, asked, people, by_phone, by_head))
    return found


def opens_survey(survey: Survey) -> tuple[tuple[Button, ...], ...]:
    """A button that opens it, for whoever reads it."""
    return ((Button(f"survey.{survey.id}", "button.open"),),)
