"""The lines: how the phones of a test reach the product, one per network."""

import asyncio
import hashlib

from bot.inbound import InboundQueue
from bot.outbox.relay import OutboxRelay
from handlers.engine.inbound_event import InboundEvent, InboundKind, Media
from handlers.wiring import conversation_table
from intake.rules.people.person import Network
from wording.texts import Rendered

from .world import Shown, World, send_waiting


class PlainLine:
    """No network at all: what is said goes straight to the door, what is sent is written down.

    For the stories of one role; the stories of the whole product run on the real networks' lines.
    """

    network = "plain"

    def __init__(self) -> None:
        self._events = 0
        self._shown: dict[str, list[Shown]] = {}

    async def start(self, world: World) -> None:
        self._sender = OutboxRelay(world.store, _Record(self._shown), "test", world.clock.now)
        self._door = InboundQueue(world.store, conversation_table(), lambda: None)
        self._task = asyncio.create_task(self._door.run())

    async def stop(self) -> None:
        self._task.cancel()

    async def _hear(self, address: str, kind: InboundKind, **what: object) -> None:
        self._events += 1
        await self._door.hear(
            InboundEvent(Network.WEBCHAT, "plain", address, f"e{self._events}", kind, **what)  # type: ignore[arg-type]
        )

    async def chat(self, address: str) -> tuple[Network, str, str]:
        return Network.WEBCHAT, "plain", address

    async def text(self, address: str, text: str) -> None:
        await self._hear(address, InboundKind.TEXT, text=text)

    async def tap(self, address: str, code: str) -> None:
        await self._hear(address, InboundKind.CHOICE, choice=code)

    async def photo(self, address: str, content: bytes, caption: str) -> None:
        media = Media(hashlib.sha256(content).hexdigest(), "image/jpeg", len(content), "photo.jpg")
        await self._hear(address, InboundKind.MEDIA, text=caption, media=(media,))

    async def contact(self, address: str, phone: str) -> None:
        await self._hear(address, InboundKind.CONTACT, phone=phone)

    async def settle(self) -> None:
        while await send_waiting(self._sender):
            pass

    def shown(self, address: str) -> list[Shown]:
        return self._shown.setdefault(address, [])


class _Record:
    network = Network.WEBCHAT
    name = "plain"

    def __init__(self, shown: dict[str, list[Shown]]) -> None:
        self._shown = shown

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        buttons = {tap.label: tap.code for row in rendered.rows for tap in row}
        self._shown.setdefault(address, []).append(Shown(rendered.text, buttons, rendered.attachments))
        return str(letter_id)
