"""The documents the office prints (A4), what each is about, and which of them carry a number.

A document is about a plan, a meeting, a question or a period; its code is what its number is written with (`05/TB-…`).
"""

from enum import StrEnum


class PaperSubject(StrEnum):
    """What has to be named so that a document can be made."""

    PLAN = "plan"
    MEETING = "meeting"
    QUESTION = "question"
    PERIOD = "period"


class PaperFormat(StrEnum):
    """What a document is handed out as."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"


class PaperKind(StrEnum):
    """The documents of a dialogue, from its plan to its last report (A4)."""

    PLAN = "plan"
    NOTICE = "notice"
    NOTICE_SHEET = "notice_sheet"
    LOUDSPEAKER = "loudspeaker"
    INVITATION = "invitation"
    OPINION_DIGEST = "opinion_digest"
    SURVEY_RESULTS = "survey_results"
    REPEATED_CASES = "repeated_cases"
    BACKGROUND_REPORT = "background_report"
    DELEGATES = "delegates"
    SPEAKERS = "speakers"
    BRIEFING = "briefing"
    PROGRAMME = "programme"
    HOUSE_RULES = "house_rules"
    EARLIER_RESULTS = "earlier_results"
    HANDS_SHEET = "hands_sheet"
    MINUTES = "minutes"
    CONCLUSION = "conclusion"
    ANSWER_SLIP = "answer_slip"
    ANSWER_SLIPS = "answer_slips"
    TRANSFER_NOTICE = "transfer_notice"
    PETITION_LETTER = "petition_letter"
    RESULTS_NOTICE = "results_notice"
    RESULTS_SHEET = "results_sheet"
    RESULTS_REPORT = "results_report"
    MONTH_REPORT = "month_report"
    QUARTER_REPORT = "quarter_report"
    HALF_YEAR_REPORT = "half_year_report"
    NINE_MONTHS_REPORT = "nine_months_report"
    YEAR_REPORT = "year_report"
    SUPERVISION_REPORT = "supervision_report"
    DOCUMENT_REGISTER = "document_register"
    FIGURES = "figures"
    MEETING_FIGURES = "meeting_figures"


REPORTS = frozenset(
    {
        PaperKind.MONTH_REPORT,
        PaperKind.QUARTER_REPORT,
        PaperKind.HALF_YEAR_REPORT,
        PaperKind.NINE_MONTHS_REPORT,
        PaperKind.YEAR_REPORT,
        PaperKind.SUPERVISION_REPORT,
    }
)
"""What is about a period: questions of every meeting may be told in it."""

REPORTS_BY_LENGTH = REPORTS - {PaperKind.SUPERVISION_REPORT}
"""Each of these is about a period as long as its name says."""

OF_A_HELD_MEETING = frozenset(
    {
        PaperKind.NOTICE,
        PaperKind.NOTICE_SHEET,
        PaperKind.LOUDSPEAKER,
        PaperKind.INVITATION,
        PaperKind.DELEGATES,
        PaperKind.SPEAKERS,
        PaperKind.BRIEFING,
        PaperKind.PROGRAMME,
        PaperKind.HOUSE_RULES,
        PaperKind.HANDS_SHEET,
        PaperKind.MINUTES,
        PaperKind.CONCLUSION,
        PaperKind.RESULTS_NOTICE,
        PaperKind.RESULTS_SHEET,
        PaperKind.RESULTS_REPORT,
    }
)
"""What says that a meeting will be or was held: made for none that is cancelled."""

OF_A_PERIOD = REPORTS | {PaperKind.FIGURES}
"""Every kind that is named by a period: `2026` is a year there, and a meeting in all others."""
