"""The audit trail, read as its seals read it, and as people do."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from intake.ports.audit import Unsealed, Waiting
from intake.rules.audit import AuditEntry, AuditWords, Recorded, digests_in
from intake.rules.audit_chain import NOBODY, SEPARATOR, AuditSeal, Line, unpack_ids
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.people.person import PersonId
from intake.rules.people.unit import Unit
from storage import tables as t
from storage.queries.audit_scope import belongs_to, has_held_role
from storage.transaction import Transaction
from storage.upsert import insert_once

_AT_ONCE = 20_000
_FIELDS = tuple(field.name for field in fields(AuditSeal))
_SNAPSHOT = sa.text(
    "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint, "
    "(SELECT system_identifier FROM pg_control_system())::text FROM pg_current_snapshot() AS s"
)
_HELD = sa.text(
    "SELECT min(since) FROM (SELECT xact_start AS since FROM pg_stat_activity"
    " WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
    " UNION ALL SELECT prepared FROM pg_prepared_xacts) AS writers"
)


class AuditRows:
    """See `intake.ports.AuditTrail`."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._postgresql = transaction.session.get_bind().dialect.name == "postgresql"
        self.ordered = not self._postgresql

    async def unsealed(self, last: AuditSeal | None, limit: int) -> Unsealed:
        return await (self._by_transaction if self._postgresql else self._by_id)(last, limit)

    async def _by_id(self, last: AuditSeal | None, limit: int) -> Unsealed:
        """With one writer at a time, whatever is written later has the higher id."""
        entries, after = t.audit_entries.c, 0 if last is None else last.bound
        rows = await self._session.execute(
            sa.select(entries.id, self._line()).where(entries.id > after).order_by(entries.id).limit(limit)
        )
        lines: list[Line] = [(row[0], row[1]) for row in rows]
        return Unsealed(lines, lines[-1][0] if lines else after, "")

    async def _by_transaction(self, last: AuditSeal | None, limit: int) -> Unsealed:
        """Of two that write at once, the one with the higher ids may commit first: asked for by what wrote them."""
        entries = t.audit_entries.c
        bound, end, cluster = (await self._session.execute(_SNAPSHOT)).one()
        # a dump that was restored brings the numbers of another server's transactions along
        start = 0 if last is None or last.cluster != cluster else last.bound
        over = sa.or_(entries.txid.between(start, bound - 1), entries.txid >= end)
        found: list[Line] = []
        after = (-1, 0)
        while True:
            beyond = sa.or_(entries.txid > after[0], sa.and_(entries.txid == after[0], entries.id > after[1]))
            asked = sa.select(entries.id, self._line(), entries.txid).where(over, beyond)
            rows = (await self._session.execute(asked.order_by(entries.txid, entries.id).limit(_AT_ONCE))).all()
            if not rows:
                return Unsealed(found, bound, cluster)
            sealed = await self._sealed_from(min(row[0] for row in rows))
            for one, text, txid in rows:
                if one in sealed:
                    continue
                if len(found) == limit:
                    return Unsealed(found, min(bound, txid), cluster)
                found.append((one, text))
            after = (rows[-1][2], rows[-1][0])

    async def _sealed_from(self, first: int) -> set[int]:
        """The ids from `first` on that some seal holds."""
        sealed: set[int] = set()
        for ids in await self._session.scalars(sa.select(t.audit_seals.c.ids).where(t.audit_seals.c.highest >= first)):
            ranges = [one for one in unpack_ids(ids) if one[1] >= first]
            sealed.update(one for start, end in ranges for one in range(max(start, first), end + 1))
        return sealed

    async def add_seal(self, seal: AuditSeal) -> bool:
        return await insert_once(self._session, t.audit_seals, {name: getattr(seal, name) for name in _FIELDS})

    async def last_seal(self) -> AuditSeal | None:
        newest = sa.select(AuditSeal).order_by(t.audit_seals.c.number.desc()).limit(1)
        return (await self._session.scalars(newest)).first()

    async def seals(self) -> Sequence[AuditSeal]:
        return (await self._session.scalars(sa.select(AuditSeal).order_by(t.audit_seals.c.number))).all()

    async def lines(self) -> AsyncIterator[Sequence[Line]]:
        read = self._read_plainly if not self._postgresql else self._read
        after = 0
        while lines := await read(after):
            yield lines
            after = lines[-1][0]

    async def _read(self, after: int) -> Sequence[Line]:
        entries = t.audit_entries.c
        rows = await self._session.execute(
            sa.select(entries.id, self._line()).where(entries.id > after).order_by(entries.id).limit(_AT_ONCE)
        )
        return [(row[0], row[1]) for row in rows]

    async def _read_plainly(self, after: int) -> Sequence[Line]:
        """Past SQLAlchemy, whose row objects take more time than reading and hashing together."""
        connection = await self._session.connection()
        driver: Any = (await connection.get_raw_connection()).driver_connection
        asked = sa.select(t.audit_entries.c.id, self._line())
        statement = asked.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        rows: list[Line] = driver.execute(f"{statement} WHERE id > ? ORDER BY id LIMIT ?", (after, _AT_ONCE)).fetchall()
        return rows

    async def count(self) -> int:
        return int(await self._session.scalar(sa.select(sa.func.count()).select_from(t.audit_entries)) or 0)

    async def waiting(self, last: AuditSeal | None) -> Waiting:
        entries = t.audit_entries.c
        start = 0 if last is None else last.bound
        over = entries.txid >= start if self._postgresql else entries.id > start
        asked = sa.select(sa.func.count(), sa.func.min(entries.at)).where(over)
        count, oldest = (await self._session.execute(asked)).one()
        held = None
        if self._postgresql:
            held = await self._session.scalar(_HELD)
        return Waiting(int(count), oldest, held)

    async def every_words(self) -> Sequence[AuditWords]:
        words = t.audit_words.c
        rows = await self._session.execute(sa.select(words.digest, words.subject, words.salt, words.text))
        return [AuditWords(*row) for row in rows]

    async def forget_words(self, subjects: Sequence[str]) -> None:
        await self._session.execute(sa.delete(t.audit_words).where(t.audit_words.c.subject.in_(list(subjects))))

    async def find(
        self, *, person_id: PersonId | None, subject: str, since: date | None, until: date | None, limit: int
    ) -> Sequence[Recorded]:
        entries = t.audit_entries.c
        query = sa.select(AuditEntry, t.persons.c.name).outerjoin(t.persons, t.persons.c.id == entries.actor_id)
        if person_id is not None:
            query = query.where(sa.or_(entries.actor_id == person_id, entries.subject == f"person:{person_id}"))
        if subject:
            query = query.where(entries.subject == subject)
        if since is not None:
            query = query.where(entries.at >= _midnight(since))
        if until is not None:
            query = query.where(entries.at < _midnight(until + timedelta(days=1)))
        rows = (await self._session.execute(query.order_by(entries.id.desc()).limit(limit))).all()
        return (await self._with_words(rows))[::-1]

    async def within(
        self,
        unit: Unit,
        *,
        person_id: PersonId | None,
        subject: str,
        since: date,
        until: date,
        before: int | None,
        most: int,
    ) -> Sequence[Recorded]:
        entries = t.audit_entries.c
        query = (
            sa.select(AuditEntry, sa.case((has_held_role(entries.actor_id), t.persons.c.name), else_=""))
            .outerjoin(t.persons, t.persons.c.id == entries.actor_id)
            .where(entries.at >= _midnight(since), entries.at < _midnight(until + timedelta(days=1)))
            .where(belongs_to(unit))
        )
        if person_id is not None:
            by_or_about = sa.or_(entries.actor_id == person_id, entries.subject == f"person:{person_id}")
            query = query.where(by_or_about, has_held_role(sa.literal(person_id)))
        if subject:
            query = query.where(entries.subject == subject)
        if before is not None:
            at = sa.select(entries.at).where(entries.id == before).scalar_subquery()
            query = query.where(sa.or_(entries.at < at, sa.and_(entries.at == at, entries.id < before)))
        rows = await self._session.execute(query.order_by(entries.at.desc(), entries.id.desc()).limit(most))
        return await self._with_words(rows.all())

    async def _with_words(self, rows: Sequence[Any]) -> list[Recorded]:
        wanted = {digest for entry, _ in rows for digest in digests_in(entry).values()}
        words = t.audit_words.c
        kept = await self._session.execute(sa.select(words.digest, words.text).where(words.digest.in_(list(wanted))))
        texts: dict[str, str] = {row.digest: row.text for row in kept}
        return [
            Recorded(entry, name or "", {what: texts.get(one, "") for what, one in digests_in(entry).items()})
            for entry, name in rows
        ]

    def _line(self) -> sa.ColumnElement[Any]:
        """An entry as one text, put together by the database: moment, id, actor, act, subject and detail."""
        entries = t.audit_entries.c
        moment: sa.ColumnElement[Any] = sa.type_coerce(entries.at, sa.Text)
        if self._postgresql:
            moment = sa.func.to_char(sa.func.timezone("UTC", entries.at), "YYYY-MM-DD HH24:MI:SS.US")
        actor = sa.func.coalesce(sa.cast(entries.actor_id, sa.Text), NOBODY)
        number, detail = sa.cast(entries.id, sa.Text), sa.cast(entries.detail, sa.Text)
        line = moment
        for part in (number, actor, entries.act, entries.subject, detail):
            line = line.op("||")(SEPARATOR).op("||")(part)
        return sa.type_coerce(line, sa.Text)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), LOCAL).astimezone(UTC)
