"""Chương trình of a meeting: its steps and who does them (R140–R149)."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import OfficePaper

from .frame import KindOfPaper, framed
from .meeting_words import programme_grid, time_and_place
from .saying import say


def word(facts: PaperFacts) -> OfficePaper:
    """Time and place, then the steps in the order of the plan."""
    return framed(
        facts,
        PaperKind.PROGRAMME,
        code="",
        type_name=say("type.programme"),
        summary=facts.meeting.meeting.title,
        body=[*time_and_place(facts), programme_grid(facts)],
    )


KIND = KindOfPaper(PaperKind.PROGRAMME, PaperSubject.MEETING, "", word)
