"""Thông báo kết luận: numbered items, each with who sees to it until when (R180)."""

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, OfficePaper, Passage

from .frame import KindOfPaper, framed
from .meeting_words import items_blocks
from .saying import (
    day_written,
    gap,
    issuer_of,
    or_gap,
    say,
)


def word(facts: PaperFacts) -> OfficePaper:
    """The conclusion as the chair decided it; without items, the gap where they stand."""
    profile, meeting = facts.plan.profile, facts.meeting.meeting
    held = meeting.ended_at or meeting.starts_at
    concluding = profile.concluding_host
    host = gap("host") if concluding is None else concluding.title
    day = gap("day") if held is None else day_written(held.astimezone(LOCAL).date())
    body: list[Block] = [
        Passage(
            say("conclusion.opening", day=day, venue=or_gap(meeting.venue, "venue"), title=meeting.title, host=host)
        ),
        *items_blocks(facts.meeting),
        Passage(say("conclusion.closing", issuer=issuer_of(facts))),
    ]
    return framed(
        facts,
        PaperKind.CONCLUSION,
        code="TB",
        type_name=say("type.notice"),
        summary=say("conclusion.summary", host=host, title=meeting.title),
        body=body,
    )


KIND = KindOfPaper(PaperKind.CONCLUSION, PaperSubject.MEETING, "TB", word)
