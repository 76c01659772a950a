"""A lease is held by one process at a time; another takes it over when it is given back, lost or run out.

Each process has a store of its own; where clocks differ, a clock of its own too.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from intake.ports import LeaseState
from scheduler.lease import DURATION, Lease, run_alone
from storage import tables as t
from storage.engine import open_engine
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.support.engines import engine_on
from tests.support.logged import Logged
from tests.support.slow_postgres import PostgresBehindWire, wire_to
from tests.support.world import Clock, make_store

NAME = "poll:telegram:4242"
AT_ONCE = {"look_every": 0.005, "ask_every": 0.005}
A_MOMENT = timedelta(microseconds=1)


class Ticks:
    """The seconds of a machine that nobody can set."""

    def __init__(self) -> None:
        self.passed = 1000.0

    def __call__(self) -> float:
        return self.passed


class Units:
    """Opens units of work and counts them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.opened = 0

    def __call__(self) -> AbstractAsyncContextManager[SqlUnitOfWork]:
        self.opened += 1
        return self._store.unit()


class Work:
    """What is to be done alone: it goes on until it is stopped."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.ended = asyncio.Event()

    async def __call__(self) -> None:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.set()


def of(holder: str, store: Store, clock: Clock, name: str = NAME) -> Lease:
    return Lease(name, holder, store.unit, clock.now, ticks=Ticks())


async def take(store: Store, holder: str, name: str = NAME) -> LeaseState:
    async with store.unit() as uow:
        lease = await uow.ledger.take_lease(name, holder, DURATION)
        await uow.commit()
        return lease


async def epoch(store: Store, holder: str, name: str = NAME) -> int | None:
    """Take it; None: somebody else has it."""
    lease = await take(store, holder, name)
    return lease.epoch if lease.holder == holder else None


async def drop(store: Store, holder: str) -> None:
    async with store.unit() as uow:
        await uow.ledger.drop_lease(NAME, holder)
        await uow.commit()


@asynccontextmanager
async def unreachable(store: Store) -> AsyncIterator[None]:
    """Nobody can ask who holds what."""
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE leases RENAME TO elsewhere"))
    yield
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE elsewhere RENAME TO leases"))


async def happens(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), 10)


async def stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def said(logged: Logged) -> list[str]:
    return [str(line["event"]) for line in logged()]


# --- What stands in the database ------------------------------------------------------------------------------------


async def test_a_lease_is_taken_kept_and_refused_to_others(
    store: Store, new_store: Callable[[], Store], clock: Clock
) -> None:
    other = new_store()
    assert await epoch(store, "a") == 1
    assert await epoch(store, "a") == 1
    assert await epoch(other, "b") is None

    clock.move(seconds=20)
    assert await epoch(store, "a") == 1, "kept: it runs for another half minute from now"
    clock.move(seconds=29)
    assert await epoch(other, "b") is None


async def test_a_lease_whose_holder_died_is_taken_over_with_the_next_epoch(store: Store, clock: Clock) -> None:
    await take(store, "a")
    clock.at += DURATION - A_MOMENT
    assert await epoch(store, "b") is None
    clock.at += A_MOMENT
    assert await epoch(store, "b") == 2
    assert await epoch(store, "a") is None, "the old holder learns that it is over"
    clock.at += DURATION
    assert await epoch(store, "a") == 3


async def test_a_lease_given_back_is_free_at_once_and_only_its_holder_gives_it_back(store: Store) -> None:
    await take(store, "a")
    await drop(store, "b")
    assert (await take(store, "b")).holder == "a"
    await drop(store, "a")
    assert (await take(store, "b")).holder == "b"


async def test_leases_do_not_know_each_other(store: Store) -> None:
    await take(store, "a")
    assert await epoch(store, "b", "clock") == 1


async def test_many_who_ask_at_once_for_what_nobody_has_are_told_apart(
    store: Store, new_store: Callable[[], Store]
) -> None:
    stores = [store, *(new_store() for _ in range(4))]
    found = await asyncio.gather(*(take(one, str(number)) for number, one in enumerate(stores)))
    assert len(set(found)) == 1, "one has it, and everybody hears who"


# --- One process with a lease in mind -------------------------------------------------------------------------------


async def test_only_the_holder_works_and_another_takes_over_when_it_freezes(
    store: Store, new_store: Callable[[], Store], clock: Clock, logged: Logged
) -> None:
    minute = timedelta(minutes=1)
    first = Lease("clock", "first", store.unit, clock.now, duration=minute, ticks=Ticks())
    second = Lease("clock", "second", new_store().unit, clock.now, duration=minute, ticks=Ticks())
    assert await first.keep()
    assert not await second.keep()
    assert await first.keep()

    clock.move(seconds=59)
    assert await first.keep()  # renewed
    clock.move(seconds=59)
    assert not await second.keep()
    clock.move(seconds=1)
    assert await second.keep()
    assert not await first.keep(), "woken up: it is not the holder any more"
    assert (second.lasts, first.lasts) == (True, False)

    await second.give_back()
    assert not second.lasts
    assert await first.keep()
    assert [(line["event"], line.get("epoch")) for line in logged()] == [
        ("lease_taken", 1),
        ("lease_taken", 2),
        ("lease_lost", None),
        ("lease_taken", 1),
    ]


async def test_a_young_lease_costs_no_transaction_and_is_renewed_when_half_of_it_is_over(
    store: Store, clock: Clock
) -> None:
    units = Units(store)
    lease = Lease(NAME, "first", units, clock.now, ticks=Ticks())
    assert all(await asyncio.gather(*(lease.keep() for _ in range(5))))
    clock.at += DURATION / 2 - A_MOMENT
    assert await lease.keep()
    assert units.opened == 1
    clock.at += A_MOMENT
    assert await lease.keep()
    assert await lease.keep()
    assert units.opened == 2
    clock.at += DURATION / 2
    assert await epoch(store, "other") is None, "renewed from then on"


async def test_in_its_last_third_nothing_more_is_begun(store: Store, clock: Clock) -> None:
    lease = of("first", store, clock)
    assert (lease.lasts, lease.left) == (False, 0), "nobody has it"
    await lease.keep()
    assert (lease.lasts, lease.left) == (True, 20)
    clock.move(seconds=19)
    assert (lease.lasts, lease.left) == (True, 1)
    clock.move(seconds=1)
    assert (lease.lasts, lease.left) == (False, 0)
    assert await epoch(store, "other") is None, "what was begun before may still be under way"


# --- The database cannot be asked -----------------------------------------------------------------------------------


async def test_while_the_database_cannot_be_asked_a_lease_is_held_as_long_as_it_was_known_to_last(
    store: Store, clock: Clock, logged: Logged
) -> None:
    lease = of("first", store, clock)
    async with unreachable(store):
        assert not await lease.keep(), "what was never taken is not held"
        assert not await lease.keep()
        assert said(logged) == ["lease_unknown"], "once, however often it is asked"
    assert await lease.keep()
    assert said(logged) == ["lease_taken"]

    async with unreachable(store):
        clock.move(seconds=16)
        assert await lease.keep(), "four seconds are left"
        clock.move(seconds=3)
        assert await lease.keep()
        clock.move(seconds=1)
        assert not await lease.keep(), "somebody else might be waiting for it by now"
        assert not await lease.keep()
        assert said(logged) == ["lease_unknown", "lease_lost"]
    assert await lease.keep(), "nobody else came"
    assert said(logged) == ["lease_taken"]

    async with unreachable(store):
        await lease.give_back()
    assert said(logged) == ["lease_not_given_back"], "it runs out by itself"
    assert await epoch(store, "other") is None
    clock.at += DURATION
    assert await epoch(store, "other") == 2


async def test_a_renewal_that_comes_late_but_in_time_is_as_good_as_any(store: Store, clock: Clock) -> None:
    lease = of("first", store, clock)
    await lease.keep()
    clock.move(seconds=16)
    async with unreachable(store):
        assert await lease.keep()
    clock.move(seconds=3)
    assert await lease.keep()
    assert lease.left == 20
    clock.move(seconds=29)
    assert await epoch(store, "other") is None


# --- Clocks that are wrong ------------------------------------------------------------------------------------------


@pytest.fixture
async def elsewhere(database_url: str, clock: Clock) -> AsyncIterator[tuple[Store, Clock]]:
    """The same database, seen from a machine with a clock of its own."""
    its_clock = Clock(clock.at)
    async with engine_on(database_url) as engine:
        yield make_store(engine, its_clock), its_clock


@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=40)])
async def test_a_lease_in_the_far_future_is_seen_and_taken_over(
    store: Store, clock: Clock, elsewhere: tuple[Store, Clock], ahead: timedelta, logged: Logged
) -> None:
    """Whoever held it had a clock that was ahead, and died; nobody would do the work until that day."""
    there, its_clock = elsewhere
    its_clock.at += ahead
    ticks = Ticks()
    heir = Lease(NAME, "heir", store.unit, clock.now, ticks=ticks)
    assert await of("dead", there, its_clock).keep()
    logged()

    assert not await heir.keep()
    ticks.passed += 29
    assert not await heir.keep(), "whoever has it might still renew it"
    ticks.passed += 1
    assert await heir.keep()
    taken, seen = logged()
    assert (taken["event"], taken["epoch"]) == ("lease_taken", 2)
    assert (seen["event"], seen["lease"]) == ("lease_from_the_future", NAME)
    assert seen["until"].startswith(f"{clock.at + ahead + DURATION:%Y-%m-%d}")
    clock.move(seconds=29)
    assert await epoch(store, "third") is None, "from now on it is a lease like any other"
    await heir.keep()
    assert said(logged) == []


async def test_nobody_takes_a_lease_that_is_kept_however_wrong_the_clocks_are(
    store: Store, clock: Clock, elsewhere: tuple[Store, Clock]
) -> None:
    """Two who take from each other in turns would send everything twice."""
    there, its_clock = elsewhere
    its_clock.at += timedelta(hours=2)
    alive, ticks = of("alive", there, its_clock), Ticks()
    waiting = Lease(NAME, "waiting", store.unit, clock.now, ticks=ticks)
    assert await alive.keep()
    for _ in range(9):
        assert not await waiting.keep()
        for one in (clock, its_clock):
            one.move(seconds=16)
        ticks.passed += 16
        assert await alive.keep()


async def test_a_lease_that_only_looks_different_now_is_watched_anew(
    store: Store, clock: Clock, elsewhere: tuple[Store, Clock]
) -> None:
    """It was renewed after the last look, so what was seen before says nothing about it."""
    there, its_clock = elsewhere
    its_clock.at += timedelta(hours=2)
    ticks = Ticks()
    waiting = Lease(NAME, "waiting", store.unit, clock.now, ticks=ticks)
    await take(there, "alive")
    assert not await waiting.keep()
    its_clock.move(seconds=16)
    await take(there, "alive")
    ticks.passed += 30
    assert not await waiting.keep()
    ticks.passed += 29
    assert not await waiting.keep()
    ticks.passed += 1
    assert await waiting.keep()


async def test_a_holder_whose_own_clock_was_ahead_keeps_its_lease_when_that_is_put_right(
    store: Store, clock: Clock, logged: Logged
) -> None:
    clock.at += timedelta(days=40)
    lease = of("first", store, clock)
    await lease.keep()
    clock.at -= timedelta(days=40)
    again = of("first", store, clock)  # the same folder, started again
    assert await again.keep()
    assert said(logged) == ["lease_taken", "lease_taken"]
    clock.at += DURATION
    assert await epoch(store, "other") == 2, "it ends when it should"


async def test_a_clock_that_is_set_back_makes_no_lease_longer(
    store: Store, clock: Clock, elsewhere: tuple[Store, Clock]
) -> None:
    there, its_clock = elsewhere
    units, ticks = Units(there), Ticks()
    lease = Lease(NAME, "there", units, its_clock.now, ticks=ticks)
    await lease.keep()
    its_clock.at -= timedelta(hours=2)
    assert lease.left == 20, "nothing has passed; less than nothing cannot have passed"
    ticks.passed += 19
    assert lease.left == 1
    ticks.passed += 1
    assert not lease.lasts
    clock.at += DURATION
    assert await epoch(store, "here") == 2
    assert not await lease.keep(), "it asked, although by its clock the lease had not begun"
    assert units.opened == 2


# --- Work that is done alone ----------------------------------------------------------------------------------------


async def test_one_works_and_the_other_takes_over_what_is_given_back(
    store: Store, new_store: Callable[[], Store], clock: Clock
) -> None:
    there = Units(new_store())
    first, second = Work(), Work()
    by_first = asyncio.create_task(run_alone(of("first", store, clock), first, **AT_ONCE))
    await happens(first.begun)
    waiting = Lease(NAME, "second", there, clock.now, ticks=Ticks())
    by_second = asyncio.create_task(run_alone(waiting, second, **AT_ONCE))
    async with asyncio.timeout(10):
        while there.opened < 5:
            await asyncio.sleep(0.005)
    assert not second.begun.is_set()
    assert not first.ended.is_set()

    await stopped(by_first)
    assert first.ended.is_set(), "the work stops before the lease is given back"
    await happens(second.begun)

    await stopped(by_second)
    assert await epoch(store, "third") == 1, "nobody holds it any more"


async def test_a_holder_whose_time_ran_out_stops_working_and_takes_it_up_again_later(
    store: Store, new_store: Callable[[], Store], clock: Clock
) -> None:
    beginnings: asyncio.Queue[Work] = asyncio.Queue()

    async def work() -> None:
        one = Work()
        beginnings.put_nowait(one)
        await one()

    other, units = new_store(), Units(store)
    await take(other, "other")  # the other holds the lease, then freezes
    running = asyncio.create_task(run_alone(Lease(NAME, "first", units, clock.now, ticks=Ticks()), work, **AT_ONCE))
    async with asyncio.timeout(10):
        while units.opened < 2:
            await asyncio.sleep(0.005)
    assert beginnings.empty()

    clock.at += DURATION
    one = await asyncio.wait_for(beginnings.get(), 10)
    await happens(one.begun)

    async with other.unit() as uow:  # and wakes up with a lease of its own
        await uow.ledger.drop_lease(NAME, "first")
        await uow.ledger.take_lease(NAME, "other", DURATION)
        await uow.commit()
    clock.at += DURATION / 2
    await happens(one.ended)
    assert one.begun.is_set()
    await drop(other, "other")
    await happens((await asyncio.wait_for(beginnings.get(), 10)).begun)
    await stopped(running)


async def test_work_that_comes_to_its_end_gives_the_lease_back_and_a_failure_is_raised(
    store: Store, clock: Clock
) -> None:
    done: list[str] = []

    async def short() -> None:
        done.append("short")

    async def broken() -> None:
        raise ZeroDivisionError

    await run_alone(of("first", store, clock), short)
    with pytest.raises(ZeroDivisionError):
        await run_alone(of("second", store, clock), broken)
    await run_alone(of("third", store, clock), short)
    assert done == ["short", "short"]


async def test_without_a_database_nobody_works(clock: Clock) -> None:
    """Somebody else may hold the lease by now, so not knowing counts as not holding."""
    gone = make_store(open_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing"), clock)
    work = Work()
    running = asyncio.create_task(run_alone(of("first", gone, clock), work, **AT_ONCE))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(running), 0.2)
    assert not work.begun.is_set()
    await stopped(running)
    await gone.close()


async def test_work_stops_before_its_lease_runs_out_while_the_database_cannot_be_asked(
    store: Store, clock: Clock
) -> None:
    work = Work()
    running = asyncio.create_task(run_alone(of("first", store, clock), work, **AT_ONCE))
    await happens(work.begun)
    async with unreachable(store):
        clock.move(seconds=19)
        await asyncio.sleep(0.05)
        assert not work.ended.is_set(), "the lease still holds"
        clock.move(seconds=1)
        await happens(work.ended)
        work.begun.clear()
    assert await epoch(store, "other") is None, "ten seconds before anybody else can have it"
    await happens(work.begun)
    await stopped(running)


async def test_a_database_that_answers_nothing_keeps_nobody_at_work(postgresql_url: str, clock: Clock) -> None:
    """The connection is there and nothing comes back: the work does not go on until somebody notices."""
    url = make_url(postgresql_url)
    async with wire_to(str(url.query["host"])) as wire:
        store = make_store(open_engine(_through(wire, str(url.database))), clock)
        lease = Lease(NAME, "first", store.unit, clock.now, duration=timedelta(seconds=1.5))
        work = Work()
        running = asyncio.create_task(run_alone(lease, work, **AT_ONCE))
        await happens(work.begun)
        wire.freeze()
        await happens(work.ended)
        assert not lease.lasts
        await wire.cut()
        await stopped(running)
        await store.close()


def _through(wire: PostgresBehindWire, database: str) -> str:
    return f"postgresql+asyncpg://postgres@127.0.0.1:{wire.port}/{database}"


async def test_what_is_given_back_while_it_is_asked_for_is_given_back(store: Store, clock: Clock) -> None:
    lease = of("first", store, clock)
    await asyncio.gather(lease.keep(), lease.give_back())
    async with store.reading() as uow:
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.leases)) == 0
