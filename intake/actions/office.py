"""What every deed of the office begins with: the question, whether this person may, whom to tell."""

from collections.abc import Sequence
from datetime import date

from intake.actions.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.clock import ClockKind, is_overdue
from intake.rules.errors import NotFound
from intake.rules.meeting import Meeting, MeetingState
from intake.rules.message import Button, Message, Param
from intake.rules.permissions import holds, require, works_at_desk
from intake.rules.person import Person, Role
from intake.rules.question import Proposal, ProposalState, Question, QuestionId
from intake.rules.unit import Desk, UnitId

OWED = (ClockKind.REPLY, ClockKind.REPLY_OUTSIDE, ClockKind.PROMISE)
"""The clocks that say until when the asker must have an answer, or was promised one."""


async def question_in_unit(
    uow: UnitOfWork, by: Person, question_id: QuestionId, *roles: Role, lock: bool = False
) -> Question:
    """A question of a unit in which `by` holds one of the roles; `NotFound` for all others."""
    question = await uow.questions.get(question_id, lock=lock)
    unit = await uow.places.unit(question.unit_id)
    require(await uow.people.grants_of(by.id), roles, unit)
    return question


async def question_at_desk(uow: UnitOfWork, by: Person, question_id: QuestionId, *, lock: bool = False) -> Question:
    """A question that lies on the desk at which `by` is an official; `NotFound` for all others."""
    question = await uow.questions.get(question_id, lock=lock)
    if not works_at_desk(await uow.people.grants_of(by.id), question):
        raise NotFound
    return question


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


async def owed_on(uow: UnitOfWork, question: Question) -> date | None:
    """The day by which the asker must have an answer, or was promised one; None while no such clock runs."""
    running = await uow.clocks.running_for(question.id)
    return min((clock.due_on for clock in running if clock.kind in OWED), default=None)


async def is_late(uow: UnitOfWork, question: Question) -> bool:
    """Whether the asker has waited beyond the due date."""
    due_on = await owed_on(uow, question)
    return due_on is not None and is_overdue(due_on, uow.today)


async def waiting_proposals_of(uow: UnitOfWork, question: Question) -> list[Proposal]:
    """What still waits for the chair on this question, locked (the question must be locked first)."""
    proposed = [one for one in await uow.questions.proposals(question.id) if one.state is ProposalState.PROPOSED]
    locked = [await uow.questions.proposal(one.id) for one in proposed]
    return [one for one in locked if one.state is ProposalState.PROPOSED]


async def withdraw_proposals(uow: UnitOfWork, question: Question) -> None:
    """Take back what waits for the chair: a newer proposal or another deed has overtaken it."""
    for proposal in await waiting_proposals_of(uow, question):
        proposal.state, proposal.decided_at = ProposalState.RETURNED, uow.now


async def note(uow: UnitOfWork, by: Person, act: str, question: Question, **detail: int | None) -> None:
    """Write the deed into the audit trail."""
    await uow.ledger.write(
        AuditEntry(uow.now, by.id, act, f"question:{question.id}", {"state": question.state.value, **detail})
    )


async def tell_desk(uow: UnitOfWork, question: Question, key: str, params: dict[str, Param] | None = None) -> None:
    """Tell the officials of the desk a question lies on, with a button that opens it."""
    desk = await desk_of(uow, question)
    officials = await uow.people.at_desk(desk.id)
    opens = ((Button(f"queue.{question.id}", "button.open"),),)
    message = Message(key, {"reference": question.reference, **(params or {})}, opens)
    await tell(uow, [official.id for official in officials], message, question_id=question.id)


async def tell_secretaries(
    uow: UnitOfWork, question: Question, key: str, params: dict[str, Param] | None = None
) -> None:
    """Tell the secretaries of the unit, with a button that opens the question."""
    secretaries = await holders_of(uow, question.unit_id, Role.SECRETARY)
    opens = ((Button(f"triage.{question.id}", "button.open"),),)
    message = Message(key, {"reference": question.reference, **(params or {})}, opens)
    await tell(uow, [secretary.id for secretary in secretaries], message, question_id=question.id)


async def holders_of(uow: UnitOfWork, unit_id: UnitId, *roles: Role) -> Sequence[Person]:
    """Everybody who holds one of the roles in the unit or above it, each once."""
    unit = await uow.places.unit(unit_id)
    found = [person for role in roles for person in await uow.people.holders(role, unit)]
    return list({person.id: person for person in found}.values())
