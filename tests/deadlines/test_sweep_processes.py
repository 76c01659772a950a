"""Several schedulers on one PostgreSQL, in real processes: killed, frozen and woken up again (PRODUCT, Clocks)."""

import asyncio
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import sqlalchemy as sa

from scheduler.timetable import LEASE_NAME
from storage import tables as t
from storage.engine import open_engine
from storage.unit_of_work import Store
from tests.deadlines.test_sweep import everybody_once, overdue, told
from tests.support.processes import PATIENCE
from tests.support.tree import ROOT
from tests.support.world import Clock, make_store


@pytest.fixture
async def database(postgresql_url: str, clock: Clock) -> AsyncIterator[tuple[str, Store]]:
    store = make_store(open_engine(postgresql_url), clock)
    yield postgresql_url, store
    await store.close()


@asynccontextmanager
async def scheduler(url: str, name: str, start: float) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.ticking", url, name, str(start), cwd=ROOT
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await true():  # what happens in other processes can only be looked for
            await asyncio.sleep(0.02)


@pytest.mark.whole_processes
async def test_none_is_lost_and_none_doubled_whoever_is_killed_or_frozen(database: tuple[str, Store]) -> None:
    url, store = database
    about = await overdue(store, 90)

    async def holder() -> str:
        async with store.reading() as uow:
            return str(
                await uow.session.scalar(sa.select(t.leases.c.holder).where(t.leases.c.name == LEASE_NAME)) or ""
            )

    async def alerts() -> int:
        async with store.reading() as uow:
            return int(await uow.session.scalar(sa.select(sa.func.count()).select_from(t.alerts)) or 0)

    start = time.monotonic()
    async with scheduler(url, "a", start) as a, scheduler(url, "b", start) as b, scheduler(url, "c", start) as c:
        processes = {"a": a, "b": b, "c": c}

        async def at_work() -> bool:
            return await holder() in processes and await alerts() > done

        done = 0
        await until(at_work)
        killed = await holder()
        processes.pop(killed).send_signal(signal.SIGKILL)
        done = await alerts()
        assert done < 4 * len(about.questions), "it was to be killed in the middle"

        await until(at_work)  # another one has taken over
        frozen = await holder()
        processes[frozen].send_signal(signal.SIGSTOP)
        done = await alerts()
        assert done < 4 * len(about.questions), "it was to be frozen in the middle"

        async def all_told() -> bool:
            return await alerts() == 4 * len(about.questions)

        await until(all_told)
        assert await holder() not in {killed, frozen}
        processes[frozen].send_signal(signal.SIGCONT)  # it wakes up and goes on where it was
        processes.pop(await holder()).send_signal(signal.SIGKILL)

        async def woken_up() -> bool:
            return await holder() == frozen

        await until(woken_up)
    assert everybody_once(await told(store), about)
