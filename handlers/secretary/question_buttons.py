"""What a secretary or a chair may do with a question at this moment, as buttons."""

from handlers.engine.scene import Scene
from handlers.office.sealing import sealing_row
from intake.actions.people.office import meeting_to_come, owed_on
from intake.actions.questions.make_public import may_be_public
from intake.actions.sealed.access import may_deal_with
from intake.rules.message import Button, button, rows_of
from intake.rules.people.person import Role
from intake.rules.questions.question import DESK_STATES, OPEN_STATES, TRANSITIONS, Act, Question, QuestionState

from .block import block_buttons

_PROMISED = (QuestionState.REFERRED, QuestionState.EXTENDED)


async def buttons_for(scene: Scene, question: Question) -> tuple[tuple[Button, ...], ...]:
    """Two in a row; what only a secretary may do is not offered to a chair."""
    number, offered = question.id, []
    secretary = await may_deal_with(scene.uow, scene.me, question, Role.SECRETARY)
    if question.desk_id is not None and question.state in DESK_STATES:
        offered.append(button("office.reassign_button", f"reassign.{number}"))
    elif _allowed(question, Act.TAKE_ON) or _allowed(question, Act.SCHEDULE) or _lacks_desk(question):
        offered.append(button("office.assign_button", f"assign.{number}"))
    if (
        secretary
        and question.state is QuestionState.RECEIVED
        and (meeting := await meeting_to_come(scene.uow, question)) is not None
        and not meeting.is_past(scene.uow.now)
    ):
        offered.append(button("office.keep_button", f"keep.{number}"))
    if secretary and _allowed(question, Act.ASK_BACK):
        offered.append(button("office.ask_back_button", f"askback.{number}"))
    if secretary and _allowed(question, Act.DECLINE):
        offered.append(button("office.decline_button", f"decline.{number}"))
    offered += await _of_its_state(scene, question)
    if secretary:
        offered += await _in_public(scene, question)
    if question.urgent:
        offered.append(button("urgent.take_back_button", f"calm.{number}"))
    elif question.state in OPEN_STATES:
        offered.append(button("urgent.button", f"urgent.{number}"))
    offered += [*await _to_seal(scene, question), *await block_buttons(scene, question)]
    return (*rows_of(offered), sealing_row(question, handles=True))


async def _of_its_state(scene: Scene, question: Question) -> list[Button]:
    """What only an opinion, or a promise whose day is over, can have done to it."""
    if _allowed(question, Act.PETITION):
        return [button("gathered.petition_button", f"petition.{question.id}")]
    if question.state in _PROMISED and await _missed(scene, question):
        return [button("nudge.button", f"nudge.{question.id}")]
    return []


async def _to_seal(scene: Scene, question: Question) -> list[Button]:
    """That it is a denunciation; where the unit has nobody to seal it for, there is nothing to offer."""
    if not _allowed(question, Act.SEAL) or await scene.uow.sealed.key_of(question.unit_id) is None:
        return []
    return [button("sealed.question_button", f"sealquestion.{question.id}")]


async def _in_public(scene: Scene, question: Question) -> list[Button]:
    if question.public_text is not None:
        return [button("publish.take_back_button", f"unpublish.{question.id}")]
    if await may_be_public(scene.uow, question):
        return [button("publish.button", f"publish.{question.id}")]
    return []


async def _missed(scene: Scene, question: Question) -> bool:
    due_on = await owed_on(scene.uow, question)
    return due_on is not None and due_on < scene.uow.today


def _allowed(question: Question, act: Act) -> bool:
    return (question.state, act) in TRANSITIONS


def _lacks_desk(question: Question) -> bool:
    return question.desk_id is None and question.state in (QuestionState.TAKEN_ON, QuestionState.WAITING_FOR_MEETING)
