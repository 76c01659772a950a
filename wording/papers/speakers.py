"""Danh sách đăng ký phát biểu, in the order in force (R113–R115)."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Grid, GridColumn, OfficePaper

from .frame import KindOfPaper, framed
from .meeting_words import one_paragraph, time_and_place
from .saying import counted, say


def word(facts: PaperFacts) -> OfficePaper:
    """The list for the chair and the room: who speaks when, from where, about what."""
    return framed(
        facts,
        PaperKind.SPEAKERS,
        code="",
        type_name=say("type.list"),
        summary=say("speakers.summary", title=facts.meeting.meeting.title),
        body=[
            *time_and_place(facts)[:2],
            speakers_grid(facts),
            counted("speakers.count", len(facts.meeting.speakers)),
        ],
    )


def speakers_grid(facts: PaperFacts) -> Grid:
    """The speakers as a table."""
    titles = (
        GridColumn(say("col.number"), 8, centred=True),
        GridColumn(say("col.name"), 28),
        GridColumn(say("col.hamlet"), 22),
        GridColumn(say("col.content"), 42),
    )
    rows = tuple(
        (str(one.number), one.name or say("unnamed"), one.place, one_paragraph(one.content) or one.topic)
        for one in facts.meeting.speakers
    )
    return Grid(titles, rows, say("none_registered"))


KIND = KindOfPaper(PaperKind.SPEAKERS, PaperSubject.MEETING, "", word, listed=True, lists_people=True)
