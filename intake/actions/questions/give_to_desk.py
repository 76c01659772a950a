"""Give a question to a desk, wherever it lies: from triage, or from another desk."""

from collections.abc import Iterable

from intake.actions.outbox.how_told import told_of
from intake.actions.people.office import question_in_unit
from intake.actions.questions.groups import assign_group, followers, reassign_group
from intake.ports import UnitOfWork
from intake.rules.message import Param, Term
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.question import DESK_STATES, Question, QuestionId


async def heard_of(uow: UnitOfWork, question: Question) -> tuple[Param, ...]:
    """How the askers hear of the desk a question was given to, and that nobody there does where nobody works at it."""
    told = await told_of(uow, question, await followers(uow, question))
    return (*told, *(await nobody_at(uow, [] if question.desk_id is None else [question.desk_id])))


async def nobody_at(uow: UnitOfWork, desk_ids: Iterable[DeskId]) -> list[Param]:
    """A line for each of these desks at which nobody works."""
    wanted = dict.fromkeys(desk_ids)
    staffed = await uow.people.at_desks(wanted)
    empty = [await uow.places.desk(one) for one in wanted if one not in staffed]
    return [Term("office.nobody_at_desk", {"desk": desk.name}) for desk in empty]


async def give_to_desk(uow: UnitOfWork, *, by: Person, question_id: QuestionId, desk_id: DeskId) -> Question:
    """Do what `assign_group` does for a question that lies on no desk, `reassign_group` for one that does."""
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, Role.CHAIR)
    if question.desk_id is not None and question.state in DESK_STATES:
        return await reassign_group(uow, by=by, question_id=question.id, from_desk_id=question.desk_id, desk_id=desk_id)
    return await assign_group(uow, by=by, question_id=question.id, desk_id=desk_id)
