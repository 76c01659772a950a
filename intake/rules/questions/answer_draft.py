"""What somebody is writing about a question at the desk, kept as they type: nobody loses it, nobody overwrites it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.rules.people.person import PersonId
from intake.rules.questions.question import QuestionId

HERE_FOR = timedelta(minutes=2)
"""So long after they were last heard from somebody counts as having the question open."""


@dataclass(eq=False)
class AnswerDraft:
    """One person's draft for one question. `seen_at`: when the person last had it open; `text` may still be empty."""

    question_id: QuestionId
    person_id: PersonId
    text: str
    seen_at: datetime

    def is_here(self, now: datetime) -> bool:
        """Whether the person has the question open just now, as far as can be known."""
        return now - self.seen_at <= HERE_FOR
