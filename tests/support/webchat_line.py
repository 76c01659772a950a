"""The line of the web chat: what a phone does goes through the real routes, what it is shown is read from its chat."""

import asyncio
import json
import re
from itertools import count
from uuid import uuid4

import httpx
import sqlalchemy as sa

from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from bot.office import make_office
from bot.outbox.relay import OutboxRelay
from bot.webchat.channel import WebChatChannel
from bot.webchat.routes import webchat_router
from bot.webchat.sessions import CHANNEL, COOKIE, ChatKey, address_of
from bot.webchat.streams import Streams
from bot.webchat.webchat import WebChat
from handlers.wiring import conversation_table
from intake.rules.people.person import Network
from storage import tables as t
from web.office.routes import office_router
from web.server import create_app

from .wire import Machine, post
from .world import Shown, World, send_waiting

_HALVES = re.compile(r"[\ud800-\udfff]")
HOST = "http://doithoai.test"
_SAID = (
    sa.select(t.web_messages.c.id, t.web_messages.c.said, t.accounts.c.address)
    .join(t.accounts, t.accounts.c.id == t.web_messages.c.account_id)
    .where(t.web_messages.c.id > sa.bindparam("last"))
    .order_by(t.web_messages.c.id)
)


class Browser:
    """One phone's browser with one chat open."""

    def __init__(self, client: httpx.AsyncClient, key: ChatKey, machine: Machine) -> None:
        self.client = client
        self.key = key
        self.machine = machine
        self.shown: list[Shown] = []

    def at(self, what: str = "") -> str:
        return f"/chat/{self.key.chat_id}/{what}"


class WebChatLine:
    """The web chat, as the phones of a test see it."""

    network = "webchat"

    def __init__(self) -> None:
        self.browsers: dict[str, Browser] = {}
        self._by_address: dict[str, Browser] = {}
        self._last = 0
        self._addresses = count(1)

    async def start(self, world: World) -> None:
        self.world = world
        self.attachments = AttachmentStore(world.data_dir / "attachments")
        self.streams = Streams(world.store)
        self.channel = WebChatChannel(world.store, self.streams, self.attachments)
        self.relay = OutboxRelay(world.store, self.channel, "test", world.clock.now)
        self.inbound = InboundQueue(world.store, conversation_table(), self.relay.wake)
        self.web = WebChat(world.store, self.inbound, self.streams, self.attachments, world.clock.now)
        self.office = office = make_office(
            world.store, ChatLinks(), self.relay.wake, world.clock.now, attachments=self.attachments
        )
        self.app = create_app([office_router(office), webchat_router(self.web)], _no_trouble)
        self._task = asyncio.create_task(self.inbound.run())

    async def stop(self) -> None:
        self._task.cancel()
        await self.streams.close()
        await self.office.news.live.close()
        for browser in self.browsers.values():
            await browser.client.aclose()

    def client(self, machine: Machine | None = None) -> httpx.AsyncClient:
        """A browser on a machine, or on one of its own."""
        transport = httpx.ASGITransport(self.app, client=machine or self._machine())
        return httpx.AsyncClient(transport=transport, base_url=HOST)

    def _machine(self) -> Machine:
        number = next(self._addresses)
        return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}", 40_000

    async def open(self, address: str) -> Browser:
        """The browser of a phone; at first it opens a chat of its own."""
        if address not in self.browsers:
            machine = self._machine()
            client = self.client(machine)
            answer = await client.post("/chat")
            assert answer.status_code == 303, answer.text
            chat_id = answer.headers["location"].split("/")[2]
            secret = next(cookie.value for cookie in client.cookies.jar if cookie.name == COOKIE)
            self._give(address, Browser(client, ChatKey(chat_id, str(secret)), machine))
        return self.browsers[address]

    def _give(self, address: str, browser: Browser) -> None:
        self.browsers[address] = browser
        self._by_address[address_of(self.world.store.vault, browser.key)] = browser

    def keys(self) -> dict[str, tuple[ChatKey, httpx.Cookies]]:
        """What opens the chats there are."""
        return {address: (one.key, one.client.cookies) for address, one in self.browsers.items()}

    def take_keys(self, keys: dict[str, tuple[ChatKey, httpx.Cookies]]) -> None:
        """Have the chats that were opened in another world with the same database."""
        for address, (key, cookies) in keys.items():
            machine = self._machine()
            client = self.client(machine)
            client.cookies = cookies  # copied
            self._give(address, Browser(client, key, machine))

    async def say(self, address: str, **what: str) -> None:
        browser = await self.open(address)
        said = json.dumps({"event_id": uuid4().hex, **what}).encode()
        cookie = {"cookie": f"{COOKIE}={browser.key.secret}"}
        answer = await post(self.app, HOST + browser.at("say"), said, cookie, browser.machine)
        assert answer.status == 200, answer.body

    async def chat(self, address: str) -> tuple[Network, str, str]:
        browser = await self.open(address)
        return Network.WEBCHAT, CHANNEL, address_of(self.world.store.vault, browser.key)

    async def text(self, address: str, text: str) -> None:
        await self.say(address, text=text)

    async def tap(self, address: str, code: str) -> None:
        await self.say(address, choice=code)

    async def contact(self, address: str, phone: str) -> None:
        await self.say(address, contact=phone)

    async def photo(self, address: str, content: bytes, caption: str) -> None:
        browser = await self.open(address)
        answer = await browser.client.post(
            browser.at("file"),
            data={"event_id": uuid4().hex, "caption": _HALVES.sub("\ufffd", caption)},  # as forms in browsers do
            files={"file": ("photo.jpg", content, "image/jpeg")},
        )
        assert answer.status_code == 200, answer.text

    async def settle(self) -> None:
        while await send_waiting(self.world.store, self.relay):
            pass
        async with self.world.store.reading() as uow:
            lines = await uow.session.execute(_SAID, {"last": self._last})
        for self._last, said, address in lines:
            if said.get("from") == "bot" and address in self._by_address:
                self._by_address[address].shown.append(_as_shown(said))

    def shown(self, address: str) -> list[Shown]:
        browser = self.browsers.get(address)
        return [] if browser is None else browser.shown


def _as_shown(said: dict) -> Shown:  # type: ignore[type-arg]
    buttons = {button["label"]: button.get("code", "") for row in said["rows"] for button in row}
    files = said["files"]
    return Shown(said["text"], buttons, tuple(file["sha256"] for file in files), tuple(file["name"] for file in files))


async def _no_trouble() -> str:
    return ""
