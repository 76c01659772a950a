"""Danh sách đại biểu and how the seats are shared out among the units (R048, R111, R112)."""

from collections import Counter

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Grid, GridColumn, Heading, OfficePaper, Passage
from wording.texts import words

from .frame import KindOfPaper, framed
from .meeting_words import time_and_place
from .saying import LANGUAGE, counted, say


def word(facts: PaperFacts) -> OfficePaper:
    """First the numbers by unit and seat, then the names; who waits for a seat is counted apart."""
    waiting = sum(one.waiting for one in facts.meeting.delegates)
    return framed(
        facts,
        PaperKind.DELEGATES,
        code="",
        type_name=say("type.list"),
        summary=say("delegates.summary", title=facts.meeting.meeting.title),
        body=[
            *time_and_place(facts)[:2],
            Heading(say("delegates.quotas")),
            _quotas(facts),
            Heading(say("delegates.names")),
            _names(facts),
            counted("delegates.count", len(facts.meeting.delegates) - waiting),
            *([Passage(say("delegates.waiting_count", count=waiting))] if waiting else []),
        ],
    )


def _quotas(facts: PaperFacts) -> Grid:
    seated = Counter((one.unit, one.seat) for one in facts.meeting.delegates if not one.waiting)
    titles = (
        GridColumn(say("col.unit"), 40),
        GridColumn(say("col.seat"), 30),
        GridColumn(say("col.quota"), 15, centred=True),
        GridColumn(say("col.listed"), 15, centred=True),
    )
    rows = tuple(
        (unit, words(LANGUAGE, f"seat.{seat.value}"), str(number), str(seated[unit, seat]))
        for unit, seat, number in facts.meeting.quotas
    )
    return Grid(titles, rows, say("delegates.no_quota"))


def _names(facts: PaperFacts) -> Grid:
    titles = (
        GridColumn(say("col.number"), 8, centred=True),
        GridColumn(say("col.name"), 30),
        GridColumn(say("col.unit"), 26),
        GridColumn(say("col.seat"), 24),
        GridColumn(say("col.note"), 12, centred=True),
    )
    rows = tuple(
        (
            str(number),
            one.name or say("unnamed"),
            one.unit or say("no_hamlet"),
            words(LANGUAGE, f"seat.{one.seat.value}"),
            say("delegates.waiting") if one.waiting else say("delegates.came") if one.came else "",
        )
        for number, one in enumerate(facts.meeting.delegates, 1)
    )
    return Grid(titles, rows, say("none_registered"))


KIND = KindOfPaper(PaperKind.DELEGATES, PaperSubject.MEETING, "", word, listed=True, lists_people=True)
