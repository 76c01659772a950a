"""A database of PostgreSQL that was lent to one test leaves nothing to the next, whatever became of it."""

import asyncio
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from storage.engine import open_engine
from tests.support.databases import engine_url
from tests.support.filled import Filler, counts
from tests.support.kept_postgres import KeptDatabases
from tests.support.shape import shape_of

SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename"


@pytest.fixture
def databases(postgres_databases: KeptDatabases) -> Iterator[KeptDatabases]:
    """Some of one's own: the one that is lent next is the one that was taken back last."""
    own = KeptDatabases(postgres_databases.server, postgres_databases.template)
    yield own
    own.close()


def address(databases: KeptDatabases, name: str) -> str:
    return make_url(databases.server).set(database=name).render_as_string(hide_password=False)


async def say(databases: KeptDatabases, name: str, statement: str) -> None:
    connection = await asyncpg.connect(address(databases, name))
    await connection.execute(statement)
    await connection.close()


async def told(databases: KeptDatabases, name: str) -> dict[str, Any]:
    """All there is to know of a database."""
    engine = open_engine(engine_url(databases.server, name))
    async with engine.connect() as connection:
        found: dict[str, Any] = {
            "rows": await connection.run_sync(counts),
            "shape": await connection.run_sync(shape_of),
            "numbers": (await connection.execute(sa.text(SEQUENCES))).all(),
            "version": (await connection.execute(sa.text("SELECT * FROM alembic_version"))).all(),
            "triggers": (
                await connection.execute(sa.text("SELECT tgname, tgenabled FROM pg_trigger ORDER BY 1"))
            ).all(),
            "settings": (await connection.execute(sa.text("SELECT name, setting FROM pg_settings ORDER BY 1"))).all(),
            "locks": (await connection.execute(sa.text("SELECT * FROM pg_locks WHERE locktype = 'advisory'"))).all(),
        }
    await engine.dispose()
    return found


async def filled(databases: KeptDatabases, name: str) -> dict[str, int]:
    engine = open_engine(engine_url(databases.server, name))
    async with engine.begin() as connection:
        rows = await connection.run_sync(Filler().fill)
        for (sequence,) in await connection.execute(sa.text("SELECT sequencename FROM pg_sequences")):
            await connection.execute(sa.text(f"SELECT setval('{sequence}', 7)"))
    await engine.dispose()
    return rows


def test_a_database_with_rows_in_every_table_is_handed_on_as_new(databases: KeptDatabases) -> None:
    first = databases.lend()
    new = asyncio.run(told(databases, first))
    assert min(asyncio.run(filled(databases, first)).values()) > 0
    databases.take_back(first)

    second = databases.lend()
    assert second == first, "it is kept"
    assert asyncio.run(told(databases, second)) == new
    databases.take_back(second)


def test_a_database_that_was_changed_is_dropped(databases: KeptDatabases) -> None:
    name = databases.lend()
    for change in (
        "CREATE TABLE more (id int)",
        "DROP SCHEMA public CASCADE; CREATE SCHEMA public",
        "ALTER TABLE units ALTER COLUMN households SET DEFAULT 7",
        "ALTER TABLE audit_entries DISABLE TRIGGER USER",
        "CREATE OR REPLACE FUNCTION tell_of_meeting() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "ALTER SEQUENCE units_id_seq INCREMENT 2",
        "UPDATE alembic_version SET version_num = '0001'",
        "SELECT lo_create(0)",
        "ANALYZE",
        "VACUUM units",
        "ALTER DATABASE SET default_transaction_read_only = on",
        "ALTER DATABASE CONNECTION LIMIT 3",
        "INSERT INTO heartbeats SELECT number, now() FROM generate_series(1, 3000) AS number",  # of more than ten pages
    ):
        before = name
        asyncio.run(say(databases, before, change.replace("DATABASE", f"DATABASE {before}")))
        databases.take_back(before)
        name = databases.lend()
        assert name != before, change


def test_what_was_made_and_taken_away_again_is_no_change(databases: KeptDatabases) -> None:
    first = databases.lend()
    asyncio.run(say(databases, first, "CREATE TABLE more (id int)"))
    asyncio.run(say(databases, first, "DROP TABLE more"))
    databases.take_back(first)
    assert databases.lend() == first


def test_a_database_somebody_is_still_connected_to_is_dropped(databases: KeptDatabases) -> None:
    """With whatever is held there: locks, channels that are listened to, what is about to be written."""
    first = databases.lend()
    with closing(asyncio.new_event_loop()) as loop:
        connection = loop.run_until_complete(asyncpg.connect(address(databases, first)))
        databases.take_back(first)
        assert databases.lend() != first
        with pytest.raises((asyncpg.PostgresError, OSError)):
            loop.run_until_complete(connection.execute("SELECT 1"))
        loop.run_until_complete(connection.close())


def test_a_database_nobody_may_have_again_is_dropped(databases: KeptDatabases) -> None:
    first = databases.lend()
    databases.take_back(first, again=False)
    assert databases.lend() != first


def test_a_test_that_ends_every_connection_does_not_stop_the_next_one(databases: KeptDatabases) -> None:
    first = databases.lend()
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    asyncio.run(say(databases, first, f"SELECT pg_terminate_backend(pid, 5000) {others}"))
    databases.take_back(first)
    assert databases.lend() != first
