"""Keep what somebody left as it is: whoever restricted the use of their data is worked on no further (LAW C5)."""

from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.people.consent import is_restricted
from intake.rules.people.person import PersonId
from intake.rules.questions.question import Question


async def asker_restricted(uow: UnitOfWork, asker_id: PersonId) -> bool:
    """Whether whoever asked has restricted the use of their data."""
    return is_restricted(await uow.people.get(asker_id))


async def require_free(uow: UnitOfWork, question: Question) -> Question:
    """The question; raises `RuleBroken` while its asker wants nothing done with it."""
    if await asker_restricted(uow, question.asker_id):
        raise RuleBroken("refusal.restricted", {"reference": question.reference})
    return question
