"""Báo cáo kết quả các năm trước: what became of the questions of the years the plan looks back on (R143)."""

from intake.rules.meetings.results import Results
from intake.rules.papers.facts import PaperFacts, YearFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Grid, GridColumn, Heading, OfficePaper, Passage

from .frame import KindOfPaper, framed
from .meeting_words import opening
from .saying import gap, say

_COUNTS = ("received", "before", "there", "later", "forwarded", "declined", "gathered", "open")


def word(facts: PaperFacts) -> OfficePaper:
    """A table a year; of a year the product was not there for, the gap the office fills."""
    body: list[Block] = [opening(facts, "earlier.opening")]
    for year in facts.meeting.years:
        body.append(Heading(say("earlier.year", year=year.year)))
        body += [results_grid(_rows(year))] if year.together.received else [Passage(gap("year"))]
    return framed(
        facts,
        PaperKind.EARLIER_RESULTS,
        code="BC",
        type_name=say("type.report"),
        summary=say("earlier.summary", years=", ".join(str(year.year) for year in facts.meeting.years)),
        body=body,
    )


def _rows(year: YearFacts) -> tuple[tuple[str, Results], ...]:
    named = tuple((title or say("outside"), results) for title, results in year.meetings)
    if year.by_hand is not None:
        named = (*named, (say("earlier.by_hand", source=year.by_hand.source), year.by_hand.results))
    return (*named, (say("together"), year.together))


def results_grid(rows: tuple[tuple[str, Results], ...]) -> Grid:
    """Counts side by side, one line a meeting."""
    titles = (
        GridColumn(say("col.meeting"), 28),
        *(GridColumn(say(f"col.{count}"), 9, centred=True) for count in _COUNTS),
    )
    cells = tuple((name, *(str(getattr(results, count)) for count in _COUNTS)) for name, results in rows)
    return Grid(titles, cells, say("none_sent"))


KIND = KindOfPaper(PaperKind.EARLIER_RESULTS, PaperSubject.MEETING, "BC", word, listed=True)
