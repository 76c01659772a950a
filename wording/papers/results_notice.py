"""Thông báo kết quả giải quyết: made public after the meeting, in the words chosen for the public (LAW C9, R020)."""

from dataclasses import replace

from intake.rules.papers.facts import PaperFacts, QuestionFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Grid, GridColumn, Heading, OfficePaper, Passage

from .frame import KindOfPaper, framed
from .meeting_words import figures_lines, opening, outcome_of
from .saying import dashes, gap, say


def word(facts: PaperFacts) -> OfficePaper:
    """The figures of all questions; of single ones only what the secretary has put into public words."""
    body: list[Block] = [opening(facts, "results.opening"), Heading(say("results.figures"))]
    body += dashes(figures_lines(facts.meeting))
    if not facts.plan.figures_only:
        body += [Heading(say("results.single")), _public(facts)]
    body += [Passage(say("results.closing"))]
    return framed(
        facts,
        PaperKind.RESULTS_NOTICE,
        code="TB",
        type_name=say("type.notice"),
        summary=say("results.summary", title=facts.meeting.meeting.title),
        body=body,
    )


def _public(facts: PaperFacts) -> Grid:
    shown = [one for one in facts.meeting.questions if one.public_text]
    titles = (
        GridColumn(say("col.number"), 8, centred=True),
        GridColumn(say("col.question"), 42),
        GridColumn(say("col.outcome"), 50),
    )
    rows = tuple((str(number), one.public_text or "", _outcome(one)) for number, one in enumerate(shown, 1))
    return Grid(titles, rows, gap("public"))


def _outcome(question: QuestionFacts) -> str:
    """What became of it, for everybody: no name of who asked, and no reason that was written for them alone."""
    return outcome_of(replace(question, answer=question.answer and question.public_answer, outcome_reason=""))


KIND = KindOfPaper(PaperKind.RESULTS_NOTICE, PaperSubject.MEETING, "TB", word, listed=True)
