"""Numbers, the audit trail, duties and their heartbeats."""

from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.audit import AuditEntry
from intake.rules.outbox.channel_policy import Way
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.transaction import Transaction
from storage.upsert import insert_for, insert_into, insert_once

_OF_ENTRY = tuple(field.name for field in fields(AuditEntry) if field.init)


@cache
def _write_entry() -> sa.Insert:
    """Said at every deed, so it is built once."""
    return sa.insert(t.audit_entries).inline()


@cache
def _count(dialect: str) -> Any:
    """Said for every question and registration, so it is built once."""
    keys = ["series", "unit_id", "year"]
    later = {"last": t.counters.c.last + 1}
    insert = insert_into(dialect, t.counters)
    return insert.on_conflict_do_update(index_elements=keys, set_=later).returning(t.counters.c.last)


class LedgerRows:
    """What the running programme has to know about itself."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now
        self._deferred = transaction.deferred

    async def next_number(self, series: str, unit_id: UnitId, year: int) -> int:
        count = _count(self._session.get_bind().dialect.name)
        counted = await self._session.execute(count, {"series": series, "unit_id": unit_id, "year": year, "last": 1})
        return int(counted.scalar_one())

    async def write(self, entry: AuditEntry) -> None:
        """Nobody reads or changes an entry in the transaction that writes it."""
        self._deferred.add(_write_entry(), [{name: getattr(entry, name) for name in _OF_ENTRY}])

    async def count_messages(self, unit_id: UnitId, month: date, way: Way, count: int) -> int:
        insert = insert_for(self._session, t.message_counts).values(unit_id=unit_id, month=month, way=way, count=count)
        await self._session.execute(
            insert.on_conflict_do_update(
                index_elements=["unit_id", "month", "way"], set_={"count": t.message_counts.c.count + count}
            )
        )
        return await self.messages(unit_id, month)

    async def messages(self, unit_id: UnitId, month: date) -> int:
        counted = await self._session.scalar(
            sa.select(sa.func.sum(t.message_counts.c.count)).where(
                t.message_counts.c.unit_id == unit_id, t.message_counts.c.month == month
            )
        )
        return int(counted or 0)

    async def take_lease(self, name: str, holder: str, until: datetime) -> int | None:
        """See `Ledger.take_lease`."""
        first = {"name": name, "holder": holder, "epoch": 1, "expires_at": until}
        if await insert_once(self._session, t.leases, first):
            return 1
        mine = t.leases.c.holder == holder
        epoch = await self._session.scalar(
            sa.update(t.leases)
            .where(t.leases.c.name == name, sa.or_(mine, t.leases.c.expires_at <= self._now))
            .values(
                holder=holder,
                expires_at=until,
                epoch=sa.case((mine, t.leases.c.epoch), else_=t.leases.c.epoch + 1),
            )
            .returning(t.leases.c.epoch)
        )
        return None if epoch is None else int(epoch)

    async def drop_lease(self, name: str, holder: str) -> None:
        """See `Ledger.drop_lease`."""
        await self._session.execute(sa.delete(t.leases).where(t.leases.c.name == name, t.leases.c.holder == holder))

    async def beat(self, name: str) -> None:
        await self._session.execute(
            insert_for(self._session, t.heartbeats)
            .values(name=name, beat_at=self._now)
            .on_conflict_do_update(index_elements=["name"], set_={"beat_at": self._now})
        )

    async def last_beat(self, name: str) -> datetime | None:
        return await self._session.scalar(sa.select(t.heartbeats.c.beat_at).where(t.heartbeats.c.name == name))
