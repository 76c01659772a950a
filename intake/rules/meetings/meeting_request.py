"""What the office may not do alone about a meeting: it waits until a second person has decided."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.questions.question import ProposalState

RequestId = NewType("RequestId", int)

SECOND_PERSON_ABOVE = 300
"""A notice to more people than this is released by a second person, where the plan gives no number of its own."""


class RequestKind(StrEnum):
    """What is asked for."""

    SHORT_NOTICE = "short_notice"
    NOTICE = "notice"


@dataclass(eq=False)
class MeetingRequest:
    """A day too close for the public notice (the chair decides, R090), or a notice to many (a second person does).

    `starts_at` and `venue` are those asked for, or those the notice was composed for; `text` is the reason, or the
    words of the notice; `note` what has to be changed. A reason stays here as long as the meeting is remembered.
    """

    id: RequestId = field(init=False)
    meeting_id: MeetingId
    kind: RequestKind
    starts_at: datetime
    venue: str
    text: str
    asked_by: PersonId
    asked_at: datetime
    beyond_plan: bool = False
    recipients: int = 0
    state: ProposalState = ProposalState.PROPOSED
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    note: str = ""
    paper: dict[str, str] | None = None
    """The paper of the office that moves the meeting: how it is cited, and its effect, for the history (R215)."""
