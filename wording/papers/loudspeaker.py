"""Bài phát thanh: the notice to be read out, numbers and days in words (R090, R093)."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import OfficePaper, Passage
from wording.texts import shown

from .frame import KindOfPaper, framed
from .meeting_words import time_and_place
from .saying import LANGUAGE, gap, say


def word(facts: PaperFacts) -> OfficePaper:
    """The script of a fixed meeting; before the day is fixed, what is known, with the gap."""
    script = facts.meeting.script
    if script is None:
        body = [Passage(gap("script")), *time_and_place(facts)]
    else:
        body = [Passage(shown(LANGUAGE, script)), Passage(say("loudspeaker.twice"), italic=True)]
    return framed(
        facts,
        PaperKind.LOUDSPEAKER,
        code="",
        type_name=say("type.loudspeaker"),
        summary=facts.meeting.meeting.title,
        body=body,
    )


KIND = KindOfPaper(PaperKind.LOUDSPEAKER, PaperSubject.MEETING, "", word)
