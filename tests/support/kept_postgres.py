"""Databases of PostgreSQL that serve one test after the other, emptied in between.

To copy a database and drop it takes the server as long as thirty of them take to be emptied. Emptied is one only
where that leaves nothing: where the test changed nothing but rows, and nobody is connected any more. Whatever else
became of it, it is dropped, and the next test has a new one.
"""

import asyncio
import itertools
import os
from collections.abc import Sequence
from contextlib import suppress

import asyncpg
from sqlalchemy.engine import make_url

_numbers = itertools.count(1)
_LOOKS = 100
_BETWEEN_LOOKS_SECONDS = 0.005
"""A connection that was closed takes the server a moment to forget: so often, and so far apart, it is looked for."""
_PAGES_OF_UNCOUNTED = 10
"""What the planner takes a table for that nobody has counted, whatever is in it; a larger one it plans otherwise."""

_CATALOGUES = """
    SELECT oid::regclass::text FROM pg_class
    WHERE relkind = 'r' AND NOT relisshared AND relnamespace = 'pg_catalog'::regnamespace
"""
_TABLES = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
_ROWS = "SELECT '{0}', count(*), sum(xmin::text::bigint) FROM {0}"
"""Both are the same only as long as no row was added, changed or taken away: who writes later has a higher number."""
_OTHERWISE = {"pg_trigger": "SELECT '{0}', count(*), sum(hashtextextended({0}::text, 0)) FROM {0}"}
"""A trigger that was put out of the way and back again is as it was."""
_OF_THE_DATABASE = """
    SELECT 'database', 1, xmin::text::bigint FROM pg_database WHERE datname = current_database()
    UNION ALL SELECT 'settings', count(*), sum(xmin::text::bigint) FROM pg_db_role_setting
    WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    UNION ALL SELECT 'counted', count(*), 0 FROM pg_class
    WHERE reltuples >= 0 AND relnamespace = 'public'::regnamespace
"""
_OTHERS = (
    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend')"
)
_GROWN = """
    SELECT EXISTS (SELECT FROM pg_class WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace
                   AND pg_relation_size(oid) > $1 * current_setting('block_size')::int)
"""
_RESTART = (
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
    " FROM pg_sequences WHERE last_value IS NOT NULL"
)


class KeptDatabases:
    """The databases of one server; each is lent to one test at a time."""

    def __init__(self, server: str, template: str) -> None:
        """`server` is an address `postgresql://…` whose role may create databases, `template` what they are copied of.

        Where the role is no superuser's no database is kept: triggers cannot be passed by, nor everything looked at.
        """
        self.server = server
        self.template = template
        # the connection to a kept database outlives the tests and their loops
        self._loop = asyncio.new_event_loop()
        self._kept: list[_Kept] = []
        self._lent: dict[str, _Kept] = {}

    def lend(self) -> str:
        """The name of an empty, migrated database."""
        kept = self._kept.pop() if self._kept else self._loop.run_until_complete(self._made())
        self._lent[kept.name] = kept
        return kept.name

    def take_back(self, name: str, *, again: bool = True) -> None:
        """Empty the database for the next test; drop it where that is not enough, or nobody may have it `again`."""
        kept = self._lent.pop(name)
        if again and self._loop.run_until_complete(kept.emptied()):
            self._kept.append(kept)
        else:
            self._loop.run_until_complete(self._drop(kept))

    def close(self) -> None:
        """Drop all of them."""
        for kept in (*self._kept, *self._lent.values()):
            self._loop.run_until_complete(self._drop(kept))
        self._loop.close()

    async def _made(self) -> "_Kept":
        name = f"doithoai_test_{os.getpid()}_{next(_numbers)}"
        await tell_server(self.server, f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY FILE_COPY")
        address = make_url(self.server).set(database=name).render_as_string(hide_password=False)
        return await _Kept.of(name, await asyncpg.connect(address))

    async def _drop(self, kept: "_Kept") -> None:
        kept.connection.terminate()
        await tell_server(self.server, f"DROP DATABASE {kept.name} WITH (FORCE)")


class _Kept:
    """A database, and what it was made of when it was new."""

    def __init__(self, name: str, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        self.name = name
        self.connection = connection
        self._look = ""
        self._empty = ""
        self._new: Sequence[asyncpg.Record] = ()

    @classmethod
    async def of(cls, name: str, connection: "asyncpg.Connection[asyncpg.Record]") -> "_Kept":
        kept = cls(name, connection)
        if await connection.fetchval("SHOW is_superuser") != "on":
            return kept
        tables = [table for (table,) in await connection.fetch(_TABLES)]
        full = [table for table in tables if await connection.fetchval(f"SELECT EXISTS (SELECT FROM {table})")]  # noqa: S608 - ours
        looked_at = [catalogue for (catalogue,) in await connection.fetch(_CATALOGUES)] + full
        kept._look = " UNION ALL ".join(
            [*(_OTHERWISE.get(one, _ROWS).format(one) for one in looked_at), _OF_THE_DATABASE]
        )
        deletes = [f"DELETE FROM {table}" for table in tables if table not in full]  # noqa: S608 - ours
        # as a replica no trigger is asked: neither those of foreign keys nor those that let nothing be deleted
        kept._empty = "; ".join(["SET LOCAL session_replication_role = replica", *deletes, _RESTART])
        kept._new = await connection.fetch(kept._look)
        return kept

    async def emptied(self) -> bool:
        """Whether it is as it was when it was new."""
        if not self._empty:
            return False
        with suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError):  # a test may end connections and servers
            if await self._alone() and await self._of_the_same_shape():
                await self.connection.execute(self._empty)
                return True
        return False

    async def _alone(self) -> bool:
        for _ in range(_LOOKS):
            if not await self.connection.fetchval(_OTHERS):
                return True
            await asyncio.sleep(_BETWEEN_LOOKS_SECONDS)
        return False

    async def _of_the_same_shape(self) -> bool:
        looks = await self.connection.fetch(self._look)
        return looks == self._new and not await self.connection.fetchval(_GROWN, _PAGES_OF_UNCOUNTED)


async def tell_server(server: str, *statements: str) -> None:
    """Say some statements to the server at `postgresql://…`, each by itself."""
    connection = await asyncpg.connect(server)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
