"""A network whose window closes, as strict as Zalo's: it keeps its own clock of who was heard from, and refuses."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.inbound import InboundQueue
from bot.outbox.relay import OutboxRelay
from handlers.engine.inbound_event import InboundEvent, InboundKind, Media
from handlers.wiring import conversation_table
from intake.rules.outbox.channel_policy import ZALO_WINDOW, Budgets, ChannelPolicy
from intake.rules.outbox.delivery import DeliveryFailure, Rejected, Unreachable, WindowClosed
from intake.rules.outbox.template import Templates, parse_templates
from intake.rules.people.person import Network
from wording.texts import Rendered

from .world import Shown, World, as_shown, send_waiting

OA = "388613280878808645"
TEMPLATES = parse_templates(
    {
        "link": "https://zalo.me/388613280878808645",
        "answered": {
            "id": "7001",
            "params": {"ma": "reference", "don_vi": "unit", "ngay": "date", "tu_khoa": "keyword", "trang": "link"},
        },
        "meeting": {"id": "7002", "params": {"don_vi": "unit"}},
        "news": {"id": "7003", "params": {"don_vi": "unit", "tu_khoa": "keyword"}, "by_phone": False},
    }
)


def zalo_reach(templates: Templates | None = TEMPLATES, budgets: Budgets | None = None) -> ChannelPolicy:
    """An installation with an official account, with its templates or without any."""
    return ChannelPolicy(
        windows={Network.ZALO: ZALO_WINDOW},
        templates={} if templates is None else {Network.ZALO: templates},
        budgets=budgets or Budgets(),
    )


@dataclass(frozen=True, slots=True)
class SentTemplate:
    """A template message as the network got it."""

    address: str | None
    phone: str | None
    template_id: str
    params: dict[str, str]


class WindowLine:
    """Phones on such a network; `channel.window` makes it stricter than our clock thinks."""

    network = "window"

    def __init__(self) -> None:
        self._events = 0
        self.channel = WindowChannel()

    async def start(self, world: World) -> None:
        self.world = world
        self.channel.now = world.clock.now
        self.relay = OutboxRelay(world.store, self.channel, "test", world.clock.now)
        self._inbound = InboundQueue(world.store, conversation_table(), lambda: None)
        self._task = asyncio.create_task(self._inbound.run())

    async def stop(self) -> None:
        self._task.cancel()

    async def _hear(self, address: str, kind: InboundKind, **what: object) -> None:
        self._events += 1
        self.channel.heard[address] = self.channel.now()
        self.channel.gone.discard(address)
        await self._inbound.take(InboundEvent(Network.ZALO, OA, address, f"e{self._events}", kind, **what))  # type: ignore[arg-type]

    async def chat(self, address: str) -> tuple[Network, str, str]:
        self.channel.heard[address] = self.channel.now()
        return Network.ZALO, OA, address

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
        while await send_waiting(self.world.store, self.relay):
            pass

    def shown(self, address: str) -> list[Shown]:
        return self.channel.shown.setdefault(address, [])


class WindowChannel:
    """The account on that network: what it was sent, what it refuses."""

    network = Network.ZALO
    name = OA

    def __init__(self) -> None:
        self.shown: dict[str, list[Shown]] = {}
        self.heard: dict[str, datetime] = {}
        self.gone: set[str] = set()
        self.window = ZALO_WINDOW.whole
        self.templates: list[SentTemplate] = []
        self.template_failures: list[DeliveryFailure | Exception] = []
        self.no_template_by_id: set[str] = set()
        self.on_template: Callable[[], object] = lambda: None
        self.billed = 0
        self.tries = 0
        self.now: Callable[[], datetime] = lambda: datetime.max.replace(tzinfo=UTC)

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        self.tries += 1
        if address in self.gone:
            raise Unreachable("-217")
        silence = self.now() - self.heard[address]
        if silence >= self.window:
            raise WindowClosed("-230")
        self.billed += silence >= timedelta(hours=48)
        self.shown.setdefault(address, []).append(as_shown(rendered))
        return str(letter_id)

    async def send_template(
        self, address: str | None, phone: str | None, template_id: str, params: Mapping[str, str]
    ) -> str:
        assert (address is None) != (phone is None), "exactly one way"
        outcome = self.on_template()
        if asyncio.iscoroutine(outcome):
            await outcome
        if self.template_failures:
            raise self.template_failures.pop(0)
        if address is not None and address in self.no_template_by_id:
            raise Rejected("-249")
        if not all(params.values()):
            raise Rejected("-1122")
        self.templates.append(SentTemplate(address, phone, template_id, dict(params)))
        return f"t{len(self.templates)}"
