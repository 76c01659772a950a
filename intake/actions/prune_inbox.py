"""Forget which events of the networks were acted upon, once no network would bring them again."""

from datetime import timedelta

from intake.ports import UnitOfWork

KEPT_FOR = timedelta(days=30)


async def prune_inbox(uow: UnitOfWork) -> int:
    """Drop events older than `KEPT_FOR` from the inbox: they bear chat addresses (LAW C5). Returns how many."""
    return await uow.inbox.prune(uow.now - KEPT_FOR)
