"""Which answer a rating is about: the first one, or the one after the question was reopened."""

from .question import Question

SECOND = "again"


def rating_code(question: Question, rating: str) -> str:
    """The code of the button for `good` or `bad` under the answer that stands; a question is reopened once only."""
    code = f"rate.{question.id}.{rating}"
    return code if question.reopened_at is None else f"{code}.{SECOND}"
