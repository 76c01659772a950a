"""Báo cáo kết quả khảo sát: what people answered before a meeting, in all and by hamlet, and nobody's choice (R072)."""

from intake.rules.papers.facts import AskedFacts, PaperFacts, SurveyFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Grid, GridColumn, Heading, OfficePaper, Passage

from .frame import KindOfPaper, framed
from .meeting_words import opening
from .saying import moment_written, nothing, say

_PLACES = 30
"""The share of the column of hamlets; the choices have the rest between them."""


def word(facts: PaperFacts) -> OfficePaper:
    """Each survey that is closed, in the order they were made; a report without any says so."""
    body: list[Block] = [opening(facts, "survey.opening")]
    for survey in facts.meeting.surveys:
        body += _told(survey)
    body.append(Passage(say("survey.hidden")) if facts.meeting.surveys else nothing())
    return framed(
        facts,
        PaperKind.SURVEY_RESULTS,
        code="BC",
        type_name=say("type.report"),
        summary=say("survey.summary", title=facts.meeting.meeting.title),
        body=body,
    )


def _told(survey: SurveyFacts) -> list[Block]:
    counts = {"asked": survey.asked, "answered": survey.answered}
    titles = (
        GridColumn(say("col.hamlet"), 50),
        GridColumn(say("col.asked"), 25, centred=True),
        GridColumn(say("col.answered"), 25, centred=True),
    )
    places = tuple((hamlet, str(asked), str(answered)) for hamlet, asked, answered in survey.hamlets)
    blocks: list[Block] = [
        Heading(survey.title),
        Passage(say("survey.counts", closed=moment_written(survey.closed_at), **counts)),
        Grid(titles, places, say("none")),
    ]
    for number, asked in enumerate(survey.questions, 1):
        blocks += [Heading(say("survey.question", number=number, question=asked.question)), _chosen(asked)]
    return blocks


def _chosen(asked: AskedFacts) -> Grid:
    share = (100 - _PLACES) // len(asked.choices)
    choices = (GridColumn(choice, share, centred=True) for choice in asked.choices)
    titles = (GridColumn(say("col.hamlet"), 100 - share * len(asked.choices)), *choices)
    rows = [(hamlet, *_shown(cells)) for hamlet, cells in asked.hamlets]
    return Grid(titles, (*rows, (say("survey.together"), *_shown(asked.totals))), say("none"))


def _shown(cells: tuple[int | None, ...]) -> tuple[str, ...]:
    return tuple("–" if count is None else str(count) for count in cells)


KIND = KindOfPaper(PaperKind.SURVEY_RESULTS, PaperSubject.MEETING, "BC", word, listed=True)
