"""Duties are held by one at a time; deeds are remembered."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from intake.rules.audit import AuditEntry
from storage.unit_of_work import Store
from tests.support.village import build
from tests.support.world import Clock

HALF_A_MINUTE = timedelta(seconds=30)


async def take(store: Store, clock: Clock, holder: str) -> int | None:
    async with store.unit() as uow:
        epoch = await uow.ledger.take_lease("send:webchat", holder, clock.now() + HALF_A_MINUTE)
        await uow.commit()
        return epoch


async def test_a_duty_is_taken_kept_and_refused_to_others(store: Store, new_store: Callable[[], Store], clock: Clock):
    other = new_store()
    assert await take(store, clock, "a") == 1
    assert await take(store, clock, "a") == 1
    assert await take(other, clock, "b") is None

    clock.move(seconds=20)
    assert await take(store, clock, "a") == 1, "kept: it runs for another half minute from now"
    clock.move(seconds=29)
    assert await take(other, clock, "b") is None


async def test_a_duty_whose_holder_died_is_taken_over_with_the_next_epoch(store: Store, clock: Clock):
    await take(store, clock, "a")
    clock.at += HALF_A_MINUTE - timedelta(microseconds=1)
    assert await take(store, clock, "b") is None
    clock.move(microseconds=1)
    assert await take(store, clock, "b") == 2
    assert await take(store, clock, "a") is None, "the old holder learns that it is over"
    clock.at += HALF_A_MINUTE
    assert await take(store, clock, "a") == 3


async def test_a_duty_given_back_is_free_at_once_and_only_its_holder_gives_it_back(store: Store, clock: Clock):
    await take(store, clock, "a")
    async with store.unit() as uow:
        await uow.ledger.drop_lease("send:webchat", "b")
        await uow.commit()
    assert await take(store, clock, "b") is None
    async with store.unit() as uow:
        await uow.ledger.drop_lease("send:webchat", "a")
        await uow.commit()
    assert await take(store, clock, "b") is not None


async def test_duties_do_not_know_each_other(store: Store, clock: Clock):
    await take(store, clock, "a")
    async with store.unit() as uow:
        assert await uow.ledger.take_lease("clock", "b", clock.now() + HALF_A_MINUTE) == 1


async def test_a_heartbeat_is_the_last_one(store: Store, clock: Clock):
    async with store.unit() as uow:
        assert await uow.ledger.last_beat("sweep") is None
    for _ in range(2):
        clock.move(hours=1)
        async with store.unit() as uow:
            await uow.ledger.beat("sweep")
            await uow.commit()
    async with store.reading() as uow:
        assert await uow.ledger.last_beat("sweep") == clock.now()
        assert await uow.ledger.last_beat("backup") is None


async def test_a_deed_is_remembered_with_the_deed_or_not_at_all(store: Store, clock: Clock):
    village = await build(store)
    for commit in (True, False):
        async with store.unit() as uow:
            await uow.ledger.write(AuditEntry(uow.now, village.resident.id, "ask", "question:1", {"state": "received"}))
            if commit:
                await uow.commit()
    async with store.reading() as uow:
        (entry,) = (await uow._session.scalars(sa.select(AuditEntry))).all()
    assert (entry.at, entry.act, entry.detail) == (clock.now(), "ask", {"state": "received"})
