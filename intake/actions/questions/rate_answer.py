"""What the asker says about an answer: content or not, and, once, that it is not done yet."""

from datetime import date

from intake.actions.deadlines.clocks import plan_for, settings_of, start_reply
from intake.actions.outbox.tell import tell
from intake.actions.people.office import leading
from intake.actions.questions.ask_question import clean_question
from intake.actions.questions.groups import leave_group
from intake.actions.sealed.naming import read_again
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock
from intake.rules.deadlines.due_packing import unpack_due
from intake.rules.deadlines.due_words import due_words
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Button, Message
from intake.rules.people.permissions import speaks_for_asker
from intake.rules.people.person import Person
from intake.rules.questions.question import (
    NOT_SATISFIED,
    REOPEN_DAYS,
    SATISFIED,
    Act,
    Question,
    QuestionId,
    QuestionState,
    after,
    may_reopen,
)


async def require_asker(uow: UnitOfWork, question: Question, person: Person) -> None:
    """Raise `NotFound` for whoever neither asked the question nor may speak for who did (R111)."""
    own = person.id == question.asker_id
    if not speaks_for_asker(person.id, () if own else await uow.people.grants_of(person.id), question):
        raise NotFound


async def rate_answer(uow: UnitOfWork, *, question_id: QuestionId, person: Person, satisfied: bool) -> Question:
    """Take the asker's rating of the answer and close the question with it; a second rating is refused."""
    question = await uow.questions.get(question_id, lock=True)
    await require_asker(uow, question, person)
    if question.state is QuestionState.CLOSED and question.rating is not None:
        raise RuleBroken("refusal.rated_already")
    if question.state is not QuestionState.ANSWERED:  # a direction can be closed too, but is no answer to be rated
        raise RuleBroken("refusal.not_in_this_state")
    question.state = after(question.state, Act.CLOSE)
    question.rating = SATISFIED if satisfied else NOT_SATISFIED
    question.closed_at = uow.now
    await uow.ledger.write(
        AuditEntry(uow.now, person.id, "rate_answer", f"question:{question.id}", {"rating": question.rating})
    )
    return question


def reopenable(question: Question, today: date) -> bool:
    """Whether the question is closed and may be reopened today: once, within 15 days (PRODUCT, Question states)."""
    return (
        question.state is QuestionState.CLOSED
        and question.closed_at is not None
        and may_reopen(question, today, question.closed_at.astimezone(LOCAL).date())
    )


async def require_reopenable(uow: UnitOfWork, question: Question, person: Person) -> None:
    """Raise `NotFound` for somebody else's question, `RuleBroken` for one that cannot be reopened (any more)."""
    await require_asker(uow, question, person)
    if not reopenable(question, uow.today):
        raise RuleBroken("refusal.reopen", {"days": REOPEN_DAYS})


async def reopen(uow: UnitOfWork, *, question_id: QuestionId, person: Person, text: str, sealed: bool = False) -> Clock:
    """Open a closed question once more with what the asker finds missing; the desk has a full reply term from today.

    What was asked first stays in `original_text`. The earlier rating stays in the audit trail; the new answer can be
    rated anew. The desk's officials and the secretaries are told. Returns the new reply clock.
    """
    question = await uow.questions.get(question_id, lock=True)
    await require_reopenable(uow, question, person)
    addition = clean_question(text)
    question.state = after(question.state, Act.REOPEN)
    question.text = f"{question.text}\n– {addition}"
    question.reopened_at, question.closed_at, question.rating = uow.now, None, None
    await leave_group(uow, question)  # what was missing for this asker was not for the others
    await read_again(uow, question, sealed=sealed)
    await uow.similar.index(question)
    settings = settings_of(await plan_for(uow, question))
    clock = await start_reply(uow, ClockKind.REPLY_OUTSIDE, uow.today, settings=settings, question=question)
    await uow.ledger.write(AuditEntry(uow.now, person.id, "reopen", f"question:{question.id}"))
    at_desk = () if question.desk_id is None else await uow.people.at_desk(question.desk_id)
    await tell(
        uow,
        [*(one.id for one in at_desk), *await leading(uow, question)],
        Message(
            "reopen.told",
            {"reference": question.reference, "due": due_words(unpack_due(clock.due))},
            ((Button(f"status.{question.id}", "button.open"),),),
        ),
        question_id=question.id,
    )
    return clock
