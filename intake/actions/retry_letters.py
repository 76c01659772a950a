"""Let letters that a network refused, or that wait for their next try, go out again now."""

from dataclasses import replace

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.letter import LetterId
from intake.rules.outbox import RETRIABLE, LetterFilter

AT_ONCE = 1000
"""How many letters one transaction changes; its audit entry lists them."""


def retriable(wanted: LetterFilter) -> LetterFilter:
    """Those of the letters meant that another try may help; what was never tried goes out anyway."""
    return replace(wanted, states=tuple(one for one in wanted.states if one in RETRIABLE), failed=True)


async def retry_letters(
    uow: UnitOfWork, wanted: LetterFilter, *, by: str, after: LetterId
) -> tuple[LetterId, int] | None:
    """Put the next of these letters after the id `after` back into the outbox, as if they had never been tried.

    `by` is the login of whoever runs the installation and does this; there is no role for it in the chat. Returns the
    id of the last letter and how many were put back; None when there are no more.
    """
    lines = await uow.keeping.find(retriable(wanted), AT_ONCE, after)
    if not lines:
        return None
    ids = [line.id for line in lines]
    changed = await uow.keeping.retry(ids)
    await uow.ledger.write(AuditEntry(uow.now, None, "retry_letters", "outbox", {"letters": ids, "by": by}))
    return ids[-1], changed
