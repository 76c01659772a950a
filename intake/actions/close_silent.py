"""Close what was answered and whose asker has said nothing since (PRODUCT, Question states)."""

from datetime import date, datetime, time, timedelta

from intake.actions.tell import News, tell_each
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.delivery import LOCAL
from intake.rules.message import Button, Message
from intake.rules.question import REOPEN_DAYS, Act, Question, after

SILENT_DAYS = 15
"""How many days an asker has for a word about the answer; the day of the answer is day zero."""


async def close_silent(uow: UnitOfWork, today: date) -> int:
    """Close every question that was answered more than `SILENT_DAYS` days before `today`, and tell the askers.

    Returns how many there were.
    """
    first_silent_day = datetime.combine(today - timedelta(days=SILENT_DAYS), time(), tzinfo=LOCAL)
    questions = await uow.questions.to_close(first_silent_day)
    for question in questions:
        question.state = after(question.state, Act.CLOSE)
        question.closed_at = uow.now
        await uow.ledger.write(AuditEntry(uow.now, None, "close_silent", f"question:{question.id}"))
    await tell_each(uow, [News(question.asker_id, _goodbye(question), question.id) for question in questions])
    return len(questions)


def _goodbye(question: Question) -> Message:
    if question.reopened_at is not None:
        return Message("remind.closed_for_good", {"name": question.reference})
    return Message(
        "remind.closed",
        {"name": question.reference, "days": REOPEN_DAYS},
        ((Button(f"status.{question.id}", "button.open"),),),
    )
