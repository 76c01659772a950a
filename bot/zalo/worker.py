"""Dealing with what was stored: one person's events in the order they were made, different people's side by side.

One process at a time does it (`scheduler/lease.py`). An event is emptied after it was dealt with; when the process dies
in between it is dealt with again, and the inbox of the conversation knows it.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby

import structlog
from sqlalchemy.exc import SQLAlchemyError

from storage.queries.zalo.events import StoredEvent
from storage.unit_of_work import Store

from .limits import EVENTS_KEPT

AT_ONCE = 200
LOOK_AGAIN = 1.0
PRUNE_EVERY = timedelta(hours=6)
_LONGEST_PAUSE = 60.0
log = structlog.get_logger()

Take = Callable[[StoredEvent], Awaitable[None]]
Apologise = Callable[[StoredEvent, str], Awaitable[None]]


class Worker:
    """Works off the stored events of one channel.

    Args:
        store: where they lie.
        channel: the account or bot.
        take: deals with one event; returns when that is durable, raises what the database raised.
        apologise: tells the person, with a number that is in the log, that an event met a defect of ours.
        now: the clock.
        pause: how trouble is waited out.
    """

    def __init__(
        self,
        store: Store,
        channel: str,
        take: Take,
        apologise: Apologise,
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._channel = channel
        self._take = take
        self._apologise = apologise
        self._now = now
        self._pause = pause
        self._news = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._failures: dict[str, int] = {}
        self._pruned_at: datetime | None = None

    def wake(self) -> None:
        """There may be new events."""
        self._news.set()

    async def run(self) -> None:
        """Work until cancelled; what is under way then is dealt with again at the next start."""
        try:
            while True:
                self._news.clear()
                try:
                    started = await self.look()
                    await self._prune()
                except (SQLAlchemyError, OSError) as trouble:
                    log.warning("zalo_events_not_reached", error=type(trouble).__name__)
                    started = 0
                if not started:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(LOOK_AGAIN):
                            await self._news.wait()
        finally:
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def drain(self) -> None:
        """Work until nothing waits."""
        while await self.look() or self._busy:
            await asyncio.gather(*self._busy.values())

    async def look(self) -> int:
        """Start on the next event of everybody who has one waiting and none in hand. Returns how many were started."""
        async with self._store.reading() as uow:
            waiting = await uow.zalo_events.waiting(self._channel, AT_ONCE, self._busy)
        by_person = sorted(waiting, key=lambda one: one.address)  # stable: each person's stay in order
        for address, events in groupby(by_person, key=lambda one: one.address):
            self._busy[address] = asyncio.create_task(self._deal_with(address, list(events)))
        return len(waiting)

    async def _deal_with(self, address: str, events: Sequence[StoredEvent]) -> None:
        done: list[int] = []
        try:
            for event in events:
                await self._one(event)
                done.append(event.id)
            await self._finish(done)
            self._failures.pop(address, None)
        except (SQLAlchemyError, OSError) as trouble:
            log.warning("zalo_event_not_done", error=type(trouble).__name__)
            failures = self._failures[address] = self._failures.get(address, 0) + 1
            await self._pause(min(float(2**failures), _LONGEST_PAUSE))
        finally:
            del self._busy[address]
            self._news.set()

    async def _one(self, event: StoredEvent) -> None:
        try:
            await self._take(event)
        except (SQLAlchemyError, OSError):
            raise
        except Exception:
            number = secrets.token_hex(3)
            log.exception("zalo_event_failed", number=number)
            await self._apologise(event, number)

    async def _finish(self, done: Sequence[int]) -> None:
        async with self._store.unit() as uow:
            await uow.zalo_events.finish(done)
            await uow.commit()

    async def _prune(self) -> None:
        now = self._now()
        if self._pruned_at is not None and now - self._pruned_at < PRUNE_EVERY:
            return
        async with self._store.unit() as uow:
            await uow.zalo_events.prune(now - EVENTS_KEPT)
            await uow.commit()
        self._pruned_at = now
