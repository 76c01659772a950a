"""SQLite on the event loop itself, as a dialect of SQLAlchemy's async layer.

aiosqlite hands every statement to a thread and back, four times over; on one machine with one commune that hop costs
several times what SQLite does. Here Python's own driver runs a statement where it is asked for. Only one thing may
have to wait for somebody else, the start of a transaction, and that wait gives the loop back.
"""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import await_

DRIVER = "sqlite+inline"
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_FIRST_PAUSE = 0.001
_LONGEST_PAUSE = 0.05
_STATEMENTS_KEPT = 512
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

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Run one statement. `BEGIN …` waits up to `PATIENCE` seconds for another process to finish its writing."""
        del context
        if statement.startswith("BEGIN"):
            _begin(cursor, statement)
        else:
            await_(_NOTHING)  # an async connection insists that every statement waits for something
            cursor.execute(statement, parameters)

    def do_executemany(self, cursor: Any, statement: str, parameters: Iterable[Any], context: Any = None) -> None:
        """Run one statement for each set of parameters."""
        del context
        await_(_NOTHING)
        cursor.executemany(statement, parameters)

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close a connection that nobody waits for any more."""
        dbapi_connection.close()


def _begin(cursor: sqlite3.Cursor, statement: str) -> None:
    pause, waited = _FIRST_PAUSE, 0.0
    while True:
        try:
            cursor.execute(statement)
        except sqlite3.OperationalError as trouble:
            if trouble.sqlite_errorcode not in _BUSY or waited >= PATIENCE:
                raise
        else:
            return
        await_(asyncio.sleep(pause))
        waited, pause = waited + pause, min(pause * 2, _LONGEST_PAUSE)


registry.register("sqlite.inline", __name__, InlineSQLite.__name__)
