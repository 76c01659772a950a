"""Somebody of the office has answered a person by hand, past the bot: the question's log says so."""

from datetime import datetime

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.people.person import Account
from intake.rules.questions.question import QuestionState


async def note_reply_by_hand(uow: UnitOfWork, account: Account, *, by: str, message_id: str, at: datetime) -> None:
    """Write into the log of the person's newest open question that it was answered by hand; without one, of the chat.

    Args:
        uow: the open unit of work.
        account: the chat.
        by: the network's own id of who answered; nobody of ours, the network knows no more.
        message_id: the network's id of what was said. The words themselves are not kept (LAW C5).
        at: when it was said.
    """
    subject = f"account:{account.id}"
    if account.person_id is not None:
        for question in await uow.questions.of_person(account.person_id):
            if question.state not in (QuestionState.CLOSED, QuestionState.OUT_OF_SCOPE):
                subject = f"question:{question.id}"
                break
    entry = AuditEntry(uow.now, None, "reply_by_hand", subject, {"message": message_id, "at": at.isoformat()})
    await uow.ledger.write(entry, words={"by": by})
