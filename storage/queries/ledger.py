"""Numbers, the audit trail, leases and the heartbeats of jobs."""

import secrets
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.ports import LeaseState
from intake.rules.audit import AuditEntry, AuditWords, canonical, keep_words
from intake.rules.outbox.channel_policy import Way
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.many_rows import RowWrite
from storage.transaction import Transaction, TransactionCache
from storage.upsert import insert_for, insert_into, insert_once

_ENTRY = RowWrite(t.audit_entries, tuple(field.name for field in fields(AuditEntry) if field.init))
_WORDS = RowWrite(t.audit_words, AuditWords._fields)
_SERIES = ("series", "unit_id", "year")
_COUNTER = RowWrite(t.counters, (*_SERIES, "last"), latest=_SERIES)


@cache
def _count(dialect: str) -> Any:
    """Said for every question and registration, so it is built once."""
    insert = insert_into(dialect, t.counters)
    following, least = t.counters.c.last + 1, insert.excluded.last
    later = {"last": sa.case((following < least, least), else_=following)}
    return insert.on_conflict_do_update(index_elements=list(_SERIES), set_=later).returning(t.counters.c.last)


class LedgerRows:
    """What the running programme has to know about itself."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now
        self._deferred = transaction.deferred
        self._given = TransactionCache[tuple[str, UnitId, int], int](transaction.session)
        """The last number of each series of which this transaction has given one."""

    async def next_number(self, series: str, unit_id: UnitId, year: int, *, least: int = 1) -> int:
        key = (series, unit_id, year)
        said = dict(zip(_SERIES, key, strict=True))
        last = self._given.known(key)
        if last is None:
            counting = _count(self._session.get_bind().dialect.name)
            number = int(await self._session.scalar(counting, {**said, "last": least}))
        else:  # the counter is locked since then, so nobody else has given one
            number = max(last + 1, least)
            self._deferred.add(_COUNTER, [{**said, "last": number}])
        self._given.learn({key: number})
        return number

    async def write(self, entry: AuditEntry, *, words: Mapping[str, str] | None = None) -> None:
        """Nobody reads an entry in the transaction that writes it."""
        values = {name: getattr(entry, name) for name in _ENTRY.columns}
        if words:
            kept = {what: keep_words(entry.subject, text, secrets.token_hex(16)) for what, text in words.items()}
            values["detail"] = {**entry.detail, "words": {what: one.digest for what, one in kept.items()}}
            self._deferred.add(_WORDS, [one._asdict() for one in kept.values()])
        canonical(values["detail"])  # what cannot be sealed is refused here, where it can be told whose mistake it is
        if not (entry.act + entry.subject).isprintable():
            raise ValueError("an act and a subject are words without control characters")
        self._deferred.add(_ENTRY, [values])

    async def last_written(self) -> datetime | None:
        newest = sa.select(t.audit_entries.c.at).order_by(t.audit_entries.c.id.desc()).limit(1)
        return await self._session.scalar(newest)

    async def database_moment(self) -> datetime | None:
        if self._session.get_bind().dialect.name == "sqlite":
            return None  # it asks the machine it runs on
        return await self._session.scalar(sa.select(sa.func.clock_timestamp(type_=sa.DateTime(timezone=True))))

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

    async def take_lease(
        self, name: str, holder: str, duration: timedelta, *, stale: LeaseState | None = None
    ) -> LeaseState:
        """See `Ledger.take_lease`."""
        until = self._now + duration
        first = {"name": name, "holder": holder, "epoch": 1, "expires_at": until}
        while (found := await self._lease(name)) is None:
            if await insert_once(self._session, t.leases, first):
                return LeaseState(holder, 1, until)
        mine = found.holder == holder
        if not (mine or found.expires_at <= self._now or found == stale):
            return found
        taken = LeaseState(holder, found.epoch + (not mine), until)
        await self._session.execute(sa.update(t.leases).where(t.leases.c.name == name).values(**taken._asdict()))
        return taken

    async def _lease(self, name: str) -> LeaseState | None:
        """The lease as it is, locked."""
        columns = (t.leases.c[field] for field in LeaseState._fields)
        found = await self._session.execute(sa.select(*columns).where(t.leases.c.name == name).with_for_update())
        row = found.one_or_none()
        return None if row is None else LeaseState(*row)

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
