"""What was decided for a question reaches everybody whose question goes with it, under their own reference (R123)."""

from dataclasses import replace

from intake.actions.people.office import note
from intake.actions.questions.carry_out import give_answer, give_promise
from intake.actions.questions.groups import followers, leave_group
from intake.ports import UnitOfWork
from intake.rules.people.person import Person
from intake.rules.questions.promise import promised_day
from intake.rules.questions.question import TRANSITIONS, Act, Proposal, ProposalState, Question, after
from intake.rules.questions.unnamed import without_names


async def share_answer(uow: UnitOfWork, by: Person, lead: Question, given: Proposal, *, where: str) -> list[Question]:
    """Answer all that goes with `lead` as `given` says; each one's clocks are met, a late one gets its own apology.

    `given` was approved (or said in the room) and `lead` is answered already. Returns whom else it answered.
    """
    answered, given = await followers(uow, lead, lock=True), await _for_others(uow, lead, given)
    for one in answered:
        if (one.state, Act.ANSWER) not in TRANSITIONS:  # in the room, what was not triaged is raised first
            one.state = after(one.state, Act.RAISE)
        await give_answer(uow, one, given.text, where=where, said=given.answer_class)
        await _keep(uow, by, one, given)
    return answered


async def share_promise(uow: UnitOfWork, by: Person, lead: Question, act: Act, given: Proposal) -> list[Question]:
    """Refer or extend all that goes with `lead`; what cannot be, in its state, stands alone from now on.

    Returns whom else was promised the agency and the date.
    """
    promised, given = [], await _for_others(uow, lead, given)
    for one in await followers(uow, lead, lock=True):
        if (one.state, act) not in TRANSITIONS:
            await leave_group(uow, one)
            continue
        await give_promise(
            uow,
            one,
            act,
            agency=given.agency,
            promised_on=promised_day(given.promised_on or uow.today, uow.today),
            reason=given.text,
        )
        await _keep(uow, by, one, given)
        promised.append(one)
    return promised


async def _for_others(uow: UnitOfWork, lead: Question, given: Proposal) -> Proposal:
    """The same words without whoever asked first: to them they were written, perhaps by name (R026)."""
    people = await uow.people.many({lead.asker_id, lead.entered_by or lead.asker_id})
    return replace(given, text=without_names(given.text, [one.name for one in people.values()]))


async def _keep(uow: UnitOfWork, by: Person, question: Question, given: Proposal) -> None:
    """What was given stands beside each question it was given to: its asker asks for it by its own reference."""
    kept = replace(
        given,
        question_id=question.id,
        state=ProposalState.APPROVED,
        decided_by=by.id if given.decided_by is None else given.decided_by,
        decided_at=given.decided_at or uow.now,
    )
    await uow.questions.propose(kept)
    await note(uow, by, "share_with_group", question, proposal=kept.id)
