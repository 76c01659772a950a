"""What is said of the results of a meeting wherever they are made public: counted as on the public page (R021)."""

from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.aloud import aloud, day_aloud, number_aloud
from intake.rules.meetings.meeting import Meeting
from intake.rules.meetings.public_figures import PublicFigures, public_figures
from intake.rules.message import Param, Term

MOST_READ_OUT = 5
"""Items of a conclusion that are read out: the rest is on the sheet, and nobody listens longer."""


async def counted_in_public(uow: UnitOfWork, meeting: Meeting) -> PublicFigures:
    """The figures of a meeting as everybody reads them today."""
    asked = await uow.questions.of_meeting(meeting.id)
    owed = await uow.clocks.owed_on([one.id for one in asked])
    return public_figures(asked, meeting.ended_at, owed, uow.today)


async def results_script(uow: UnitOfWork, meeting: Meeting) -> Term:
    """The results to be read out: numbers and days in words, the first items of the conclusion with their days."""
    figures = await counted_in_public(uow, meeting)
    unit = await uow.places.unit(meeting.unit_id)
    held_on = (meeting.ended_at or uow.now).astimezone(LOCAL).date()
    names = [hamlet.name for hamlet in await uow.meetings.hamlets(meeting.id)]
    items = [one for one in await uow.conclusions.of_meeting(meeting.id) if one.published_at is not None]
    lines: list[Param] = [
        Term("madepublic.read_item", {"number": number_aloud(one.number), "text": aloud(one.text)})
        for one in items[:MOST_READ_OUT]
    ]
    if len(items) > MOST_READ_OUT:
        lines.append(Term("madepublic.read_more", {"count": number_aloud(len(items) - MOST_READ_OUT)}))
    params: dict[str, Param] = {
        "unit": aloud(unit.name),
        "title": aloud(meeting.title),
        "scope": Term("madepublic.read_scope", {"places": aloud(", ".join(names))}) if names else "",
        "day": day_aloud(held_on, year=True),
        "counts": _counts(figures),
        "items": tuple(lines) or (Term("madepublic.read_no_items"),),
    }
    return Term("madepublic.script", params)


def _counts(figures: PublicFigures) -> tuple[Term, ...]:
    """What was asked and what became of it, as somebody says it: nobody says that nought questions were received."""
    answered = figures.answered_before + figures.answered_there + figures.answered_later
    left = figures.in_progress + figures.forwarded
    if not figures.received:
        return (Term("madepublic.read_nothing"),)
    said: dict[str, Param] = {"received": number_aloud(figures.received), "answered": number_aloud(answered)}
    first = Term("madepublic.read_received" if answered else "madepublic.read_unanswered", said)
    return (first, Term("madepublic.read_left", {"left": number_aloud(left)})) if left else (first,)
