"""A matter raised again and again and never settled (vụ việc lặp lại, R074): its questions, over the years."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionId

CaseId = NewType("CaseId", int)


@dataclass(eq=False)
class Case:
    """A repeated matter of a unit, numbered within the year it was noticed: `3/2026`.

    `direction` is how the desk proposes to settle it (hướng giải quyết đề xuất, R075). Settled is what a person says
    it is, never what follows from the states of its questions: each of them may have been answered.
    """

    id: CaseId = field(init=False)
    unit_id: UnitId
    number: int
    year: int
    opened_by: PersonId
    opened_at: datetime
    direction: str = ""
    direction_by: PersonId | None = None
    direction_at: datetime | None = None
    settled_at: datetime | None = None

    @property
    def label(self) -> str:
        """What the case is called."""
        return f"{self.number}/{self.year}"


@dataclass(eq=False)
class CaseQuestion:
    """That a question raised a case; a question belongs to one case at most."""

    question_id: QuestionId
    case_id: CaseId
    linked_by: PersonId
    linked_at: datetime
