"""The databases a benchmark runs on: an SQLite file, and ones of its own on a PostgreSQL server; both sync."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url

from tests.support.databases import postgres_server

NAME = "doithoai_benchmark"


@asynccontextmanager
async def databases(folder: Path) -> AsyncIterator[list[tuple[str, str]]]:
    """Names and URLs of one of each kind, empty."""
    async with on_postgres(NAME) as (url,):
        yield [("SQLite", on_sqlite(folder)), ("PostgreSQL", url)]


def on_sqlite(folder: Path) -> str:
    """The URL of a file in a folder."""
    return f"sqlite+aiosqlite:///{folder / 'bench.sqlite3'}"


@asynccontextmanager
async def on_postgres(*names: str) -> AsyncIterator[list[str]]:
    """URLs of databases of these names, made now and gone afterwards.

    The server is that of `DOITHOAI_TEST_POSTGRES_URL`, or the one that comes as a wheel. Raises `NoServer`.
    """
    with postgres_server(synced=True) as server:
        connection = await asyncpg.connect(server)
        try:
            for name in names:
                await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                await connection.execute(f"CREATE DATABASE {name}")
            base = make_url(server).set(drivername="postgresql+asyncpg")
            yield [base.set(database=name).render_as_string(hide_password=False) for name in names]
        finally:
            for name in names:
                await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            await connection.close()
