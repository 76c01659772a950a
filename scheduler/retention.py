"""Retention: what nobody asks for any more is forgotten at night, in slices, each in a transaction of its own."""

from datetime import timedelta
from itertools import count

import structlog

from intake.actions.outbox.retention import prune_inbox, prune_letters
from intake.actions.people import office_session
from intake.actions.people.collect_files import collect_files
from intake.actions.people.forget_old import forget_old
from intake.ports import OpenUnit
from intake.rules.outbox.letter import LetterId
from intake.rules.people.retention import KeptFor, OldTrace

log = structlog.get_logger()


async def forget_events(open_unit: OpenUnit) -> int:
    """Forget which old events of the networks were acted upon. Returns how many."""
    total, gone = 0, 1
    while gone:
        async with open_unit() as uow:
            gone = await prune_inbox(uow)
            await uow.commit()
        total += gone
    log.info("inbox_pruned", events=total)
    return total


async def forget_letters(open_unit: OpenUnit, keep_sent: timedelta) -> int:
    """Forget letters that were told more than `keep_sent` ago. Returns how many."""
    total, after = 0, LetterId(0)
    while True:
        async with open_unit() as uow:
            looked_at = await prune_letters(uow, after, keep_sent)
            await uow.commit()
        if looked_at is None:
            break
        after, gone = looked_at
        total += gone
    log.info("letters_pruned", letters=total)
    return total


async def forget_browsers(open_unit: OpenUnit) -> int:
    """Forget which browsers the desk was open in long ago. Returns how many."""
    async with open_unit() as uow:
        gone = await office_session.forget_browsers(uow)
        await uow.commit()
    log.info("browsers_pruned", browsers=gone)
    return gone


async def forget_traces(open_unit: OpenUnit, kept_for: KeptFor) -> dict[OldTrace, int]:
    """Forget what is kept of people longer than it is needed. Returns how many rows of each kind."""
    total = dict.fromkeys(OldTrace, 0)
    for kind in OldTrace:
        gone = 1
        while gone:
            async with open_unit() as uow:
                gone = await forget_old(uow, kind, kept_for)
                await uow.commit()
            total[kind] += gone
    log.info("traces_pruned", **{kind.name.lower(): rows for kind, rows in total.items()})
    return total


async def forget_files(open_unit: OpenUnit) -> int:
    """Remove the files that nothing names any more. Returns how many."""
    named: set[str] = set()
    for part in count():
        async with open_unit() as uow:
            names = await uow.traces.named_files(part)
        if names is None:
            break
        named.update(names)
    async with open_unit() as uow:
        gone = await collect_files(uow, named)
    log.info("files_collected", files=gone)
    return gone
