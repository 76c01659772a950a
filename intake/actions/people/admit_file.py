"""Let a file in before it is fetched and kept: at the pace of its chat, within what the chat may leave in a day."""

from intake.ports import Chat, UnitOfWork
from intake.rules.people.block import is_blocked
from intake.rules.people.flood_guard import OFFICE, RESIDENTS, take
from intake.rules.people.quota import FileRefusal, quota_of, with_file


async def admit_file(uow: UnitOfWork, chat: Chat, size: int) -> FileRefusal | None:
    """Count a file of so many bytes as left by this chat today. Returns why it is not let in, or None.

    The pace is looked at, not used up: the message that brings the file is one message.
    """
    _, conversation, person, grants = await uow.accounts.meet(*chat)
    if not take(conversation.pace_left, conversation.pace_at, uow.now, OFFICE if grants else RESIDENTS).listen:
        return FileRefusal.TOO_FAST
    if is_blocked(person, uow.now):
        return FileRefusal.TOO_MUCH
    kept = with_file(conversation, uow.today, quota_of(person, uow.limits), size)
    if kept is None:
        return FileRefusal.TOO_MUCH
    conversation.kept_on, conversation.kept_letters, conversation.kept_bytes = kept
    await uow.accounts.keep([conversation])
    return None
