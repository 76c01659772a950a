"""A duty is done by one process at a time; another takes it over when it is given back or lost."""

import asyncio
from collections.abc import Callable

import pytest

from bot.duty import LEASE, do_alone
from storage.engine import open_engine
from storage.unit_of_work import Store
from tests.support.world import Clock, make_store

DUTY = "poll:telegram:4242"


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The duty is asked for every few milliseconds, not every ten seconds."""
    monkeypatch.setattr("bot.duty.RENEW_SECONDS", 0.005)


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


async def happens(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), 10)


async def stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def asked_for_again(store: Store, holder: str) -> None:
    """Whoever holds the duty has it renewed before this returns."""
    async with store.unit() as uow:
        assert await uow.ledger.take_lease(DUTY, holder, uow.now + LEASE) is None
        await uow.commit()


async def test_one_works_and_the_other_takes_over_what_is_given_back(
    store: Store, new_store: Callable[[], Store]
) -> None:
    first, second = Work(), Work()
    by_first = asyncio.create_task(do_alone(store, DUTY, "first", first))
    await happens(first.begun)
    by_second = asyncio.create_task(do_alone(new_store(), DUTY, "second", second))
    for _ in range(5):
        await asked_for_again(store, "somebody else")
    assert not second.begun.is_set()
    assert not first.ended.is_set()

    await stopped(by_first)
    assert first.ended.is_set(), "the work stops before the duty is given back"
    await happens(second.begun)

    await stopped(by_second)
    async with store.unit() as uow:
        assert await uow.ledger.take_lease(DUTY, "third", uow.now + LEASE) == 1, "nobody holds it any more"


async def test_a_holder_whose_time_ran_out_stops_working_and_takes_it_up_again_later(
    store: Store, new_store: Callable[[], Store], clock: Clock
) -> None:
    beginnings: asyncio.Queue[Work] = asyncio.Queue()

    async def work() -> None:
        one = Work()
        beginnings.put_nowait(one)
        await one()

    other = new_store()
    async with other.unit() as uow:  # the other holds the duty, then freezes
        await uow.ledger.take_lease(DUTY, "other", uow.now + LEASE)
        await uow.commit()
    running = asyncio.create_task(do_alone(store, DUTY, "first", work))
    await asked_for_again(other, "nobody")
    assert beginnings.empty()

    clock.move(seconds=LEASE.total_seconds())
    one = await asyncio.wait_for(beginnings.get(), 10)
    await happens(one.begun)

    async with other.unit() as uow:  # and wakes up with a duty of its own
        await uow.ledger.drop_lease(DUTY, "first")
        await uow.ledger.take_lease(DUTY, "other", uow.now + LEASE)
        await uow.commit()
    await happens(one.ended)
    async with other.unit() as uow:
        await uow.ledger.drop_lease(DUTY, "other")
        await uow.commit()
    await happens((await asyncio.wait_for(beginnings.get(), 10)).begun)
    await stopped(running)


async def test_work_that_comes_to_its_end_gives_the_duty_back_and_a_failure_is_raised(store: Store) -> None:
    done: list[str] = []

    async def short() -> None:
        done.append("short")

    async def broken() -> None:
        raise ZeroDivisionError

    await do_alone(store, DUTY, "first", short)
    with pytest.raises(ZeroDivisionError):
        await do_alone(store, DUTY, "second", broken)
    await do_alone(store, DUTY, "third", short)
    assert done == ["short", "short"]


async def test_while_the_database_cannot_be_asked_nobody_works(clock: Clock) -> None:
    """Somebody else may hold the duty by now, so not knowing counts as not holding."""
    gone = make_store(open_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing"), clock)
    work = Work()
    running = asyncio.create_task(do_alone(gone, DUTY, "first", work))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(running), 0.2)
    assert not work.begun.is_set()
    await stopped(running)
    await gone.close()
