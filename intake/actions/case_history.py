"""What is known of a repeated matter (R074): how often and when it was raised, what was promised, where it stands."""

from dataclasses import dataclass

from intake.ports import UnitOfWork
from intake.rules.case import Case
from intake.rules.delivery import LOCAL
from intake.rules.question import Proposal, ProposalState, Question


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """A case with the questions that raised it, the oldest first, and every promise with the question it was for."""

    case: Case
    questions: tuple[Question, ...]
    promises: tuple[tuple[Question, Proposal], ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years it was raised in."""
        return tuple(sorted({one.received_at.astimezone(LOCAL).year for one in self.questions}))


async def history_of(uow: UnitOfWork, case: Case) -> CaseHistory:
    """Look up a case; a promise is a referral or an extension that was told, with agency and date."""
    questions = await uow.cases.questions(case.id)
    promises = [
        (question, proposal)
        for question in questions
        for proposal in await uow.questions.proposals(question.id)
        if proposal.state is ProposalState.APPROVED and proposal.promised_on is not None
    ]
    return CaseHistory(case, tuple(questions), tuple(promises))
