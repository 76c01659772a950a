"""INSERT … ON CONFLICT, which both databases have but SQLAlchemy keeps per dialect."""

from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def insert_for(session: AsyncSession, table: sa.Table) -> Any:
    """The dialect's own INSERT, which knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return insert_into(session.get_bind().dialect.name, table)


@cache
def insert_into(dialect: str, table: sa.Table) -> Any:
    """The same for a dialect by its name."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def insert_once_into(dialect: str, table: sa.Table) -> Any:
    """An INSERT that leaves out what stands there already."""
    return insert_into(dialect, table).on_conflict_do_nothing()


async def insert_once(session: AsyncSession, table: sa.Table, values: Mapping[str, Any]) -> bool:
    """Insert the row unless one with the same unique key stands there. Returns whether it was inserted."""
    statement = insert_once_into(session.get_bind().dialect.name, table)
    result = cast("sa.CursorResult[Any]", await session.execute(statement, values))
    return bool(result.rowcount)


async def inserted(session: AsyncSession, insert: Any) -> bool:
    """Carry out an INSERT that may do nothing. Returns whether a row was inserted."""
    result = cast("sa.CursorResult[Any]", await session.execute(insert))
    return bool(result.rowcount)
