"""A chat cannot be written to: its letters take another way, and none of them is lost."""

from collections.abc import Sequence
from datetime import datetime

from intake.ports import UnitOfWork
from intake.rules.outbox.channel_policy import best_account, open_way, rings
from intake.rules.outbox.delivery import earliest_sending
from intake.rules.outbox.letter import Letter, LetterState, Priority
from intake.rules.outbox.template import TemplateKind, kind_of_content
from intake.rules.people.person import Account, AccountId

_ORDER = list(TemplateKind)


async def reroute(uow: UnitOfWork, account_id: AccountId, *, heard_at: datetime | None, gone: bool) -> None:
    """Find another way for everything that is on its way to a chat, in its order.

    `gone`: the person blocked us; otherwise the network's window is closed. `heard_at` is the last sign of life at the
    time that was found out: whoever was heard from since is simply written to again.

    First another chat of the same person. Where there is none, letters to a closed chat wait for the person's return,
    and a template message says that something is there; those to a lost one are left for the hamlet head (R099).
    """
    chats = await uow.accounts.beside(account_id)
    chat, *others = chats
    if chat.last_heard_at != heard_at:
        return
    if gone:
        chat.unreachable_since = uow.now
    other = best_account(uow.channel_policy, others, uow.now)
    if other is not None and (gone or _is_open(uow, other)):
        await uow.letters.move([chat.id], other.id)
        return
    letters = await uow.letters.waiting_in(chat.id)
    for letter in letters:
        letter.state = LetterState.UNREACHABLE if gone else LetterState.ON_RETURN
        letter.waits_since = None if gone else uow.now
    if not gone:
        for one in chats:
            one.awaited_since = one.awaited_since or uow.now
        _plan_rings(uow, chat, letters)


def _is_open(uow: UnitOfWork, chat: Account) -> bool:
    return open_way(uow.channel_policy, chat.network, chat.last_heard_at, chat.awaited_since, uow.now) is not None


def _plan_rings(uow: UnitOfWork, chat: Account, letters: Sequence[Letter]) -> None:
    """Decide for which letters a template message goes, and when: never at night, the most important first."""
    templates = uow.channel_policy.templates.get(chat.network)
    if templates is None:
        return
    kinds = {one.id: _kind(one) for one in letters}
    for letter in sorted(letters, key=lambda one: (_ORDER.index(kinds[one.id]), one.id)):
        kind = kinds[letter.id]
        if letter.priority is Priority.REPLY or letter.rung_at is not None or templates.of(kind) is None:
            continue
        if rings(kind, chat.rung_at, uow.now):
            letter.ring_at = chat.rung_at = earliest_sending(uow.now)


def _kind(letter: Letter) -> TemplateKind:
    if letter.content is None:  # a broadcast's: they are all of meetings
        return TemplateKind.MEETING
    return kind_of_content(letter.content, of_question=letter.question_id is not None)
