"""A duty that only one process may do at a time: done while its lease is held, stopped when it is lost."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError

from bot.ops.shutdown import in_time
from storage.unit_of_work import Store

LEASE = timedelta(seconds=30)
RENEW_SECONDS = 10.0
log = structlog.get_logger()


async def do_alone(store: Store, duty: str, holder: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do `work` whenever this process holds the duty, until cancelled; then give the duty back."""
    doing: asyncio.Task[None] | None = None
    try:
        while True:
            held = await _held(store, duty, holder)
            if held and doing is None:
                doing = asyncio.create_task(work())
                log.info("duty_taken", duty=duty)
            elif not held and doing is not None:
                await _stop(doing)
                doing = None
                log.warning("duty_lost", duty=duty)
            if doing is None:
                await asyncio.sleep(RENEW_SECONDS)
                continue
            done, _ = await asyncio.wait({doing}, timeout=RENEW_SECONDS)
            if done:
                doing.result()
                return
    finally:
        if doing is not None:
            try:
                await _stop(doing)
            finally:  # work that failed says so here again: the duty is given back all the same
                await in_time(_give_back(store, duty, holder), duty)


async def _held(store: Store, duty: str, holder: str) -> bool:
    """Take or keep the duty. While the database cannot be asked it is not ours: somebody else may have it by now."""
    try:
        async with store.unit() as uow:
            epoch = await uow.ledger.take_lease(duty, holder, uow.now + LEASE)
            await uow.commit()
    except (DBAPIError, OSError) as trouble:
        log.warning("duty_unknown", duty=duty, error=type(trouble).__name__)
        return False
    return epoch is not None


async def _give_back(store: Store, duty: str, holder: str) -> None:
    async with store.unit() as uow:
        await uow.ledger.drop_lease(duty, holder)
        await uow.commit()


async def _stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
