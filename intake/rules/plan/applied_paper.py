"""The papers of the office that a plan and its meetings go back to: their history on paper (R215)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.plan.plan import PlanId

LONGEST_NUMBER = 60


class PaperEffect(StrEnum):
    """What a paper did: to a meeting, or, where none is named, to the whole plan."""

    LOADED = "loaded"  # the plan was made of it, or brought up to date
    MOVED = "moved"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class AppliedPaper:
    """A paper with what it did. `changes` is the number of the paper it changes, as it cites it.

    Number and `changes` are empty where it names none.
    """

    id: int = field(init=False)
    plan_id: PlanId
    effect: PaperEffect
    title: str
    applied_at: datetime
    applied_by: PersonId | None
    meeting_id: MeetingId | None = None
    number: str = ""
    issued_on: date | None = None
    changes: str = ""
