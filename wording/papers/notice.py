"""Thông báo of a meeting, and the sheet of it that is posted (R090–R098)."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Heading, OfficePaper, Passage

from .frame import KindOfPaper, framed
from .meeting_words import opening, programme_grid, time_and_place
from .saying import say


def word(facts: PaperFacts) -> OfficePaper:
    """The notice as a document with a number."""
    body: list[Block] = [opening(facts, "notice.opening"), *time_and_place(facts)]
    if facts.plan.profile.programme:
        body += [Heading(say("notice.programme")), programme_grid(facts)]
    body += [Passage(say("notice.how")), Passage(say("notice.closing"))]
    return framed(
        facts,
        PaperKind.NOTICE,
        code="TB",
        type_name=say("type.notice"),
        summary=say("notice.summary", title=facts.meeting.meeting.title),
        body=body,
    )


def word_sheet(facts: PaperFacts) -> OfficePaper:
    """What hangs at the office and the house of culture: the same, short, and nobody's signature."""
    return framed(
        facts,
        PaperKind.NOTICE_SHEET,
        code="",
        type_name=say("type.notice"),
        summary=facts.meeting.meeting.title,
        body=[*time_and_place(facts), Passage(say("notice.how")), Passage(say("notice.welcome"))],
    )


KIND = KindOfPaper(PaperKind.NOTICE, PaperSubject.MEETING, "TB", word)
SHEET = KindOfPaper(PaperKind.NOTICE_SHEET, PaperSubject.MEETING, "", word_sheet)
