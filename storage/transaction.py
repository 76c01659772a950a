"""One transaction, seen by the repositories: what they are handed, what was written so far, and what can wait."""

from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session

from intake.rules.deadlines.calendar import WorkCalendar
from intake.rules.outbox.channel_policy import ChannelPolicy
from storage.inline_sqlite import InlineSession

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class WriteCountingSession(Session):
    """A session that counts what it has written, table by table, so that whoever read something knows if it holds."""

    def __init__(self, *about: Any, **more: Any) -> None:
        super().__init__(*about, **more)
        self._written: Counter[sa.FromClause | None] = Counter()
        """Under None stands what may have been written to any table."""

    @property
    def writes(self) -> int:
        """How much was written, or changed and not written down yet."""
        return self._written.total() + self._unwritten().total()

    def writes_to(self, tables: Iterable[sa.FromClause]) -> int:
        """The same of some tables; a statement that may have written to any table counts for each."""
        unwritten = self._unwritten()
        return sum(self._written[table] + unwritten[table] for table in (*tables, None))

    def has_written_to(self, table: sa.FromClause) -> bool:
        """Whether this very table was written to; what may have been written to any is left out."""
        return self._written[table] > 0

    def count(self, table: sa.FromClause | None) -> None:
        """Count a write to a table, or to any."""
        self._written[table] += 1

    def count_flush(self) -> None:
        """Count what is being written down just now."""
        self._written += self._unwritten()

    def execute(self, statement: Any, *about: Any, **more: Any) -> Any:
        """Run a statement, counted where it writes."""
        self._count_statement(statement)
        return super().execute(statement, *about, **more)

    def scalar(self, statement: Any, *about: Any, **more: Any) -> Any:
        """The first column of the first row, or None."""
        self._count_statement(statement)
        return super().scalar(statement, *about, **more)

    def scalars(self, statement: Any, *about: Any, **more: Any) -> Any:
        """The first column of every row."""
        self._count_statement(statement)
        return super().scalars(statement, *about, **more)

    def _count_statement(self, statement: sa.Executable) -> None:
        # not as an event of the session: for those it prepares every statement twice
        if not statement.is_select:
            self.count(statement.table if isinstance(statement, sa.Insert | sa.Update | sa.Delete) else None)

    def _unwritten(self) -> Counter[sa.FromClause | None]:
        changed = (*self.new, *self.dirty, *self.deleted)
        return Counter(sa.inspect(noun).mapper.local_table for noun in changed)


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

    What those who speak at the same moment all need to know is so asked once.
    """

    def __init__(self, session: AsyncSession, *tables: sa.FromClause) -> None:
        self._session = counted(session)
        self._tables = tables
        self._known: dict[Key, Answer] = {}
        self._as_of = -1

    async def get(self, key: Key, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer to `key`, from `ask` where it is not known."""
        if self._session.writes_to(self._tables) != self._as_of:
            self._known.clear()
        if key not in self._known:
            self._known[key] = await ask()  # which writes down first what was changed
            self._as_of = self._session.writes_to(self._tables)
        return self._known[key]


class DeferredInserts:
    """Rows that nobody reads in the transaction that writes them: inserted together before it is committed."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._rows: dict[sa.Insert, list[Mapping[str, Any]]] = {}

    def add(self, insert: sa.Insert, rows: Sequence[Mapping[str, Any]]) -> None:
        """Have rows inserted by a statement that is built once."""
        if rows:
            self._rows.setdefault(insert, []).extend(rows)
            counted(self._session).count(insert.table)

    async def write_down(self) -> None:
        """Insert what was deferred; what it refers to stands before it."""
        if not self._rows:
            return
        await self._session.flush()
        rows, self._rows = self._rows, {}
        for insert, many in rows.items():
            await self._session.execute(insert, many)

    def forget(self) -> None:
        """Insert nothing of it: what it belongs to was taken back."""
        self._rows.clear()


@dataclass(frozen=True, slots=True)
class Transaction:
    """What a repository is handed.

    Args:
        session: from `open_session`.
        now: the moment of the whole unit of work.
        reach: what the networks allow, which decides whom a letter can reach at that moment.
        base_calendar: working days before the overrides of the database are laid over them.
        deferred: what is inserted only before the commit.
    """

    session: AsyncSession
    now: datetime
    channel_policy: ChannelPolicy
    base_calendar: WorkCalendar
    deferred: DeferredInserts
