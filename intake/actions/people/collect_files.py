"""Remove files that nothing names any more: no question, draft, line of a chat or letter."""

from collections.abc import Collection
from datetime import timedelta

from intake.ports import UnitOfWork

GRACE = timedelta(days=2)
"""How old a file has to be: one that has just come is named by nobody until its message is dealt with, and a message
that could not be dealt with is brought again by its network for a day."""


async def collect_files(uow: UnitOfWork, named: Collection[str]) -> int:
    """Remove what is older than `GRACE` and not among the names that stand anywhere. Returns how many files."""
    unnamed = [name for name in await uow.pictures.older_than(GRACE) if name not in named]
    await uow.pictures.drop(unnamed, older_than=GRACE)
    await uow.documents.forget_files(unnamed)
    return len(unnamed)
