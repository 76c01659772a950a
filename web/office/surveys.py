"""Surveys before meetings, at the desk: made, sent after a yes in the chat, closed, and their results (R072)."""

from dataclasses import dataclass
from datetime import date

from fastapi.responses import Response

from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.meetings.surveys import (
    close_survey,
    drop_survey,
    make_survey,
    meetings_to_survey,
    pass_survey_on,
    send_survey,
    standing_result,
    survey_open_to,
    surveys_of,
)
from intake.actions.papers.make import MAKERS
from intake.actions.people.confirm_again import what_is_agreed
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.meetings.survey import Survey, SurveyId, SurveyResult, read_questions
from intake.rules.message import Term
from intake.rules.papers.kinds import PaperKind
from intake.rules.people.office_session import ConfirmedAct
from intake.rules.people.permissions import holds
from intake.rules.people.person import Role
from intake.rules.people.unit import UnitId
from intake.rules.text import fold
from wording.surveys import cell_words, state_words

from .confirming import use_yes
from .doors import Doors
from .office import HOME
from .papers import paper_link
from .room import DeskRoom, for_roles, nobody
from .visiting import Visit, number_in

_OFFICE = for_roles(Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR, Role.OFFICIAL)
ROOM = DeskRoom("/khao-sat", "surveys.all", _OFFICE, shown_to=nobody)
"""The meetings lead secretaries there, the plan's task the body that has it."""
LIST = HOME + ROOM.path
_FIELDS = {
    "refusal.text_missing": "title",
    "refusal.survey_questions": "questions",
    "refusal.survey_hamlets": "hamlets",
    "rooms.refusal_day_missing": "until",
    "refusal.day_not_later": "until",
    "refusal.day_too_far": "until",
    "refusal.survey_day": "until",
}


@dataclass(frozen=True, slots=True)
class SurveyTable:
    """A question as a table: a column for each choice, a row for all and for each hamlet."""

    question: str
    choices: tuple[str, ...]
    totals: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def open_room(doors: Doors) -> None:
    """Add the list, and the page of one."""
    doors.show("", _list)
    doors.act("/them", _make, again=_list, fields=_FIELDS)
    doors.show("/{survey}", _card)
    doors.act("/{survey}/gui", _send, again=_card)
    doors.act("/{survey}/chuyen", _pass_on, again=_card)
    doors.act("/{survey}/bo", _drop, again=_card)
    doors.act("/{survey}/dong", _close, again=_card)


async def _list(visit: Visit) -> Response:
    async with visit.reading() as uow:
        found = await surveys_of(uow, visit.person)
        rows = [(f"{LIST}/{one.id}", one.title, visit.words(state_words(one))) for one in found]
        meetings = [(one.id, one.title) for one in await meetings_to_survey(uow, visit.person)]
    if not rows and not meetings and all(one.role is Role.OFFICIAL for one in visit.grants):
        raise NotFound  # a body without the plan's task has nothing to do with surveys
    return visit.page("surveys.html", rows=rows, meetings=meetings, path=LIST)


async def _make(visit: Visit) -> Response:
    questions = read_questions(visit.typed.get("questions", ""))
    try:
        until = date.fromisoformat(visit.typed.get("until", ""))
    except ValueError:
        raise RuleBroken("rooms.refusal_day_missing") from None
    async with visit.acting() as uow:
        meeting_id = MeetingId(number_in(visit.typed.get("meeting", "")))
        places = await hamlets_in_scope(uow, await uow.meetings.get(meeting_id))
        known = {fold(one.name): one.id for one in places}
        wanted = [fold(one) for one in visit.typed.get("hamlets", "").replace("\n", ",").split(",") if fold(one)]
        if any(one not in known for one in wanted):
            raise RuleBroken("refusal.survey_hamlets")
        survey = await make_survey(
            uow,
            by=visit.person,
            meeting_id=meeting_id,
            title=visit.typed.get("title", ""),
            questions=questions,
            hamlets=[known[one] for one in wanted],
            closes_on=until,
        )
    return visit.to(f"{LIST}/{survey.id}", Term("surveys.made"))


async def _card(visit: Visit) -> Response:
    async with visit.reading() as uow:
        part = await survey_open_to(uow, visit.person, _number(visit))
        survey = part.survey
        names = {UnitId(one): (await uow.places.unit(UnitId(one))).name for one in survey.hamlets}
        result = None if survey.sent_at is None else await standing_result(uow, survey)
        plan = await uow.plans.get(part.meeting.plan_id)
        unit = await uow.places.unit(plan.unit_id)
    prints = survey.closed_at is not None and any(holds(visit.grants, role, unit) for role in MAKERS)
    return visit.page(
        "survey.html",
        survey=survey,
        meeting=part.meeting,
        state=visit.words(state_words(survey)),
        runs=part.runs,
        waits_for_second=part.waits_for_second,
        hamlets=", ".join(names.values()),
        result=result,
        places=[] if result is None else [(names[one.hamlet_id], one.asked, one.answered) for one in result.hamlets],
        tables=_tables(visit, survey, result, names),
        paper=paper_link(visit, plan, PaperKind.SURVEY_RESULTS, str(part.meeting.id)) if prints else None,
        list=LIST,
        path=f"{LIST}/{survey.id}",
    )


def _tables(visit: Visit, survey: Survey, result: SurveyResult | None, names: dict[UnitId, str]) -> list[SurveyTable]:
    if result is None or survey.closed_at is None:
        return []

    def row(cells: list[int | None]) -> tuple[str, ...]:
        return tuple(visit.words(cell_words(one)) for one in cells)

    return [
        SurveyTable(
            one.text,
            one.choices,
            row(result.totals[number]),
            tuple((names[part.hamlet_id], row(part.cells[number])) for part in result.hamlets),
        )
        for number, one in enumerate(survey.asks)
    ]


async def _send(visit: Visit) -> Response:
    async with visit.acting() as uow:
        part = await survey_open_to(uow, visit.person, _number(visit))
        if not part.runs:
            raise NotFound
        await use_yes(uow, visit, ConfirmedAct.SEND_SURVEY, what_is_agreed(str(part.survey.id)))
        started = await send_survey(uow, by=visit.person, survey_id=part.survey.id)
    said = {"people": started.audience.by_chat, "in_person": started.audience.in_person}
    return _back(visit, Term("survey.sent", said))


async def _pass_on(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await pass_survey_on(uow, by=visit.person, survey_id=_number(visit))
    return _back(visit, Term("survey.passed_on"))


async def _drop(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await drop_survey(uow, by=visit.person, survey_id=_number(visit))
    return visit.to(LIST, Term("survey.dropped"))


async def _close(visit: Visit) -> Response:
    async with visit.acting() as uow:
        await close_survey(uow, by=visit.person, survey_id=_number(visit))
    return _back(visit, Term("surveys.closed"))


def _number(visit: Visit) -> SurveyId:
    return SurveyId(number_in(visit.request.path_params["survey"]))


def _back(visit: Visit, said: Term) -> Response:
    return visit.to(f"{LIST}/{_number(visit)}", said)
