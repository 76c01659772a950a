"""A meeting that people ask for themselves: where one voter in ten does, the law wants it held (R212, LAW C9)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from intake.rules.deadlines.task import TaskId
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId

DemandId = NewType("DemandId", int)
ONE_IN = 10
"""The part of a commune's voters at whose demand a meeting is held."""
MOST_VOTERS = 1_000_000
"""More than any commune has: what is typed beyond it was a slip."""


class DemandState(StrEnum):
    """received: the office has it; gathering: everybody reads it and may join; granted or declined by the chair."""

    RECEIVED = "received"
    GATHERING = "gathering"
    GRANTED = "granted"
    DECLINED = "declined"


@dataclass(eq=False)
class MeetingDemand:
    """A demand for a meeting: `text` is the asker's, `public_text` what everybody reads, in the office's words.

    `asked_by` is None for one that was handed in on paper. `on_paper` counts signatures, `voters` all voters of the
    unit, as far as the office has said; `reached_at` is when they were enough. `task_id` carries the clock.
    """

    id: DemandId = field(init=False)
    unit_id: UnitId
    task_id: TaskId
    text: str
    asked_at: datetime
    asked_by: PersonId | None = None
    state: DemandState = DemandState.RECEIVED
    public_text: str = ""
    on_paper: int = 0
    voters: int | None = None
    reached_at: datetime | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    reason: str = ""
    meeting_id: MeetingId | None = None

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.decided_at is None

    @property
    def needed(self) -> int | None:
        """How many voters are enough; None while nobody has said how many there are."""
        return None if self.voters is None else -(-self.voters // ONE_IN)

    @property
    def missing(self) -> int | None:
        """How many voices of the chat are needed beside the signatures on paper; None as with `needed`."""
        return None if self.needed is None else self.needed - self.on_paper


@dataclass(eq=False)
class DemandVoice:
    """Somebody who joined a demand from a chat, once."""

    demand_id: DemandId
    person_id: PersonId
    at: datetime
