"""A desk proposes an answer, a referral or an extension to the chair, or returns what is not its own."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from intake.actions.outbox.tell import tell
from intake.actions.people.office import (
    desk_of,
    holders_of,
    missed_on,
    note,
    question_at_desk,
    tell_secretaries,
    withdraw_proposals,
)
from intake.actions.people.restricted import require_free
from intake.actions.questions.answer_classes import classed
from intake.actions.questions.approvers import approvers_of, deciders_of
from intake.actions.questions.groups import followers, leave_group, refuse_member
from intake.ports import UnitOfWork
from intake.rules.deadlines.due_words import on_weekday
from intake.rules.errors import RuleBroken
from intake.rules.message import Button, Message, Param, Term, mark_of
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import UnitId
from intake.rules.questions.marks import same_name
from intake.rules.questions.promise import agency_named, promised_day, required
from intake.rules.questions.question import (
    TRANSITIONS,
    Act,
    AnswerClass,
    Proposal,
    ProposalKind,
    ProposalState,
    Question,
    QuestionId,
    after,
)

ACT_OF = {
    ProposalKind.ANSWER: Act.ANSWER,
    ProposalKind.REFERRAL: Act.REFER,
    ProposalKind.EXTENSION: Act.EXTEND,
}
"""What the chair's approval of each kind does to the question."""


async def check_proposal(uow: UnitOfWork, question: Question, kind: ProposalKind, agency: str = "") -> None:
    """Raise `RuleBroken` when the question cannot be answered, referred or extended now: it rests, or is too late.

    After the due date nothing can be extended any more: only answered, with an apology. A late referral to the own
    desk, or to the `agency` that has just missed its date, would be such an extension under another name. A question
    that goes with another is answered with it; what goes with this one must not be late either.
    """
    require_free(question)
    await refuse_member(uow, question)
    late = kind is not ProposalKind.ANSWER and await missed_on(uow, question) is not None
    if late and (kind is ProposalKind.EXTENSION or await _has_it_already(uow, question, agency)):
        raise RuleBroken("refusal.extension_late")
    if kind is ProposalKind.EXTENSION:
        for one in await followers(uow, question):
            if await missed_on(uow, one) is not None:
                raise RuleBroken("refusal.extension_late_with", {"reference": one.reference})
    after(question.state, ACT_OF[kind])


async def _has_it_already(uow: UnitOfWork, question: Question, agency: str) -> bool:
    desk = await desk_of(uow, question)
    promises = [
        one.agency
        for one in await uow.questions.proposals(question.id)
        if one.state is ProposalState.APPROVED and one.kind is not ProposalKind.ANSWER
    ]
    return any(same_name(agency, name) for name in (desk.name, *promises[-1:]))


async def propose_answer(
    uow: UnitOfWork, *, by: Person, question_id: QuestionId, text: str, said: AnswerClass | None = None
) -> Proposal:
    """Put an answer before the chairs of the unit; it replaces what of this question still waits there.

    `said` is what the answer is, by whoever writes it; without it, its words tell (R021).
    """
    question = await question_at_desk(uow, by, question_id, lock=True)
    text = required(text, "refusal.text_missing")
    made = Proposal(question.id, ProposalKind.ANSWER, text, by.id, uow.now)
    return await _propose(uow, by, question, await classed(uow, question, made, said))


async def propose_referral(
    uow: UnitOfWork, *, by: Person, question_id: QuestionId, agency: str, promised_on: date, reason: str
) -> Proposal:
    """Propose to pass the question to the agency in charge: impossible without agency, date and reason (R161)."""
    question = await question_at_desk(uow, by, question_id, lock=True)
    made = _promise(uow, by, question, ProposalKind.REFERRAL, agency, promised_on, reason)
    return await _propose(uow, by, question, made)


async def propose_extension(
    uow: UnitOfWork, *, by: Person, question_id: QuestionId, agency: str, promised_on: date, reason: str
) -> Proposal:
    """Propose a later date: impossible without agency, date and reason (R161), and after the due date."""
    question = await question_at_desk(uow, by, question_id, lock=True)
    made = _promise(uow, by, question, ProposalKind.EXTENSION, agency, promised_on, reason)
    return await _propose(uow, by, question, made)


def _promise(
    uow: UnitOfWork,
    by: Person,
    question: Question,
    kind: ProposalKind,
    agency: str,
    promised_on: date,
    reason: str,
) -> Proposal:
    return Proposal(
        question_id=question.id,
        kind=kind,
        text=required(reason, "refusal.reason_missing"),
        proposed_by=by.id,
        proposed_at=uow.now,
        agency=agency_named(agency),
        promised_on=promised_day(promised_on, uow.today),
    )


async def _propose(uow: UnitOfWork, by: Person, question: Question, made: Proposal) -> Proposal:
    await check_proposal(uow, question, made.kind, made.agency)
    await withdraw_proposals(uow, question)
    proposal = await uow.questions.propose(made)
    await note(uow, by, "propose", question, proposal=proposal.id)
    await lay_before(uow, question, proposal)
    return proposal


async def lay_before(
    uow: UnitOfWork, question: Question, proposal: Proposal, *, but: Collection[PersonId] = ()
) -> None:
    """Let those who decide read what is proposed, but those who have it before them already.

    Where nobody may decide, the secretaries and the supervisors hear that it waits, and what helps.
    """
    deciders = await deciders_of(uow, question, proposal)
    if deciders:
        new = [one for one in deciders if one not in but]
        await tell(uow, new, await proposal_message(uow, question, proposal), question_id=question.id)
        return
    key = "office.only_proposer" if await approvers_of(uow, question) else "office.no_chair"
    await tell_secretaries(uow, question, key)
    supervisors = await holders_of(uow, question.unit_id, Role.SUPERVISOR)
    waits = Message(key, {"reference": question.reference})
    await tell(uow, [one.id for one in supervisors], waits, question_id=question.id)


async def waiting_before(uow: UnitOfWork, units: Iterable[UnitId]) -> list[tuple[Proposal, Sequence[PersonId]]]:
    """What waits for approval in some units, each with those it lies before; not what its asker has restricted."""
    waiting = [(one, await uow.questions.get(one.question_id)) for one in await uow.questions.waiting_proposals(units)]
    return [(one, await deciders_of(uow, question, one)) for one, question in waiting if not question.restricted]


async def lay_before_new(uow: UnitOfWork, waiting: Sequence[tuple[Proposal, Sequence[PersonId]]]) -> None:
    """Who decides has changed: whoever does from now on reads what has been waiting for others, or for nobody."""
    for proposal, before in waiting:
        question = await uow.questions.get(proposal.question_id)
        if before or await deciders_of(uow, question, proposal):
            await lay_before(uow, question, proposal, but=before)


def mark_of_group(others: Sequence[Question]) -> str:
    """The mark of those who are answered too; empty where there are none."""
    return mark_of([one.id for one in others]) if others else ""


async def proposal_message(uow: UnitOfWork, question: Question, proposal: Proposal) -> Message:
    """The whole proposal as a chair reads it, with the two buttons."""
    desk = await desk_of(uow, question)
    others = await followers(uow, question)
    asked: list[Param] = [question.text]
    if others:
        references = ", ".join(one.reference for one in others)
        asked.append(Term("group.answered_too", {"count": len(others), "references": references}))
    params: dict[str, Param] = {
        "reference": question.reference,
        "question": tuple(asked),
        "desk": desk.name,
        "text": proposal.text,
        "agency": proposal.agency,
        "promised": "" if proposal.promised_on is None else on_weekday(proposal.promised_on),
        "what": what_it_is(proposal),
    }
    decides = (
        Button(".".join(filter(None, (f"approve.{proposal.id}", mark_of_group(others)))), "office.approve_button"),
        Button(f"redo.{proposal.id}", "office.redo_button"),
    )
    return Message(f"office.proposal_{proposal.kind.value}", params, (decides,))


def what_it_is(answer: Proposal) -> Term:
    """What an answer was said to be, in words; those of earlier versions say nothing."""
    return Term(f"answer.{'unsaid' if answer.answer_class is None else answer.answer_class.value}")


async def return_question(uow: UnitOfWork, *, by: Person, question_id: QuestionId, reason: str) -> Question:
    """Give a question that is not the desk's own back to the secretary, with the reason. The clocks go on.

    The reason stays with the question until it is given on: whoever sorts it may not have read the letter.
    What goes with it goes back too; one that goes with another stands alone from then on.
    """
    question = await question_at_desk(uow, by, question_id, lock=True)
    reason = required(reason, "refusal.reason_missing")
    question.state = after(question.state, Act.RETURN)
    desk = await desk_of(uow, question)
    question.desk_id, question.given_back = None, f"{desk.name}: {reason}"
    await leave_group(uow, question)
    for one in await followers(uow, question, lock=True):
        if (one.state, Act.RETURN) in TRANSITIONS:
            one.state, one.desk_id, one.given_back = after(one.state, Act.RETURN), None, question.given_back
            await note(uow, by, "return_question", one, desk=desk.id)
    await withdraw_proposals(uow, question)
    await note(uow, by, "return_question", question, desk=desk.id)
    await tell_secretaries(uow, question, "office.returned", {"desk": desk.name, "reason": reason})
    return question
