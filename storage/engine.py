"""The database engine, set up so that no update is lost and nothing committed is forgotten."""

import math
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.inline_sqlite import DRIVER

_RESTS_SINCE = "rests since"
_FRESH_SECONDS = 1.0
_KEPT = 10
"""Connections to PostgreSQL a process keeps: for the inbound queue, the relay's two ways, the sweep, the pages."""
_MORE = 5
"""Further ones in a rush, given up again at once; opening one takes the server as long as ten messages."""
ONLY_IN_TRANSACTIONS = "only_in_transactions"
"""Says of an engine that it may say nothing outside a transaction."""
_CACHE = "prepared_statement_cache_size"
_STATEMENTS_KEPT = 500
"""Statements a connection keeps prepared: those of several rows are others for each number of rows."""


def open_engine(url: str, *, synced: bool = True) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`.

    What people wrote never stands in an error: parameters are hidden.

    PostgreSQL: several hosts in the address are tried in their order, `target_session_attrs=read-write` finds the one
    that takes writes. `prepared_statement_cache_size=0` is for a pooler that gives each transaction another connection
    and knows no prepared statements (PgBouncer in transaction mode before 1.21): nothing is prepared for later, and
    nothing is said outside a transaction.

    SQLite: the driver's own transactions lose updates silently under SQLAlchemy's async layer, so they are switched
    off and every writing transaction begins IMMEDIATE; the write-ahead log is synced at every commit
    (`synced=False` leaves that out, for databases that nobody will miss after a power cut: those of tests).
    """
    if url.startswith("sqlite"):
        engine = create_async_engine(sa.make_url(url).set(drivername=DRIVER), hide_parameters=True)
        sa.event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        if not synced:
            sa.event.listen(engine.sync_engine, "connect", _forgo_syncing)
        return engine
    address = sa.make_url(url)
    kept = int(str(address.query.get(_CACHE, _STATEMENTS_KEPT)))
    prepared: dict[str, Any] = {_CACHE: kept}
    if not kept:
        # without a name a statement is gone when the next one is said, whichever connection that goes to
        prepared |= {"statement_cache_size": 0, "prepared_statement_name_func": lambda: ""}
    engine = create_async_engine(
        address.difference_update_query([_CACHE]),
        hide_parameters=True,
        pool_size=_KEPT,
        max_overflow=_MORE,
        pool_use_lifo=True,  # the one used last has its statements prepared; in turns each prepares them all
        connect_args=prepared,
        execution_options={ONLY_IN_TRANSACTIONS: not kept},
    )
    sa.event.listen(engine.sync_engine, "checkin", _note_rest)
    sa.event.listen(engine.sync_engine, "checkout", _ask_who_rested)
    return engine


def only_reading(engine: AsyncEngine, **options: Any) -> AsyncEngine:
    """The same engine where every transaction only reads: on SQLite it waits for no writer and holds none up.

    Only here somebody listens to what an engine does: with a listener each of its statements takes a fourth longer.
    """
    reading = engine.execution_options(**options)
    if engine.dialect.name == "sqlite":
        sa.event.listen(reading.sync_engine, "begin", _only_read)
    return reading


def _only_read(connection: sa.Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    driver.only_reads = True


def _note_rest(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[_RESTS_SINCE] = time.monotonic()


def _ask_who_rested(connection: Any, record: ConnectionPoolEntry, _fairy: object) -> None:
    """Ask a connection that lay idle whether the server still knows it; where it does not, the pool makes new ones.

    The pool can ask each time by itself, but that is three ways to the server and back before every transaction.
    """
    rested = time.monotonic() - record.info.get(_RESTS_SINCE, math.inf)
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError("the connection is closed")
    if rested > _FRESH_SECONDS:
        try:
            connection.ping()
        except AsyncAdapt_asyncpg_dbapi.Error as gone:
            raise InvalidatePoolError("the server does not know this connection any more") from gone


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA recursive_triggers=ON")  # or REPLACE would delete past the triggers of the audit trail
    cursor.execute("PRAGMA secure_delete=ON")  # by word: not every build of SQLite has it
    cursor.close()


class FreedPages:
    """What was forgotten stands in SQLite's write-ahead log for a while: whether it may still be there.

    (PostgreSQL keeps its log by its own rules; see docs/settings.md.)
    """

    def __init__(self) -> None:
        self.left = False

    async def leave_none(self, session: AsyncSession) -> None:
        """Empty the log. A reader or writer in the way keeps it, nobody waits for it, and it is tried again later.

        SQLite raises nothing then: the first column of what it answers is 1.
        """
        connection = await session.connection()
        if connection.dialect.name != "sqlite":
            self.left = False
            return
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await (
            session.commit()
        )  # of nothing: a rollback would let what the caller holds be read anew, from a closed session
        cursor = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.left = cursor.fetchone()[0] != 0
        cursor.close()


def _forgo_syncing(connection: Any, _record: object) -> None:
    connection.cursor().execute("PRAGMA synchronous=OFF")
