"""What keeps the installation from doing its work, in words for `/readyz`."""

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.console import counted
from bot.ops.machine import unwritten
from intake.actions.deadlines.sweep import HEARTBEAT, is_silent
from intake.actions.sealed.keys import unread_in, unsealable_in
from intake.ports.audit import Waiting
from storage.unit_of_work import Store

PATIENCE = 5.0
"""Seconds the database has for an answer."""
PROBED_EVERY = 15.0
"""Seconds between two attempts to write, however often somebody asks: each costs a commit."""
WRITTEN = "written"
STUCK_AFTER = timedelta(minutes=10)
"""A reply that might have gone so long ago is not being sent. A network that is down is something else: what it did not
take waits for its next try and is not late."""
SEALED_BY = timedelta(hours=1)
"""Entries are sealed every five minutes; what waits for an hour is held back, or nothing seals."""
log = structlog.get_logger()


async def concerns(store: Store, parts: Sequence[Callable[[], str]] = ()) -> list[str]:
    """What somebody should see to although the installation does its work; `parts` are asked for theirs.

    Nothing of the database where it does not answer.
    """
    theirs = [concern for part in parts if (concern := part())]
    try:
        async with asyncio.timeout(PATIENCE), store.reading() as uow:
            waiting = await uow.meetings.awaiting_word()
            unread, unsealable = await unread_in(uow), await unsealable_in(uow)
            unsealed, now = await uow.audit.waiting(await uow.audit.last_seal()), uow.now
    except (SQLAlchemyError, OSError):
        return theirs  # that is trouble, and told as such
    if waiting:
        theirs.append(f"{counted(len(waiting), 'meeting')} past the day, and nobody has said whether it took place")
    if unread:
        theirs.append(f"{counted(len(unread), 'unit')} where nobody reads what is sealed")
    if unsealable:
        theirs.append(f"{counted(len(unsealable), 'unit')} where nothing can be sealed")
    if is_unsealed(unsealed, now):
        theirs.append(f"{counted(unsealed.entries, 'line')} of the audit trail not sealed for more than an hour")
    return theirs


def is_unsealed(waiting: Waiting, now: datetime) -> bool:
    """Whether entries of the audit trail wait for their seal for too long."""
    return waiting.oldest is not None and now - waiting.oldest >= SEALED_BY


class WriteProbe:
    """Whether something can be written down: tried for real, but no more often than every `PROBED_EVERY` seconds.

    A database that answers every question may still take nothing: the disk is full, or a standby took its place.
    """

    def __init__(self, store: Store, ticks: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._ticks = ticks
        self._probed: tuple[float, str] | None = None

    async def trouble(self) -> str:
        """What keeps anything from being written, in a few words; the empty string when nothing does."""
        if self._probed is None or self._ticks() - self._probed[0] >= PROBED_EVERY:
            self._probed = (self._ticks(), await self._probe())
        return self._probed[1]

    async def _probe(self) -> str:
        try:
            async with asyncio.timeout(PATIENCE), self._store.unit() as uow:
                await uow.ledger.beat(WRITTEN)
                await uow.commit()
        except (SQLAlchemyError, OSError) as failure:
            log.warning("nothing_written", error=type(failure).__name__)
            return unwritten(failure) or "nothing can be written to the database"
        return ""


async def trouble(store: Store, probe: WriteProbe | None = None) -> str:
    """What is wrong, in a sentence for each; the empty string when nothing is."""
    try:
        async with asyncio.timeout(PATIENCE), store.reading() as uow:
            beat = await uow.ledger.last_beat(HEARTBEAT)
            overdue = await uow.measures.overdue(STUCK_AFTER)
            now = uow.now
    except (SQLAlchemyError, OSError) as failure:
        log.warning("database_not_reached", error=type(failure).__name__)
        return "the database does not answer"
    unwritable = "" if probe is None else await probe.trouble()
    found = [unwritable] if unwritable else []
    if beat is None or is_silent(beat, now):
        found.append("the sweep of deadlines has not run for a day")
    for network, late in sorted(overdue.items()):
        found.append(f"replies to {network.value} have not been sent for {late // timedelta(minutes=1)} minutes")
    return "; ".join(found)
