"""Báo cáo kiến nghị nêu nhiều lần: what was raised again and again, promised, and is not settled (R074, R075)."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import Block, Heading, OfficePaper, Passage

from .frame import KindOfPaper, framed
from .meeting_words import one_paragraph, opening
from .saying import counted, gap, say, short_day


def word(facts: PaperFacts) -> OfficePaper:
    """Each matter with its years, its words, its promises and the direction a desk proposes."""
    cases = facts.meeting.cases
    body: list[Block] = [opening(facts, "cases.opening"), counted("cases.count", len(cases))]
    for number, case in enumerate(cases, 1):
        years = ", ".join(map(str, case.years))
        body.append(Heading(say("cases.case", number=number, label=case.label, years=years)))
        body += [Passage(f"- {one_paragraph(text)}") for text in case.texts]
        body += [Passage(say("cases.promise", agency=agency, day=short_day(day))) for agency, day in case.promises]
        body.append(Passage(case.direction or gap("direction"), lead=say("cases.direction")))
    return framed(
        facts,
        PaperKind.REPEATED_CASES,
        code="BC",
        type_name=say("type.report"),
        summary=say("cases.summary"),
        body=body,
    )


KIND = KindOfPaper(PaperKind.REPEATED_CASES, PaperSubject.MEETING, "BC", word)
