"""Writing the letters of broadcasts: slice by slice, each in a transaction of its own, so that nobody waits for it."""

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from intake.rules.outbox.broadcast import BroadcastState
from storage.unit_of_work import Store

SLICE = 5_000
LOOK_AGAIN = 1.0
log = structlog.get_logger()


class FanOut:
    """Turns broadcasts into letters. Any number of processes may have one: a broadcast is held for one slice at a time.

    Args:
        store: where broadcasts and letters lie.
        on_letters: called after every slice, so that the relays wake up.

    It looks for new ones every second, and not after each message: nobody's broadcast is that urgent.
    """

    def __init__(self, store: Store, on_letters: Callable[[], None]) -> None:
        self._store = store
        self._on_letters = on_letters

    async def run(self) -> None:
        """Write letters until cancelled; the slice that is under way then is taken back by the database, not lost."""
        while True:
            try:
                while await self.spread():
                    self._on_letters()
            except (SQLAlchemyError, OSError) as trouble:
                log.warning("broadcasts_not_spread", error=type(trouble).__name__)
            await asyncio.sleep(LOOK_AGAIN)

    async def spread(self, at_most: int = SLICE) -> bool:
        """Write one slice of letters, or take back one of a stopped broadcast. False: there is nothing to do.

        Then those that have run out are noted as done.
        """
        async with self._store.reading() as uow:
            unwritten = await uow.fan_out.has_any_to_spread()
            over = [] if unwritten else await uow.fan_out.run_out()
        if over:
            async with self._store.unit() as uow:
                await uow.fan_out.finish(over)
                await uow.commit()
        if not unwritten:
            return False
        async with self._store.unit() as uow:
            broadcast = await uow.fan_out.to_spread()
            if broadcast is None:
                return False
            if broadcast.state is BroadcastState.STOPPED:
                if not await uow.fan_out.wipe(broadcast, at_most):
                    broadcast.ended_at = uow.now
            else:
                await uow.fan_out.spread(broadcast, at_most)
            await uow.commit()
        return True
