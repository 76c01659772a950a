"""What document a task comes to, so that its reminder brings it ready-made (R079, R080, R143, R184, LAW C1)."""

from intake.rules.deadlines.task import Task
from intake.rules.plan.profile_terms import Duty

from .kinds import PaperKind
from .periods import period_of_report

DUE_CODE = "BC"
"""All of them are reports."""
_OF_DUTIES = {
    Duty.OPINION_DIGEST: PaperKind.OPINION_DIGEST,
    Duty.OPINION_REPORT: PaperKind.OPINION_DIGEST,
    Duty.BACKGROUND_REPORT: PaperKind.BACKGROUND_REPORT,
    Duty.EARLIER_RESULTS: PaperKind.EARLIER_RESULTS,
}


def paper_due(task: Task) -> tuple[PaperKind, str] | None:
    """The report a task comes to, and what it is about in one word: a period or a meeting; None where it is to none."""
    period = period_of_report(task.key)
    if period is not None:
        return period.kind, period.code
    if task.meeting_id is None or task.what not in _OF_DUTIES:
        return None
    return _OF_DUTIES[Duty(task.what)], str(task.meeting_id)
