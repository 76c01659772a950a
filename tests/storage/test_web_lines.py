"""The lines of a web chat, on both databases: one that cannot be read takes no other along."""

import asyncio
import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.webchat.streams import Streams
from intake.rules.people.person import AccountId, Network
from storage import tables as t
from storage.unit_of_work import Store
from tests.support.lines import PlainLine
from tests.support.logged import Logged
from tests.support.world import local, opened_world

HALF = {"from": "me", "text": "vỡ cống \ud83d", "event": "e1"}
"""What earlier versions stored when a phone cut an emoji in half."""


async def chat_of(store: Store) -> AccountId:
    async with store.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.WEBCHAT, "web", "mai")
        await uow.commit()
    return account.id


async def damage(store: Store, account: int, said: object) -> None:
    """Put a line into the chat as it may stand in the database, whatever it is."""
    async with store.unit() as uow:
        await uow.session.execute(sa.insert(t.web_messages).values(account_id=account, said=said, at=uow.now))
        await uow.commit()


async def say(store: Store, account: int, event: str, text: str) -> None:
    async with store.unit() as uow:
        await uow.web.add_own(account, event, {"from": "me", "text": text})
        await uow.commit()


async def seen(store: Store, account: int) -> list[str]:
    """The texts a page that is opened now is shown."""
    texts = []
    async with asyncio.timeout(30):
        async for event in Streams(store).events(account, 0):
            event.encode()
            if event.startswith("event: ready"):
                break
            if event.startswith("id:"):
                texts.append(json.loads(event.split("data: ", 1)[1])["text"])
    return texts


@pytest.mark.parametrize("said", [HALF, {}, [], "x", 7])
async def test_a_line_nobody_can_read_is_skipped_and_the_chat_goes_on(store: Store, logged: Logged, said: object):
    account = await chat_of(store)
    await say(store, account, "e0", "trước")
    await damage(store, account, said)
    await say(store, account, "e2", "sau")

    assert await seen(store, account) == ["trước", "sau"]
    skipped = [one for one in logged() if one.get("event") == "web_line_skipped"]
    assert len(skipped) == 1
    assert "vỡ cống" not in str(skipped)


async def test_a_chat_full_of_lines_nobody_can_read_still_shows_what_comes_after_them(store: Store):
    account = await chat_of(store)
    for _ in range(201):
        await damage(store, account, HALF)
    await say(store, account, "e2", "sau")

    assert await seen(store, account) == ["sau"]


async def test_a_line_is_found_by_its_event_and_no_words_pass_for_one_also_beside_a_damaged_line(store: Store):
    account = await chat_of(store)
    await damage(store, account, HALF)
    for event in ('e"%_2', "tên"):
        await say(store, account, event, event)
    await say(store, account, "e4", 'nói "e5" thôi')

    async with store.reading() as uow:
        found = [one for one in ("e1", 'e"%_2', "tên", "e4", "e5") if await uow.web.has_own(account, one)]
    assert found == ["e1", 'e"%_2', "tên", "e4"]


async def test_a_line_that_was_cut_off_on_the_disk_is_skipped_too(tmp_path: Path):
    """PostgreSQL keeps no such line; in a file of SQLite it may stand after an accident."""
    async with opened_world(tmp_path, PlainLine, local(2024, 3, 1)) as world:
        account = await chat_of(world.store)
        await damage(world.store, account, HALF)
        async with world.store.engine.begin() as connection:
            await connection.execute(sa.text("""UPDATE web_messages SET said = '{"from": "me", "te'"""))
        await say(world.store, account, "e2", "sau")

        assert await seen(world.store, account) == ["sau"]
