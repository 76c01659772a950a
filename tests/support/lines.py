"""The lines: how the phones of a test reach the product, one per network; and on which of them a story is told.

`make test` tells every story once, on a line that the hash of its name chooses, so that it is the same one in every
run and on every machine; what is marked `contract` is told on all. `LINES=zalo-numbers` tells everything on that one.
`make test LINES=all` tells everything on all, in two runs. `once` is each story on the network of its name and no
other, and what both databases have to do on SQLite; `rest` is what `once` left. Only the first is measured: looking at
every line that is run takes a fifth of the time on top, and what a story runs of rules and handlers is the same on
each network. The Makefile hands the wish on under a name of ours, since readline sets `LINES` to the height of the
screen in every process that loads it.
"""

import asyncio
import hashlib
import inspect
import os
import zlib
from collections.abc import Sequence

import pytest

from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from bot.media.kinds import media_type_of
from bot.outbox.relay import OutboxRelay
from handlers.engine.inbound_event import InboundEvent, InboundKind, Media
from handlers.engine.table import Table
from handlers.secretary.plan_paper import PAPERS
from handlers.wiring import conversation_table
from intake.rules.people.person import Network
from wording.texts import Rendered

from .databases import POSTGRESQL
from .world import Line, Shown, World, as_shown, send_waiting

NETWORKS = ("telegram", "webchat", "zalo-buttons", "zalo-numbers")
WISHED = "DOITHOAI_TEST_LINES"
ONE = "one"
ONCE = "once"
ALL = "all"
REST = "rest"


def wish() -> str:
    """What was wished for in this run."""
    return os.environ.get(WISHED, "") or ONE


def chosen(story: str, *, contract: bool, wished: str) -> Sequence[str]:
    """The networks a story with this name is told on.

    Raises `pytest.UsageError` where what is wished for is neither a wish there is nor a network.
    """
    if wished == ALL or (wished == ONE and contract):
        return NETWORKS
    if wished in {ONE, ONCE}:
        return (first_of(story),)
    if wished == REST:
        return tuple(network for network in NETWORKS if network != first_of(story))
    if wished in NETWORKS:
        return (wished,)
    wishes = ", ".join((ONE, ONCE, REST, ALL, *NETWORKS))
    raise pytest.UsageError(f"{WISHED}={wished}: it has to be one of {wishes}")


def first_of(story: str) -> str:
    """The network of a story that is told once."""
    return NETWORKS[zlib.crc32(story.encode()) % len(NETWORKS)]


def networks_of(story: pytest.Function) -> Sequence[str]:
    """The networks this story is told on in this run."""
    contract = story.get_closest_marker("contract") is not None
    return chosen(story.originalname, contract=contract, wished=wish())


def starts_processes(test: pytest.Item) -> bool:
    """Whether whole processes are started, stopped, killed in it."""
    return test.get_closest_marker("whole_processes") is not None


def is_told(test: pytest.Item) -> bool:
    """Whether it runs at all: whole processes are for the full run, and `rest` is what `once` left.

    `once` leaves the second database as it leaves the further networks.
    """
    if starts_processes(test):
        return wish() in {ALL, REST}
    given = test.callspec.params if hasattr(test, "callspec") else {}
    again = given.get("database_url") == POSTGRESQL
    if wish() == ONCE:
        return not again
    if wish() != REST:
        return True
    return isinstance(test, pytest.Function) and (again or given.get("make_line") in networks_of(test))


def is_quick(test: pytest.Function) -> bool:
    """Whether `make quick` runs it: it asks for no fixture, or is a contract story on the network of its name."""
    given = test.callspec.params if hasattr(test, "callspec") else {}
    if test.get_closest_marker("contract") is not None:
        return given.get("make_line") == first_of(test.originalname)
    return set(inspect.signature(test.function).parameters) <= set(given)


def new_line(network: str) -> Line:
    """A line to one of the networks; what it is made of is imported here, since some stories need none."""
    from .telegram_line import TelegramLine
    from .webchat_line import WebChatLine
    from .zalo_line import ZaloLine, ZaloNumbersLine

    made = dict(zip(NETWORKS, (TelegramLine, WebChatLine, ZaloLine, ZaloNumbersLine), strict=True))
    return made[network]()


class PlainLine:
    """No network at all: what is said goes straight to the door, what is sent is written down.

    For the stories of one role; the stories of the whole product run on the real networks' lines.
    """

    network = "plain"

    def __init__(self) -> None:
        self._events = 0
        self._shown: dict[str, list[Shown]] = {}

    async def start(self, world: World) -> None:
        self._world = world
        self._sender = OutboxRelay(world.store, _Record(self._shown), "test", world.clock.now)
        self._inbound = InboundQueue(world.store, conversation_table(), lambda: None)
        self._task = asyncio.create_task(self._inbound.run())

    async def use(self, table: Table) -> None:
        """Talk by another table from now on."""
        self._task.cancel()
        self._inbound = InboundQueue(self._world.store, table, lambda: None)
        self._task = asyncio.create_task(self._inbound.run())

    async def stop(self) -> None:
        self._task.cancel()

    def keys(self) -> int:
        """How many events it has brought: the database takes none of them twice."""
        return self._events

    def take_keys(self, keys: int) -> None:
        """Count on from there."""
        self._events = keys

    async def hear(self, address: str, kind: InboundKind, **what: object) -> None:
        """Whatever a network may bring."""
        self._events += 1
        await self._inbound.take(
            InboundEvent(Network.WEBCHAT, "plain", address, f"e{self._events}", kind, **what)  # type: ignore[arg-type]
        )

    async def chat(self, address: str) -> tuple[Network, str, str]:
        return Network.WEBCHAT, "plain", address

    async def text(self, address: str, text: str) -> None:
        await self.hear(address, InboundKind.TEXT, text=text)

    async def tap(self, address: str, code: str) -> None:
        await self.hear(address, InboundKind.CHOICE, choice=code)

    async def photo(self, address: str, content: bytes, caption: str) -> None:
        media = Media(hashlib.sha256(content).hexdigest(), "image/jpeg", len(content), "photo.jpg")
        if media_type_of(content) in PAPERS:  # what is read has to be there
            media = AttachmentStore(self._world.data_dir / "attachments").save(content, "paper")
        await self.hear(address, InboundKind.MEDIA, text=caption, media=(media,))

    async def contact(self, address: str, phone: str) -> None:
        await self.hear(address, InboundKind.CONTACT, phone=phone)

    async def settle(self) -> None:
        while await send_waiting(self._world.store, self._sender):
            pass

    def shown(self, address: str) -> list[Shown]:
        return self._shown.setdefault(address, [])


class _Record:
    network = Network.WEBCHAT
    name = "plain"

    def __init__(self, shown: dict[str, list[Shown]]) -> None:
        self._shown = shown

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        self._shown.setdefault(address, []).append(as_shown(rendered))
        return str(letter_id)
