"""Báo cáo tình hình, kết quả thực hiện nhiệm vụ: what the room is told of the work so far, before it asks (R080)."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Heading, OfficePaper, Passage

from .frame import KindOfPaper, framed
from .meeting_words import content_of, headed, opening
from .saying import gap, say


def word(facts: PaperFacts) -> OfficePaper:
    """The frame of it, topic by topic as the plan has them; the figures are the office's own, and none is made up."""
    topics = [one.name for one in facts.plan.profile.topics if one.parent is None and not one.sensitive]
    body: list[Block] = [
        opening(facts, "background.opening"),
        Passage(f"{content_of(facts)}.", lead=say("lead.content")),
        Passage(gap("reported_period")),
        Heading(say("background.part_1")),
    ]
    for number, topic in enumerate(topics, 1):
        body += [Passage(topic, lead=f"{number}."), Passage(gap("achieved"))]
    if not topics:
        body.append(Passage(gap("achieved")))
    body += headed(say("background.part_2"), [Passage(gap("shortcomings"))])
    body += headed(say("background.part_3"), [Passage(gap("next_steps"))])
    return framed(
        facts,
        PaperKind.BACKGROUND_REPORT,
        code="BC",
        type_name=say("type.report"),
        summary=say("background.summary", title=facts.meeting.meeting.title),
        body=body,
    )


KIND = KindOfPaper(PaperKind.BACKGROUND_REPORT, PaperSubject.MEETING, "BC", word)
