"""Questions that go together: one group, one desk; only what still owes an answer holds a group together (R123)."""

from intake.actions.outbox.tell import tell_asker
from intake.actions.people.office import note, question_in_unit, withdraw_proposals
from intake.actions.questions.triage import assign, reassign
from intake.actions.sealed.access import require_assignable
from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.message import Message
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.group import JOINABLE
from intake.rules.questions.question import OPEN_STATES, Question, QuestionId


async def lead_of(uow: UnitOfWork, question: Question) -> Question | None:
    """The question whose answer this one will get; None when it stands alone, leads, or either has its answer."""
    member = await uow.groups.member(question.id)
    if member is None or question.state not in OPEN_STATES:
        return None
    lead = await uow.questions.get(member.lead_id)
    return lead if lead.state in OPEN_STATES else None


async def followers(uow: UnitOfWork, lead: Question, *, lock: bool = False) -> list[Question]:
    """The questions that go with this one and still owe an answer, the oldest first; locked after the lead."""
    members = await uow.groups.members([lead.id])
    found = [await uow.questions.get(member.question_id, lock=lock) for member in members]
    return [one for one in found if one.state in OPEN_STATES]


async def refuse_member(uow: UnitOfWork, question: Question) -> None:
    """Raise `RuleBroken` for a question that gets its answer with another: there is one draft for a group."""
    lead = await lead_of(uow, question)
    if lead is not None:
        raise RuleBroken("refusal.answered_with_lead", {"reference": question.reference, "lead": lead.reference})


async def leave_group(uow: UnitOfWork, question: Question) -> bool:
    """Let a question stand alone again. Returns whether it went with another."""
    member = await uow.groups.member(question.id)
    if member is None:
        return False
    await uow.groups.remove(member)
    return True


async def assign_group(uow: UnitOfWork, *, by: Person, question_id: QuestionId, desk_id: DeskId) -> Question:
    """Do what `assign` does, and let what goes with the question follow it, each asker told under their own reference.

    A question that goes with another is on that one's desk and is given to none by itself (`RuleBroken`).
    """
    await refuse_member(uow, await question_in_unit(uow, by, question_id, Role.SECRETARY, Role.CHAIR))
    question = await assign(uow, by=by, question_id=question_id, desk_id=desk_id)
    for one in await followers(uow, question, lock=True):
        await put_on_desk(uow, by, one, desk_id)
    return question


async def reassign_group(
    uow: UnitOfWork, *, by: Person, question_id: QuestionId, from_desk_id: DeskId, desk_id: DeskId
) -> Question:
    """Do what `reassign` does, and let what goes with the question follow it; a question of a group stays with it."""
    await refuse_member(uow, await question_in_unit(uow, by, question_id, Role.SECRETARY, Role.CHAIR))
    question = await reassign(uow, by=by, question_id=question_id, from_desk_id=from_desk_id, desk_id=desk_id)
    for one in await followers(uow, question, lock=True):
        await put_on_desk(uow, by, one, desk_id)
    return question


async def put_on_desk(uow: UnitOfWork, by: Person, question: Question, desk_id: DeskId) -> None:
    """Put one question of a group on the group's desk; where it lies on another, it moves and the asker learns it.

    State and clocks stay as they are when it moves; `assign` sees to them when it comes from triage.
    """
    if question.desk_id == desk_id:
        return
    if question.desk_id is None and question.state in JOINABLE:
        await assign(uow, by=by, question_id=question.id, desk_id=desk_id)
        return
    desk = await uow.places.desk(desk_id)
    await require_assignable(uow, question, desk)
    await withdraw_proposals(uow, question)
    question.desk_id = desk_id
    await note(uow, by, "move_to_desk", question, desk=desk_id)
    moved = Message("group.moved", {"reference": question.reference, "desk": desk.name})
    await tell_asker(uow, question, moved)
