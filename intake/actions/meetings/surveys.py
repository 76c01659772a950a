"""A survey before a meeting: made, sent to its hamlets as a broadcast, closed at its day, read by the office (R072)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from intake.actions.meetings.end_survey import RUNS, SURVEY_TASKS, counted_hamlets, end_survey, opens_survey
from intake.actions.meetings.fix_meeting import STILL_OPEN
from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.meetings.release_notice import second_person_for
from intake.actions.outbox.broadcast import Started, audience_of, start_broadcast
from intake.actions.outbox.tell import tell
from intake.actions.people.office import holders_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.meetings.survey import (
    LONGEST_TITLE,
    Survey,
    SurveyId,
    SurveyResult,
    broadcast_of,
    result_of,
    unpack_result,
)
from intake.rules.message import Button, Message, Param, button
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit, UnitId
from intake.rules.questions.promise import promised_day, required


@dataclass(frozen=True, slots=True)
class SurveyPart:
    """What somebody may do with a survey: run it, or only read it; and whether a second person has to send it."""

    survey: Survey
    meeting: Meeting
    runs: bool
    waits_for_second: bool


async def runs_surveys(uow: UnitOfWork, by: Person, meeting: Meeting) -> bool:
    """Whether somebody makes surveys before a meeting: secretary, chair, a body with the plan's task (R072)."""
    grants = await uow.people.grants_of(by.id)
    unit = await uow.places.unit(meeting.unit_id)
    if any(holds(grants, role, unit) for role in RUNS):
        return True
    desks = {one.desk_id for one in grants if one.role is Role.OFFICIAL}
    tasks = [one for one in await uow.tasks.around(meeting.id) if one.what in SURVEY_TASKS]
    return any(desks & {task.desk_id, *task.others} for task in tasks)


async def meeting_to_survey(uow: UnitOfWork, by: Person, meeting_id: MeetingId) -> Meeting:
    """A meeting before which somebody may make a survey; `NotFound` for all others, `RuleBroken` once it is over."""
    meeting = await uow.meetings.get(meeting_id)
    if not await runs_surveys(uow, by, meeting):
        raise NotFound
    if meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    return meeting


async def survey_open_to(uow: UnitOfWork, by: Person, survey_id: SurveyId, *, lock: bool = False) -> SurveyPart:
    """A survey for whoever runs it, or reads it as a supervisor of its unit; `NotFound` for all others."""
    survey = await uow.surveys.get(survey_id, lock=lock)
    meeting = await uow.meetings.get(survey.meeting_id)
    runs = await runs_surveys(uow, by, meeting)
    unit = await uow.places.unit(meeting.unit_id)
    watches = survey.sent_at is not None and holds(await uow.people.grants_of(by.id), Role.SUPERVISOR, unit)
    if not (runs or watches):
        raise NotFound
    alone = survey.sent_at is None and survey.made_by == by.id
    return SurveyPart(survey, meeting, runs, alone and await _needs_second(uow, survey, meeting) is not None)


async def surveys_of(uow: UnitOfWork, by: Person) -> Sequence[Survey]:
    """Every survey somebody runs or reads, the newest first."""
    grants = await uow.people.grants_of(by.id)
    roles = (*RUNS, Role.SUPERVISOR)
    units = [one for one in await uow.places.roots() if any(holds(grants, role, one) for role in roles)]
    found = {one.id: one for one in await uow.surveys.of_units([unit.id for unit in units])}
    meetings = await meetings_to_survey(uow, by)
    found.update({one.id: one for one in await uow.surveys.of_meetings([one.id for one in meetings])})
    newest = sorted(found.values(), key=lambda one: one.id, reverse=True)
    return [
        one
        for one in newest
        if one.sent_at is not None or await runs_surveys(uow, by, await uow.meetings.get(one.meeting_id))
    ]


async def meetings_to_survey(uow: UnitOfWork, by: Person) -> Sequence[Meeting]:
    """The meetings to come before which somebody may make a survey."""
    grants = await uow.people.grants_of(by.id)
    desks = [await uow.places.desk(one.desk_id) for one in grants if one.desk_id is not None]
    units = {one.id for one in await uow.places.roots() if any(holds(grants, role, one) for role in RUNS)}
    meetings = await uow.meetings.of_units(units | {desk.unit_id for desk in desks})
    return [one for one in meetings if one.state in STILL_OPEN and await runs_surveys(uow, by, one)]


async def make_survey(
    uow: UnitOfWork,
    *,
    by: Person,
    meeting_id: MeetingId,
    title: str,
    questions: list[list[str]],
    hamlets: Sequence[UnitId],
    closes_on: date,
) -> Survey:
    """Make a survey, which nobody sees yet: for some hamlets of a meeting, none named for all, until a day before it.

    `questions` as `read_questions` gives them. Raises `RuleBroken` for a meeting that is over, for a day that is not
    later than today or not before the meeting, and to many where nobody else could send it; `NotFound` for a hamlet
    the meeting is not for.
    """
    meeting = await meeting_to_survey(uow, by, meeting_id)
    places = [one.id for one in await hamlets_in_scope(uow, meeting)]
    if not set(hamlets) <= set(places):
        raise NotFound
    _check_day(uow, meeting, closes_on)
    chosen = [one for one in places if one in hamlets] if hamlets else places
    await _refuse_without_second(uow, by, meeting, chosen)
    title = required(" ".join(title.split()), "refusal.text_missing", LONGEST_TITLE)
    survey = Survey(meeting.id, title, questions, list[int](chosen), closes_on, by.id, uow.now)
    await uow.surveys.add(survey)
    await _note(uow, by, "make_survey", survey)
    return survey


def _check_day(uow: UnitOfWork, meeting: Meeting, closes_on: date) -> None:
    promised_day(closes_on, uow.today)
    if meeting.starts_at is not None and closes_on >= meeting.starts_at.astimezone(LOCAL).date():
        raise RuleBroken("refusal.survey_day", {"at": meeting.starts_at})


async def send_survey(uow: UnitOfWork, *, by: Person, survey_id: SurveyId) -> Started:
    """Send a survey to the people of its hamlets, and ask the heads to count those without a phone.

    Refused: a second time, when its day has come, and to many by the very person who made it (`pass_survey_on`).
    """
    part = await _to_send(uow, by, survey_id)
    survey, meeting = part.survey, part.meeting
    if part.waits_for_second:
        raise RuleBroken("refusal.survey_second_person")
    hamlets = [await uow.places.unit(UnitId(one)) for one in survey.hamlets]
    for hamlet in hamlets:
        audience = audience_of(await uow.broadcasts.audience([hamlet.id]))
        survey.asked = {**survey.asked, str(hamlet.id): audience.by_chat}
    survey.sent_by, survey.sent_at = by.id, uow.now
    started = await start_broadcast(
        uow,
        await question_message(uow, survey, 0),
        name=broadcast_of(survey.id),
        unit_id=meeting.unit_id,
        hamlets=[one.id for one in hamlets],
        by=by.id,
    )
    for hamlet in hamlets:
        heads = await uow.accounts.of([one.id for one in await uow.people.holders(Role.HAMLET_HEAD, hamlet)])
        await tell(uow, list(heads), count_message(survey, hamlet), relay=False)
    detail = {"meeting": meeting.id, "hamlets": len(hamlets), "reached": started.audience.by_chat}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "send_survey", f"survey:{survey.id}", detail))
    return started


async def pass_survey_on(uow: UnitOfWork, *, by: Person, survey_id: SurveyId) -> int:
    """Ask another secretary or chair to look at a survey to many, and send it. Returns how many are asked.

    Raises `RuleBroken` where there is none, `ChangedMeanwhile` where none is needed.
    """
    part = await _to_send(uow, by, survey_id)
    people = await _needs_second(uow, part.survey, part.meeting)
    if people is None:
        raise ChangedMeanwhile
    others = await _refuse_without_second(uow, by, part.meeting, [UnitId(one) for one in part.survey.hamlets])
    params: dict[str, Param] = {"title": part.survey.title, "name": by.name, "people": people}
    await tell(uow, others, Message("survey.to_send", params, opens_survey(part.survey)))
    await _note(uow, by, "pass_survey_on", part.survey)
    return len(others)


async def _to_send(uow: UnitOfWork, by: Person, survey_id: SurveyId) -> SurveyPart:
    part = await survey_open_to(uow, by, survey_id, lock=True)
    if not part.runs:
        raise NotFound
    if part.survey.sent_at is not None:
        raise ChangedMeanwhile
    if part.meeting.state not in STILL_OPEN:
        raise RuleBroken("refusal.meeting_over")
    _check_day(uow, part.meeting, part.survey.closes_on)
    return part


async def _refuse_without_second(
    uow: UnitOfWork, by: Person, meeting: Meeting, hamlets: Sequence[UnitId]
) -> list[PersonId]:
    """Who else could send it; `RuleBroken` where a second person has to, and there is none."""
    people = await second_person_for(uow, meeting, hamlets)
    others = [one.id for one in await holders_of(uow, meeting.unit_id, *RUNS) if one.id != by.id]
    if people is not None and not others:
        raise RuleBroken("refusal.survey_no_second", {"people": people})
    return others


async def _needs_second(uow: UnitOfWork, survey: Survey, meeting: Meeting) -> int | None:
    return await second_person_for(uow, meeting, [UnitId(one) for one in survey.hamlets])


async def drop_survey(uow: UnitOfWork, *, by: Person, survey_id: SurveyId) -> None:
    """Throw away a survey that was not sent."""
    part = await survey_open_to(uow, by, survey_id, lock=True)
    if part.survey.sent_at is not None:
        raise ChangedMeanwhile
    await uow.surveys.drop(part.survey)
    entry = AuditEntry(uow.now, by.id, "drop_survey", f"meeting:{part.meeting.id}", {"survey": survey_id})
    await uow.ledger.write(entry)


async def close_survey(uow: UnitOfWork, *, by: Person, survey_id: SurveyId) -> SurveyResult:
    """Close a survey before its day. Raises `ChangedMeanwhile` for one that is closed, or was never sent."""
    part = await survey_open_to(uow, by, survey_id, lock=True)
    if not part.runs:
        raise NotFound
    if not part.survey.is_open:
        raise ChangedMeanwhile
    return await end_survey(uow, part.survey, part.meeting, by.id)


async def close_due_surveys(uow: UnitOfWork, today: date) -> int:
    """Close every survey whose last day lies before `today`. Returns how many."""
    due = await uow.surveys.to_close(today)
    for survey in due:
        await end_survey(uow, survey, await uow.meetings.get(survey.meeting_id), None)
    return len(due)


async def standing_result(uow: UnitOfWork, survey: Survey) -> SurveyResult:
    """The result of a closed survey; of one that is open how many were asked and answered, and nothing of the answers.

    Whoever watched the figures grow would see what each person who answers just then chose.
    """
    if survey.closed_at is not None:
        return unpack_result(survey.result)
    return result_of((), await counted_hamlets(uow, survey))


async def question_message(uow: UnitOfWork, survey: Survey, number: int, noted: Param = "") -> Message:
    """A question with a button for each choice; with the first, who asks, and that nobody sees who chose what.

    `noted` is said before a later one: what was taken down of the one before.
    """
    asked = survey.asks[number]
    rows: list[tuple[Button, ...]] = [
        (Button(f"sv.{survey.id}.{number}.{choice}", words, literal=True),)
        for choice, words in enumerate(asked.choices)
    ]
    rows.append((button("button.skip", f"sv.{survey.id}.{number}.skip"),))
    meeting = await uow.meetings.get(survey.meeting_id)
    params: dict[str, Param] = {
        "unit": (await uow.places.unit(meeting.unit_id)).name,
        "title": survey.title,
        "meeting": meeting.title,
        "question": asked.text,
        "number": number + 1,
        "count": len(survey.asks),
        "until": survey.closes_on,
        "noted": noted,
    }
    return Message("survey.first" if number == 0 else "survey.question", params, tuple(rows))


def count_message(survey: Survey, hamlet: Unit) -> Message:
    """What a head reads who counts the answers of a hamlet's people without a phone."""
    row = ((button("survey.count_button", f"surveycount.{survey.id}.{hamlet.id}"),),)
    params: dict[str, Param] = {"title": survey.title, "hamlet": hamlet.name, "until": survey.closes_on}
    return Message("survey.count_there", params, row)


async def _note(uow: UnitOfWork, by: Person, act: str, survey: Survey) -> None:
    entry = AuditEntry(uow.now, by.id, act, f"survey:{survey.id}", {"meeting": survey.meeting_id})
    await uow.ledger.write(entry)
