"""What every deed of the office begins with: the question, whether this person may, whom to tell."""

from collections.abc import Sequence
from datetime import date

from intake.actions.outbox.tell import tell
from intake.actions.people.restricted import require_free
from intake.actions.questions.news import tell_news
from intake.actions.sealed.access import kept_from, require_dealing, stand_ins_of
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.clock import OWED, is_overdue
from intake.rules.deadlines.deadline import Clock
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.message import Button, Message, Param
from intake.rules.people.permissions import holds, works_at_desk
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Desk, DeskId, Unit, UnitId
from intake.rules.questions.news import NewsKind
from intake.rules.questions.question import Proposal, ProposalState, Question, QuestionBrief, QuestionId


async def question_in_unit(
    uow: UnitOfWork,
    by: Person,
    question_id: QuestionId,
    *roles: Role,
    lock: bool = False,
    though_restricted: bool = False,
) -> Question:
    """A question of a unit in which `by` holds one of the roles; `NotFound` for all others.

    One that names somebody is for whoever handles it in their place. Locked, it is to be worked on: `RuleBroken` while
    its asker wants nothing done with it, unless what is done is in the asker's own interest (`though_restricted`).
    """
    question = await uow.questions.get(question_id, lock=lock)
    await require_dealing(uow, by, question, *roles)
    return require_free(question) if lock and not though_restricted else question


async def question_at_desk(uow: UnitOfWork, by: Person, question_id: QuestionId, *, lock: bool = False) -> Question:
    """A question that lies on the desk at which `by` is an official; `NotFound` for all others."""
    question = await uow.questions.get(question_id, lock=lock)
    if not works_at_desk(await uow.people.grants_of(by.id), question):
        raise NotFound
    return require_free(question) if lock else question


async def desk_of(uow: UnitOfWork, question: Question) -> Desk:
    """The desk a question lies on; `NotFound` when it lies on none."""
    if question.desk_id is None:
        raise NotFound
    return await uow.places.desk(question.desk_id)


async def units_of(uow: UnitOfWork, by: Person, *roles: Role) -> list[UnitId]:
    """The units with a plan in which `by` holds one of the roles."""
    grants = await uow.people.grants_of(by.id)
    return [unit.id for unit in await uow.places.roots() if any(holds(grants, role, unit) for role in roles)]


async def meeting_to_come(uow: UnitOfWork, question: Question) -> Meeting | None:
    """The meeting a question still waits for: not held, not cancelled; None when there is none."""
    if question.meeting_id is None:
        return None
    meeting = await uow.meetings.get(question.meeting_id)
    return None if meeting.state in (MeetingState.HELD, MeetingState.CANCELLED) else meeting


async def owed_clock(uow: UnitOfWork, question: Question | QuestionBrief) -> Clock | None:
    """The clock by whose end the asker must have an answer, or was promised one; None while no such clock runs."""
    running = await uow.clocks.running_for(question.id)
    return min((one for one in running if one.kind in OWED), key=lambda one: one.due_on, default=None)


async def owed_on(uow: UnitOfWork, question: Question | QuestionBrief) -> date | None:
    """The day on which that clock ends."""
    clock = await owed_clock(uow, question)
    return None if clock is None else clock.due_on


async def missed_on(uow: UnitOfWork, question: Question) -> date | None:
    """The due date beyond which the asker has waited; None when nothing is late."""
    due_on = await owed_on(uow, question)
    return due_on if due_on is not None and is_overdue(due_on, uow.today) else None


async def waiting_proposals_of(uow: UnitOfWork, question: Question) -> list[Proposal]:
    """What still waits for the chair on this question, locked (the question must be locked first)."""
    proposed = [one for one in await uow.questions.proposals(question.id) if one.state is ProposalState.PROPOSED]
    locked = [await uow.questions.proposal(one.id) for one in proposed]
    return [one for one in locked if one.state is ProposalState.PROPOSED]


async def withdraw_proposals(uow: UnitOfWork, question: Question) -> None:
    """Take back what waits for the chair: a newer proposal or another deed has overtaken it."""
    for proposal in await waiting_proposals_of(uow, question):
        proposal.state, proposal.decided_at = ProposalState.RETURNED, uow.now


async def note(uow: UnitOfWork, by: Person | None, act: str, question: Question, **detail: int | None) -> None:
    """Write the deed into the audit trail; None is the command line."""
    await uow.ledger.write(
        AuditEntry(
            uow.now,
            None if by is None else by.id,
            act,
            f"question:{question.id}",
            {"state": question.state.value, **detail},
        )
    )


async def tell_desk(
    uow: UnitOfWork, question: Question, key: str, params: dict[str, Param] | None = None, *, new: bool = False
) -> None:
    """Tell the officials of the desk a question lies on, with a button that opens it.

    One that is `new` to the desk may be told of together with others (`tell_news`).
    Where the desk has nobody the question does not name, the secretary is told: a letter to nobody helps nobody.
    """
    desk = await desk_of(uow, question)
    at_desk = await uow.people.at_desk(desk.id)
    named = await kept_from(uow, question.id, [official.id for official in at_desk])
    officials = [official for official in at_desk if official.id not in named]
    if not officials:
        await tell_secretaries(uow, question, key, params)
        return
    opens = ((Button(f"queue.{question.id}", "button.open"),),)
    message = Message(key, {"reference": question.reference, **(params or {})}, opens)
    told = [official.id for official in officials]
    if new:
        await tell_news(uow, told, message, question, NewsKind.ON_DESK)
    else:
        await tell(uow, told, message, question_id=question.id)


async def tell_secretaries(
    uow: UnitOfWork, question: Question, key: str, params: dict[str, Param] | None = None
) -> None:
    """Tell the secretaries of the unit, or who stands in for them, with a button that opens the question."""
    opens = ((Button(f"triage.{question.id}", "button.open"),),)
    message = Message(key, {"reference": question.reference, **(params or {})}, opens)
    await tell(uow, await leading(uow, question), message, question_id=question.id)


async def leading(uow: UnitOfWork, question: Question) -> Sequence[PersonId]:
    """Who sorts a question: the secretaries, or who stands in for them where it names somebody; maybe nobody."""
    stands = await stand_ins_of(uow, question)
    if stands is not None:
        return stands.lead
    return await secretaries_of(uow, await uow.places.unit(question.unit_id))


async def secretaries_of(uow: UnitOfWork, unit: Unit) -> Sequence[PersonId]:
    """Every secretary of the unit or above it; where there is none, who stands in (`rules.people.permissions`)."""
    secretaries = [secretary.id for secretary in await uow.people.holders(Role.SECRETARY, unit)]
    if secretaries:
        return secretaries
    told = await uow.people.standing_in([Role.SECRETARY], [unit])
    return told.get((Role.SECRETARY, unit.id), ())


async def wake_clocks(uow: UnitOfWork, question: Question) -> None:
    """Let the next sweep look at the clocks of a question: somebody new is concerned by them."""
    for clock in await uow.clocks.running_for(question.id):
        clock.wake_on = min(clock.wake_on, uow.today)


async def tell_old_desk(uow: UnitOfWork, question: Question, desk_id: DeskId, desk: str) -> None:
    """Tell the officials of a desk that a question is not theirs any more; `desk` is the name of the new one."""
    officials = [official.id for official in await uow.people.at_desk(desk_id)]
    message = Message("office.taken_from_desk", {"reference": question.reference, "desk": desk})
    await tell(uow, officials, message, question_id=question.id)


async def holders_of(uow: UnitOfWork, unit_id: UnitId, *roles: Role) -> Sequence[Person]:
    """Everybody who holds one of the roles in the unit or above it, each once."""
    unit = await uow.places.unit(unit_id)
    found = [person for role in roles for person in await uow.people.holders(role, unit)]
    return list({person.id: person for person in found}.values())
