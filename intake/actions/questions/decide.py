"""The chair, or who was decided on, decides what a desk proposed: it goes to the asker, or back to the desk."""

from intake.actions.outbox.how_told import told_of
from intake.actions.outbox.tell import tell
from intake.actions.people.office import desk_of, note, tell_desk
from intake.actions.people.restricted import require_free
from intake.actions.questions.answer_group import share_answer, share_promise
from intake.actions.questions.approvers import is_one_person_office, require_approver, stands_in_for
from intake.actions.questions.carry_out import give_answer, give_promise
from intake.actions.questions.groups import followers
from intake.actions.questions.propose import ACT_OF, check_proposal
from intake.ports import UnitOfWork
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.message import Message, Param
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person, Role
from intake.rules.questions.promise import promised_day, required
from intake.rules.questions.question import Proposal, ProposalId, ProposalKind, ProposalState, Question


async def proposal_to_decide(
    uow: UnitOfWork, by: Person, proposal_id: ProposalId, *, lock: bool = False
) -> tuple[Proposal, Question]:
    """A proposal and its question, for a chair of the unit or who was decided on; `NotFound` for all others.

    Raises `ChangedMeanwhile` when it does not wait any more; whoever has approved it is told so. While its asker has
    restricted the use of their data nobody decides, and nobody reads what there would be to decide on (LAW C5).
    Locked, the question comes first, as everywhere.
    """
    proposal = await uow.questions.proposal(proposal_id, lock=False)
    question = await uow.questions.get(proposal.question_id, lock=lock)
    await require_approver(uow, by, question)
    require_free(question)
    if lock:
        proposal = await uow.questions.proposal(proposal_id)
    if proposal.state is ProposalState.APPROVED and proposal.decided_by == by.id:
        raise RuleBroken("refusal.approved_already", {"reference": question.reference})
    if proposal.state is not ProposalState.PROPOSED:
        raise ChangedMeanwhile
    return proposal, question


async def approve(uow: UnitOfWork, *, by: Person, proposal_id: ProposalId) -> Proposal:
    """Approve: the answer, or the agency with the date, goes to the asker by this very act (R161).

    What had to hold when it was proposed has to hold still: the date lies ahead, nothing late is extended. Nobody
    approves what they proposed themselves, unless the plan says that one person is the whole office.
    """
    proposal, question = await proposal_to_decide(uow, by, proposal_id, lock=True)
    await check_proposal(uow, question, proposal.kind, proposal.agency)
    own = proposal.proposed_by == by.id
    if own and not await is_one_person_office(uow, question):
        raise RuleBroken("refusal.own_proposal")
    proposal.state, proposal.decided_by, proposal.decided_at = ProposalState.APPROVED, by.id, uow.now
    if proposal.kind is ProposalKind.ANSWER:
        desk = await desk_of(uow, question)
        await give_answer(uow, question, proposal.text, where=desk.name, said=proposal.answer_class)
        await share_answer(uow, by, question, proposal, where=desk.name)
    else:
        await give_promise(
            uow,
            question,
            ACT_OF[proposal.kind],
            agency=proposal.agency,
            promised_on=promised_day(proposal.promised_on or uow.today, uow.today),
            reason=proposal.text,
        )
        await share_promise(uow, by, question, ACT_OF[proposal.kind], proposal)
    for_chair = await _in_place_of(uow, by, question)
    told_so = {**({"own_proposal": True} if own else {}), **({"deputy": for_chair} if for_chair is not None else {})}
    await note(uow, by, "approve", question, proposal=proposal.id, **told_so)
    told = await told_of(uow, question, await followers(uow, question))
    said: dict[str, Param] = {"kind": proposal.kind.word, "reference": question.reference, "told": told}
    approved = Message("office.proposal_approved", said)
    await tell(uow, [proposal.proposed_by], approved, question_id=question.id)
    return proposal


async def send_back(uow: UnitOfWork, *, by: Person, proposal_id: ProposalId, remark: str) -> Proposal:
    """Send a proposal back to the desk, with what has to be changed."""
    proposal, question = await proposal_to_decide(uow, by, proposal_id, lock=True)
    remark = required(remark, "refusal.text_missing")
    proposal.state, proposal.decided_by, proposal.decided_at = ProposalState.RETURNED, by.id, uow.now
    proposal.note = remark
    for_chair = await _in_place_of(uow, by, question)
    told_so = {} if for_chair is None else {"deputy": for_chair}
    await note(uow, by, "send_back", question, proposal=proposal.id, **told_so)
    await tell_desk(uow, question, "office.proposal_sent_back", {"note": remark})
    return proposal


async def _in_place_of(uow: UnitOfWork, by: Person, question: Question) -> int | None:
    """By which naming somebody decides in a chair's place; None for whoever may decide themselves."""
    unit = await uow.places.unit(question.unit_id)
    if holds(await uow.people.grants_of(by.id), Role.CHAIR, unit):
        return None
    named = await stands_in_for(uow, by, unit)
    return None if named is None else named.id
