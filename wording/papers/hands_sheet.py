"""The results of the shows of hands of a meeting, on a sheet to read out or hang up: numbers, and nobody's name."""

from intake.rules.papers.facts import HandsFacts, PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Grid, GridColumn, OfficePaper, Passage

from .frame import KindOfPaper, framed
from .meeting_words import headed
from .saying import moment_written, nothing, say


def word(facts: PaperFacts) -> OfficePaper:
    """Each question in the order it was asked; a sheet without any says so."""
    body: list[Block] = [Passage(say("hands.open"))]
    for hands in facts.meeting.hands:
        body += headed(hands.question, _counted(hands))
    if not facts.meeting.hands:
        body.append(nothing())
    return framed(
        facts,
        PaperKind.HANDS_SHEET,
        code="",
        type_name=say("type.hands"),
        summary=facts.meeting.meeting.title,
        body=body,
    )


def _counted(hands: HandsFacts) -> list[Block]:
    titles = (GridColumn(say("col.answer"), 75), GridColumn(say("col.hands"), 25, centred=True))
    together = (say("hands.together"), str(sum(count for _, count in hands.answers)))
    rows = (*((answer, str(count)) for answer, count in hands.answers), together)
    blocks: list[Block] = [
        Passage(say("hands.asked", when=moment_written(hands.asked_at))),
        Grid(titles, rows, say("none")),
    ]
    if hands.by_eye:
        blocks.append(Passage(say("hands.by_eye", count=hands.by_eye)))
    return blocks


KIND = KindOfPaper(PaperKind.HANDS_SHEET, PaperSubject.MEETING, "", word)
