"""Between the process and PostgreSQL: a pooler that gives each transaction another connection, several servers."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from bot.ops.pooler import look_at_hearing, look_for_pooler, lost_statement
from bot.settings import read_settings
from storage import tables as t
from storage.engine import open_engine
from storage.unit_of_work import Store
from tests.support.pgbouncer import PGBOUNCER, pgbouncer_command, write_config
from tests.support.processes import PATIENCE, free_port, running
from tests.support.slow_postgres import wire_to
from tests.support.village import a_letter, build, meet
from tests.support.world import Clock, make_store

AT_ONCE = 20
MESSAGES = 240


@pytest.fixture
async def pooled(postgresql_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """The address of PgBouncer in transaction mode before an empty, migrated database; three connections for all."""
    if PGBOUNCER is None:
        pytest.skip("PgBouncer is not installed here")
    server, port = make_url(postgresql_url), free_port()
    config = tmp_path / "pgbouncer.ini"
    write_config(config, port, f"host={server.query['host']} user={server.username}", 3)
    process = await asyncio.create_subprocess_exec(*pgbouncer_command(config))
    async with running(process):
        address = f"postgresql://{server.username}@127.0.0.1:{port}/{server.database}"
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await (await asyncpg.connect(address, statement_cache_size=0)).close()
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    break
        yield address.replace("postgresql", "postgresql+asyncpg", 1)


async def write_letters(store: Store) -> int:
    """So many letters, many at once, each in a transaction that reads and writes. Returns how many there are then."""

    async def write(number: int) -> None:
        async with store.unit() as uow:
            account = await meet(uow, str(number))
            await uow.letters.add(a_letter(account, uow.now))
            await uow.commit()
        async with store.reading() as uow:
            assert await uow.places.roots()

    for first in range(0, MESSAGES, AT_ONCE):
        await asyncio.gather(*(write(number) for number in range(first, first + AT_ONCE)))
    async with store.reading() as uow:
        return await uow.session.scalar(sa.select(sa.func.count()).select_from(t.letters)) or 0


async def test_nothing_is_lost_behind_a_pooler_that_knows_no_prepared_statements(pooled: str, clock: Clock) -> None:
    store = make_store(open_engine(f"{pooled}?prepared_statement_cache_size=0"), clock)
    await build(store)
    assert await write_letters(store) == MESSAGES
    found = await look_at_hearing(store.engine)
    assert found is not None
    assert "look once a second" in found.sentence, "it takes LISTEN and passes nothing on"
    await store.close()


async def test_one_that_has_to_know_them_and_does_not_is_recognised(pooled: str, clock: Clock) -> None:
    engine = open_engine(pooled)
    found = await look_for_pooler(engine)
    assert found is not None
    assert "?prepared_statement_cache_size=0" in found.sentence
    store = make_store(engine, clock)
    await build(store)
    with pytest.raises(DBAPIError) as trouble:
        await write_letters(store)
    assert lost_statement(trouble.value) is not None
    await store.close()


async def test_no_pooler_is_seen_where_none_is(database_url: str) -> None:
    engine = open_engine(database_url)
    assert await look_for_pooler(engine) is None
    await engine.dispose()


async def test_trouble_of_another_kind_is_none_of_a_pooler() -> None:
    assert lost_statement(OSError()) is None
    assert lost_statement(DBAPIError("SELECT 1", None, Exception("gone"))) is None


async def test_of_several_servers_the_one_that_is_there_is_found(
    postgresql_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = make_url(postgresql_url)
    async with wire_to(str(server.query["host"])) as wire:
        hosts = f"127.0.0.1:{free_port()},127.0.0.1:{wire.port}"
        address = f"postgresql://{server.username}@{hosts}/{server.database}?target_session_attrs=read-write"
        monkeypatch.setenv("DOITHOAI_DATABASE_URL", address)
        monkeypatch.setenv("DOITHOAI_SECRET_KEY", "a key for tests only, as long as it has to be")
        store = make_store(open_engine(read_settings().engine_url), clock)
        await build(store)
        async with store.reading() as uow:
            assert await uow.places.roots()
        await store.close()
