"""Every kind of document there is. A new kind is a module and its line here."""

from intake.rules.papers.facts import PaperFacts
from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.paper import OfficePaper

from . import (
    answer_slip,
    answer_slips,
    background_report,
    briefing,
    conclusion,
    delegates,
    document_register,
    earlier_results,
    figures,
    hands_sheet,
    house_rules,
    invitation,
    loudspeaker,
    minutes,
    notice,
    opinion_digest,
    periodic,
    petition_letter,
    plan,
    programme,
    repeated_cases,
    results_notice,
    results_report,
    speakers,
    survey_results,
    transfer_notice,
)
from .frame import KindOfPaper

KINDS: dict[PaperKind, KindOfPaper] = {
    one.kind: one
    for one in (
        plan.KIND,
        notice.KIND,
        notice.SHEET,
        loudspeaker.KIND,
        invitation.KIND,
        opinion_digest.KIND,
        survey_results.KIND,
        repeated_cases.KIND,
        background_report.KIND,
        delegates.KIND,
        speakers.KIND,
        briefing.KIND,
        programme.KIND,
        house_rules.KIND,
        earlier_results.KIND,
        hands_sheet.KIND,
        minutes.KIND,
        conclusion.KIND,
        answer_slip.KIND,
        answer_slips.KIND,
        transfer_notice.KIND,
        petition_letter.KIND,
        results_notice.KIND,
        results_notice.SHEET,
        results_report.KIND,
        *periodic.KINDS,
        document_register.KIND,
        figures.KIND,
        figures.OF_MEETING,
    )
}


def worded(kind: PaperKind, facts: PaperFacts) -> OfficePaper:
    """A document of a kind, from what the product knows."""
    return KINDS[kind].word(facts)


_K = PaperKind
SETS: dict[str, tuple[PaperKind, ...]] = {
    "before": (
        _K.PLAN,
        _K.NOTICE,
        _K.NOTICE_SHEET,
        _K.LOUDSPEAKER,
        _K.INVITATION,
        _K.OPINION_DIGEST,
        _K.SURVEY_RESULTS,
        _K.REPEATED_CASES,
        _K.BACKGROUND_REPORT,
        _K.DELEGATES,
        _K.BRIEFING,
    ),
    "room": (_K.PROGRAMME, _K.HOUSE_RULES, _K.SPEAKERS, _K.EARLIER_RESULTS, _K.HANDS_SHEET, _K.MINUTES),
    "after": (
        _K.CONCLUSION,
        _K.ANSWER_SLIPS,
        _K.RESULTS_NOTICE,
        _K.RESULTS_SHEET,
        _K.RESULTS_REPORT,
        _K.MEETING_FIGURES,
    ),
    "question": (_K.ANSWER_SLIP, _K.TRANSFER_NOTICE, _K.PETITION_LETTER),
    "report": (
        _K.MONTH_REPORT,
        _K.QUARTER_REPORT,
        _K.HALF_YEAR_REPORT,
        _K.NINE_MONTHS_REPORT,
        _K.YEAR_REPORT,
        _K.SUPERVISION_REPORT,
        _K.FIGURES,
        _K.DOCUMENT_REGISTER,
    ),
}
"""The kinds as they are looked for: before a meeting, in the room, after it, about one question, in reports."""
