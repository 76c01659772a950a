"""Earlier questions of the unit that may ask the same: shown, never merged by themselves."""

from intake.actions.sealed.access import may_deal_with, readable
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.people.permissions import OVERSEEING, works_at_desk
from intake.rules.people.person import Person, Role
from intake.rules.questions.question import Proposal, ProposalKind, ProposalState, Question
from intake.rules.questions.search_words import search_words
from intake.rules.questions.similar import SHOWN, most_similar


async def similar_to(uow: UnitOfWork, by: Person, question: Question) -> list[Question]:
    """The three most like this one, the likest first, of every meeting, year and hamlet of the unit.

    For whoever may see the question as one of the office; an asker is no such person (`NotFound`). A desk is not
    shown what is sensitive and lies on another desk (R026), nobody what names them or what is joined with it already.
    """
    grants = await uow.people.grants_of(by.id)
    sees_all = await may_deal_with(uow, by, question, *OVERSEEING)
    desks = [grant.desk_id for grant in grants if grant.role is Role.OFFICIAL and grant.desk_id is not None]
    if not (sees_all or works_at_desk(grants, question)):
        raise NotFound
    found, frequencies = await uow.similar.candidates(
        question, search_words(question.text), hidden_but=None if sees_all else desks
    )
    shown: list[Question] = []
    for one in most_similar(question.text, found, frequencies, most=len(found)):
        shown += await readable(uow, by, [await uow.questions.get(one)])
        if len(shown) == SHOWN:
            break
    return shown


async def answer_to(uow: UnitOfWork, question: Question) -> Proposal | None:
    """The last answer that was given to a question."""
    approved = [
        one
        for one in await uow.questions.proposals(question.id)
        if one.state is ProposalState.APPROVED and one.kind is ProposalKind.ANSWER
    ]
    return approved[-1] if approved else None
