"""The databases a benchmark runs on: an SQLite file, and one of its own on the PostgreSQL server of the tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from sqlalchemy.engine import make_url

from tests.support.databases import postgres_server


@asynccontextmanager
async def databases(folder: Path) -> AsyncIterator[list[tuple[str, str]]]:
    """Names and URLs; the server is that of `DOITHOAI_TEST_POSTGRES_URL`, or the one that comes as a wheel."""
    with postgres_server() as server:
        connection = await asyncpg.connect(server)
        await connection.execute("DROP DATABASE IF EXISTS doithoai_benchmark")
        await connection.execute("CREATE DATABASE doithoai_benchmark")
        url = make_url(server).set(drivername="postgresql+asyncpg", database="doithoai_benchmark")
        try:
            yield [
                ("SQLite", f"sqlite+aiosqlite:///{folder / 'bench.sqlite3'}"),
                ("PostgreSQL", url.render_as_string(hide_password=False)),
            ]
        finally:
            await connection.execute("DROP DATABASE doithoai_benchmark WITH (FORCE)")
            await connection.close()
