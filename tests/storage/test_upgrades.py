"""An installation that was used for everything is brought to the newest version, whichever it comes from."""

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine
from storage.migrate import changing_schema, compare, config, known_revisions, migrate
from tests.support.filled import fill

REVISIONS = sorted(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions())


def test_the_files_of_the_migrations_say_which_there_are() -> None:
    assert sorted(known_revisions()) == REVISIONS
    assert ScriptDirectory.from_config(config()).get_heads() == [max(known_revisions())]


@pytest.fixture
async def empty_database(database_url: str) -> AsyncIterator[AsyncEngine]:
    """A database with nothing in it, not even the list of migrations."""
    engine = open_engine(database_url)
    async with changing_schema(engine) as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            await connection.execute(sa.text("CREATE SCHEMA public"))
        else:
            await connection.run_sync(lambda sync: command.downgrade(config(sync), "base"))
            await connection.execute(sa.text("DROP TABLE alembic_version"))
    yield engine
    await engine.dispose()


async def test_rows_of_every_version_are_carried_to_the_newest(empty_database: AsyncEngine) -> None:
    """At every version on the way each of its tables gets rows of its own; none of them is lost by what comes later."""
    held: dict[str, int] = {}
    async with changing_schema(empty_database) as connection:
        for time, revision in enumerate(REVISIONS):
            await connection.run_sync(lambda sync, to=revision: command.upgrade(config(sync), to))
            there = await connection.run_sync(_counts)
            lost = {table: (count, there.get(table)) for table, count in held.items() if there.get(table, 0) < count}
            assert lost == {}, f"migration {revision} loses rows"
            held = await connection.run_sync(fill, time)
            assert min(held.values()) > 0

    await migrate(empty_database)

    async with empty_database.connect() as connection:
        assert await connection.run_sync(compare) == []
        assert held.items() <= (await connection.run_sync(_counts)).items()


def _counts(connection: sa.Connection) -> dict[str, int]:
    tables = sa.inspect(connection).get_table_names()
    return {table: connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) for table in tables}  # noqa: S608 - ours
