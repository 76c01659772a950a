"""SQLite on the event loop: what the layer above expects of a connection, and waiting for another writer."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from storage import inline_sqlite
from storage.inline_sqlite import InlineConnection, connect


@pytest.fixture
async def path(tmp_path: Path) -> str:
    path = str(tmp_path / "some.sqlite3")
    connection = await connect(path)
    cursor = connection.cursor()
    await cursor.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT UNIQUE)")
    await cursor.executemany("INSERT INTO t (b) VALUES (?)", [("x",), ("y",), ("z",)])
    await connection.close()
    return path


async def test_rows_come_one_some_or_all(path: str) -> None:
    connection = await connect(path)
    cursor = connection.cursor()
    await cursor.execute("SELECT b FROM t ORDER BY a")
    assert [column[0] for column in cursor.description] == ["b"]
    assert await cursor.fetchone() == ("x",)
    assert await cursor.fetchmany(1) == [("y",)]
    assert await cursor.fetchall() == [("z",)]
    assert await cursor.fetchone() is None

    cursor.arraysize = 2
    assert cursor.arraysize == 2
    await cursor.execute("SELECT b FROM t ORDER BY a")
    assert await cursor.fetchmany() == [("x",), ("y",)]

    await cursor.execute("INSERT INTO t (b) VALUES (?)", ("ơ",))
    assert (cursor.rowcount, cursor.lastrowid) == (1, 4)
    await connection.close()


async def test_what_is_rolled_back_is_gone_and_what_is_committed_stays(path: str) -> None:
    connection = await connect(path)
    assert connection.isolation_level is None, "the driver begins nothing by itself"
    cursor = connection.cursor()
    for end in (connection.rollback, connection.commit):
        await cursor.execute("BEGIN IMMEDIATE")
        await cursor.execute("DELETE FROM t WHERE b = 'x'")
        await end()
        await cursor.execute("SELECT count(*) FROM t")
        assert await cursor.fetchone() == (3 if end == connection.rollback else 2,)
    await connection.close()


async def test_a_closed_connection_says_so_and_closes_twice_without_harm(path: str) -> None:
    connection = await connect(path)
    await connection.close()
    await connection.close()

    with pytest.raises(ValueError, match="Connection closed"):
        connection.cursor()


async def begins_beside_a_writer(path: str) -> tuple[InlineConnection, InlineConnection, asyncio.Task[object]]:
    """Somebody writes; somebody else wants to, and the loop goes on turning meanwhile."""
    writer, waiting = await connect(path), await connect(path)
    await writer.cursor().execute("BEGIN IMMEDIATE")
    beginning: asyncio.Task[object] = asyncio.create_task(waiting.cursor().execute("BEGIN IMMEDIATE"))
    return writer, waiting, beginning


async def test_who_wants_to_write_waits_for_the_writer_and_holds_nobody_up(path: str) -> None:
    writer, waiting, beginning = await begins_beside_a_writer(path)
    for _ in range(20):
        await asyncio.sleep(0)
    assert not beginning.done()

    await writer.commit()
    await asyncio.wait_for(beginning, 10)
    await waiting.rollback()
    await writer.close()
    await waiting.close()


async def test_patience_ends(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline_sqlite, "PATIENCE", 0.01)
    writer, waiting, beginning = await begins_beside_a_writer(path)

    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        await asyncio.wait_for(beginning, 10)
    await writer.close()
    await waiting.close()


async def test_an_error_that_no_waiting_mends_is_raised_at_once(path: str) -> None:
    connection = await connect(path)
    cursor = connection.cursor()
    await cursor.execute("BEGIN IMMEDIATE")

    with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
        await cursor.execute("BEGIN IMMEDIATE")
    await connection.close()
