"""Write down what a recording says: the written words are what the office works with; the recording stays."""

from intake.actions.outbox.tell import tell_asker
from intake.actions.people.office import note
from intake.actions.questions.clarify import may_ask_back
from intake.actions.sealed.naming import read_again
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Message
from intake.rules.people.person import Person
from intake.rules.questions.promise import required
from intake.rules.questions.question import READ_STATES, SPOKEN, Question, QuestionId, is_sound


async def may_write_down(uow: UnitOfWork, by: Person, question_id: QuestionId, *, lock: bool = False) -> Question:
    """The question, for its secretary or an official of its desk; `NotFound` for all others and without a recording.

    Raises `RuleBroken` for one that is done with.
    """
    question = await may_ask_back(uow, by, question_id, lock=lock)
    if not any(is_sound(file.media_type) for file in await uow.questions.attachments(question.id)):
        raise NotFound
    if question.state not in READ_STATES:
        raise RuleBroken("refusal.not_in_this_state")
    return question


async def write_down(uow: UnitOfWork, *, by: Person, question_id: QuestionId, text: str) -> Question:
    """Take in what somebody of the office heard: in place of a question that was only spoken, else below its words.

    What was sent first stays as it was. The asker reads what was written down. Raises `RuleBroken` for no words.
    """
    question = await may_write_down(uow, by, question_id, lock=True)
    text = required(text, "refusal.text_missing")
    if question.original_text.startswith(SPOKEN) and question.text.startswith(question.original_text):
        question.text = text + question.text.removeprefix(question.original_text)
    else:
        question.text = f"{question.text}\n{SPOKEN} {text}"
    await read_again(uow, question)
    await uow.similar.index(question)
    await note(uow, by, "write_down", question)
    await tell_asker(uow, question, Message("written.told", {"reference": question.reference, "text": text}))
    return question
