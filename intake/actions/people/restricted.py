"""Keep what somebody left as it is: whoever restricted the use of their data is worked on no further (LAW C5)."""

from intake.rules.errors import RuleBroken
from intake.rules.questions.question import Question


def require_free(question: Question) -> Question:
    """The question; raises `RuleBroken` while its asker wants nothing done with it."""
    if question.restricted:
        raise RuleBroken("refusal.restricted", {"reference": question.reference})
    return question
