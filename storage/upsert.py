"""INSERT … ON CONFLICT, which both databases have but SQLAlchemy keeps per dialect."""

from collections.abc import Mapping
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession


def insert_for(session: AsyncSession, table: sa.Table) -> Any:
    """The dialect's own INSERT, which knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


async def insert_once(session: AsyncSession, table: sa.Table, values: Mapping[str, Any]) -> bool:
    """Insert the row unless one with the same unique key stands there. Returns whether it was inserted."""
    return await inserted(session, insert_for(session, table).values(**values).on_conflict_do_nothing())


async def inserted(session: AsyncSession, insert: Any) -> bool:
    """Carry out an INSERT that may do nothing. Returns whether a row was inserted."""
    result = cast("sa.CursorResult[Any]", await session.execute(insert))
    return bool(result.rowcount)
