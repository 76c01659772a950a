"""A meeting as documents tell it: who was invited, registered and came, what was asked, concluded, ticked."""

from collections.abc import Sequence
from datetime import datetime

from intake.actions.meetings.airing import script_of
from intake.actions.meetings.counted_hands import counted
from intake.actions.meetings.earlier_results import earlier_results_of
from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.meetings.speaking_order import order_of
from intake.actions.questions.repeated_cases import history_of
from intake.ports import UnitOfWork
from intake.rules.meetings.conclusion import ConclusionItem
from intake.rules.meetings.hamlet_record import HamletRecord
from intake.rules.meetings.meeting import Meeting, RegistrationState
from intake.rules.meetings.results import fate_of
from intake.rules.meetings.show_of_hands import ShowOfHands
from intake.rules.meetings.survey import Survey, unpack_result
from intake.rules.papers.facts import (
    AskedFacts,
    CaseFacts,
    DelegateFacts,
    GuestFacts,
    HandsFacts,
    ItemFacts,
    MeetingFacts,
    RecordFacts,
    SpeakerFacts,
    SurveyFacts,
    YearFacts,
)
from intake.rules.papers.figures import FigureSheet, Tally
from intake.rules.people.consent import is_restricted
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.plan import Plan
from intake.rules.plan.profile_terms import Seat
from intake.rules.questions.question import QuestionId
from intake.rules.text import by_name

from .figures import figure_sheet
from .question_facts import is_withheld, told_questions


def planned_as_yet(plan: Plan, key: str) -> Meeting | None:
    """A meeting the plan foresees and nobody has made, as it would be made; it is stored nowhere."""
    line = next((session for session in plan.decided.profile.sessions if session.key == key), None)
    if line is None:
        return None
    return Meeting(
        plan_id=plan.id,
        unit_id=plan.unit_id,
        session_key=line.key,
        title=line.title,
        theme=line.theme or "",
        window_from=line.window.earliest,
        window_to=line.window.latest,
        precision=line.window.precision,
        half_day=line.window.half,
        venue=line.venue or "",
    )


async def meeting_facts(uow: UnitOfWork, plan: Plan, meeting: Meeting, *, with_figures: bool) -> MeetingFacts:
    """All of it; of a meeting that is only foreseen, what the plan says."""
    if getattr(meeting, "id", None) is None:
        name = (await uow.places.unit(meeting.unit_id)).name
        return MeetingFacts(
            meeting, name, years=await _years(uow, plan, meeting), figures=FigureSheet(name, meeting.title, "", Tally())
        )
    asked = await uow.questions.of_meeting(meeting.id)
    questions, withheld = await told_questions(uow, asked, meeting.ended_at)
    units = {one.id: one for one in await hamlets_in_scope(uow, meeting)}
    listed = await uow.meetings.hamlets(meeting.id)
    unit = await uow.places.unit(meeting.unit_id)
    scope = ", ".join(one.name for one in sorted(listed, key=lambda one: by_name(one.name))) or unit.name
    return MeetingFacts(
        meeting=meeting,
        scope=scope,
        questions=questions,
        withheld=withheld,
        withheld_fates=tuple(fate_of(one, meeting.ended_at) for one in asked if is_withheld(one)),
        speakers=await _speakers(uow, meeting),
        guests=tuple(
            GuestFacts(one.comes_as, one.office, one.group, one.reply, one.present_at is not None)
            for one in await uow.guests.of_meeting(meeting.id)
        ),
        delegates=await _delegates(uow, meeting, units),
        quotas=await _quotas(uow, meeting),
        ticked={tick.position: tick.ticked_at for tick in await uow.conclusions.ticks(meeting.id)},
        items=await item_facts(uow, meeting),
        cases=await _cases(uow, meeting),
        years=await _years(uow, plan, meeting),
        hands=tuple(
            [await _hands(uow, one) for one in await uow.hands.of_meeting(meeting.id) if one.counted_at is not None]
        ),
        records=tuple([await _record(uow, one) for one in await uow.meetings.records(meeting.id)]),
        surveys=tuple(
            [
                await _survey(uow, one, one.closed_at)
                for one in reversed(await uow.surveys.of_meetings([meeting.id]))
                if one.closed_at is not None
            ]
        ),
        script=None if meeting.starts_at is None else await script_of(uow, meeting),
        figures=await figure_sheet(uow, unit, meeting) if with_figures else None,
    )


async def _record(uow: UnitOfWork, record: HamletRecord) -> RecordFacts:
    hamlet = await uow.places.unit(record.unit_id)
    opinions = tuple((topic, text) for topic, text in record.opinions)
    return RecordFacts(hamlet.name, record.held_on, record.came, opinions)


async def _survey(uow: UnitOfWork, survey: Survey, closed_at: datetime) -> SurveyFacts:
    """What is kept of it: cells that could tell what somebody chose are not (`result_of`)."""
    result = unpack_result(survey.result)
    names = {one.hamlet_id: (await uow.places.unit(one.hamlet_id)).name for one in result.hamlets}
    return SurveyFacts(
        survey.title,
        closed_at,
        result.asked,
        result.answered,
        tuple((names[one.hamlet_id], one.asked, one.answered) for one in result.hamlets),
        tuple(
            AskedFacts(
                asked.text,
                asked.choices,
                tuple(result.totals[number]),
                tuple((names[one.hamlet_id], tuple(one.cells[number])) for one in result.hamlets),
            )
            for number, asked in enumerate(survey.asks)
        ),
    )


async def _hands(uow: UnitOfWork, hands: ShowOfHands) -> HandsFacts:
    count = await counted(uow, hands)
    answers = tuple(zip(hands.answers, count.counts, strict=True))
    return HandsFacts(hands.question, answers, hands.asked_at, count.by_eye)


async def _speakers(uow: UnitOfWork, meeting: Meeting) -> tuple[SpeakerFacts, ...]:
    return tuple(
        SpeakerFacts(
            number=one.number,
            name="" if is_restricted(one.person) else one.person.called,
            place="" if one.unit is None else one.unit.name,
            topic="" if one.topic is None or one.topic.sensitive else one.topic.name,
            content="" if one.topic is not None and one.topic.sensitive else one.content,
            spoke_at=one.registration.called_at,
            spoke_until=one.registration.spoke_until,
            absent=one.registration.absent_at is not None,
        )
        for one in await order_of(uow, meeting)
    )


async def _delegates(uow: UnitOfWork, meeting: Meeting, units: dict[UnitId, Unit]) -> tuple[DelegateFacts, ...]:
    registered = await uow.meetings.registrations(meeting.id, waiting=True)
    persons = await uow.people.many([one.person_id for one in registered])
    missing = {one.unit_id for one in registered if one.unit_id is not None} - units.keys()
    units = units | await uow.places.units(missing)
    found = [
        DelegateFacts(
            name="" if is_restricted(persons[one.person_id]) else persons[one.person_id].called,
            unit="" if one.unit_id is None else units[one.unit_id].name,
            seat=one.seat,
            waiting=one.state is RegistrationState.WAITING,
            came=one.present_at is not None,
        )
        for one in registered
        if persons[one.person_id].erased_at is None
    ]
    return tuple(sorted(found, key=lambda one: (by_name(one.unit), one.waiting)))


async def _quotas(uow: UnitOfWork, meeting: Meeting) -> tuple[tuple[str, Seat, int], ...]:
    quotas = await uow.rosters.quotas(meeting.id)
    units = await uow.places.units({one.unit_id for one in quotas})
    return tuple(
        sorted(((units[one.unit_id].name, one.seat, one.number) for one in quotas), key=lambda one: by_name(one[0]))
    )


async def item_facts(uow: UnitOfWork, meeting: Meeting) -> tuple[ItemFacts, ...]:
    """The items of a meeting's conclusion with their last word and the questions anybody may know of."""
    items = await uow.conclusions.of_meeting(meeting.id)
    links = await uow.conclusions.links([one.id for one in items])
    return tuple([await _item(uow, one, links.get(one.id, ())) for one in items])


async def _item(uow: UnitOfWork, item: ConclusionItem, linked: Sequence[QuestionId]) -> ItemFacts:
    said = await uow.conclusions.progress(item.id)
    questions = [await uow.questions.get(question_id) for question_id in linked]
    references = tuple(one.reference for one in questions if not is_withheld(one))
    progress = said[-1].text if said else ""
    public = item.published_at is not None
    return ItemFacts(item.number, item.text, item.owner, item.due_on, item.done_at, progress, references, public)


async def _cases(uow: UnitOfWork, meeting: Meeting) -> tuple[CaseFacts, ...]:
    found = []
    for case in await uow.cases.unsettled([meeting.unit_id]):
        history = await history_of(uow, case)
        told = [one for one in history.questions if not is_withheld(one)]
        if told:
            kept = {one.id for one in told}
            promises = tuple(
                (one.agency, one.promised_on)
                for question, one in history.promises
                if question.id in kept and one.promised_on is not None
            )
            found.append(
                CaseFacts(case.label, history.years, tuple(one.text for one in told), promises, case.direction)
            )
    return tuple(found)


async def _years(uow: UnitOfWork, plan: Plan, meeting: Meeting) -> tuple[YearFacts, ...]:
    return tuple(
        YearFacts(
            year.year,
            tuple((None if held is None else held.title, results) for held, results in year.meetings),
            year.together,
            year.by_hand,
        )
        for year in await earlier_results_of(uow, plan, meeting.unit_id)
    )
