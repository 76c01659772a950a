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


@pytest.mark.parametrize("revision", REVISIONS)
async def test_rows_in_every_table_are_carried_to_the_newest_version(revision: str, empty_database: AsyncEngine):
    async with empty_database.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(config(sync), revision))
        before = await connection.run_sync(fill)

    await migrate(empty_database)

    async with empty_database.connect() as connection:
        assert await connection.run_sync(compare) == []
        after = {
            table: await connection.scalar(sa.text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - names of our tables
            for table in await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names())
        }
    assert min(before.values()) > 0
    lost = {table: (count, after.get(table)) for table, count in before.items() if after.get(table, 0) < count}
    assert lost == {}
