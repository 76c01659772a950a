"""Answering a survey: each by phone for oneself, heads of hamlets for those who use none."""

from collections.abc import Sequence

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingState
from intake.rules.meetings.survey import Survey, SurveyAnswer, SurveyCount, SurveyId
from intake.rules.people.permissions import speaks_for
from intake.rules.people.person import Person
from intake.rules.people.unit import Unit, UnitId


async def surveys_for(uow: UnitOfWork, by: Person) -> list[Survey]:
    """What somebody may answer now."""
    return [one for one in await _going_on(uow) if by.hamlet_id in one.hamlets]


async def surveys_to_count(uow: UnitOfWork, by: Person) -> list[tuple[Survey, Unit]]:
    """The surveys for which a head counts people without a phone, with each own hamlet."""
    grants = await uow.people.grants_of(by.id)
    return [
        (one, hamlet)
        for one in await _going_on(uow)
        for hamlet in [await uow.places.unit(UnitId(number)) for number in one.hamlets]
        if speaks_for(grants, hamlet)
    ]


async def _going_on(uow: UnitOfWork) -> list[Survey]:
    return [one for one in await uow.surveys.going_on() if uow.today <= one.closes_on]


async def answer_survey(
    uow: UnitOfWork, *, by: Person, survey_id: SurveyId, question: int, choice: int | None
) -> Survey:
    """Choose for a question (both from 0), in place of what one chose before; None passes over it and takes that back.

    `NotFound` for whoever it was not sent to; `RuleBroken` once it is closed, or its last day is over.
    """
    survey = await uow.surveys.get(survey_id, lock=True)
    asks = survey.asks
    if survey.sent_at is None or by.hamlet_id not in survey.hamlets or question >= len(asks):
        raise NotFound
    if choice is not None and choice >= len(asks[question].choices):
        raise NotFound
    await _refuse_late(uow, survey)
    if choice is None:
        await uow.surveys.take_back(survey.id, by.id, question)
    else:
        await uow.surveys.put(SurveyAnswer(survey.id, by.id, question, choice, uow.now))
    entry = AuditEntry(uow.now, by.id, "answer_survey", f"survey:{survey.id}", {"meeting": survey.meeting_id})
    await uow.ledger.write(entry)
    return survey


async def hamlet_to_count(
    uow: UnitOfWork, by: Person, survey_id: SurveyId, hamlet_id: UnitId, *, lock: bool = False
) -> tuple[Survey, Unit]:
    """A survey and a hamlet of it whose people without a phone somebody counts: its head, or a secretary of the unit.

    `NotFound` for all others; `RuleBroken` once it is closed.
    """
    survey = await uow.surveys.get(survey_id, lock=lock)
    hamlet = await uow.places.unit(hamlet_id)
    counts = speaks_for(await uow.people.grants_of(by.id), hamlet)
    if survey.sent_at is None or hamlet.id not in survey.hamlets or not counts:
        raise NotFound
    await _refuse_late(uow, survey)
    return survey, hamlet


async def count_answers(
    uow: UnitOfWork, *, by: Person, survey_id: SurveyId, hamlet_id: UnitId, people: int, counts: Sequence[Sequence[int]]
) -> SurveyCount:
    """Enter how many people without a phone were asked in a hamlet, and their answers, instead of what stood there.

    `people` and `counts` as `read_people` and `read_answers` give them.
    """
    survey, hamlet = await hamlet_to_count(uow, by, survey_id, hamlet_id, lock=True)
    count = SurveyCount(survey.id, hamlet.id, people, [list(one) for one in counts], uow.now)
    await uow.surveys.put_count(count)
    detail = {"meeting": survey.meeting_id, "hamlet": hamlet.id, "people": people}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "count_survey", f"survey:{survey.id}", detail))
    return count


async def _refuse_late(uow: UnitOfWork, survey: Survey) -> None:
    if survey.closed_at is None and uow.today <= survey.closes_on:
        return
    meeting = await uow.meetings.get(survey.meeting_id)
    if meeting.state is MeetingState.CANCELLED:
        raise RuleBroken("refusal.survey_meeting_off", {"title": meeting.title})
    raise RuleBroken("refusal.survey_closed")
