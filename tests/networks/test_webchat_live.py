"""Live lines over a WebSocket: each once, in order, after a break too; for the chat's own page and nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from intake.actions.people.leave_computer import leave_computer
from intake.rules.people.person import Network
from tests.support.processes import PATIENCE
from tests.support.webchat_line import Browser, WebChatLine
from tests.support.world import local, opened_world
from web.connections import Connections, guarded
from web.live import GONE, LARGEST_WORD, MOST_OF_A_TOPIC, OVERCROWDED, RESTARTING, Live


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[WebChatLine]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1)) as world:
        assert isinstance(world.line, WebChatLine)
        yield world.line


class Site:
    """The web chat, served as a process serves it."""

    def __init__(self, server: uvicorn.Server, connections: Connections) -> None:
        self.server, self.connections = server, connections
        self.host = f"127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"

    @asynccontextmanager
    async def page(self, browser: Browser, after: int = 0, **headers: str) -> AsyncIterator[ClientConnection]:
        told = {"Origin": f"http://{self.host}", "Cookie": f"chat={browser.key.secret}", **headers}
        address = f"ws://{self.host}{browser.at('live')}?after={after}"
        async with connect(address, additional_headers=told, compression=None, open_timeout=PATIENCE) as page:
            yield page


@pytest.fixture
async def site(line: WebChatLine) -> AsyncIterator[Site]:
    connections = Connections(most=200, of_one_address=200)
    http, ws = guarded(connections)
    config = uvicorn.Config(
        line.app,
        host="127.0.0.1",
        port=0,
        log_config=None,
        lifespan="off",
        http=http,
        ws=ws,
        ws_per_message_deflate=False,
        ws_max_size=LARGEST_WORD,
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield Site(server, connections)
    await line.streams.close()
    server.should_exit = True
    await serving
    assert len(connections) == 0, "every connection was counted out again"


async def write(line: WebChatLine, browser: Browser, text: str, *, told: bool = True) -> None:
    async with line.world.store.unit() as uow:
        from bot.webchat.sessions import address_of

        account = await uow.web.account("web", address_of(uow.vault, browser.key))
        assert account is not None
        await uow.web.add(account.account_id, {"from": "bot", "text": text})
        await uow.commit()
    if told:
        line.streams.signal(account.account_id)


async def hears(page: ClientConnection) -> Any:
    async with asyncio.timeout(PATIENCE):
        return json.loads(await page.recv())


async def closed_with(page: ClientConnection) -> int | None:
    async with asyncio.timeout(PATIENCE):
        try:
            while True:
                await page.recv()
        except ConnectionClosed as closed:
            return None if closed.rcvd is None else closed.rcvd.code


async def test_a_page_gets_what_there_was_and_what_comes_and_goes_on_where_it_was(line: WebChatLine, site: Site):
    mai = await line.open("mai")
    await write(line, mai, "một")
    async with site.page(mai) as page:
        first = await hears(page)
        assert (first["text"], await hears(page)) == ("một", {"ready": True})
        await write(line, mai, "hai")
        assert (await hears(page))["text"] == "hai"
    await write(line, mai, "ba")
    async with site.page(mai, after=first["id"]) as page:
        assert [(await hears(page))["text"] for _ in range(2)] == ["hai", "ba"]


async def test_what_another_process_wrote_comes_by_itself(line: WebChatLine, site: Site):
    mai = await line.open("mai")
    async with site.page(mai) as page:
        assert await hears(page) == {"ready": True}
        await write(line, mai, "từ tiến trình khác", told=False)
        assert (await hears(page))["text"] == "từ tiến trình khác"


async def test_each_page_hears_of_its_own_chat_only(line: WebChatLine, site: Site):
    mai, tam = await line.open("mai"), await line.open("tam")
    async with site.page(mai) as at_mai, site.page(tam) as at_tam:
        assert [await hears(at_mai), await hears(at_tam)] == [{"ready": True}] * 2
        await write(line, mai, "cho Mai")
        await write(line, tam, "cho Tâm")
        assert [(await hears(at_mai))["text"], (await hears(at_tam))["text"]] == ["cho Mai", "cho Tâm"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.test"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Cookie": "chat=guessed"},
        {"Cookie": ""},
    ],
)
async def test_neither_another_site_nor_another_browser_gets_a_socket(
    line: WebChatLine, site: Site, headers: dict[str, str]
):
    mai = await line.open("mai")
    with pytest.raises(InvalidStatus) as refused:
        async with site.page(mai, **headers):
            pass
    assert refused.value.response.status_code == 403


async def test_a_page_has_nothing_to_say_on_its_socket(line: WebChatLine, site: Site):
    mai = await line.open("mai")
    for said in ("xin chào", "x" * 10_000):
        async with site.page(mai) as page:
            await page.send(said)
            assert await closed_with(page) in (1008, 1009)


async def test_one_page_too_many_gets_what_there_is_and_is_to_ask_again(line: WebChatLine, site: Site):
    mai = await line.open("mai")
    await write(line, mai, "một")
    sockets = []
    for _ in range(MOST_OF_A_TOPIC):
        page = await _opened(site, mai)
        sockets.append(page)
        assert (await hears(page))["text"] == "một"
        assert await hears(page) == {"ready": True}
    async with site.page(mai) as late:
        assert (await hears(late))["text"] == "một"
        assert await hears(late) == {"ready": True}
        assert await closed_with(late) == OVERCROWDED
    async with httpx.AsyncClient(base_url=f"http://{site.host}", cookies={"chat": mai.key.secret}) as client:
        stream = await client.get(mai.at("events"), timeout=PATIENCE)
    assert "một" in stream.text
    assert stream.text.endswith("event: ready\ndata: {}\n\n"), "the same, without a socket"
    for page in sockets:
        await page.close()


async def _opened(site: Site, browser: Browser) -> ClientConnection:
    told = {"Origin": f"http://{site.host}", "Cookie": f"chat={browser.key.secret}"}
    return await connect(f"ws://{site.host}{browser.at('live')}", additional_headers=told, compression=None)


async def test_sockets_end_when_the_server_stops(line: WebChatLine, site: Site):
    mai = await line.open("mai")
    async with site.page(mai) as page:
        assert await hears(page) == {"ready": True}
        await line.streams.close()
        assert await closed_with(page) == RESTARTING


async def test_a_silent_topic_is_alive_and_one_that_is_over_ends(world_of_items: "Items"):
    live = Live(world_of_items, heartbeat=0.01)
    followed = [news async for news in _some(live, 3)]

    assert followed == ['{"ready": true}', '{"beat": true}', '{"beat": true}']
    assert GONE > OVERCROWDED


class Items:
    async def since(self, topic: str, last_id: int) -> list[Any]:
        del topic, last_id
        return []

    async def newest(self, topics: Any) -> dict[str, int]:
        return dict.fromkeys(topics, 0)


@pytest.fixture
def world_of_items() -> Items:
    return Items()


async def _some(live: Live, many: int) -> AsyncIterator[Any]:
    left = many
    async for news in live.follow("a", 0):
        yield news
        left -= 1
        if not left:
            await live.close()


@pytest.mark.parametrize("told", [True, False], ids=["here", "in another process"])
async def test_a_page_of_a_chat_that_is_over_is_let_go_at_once(line: WebChatLine, site: Site, *, told: bool):
    """Left at this computer, or taken away from another chat: who sits there hears nothing more."""
    from bot.webchat.sessions import address_of

    mai, tam = await line.open("mai"), await line.open("tam")
    async with site.page(mai) as page, site.page(tam) as other:
        assert [await hears(page), await hears(other)] == [{"ready": True}] * 2
        async with line.world.store.unit() as uow:
            met = await uow.accounts.meet(Network.WEBCHAT, "web", address_of(uow.vault, mai.key))
            account_id = met.account.id
            await leave_computer(uow, person=None, account=met.account)
            await uow.commit()
        if told:
            line.streams.signal(account_id)
        assert await closed_with(page) == GONE
        await write(line, tam, "vẫn ở đây")
        assert (await hears(other))["text"] == "vẫn ở đây"
    with pytest.raises(InvalidStatus):
        async with site.page(mai):
            pass


async def test_a_stream_says_that_the_chat_is_over(line: WebChatLine):
    mai = await line.open("mai")
    await write(line, mai, "một")
    async with line.world.store.unit() as uow:
        from bot.webchat.sessions import address_of

        met = await uow.accounts.meet(Network.WEBCHAT, "web", address_of(uow.vault, mai.key))
        account_id = met.account.id
        await leave_computer(uow, person=None, account=met.account)
        await uow.commit()
    events = [event async for event in line.streams.events(account_id, 0)]
    assert events[1:] == ["event: over\ndata: {}\n\n"]
