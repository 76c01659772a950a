"""What a plan's duties and practices ask of its bodies around one meeting: each a task, with the day it counts from.

A practice says either what a body does, which is a task, or how people behave at the dialogue, which nobody can tick
off: those are read out as the plan's rules of conduct (R036–R055, R070–R086, R096, R185–R195, R200–R204).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.rules.message import Term

from .profile import PlanProfile
from .profile_bodies import PracticeLine
from .profile_terms import Duty, Practice


class TaskPhase(StrEnum):
    """When around a meeting a task of the plan is to be done; the plans name no days of their own for them."""

    ANNOUNCING = "announcing"  # by the day of the public notice
    PREPARING = "preparing"  # by the day the meeting is prepared
    ON_THE_DAY = "on-the-day"
    CONCLUDING = "concluding"  # as long after the meeting as its results have
    REPLYING = "replying"  # as long as the replies have
    WHENEVER = "whenever"  # when there is cause, without a day


_DUTIES: Mapping[Duty, TaskPhase] = {
    Duty.SECRETARY: TaskPhase.ON_THE_DAY,
    Duty.REGISTRAR: TaskPhase.PREPARING,
    Duty.MINUTES: TaskPhase.ON_THE_DAY,
    Duty.CONCLUSION: TaskPhase.CONCLUDING,
    Duty.FOLLOW_UP: TaskPhase.REPLYING,
    Duty.RESULTS: TaskPhase.CONCLUDING,
    Duty.PROGRAMME: TaskPhase.PREPARING,
    Duty.CONTENT: TaskPhase.PREPARING,
    Duty.TRIAGE: TaskPhase.PREPARING,
    Duty.INVITATIONS: TaskPhase.PREPARING,
    Duty.DELEGATES: TaskPhase.PREPARING,
    Duty.NOTICE: TaskPhase.ANNOUNCING,
    Duty.BROADCAST: TaskPhase.ANNOUNCING,
    Duty.MOBILISATION: TaskPhase.ON_THE_DAY,
    Duty.OPINION_DIGEST: TaskPhase.PREPARING,
    Duty.OPINION_REPORT: TaskPhase.PREPARING,
    Duty.SURVEY: TaskPhase.PREPARING,
    Duty.BACKGROUND_REPORT: TaskPhase.PREPARING,
    Duty.EARLIER_RESULTS: TaskPhase.PREPARING,
    Duty.LOGISTICS: TaskPhase.PREPARING,
    Duty.SECURITY: TaskPhase.ON_THE_DAY,
    Duty.OBSTACLES: TaskPhase.WHENEVER,
}
_PRACTICES: Mapping[Practice, TaskPhase] = {
    Practice.RIGHTS_CARD: TaskPhase.ANNOUNCING,
    Practice.PUBLIC_PLAN: TaskPhase.ANNOUNCING,
    Practice.CASCADE: TaskPhase.ANNOUNCING,
    Practice.REPEATED_GRIEVANCES: TaskPhase.PREPARING,
    Practice.PROPOSED_DIRECTION: TaskPhase.PREPARING,
    Practice.OPINION_DIGEST: TaskPhase.PREPARING,
    Practice.SURVEY: TaskPhase.PREPARING,
    Practice.HAMLET_MEETINGS: TaskPhase.PREPARING,
    Practice.BRIEFING_BOOK: TaskPhase.PREPARING,
    Practice.GUIDED_QUESTIONS: TaskPhase.PREPARING,
    Practice.DESK_HEADS_ATTEND: TaskPhase.ON_THE_DAY,
    Practice.MESSAGE_AFTER: TaskPhase.CONCLUDING,
    Practice.RESULTS_PUBLISHED: TaskPhase.CONCLUDING,
    Practice.STUCK_MATTERS: TaskPhase.REPLYING,
    Practice.PRIORITY_MATTERS: TaskPhase.REPLYING,
}
_SAME: Mapping[Practice, Duty] = {
    Practice.OPINION_DIGEST: Duty.OPINION_DIGEST,
    Practice.SURVEY: Duty.SURVEY,
    Practice.RESULTS_PUBLISHED: Duty.RESULTS,
}
"""Practices that ask for what a duty asks for: where one body has both, it is one task."""


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """A task the plan asks for around a meeting: what it is called, who leads, who joins in, the plan's words.

    `what` is a duty or a practice; `lead` and `others` are keys of the plan's offices, an empty `lead` is the
    secretary's. `recipients`: who gets what comes of it, where the plan says so.
    """

    what: Duty | Practice | None
    phase: TaskPhase
    lead: str
    phrase: str
    others: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it apart among the tasks of one meeting, and names it in the catalogue."""
        kind = "duty" if isinstance(self.what, Duty) else "practice"
        return "report" if self.what is None else f"{kind}_{self.what}"

    @property
    def name(self) -> Term:
        """What people call it."""
        return Term(f"planned.{self.key}")


def planned_tasks(profile: PlanProfile) -> tuple[PlannedTask, ...]:
    """The tasks of a plan around each of its meetings, in the order of the days they are due.

    A report without a rhythm of its own ("tổng hợp kết quả … báo cáo") is one, too; with a rhythm it has its own clock.
    Those who are told of the plan's results "để báo cáo" get what comes of the follow-up, where the plan names nobody.
    """
    found = [
        PlannedTask(
            line.duty, _DUTIES[line.duty], line.lead, line.phrase, line.others, line.to or _told(profile, line.duty)
        )
        for line in profile.duties
    ]
    leads = {(line.duty, line.lead) for line in profile.duties}
    for practice in profile.practices:
        phase = _PRACTICES.get(practice.practice)
        office = practice.office or ""
        if phase is not None and (_SAME.get(practice.practice), office) not in leads:
            found.append(PlannedTask(practice.practice, phase, office, practice.phrase))
    report = profile.clocks.periodic_report
    if report is not None and report.every is None:
        found.append(PlannedTask(None, TaskPhase.REPLYING, report.lead or "", report.phrase, recipients=report.to))
    return tuple(sorted(found, key=lambda one: list(TaskPhase).index(one.phase)))


def rules_of_conduct(profile: PlanProfile) -> tuple[PracticeLine, ...]:
    """The practices that say how people behave at the dialogue: read out and shown, done by nobody in particular."""
    return tuple(line for line in profile.practices if line.practice not in _PRACTICES)


def _told(profile: PlanProfile, duty: Duty) -> tuple[str, ...]:
    return profile.recipients.report if duty is Duty.FOLLOW_UP else ()
