"""The Zalo lines: phones of the stand-in, whose every word comes through the real webhook, every answer as a real call.

Two of them: an account that takes buttons, and one where every option is a number in the text. What a person on the
second one does with an option is what people do: they type its number while it stands on the screen as the last thing
said. Pressing something older goes by its code, as a button would.
"""

import asyncio
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import sqlalchemy as sa

from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from bot.media.door import FileDoor
from bot.outbox.relay import OutboxRelay
from bot.zalo.account.client import OaClient
from bot.zalo.account.receive import ZaloReceiver
from bot.zalo.account.send import ButtonMode, ZaloChannel
from bot.zalo.account.tokens import AccessTokens, OaKeys
from bot.zalo.account.uploads import Uploads
from bot.zalo.choosing import PRESS
from bot.zalo.files import files_router
from bot.zalo.limits import MENU_LASTS
from bot.zalo.media import ZaloFetcher
from bot.zalo.webhook import PATH, Gate, router
from bot.zalo.worker import Worker
from handlers.wiring import conversation_table
from intake.rules.message import Message, literal, pack_message, unpack
from intake.rules.outbox.letter import Letter, LetterState, Priority
from intake.rules.people.person import Network
from locales import LANGUAGES
from storage import tables as t
from storage.queries.outbox.letters import CONTENT, WITH_BROADCAST
from web.server import create_app
from wording.texts import words
from zalo_sandbox.app import Running, create_sandbox
from zalo_sandbox.config import EVENTS, SandboxConfig
from zalo_sandbox.driver import time_out
from zalo_sandbox.state import Asset
from zalo_sandbox.state import Phone as ZaloPhone
from zalo_sandbox.state import Shown as ZaloShown

from .wire import post
from .world import Shown, World, is_any, send_waiting

API = "https://openapi.zalo.test"
PUBLIC = "https://doithoai.test"
_UNHEARD = "SELECT 1 FROM zalo_events WHERE body IS NOT NULL LIMIT 1"
_NO_LIMIT = 1_000_000
_NUMBERED = re.compile(r"^(\(\d+\)|#\d+) (.+)$")
_HINTS = ("Nhắn số để chọn", "Nhắn dấu #", "Send a number", "Send # and")
_CONTACT = "share the phone number"

PATIENT = 60.0
"""Seconds for the webhook where a test is not about Zalo's patience of two: a machine may be busy."""
CONFIG = SandboxConfig(
    webhook_timeout=PATIENT,
    public_url="https://sandbox.test",
    media_url="https://f1-media.zdn.vn",
    webhook_url=f"{PUBLIC}{PATH}",
    requests_a_minute=_NO_LIMIT,
    uploads_a_month=_NO_LIMIT,
    refresh_token_life=timedelta(days=36_500),  # stories leap over months in which a bot renews its tokens every day
    events=frozenset(name for name in EVENTS if not name.startswith("oa_") and name != "user_received_message"),
)
"""Echoes and receipts, which a busy account gets for all it sends, have tests of their own."""


async def _no_trouble() -> str:
    return ""


class ZaloLine:
    """Zalo with buttons, seen from the phones of a test. `running` is the stand-in."""

    network = "zalo"
    variant = "zalo-buttons"
    mode = ButtonMode.ON
    config = CONFIG
    pause = timedelta(minutes=60)
    running: Running

    def __init__(self) -> None:
        self._shown: dict[str, list[Shown]] = {}
        self._read: dict[str, int] = {}
        self._pressed: dict[str, int] = {}
        self._marks: dict[str, dict[str, str]] = {}

    async def start(self, world: World) -> None:
        self.world = world
        self.running = create_sandbox(self.config, world.clock.now, self._deliver, time_out, steered=False)
        config, store, table = self.config, world.store, conversation_table()
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(self.running.app))
        keys = OaKeys(config.app_id, config.app_secret, config.oa_id, config.refresh_token)
        self.tokens = AccessTokens(store, self.http, API, keys, "test", world.clock.now)
        self.attachments = AttachmentStore(world.data_dir / "attachments")
        self.client = OaClient(self.http, self.tokens, API)
        self.channel = self.new_channel(self.mode)
        self.relay = OutboxRelay(store, self.channel, "test", world.clock.now)
        self.inbound = InboundQueue(store, table, lambda: None)
        fetcher = ZaloFetcher(self.http, FileDoor(world.store, self.attachments), ("*.zdn.vn",))
        self.receiver = ZaloReceiver(store, self.inbound, table, fetcher, config.oa_id, self.pause, lambda: None)
        self.worker = Worker(store, config.oa_id, self.receiver.take, self.receiver.apologise, world.clock.now)
        gate = Gate(config.app_id, config.oa_id, config.oa_secret)
        routers = [router(gate, store, self.worker.wake), files_router(store, self.attachments)]
        self.app = create_app(routers, _no_trouble)
        self.webhook = httpx.AsyncClient(transport=httpx.ASGITransport(self.app))
        self._task = asyncio.create_task(self.inbound.run())

    def new_channel(
        self, mode: ButtonMode, *, public_url: str = PUBLIC, http: httpx.AsyncClient | None = None
    ) -> ZaloChannel:
        """A channel as a process has it that was started with these settings, perhaps with another way to Zalo."""
        client = self.client if http is None else OaClient(http, self.tokens, API)
        uploads = Uploads(client, self.attachments)
        return ZaloChannel(self.world.store, client, uploads, conversation_table(), self.config.oa_id, mode, public_url)

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self.http.aclose()
        await self.webhook.aclose()
        assert self.running.sandbox.violations == []

    async def _deliver(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        return (await post(self.app, url, body, headers)).status

    def phone(self, address: str) -> ZaloPhone:
        """Somebody's phone; its user id is the address."""
        phone = self.running.people.meet(address)
        phone.id = address
        return phone

    async def bring(self) -> None:
        """Bring what waits to the webhook, which takes it, and deal with it."""
        tried = len(self.running.webhook.deliveries)
        brought = await self.running.webhook.bring()
        assert {one.status for one in self.running.webhook.deliveries[tried:]} <= {200}
        if brought or await is_any(self.world.store, _UNHEARD):
            await self.worker.drain()

    async def chat(self, address: str) -> tuple[Network, str, str]:
        self.phone(address).last_interaction = self.world.clock.now()
        return Network.ZALO, self.config.oa_id, address

    async def text(self, address: str, text: str) -> None:
        self.running.people.says(self.phone(address), text)
        await self.bring()

    async def tap(self, address: str, code: str) -> None:
        """Type the number of an option that is on the screen; press what has a button or is further up."""
        yesterday = (self.world.clock.now() - MENU_LASTS).timestamp() * 1000
        for message in reversed(self.phone(address).shown[self._pressed.get(address, 0) :]):
            if message.by == "user" or message.at < yesterday:
                break
            mark = self._marks.get(message.id, {}).get(code)
            if mark:
                await self.text(address, mark)
                return
        if not self._stands(address, code):
            await self._make_offered(address, code)
        self._pressed[address] = len(self.phone(address).shown)  # a press is not seen, but ends the numbers before it
        self.running.people.says(self.phone(address), PRESS + code, hidden=True)
        await self.bring()

    def _stands(self, address: str, code: str) -> bool:
        """Whether a button that sends this is on the phone, however far up: pressed, it has to count by itself."""
        return any(one.target == PRESS + code for shown in self.phone(address).shown for one in shown.buttons)

    async def photo(self, address: str, content: bytes, caption: str) -> None:
        until = self.world.clock.now() + timedelta(days=7)
        asset = Asset("image", "photo.jpg", content, "image/jpeg", until)
        self.running.people.sends(self.phone(address), "image", asset, caption)
        await self.bring()

    async def contact(self, address: str, phone: str) -> None:
        self.running.people.submits_contact(self.phone(address), name="", number=phone)
        await self.bring()

    def keep_window_open(self) -> None:
        """The seven days' window has stories of its own (`test_zalo_silence.py`)."""
        for phone in self.running.sandbox.phones.values():
            phone.last_interaction = self.world.clock.now()

    async def settle(self) -> None:
        self.keep_window_open()
        await self.bring()
        while await send_waiting(self.world.store, self.relay):
            await self.bring()  # what the sending itself made Zalo tell
        for address, phone in self.running.sandbox.phones.items():
            read = self._read.get(address, 0)
            for shown in phone.shown[read:]:
                if shown.by != "user":
                    await self._note(self._shown.setdefault(address, []), shown)
            self._read[address] = len(phone.shown)

    def shown(self, address: str) -> list[Shown]:
        return self._shown.setdefault(address, [])

    async def _note(self, shown: list[Shown], message: ZaloShown) -> None:
        """One entry a message; pictures and files before a text are read as that text's, a card after it likewise."""
        if message.contact:
            shown[-1] = replace(shown[-1], buttons={message.contact["title"]: _CONTACT, **shown[-1].buttons})
            return
        if not message.text:
            asset = self._asset(message)
            shown.append(Shown("", {}, (hashlib.sha256(asset.content).hexdigest(),), (asset.name,)))
            return
        files: tuple[str, ...] = ()
        names: tuple[str, ...] = ()
        while shown and not shown[-1].text:
            before = shown.pop()
            files, names = (*before.attachments, *files), (*before.names, *names)
        text, buttons = await self._options(message)
        shown.append(Shown(text, buttons, files, names))

    def _asset(self, message: ZaloShown) -> Asset:
        address = message.pictures[0] if message.pictures else (message.file or {})["url"]
        return self.running.sandbox.assets[address.rpartition("/")[2]]

    async def _make_offered(self, address: str, code: str) -> None:
        """A code nobody offered is words on Zalo (`test_zalo_receive`); who guesses one here has a letter with it."""
        async with self.world.store.unit() as uow:
            account, *_ = await uow.accounts.meet(Network.ZALO, self.config.oa_id, address)
            if await uow.zalo_chats.was_offered(account.id, code):
                return
            offer = pack_message(Message("talk.cancelled", {}, ((literal("-", code),),)))
            letter = Letter(account.id, account.person_id, Priority.REPLY, offer, uow.now, uow.now)
            letter.state = LetterState.SENT
            await uow.letters.add(letter)
            await uow.commit()

    async def _options(self, message: ZaloShown) -> tuple[str, dict[str, str]]:
        """The text without its numbered options, and every option with its code."""
        text, buttons = message.text, {one.title: one.target.removeprefix(PRESS) for one in message.buttons}
        offered = {} if buttons else await self._offered(message.id, text)
        if not offered:
            return text, buttons
        lines = text.split("\n")
        marks = {found[2]: found[1] for line in lines if (found := _NUMBERED.match(line))}
        self._marks[message.id] = {code: marks[label] for label, code in offered.items() if label in marks}
        said = [line for line in lines if not _NUMBERED.match(line) and not line.startswith(_HINTS)]
        return "\n".join(said).rstrip(), offered

    async def _offered(self, message_id: str, text: str) -> dict[str, str]:
        """The options of the letter a message belongs to, also those on further pages: label → code."""
        async with self.world.store.reading() as uow:
            found = await uow.session.execute(
                sa.select(CONTENT, t.zalo_chats.c.menu)
                .select_from(WITH_BROADCAST)
                .outerjoin(t.zalo_chats, t.zalo_chats.c.account_id == t.letters.c.account_id)
                .where(t.letters.c.network_message_id == message_id)
            )
            content, menu = found.one_or_none() or ({"buttons": []}, None)
        row = content["buttons"]
        if not row:  # nothing is kept of the letter: the numbers say what they stand for
            return {one["label"]: one["code"] for one in menu or () if f" {one['label']}\n" in text}
        readings = [
            {_label(button, language): button["code"] for buttons in row for button in buttons if not button["url"]}
            for language in LANGUAGES
        ]
        return max(readings, key=lambda reading: sum(label in text for label in reading))


def _label(button: dict[str, Any], language: str) -> str:
    params = {name: unpack(value) for name, value in button["params"].items()}
    return str(button["label"]) if button["literal"] else words(language, button["label"], params)


class ZaloNumbersLine(ZaloLine):
    """Zalo without buttons: the account refuses the first ones, from then on every option is a number."""

    variant = "zalo-numbers"
    mode = ButtonMode.AUTO
    config = replace(CONFIG, buttons="refuse-233")
