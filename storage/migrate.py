"""Bring a database to the newest shape, or say what is missing."""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncEngine

_HERE = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 7_431_209  # PostgreSQL advisory lock: two processes that start together migrate one after the other


def config(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration; there is no file for it."""
    made = Config()
    made.set_main_option("script_location", str(_HERE))
    if connection is not None:
        made.attributes["connection"] = connection
    return made


async def migrate(engine: AsyncEngine) -> None:
    """Apply every migration that is missing, in one transaction."""
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)


async def missing_migrations(engine: AsyncEngine) -> bool:
    """Whether the database is older than this version of the product (or newer, which is as bad)."""
    async with engine.connect() as connection:
        return await connection.run_sync(_behind)


def _upgrade(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))
    command.upgrade(config(connection), "head")


def _behind(connection: sa.Connection) -> bool:
    return (
        MigrationContext.configure(connection).get_current_revision()
        != ScriptDirectory.from_config(config()).get_current_head()
    )


def compare(connection: sa.Connection) -> list[Any]:
    """What differs between the migrated database and the tables in the code; empty when nothing does."""
    from alembic.autogenerate import compare_metadata

    from storage.tables import metadata

    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata))
