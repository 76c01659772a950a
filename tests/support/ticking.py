"""One scheduler of several, in a process of its own: `python -m tests.support.ticking URL HOLDER START_OF_TIME`.

Its clock runs a minute a second from 08:00 on 2 April 2024, the same in every process, so that a lease of a minute is
lost within a second. It takes or keeps the lease, sweeps as its holder, and begins again, until it is killed.
"""

import asyncio
import sys
import time
from datetime import datetime, timedelta

from scheduler.enforcement import run_sweep
from scheduler.lease import Lease
from scheduler.timetable import LEASE_NAME, LEASE_SECONDS
from storage.engine import open_engine
from storage.unit_of_work import Store
from tests.support.world import KeyVault, local, working_days

MORNING = local(2024, 4, 2)
FASTER = 60
A_BATCH = 3


async def tick(url: str, holder: str, start: float) -> None:
    def now() -> datetime:
        return MORNING + timedelta(seconds=(time.monotonic() - start) * FASTER)

    store = Store(open_engine(url), now=now, calendar=working_days, vault=KeyVault("a test key"))
    lease = Lease(LEASE_NAME, holder, store.unit, now, duration=timedelta(seconds=LEASE_SECONDS))

    async def sweep() -> None:
        # slow enough for somebody to be killed between two batches
        await run_sweep(store.unit, limit=A_BATCH, on_batch=lambda _: time.sleep(0.05))

    while True:
        if await lease.keep():
            await sweep()
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(tick(sys.argv[1], sys.argv[2], float(sys.argv[3])))
