"""What waits to be sorted: for secretaries, and for whoever sorts in their place what names one of them."""

from intake.actions.people.office import units_of
from intake.actions.sealed.access import may_deal_with, stand_ins_of
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.people.person import Person, Role
from intake.rules.questions.question import Question
from intake.rules.sealed.stand_ins import ROLES


async def nobodys(uow: UnitOfWork) -> list[Question]:
    """The open questions that name everybody who could sort or approve them: they wait for the command line."""
    found = []
    for question in await uow.questions.open_that_name():
        stands = await stand_ins_of(uow, question)
        if stands is not None and not (stands.lead and stands.approve):
            found.append(question)
    return found


async def to_sort(uow: UnitOfWork, by: Person) -> list[Question]:
    """The questions that wait for `by` to sort them, the oldest first; `NotFound` for who has no part in that."""
    found = await waiting_to_sort(uow, by)
    if found is None:
        raise NotFound
    return found


async def waiting_to_sort(uow: UnitOfWork, by: Person) -> list[Question] | None:
    """The same; None for who has no part in sorting: no secretary, and nobody's stand-in at this moment."""
    own = await units_of(uow, by, Role.SECRETARY)
    found = [
        question
        for question in await uow.questions.for_triage(await units_of(uow, by, *ROLES))
        if (await may_deal_with(uow, by, question, Role.SECRETARY) if question.named else question.unit_id in own)
    ]
    return found if own or found else None
