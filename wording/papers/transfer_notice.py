"""Thông báo chuyển cơ quan, gia hạn: which agency answers until when, told to whoever asked (R161)."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind, PaperSubject
from intake.rules.papers.paper import OfficePaper, Passage
from intake.rules.plan.profile_paper import Recipients

from .frame import KindOfPaper, framed
from .meeting_words import one_paragraph
from .saying import ended, gap, or_gap, say, short_day


def word(facts: PaperFacts) -> OfficePaper:
    """Agency, day and reason; without them there is nothing to tell, and the gaps say so."""
    question = facts.question
    reference = or_gap(question.reference, "reference")
    where = f", {question.asker_hamlet}" if question.asker_hamlet else ""
    kind = "extended" if question.extended else "referred"
    agency, day = or_gap(question.agency, "agency"), short_day(question.promised_on) or gap("day")
    return framed(
        facts,
        PaperKind.TRANSFER_NOTICE,
        code="TB",
        type_name=say("type.notice"),
        summary=say(f"transfer.summary_{kind}", reference=reference),
        addressees=(f"{or_gap(question.asker, 'asker')}{where}",),
        body=[
            Passage(say("slip.received", day=short_day(question.received_at) or gap("date"), reference=reference)),
            Passage(one_paragraph(question.text) or gap("text"), italic=True),
            Passage(say(f"transfer.{kind}", agency=agency, day=day)),
            Passage(ended(question.why_later or gap("reason")), lead=say("lead.reason")),
            Passage(say("transfer.closing")),
        ],
        recipients=Recipients(unstated=(say("as_above"), agency), file=facts.plan.profile.recipients.file),
    )


KIND = KindOfPaper(PaperKind.TRANSFER_NOTICE, PaperSubject.QUESTION, "TB", word)
