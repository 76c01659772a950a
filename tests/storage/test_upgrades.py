"""An installation that was used for everything is brought to the newest version, whichever it comes from."""

from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine
from storage.migrate import changing_schema, compare, known_revisions, migrate, upgrade
from tests.support.filled import Filler, counts
from tests.support.grown import SCRIPTS, migrations_read_once
from tests.support.shape import shape_of

__all__ = ["migrations_read_once"]

REVISIONS = sorted(script.revision for script in SCRIPTS.walk_revisions())


def test_the_files_of_the_migrations_say_which_there_are() -> None:
    assert sorted(known_revisions()) == REVISIONS
    assert SCRIPTS.get_heads() == [max(known_revisions())]


async def emptied(engine: AsyncEngine) -> None:
    """Take everything out of a database, the list of migrations as well."""
    async with changing_schema(engine) as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            await connection.execute(sa.text("CREATE SCHEMA public"))
            return
        made = sa.MetaData()
        await connection.run_sync(made.reflect)
        await connection.run_sync(made.drop_all)


@pytest.fixture
async def empty_database(database_url: str) -> AsyncIterator[AsyncEngine]:
    """A database with nothing in it."""
    engine = open_engine(database_url)
    await emptied(engine)
    yield engine
    await engine.dispose()


async def test_the_migrations_together_make_what_an_empty_database_is_given(empty_database: AsyncEngine) -> None:
    async with changing_schema(empty_database) as connection:
        await connection.run_sync(upgrade)
        assert await connection.run_sync(compare) == []
        migrated = await connection.run_sync(shape_of)
    await emptied(empty_database)
    await migrate(empty_database)
    async with empty_database.connect() as connection:
        made = await connection.run_sync(shape_of)

    differs = {name: (migrated.get(name), made.get(name)) for name in migrated.keys() | made.keys()}
    assert {name: both for name, both in differs.items() if both[0] != both[1]} == {}


async def test_rows_of_every_version_are_carried_to_the_newest(empty_database: AsyncEngine) -> None:
    """At every version on the way each of its tables gets rows of its own; none of them is lost by what comes later."""
    held: dict[str, int] = {}
    filler = Filler()
    async with changing_schema(empty_database) as connection:
        for revision in REVISIONS:
            await connection.run_sync(upgrade, revision)
            there = await connection.run_sync(counts)
            lost = {table: (count, there.get(table)) for table, count in held.items() if there.get(table, 0) < count}
            assert lost == {}, f"migration {revision} loses rows"
            held = await connection.run_sync(filler.fill)
            assert min(held.values()) > 0

    async with empty_database.connect() as connection:
        assert held.items() <= (await connection.run_sync(counts)).items()
