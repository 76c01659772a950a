"""Thông báo kết quả giải quyết: made public after the meeting, in the words chosen for the public (LAW C9, R020)."""

from dataclasses import replace

from intake.rules.papers.facts import PaperFacts, QuestionFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Grid, GridColumn, OfficePaper, Passage

from .frame import KindOfPaper, framed
from .meeting_words import figures_lines, headed, items_blocks, opening, outcome_of
from .saying import dashes, gap, say


def word(facts: PaperFacts) -> OfficePaper:
    """The figures of all questions; of single ones only what the secretary has put into public words."""
    return framed(
        facts,
        PaperKind.RESULTS_NOTICE,
        code="TB",
        type_name=say("type.notice"),
        summary=say("results.summary", title=facts.meeting.meeting.title),
        body=[opening(facts, "results.opening"), *_results(facts), Passage(say("results.closing"))],
    )


def word_sheet(facts: PaperFacts) -> OfficePaper:
    """What hangs at the seat and in the houses of culture: the same, the public items, and nobody's signature."""
    meeting = replace(facts.meeting, items=tuple(one for one in facts.meeting.items if one.public))
    concluded = headed(say("results.items"), items_blocks(meeting)) if meeting.items else []
    return framed(
        facts,
        PaperKind.RESULTS_SHEET,
        code="",
        type_name=say("type.notice"),
        summary=say("results.summary", title=facts.meeting.meeting.title),
        body=[*_results(facts), *concluded, Passage(say("results.closing"))],
    )


def _results(facts: PaperFacts) -> list[Block]:
    blocks: list[Block] = headed(say("results.figures"), dashes(figures_lines(facts.meeting)))
    if not facts.plan.figures_only:
        blocks += headed(say("results.single"), [_public(facts)])
    return blocks


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
SHEET = KindOfPaper(PaperKind.RESULTS_SHEET, PaperSubject.MEETING, "", word_sheet)
