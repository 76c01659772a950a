"""A lease: what one process at a time may do, and until when. Sending on a channel, polling a bot, being the clock.

The row of a lease says who holds it and until when. What makes it safe is the same for all of them:

- While a lease is young its holder asks nobody; once half of it is over it is renewed by whatever is done next.
- In its last third nothing more is begun, so that what is under way ends while it still holds.
- While the database cannot be asked, a lease is held for as long as it was known to last, and not an instant longer.
- Time that has passed is measured twice, by the clock and by the machine's own ticks, and the greater counts: a clock
  that is set back makes no lease longer.
- Somebody else's lease that stays the same while we watch it for as long as a lease can hold is over, whatever it says
  about its end: whoever wrote it had a clock that was ahead, or ours is behind. One that is renewed is left alone.
"""

import asyncio
import math
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from intake.ports import LeaseState, OpenUnit

DURATION = timedelta(seconds=30)
RELEASE_SECONDS = 1.0
"""How long giving a lease back may take; one that stays runs out by itself."""
LOOK_EVERY = 1.0
"""Seconds between two looks at a lease whose work is being done; while it is young a look costs nothing."""
ASK_EVERY = 10.0
"""Seconds between two attempts at a lease that somebody else holds."""
log = structlog.get_logger()


class Lease:
    """One lease, as one process sees it.

    Args:
        name: what is held.
        holder: the name of this process, unique among all that run.
        open_unit: opens a unit of work that may write.
        clock: tells the moment; the one that `open_unit` goes by.
        duration: how long it holds after it was taken or renewed.
        ticks: seconds that no one can set, only ever more.
    """

    def __init__(
        self,
        name: str,
        holder: str,
        open_unit: OpenUnit,
        clock: Callable[[], datetime],
        *,
        duration: timedelta = DURATION,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._holder = holder
        self._open_unit = open_unit
        self._clock = clock
        self._duration = duration
        self._seconds = duration.total_seconds()
        self._margin = self._seconds / 3
        self._ticks = ticks
        self._taken: tuple[datetime, float] | None = None
        self._epoch = 0
        self._others: tuple[LeaseState, float] | None = None
        self._unknown = False
        self._asking = asyncio.Lock()

    @property
    def lasts(self) -> bool:
        """Whether something may be begun: the lease is held, and will be until that is done."""
        return self.left > 0

    @property
    def left(self) -> float:
        """For how many seconds something may still be begun."""
        return max(0.0, self._seconds - self._margin - self._elapsed())

    async def keep(self) -> bool:
        """Take the lease, or renew it when half of it is over. Returns whether it is held.

        Raises nothing when the database cannot be asked: the answer is then what is known from before.
        """
        async with self._asking:
            if self._elapsed() < self._seconds / 2:
                return True
            asked = self._clock(), self._ticks()  # before the database is: what it grants lasts at least as long
            try:
                async with asyncio.timeout(self._margin / 2), self._open_unit() as uow:
                    stale = self._stale()
                    lease = await uow.ledger.take_lease(self.name, self._holder, self._duration, stale=stale)
                    await uow.commit()
            except (SQLAlchemyError, OSError) as trouble:  # TimeoutError is one of these
                self._note_unknown(trouble)
                return self.lasts
            self._unknown = False
            if lease.holder != self._holder:
                self._watch(lease)
                self._note_lost()
                return False
            self._note_taken(lease, stale)
            self._taken = asked
            return True

    async def give_back(self) -> None:
        """Let another process have it at once; where that cannot be done in time, it runs out by itself."""
        self._taken = None
        try:
            async with asyncio.timeout(RELEASE_SECONDS), self._asking, self._open_unit() as uow:
                await uow.ledger.drop_lease(self.name, self._holder)
                await uow.commit()
        except (SQLAlchemyError, OSError) as trouble:
            log.warning("lease_not_given_back", lease=self.name, error=type(trouble).__name__)

    def _elapsed(self) -> float:
        """Seconds since it was last taken, never below zero; without end when it is not held."""
        if self._taken is None:
            return math.inf
        moment, ticks = self._taken
        return max((self._clock() - moment).total_seconds(), self._ticks() - ticks)

    def _watch(self, lease: LeaseState) -> None:
        if self._others is None or self._others[0] != lease:
            self._others = lease, self._ticks()

    def _stale(self) -> LeaseState | None:
        """Somebody else's lease that should have been renewed since it was first seen, if it still stands there."""
        if self._others is None or self._ticks() - self._others[1] < self._seconds:
            return None
        return self._others[0]

    def _note_taken(self, lease: LeaseState, stale: LeaseState | None) -> None:
        if self._taken is None or lease.epoch != self._epoch:
            log.info("lease_taken", lease=self.name, epoch=lease.epoch)
            if stale is not None and stale.expires_at > lease.expires_at:
                log.warning("lease_from_the_future", lease=self.name, until=stale.expires_at.isoformat())
        self._epoch = lease.epoch
        self._others = None

    def _note_unknown(self, trouble: Exception) -> None:
        if not self._unknown:
            log.warning("lease_unknown", lease=self.name, error=type(trouble).__name__)
        self._unknown = True
        if not self.lasts:
            self._note_lost()

    def _note_lost(self) -> None:
        if self._taken is not None:
            log.warning("lease_lost", lease=self.name)
        self._taken = None


async def run_alone(
    lease: Lease,
    work: Callable[[], Coroutine[Any, Any, None]],
    *,
    look_every: float = LOOK_EVERY,
    ask_every: float = ASK_EVERY,
) -> None:
    """Run `work` whenever this process holds the lease, until it ends or this is cancelled; then give the lease back.

    Work is stopped when the lease is lost, and begun anew when it is held again. Raises what `work` raises.
    """
    running: asyncio.Task[None] | None = None
    try:
        while True:
            held = await lease.keep()
            if held and running is None:
                running = asyncio.create_task(work())
            elif not held and running is not None:
                await _stop(running)
                running = None
            if running is None:
                await asyncio.sleep(ask_every)
                continue
            done, _ = await asyncio.wait({running}, timeout=look_every)
            if done:
                running.result()
                return
    finally:
        if running is not None:
            try:
                await _stop(running)
            finally:  # work that failed says so here again: the lease is given back all the same
                await lease.give_back()


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
