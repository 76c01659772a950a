"""Forget what is kept of people longer than it is needed, kind by kind, in slices (LAW C5)."""

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.people.retention import KeptFor, OldTrace

AT_ONCE = 2000
"""How many rows one transaction forgets: nobody in the inbound queue waits longer than for these."""


async def forget_old(uow: UnitOfWork, kind: OldTrace, kept_for: KeptFor) -> int:
    """Forget the next slice of a kind. Returns how many rows; 0 when nothing is older than it may be."""
    gone = await uow.traces.forget_old(kind, uow.now - kept_for.of(kind), AT_ONCE)
    if gone:
        await uow.ledger.write(AuditEntry(uow.now, None, "forget_old", f"retention:{kind}", {"rows": gone}))
    return gone


async def count_old(uow: UnitOfWork, kind: OldTrace, kept_for: KeptFor) -> int:
    """How many rows of a kind would be forgotten now."""
    return await uow.traces.count_old(kind, uow.now - kept_for.of(kind))
