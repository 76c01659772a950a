"""SQLite on the event loop: what the layers above read, and waiting for another writer."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.util.concurrency import greenlet_spawn

from intake.rules.people.person import Person
from storage import inline_sqlite
from storage import tables as t
from storage.engine import open_engine
from storage.transaction import open_session
from tests.support.processes import PATIENCE
from tests.support.village import build
from tests.support.world import Clock, make_store

T = sa.Table("t", sa.MetaData(), sa.Column("a", sa.Integer, primary_key=True), sa.Column("b", sa.String, unique=True))
BS = sa.select(T.c.b).order_by(T.c.a)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    opened = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'some.sqlite3'}", synced=False)
    async with opened.begin() as connection:
        await connection.run_sync(T.metadata.create_all)
        await connection.execute(sa.insert(T), [{"b": "x"}, {"b": "y"}, {"b": "z"}])
    yield opened
    await opened.dispose()


async def bs(engine: AsyncEngine) -> list[str]:
    async with engine.connect() as connection:
        return list(await connection.scalars(BS))


async def test_rows_come_one_some_or_all(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        rows = await connection.execute(BS)
        assert rows.fetchone() == ("x",)
        assert rows.fetchmany(1) == [("y",)]
        assert rows.fetchmany() == [("z",)]
        assert rows.fetchone() is None

        added = await connection.execute(sa.insert(T).values(b="ơ"))
        assert (added.rowcount, added.inserted_primary_key) == (1, (4,))


async def test_what_was_read_stays_as_it_was_whatever_is_written_meanwhile(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        seen = []
        for row in await connection.execute(BS):
            seen.append(row.b)
            await connection.execute(sa.delete(T).where(T.c.b != "x"))
    assert seen == ["x", "y", "z"]
    assert await bs(engine) == ["x"]


async def test_what_is_rolled_back_is_gone_and_what_is_committed_stays(engine: AsyncEngine) -> None:
    for end, left in ((AsyncConnection.rollback, 3), (AsyncConnection.commit, 2)):
        async with engine.connect() as connection:
            await connection.execute(sa.delete(T).where(T.c.b == "x"))
            await end(connection)
        assert len(await bs(engine)) == left


async def test_what_fails_in_a_savepoint_leaves_the_rest_as_it_was(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(sa.insert(T).values(b="before"))
        part = await connection.begin_nested()
        await connection.execute(sa.insert(T).values(b="within"))
        with pytest.raises(sa.exc.IntegrityError):
            await connection.execute(sa.insert(T).values(b="x"))
        await part.rollback()
    assert await bs(engine) == ["x", "y", "z", "before"]


async def begins_beside_a_writer(engine: AsyncEngine) -> tuple[AsyncConnection, asyncio.Task[None]]:
    """Somebody writes; somebody else wants to, and the loop goes on turning meanwhile."""
    writer = await engine.connect()
    await writer.execute(sa.insert(T).values(b="first"))

    async def write() -> None:
        async with engine.begin() as connection:
            await connection.execute(sa.insert(T).values(b="second"))

    return writer, asyncio.create_task(write())


async def test_who_wants_to_write_waits_for_the_writer_and_holds_nobody_up(engine: AsyncEngine) -> None:
    writer, writing = await begins_beside_a_writer(engine)
    for _ in range(20):
        await asyncio.sleep(0)
    assert not writing.done()

    await writer.commit()
    await asyncio.wait_for(writing, PATIENCE)
    await writer.close()
    assert await bs(engine) == ["x", "y", "z", "first", "second"]


async def test_patience_ends(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline_sqlite, "PATIENCE", 0.01)
    writer, writing = await begins_beside_a_writer(engine)

    with pytest.raises(OperationalError, match="database is locked"):
        await asyncio.wait_for(writing, PATIENCE)
    await writer.close()


async def test_who_is_cancelled_while_waiting_leaves_nothing_behind(engine: AsyncEngine) -> None:
    writer, writing = await begins_beside_a_writer(engine)
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing

    await writer.commit()
    await writer.close()
    assert await bs(engine) == ["x", "y", "z", "first"]


async def test_an_error_that_no_waiting_mends_is_raised_at_once(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        driver.execute("BEGIN")
        with pytest.raises(OperationalError, match="within a transaction"):
            await connection.begin()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was run in a greenlet of its own, so that it may wait."""
    noted: list[str] = []

    async def spawn(run: Callable[..., Any], *about: Any, **more: Any) -> Any:
        noted.append(run.__name__)
        return await greenlet_spawn(run, *about, **more)

    monkeypatch.setattr("sqlalchemy.ext.asyncio.session.greenlet_spawn", spawn)
    return noted


async def test_a_session_waits_for_the_beginning_of_its_transaction_and_for_nothing_else(
    engine: AsyncEngine, waits: list[str]
) -> None:
    async with open_session(engine) as session:
        assert await session.scalar(BS) == "x"
        assert waits == ["scalar"]
        assert list(await session.scalars(BS, execution_options={"tag": "named"})) == ["x", "y", "z"]
        assert await session.scalar(BS.where(T.c.a == 2), execution_options={"tag": "named"}) == "y"
        await session.execute(sa.insert(T), [{"b": "kept"}])
        await session.flush()
        await session.commit()
        assert waits == ["scalar"], "writing and committing wait for nobody"

        await session.flush()
        await session.execute(sa.insert(T).values(b="given up"))  # a transaction of its own, which begins anew
        await session.rollback()
        await session.commit()
        assert waits == ["scalar", "flush", "execute", "rollback", "commit"]
        await session.execute(sa.insert(T).values(b="left open"))
    assert await bs(engine) == ["x", "y", "z", "kept"], "what was not committed is gone, and holds nobody up"


async def test_a_session_writes_down_what_was_changed_before_it_asks(sqlite_url: str, clock: Clock) -> None:
    store = make_store(open_engine(sqlite_url, synced=False), clock)
    village = await build(store)
    async with store.unit() as uow:
        first = await uow.session.get(Person, village.resident.id)
        again = await uow.session.get(Person, village.resident.id)
        assert first is again
        assert first.name == "Nguyễn Thị Lụa"
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.persons)) == 1
        assert await uow.session.get(Person, village.resident.id + 1) is None
        first.name = "Nguyễn Thị Lụa Em"
        named = sa.select(Person).where(t.persons.c.name == "Nguyễn Thị Lụa Em")
        assert list(await uow.session.scalars(named)) == [first], "what was changed is written down before it is asked"
    await store.close()


async def test_whoever_lets_go_of_a_session_lets_others_have_their_turn(engine: AsyncEngine) -> None:
    turns: list[str] = []

    async def beside() -> None:
        turns.append("beside")

    other = asyncio.create_task(beside())
    async with open_session(engine) as session:
        await session.scalar(BS)
    turns.append("after")
    await other
    assert turns == ["beside", "after"]


@pytest.mark.filterwarnings("ignore:The garbage collector is trying to clean up:sqlalchemy.exc.SAWarning")
async def test_a_connection_that_was_forgotten_holds_no_lock(engine: AsyncEngine) -> None:
    writer, writing = await begins_beside_a_writer(engine)
    del writer
    gc.collect()
    await asyncio.wait_for(writing, PATIENCE)
