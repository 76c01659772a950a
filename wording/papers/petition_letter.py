"""Công văn kiến nghị cấp có thẩm quyền: a matter that is another agency's, sent on, the reply asked for (R162)."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import OfficePaper, Passage
from intake.rules.plan.profile_paper import Recipients

from .frame import KindOfPaper, framed
from .meeting_words import one_paragraph
from .saying import (
    ended,
    gap,
    issuer_of,
    or_gap,
    say,
    short_day,
)


def word(facts: PaperFacts) -> OfficePaper:
    """The matter without the name of who raised it: the agency answers for the matter, the office knows the person."""
    question = facts.question
    reference = or_gap(question.reference, "reference")
    agency = or_gap(question.agency, "agency")
    return framed(
        facts,
        PaperKind.PETITION_LETTER,
        code="CV",
        type_name="",
        summary="",
        about=say("petition.about", reference=reference),
        addressees=(agency,),
        body=[
            Passage(say("petition.opening", issuer=issuer_of(facts), hamlet=question.hamlet or gap("hamlet"))),
            Passage(one_paragraph(question.text) or gap("text"), lead=f"{reference}:"),
            Passage(ended(question.why_later or gap("reason")), lead=say("lead.reason")),
            Passage(say("petition.asks", day=short_day(question.promised_on) or gap("day"))),
            Passage(say("petition.closing", issuer=issuer_of(facts))),
        ],
        recipients=Recipients(unstated=(say("as_above"),), file=facts.plan.profile.recipients.file),
    )


KIND = KindOfPaper(PaperKind.PETITION_LETTER, PaperSubject.QUESTION, "CV", word)
