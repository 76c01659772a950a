"""Ask the asker back, and take in what the asker says (R124). The first words stay as they were typed."""

from intake.actions.outbox.tell import tell_asker
from intake.actions.people.office import note, tell_desk, tell_secretaries, withdraw_proposals
from intake.actions.people.restricted import require_free
from intake.actions.questions.rate_answer import require_asker
from intake.actions.sealed.access import require_dealing
from intake.actions.sealed.naming import read_again
from intake.ports import UnitOfWork
from intake.rules.errors import RuleBroken
from intake.rules.people.permissions import works_at_desk
from intake.rules.people.person import Person, Role
from intake.rules.questions.asked_back import asked_back
from intake.rules.questions.promise import required
from intake.rules.questions.question import OPEN_STATES, Act, Question, QuestionId, QuestionState, after

_BACK = {QuestionState.WAITING_FOR_MEETING: Act.SCHEDULE, QuestionState.TAKEN_ON: Act.TAKE_ON}


async def may_ask_back(uow: UnitOfWork, by: Person, question_id: QuestionId, *, lock: bool = False) -> Question:
    """The question, for its secretary or an official of its desk; `NotFound` for all others."""
    question = await uow.questions.get(question_id, lock=lock)
    if not works_at_desk(await uow.people.grants_of(by.id), question):
        await require_dealing(uow, by, question, Role.SECRETARY)
    return require_free(question) if lock else question


async def require_answerable(uow: UnitOfWork, question: Question) -> None:
    """Raise `RuleBroken` where nobody can reply: whoever asked gave no name, or was erased. It would wait for ever."""
    asker = (await uow.people.many([question.asker_id]))[question.asker_id]
    if not asker.name:
        key = "refusal.asker_unnamed" if asker.erased_at is None else "refusal.asker_erased"
        raise RuleBroken(key, {"reference": question.reference})


async def ask_back(uow: UnitOfWork, *, by: Person, question_id: QuestionId, text: str) -> Question:
    """Ask the asker something; the question waits for the reply where it lies. The clocks go on."""
    question = await may_ask_back(uow, by, question_id, lock=True)
    text = required(text, "refusal.text_missing")
    await require_answerable(uow, question)
    before = question.state
    question.state = after(question.state, Act.ASK_BACK)
    question.state_before, question.reason = before, text
    await withdraw_proposals(uow, question)
    await note(uow, by, "ask_back", question)
    await tell_asker(uow, question, asked_back(question))
    return question


async def clarify(
    uow: UnitOfWork, *, question_id: QuestionId, person: Person, text: str, sealed: bool = False
) -> Question:
    """Add the asker's reply, typed by the asker or by the hamlet head who typed the question; `sealed` as they wish.

    The question goes back to where it lay. When the office went on meanwhile, the words are added all the same.
    """
    question = await uow.questions.get(question_id, lock=True)
    await require_asker(uow, question, person)
    text = required(text, "refusal.text_missing")
    awaited = question.state_before is not None and question.state in OPEN_STATES
    if question.state is QuestionState.NEEDS_CLARIFICATION or not awaited:
        question.state = after(question.state, Act.CLARIFY)
    _lie_where_it_lay(question)
    question.text = f"{question.text}\n– {text}"
    await read_again(uow, question, sealed=sealed)
    await uow.similar.index(question)
    await note(uow, person, "clarify", question)
    if question.desk_id is not None:
        await tell_desk(uow, question, "office.clarified", {"text": text})
    else:
        await tell_secretaries(uow, question, "office.clarified", {"text": text})
    return question


async def await_no_reply(uow: UnitOfWork, question: Question) -> None:
    """Whoever was asked back is erased: nobody replies any more, and the question lies where it lay before."""
    if question.state is not QuestionState.NEEDS_CLARIFICATION:
        return
    question.state = after(question.state, Act.CLARIFY)
    _lie_where_it_lay(question)
    if question.desk_id is not None:
        await tell_desk(uow, question, "office.no_reply_comes", {})
    else:
        await tell_secretaries(uow, question, "office.no_reply_comes", {})


def _lie_where_it_lay(question: Question) -> None:
    if question.state is QuestionState.RECEIVED and question.state_before in _BACK:
        question.state = after(question.state, _BACK[question.state_before])
    question.state_before, question.reason = None, ""
