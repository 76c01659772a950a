"""PostgreSQL tells at once of the lines other processes write; nothing is lost when the connection is."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import suppress

import asyncpg
import pytest
import sqlalchemy as sa

from intake.rules.people.person import AccountId, Network
from storage.listening import listen
from storage.queries.webchat import LINES
from storage.unit_of_work import Store
from tests.support.processes import PATIENCE
from web.live import Item, Live


class Unasked:
    """Lines that nobody finds by looking: only what is told is read."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def since(self, topic: str, last_id: int) -> Sequence[Item]:
        async with self._store.reading() as uow:
            return [Item(line.id, str(line.said["text"])) for line in await uow.web.since(int(topic), last_id)]

    async def newest(self, topics: Collection[str]) -> Mapping[str, int]:
        return dict.fromkeys(topics, 0)


@pytest.fixture
async def postgres(store: Store) -> Store:
    if store.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one process, which knows what it wrote")
    return store


@pytest.fixture
async def chat(postgres: Store) -> AccountId:
    async with postgres.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.WEBCHAT, "web", "mai")
        await uow.commit()
    return account.id


@pytest.fixture
async def followed(postgres: Store, chat: AccountId) -> AsyncIterator["Followed"]:
    followed = Followed(postgres, chat)
    yield followed
    await followed.stop()


class Followed:
    """A page that follows the chat in one process, while others write."""

    def __init__(self, store: Store, chat: AccountId) -> None:
        self._store, self._chat = store, chat
        self._live = Live(Unasked(store))
        self._listening = asyncio.create_task(listen(store.engine, self._signal, self._live.signal_all, _at_once))
        self._news = self._live.follow(str(chat), 0)

    def _signal(self, chat: int) -> None:
        self._live.signal(str(chat))

    async def hears(self) -> str:
        async with asyncio.timeout(PATIENCE):
            async for news in self._news:
                if isinstance(news, Item):
                    return news.text
        raise AssertionError("nothing came")

    async def write(self, text: str, *, own: bool = False) -> None:
        async with self._store.unit() as uow:
            if own:
                await uow.history.add_own(self._chat, text, {"from": "me", "text": text})
            else:
                await uow.web.add(self._chat, {"from": "bot", "text": text})
            await uow.commit()

    async def stop(self) -> None:
        await self._live.close()
        self._listening.cancel()
        with suppress(asyncio.CancelledError):
            await self._listening


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


async def listeners(store: Store) -> list[int]:
    async with store.engine.connect() as connection:
        rows = await connection.execute(
            sa.text("SELECT pid FROM pg_stat_activity WHERE query ILIKE :said AND datname = current_database()"),
            {"said": f'%LISTEN "{LINES}"%'},
        )
        return [row.pid for row in rows if row.pid is not None]


async def is_listening(store: Store, besides: Collection[int] = ()) -> int:
    async with asyncio.timeout(PATIENCE):
        while True:
            new = [one for one in await listeners(store) if one not in besides]
            if new:
                return new[0]
            await asyncio.sleep(0.01)


async def test_what_another_process_writes_is_told_at_once(postgres: Store, followed: Followed) -> None:
    await is_listening(postgres)
    await followed.write("từ tiến trình khác")
    assert await followed.hears() == "từ tiến trình khác"
    await followed.write("lời của người dân", own=True)
    assert await followed.hears() == "lời của người dân"


async def test_what_was_written_while_nobody_listened_is_read_after_connecting_again(
    postgres: Store, followed: Followed
) -> None:
    process = await is_listening(postgres)
    await followed.write("trước")
    assert await followed.hears() == "trước"
    async with postgres.engine.begin() as connection:
        await connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": process})
    await followed.write("trong lúc mất kết nối")

    assert await followed.hears() == "trong lúc mất kết nối"
    await is_listening(postgres, besides=(process,))


async def test_words_that_are_no_chat_are_passed_over(postgres: Store, followed: Followed) -> None:
    await is_listening(postgres)
    async with postgres.engine.begin() as connection:
        for words in ("", "x", "-1"):
            await connection.execute(sa.select(sa.func.pg_notify(LINES, words)))
    await followed.write("vẫn nghe")

    assert await followed.hears() == "vẫn nghe"


async def test_where_nobody_answers_it_is_tried_again(postgres: Store) -> None:
    nowhere = sa.ext.asyncio.create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 7:
            raise asyncpg.InterfaceError("enough")

    with pytest.raises(asyncpg.InterfaceError, match="enough"):
        await listen(nowhere, lambda _: None, lambda: None, pause)
    await nowhere.dispose()
    assert pauses == [2, 4, 8, 16, 30, 30, 30]
