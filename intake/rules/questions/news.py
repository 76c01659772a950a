"""What is new to somebody of the office: a question to sort, or one that came to their desk, and whether they know."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from intake.rules.people.person import PersonId
from intake.rules.questions.question import Question, QuestionId

KEPT_FOR = timedelta(days=1)
"""How long it is remembered what was new: longer than a desk stays open, so that every open page can count."""
MOST_NAMED = 10
"""How many questions one letter names; how many there are besides is said."""


class NewsKind(StrEnum):
    """Why a question is new to somebody."""

    TO_SORT = "to_sort"
    ON_DESK = "on_desk"


@dataclass(eq=False)
class QuestionNews:
    """A question that is new to somebody; `told_at` is None while it waits to be told of together with others."""

    id: int = field(init=False)
    person_id: PersonId
    question_id: QuestionId
    kind: NewsKind
    at: datetime
    told_at: datetime | None = None


def cannot_wait(question: Question) -> bool:
    """Whether somebody is told of a question at once, however many came just before.

    What is urgent, what was sent sealed and what names somebody of the office: somebody may be in danger.
    """
    return question.urgent or question.sensitive or bool(question.named)
