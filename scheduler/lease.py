"""Only one process at a time is the clock: whoever holds the lease does the duties, the others stand by.

A holder that freezes loses the lease after a minute. If it wakes up in the middle of a duty nothing is doubled, since
every alert is unique by itself; the lease only spares the database the same work twice.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import timedelta

from intake.ports import UnitOfWork

NAME = "clock"
LASTS = timedelta(seconds=60)
RENEWED_EVERY = timedelta(seconds=20)

OpenUnit = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
Duty = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class ClockLease:
    """The lease of the one active scheduler, as one process sees it.

    Args:
        open_unit: opens a unit of work that may write.
        holder: the name of this process, unique among all that run.
    """

    open_unit: OpenUnit
    holder: str

    async def take(self) -> int | None:
        """Take or keep the lease for another minute. Returns the epoch of the holding, or None while another has it."""
        async with self.open_unit() as uow:
            epoch = await uow.ledger.take_lease(NAME, self.holder, uow.now + LASTS)
            await uow.commit()
        return epoch

    async def give_back(self) -> None:
        """Let another process take over at once."""
        async with self.open_unit() as uow:
            await uow.ledger.drop_lease(NAME, self.holder)
            await uow.commit()

    def held(self, duty: Duty) -> Duty:
        """The duty, done only when this process holds the lease at that moment."""

        async def only_as_holder() -> None:
            if await self.take() is not None:
                await duty()

        return only_as_holder
