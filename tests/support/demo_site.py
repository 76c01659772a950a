"""The demonstration put together for a test, with a machine's clock of the test's own."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.types import ASGIApp

from bot.demo.cast import Troupe, set_the_stage
from bot.demo.clock import BEGINS, DemoClock, letters_are_out
from bot.demo.routes import clock_above, demo_router, desk_router, parts_for_desk
from bot.hall import make_hall_site
from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from bot.media.own_copy import OwnCopyPress
from bot.media.press import PaperPress
from bot.office import make_office
from bot.outbox.fan_out import FanOut
from bot.outbox.relay import OutboxRelay
from bot.plan_files import PLANS
from bot.public import make_public_site
from bot.sealing import SEALED_FOLDER, AgeSeals
from bot.system_clock import system_now
from bot.vault import KeyVault
from bot.webchat.channel import WebChatChannel
from bot.webchat.routes import webchat_router
from bot.webchat.streams import Streams
from bot.webchat.webchat import WebChat
from handlers.wiring import conversation_table
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.tables import metadata
from storage.unit_of_work import Store
from web.hall.routes import hall_router
from web.office.routes import office_router
from web.public.front import FreshPages
from web.public.routes import public_router
from web.server import create_app

from .engines import engine_on


@dataclass
class DemoSite:
    """The running demonstration, without a socket."""

    app: ASGIApp
    store: Store
    clock: DemoClock
    relay: OutboxRelay
    troupes: tuple[Troupe, ...]
    days: list[datetime]


@dataclass
class _Staged:
    """The stage as it is set at the first moment: set once a process, copied for each demonstration."""

    database: bytes = b""
    troupes: tuple[Troupe, ...] = ()


_STAGED = _Staged()


async def _set_once() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demo.sqlite3"
        store = _store(open_engine(f"sqlite+aiosqlite:///{path}", synced=False), lambda: BEGINS)
        async with store.engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        _STAGED.troupes = await set_the_stage(store, PLANS)
        await store.close()
        _STAGED.database = path.read_bytes()


def _store(engine: AsyncEngine, now: Callable[[], datetime]) -> Store:
    calendar = load_calendar()
    return Store(engine, now=now, calendar=lambda: calendar, vault=KeyVault("a test key"))


@asynccontextmanager
async def demo_site(folder: Path, machine: Callable[[], datetime] = system_now) -> AsyncIterator[DemoSite]:
    """Open it; `days` notes each morning the clock passed."""
    if not _STAGED.database:
        await _set_once()
    path = folder / "demo.sqlite3"
    path.write_bytes(_STAGED.database)
    async with engine_on(f"sqlite+aiosqlite:///{path}") as engine:
        clock = DemoClock(folder, machine)
        async with _opened(folder, _store(engine, clock), clock) as site:
            yield site


@asynccontextmanager
async def _opened(folder: Path, store: Store, clock: DemoClock) -> AsyncIterator[DemoSite]:
    """The processes of the demonstration on a stage that is set."""
    troupes = _STAGED.troupes
    attachments = AttachmentStore(folder / "attachments")
    store.seals = AgeSeals(attachments, folder / SEALED_FOLDER)
    store.press = PaperPress(attachments, store.reading)
    store.copy_press = OwnCopyPress(attachments)
    streams = Streams(store)
    channel = WebChatChannel(store, streams, attachments)
    relay = OutboxRelay(store, channel, "test", clock)
    fan_out = FanOut(store, relay.wake_bulk)
    inbound = InboundQueue(store, conversation_table(), relay.wake)
    days: list[datetime] = []

    async def on_new_day() -> None:
        days.append(clock())
        await letters_are_out(store, channel.name, clock, relay.wake)

    web = WebChat(store, inbound, streams, attachments, clock, above=clock_above(clock))
    office = make_office(store, ChatLinks(), relay.wake, clock, attachments=attachments)
    office.parts = parts_for_desk(troupes)
    public = make_public_site(store, ChatLinks(), clock)
    routers = [
        demo_router(store, clock, troupes, on_new_day),
        desk_router(store, office, troupes),
        hall_router(make_hall_site(store, ChatLinks())),
        public_router(public),
        office_router(office),
        webchat_router(web),
    ]
    app = FreshPages(create_app(routers, _no_trouble), public)
    tasks = [asyncio.create_task(one) for one in (inbound.run(), fan_out.run(), relay.run())]
    try:
        yield DemoSite(app, store, clock, relay, troupes, days)
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await streams.close()
        await store.close()


async def _no_trouble() -> str:
    return ""
