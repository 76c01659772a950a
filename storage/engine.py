"""The database engine, set up so that no update is lost and nothing committed is forgotten."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.inline_sqlite import DRIVER


def open_engine(url: str, *, synced: bool = True) -> AsyncEngine:
    """An engine for `sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`.

    What people wrote never stands in an error: parameters are hidden.

    SQLite: the driver's own transactions lose updates silently under SQLAlchemy's async layer, so they are switched
    off and every writing transaction begins IMMEDIATE; the write-ahead log is synced at every commit
    (`synced=False` leaves that out, for databases that nobody will miss after a power cut: those of tests).
    """
    if url.startswith("sqlite"):
        engine = create_async_engine(sa.make_url(url).set(drivername=DRIVER), hide_parameters=True)
        sa.event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        sa.event.listen(engine.sync_engine, "begin", _begin_sqlite)
        if not synced:
            sa.event.listen(engine.sync_engine, "connect", _forgo_syncing)
        return engine
    return create_async_engine(url, pool_pre_ping=True, hide_parameters=True)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _forgo_syncing(connection: Any, _record: object) -> None:
    connection.cursor().execute("PRAGMA synchronous=OFF")


def _begin_sqlite(connection: sa.Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
