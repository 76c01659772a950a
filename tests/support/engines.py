"""Engines that outlive their tests: what one has learned of its statements serves the next test too.

To put a hundred statements into SQL takes as long as a short story. A process of the product does it once, a test with
an engine of its own did it each time; and a statement that is wrongly taken for another one shows only where it
is kept.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engine import open_engine

_ANY_FILE = "sqlite+aiosqlite:///"


class _Kept:
    """An engine for one database of PostgreSQL, or for the SQLite file whose `path` was set last."""

    def __init__(self, url: str) -> None:
        self.path: str | None = None
        self.statements: dict[Any, Any] = {}
        self.engine = open_engine(url, synced=False)
        if url == _ANY_FILE:
            sa.event.listen(self.engine.sync_engine, "do_connect", self._connect)

    def _connect(self, dialect: sa.Dialect, _record: object, _args: object, how: dict[str, Any]) -> Any:
        return dialect.connect(self.path, **how)


_IDLE: dict[str, list[_Kept]] = defaultdict(list)
"""By address: databases of PostgreSQL serve many tests, the file of each test is another."""


@asynccontextmanager
async def engines() -> AsyncIterator[Callable[[str], AsyncEngine]]:
    """Opens engines for addresses as `open_engine` takes them. Listeners that are put on one end with it."""
    taken: list[tuple[list[_Kept], _Kept]] = []

    def opened(url: str) -> AsyncEngine:
        address = sa.make_url(url)
        kind = _ANY_FILE if address.get_backend_name() == "sqlite" else url
        idle = _IDLE[kind]
        kept = idle.pop() if idle else _Kept(kind)
        taken.append((idle, kept))
        kept.path = address.database
        return kept.engine.execution_options(compiled_cache=kept.statements)

    try:
        yield opened
    finally:
        for idle, kept in taken:
            await kept.engine.dispose()
            idle.append(kept)


@asynccontextmanager
async def engine_on(url: str) -> AsyncIterator[AsyncEngine]:
    """One engine, for the database at `url`."""
    async with engines() as opened:
        yield opened(url)
