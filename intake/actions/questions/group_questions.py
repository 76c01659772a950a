"""The secretary joins like questions into a group with one answer (R123), and takes one out again."""

from intake.actions.people.office import note, question_in_unit, tell_desk, waiting_proposals_of
from intake.actions.people.restricted import require_free
from intake.actions.questions.groups import followers, leave_group, put_on_desk
from intake.actions.questions.propose import lay_before
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.person import Person, Role
from intake.rules.questions.group import GroupMember, check_joinable
from intake.rules.questions.question import ProposalState, Question, QuestionId


async def join(uow: UnitOfWork, *, by: Person, question_id: QuestionId, with_id: QuestionId) -> Question:
    """Let two questions, and whatever goes with either, get one answer. Returns the lead: the oldest of them.

    Each keeps its reference, its asker, its state and its clocks. They get one desk, the lead's where it has one; a
    draft for one that does not lead is withdrawn, and its desk learns where to write instead.
    """
    lead, question = await _the_older_first(uow, by, question_id, with_id)
    check_joinable(lead)
    check_joinable(question)
    joining = [question, *await followers(uow, question, lock=True)]
    for one in joining:
        await _withdraw_draft(uow, one, lead)
    desk_id = lead.desk_id or question.desk_id
    for one in joining:
        await leave_group(uow, one)
        await uow.groups.add(GroupMember(one.id, lead.id, by.id, uow.now))
        await note(uow, by, "join", one, lead=lead.id)
    if desk_id is not None:
        for one in (lead, *joining):
            await put_on_desk(uow, by, one, desk_id)
    await _tell_approvers_again(uow, lead)
    return lead


async def _the_older_first(
    uow: UnitOfWork, by: Person, question_id: QuestionId, with_id: QuestionId
) -> tuple[Question, Question]:
    """Both questions with the heads of their groups in their place, locked in the order of their ids."""
    heads: set[QuestionId] = set()
    units = set()
    for one in (question_id, with_id):
        question = require_free(await question_in_unit(uow, by, one, Role.SECRETARY))
        member = await uow.groups.member(one)
        heads.add(one if member is None else member.lead_id)
        units.add(question.unit_id)
    if len(units) > 1:
        raise NotFound
    if len(heads) == 1:
        raise RuleBroken("refusal.join_together_already")
    lead, question = [await uow.questions.get(one, lock=True) for one in sorted(heads)]
    return lead, question


async def _withdraw_draft(uow: UnitOfWork, question: Question, lead: Question) -> None:
    waiting = await waiting_proposals_of(uow, question)
    for proposal in waiting:
        proposal.state, proposal.decided_at = ProposalState.RETURNED, uow.now
    if waiting:
        await tell_desk(uow, question, "group.draft_withdrawn", {"lead": lead.reference})


async def _tell_approvers_again(uow: UnitOfWork, lead: Question) -> None:
    """A draft that waits has more askers now: whoever approves it has to know."""
    for proposal in await waiting_proposals_of(uow, lead):
        await lay_before(uow, lead, proposal)


async def separate(uow: UnitOfWork, *, by: Person, question_id: QuestionId) -> Question:
    """Take a question out of its group: it stays on its desk, in its state, with its own due date."""
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, lock=True)
    if not await leave_group(uow, question):
        raise RuleBroken("refusal.not_in_a_group", {"reference": question.reference})
    await note(uow, by, "separate", question)
    return question
