"""Somebody is heard from again: what waited for that goes out now, before anything else."""

from collections.abc import Sequence

from intake.ports import UnitOfWork
from intake.rules.people.person import Account


async def note_activity(uow: UnitOfWork, accounts: Sequence[Account]) -> int:
    """Note a sign of life in chats: a message, a tap, a follow; every network's folder may call this for more.

    Releases what waited for the people, wherever it waited: only for a chat that letters wait for, or that was lost, is
    the outbox looked through. Returns how many letters go out.
    """
    awaited = [one for one in accounts if one.awaited_since is not None or one.unreachable_since is not None]
    await uow.accounts.note_activity(accounts)
    return sum([await uow.letters.release(account) for account in awaited])
