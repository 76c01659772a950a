"""Phiếu trả lời của cả buổi: every answer slip of a meeting in one file, behind the list of them (R160, R167)."""

from dataclasses import replace

from intake.rules.papers.facts import PaperFacts, SlipFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Grid, GridColumn, OfficePaper, Passage

from . import answer_slip
from .frame import KindOfPaper, framed, stamped
from .meeting_words import withheld
from .saying import counted, gap, or_gap, say


def word(facts: PaperFacts) -> OfficePaper:
    """The list first, for whoever hands them out; then the slips, each from a page of its own."""
    meeting = facts.meeting
    titles = (
        GridColumn(say("col.number"), 7, centred=True),
        GridColumn(say("col.symbol"), 18, centred=True),
        GridColumn(say("col.reference"), 21, centred=True),
        GridColumn(say("col.name"), 26),
        GridColumn(say("col.hamlet"), 18),
        GridColumn(say("col.note"), 10, centred=True),
    )
    rows = tuple(_row(facts, place, one) for place, one in enumerate(meeting.slips, 1))
    cover = framed(
        facts,
        PaperKind.ANSWER_SLIPS,
        code="",
        type_name=say("type.list"),
        summary=say("slips.summary", title=meeting.meeting.title),
        body=[
            counted("slips.count", len(meeting.slips)),
            *withheld(meeting.withheld),
            Grid(titles, rows, say("slips.none")),
            *([Passage(say("slips.own_file"))] if any(one.own_file for one in meeting.slips) else []),
        ],
    )
    printed = [one for one in meeting.slips if not one.own_file]
    return replace(cover, followed_by=tuple(_slip(facts, one) for one in printed))


def _row(facts: PaperFacts, place: int, slip: SlipFacts) -> tuple[str, ...]:
    question = slip.question
    return (
        str(place),
        gap("number") if slip.stamp is None else stamped(facts.plan.profile, slip.stamp, answer_slip.KIND.code),
        question.reference,
        or_gap(question.asker, "asker"),
        question.asker_hamlet,
        say("slips.apart") if slip.own_file else "",
    )


def _slip(facts: PaperFacts, slip: SlipFacts) -> OfficePaper:
    return answer_slip.word(replace(facts, about_meeting=None, about_question=slip.question, stamp=slip.stamp))


KIND = KindOfPaper(PaperKind.ANSWER_SLIPS, PaperSubject.MEETING, "", word, listed=True, lists_people=True)
