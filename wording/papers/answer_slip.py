"""Phiếu trả lời: the answer to one question, for the person who asked it (R160, R167)."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import OfficePaper, Passage
from intake.rules.plan.profile_paper import Recipients

from .frame import KindOfPaper, framed
from .meeting_words import one_paragraph
from .saying import (
    gap,
    issuer_of,
    or_gap,
    say,
    short_day,
)


def word(facts: PaperFacts) -> OfficePaper:
    """What was asked, in the asker's words, and what is answered; a draft of a desk is none."""
    question = facts.question
    reference = or_gap(question.reference, "reference")
    asker = or_gap(question.asker, "asker")
    where = f", {question.asker_hamlet}" if question.asker_hamlet else ""
    return framed(
        facts,
        PaperKind.ANSWER_SLIP,
        code="TB",
        type_name=say("type.answer_slip"),
        summary=say("slip.summary", reference=reference),
        addressees=(f"{asker}{where}",),
        body=[
            Passage(say("slip.received", day=short_day(question.received_at) or gap("date"), reference=reference)),
            Passage(one_paragraph(question.text) or gap("text"), italic=True),
            Passage(say("slip.answers", issuer=issuer_of(facts))),
            Passage(question.answer or gap("answer")),
            Passage(say("slip.closing")),
        ],
        recipients=Recipients(unstated=(say("as_above"),), file=facts.plan.profile.recipients.file),
    )


KIND = KindOfPaper(PaperKind.ANSWER_SLIP, PaperSubject.QUESTION, "TB", word)
