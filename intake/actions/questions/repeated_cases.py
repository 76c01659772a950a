"""Matters raised again and again (R074): the secretary links the questions, a desk proposes what to do (R075)."""

from dataclasses import dataclass

from intake.actions.people.office import question_in_unit
from intake.actions.sealed.access import readable
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import ChangedMeanwhile, NotFound, RuleBroken
from intake.rules.people.permissions import require, works_at_desk
from intake.rules.people.person import Person, Role
from intake.rules.questions.case import Case, CaseId, CaseQuestion
from intake.rules.questions.promise import required
from intake.rules.questions.question import Proposal, ProposalState, Question, QuestionId


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


async def history_of(uow: UnitOfWork, case: Case, by: Person | None = None) -> CaseHistory:
    """Look up a case as `by` may read it; a promise is a referral or an extension that was told, with agency and date.

    What names somebody of the office is not among its questions for whom it names, nor where it is told to many (None);
    there what its asker has restricted is not either (LAW C5).
    """
    raised = await uow.cases.questions(case.id)
    open_to_all = [one for one in raised if not one.named and not one.restricted]
    questions = open_to_all if by is None else await readable(uow, by, raised)
    promises = [
        (question, proposal)
        for question in questions
        for proposal in await uow.questions.proposals(question.id)
        if proposal.state is ProposalState.APPROVED and proposal.promised_on is not None
    ]
    return CaseHistory(case, tuple(questions), tuple(promises))


async def link(uow: UnitOfWork, *, by: Person, question_id: QuestionId, earlier_id: QuestionId) -> Case:
    """Say that two questions raise the same matter. A settled case that is raised again is not settled any more.

    The case of either is used; where neither has one, it is opened under the next number of the year. Two questions
    of two cases are refused: which of them goes on is not for a tap to decide.
    """
    first, second = sorted((question_id, earlier_id))
    one = await question_in_unit(uow, by, first, Role.SECRETARY, lock=True)
    other = await question_in_unit(uow, by, second, Role.SECRETARY, lock=True)
    if one.unit_id != other.unit_id:
        raise NotFound
    if one.id == other.id:
        raise RuleBroken("refusal.link_itself")
    cases = [await uow.cases.of_question(one.id), await uow.cases.of_question(other.id)]
    known = [case for case in cases if case is not None]
    if len({case.id for case in known}) > 1:
        raise RuleBroken("refusal.two_cases", {"one": known[0].label, "other": known[1].label})
    if len(known) == len(cases):
        raise RuleBroken("refusal.linked_already", {"case": known[0].label})
    # locked: taking the last but one question out drops the case
    case = await uow.cases.get(known[0].id, lock=True) if known else await _opened(uow, by, one)
    for question, has in zip((one, other), cases, strict=True):
        if has is None:
            await uow.cases.link(CaseQuestion(question.id, case.id, by.id, uow.now))
    case.settled_at = None
    await _note(uow, by, "link_case", case, question=question_id)
    return case


async def _opened(uow: UnitOfWork, by: Person, question: Question) -> Case:
    year = uow.today.year
    number = await uow.ledger.next_number("case", question.unit_id, year)
    return await uow.cases.add(Case(question.unit_id, number, year, by.id, uow.now))


async def unlink(uow: UnitOfWork, *, by: Person, question_id: QuestionId) -> Question:
    """Take a question out of its case; a case nobody raises twice any more is dropped, its number stays used."""
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, lock=True)
    case = await uow.cases.of_question(question.id)
    if case is None:
        raise RuleBroken("refusal.not_in_a_case", {"reference": question.reference})
    await uow.cases.get(case.id, lock=True)
    await uow.cases.unlink(question.id)
    left = await uow.cases.questions(case.id)
    await _note(uow, by, "unlink_case", case, question=question.id)
    if len(left) < 2:  # noqa: PLR2004 - one question is no repetition
        for one in left:
            await uow.cases.unlink(one.id)
        await uow.cases.remove(case)
    return question


async def case_for(uow: UnitOfWork, by: Person, case_id: CaseId) -> Case:
    """A case, for secretary, chair and supervisor of its unit and for a desk one of its questions lay on."""
    case = await uow.cases.get(case_id)
    grants = await uow.people.grants_of(by.id)
    if not any(works_at_desk(grants, question) for question in await uow.cases.questions(case.id)):
        unit = await uow.places.unit(case.unit_id)
        require(grants, (Role.SECRETARY, Role.CHAIR, Role.SUPERVISOR), unit)
    return case


async def case_at_desk(uow: UnitOfWork, by: Person, case_id: CaseId, *, lock: bool = False) -> Case:
    """A case, for an official of a desk one of its questions lay on; `NotFound` for all others."""
    case = await uow.cases.get(case_id, lock=lock)
    grants = await uow.people.grants_of(by.id)
    if not any(works_at_desk(grants, question) for question in await uow.cases.questions(case.id)):
        raise NotFound
    return case


async def propose_direction(uow: UnitOfWork, *, by: Person, case_id: CaseId, text: str) -> Case:
    """Write down how the desk proposes to settle a case; the chair reads it before the meeting (R075)."""
    case = await case_at_desk(uow, by, case_id, lock=True)
    case.direction = required(text, "refusal.text_missing")
    case.direction_by, case.direction_at = by.id, uow.now
    await _note(uow, by, "propose_direction", case)
    return case


async def settle(uow: UnitOfWork, *, by: Person, case_id: CaseId) -> Case:
    """Call a case settled, once: a person says so, whatever the states of its questions."""
    case = await uow.cases.get(case_id, lock=True)
    unit = await uow.places.unit(case.unit_id)
    require(await uow.people.grants_of(by.id), (Role.SECRETARY, Role.CHAIR), unit)
    if case.settled_at is not None:
        raise ChangedMeanwhile
    case.settled_at = uow.now
    await _note(uow, by, "settle_case", case)
    return case


async def _note(uow: UnitOfWork, by: Person, act: str, case: Case, **detail: int) -> None:
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"case:{case.id}", dict(detail)))
