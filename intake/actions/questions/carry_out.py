"""What was decided reaches the asker: an answer, or which agency is responsible and until when (R160–R162)."""

from datetime import date

from intake.actions.deadlines.clocks import plan_for, settings_of, start_clock, stop_clocks
from intake.actions.outbox.tell import tell_asker
from intake.actions.people.office import missed_on, withdraw_proposals
from intake.ports import UnitOfWork
from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.due_words import in_between
from intake.rules.deadlines.reminder_messages import overdue_news
from intake.rules.message import Button, Message, Param
from intake.rules.questions.question import Act, AnswerClass, Question, after, known_again
from intake.rules.questions.rating import rating_code

_WAITED_FOR = (
    ClockKind.REPLY,
    ClockKind.REPLY_OUTSIDE,
    ClockKind.ACKNOWLEDGE,
    ClockKind.INTERNAL_TARGET,
    ClockKind.URGENT_TARGET,
)


async def give_answer(
    uow: UnitOfWork, question: Question, text: str, *, where: str, said: AnswerClass | None = None
) -> None:
    """The asker gets the answer and is asked whether it will do; a late one says sorry and which day it missed.

    `where` names who answered: the desk, or the meeting; `said` is what the answer was said to be. The clocks are met,
    what else was proposed is overtaken.
    """
    answer = await answer_message(uow, question, text, where=where)
    question.state, question.answered_at = after(question.state, Act.ANSWER), uow.now
    question.answer_class = said
    await withdraw_proposals(uow, question)
    await uow.drafts.drop(question.id)
    await stop_clocks(uow, question)
    await uow.letters.drop_waiting(overdue_news(question.id))  # that there is no answer yet is true no longer
    await tell_asker(uow, question, answer)


async def answer_message(uow: UnitOfWork, question: Question, text: str, *, where: str) -> Message:
    """The answer as the asker reads it: with an apology and the day that was missed while it is late."""
    missed = await missed_on(uow, question)
    rates = (
        (
            Button(rating_code(question, "good"), "rate.good"),
            Button(rating_code(question, "bad"), "rate.bad"),
        ),
    )
    said: dict[str, Param] = {"reference": known_again(question), "text": text, "where": where}
    if missed is not None:
        said["due"] = missed
    return Message("office.answered" if missed is None else "office.answered_late", said, rates)


async def give_promise(
    uow: UnitOfWork, question: Question, act: Act, *, agency: str, promised_on: date, reason: str
) -> None:
    """Refer or extend: the same act tells the asker the agency, the date and the reason (R161).

    The date promised is a clock of its own; the question stays open until the asker has the answer (R162). A referral
    that comes late says sorry and which day was missed.
    """
    missed = await missed_on(uow, question)
    question.state = after(question.state, act)
    await withdraw_proposals(uow, question)
    await stop_clocks(uow, question, *_WAITED_FOR, state=ClockState.ENDED)
    settings = settings_of(await plan_for(uow, question))
    await start_clock(uow, ClockKind.PROMISE, promised_on, settings=settings, question=question)
    told: dict[str, Param] = {
        "reference": question.reference,
        "agency": agency,
        "promised": in_between(promised_on),
        "reason": reason,
    }
    key = "office.referred" if act is Act.REFER else "office.extended"
    if missed is not None:  # only a referral comes so far: nothing late is extended
        key, told["due"] = "office.referred_late", missed
    await tell_asker(uow, question, Message(key, told))
