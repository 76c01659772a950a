"""Engines that outlive their tests: what one has learned of its statements serves the next test too.

To put a hundred statements into SQL takes as long as a short story. A process of the product does it once, a test with
an engine of its own did it each time; and a statement that is wrongly taken for another one shows only where it
is kept.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine


class _Kept:
    """An engine whose next connection opens `path`."""

    def __init__(self) -> None:
        self.path = Path()
        self.statements: dict[Any, Any] = {}
        self.engine = open_engine("sqlite+aiosqlite:///", synced=False)
        sa.event.listen(self.engine.sync_engine, "do_connect", self._connect)

    def _connect(self, dialect: sa.Dialect, _record: object, _args: object, how: dict[str, Any]) -> Any:
        return dialect.connect(str(self.path), **how)


_IDLE: list[_Kept] = []


@asynccontextmanager
async def engine_on(path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine for the SQLite file at `path`. Listeners that are put on it end with it."""
    kept = _IDLE.pop() if _IDLE else _Kept()
    kept.path = path
    try:
        yield kept.engine.execution_options(compiled_cache=kept.statements)
    finally:
        await kept.engine.dispose()
        _IDLE.append(kept)
