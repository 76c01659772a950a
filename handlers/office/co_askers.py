"""Lists in which grouped questions appear once: the lead, with the number of those who ask the same."""

from collections.abc import Sequence

from intake.ports import UnitOfWork
from intake.rules.message import Param, Term
from intake.rules.questions.question import Question, QuestionId


async def folded(uow: UnitOfWork, questions: Sequence[Question]) -> dict[Question, list[Question]]:
    """The questions of a list that stand for themselves, in its order, each with those of the list that go with it.

    The most urgent of a group decides where its lead stands.
    """
    listed = {question.id: question for question in questions}
    lead_of: dict[QuestionId, QuestionId] = {
        member.question_id: member.lead_id for member in await uow.groups.members(listed)
    }
    found: dict[Question, list[Question]] = {}
    for question in questions:
        lead = listed[lead_of.get(question.id, question.id)]
        others = found.setdefault(lead, [])
        if lead is not question:
            others.append(question)
    return found


def named(question: Question, others: Sequence[Question]) -> Param:
    """The reference, with how many ask the same behind it."""
    if not others:
        return question.reference
    return Term("group.reference", {"reference": question.reference, "count": len(others)})
