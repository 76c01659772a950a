"""Letters that were set aside or wait: let them go out again, or take them out for good, for a reason that is kept."""

from dataclasses import replace

from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import RuleBroken
from intake.rules.outbox.letter import DISCARDABLE, RETRIABLE, LetterFilter, LetterId
from intake.rules.text import fitting

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
    entry = AuditEntry(uow.now, None, "retry_letters", "outbox", {"letters": ids})
    await uow.ledger.write(entry, words={"by": by})
    return ids[-1], changed


"""How many letters one transaction changes; its audit entry lists them."""
LONGEST_REASON = 500


def discardable(wanted: LetterFilter) -> LetterFilter:
    """Those of the letters meant that have not gone out and were not discarded before."""
    return replace(wanted, states=tuple(one for one in wanted.states if one in DISCARDABLE))


async def discard_letters(
    uow: UnitOfWork, wanted: LetterFilter, *, reason: str, by: str, after: LetterId
) -> tuple[LetterId, int] | None:
    """Discard the next of these letters after the id `after`: they never go out, and what they say is emptied.

    `by` is the login of whoever runs the installation and does this; there is no role for it in the chat. Their names
    (`Letter.once`) stay: nothing is told anew in their place. Returns the id of the last letter and how many were
    discarded; None when there are no more. Raises `RuleBroken` without a reason.
    """
    reason = fitting(reason.strip(), LONGEST_REASON)
    if not reason:
        raise RuleBroken("refusal.reason", {"most": LONGEST_REASON})
    lines = await uow.keeping.find(discardable(wanted), AT_ONCE, after)
    if not lines:
        return None
    ids = [line.id for line in lines]
    changed = await uow.keeping.discard(ids)
    entry = AuditEntry(uow.now, None, "discard_letters", "outbox", {"letters": ids})
    await uow.ledger.write(entry, words={"by": by, "reason": reason})
    return ids[-1], changed
