"""Retention: forget handled events once no network would bring them again, and letters told long ago (LAW C5)."""

from datetime import timedelta

from intake.ports import UnitOfWork
from intake.rules.outbox.letter import LetterId

KEPT_FOR = timedelta(days=30)
AT_ONCE = 2000
"""How many events one transaction forgets: nobody in the inbound queue waits longer than for these."""


async def prune_inbox(uow: UnitOfWork) -> int:
    """Drop the oldest events from the inbox, of those older than `KEPT_FOR`: they bear chat addresses (LAW C5).

    Returns how many; 0 when there are no more.
    """
    return await uow.inbox.prune(uow.now - KEPT_FOR, AT_ONCE)


KEPT_BY_DEFAULT = timedelta(days=90)
NAMED_KEPT = timedelta(days=400)
"""How long letters with a name (`Letter.once`) and letters about open questions are kept at least.

The name keeps a notice, a conclusion or a reminder from being told twice, and notices are counted by it. That is over
after a year and a month: plans are yearly. An open question's buttons are still pressed.
"""
"""How many letters one transaction looks at: nobody in the inbound queue waits longer than for these."""


async def prune_letters(uow: UnitOfWork, after: LetterId, keep_sent: timedelta) -> tuple[LetterId, int] | None:
    """Look at the next letters after `after`, and drop those told or discarded more than `keep_sent` ago.

    Returns the id of the last letter looked at and how many were dropped; None when only younger ones follow.
    """
    told_before = uow.now - keep_sent
    return await uow.keeping.drop_told(after, AT_ONCE, told_before, min(told_before, uow.now - NAMED_KEPT))
