"""A plan from the commune's own paper at the desk: its text with the words marked, the facts beside it, one button."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.responses import Response

from intake.actions.papers.figures import counted_in
from intake.actions.plan.change_from_paper import apply_change, end_of_plan, end_plan, meetings_meant, plans_meant
from intake.actions.plan.decide_open_point import DECIDING
from intake.actions.plan.plan_from_paper import DraftedPlan, draft_for, load_draft, require_own_paper, units_to_plan
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Param, Term
from intake.rules.papers.figures import HAND_COUNTS
from intake.rules.people.unit import UnitId
from intake.rules.plan.drafting.draft import FactStanding, NoDraftError
from intake.rules.plan.drafting.marked_text import marked_text
from intake.rules.plan.drafting.paper_change import change_of
from intake.rules.plan.paper_file import UnreadablePaperError
from intake.rules.plan.plan import Plan, PlanId
from intake.rules.plan.profile import ProfileError
from intake.rules.plan.reading.reading import PlanReading, outcome_of, read_paper
from web.forms import sent_file
from wording.asked import said
from wording.drafts import (
    becomes,
    becomes_of_plan,
    change_lines,
    cited,
    cited_report,
    field_name,
    first_notice,
    preview_params,
    remark,
    why_no_draft,
    why_no_profile,
)
from wording.figures import hand_called
from wording.meetings import when
from wording.texts import shown

from .doors import Doors
from .figures import keep_typed_year
from .office import HOME
from .room import DeskRoom, for_roles
from .said import sentence
from .visiting import Visit, number_in

ROOM = DeskRoom("/van-ban", "desk.plan_paper", for_roles(*DECIDING))
PATH = HOME + ROOM.path
_SHORTEST = 200


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of the paper: its number, what a clerk calls it, its words; whether they are marked in the text."""

    number: int
    name: str
    phrase: str
    marked: bool


def open_room(doors: Doors) -> None:
    """Add the form for the paper, what is read in it, loading it, and doing what it says of a meeting."""
    doors.show("", _begin)
    doors.act("/doc", _look, again=_begin)
    doors.act("/nap", _load, again=_begin)
    doors.act("/doi", _change, again=_begin)
    doors.act("/ket-qua", _keep_report, again=_begin)


async def _begin(visit: Visit) -> Response:
    async with visit.reading() as uow:
        units = await units_to_plan(uow, visit.person)
    choices = [(str(unit.id), unit.name) for unit in units]
    return visit.page("plan_paper.html", units=choices, path=PATH)


async def _look(visit: Visit) -> Response:
    """Read the paper and show what it says; nothing is kept."""
    async with visit.reading() as uow:
        text = await _text(uow, visit)
        reading = read_paper(text)
        if reading.outcome is not None:
            return await _report(uow, visit, reading, text)
        if plans := await _plans_meant(uow, visit, reading):
            return _ends(visit, reading, text, plans)
        if change_of(reading) is not None and (meant := await _meant(uow, visit, reading)):
            return _changes(visit, reading, text, meant)
        drafted = await _drafted(uow, visit, reading)
        params = preview_params(uow, drafted, reading)
    language = visit.person.language
    stated = [fact for fact in drafted.draft.facts if fact.standing is FactStanding.STATED]
    absent = dict.fromkeys(fact.path for fact in drafted.draft.facts if fact.standing is FactStanding.ABSENT)
    pieces = marked_text(text, [fact.phrase or "" for fact in stated])
    marked = {number for piece in pieces for number in piece.begins}
    return visit.page(
        "plan_paper_read.html",
        pieces=pieces,
        facts=[
            FactRow(number, shown(language, field_name(fact.path)), fact.phrase or "", number in marked)
            for number, fact in enumerate(stated)
        ],
        absent=[shown(language, field_name(path)) for path in absent],
        questions=[
            (shown(language, said(one.question)), shown(language, said(one.why))) for one in drafted.draft.profile.open
        ],
        lines=_shown(language, params["lines"]),
        changes=_shown(language, params["changes"]) if drafted.plan is not None else (),
        kind=shown(language, params["kind"]),
        title=params["title"],
        unit=drafted.unit,
        text=text,
        notice=first_notice(drafted),
        altering=len(drafted.altered),
        path=PATH,
    )


async def _report(uow: UnitOfWork, visit: Visit, reading: PlanReading, text: str) -> Response:
    """What a report counts, beside its words, in a form that its reader may correct; nothing is kept yet."""
    unit_id = await _unit_of(uow, visit)
    try:
        require_own_paper(reading, await uow.places.unit(unit_id))
    except NoDraftError as others:
        said = why_no_draft(others, reading)
        raise RuleBroken(said.key, said.params) from None
    language = visit.person.language
    stated = outcome_of(reading)
    year = reading.head.year.value if reading.head.year is not None else None
    counted = None if year is None else await counted_in(uow, unit_id, year)
    counts = [(name, hand_called(language, name), stated.get(name)) for name in HAND_COUNTS]
    return visit.page(
        "plan_paper_report.html",
        pieces=marked_text(text, [one.phrase for one in stated.values()]),
        places={name: number for number, name in enumerate(stated)},
        counts=counts,
        year=year,
        source=cited_report(reading),
        counted=counted,
        unit=unit_id,
        path=PATH,
    )


async def _keep_report(visit: Visit) -> Response:
    """Keep the figures of a year as the report, or whoever looked at it, has them."""
    entered = await keep_typed_year(visit)
    return visit.to(
        f"{HOME}/so-lieu?don-vi={entered.unit_id}", sentence("figures.year_entered", year=str(entered.year))
    )


async def _plans_meant(uow: UnitOfWork, visit: Visit, reading: PlanReading) -> list[Plan]:
    """The plans of a unit that is theirs which the paper may end or suspend as a whole."""
    unit_id = await _unit_of(uow, visit)
    return await plans_meant(uow, reading=reading, unit_id=unit_id) if end_of_plan(reading) is not None else []


def _ends(visit: Visit, reading: PlanReading, text: str, plans: list[Plan]) -> Response:
    """What the paper says of a plan as a whole, with a button for each it may be about; nothing is done yet."""
    things = [("plan", plan.id, plan.title) for plan in plans]
    what = becomes_of_plan(end_of_plan(reading))
    return _may_change(visit, reading, text, what, "desk.plan_paper_which_plan", things)


async def _unit_of(uow: UnitOfWork, visit: Visit) -> UnitId:
    unit_id = UnitId(number_in(visit.typed.get("unit", "")))
    if unit_id not in [unit.id for unit in await units_to_plan(uow, visit.person)]:
        raise NotFound
    return unit_id


async def _meant(uow: UnitOfWork, visit: Visit, reading: PlanReading) -> list[Meeting]:
    """The meetings a change may be about, of a unit that is theirs."""
    return await meetings_meant(uow, reading=reading, unit_id=await _unit_of(uow, visit))


def _changes(visit: Visit, reading: PlanReading, text: str, meant: list[Meeting]) -> Response:
    """What the paper says of a meeting, with a button for each it may be about; nothing is done yet."""
    language = visit.person.language
    things = [("meeting", meeting.id, f"{meeting.title}, {shown(language, when(meeting))}") for meeting in meant]
    return _may_change(visit, reading, text, becomes(change_of(reading)), "desk.plan_paper_which", things)


def _may_change(
    visit: Visit, reading: PlanReading, text: str, what: Param, asks: str, things: Sequence[tuple[str, int, str]]
) -> Response:
    """What becomes of a thing, and which: its kind, its number and what it is called."""
    language = visit.person.language
    return visit.page(
        "plan_paper_change.html",
        lines=_shown(language, change_lines(reading)),
        becomes=shown(language, what),
        which=visit.words(Term(asks)),
        things=things,
        unit=number_in(visit.typed.get("unit", "")),
        text=text,
        path=PATH,
    )


async def _change(visit: Visit) -> Response:
    """Do to the chosen meeting what the paper says; its text comes along with the button."""
    reading = read_paper(visit.typed.get("text", ""))
    if "plan" in visit.typed:
        return await _end(visit, reading)
    meeting_id = MeetingId(number_in(visit.typed.get("meeting", "")))
    async with visit.acting() as uow:
        await apply_change(
            uow,
            by=visit.person,
            reading=reading,
            unit_id=UnitId(number_in(visit.typed.get("unit", ""))),
            meeting_id=meeting_id,
            reason=cited(reading),
        )
    return visit.to(f"{HOME}/buoi/{meeting_id}", sentence("planpaper.changed_done"))


async def _end(visit: Visit, reading: PlanReading) -> Response:
    unit_id = UnitId(number_in(visit.typed.get("unit", "")))
    async with visit.acting() as uow:
        await end_plan(
            uow,
            by=visit.person,
            reading=reading,
            unit_id=unit_id,
            plan_id=PlanId(number_in(visit.typed["plan"])),
            reason=cited(reading),
        )
    return visit.to(f"{HOME}/buoi", sentence("planpaper.changed_done"))


def _shown(language: str, lines: Param) -> Sequence[str]:
    return [shown(language, line) for line in lines] if isinstance(lines, tuple) else []


async def _text(uow: UnitOfWork, visit: Visit) -> str:
    """The text of the file that was sent, else the text that was pasted."""
    sent = sent_file(visit.request, "paper")
    if sent is None or not sent.content:
        text = visit.typed.get("text", "")
        if len(text) >= _SHORTEST:
            return text
        if text.strip():
            raise RuleBroken("planpaper.too_short")
        # where none was chosen a browser sends an empty one without a name
        raise RuleBroken("planpaper.unread_empty" if sent is not None and sent.name else "planpaper.not_a_file")
    try:
        return await uow.papers.text_of(sent.content)
    except UnreadablePaperError as unread:
        raise RuleBroken(f"planpaper.unread_{unread.why.value}") from None


async def _drafted(uow: UnitOfWork, visit: Visit, reading: PlanReading) -> DraftedPlan:
    unit_id = UnitId(number_in(visit.typed.get("unit", "")))
    try:
        return await draft_for(uow, by=visit.person, reading=reading, unit_id=unit_id, say=remark)
    except NoDraftError as none:
        said = why_no_draft(none, reading)
        raise RuleBroken(said.key, said.params) from None
    except ProfileError as error:
        raise RuleBroken("planpaper.contradicts", {"lines": why_no_profile(error, visit.person.language)}) from None


async def _load(visit: Visit) -> Response:
    """Load what was looked at; its text comes along with the button."""
    reading = read_paper(visit.typed.get("text", ""))
    unit_id = UnitId(number_in(visit.typed.get("unit", "")))
    altering = number_in(visit.typed.get("altering", ""))
    async with visit.acting() as uow:
        loaded = await load_draft(uow, by=visit.person, reading=reading, unit_id=unit_id, altering=altering, say=remark)
    said = sentence("planpaper.loaded", title=loaded.plan.title)
    return visit.to(f"{HOME}/thiet-lap/{unit_id}/ke-hoach", said)
