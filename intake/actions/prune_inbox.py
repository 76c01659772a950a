"""Forget which events of the networks were acted upon, once no network would bring them again."""

from datetime import timedelta

from intake.ports import UnitOfWork

KEPT_FOR = timedelta(days=30)
AT_ONCE = 2000
"""How many events one transaction forgets: nobody at the door waits longer than for these."""


async def prune_inbox(uow: UnitOfWork) -> int:
    """Drop the oldest events from the inbox, of those older than `KEPT_FOR`: they bear chat addresses (LAW C5).

    Returns how many; 0 when there are no more.
    """
    return await uow.inbox.prune(uow.now - KEPT_FOR, AT_ONCE)
