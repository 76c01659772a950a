"""Heartbeats are the last ones; deeds are remembered."""

import sqlalchemy as sa

from intake.rules.audit import AuditEntry
from storage.unit_of_work import Store
from tests.support.village import build
from tests.support.world import Clock


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
        (entry,) = (await uow.session.scalars(sa.select(AuditEntry))).all()
    assert (entry.at, entry.act, entry.detail) == (clock.now(), "ask", {"state": "received"})
