"""Giấy mời: to one guest, or to all of the list that goes along with it (R051, R084)."""

from dataclasses import replace

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Grid, GridColumn, OfficePaper, PaperAppendix, Passage
from intake.rules.plan.profile_paper import Recipients

from .frame import KindOfPaper, day_within, framed, number_within
from .meeting_words import opening, time_and_place
from .saying import gap, issuer_of, say


def word(facts: PaperFacts) -> OfficePaper:
    """One guest is addressed by name and office, several by the list."""
    guests = facts.meeting.guests
    to = gap("guest")
    if len(guests) == 1:
        to = ", ".join(filter(None, (guests[0].name, guests[0].office)))
    elif guests:
        to = say("invitation.by_list")
    body: list[Block] = [
        opening(facts, "invitation.opening"),
        *time_and_place(facts),
        Passage(say("invitation.closing")),
    ]
    letter = framed(
        facts,
        PaperKind.INVITATION,
        code="GM",
        type_name=say("type.invitation"),
        summary=say("invitation.summary", title=facts.meeting.meeting.title),
        addressees=(to,),
        body=body,
        recipients=Recipients(unstated=(say("as_above"),), file=facts.plan.profile.recipients.file),
    )
    if len(guests) < 2:  # noqa: PLR2004 - one is addressed by name
        return letter
    belongs = say(
        "invitation.list_belongs", number=number_within(facts, "GM"), day=day_within(facts), issuer=issuer_of(facts)
    )
    return replace(letter, appendix=PaperAppendix(say("invitation.list"), belongs, (_list(facts),)))


def _list(facts: PaperFacts) -> Grid:
    titles = (
        GridColumn(say("col.number"), 8, centred=True),
        GridColumn(say("col.name"), 34),
        GridColumn(say("col.office"), 34),
        GridColumn(say("col.group"), 24),
    )
    rows = tuple((str(number), one.name, one.office, one.group) for number, one in enumerate(facts.meeting.guests, 1))
    return Grid(titles, rows, say("none"))


KIND = KindOfPaper(PaperKind.INVITATION, PaperSubject.MEETING, "GM", word)
