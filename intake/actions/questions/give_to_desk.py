"""Give a question to a desk, wherever it lies: from triage, or from another desk."""

from intake.actions.people.office import question_in_unit
from intake.actions.questions.groups import assign_group, reassign_group
from intake.ports import UnitOfWork
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import DeskId
from intake.rules.questions.question import DESK_STATES, Question, QuestionId


async def give_to_desk(uow: UnitOfWork, *, by: Person, question_id: QuestionId, desk_id: DeskId) -> Question:
    """Do what `assign_group` does for a question that lies on no desk, `reassign_group` for one that does."""
    question = await question_in_unit(uow, by, question_id, Role.SECRETARY, Role.CHAIR)
    if question.desk_id is not None and question.state in DESK_STATES:
        return await reassign_group(uow, by=by, question_id=question.id, from_desk_id=question.desk_id, desk_id=desk_id)
    return await assign_group(uow, by=by, question_id=question.id, desk_id=desk_id)
