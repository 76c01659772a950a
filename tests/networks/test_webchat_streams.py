"""Server-sent events: every line once, in order, also after a break; from whichever process it was written."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from bot.webchat.streams import Streams
from intake.rules.outbox.delivery import Unreachable
from tests.support.processes import PATIENCE
from tests.support.webchat_line import Browser, WebChatLine
from tests.support.world import World, local, opened_world
from wording.texts import Rendered, Tap


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[WebChatLine]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1)) as world:
        assert isinstance(world.line, WebChatLine)
        yield world.line


async def account_of(world: World, browser: Browser) -> int:
    from bot.webchat.sessions import address_of

    async with world.store.reading() as uow:
        account = await uow.web.account("web", address_of(uow.vault, browser.key))
    assert account is not None
    return account.account_id


async def write(line: WebChatLine, account: int, text: str) -> None:
    """As another process would: into the database, without a word to this one."""
    async with line.world.store.unit() as uow:
        await uow.web.add(account, {"from": "bot", "text": text})
        await uow.commit()


async def take(events: AsyncIterator[str], count: int) -> list[str]:
    found: list[str] = []
    async for event in events:
        if event.startswith("id:"):
            found.append(event)
        if len(found) == count:
            break
    return found


async def test_a_stream_goes_on_after_the_last_line_that_was_seen(line: WebChatLine) -> None:
    account = await account_of(line.world, await line.open("mai"))
    for number in range(450):
        await write(line, account, f"dòng {number}")
    before = await take(line.streams.events(account, 0), 300)
    last = int(before[-1].split()[1])
    after = await take(line.streams.events(account, last), 150)

    words = [event.split('"text": "')[1].split('"')[0] for event in before + after]
    assert words == [f"dòng {number}" for number in range(450)]


async def test_a_line_written_by_another_process_comes_by_itself(line: WebChatLine) -> None:
    account = await account_of(line.world, await line.open("mai"))
    elsewhere = asyncio.create_task(take(line.streams.events(account, 0), 1))
    await asyncio.sleep(0)
    await write(line, account, "từ tiến trình khác")

    assert "từ tiến trình khác" in (await asyncio.wait_for(elsewhere, PATIENCE))[0]


async def test_a_letter_sent_twice_is_one_line(line: WebChatLine) -> None:
    browser = await line.open("mai")
    from bot.webchat.sessions import address_of

    async with line.world.store.reading() as uow:
        address = address_of(uow.vault, browser.key)
    channel = line.channel
    letter = Rendered("Chào bà/ông", ((Tap("Mở trang", "", "https://vi.test/"), Tap("Gửi", "send")),))
    await channel.send(7, address, letter)
    await channel.send(7, address, letter)
    await channel.send(8, address, Rendered("lần hai"))
    account = await account_of(line.world, browser)
    lines = await take(line.streams.events(account, 0), 2)

    assert ["Chào bà/ông" in lines[0], "lần hai" in lines[1]] == [True, True]
    assert '"url": "https://vi.test/"' in lines[0]


async def test_a_letter_to_a_chat_that_is_gone_says_so(line: WebChatLine) -> None:
    with pytest.raises(Unreachable):
        await line.channel.send(1, "nobody", Rendered("x"))


async def test_streams_end_when_the_server_stops(line: WebChatLine) -> None:
    account = await account_of(line.world, await line.open("mai"))
    streams = Streams(line.world.store)

    async def all_of_it() -> list[str]:
        return [event async for event in streams.events(account, 0)]

    reading = asyncio.create_task(all_of_it())
    await asyncio.sleep(0)
    await streams.close()

    await asyncio.wait_for(reading, PATIENCE)


async def test_a_real_browser_resumes_where_it_was(line: WebChatLine) -> None:
    """Over a real socket: `Last-Event-ID` after a break brings what was missed, once."""
    server = uvicorn.Server(uvicorn.Config(line.app, host="127.0.0.1", port=0, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    mai = await line.open("mai")
    account = await account_of(line.world, mai)
    await write(line, account, "một")
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", cookies={"chat": mai.key.secret}, timeout=PATIENCE
    ) as client:
        async with client.stream("GET", mai.at("events")) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            first = await anext(one async for one in answer.aiter_lines() if one.startswith("id:"))
        await write(line, account, "hai")
        async with client.stream("GET", mai.at("events"), headers={"last-event-id": first[4:]}) as answer:
            data = await anext(one async for one in answer.aiter_lines() if one.startswith("data:"))
    await line.streams.close()
    server.should_exit = True
    await serving

    assert '"text": "hai"' in data
