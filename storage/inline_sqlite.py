"""SQLite on the event loop itself, as a dialect of SQLAlchemy's async layer.

aiosqlite hands every statement to a thread and back, four times over; on one machine with one commune that hop costs
several times what SQLite does. Here Python's own driver runs a statement where it is asked for. Only one thing may
have to wait for somebody else, the start of a transaction, and that wait gives the loop back. So once a transaction
has begun, a session needs none of the greenlets in which SQLAlchemy lets a statement wait (`InlineSession`): they cost
as much as the statement.
"""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.util import await_, immutabledict
from sqlalchemy.util.concurrency import in_greenlet

DRIVER = "sqlite+inline"
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_FIRST_PAUSE = 0.001
_LONGEST_PAUSE = 0.05
_STATEMENTS_KEPT = 512
_BUFFERED: Mapping[str, Any] = immutabledict({"prebuffer_rows": True})
PATIENCE = 30.0


class InlineCursor(sqlite3.Cursor):
    """A cursor that has every row at once: what was read stays as it was, whatever is written while it is looked at."""

    _rows: Iterator[Any] = iter(())

    def execute(self, statement: str, parameters: Any = ()) -> "InlineCursor":
        """Run one statement and fetch its rows."""
        super().execute(statement, parameters)
        self._rows = iter(super().fetchall())
        return self

    def fetchone(self) -> Any:
        """The next row, or None."""
        return next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        return [row for _, row in zip(range(size or self.arraysize), self._rows, strict=False)]

    def fetchall(self) -> list[Any]:
        """Every row that is left."""
        return list(self._rows)

    async def _async_soft_close(self) -> None:
        """What the async layer calls when a result is handed out; the rows are there already."""


class InlineConnection(sqlite3.Connection):
    """A connection in autocommit mode: transactions begin and end only where somebody says so."""

    only_reads = False
    """Whether its next transaction does: the others take their turn at once, a reader cannot become a writer later."""

    def cursor(self, factory: Any = InlineCursor) -> Any:
        """A new cursor."""
        return super().cursor(factory)


class _Nothing:
    """Is there as soon as it is waited for."""

    def __await__(self) -> Iterator[None]:
        return iter(())


_NOTHING: Any = _Nothing()


class InlineSQLite(SQLiteDialect_pysqlite):
    """Python's own SQLite driver, called from the event loop."""

    driver = "inline"
    is_async = True
    has_terminate = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        """Who waits for a connection gives the loop back."""
        del url
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """The file, and how it is opened."""
        return [url.database or ":memory:"], {
            "factory": InlineConnection,
            "isolation_level": None,
            "timeout": 0,
            "check_same_thread": False,
            "cached_statements": _STATEMENTS_KEPT,
        }

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction; waits up to `PATIENCE` seconds for another process to finish its writing."""
        _begin(dbapi_connection)

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Run one statement."""
        del context
        _wait_for_nothing()
        cursor.execute(statement, parameters)

    def do_executemany(self, cursor: Any, statement: str, parameters: Iterable[Any], context: Any = None) -> None:
        """Run one statement for each set of parameters."""
        del context
        _wait_for_nothing()
        cursor.executemany(statement, parameters)

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close a connection that nobody waits for any more."""
        dbapi_connection.close()


def _wait_for_nothing() -> None:
    """An async connection insists that every statement waits for something; nobody else does."""
    if in_greenlet():
        await_(_NOTHING)


def _begin(connection: InlineConnection) -> None:
    begin = "BEGIN" if connection.only_reads else "BEGIN IMMEDIATE"
    connection.only_reads = False
    pause, waited = _FIRST_PAUSE, 0.0
    while True:
        try:
            connection.execute(begin)
        except sqlite3.OperationalError as trouble:
            if trouble.sqlite_errorcode not in _BUSY or waited >= PATIENCE:
                raise
        else:
            return
        await_(asyncio.sleep(pause))
        waited, pause = waited + pause, min(pause * 2, _LONGEST_PAUSE)


class InlineSession(AsyncSession):
    """A session on this dialect. Within a transaction that has begun it waits for nothing, so it runs where it is.

    What begins one, and what is done seldom, goes the way of every other session.
    """

    _has_begun = False

    async def execute(self, statement: Any, params: Any = None, **more: Any) -> Any:
        """Run a statement, and have every row of it at once."""
        if not self._has_begun:
            result = await super().execute(statement, params, **more)
            self._has_begun = True
            return result
        return self.sync_session.execute(statement, params, **_buffered(more))

    async def scalar(self, statement: Any, params: Any = None, **more: Any) -> Any:
        """The first column of the first row, or None."""
        if not self._has_begun:
            value = await super().scalar(statement, params, **more)
            self._has_begun = True
            return value
        return self.sync_session.scalar(statement, params, **_buffered(more))

    async def get(self, entity: Any, ident: Any, **more: Any) -> Any:
        """A noun by its key, or None."""
        if not self._has_begun:
            return await super().get(entity, ident, **more)
        return self.sync_session.get(entity, ident, **more)

    async def run_sync(self, fn: Any, *about: Any, **more: Any) -> Any:
        """Run something with the session that waits for nothing."""
        if not self._has_begun:
            return await super().run_sync(fn, *about, **more)
        return fn(self.sync_session, *about, **more)

    async def flush(self, objects: Any = None) -> None:
        """Write down what was changed; most often that is nothing."""
        if self._has_begun:
            self.sync_session.flush(objects)
        else:
            await super().flush(objects)

    async def commit(self) -> None:
        """Make it so."""
        if not self._has_begun:
            await super().commit()
            return
        self._has_begun = False
        self.sync_session.commit()

    async def rollback(self) -> None:
        """Take it back."""
        self._has_begun = False
        await super().rollback()

    async def close(self) -> None:
        """Take back what was not committed and give the connection away."""
        self._has_begun = False
        self.sync_session.close()

    async def __aexit__(self, *trouble: object) -> None:
        """Nothing of it can be cut short, so no task of its own is needed; others have their turn before it goes on."""
        await self.close()
        await asyncio.sleep(0)


def _buffered(more: dict[str, Any]) -> dict[str, Any]:
    """What a statement is run with: rows are read before anything else is asked, as `AsyncSession` does it."""
    given: Mapping[str, Any] | None = more.get("execution_options")
    return more | {"execution_options": {**given, **_BUFFERED} if given else _BUFFERED}


registry.register("sqlite.inline", __name__, InlineSQLite.__name__)
