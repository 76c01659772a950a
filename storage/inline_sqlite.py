"""SQLite on the event loop itself, in the shape SQLAlchemy's aiosqlite dialect expects of a connection.

aiosqlite hands every statement to a thread and back, four times over; on one machine with one commune that hop costs
several times what SQLite does. Here a statement runs where it is asked for. Only one thing may have to wait for
somebody else, the start of a transaction, and that wait gives the loop back.
"""

import asyncio
import sqlite3
from collections.abc import Iterable
from typing import Any, Self

_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_FIRST_PAUSE = 0.001
_LONGEST_PAUSE = 0.05
PATIENCE = 30.0


class InlineCursor:
    """A cursor whose awaitables never wait, except for the start of a transaction."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, statement: str, parameters: Any = ()) -> Self:
        """Run one statement. `BEGIN …` waits up to `PATIENCE` seconds for another process to finish its writing."""
        if not statement.startswith("BEGIN"):
            self._cursor.execute(statement, parameters)
            return self
        pause, waited = _FIRST_PAUSE, 0.0
        while True:
            try:
                self._cursor.execute(statement, parameters)
            except sqlite3.OperationalError as trouble:
                if trouble.sqlite_errorcode not in _BUSY or waited >= PATIENCE:
                    raise
            else:
                return self
            await asyncio.sleep(pause)
            waited, pause = waited + pause, min(pause * 2, _LONGEST_PAUSE)

    async def executemany(self, statement: str, parameters: Iterable[Any]) -> Self:
        """Run one statement for each set of parameters."""
        self._cursor.executemany(statement, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        """Every row."""
        return self._cursor.fetchall()

    async def fetchone(self) -> Any:
        """The next row, or None."""
        return self._cursor.fetchone()

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        return self._cursor.fetchmany(self._cursor.arraysize if size is None else size)

    async def close(self) -> None:
        """Let go of the statement."""
        self._cursor.close()

    @property
    def description(self) -> Any:
        """See the DB-API."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """See the DB-API."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """See the DB-API."""
        return self._cursor.lastrowid

    @property
    def arraysize(self) -> int:
        """See the DB-API."""
        return self._cursor.arraysize

    @arraysize.setter
    def arraysize(self, size: int) -> None:
        self._cursor.arraysize = size


class InlineConnection:
    """A connection in autocommit mode: transactions begin and end only where somebody says so."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        # under this name the dialect asks whether the connection is open
        self._connection: sqlite3.Connection | None = connection

    @property
    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise ValueError("Connection closed")
        return self._connection

    @property
    def isolation_level(self) -> str | None:
        """None: the driver starts no transactions of its own; they lose updates under an async layer."""
        return self._open.isolation_level

    def cursor(self, *_args: Any) -> InlineCursor:
        """A new cursor."""
        return InlineCursor(self._open.cursor())

    async def commit(self) -> None:
        """Commit the transaction, if one is open."""
        self._open.commit()

    async def rollback(self) -> None:
        """Roll the transaction back, if one is open."""
        self._open.rollback()

    async def create_function(self, *args: Any, **named: Any) -> None:
        """See `sqlite3.Connection.create_function`."""
        self._open.create_function(*args, **named)

    async def close(self) -> None:
        """Close the connection; closing twice does nothing."""
        self.stop()

    def stop(self) -> None:
        """Close the connection at once."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


async def connect(path: str) -> InlineConnection:
    """Open the database file."""
    return InlineConnection(sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False))
