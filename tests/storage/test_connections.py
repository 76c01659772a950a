"""Connections to PostgreSQL: asked whether they still stand when they lay idle, and not before each transaction."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_connection, AsyncAdapt_asyncpg_dbapi
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine


@pytest.fixture
async def engine(postgresql_url: str) -> AsyncIterator[AsyncEngine]:
    opened = open_engine(postgresql_url)
    yield opened
    await opened.dispose()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One entry for each time a connection was asked."""
    entries: list[None] = []
    ping = AsyncAdapt_asyncpg_connection.ping

    def counted(connection: AsyncAdapt_asyncpg_connection) -> None:
        entries.append(None)
        ping(connection)

    monkeypatch.setattr(AsyncAdapt_asyncpg_connection, "ping", counted)
    return entries


async def talk(engine: AsyncEngine) -> int:
    """One transaction; returns which of the server's processes served it."""
    async with engine.begin() as connection:
        return int(await connection.scalar(sa.text("SELECT pg_backend_pid()")) or 0)


async def test_a_connection_used_a_moment_ago_is_not_asked(engine: AsyncEngine, asked: list[None]):
    assert await talk(engine) == await talk(engine) == await talk(engine)
    assert not asked


async def test_the_one_used_last_is_used_next(engine: AsyncEngine):
    """It has its statements prepared; if they took turns, each would have to prepare them all."""
    async with engine.connect() as one, engine.connect() as other:
        for connection in (one, other):
            await connection.execute(sa.text("SELECT 1"))

    assert len({await talk(engine) for _ in range(6)}) == 1


async def test_one_that_lay_idle_is_asked(engine: AsyncEngine, asked: list[None], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("storage.engine._FRESH_SECONDS", -1.0)
    first = await talk(engine)
    assert not asked, "a new one is not"
    assert await talk(engine) == first
    assert len(asked) == 1


@pytest.mark.parametrize("fresh_seconds", [-1.0, 60.0], ids=["idle", "fresh"])
async def test_whoever_comes_after_the_server_ended_a_connection_notices_nothing(
    postgresql_url: str, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch, fresh_seconds: float
):
    monkeypatch.setattr("storage.engine._FRESH_SECONDS", fresh_seconds)
    first = await talk(engine)
    plain = make_url(postgresql_url).set(drivername="postgresql").render_as_string(hide_password=False)
    server = await asyncpg.connect(plain)
    await server.execute("SELECT pg_terminate_backend($1, 5000)", first)
    await server.close()

    assert await talk(engine) != first


async def test_one_that_does_not_answer_is_replaced(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("storage.engine._FRESH_SECONDS", -1.0)
    first = await talk(engine)

    def unanswered(_connection: AsyncAdapt_asyncpg_connection) -> None:
        monkeypatch.undo()
        raise AsyncAdapt_asyncpg_dbapi.InterfaceError("connection is closed")

    monkeypatch.setattr(AsyncAdapt_asyncpg_connection, "ping", unanswered)
    assert await talk(engine) != first
