"""The Telegram line: phones whose every word comes in through the real webhook and whose every answer is a real call.

Only the wire itself is not real: Telegram's calls are made with an in-process HTTP client, and what the product calls
is caught below the two libraries. aiogram takes seconds to import, so it is imported when a line starts.
"""

import asyncio
import hashlib
import json
from typing import TYPE_CHECKING, Any

import httpx

from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from bot.outbox.rate_limit import Allowance
from bot.outbox.relay import OutboxRelay
from bot.telegram.deferred_models import import_aiogram
from handlers.wiring import conversation_table
from intake.rules.people.person import Network
from web.server import create_app

from .wire import post
from .world import Shown, World, send_waiting

if TYPE_CHECKING:
    from .telegram_fakes import Call, FakeTelegram

SECRET = "the-secret-of-the-webhook"
HOST = "https://doithoai.test"
PATH = "/telegram/updates"
LONGEST = 4096
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def _no_trouble() -> str:
    return ""


class TelegramLine:
    """Telegram, seen from the phones of a test. `telegram` is its server: what was called, what it answers."""

    network = "telegram"
    telegram: "FakeTelegram"

    def __init__(self) -> None:
        self._updates = 0

    async def start(self, world: World) -> None:
        self.world = world
        import_aiogram()
        from bot.telegram.receive import TelegramReceiver, make_bot
        from bot.telegram.send import make_channel
        from bot.telegram.webhook import router

        from .telegram_fakes import API, TOKEN, FakeRequest, FakeSession, FakeTelegram

        self.telegram = FakeTelegram()
        attachments = AttachmentStore(world.data_dir / "attachments")
        self.channel = make_channel(TOKEN, API, attachments, request=FakeRequest(self.telegram), allowance=Allowance())
        self.relay = OutboxRelay(world.store, self.channel, "test", world.clock.now)
        self.inbound = InboundQueue(world.store, conversation_table(), lambda: None)
        self.bot = make_bot(TOKEN, API, FakeSession(self.telegram))
        self.receiver = TelegramReceiver(self.bot, self.inbound, world.store, attachments)
        self.app = create_app([router(PATH, SECRET, self.receiver.take)], _no_trouble)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=HOST)
        self._task = asyncio.create_task(self.inbound.run())

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self.client.aclose()

    async def post(self, update: Any, secret: str = SECRET, **how: Any) -> httpx.Response:
        """Call the webhook as Telegram would."""
        return await self.client.post(PATH, content=json.dumps(update), headers={_HEADER: secret}, **how)

    async def deliver(self, update: dict[str, Any]) -> None:
        answer = await post(self.app, HOST + PATH, json.dumps(update).encode(), {_HEADER: SECRET})
        assert answer.status == 200

    def begin_at(self, line: "TelegramLine") -> None:
        """Go on with the updates of another process of the same bot."""
        self._updates = line.updates

    @property
    def updates(self) -> int:
        """How many updates there were."""
        return self._updates

    def next_id(self) -> int:
        self._updates += 1
        return 900_000_000 + self._updates

    async def chat(self, address: str) -> tuple[Network, str, str]:
        return Network.TELEGRAM, str(self.bot.id), address

    async def text(self, address: str, text: str) -> None:
        from . import telegram_updates as updates

        for start in range(0, len(text), LONGEST):  # an app cuts what is longer, and sends the parts at once
            await self.deliver(updates.text(self.next_id(), address, text[start : start + LONGEST]))

    async def edits(self, address: str, text: str, ago: int = 0) -> None:
        """Change the words of the message before the last `ago` ones."""
        from . import telegram_updates as updates

        edited = self._updates - ago
        await self.deliver(updates.edit(self.next_id(), address, 900_000_000 + edited, text))

    async def album(self, address: str, pictures: list[bytes], caption: str = "") -> None:
        """Several photos sent in one go, the words under the first of them."""
        from . import telegram_updates as updates

        for number, content in enumerate(pictures):
            file_id = hashlib.sha256(content).hexdigest()[:20]
            self.telegram.files[file_id] = content
            words = "" if number else caption
            update = updates.photo(self.next_id(), address, file_id, len(content), words)
            update["message"]["media_group_id"] = f"album of {address}"
            await self.deliver(update)

    async def tap(self, address: str, code: str) -> None:
        """Tap a button under a message; one in place of the letter keys comes back as its typed label."""
        from . import telegram_updates as updates

        keys = self._letter_keys(address)
        assert not keys.get(code, False), "a phone number is shared with shares_phone"
        make = updates.text if code in keys else updates.tap
        await self.deliver(make(self.next_id(), address, code))

    async def photo(self, address: str, content: bytes, caption: str) -> None:
        from . import telegram_updates as updates

        file_id = hashlib.sha256(content).hexdigest()[:20]
        self.telegram.files[file_id] = content
        await self.deliver(updates.photo(self.next_id(), address, file_id, len(content), caption))

    async def contact(self, address: str, phone: str) -> None:
        from . import telegram_updates as updates

        await self.deliver(updates.contact(self.next_id(), address, phone))

    async def settle(self) -> None:
        while await send_waiting(self.world.store, self.relay):
            pass

    def shown(self, address: str) -> list[Shown]:
        """One entry a message; a file that came before a text is shown as that text's attachment, as people read it."""
        shown: list[Shown] = []
        files: list[str] = []
        names: list[str] = []
        for call in self.telegram.sent(address):
            if call.method != "sendMessage":
                files += [hashlib.sha256(content).hexdigest() for content in call.files.values()]
                names += call.names.values()
                continue
            shown.append(Shown(call.params["text"], _buttons(call), tuple(files), tuple(names)))
            files, names = [], []
        return shown

    def _letter_keys(self, address: str) -> dict[str, bool]:
        """The keyboard that stands in place of the letter keys now: its labels, and whether they ask for the number."""
        for call in reversed(self.telegram.sent(address)):
            markup = call.params.get("reply_markup", {})
            if "keyboard" in markup:
                rows = markup["keyboard"]
                return {key["text"]: key.get("request_contact", False) for row in rows for key in row}
            if "remove_keyboard" in markup:
                return {}
        return {}


def _buttons(call: "Call") -> dict[str, str]:
    markup = call.params.get("reply_markup", {})
    under = {key["text"]: key.get("callback_data", "") for row in markup.get("inline_keyboard", ()) for key in row}
    instead = {key["text"]: key["text"] for row in markup.get("keyboard", ()) for key in row}
    return {**under, **instead}
