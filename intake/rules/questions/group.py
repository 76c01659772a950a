"""Questions that ask the same and get one answer (R123): one leads, the others go with it."""

from dataclasses import dataclass
from datetime import datetime

from intake.rules.errors import RuleBroken
from intake.rules.people.person import PersonId
from intake.rules.questions.question import Question, QuestionId, QuestionState

JOINABLE = frozenset({QuestionState.RECEIVED, QuestionState.WAITING_FOR_MEETING, QuestionState.TAKEN_ON})
"""States in which a question can be joined with another: nobody has been told anything that binds it."""


@dataclass(eq=False)
class GroupMember:
    """That a question goes with another. The lead is the oldest of its group and has no row of its own."""

    question_id: QuestionId
    lead_id: QuestionId
    joined_by: PersonId
    joined_at: datetime


def check_joinable(question: Question) -> None:
    """Raise `RuleBroken` for a question that was answered, promised or declined, or whose asker was asked back.

    One that names somebody of the office is answered by itself: whoever answers the others may be whom it names (R126).
    """
    if question.named:
        raise RuleBroken("refusal.join_named", {"reference": question.reference})
    if question.state not in JOINABLE:
        raise RuleBroken("refusal.join_state", {"reference": question.reference})
