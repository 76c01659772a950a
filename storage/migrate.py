"""Bring a database to the newest shape, or say what is missing.

An empty one is made from the tables in the code, which is what all migrations together make: one step instead of
dozens. Alembic and the migrations are read where there is something to migrate, not at every start: they take 10 MiB
of a process that nobody looks at again.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).parent / "migrations"
VERSIONS = _HERE / "versions"
SchemaState = Literal["empty", "older", "current", "newer"]
_VERSION = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Where Alembic notes the revision; an empty database gets its own here, in the same shape."""
_ONE_AT_A_TIME = 7_431_209  # PostgreSQL advisory lock: two processes that start together migrate one after the other


def config(connection: sa.Connection | None = None) -> "Config":
    """Alembic's configuration; there is no file for it."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(_HERE))
    if connection is not None:
        made.attributes["connection"] = connection
    return made


class MigrationRefused(Exception):
    """The database cannot be brought to this version's shape; it stays as it was. The words say why."""


async def migrate(engine: AsyncEngine) -> None:
    """Apply every migration that is missing, or make every table, in one transaction; where none is, nothing is done.

    Raises `MigrationRefused` when the database is of a newer version, or when a row would refer to one that is not
    there.
    """
    if await schema_state(engine) == "current":
        return
    async with changing_schema(engine) as connection:
        await connection.run_sync(_bring_up)


@asynccontextmanager
async def changing_schema(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction in which tables are changed, by one process at a time.

    On SQLite a table is changed by copying it, and dropping the old one counts as deleting its rows: foreign keys are
    not looked at meanwhile, but all at once before anything is kept. Raises `MigrationRefused` where one would dangle.
    """
    async with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            async with connection.begin():
                await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
                yield connection
            return
        driver: Any = (await connection.get_raw_connection()).driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")  # means nothing inside a transaction
        try:
            async with connection.begin():
                yield connection
                await connection.run_sync(_check_references)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")


async def schema_state(engine: AsyncEngine) -> SchemaState:
    """How a database stands to this version of the product."""
    async with engine.connect() as connection:
        return _state_of(await connection.run_sync(_revision_of))


def _state_of(revision: str | None) -> SchemaState:
    if revision is None:
        return "empty"
    if revision == _newest():
        return "current"
    return "older" if revision in known_revisions() else "newer"


def _bring_up(connection: sa.Connection) -> None:
    revision = _revision_of(connection)
    if revision is None:
        make(connection)
    elif _state_of(revision) == "newer":
        raise MigrationRefused(
            f"it was made by a newer version of doithoai (its revision is {revision}, the newest known here is "
            f"{_newest()}); install that version, or go back to a backup made before it"
        )
    else:
        upgrade(connection)


def make(connection: sa.Connection) -> None:
    """Make every table of the code in an empty database, and note that it is of the newest version.

    Raises SQLAlchemy's error where a table of that name is there already: nothing is built on what is not ours.
    """
    from storage.tables import metadata

    metadata.create_all(connection, checkfirst=False)
    _VERSION.create(connection)
    connection.execute(_VERSION.insert().values(version_num=_newest()))


def upgrade(connection: sa.Connection, to: str = "head") -> None:
    """Apply the migrations up to a revision, one after the other."""
    from alembic import command

    command.upgrade(config(connection), to)


def _check_references(connection: sa.Connection) -> None:
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        table, _, other, _ = dangling[0]
        raise MigrationRefused(
            "after migrating, rows would refer to what is not there "
            f"({len(dangling)}, the first in {table} to {other}); "
            "nothing was changed"
        )


def _revision_of(connection: sa.Connection) -> str | None:
    """What Alembic has noted in the database; None where it has noted nothing."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(sa.select(_VERSION.c.version_num))
    return revision


def _newest() -> str:
    return max(known_revisions())


def known_revisions() -> set[str]:
    """The revisions of this version: each stands at the beginning of its file's name, one after the other."""
    return {file.name.partition("_")[0] for file in VERSIONS.glob("[0-9]*_*.py")}


def compare(connection: sa.Connection) -> list[Any]:
    """What differs between the migrated database and the tables in the code; empty when nothing does."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from storage.tables import metadata

    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))
