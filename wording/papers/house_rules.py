"""Nội quy of a meeting: what the plan asks of those who speak and of those who listen (R115, R140)."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, OfficePaper, Passage
from intake.rules.plan.profile_terms import Practice

from .frame import KindOfPaper, framed
from .saying import quoted, say

_SAID_IN_THE_ROOM = (
    Practice.ABUSE_BANNED,
    Practice.NOT_A_CADRE_REVIEW,
    Practice.CRITICISM_WELCOME,
    Practice.RESIDENTS_SPEAK_FIRST,
    Practice.WRITTEN_VIA_SECRETARY,
    Practice.ANSWER_BY_ISSUE,
    Practice.OUT_OF_SCOPE_BY_CHAIR,
    Practice.CHAIR_MAY_ASK_BACK,
    Practice.TONE,
    Practice.AVOID_FORMALITY,
)


def word(facts: PaperFacts) -> OfficePaper:
    """What holds at every meeting, then what this plan adds in its own words."""
    general = [say(f"rules.{number}") for number in range(1, 6)]
    own = [
        f"{text.rstrip('.')}."
        for line in facts.plan.profile.practices
        if line.practice in _SAID_IN_THE_ROOM
        for text in quoted(line.phrase)
    ]
    body: list[Block] = [Passage(text, lead=f"{number}.") for number, text in enumerate([*general, *own], 1)]
    return framed(
        facts,
        PaperKind.HOUSE_RULES,
        code="",
        type_name=say("type.house_rules"),
        summary=facts.meeting.meeting.title,
        body=body,
    )


KIND = KindOfPaper(PaperKind.HOUSE_RULES, PaperSubject.MEETING, "", word)
