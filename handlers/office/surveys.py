"""`/khaosat`: people answer a survey, heads count for those without a phone, the office makes and reads it (R072)."""

from collections.abc import Sequence
from datetime import date

from handlers.engine.form import Field, form_steps, read_day
from handlers.engine.scene import Choice, Command, Scene, Turn
from handlers.engine.table import ConversationModule
from handlers.engine.typed import id_in
from intake.actions.meetings.answer_survey import (
    answer_survey,
    count_answers,
    hamlet_to_count,
    surveys_for,
    surveys_to_count,
)
from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.actions.meetings.surveys import (
    SurveyPart,
    close_survey,
    count_message,
    drop_survey,
    make_survey,
    meeting_to_survey,
    meetings_to_survey,
    pass_survey_on,
    question_message,
    send_survey,
    standing_result,
    survey_open_to,
    surveys_of,
)
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.meetings.survey import (
    LONGEST_TITLE,
    SurveyId,
    SurveyQuestion,
    read_answers,
    read_people,
    read_questions,
)
from intake.rules.message import Button, Message, Param, Term, button, literal, rows_of
from intake.rules.people.unit import UnitId
from intake.rules.questions.promise import required
from intake.rules.text import fold
from wording.surveys import hamlet_lines, question_lines, result_lines, state_words

from .question_lines import AT_ONCE

_MENU = ((button("button.menu", "cmd.menu"),),)
_ALL = "all"
_SKIPPED = "skip"
MOST_LISTED = 10
"""How many surveys the office's list names: the newest."""


async def surveys(scene: Scene, _rest: str) -> Turn:
    """`/khaosat`: what one may answer, where one counts for others, and for the office its surveys."""
    uow, me = scene.uow, scene.me
    said = [await question_message(uow, one, 0) for one in await surveys_for(uow, me)]
    said += [count_message(one, hamlet) for one, hamlet in await surveys_to_count(uow, me)]
    office = await _office_list(scene)
    return Turn(say=(*said, *office) or (Message("survey.none", {}, _MENU),))


async def _office_list(scene: Scene) -> Sequence[Message]:
    found = (await surveys_of(scene.uow, scene.me))[:MOST_LISTED]
    meetings = await meetings_to_survey(scene.uow, scene.me)
    if not found and not meetings:
        return ()
    lines = tuple(
        Term("survey.listed", {"number": number, "title": one.title, "state": state_words(one)})
        for number, one in enumerate(found, 1)
    )
    opens = [literal(str(number), f"survey.{one.id}") for number, one in enumerate(found, 1)]
    news = [(button("survey.new_button", f"surveynew.{one.id}", title=one.title),) for one in meetings[:MOST_LISTED]]
    key = "survey.office_list" if found else "survey.office_none"
    return (Message(key, {"lines": lines}, (*rows_of(opens, 5), *news, *_MENU)),)


async def answer(scene: Scene, rest: str) -> Turn:
    """A button `sv.<survey>.<question>.<choice>`, or `.skip`: taken down, and on to the next question."""
    number, _, where = rest.partition(".")
    question, _, chosen = where.partition(".")
    at = id_in(question)
    choice = None if chosen == _SKIPPED else id_in(chosen)
    survey = await answer_survey(scene.uow, by=scene.me, survey_id=SurveyId(id_in(number)), question=at, choice=choice)
    noted = Term("survey.passed")
    if choice is not None:
        noted = Term("survey.noted", {"choice": survey.asks[at].choices[choice]})
    if at + 1 < len(survey.asks):
        return Turn(say=(await question_message(scene.uow, survey, at + 1, noted),))
    again = ((button("survey.again_button", f"svagain.{survey.id}"),), *_MENU)
    return Turn(say=(Message("survey.done", {"noted": noted, "until": survey.closes_on}, again),))


async def answer_again(scene: Scene, rest: str) -> Turn:
    """A button `svagain.<survey>`: from the first question on."""
    survey_id = id_in(rest)
    found = [one for one in await surveys_for(scene.uow, scene.me) if one.id == survey_id]
    if not found:
        raise RuleBroken("refusal.survey_closed")
    return Turn(say=(await question_message(scene.uow, found[0], 0),))


async def show(scene: Scene, rest: str) -> Turn:
    """A button `survey.<id>`, of the office."""
    return Turn(say=(await _card(scene, SurveyId(id_in(rest))),))


async def _card(scene: Scene, survey_id: SurveyId) -> Message:
    part = await survey_open_to(scene.uow, scene.me, survey_id)
    survey = part.survey
    names = {UnitId(one): (await scene.uow.places.unit(UnitId(one))).name for one in survey.hamlets}
    params: dict[str, Param] = {
        "title": survey.title,
        "meeting": part.meeting.title,
        "until": on_weekday(survey.closes_on),
        "hamlets": ", ".join(names.values()),
        "lines": question_lines(survey),
    }
    if survey.sent_at is None:
        return Message("survey.card_draft", params, (*_draft_rows(part), *_MENU))
    result = await standing_result(scene.uow, survey)
    params |= {"asked": result.asked, "answered": result.answered}
    parts: list[Param] = list(hamlet_lines(survey, result.hamlets[:AT_ONCE], names))
    if len(result.hamlets) > AT_ONCE:
        parts.append(Term("survey.more_hamlets", {"count": len(result.hamlets) - AT_ONCE}))
    params["parts"] = tuple(parts)
    if survey.closed_at is not None:
        params["lines"] = result_lines(survey, result)
        return Message("survey.card_closed", params, _MENU)
    rows = ((button("survey.close_button", f"surveyclose.{survey.id}"),),) if part.runs else ()
    return Message("survey.card_open", params, (*rows, *_MENU))


def _draft_rows(part: SurveyPart) -> tuple[tuple[Button, ...], ...]:
    code = part.survey.id
    send = button("survey.send_button", f"surveysend.{code}")
    if part.waits_for_second:
        send = button("survey.pass_button", f"surveypass.{code}")
    return ((send, button("survey.drop_button", f"surveydrop.{code}")),)


async def send(scene: Scene, rest: str) -> Turn:
    """A button `surveysend.<id>`."""
    survey_id = SurveyId(id_in(rest))
    started = await send_survey(scene.uow, by=scene.me, survey_id=survey_id)
    said = Message("survey.sent", {"people": started.audience.by_chat, "in_person": started.audience.in_person})
    return Turn(say=(said, await _card(scene, survey_id)))


async def pass_on(scene: Scene, rest: str) -> Turn:
    """A button `surveypass.<id>`: to somebody else, who sends it."""
    await pass_survey_on(scene.uow, by=scene.me, survey_id=SurveyId(id_in(rest)))
    return Turn(say=(Message("survey.passed_on", {}, _MENU),))


async def drop(scene: Scene, rest: str) -> Turn:
    """A button `surveydrop.<id>`."""
    await drop_survey(scene.uow, by=scene.me, survey_id=SurveyId(id_in(rest)))
    return Turn(say=(Message("survey.dropped", {}, _MENU),))


async def start_closing(scene: Scene, rest: str) -> Turn:
    """A button `surveyclose.<id>`: looked at first, since nobody can answer afterwards."""
    part = await survey_open_to(scene.uow, scene.me, SurveyId(id_in(rest)))
    return Turn(to="surveyclose.preview", draft={"survey": part.survey.id, "title": part.survey.title})


def _closing(scene: Scene) -> dict[str, Param]:
    return {"title": str(scene.draft["title"])}


async def _close(scene: Scene) -> Turn:
    survey_id = SurveyId(int(scene.draft["survey"]))
    await close_survey(scene.uow, by=scene.me, survey_id=survey_id)
    return Turn(say=(await _card(scene, survey_id),))


async def start_new(scene: Scene, rest: str) -> Turn:
    """A button `surveynew.<meeting id>`: what it is called, the questions, until when, for which hamlets."""
    meeting = await meeting_to_survey(scene.uow, scene.me, MeetingId(id_in(rest)))
    places = await hamlets_in_scope(scene.uow, meeting)
    kept = "\n".join(f"{one.id} {one.name}" for one in places)
    return Turn(to="surveynew.title", draft={"meeting": meeting.id, "places": kept})


def _places(scene: Scene) -> dict[int, str]:
    lines = [line.split(" ", 1) for line in str(scene.draft["places"]).splitlines()]
    return {int(number): name for number, name in lines}


def _read_title(scene: Scene, typed: str) -> str:
    del scene
    return required(" ".join(typed.split()), "refusal.text_missing", LONGEST_TITLE)


def _read_questions(scene: Scene, typed: str) -> str:
    del scene
    return "\n\n".join("\n".join(block) for block in read_questions(typed))


def _read_hamlets(scene: Scene, typed: str) -> str:
    """Names of hamlets with commas between them, kept as the codes of their buttons."""
    known = {fold(name): number for number, name in _places(scene).items()}
    wanted = [fold(one) for one in typed.replace("\n", ",").split(",") if fold(one)]
    unknown = [one for one in wanted if one not in known]
    if not wanted or unknown:
        raise RuleBroken("refusal.survey_hamlets")
    return ",".join(f"h{known[one]}" for one in wanted)


async def _offered_hamlets(scene: Scene) -> Sequence[Button]:
    named = [literal(name, f"h{number}") for number, name in list(_places(scene).items())[:AT_ONCE]]
    return [button("survey.all_button", _ALL), *(named if len(_places(scene)) > 1 else ())]


def _hamlets(scene: Scene) -> list[UnitId]:
    chosen = str(scene.draft["hamlets"])
    return [] if chosen == _ALL else [UnitId(id_in(one[1:])) for one in chosen.split(",")]


def _preview(scene: Scene) -> dict[str, Param]:
    names = _places(scene)
    return {
        "title": str(scene.draft["title"]),
        "questions": str(scene.draft["questions"]),
        "until": on_weekday(date.fromisoformat(str(scene.draft["until"]))),
        "hamlets": ", ".join(names[one] for one in _hamlets(scene) or names),
    }


async def _make(scene: Scene) -> Turn:
    """What was looked at goes out, or to the second person where it is for many."""
    survey = await make_survey(
        scene.uow,
        by=scene.me,
        meeting_id=MeetingId(int(scene.draft["meeting"])),
        title=str(scene.draft["title"]),
        questions=read_questions(str(scene.draft["questions"])),
        hamlets=_hamlets(scene),
        closes_on=date.fromisoformat(str(scene.draft["until"])),
    )
    part = await survey_open_to(scene.uow, scene.me, survey.id)
    return await (pass_on if part.waits_for_second else send)(scene, str(survey.id))


async def start_counting(scene: Scene, rest: str) -> Turn:
    """A button `surveycount.<survey>.<hamlet>`: how many were asked, then their answers."""
    number, _, where = rest.partition(".")
    survey, hamlet = await hamlet_to_count(scene.uow, scene.me, SurveyId(id_in(number)), UnitId(id_in(where)))
    lines = [f"{at}. {one.text}: {' / '.join(one.choices)}" for at, one in enumerate(survey.asks, 1)]
    draft = {"survey": survey.id, "hamlet": hamlet.id, "where": hamlet.name, "asks": "\n".join(lines)}
    kept = "\n\n".join("\n".join(one) for one in survey.questions)
    return Turn(to="surveycount.people", draft={**draft, "questions": kept})


def _read_people(scene: Scene, typed: str) -> str:
    del scene
    return str(read_people(typed))


def _asks(scene: Scene) -> list[SurveyQuestion]:
    return [SurveyQuestion(one[0], tuple(one[1:])) for one in read_questions(str(scene.draft["questions"]))]


def _read_counts(scene: Scene, typed: str) -> str:
    counts = read_answers(typed, _asks(scene), int(scene.draft["people"]))
    return "\n".join(" ".join(str(one) for one in line) for line in counts)


def _counted(scene: Scene) -> dict[str, Param]:
    lines: list[Param] = []
    asks = _asks(scene)
    for number, (one, counts) in enumerate(zip(asks, str(scene.draft["counts"]).splitlines(), strict=True), 1):
        lines.append(Term("survey.line_question", {"number": number, "question": one.text}))
        lines += [
            Term("survey.line_count", {"choice": choice, "count": count})
            for choice, count in zip(one.choices, counts.split(), strict=True)
        ]
    return {"where": str(scene.draft["where"]), "people": str(scene.draft["people"]), "lines": tuple(lines)}


async def _count(scene: Scene) -> Turn:
    people = int(scene.draft["people"])
    await count_answers(
        scene.uow,
        by=scene.me,
        survey_id=SurveyId(int(scene.draft["survey"])),
        hamlet_id=UnitId(int(scene.draft["hamlet"])),
        people=people,
        counts=read_answers(str(scene.draft["counts"]), _asks(scene), people),
    )
    return Turn(say=(Message("survey.counted", {"where": str(scene.draft["where"])}, _MENU),))


MODULE = ConversationModule(
    commands=(Command("khaosat", surveys, aliases=("khảo sát",)),),
    choices=(
        Choice("sv", answer),
        Choice("svagain", answer_again),
        Choice("survey", show),
        Choice("surveysend", send),
        Choice("surveypass", pass_on),
        Choice("surveydrop", drop),
        Choice("surveyclose", start_closing, leads_to=("surveyclose.preview",)),
        Choice("surveynew", start_new, leads_to=("surveynew.title",)),
        Choice("surveycount", start_counting, leads_to=("surveycount.people",)),
    ),
    steps=(
        *form_steps(
            "surveynew",
            (
                Field("title", "surveynew.title", _read_title),
                Field("questions", "surveynew.questions", _read_questions),
                Field("until", "surveynew.until", read_day),
                Field("hamlets", "surveynew.hamlets", _read_hamlets, offers=_offered_hamlets),
            ),
            preview=_preview,
            send=_make,
        ),
        *form_steps("surveyclose", (), preview=_closing, send=_close),
        *form_steps(
            "surveycount",
            (Field("people", "surveycount.people", _read_people), Field("counts", "surveycount.counts", _read_counts)),
            preview=_counted,
            send=_count,
        ),
    ),
)
