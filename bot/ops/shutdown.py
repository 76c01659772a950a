"""Stopping in a known time: what is in hand is finished, what hangs is cut off, the process is gone within ten seconds.

From the moment a process is told to stop: letters in hand have `FINISH_SECONDS`, writing down what became of them
`MARK_SECONDS` more, giving back a lease `RELEASE_SECONDS`; then files, connections and the database have
`CLOSE_SECONDS`. What still hangs after `LIMIT_SECONDS` (a thread that asks a name server, say) ends with the process.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from threading import Timer
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from scheduler.lease import RELEASE_SECONDS

FINISH_SECONDS = 4.0
MARK_SECONDS = 1.0
CLOSE_SECONDS = 1.5
LIMIT_SECONDS = 9.5
_CUT_OFF_SECONDS = 0.5
log = structlog.get_logger()


class InFlight:
    """What a part of the process is doing at the moment: when it stops this may go on for a while, nothing is begun."""

    def __init__(self) -> None:
        self.stopping = False
        self._limits: set[asyncio.Timeout] = set()

    def stop(self) -> None:
        """Begin nothing more; what is under way has `FINISH_SECONDS`."""
        self.stopping = True
        until = asyncio.get_running_loop().time() + FINISH_SECONDS
        for limit in self._limits:
            limit.reschedule(until)

    @asynccontextmanager
    async def finishing(self) -> AsyncIterator[asyncio.Timeout]:
        """Whatever is done inside is cut off, with `TimeoutError`, when it takes too long after `stop`."""
        async with asyncio.timeout(None) as limit:
            self._limits.add(limit)
            try:
                yield limit
            finally:
                self._limits.discard(limit)


async def finish(task: asyncio.Task[Any], seconds: float) -> None:
    """Wait for a task so long; then cut it off."""
    await asyncio.wait({task}, timeout=seconds)
    if not task.done():
        log.warning("cut_off")
        task.cancel()
        await asyncio.wait({task}, timeout=_CUT_OFF_SECONDS)


async def in_time(doing: Awaitable[object], what: str, seconds: float = RELEASE_SECONDS) -> None:
    """Let go of something at the end, if that works in so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await doing
    except (SQLAlchemyError, OSError) as trouble:  # TimeoutError is one of these
        log.warning("not_let_go", what=what, error=type(trouble).__name__)


@contextmanager
def last_resort(seconds: float = LIMIT_SECONDS) -> Iterator[Callable[[], None]]:
    """Gives a function to call when the process is told to stop: if the block is not left so long after, it is ended.

    By then every part was cut off; what is left are threads, which nothing can cut off.
    """
    timers: list[Timer] = []

    def begin() -> None:
        timer = Timer(seconds, _end)
        timer.daemon = True
        timers.append(timer)
        timer.start()

    try:
        yield begin
    finally:
        for timer in timers:
            timer.cancel()


def _end() -> None:
    log.error("stopped_by_force")
    os._exit(1)
