"""Give a question to a desk together with those that go with it: one group, one desk."""

from intake.actions.group_members import followers, refuse_member
from intake.actions.office import note, question_in_unit, withdraw_proposals
from intake.actions.tell import tell_asker
from intake.actions.triage import assign, reassign
from intake.ports import UnitOfWork
from intake.rules.group import JOINABLE
from intake.rules.message import Message
from intake.rules.person import Person, Role
from intake.rules.question import Question, QuestionId
from intake.rules.unit import DeskId


async def assign_group(uow: UnitOfWork, *, by: Person, question_id: QuestionId, desk_id: DeskId) -> Question:
    """See `assign`; what goes with the question follows it, each asker told under the own reference.

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
    """See `reassign`; what goes with the question follows it, and a question that goes with another stays with it."""
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
    await withdraw_proposals(uow, question)
    question.desk_id = desk_id
    await note(uow, by, "move_to_desk", question, desk=desk_id)
    desk = await uow.places.desk(desk_id)
    moved = Message("group.moved", {"reference": question.reference, "desk": desk.name})
    await tell_asker(uow, question, moved)
