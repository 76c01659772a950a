"""Somebody is heard from again: what waited for that goes out now, before anything else."""

from intake.ports import UnitOfWork
from intake.rules.person import Account


async def come_back(uow: UnitOfWork, account: Account) -> int:
    """Note a sign of life in a chat: a message, a tap, a follow; every network's folder may call this for more.

    Releases what waited for the person, wherever it waited: only for a chat that letters wait for, or that was lost, is
    the outbox looked through. Returns how many letters go out.
    """
    waited = account.awaited_since is not None or account.unreachable_since is not None
    await uow.accounts.heard_from(account)
    return await uow.letters.release(account) if waited else 0
