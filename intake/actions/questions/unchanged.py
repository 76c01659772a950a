"""Whether a question still is what somebody saw when they began to write: nobody overwrites what they have not read."""

from hashlib import sha256

from intake.ports import UnitOfWork
from intake.rules.errors import ChangedMeanwhile
from intake.rules.questions.question import Question, QuestionId


async def version_of(uow: UnitOfWork, question: Question) -> str:
    """What changes with the question's words, its state, its place and what was last proposed for it."""
    proposals = await uow.questions.proposals(question.id)
    last = proposals[-1] if proposals else None
    seen = (
        question.state.value,
        question.desk_id,
        question.topic_id,
        question.meeting_id,
        question.text,
        question.sensitive,
        question.urgent,
        None if last is None else (last.id, last.state.value),
    )
    return sha256(repr(seen).encode()).hexdigest()[:16]


async def require_version(uow: UnitOfWork, question_id: QuestionId, seen: str) -> Question:
    """The question, locked. Raises `ChangedMeanwhile` where it is not what was seen any more."""
    question = await uow.questions.get(question_id, lock=True)
    if seen != await version_of(uow, question):
        raise ChangedMeanwhile
    return question
