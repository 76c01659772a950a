"""One transaction, seen by the repositories: what they are handed, what was written so far, and what can wait."""

from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors

from intake.rules.deadlines.calendar import WorkCalendar
from intake.rules.outbox.channel_policy import ChannelPolicy
from intake.rules.people.person import Account, PersonId
from storage import tables as t
from storage.inline_sqlite import InlineSession
from storage.many_rows import RowWrite, write_singly, written_together

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")
_named: WeakKeyDictionary[sa.Executable, frozenset[Any] | None] = WeakKeyDictionary()


def tables_named_by(statement: sa.Executable) -> frozenset[Any] | None:
    """The tables a statement reads or writes, wherever in it they stand; None where it does not say."""
    if statement not in _named:
        says = isinstance(statement, sa.Select | sa.CompoundSelect | sa.Insert | sa.Update)
        parts = visitors.iterate(cast("Any", statement)) if says else ()
        _named[statement] = frozenset(one for one in parts if one.__visit_name__ == "table") if says else None
    return _named[statement]


@cache
def _table_of(noun: type) -> sa.FromClause:
    return sa.inspect(noun).local_table


@cache
def _order() -> Mapping[sa.FromClause, int]:
    """The places of tables in a row in which each stands behind those it refers to."""
    return {table: place for place, table in enumerate(t.metadata.sorted_tables)}


class WriteCountingSession(Session):
    """A session that counts what it has written, table by table, so that whoever read something knows if it holds.

    What was changed, and rows that were put off, are written down at the end of the transaction, or before the first
    statement that names one of their tables, so that nobody notices but the clock.
    """

    def __init__(self, *about: Any, **more: Any) -> None:
        super().__init__(*about, **more, autoflush=False)
        self._written: Counter[sa.FromClause | None] = Counter()
        """Under None stands what may have been written to any table."""
        self._put_off: dict[RowWrite, dict[Hashable, Mapping[str, Any]]] = {}
        """By what tells them apart: their key where only the latest counts, else their place."""
        self._taken_back = 0

    @property
    def writes(self) -> int:
        """How much was written, or changed and not written down yet."""
        return self._written.total() + self._unwritten().total()

    def writes_to(self, tables: Iterable[sa.FromClause]) -> int:
        """The same of some tables; a statement that may have written to any table counts for each.

        So does each time something was taken back: what was read in it holds no more.
        """
        unwritten = self._unwritten()
        written = sum(self._written.get(table, 0) + unwritten.get(table, 0) for table in (*tables, None))
        return written + self._taken_back

    def has_written_to(self, table: sa.FromClause) -> bool:
        """Whether this very table was written to; what may have been written to any is left out."""
        return self._written[table] > 0

    def count(self, table: sa.FromClause | None) -> None:
        """Count a write to a table, or to any."""
        self._written[table] += 1

    def count_flush(self) -> None:
        """Count what is being written down just now."""
        self._written += self._unwritten()

    def put_off(self, write: RowWrite, rows: Sequence[Mapping[str, Any]]) -> None:
        """Have rows written down later; counted as written now."""
        if rows:
            waiting = self._put_off.setdefault(write, {})
            for row in rows:
                waiting[tuple(row[name] for name in write.latest) or len(waiting)] = row
            self.count(write.table)

    def write_down(self) -> None:
        """Write down what was put off, after what it refers to; on PostgreSQL in one turn to the server."""
        if not self._put_off:
            return
        self.flush()
        put_off, self._put_off = self._put_off, {}
        self._write({write: list(waiting.values()) for write, waiting in put_off.items()})

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write down what was changed, new rows after those they may refer to.

        The session itself does not know what refers to what: nouns bear the keys of others, not the others.
        """
        new: dict[sa.FromClause, list[Any]] = {}
        for noun in self.new:
            kind: type = type(noun)
            new.setdefault(_table_of(kind), []).append(noun)
        if len(new) > 1:
            _first, *later = sorted(new, key=_order().__getitem__)
            for noun in chain.from_iterable(new[table] for table in later):
                self.expunge(noun)
            for table in later:
                super().flush(objects)
                self.add_all(new[table])
        super().flush(objects)

    def write_now(self, write: RowWrite, rows: Sequence[Mapping[str, Any]]) -> None:
        """Write rows of which some statement to come may want to know, after what was put off of their table."""
        if any(other.table is write.table for other in self._put_off):
            self.write_down()
        self.count(write.table)
        self._write({write: rows})

    def _write(self, rows: Mapping[RowWrite, Sequence[Mapping[str, Any]]]) -> None:
        if self.get_bind().dialect.name == "postgresql":
            super().execute(*written_together(rows))
            return
        connection = self.connection()
        for write, its_rows in rows.items():
            write_singly(connection, write, its_rows)

    def take_back(self) -> None:
        """Write down nothing of what was put off: what it belongs to was taken back, and all that was read with it."""
        self._put_off.clear()
        self._taken_back += 1

    def execute(self, statement: Any, *about: Any, **more: Any) -> Any:
        """Run a statement, counted where it writes."""
        self._before(statement)
        return super().execute(statement, *about, **more)

    def scalar(self, statement: Any, *about: Any, **more: Any) -> Any:
        """The first column of the first row, or None."""
        self._before(statement)
        return super().scalar(statement, *about, **more)

    def scalars(self, statement: Any, *about: Any, **more: Any) -> Any:
        """The first column of every row."""
        self._before(statement)
        return super().scalars(statement, *about, **more)

    def _before(self, statement: sa.Executable) -> None:
        if self._put_off or self._is_changed():
            named = tables_named_by(statement)
            if named is None or any(write.table in named for write in self._put_off):
                self.write_down()
            # what is written may refer to what was changed, whose table it does not name
            if named is None or not statement.is_select or not named.isdisjoint(self._unwritten()):
                self.flush()
        # not as an event of the session: for those it prepares every statement twice
        if not statement.is_select:
            self.count(statement.table if isinstance(statement, sa.Insert | sa.Update | sa.Delete) else None)

    def _is_changed(self) -> bool:
        return bool(self.identity_map.check_modified() or self.new or self.deleted)

    def _unwritten(self) -> Counter[sa.FromClause | None]:
        if not self._is_changed():
            return Counter()  # as most often, and quicker told than what would be changed
        return Counter(map(_table_of, map(type, (*self.new, *self.dirty, *self.deleted))))


@sa.event.listens_for(WriteCountingSession, "after_flush")
def _count_flush(session: WriteCountingSession, _context: object) -> None:
    session.count_flush()


def open_session(engine: AsyncEngine) -> AsyncSession:
    """A session whose writes are counted; what it read stays readable after the commit."""
    kind = InlineSession if engine.dialect.name == "sqlite" else AsyncSession
    return kind(engine, sync_session_class=WriteCountingSession, expire_on_commit=False)


def counted(session: AsyncSession) -> WriteCountingSession:
    """What a session of `open_session` has counted."""
    return cast("WriteCountingSession", session.sync_session)


class CountedAttempt:
    """A part of a transaction of which one wants to know afterwards whether it wrote anything."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = counted(session)
        self._before = self._session.writes

    @property
    def has_written(self) -> bool:
        """Whether anything was written, or changed and not written down yet, since this was made."""
        return self._session.writes != self._before


class TransactionCache(Generic[Key, Answer]):
    """Answers that hold within a transaction, until something is written to the tables they were taken from.

    What those who speak at the same moment all need to know is so asked once. Of no table, they hold until something of
    the transaction is taken back, and whoever writes tells what has changed (`learn`).
    """

    def __init__(self, session: AsyncSession, *tables: sa.FromClause) -> None:
        self._session = counted(session)
        self._tables = tables
        self._known: dict[Key, Answer] = {}
        self._as_of = -1

    def known(self, key: Key) -> Answer | None:
        """The answer to `key`, if it is known."""
        self._forget_what_changed()
        return self._known.get(key)

    async def get(self, key: Key, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer to `key`, from `ask` where it is not known."""
        self._forget_what_changed()
        if key not in self._known:
            self._known[key] = await ask()  # which writes down first what was changed
            self._as_of = self._session.writes_to(self._tables)
        return self._known[key]

    async def get_many(
        self, keys: Iterable[Key], ask: Callable[[list[Key]], Awaitable[Mapping[Key, Answer]]]
    ) -> dict[Key, Answer]:
        """The answers to some keys, from `ask`, which gives one for each it is asked for, where they are not known."""
        self._forget_what_changed()
        wanted = list(keys)
        answers = {key: self._known[key] for key in wanted if key in self._known}
        unknown = [key for key in wanted if key not in answers]
        if unknown:
            asked = await ask(unknown)
            self.learn(asked)
            answers |= asked
        return answers

    def forget(self, is_meant: Callable[[Key], bool]) -> None:
        """Ask anew for some of the keys."""
        self._known = {key: answer for key, answer in self._known.items() if not is_meant(key)}

    def learn(self, answers: Mapping[Key, Answer]) -> None:
        """Take what was just read together with something else."""
        self._forget_what_changed()
        self._known.update(answers)
        self._as_of = self._session.writes_to(self._tables)

    def _forget_what_changed(self) -> None:
        if self._session.writes_to(self._tables) != self._as_of:
            self._known.clear()


class DeferredWrites:
    """Rows that can wait: written together before the transaction is committed, or before somebody asks for them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, write: RowWrite, rows: Sequence[Mapping[str, Any]]) -> None:
        """Have rows written; rows of one kind keep their order."""
        counted(self._session).put_off(write, rows)

    async def write_now(self, write: RowWrite, rows: Sequence[Mapping[str, Any]]) -> None:
        """Have rows written that cannot wait, in the same way."""
        await self._session.run_sync(lambda _: counted(self._session).write_now(write, rows))

    async def write_down(self) -> None:
        """Write what was deferred; what it refers to stands before it."""
        await self._session.run_sync(lambda _: counted(self._session).write_down())

    def take_back(self) -> None:
        """Write nothing of it: what it belongs to was taken back."""
        counted(self._session).take_back()


@dataclass(frozen=True, slots=True)
class Transaction:
    """What a repository is handed.

    Args:
        session: from `open_session`.
        now: the moment of the whole unit of work.
        reach: what the networks allow, which decides whom a letter can reach at that moment.
        base_calendar: working days before the overrides of the database are laid over them.
        deferred: what is written only before the commit.
        chats: the chats that reach a person, by person.
        speakers: who says something in it; what is asked of one of them is soon asked of the others.
    """

    session: AsyncSession
    now: datetime
    channel_policy: ChannelPolicy
    base_calendar: WorkCalendar
    deferred: DeferredWrites
    chats: TransactionCache[PersonId, Sequence[Account]]
    speakers: set[PersonId] = field(default_factory=set)

    @property
    def is_far(self) -> bool:
        """Whether each statement is a way to a server and back, so that several are said as one."""
        return self.session.get_bind().dialect.name == "postgresql"
