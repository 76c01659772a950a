"""A lease that is kept: taken when it is needed, renewed while it is used, given back at the end."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from storage.unit_of_work import Store

LEASE = timedelta(seconds=30)
LAST_TRY = timedelta(seconds=10)
"""How long before the lease runs out nothing more is begun: what is under way then ends while it holds."""


class Holding:
    """One lease of this process. What is done under it costs no transaction while the lease is young.

    Args:
        store: where leases lie.
        name: what is held.
        holder: the name of this process, unique among all that run.
        now: the clock.
    """

    def __init__(self, store: Store, name: str, holder: str, now: Callable[[], datetime]) -> None:
        self._store = store
        self.name = name
        self._holder = holder
        self._now = now
        self._until = datetime.min.replace(tzinfo=UTC)
        self._taking = asyncio.Lock()

    @property
    def lasts(self) -> bool:
        """Whether something may be begun: it is held, and will be until that is done."""
        return self._now() + LAST_TRY < self._until

    @property
    def left(self) -> float:
        """For how many seconds something may still be begun."""
        return max(0.0, (self._until - LAST_TRY - self._now()).total_seconds())

    async def keep(self) -> bool:
        """Take the lease, or renew it when half of it is over. Returns False when somebody else holds it."""
        async with self._taking:
            if self._now() + LEASE / 2 < self._until:
                return True
            until = self._now() + LEASE
            async with self._store.unit() as uow:
                held = await uow.ledger.take_lease(self.name, self._holder, until) is not None
                await uow.commit()
            self._until = until if held else datetime.min.replace(tzinfo=UTC)
            return held

    async def give_back(self) -> None:
        """Let somebody else have it at once."""
        self._until = datetime.min.replace(tzinfo=UTC)
        async with self._store.unit() as uow:
            await uow.ledger.drop_lease(self.name, self._holder)
            await uow.commit()
