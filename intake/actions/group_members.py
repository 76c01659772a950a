"""Which question goes with which at this moment; only what still owes an answer holds a group together."""

from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.question import OPEN_STATES, Question


async def lead_of(uow: UnitOfWork, question: Question) -> Question | None:
    """The question whose answer this one will get; None when it stands alone, leads, or either has its answer."""
    member = await uow.groups.member(question.id)
    if member is None or question.state not in OPEN_STATES:
        return None
    lead = await uow.questions.get(member.lead_id)
    return lead if lead.state in OPEN_STATES else None


async def followers(uow: UnitOfWork, lead: Question, *, lock: bool = False) -> list[Question]:
    """The questions that go with this one and still owe an answer, the oldest first; locked after the lead."""
    members = await uow.groups.members([lead.id])
    found = [await uow.questions.get(member.question_id, lock=lock) for member in members]
    return [one for one in found if one.state in OPEN_STATES]


async def refuse_member(uow: UnitOfWork, question: Question) -> None:
    """Raise `RuleBroken` for a question that gets its answer with another: there is one draft for a group."""
    lead = await lead_of(uow, question)
    if lead is not None:
        raise RuleBroken("refusal.answered_with_lead", {"reference": question.reference, "lead": lead.reference})


async def leave_group(uow: UnitOfWork, question: Question) -> bool:
    """Let a question stand alone again. Returns whether it went with another."""
    member = await uow.groups.member(question.id)
    if member is None:
        return False
    await uow.groups.remove(member)
    return True
