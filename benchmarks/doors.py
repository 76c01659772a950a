"""The doors that are compared, each a process of its own: `python -m benchmarks.doors API_PORT FOLDER URL DOOR=PORT…`.

echo: a bare aiogram webhook that answers each text with itself. insert: the same with one committed INSERT before, into
the database at URL. ours: the product's webhook, door, conversation and sender on the same database. ours-unpaced: the
same with the pace Telegram allows taken off, to see what sending costs. A door may be named several times: so
many processes serve it. `prepare` makes the tables and the people first.
"""

import asyncio
import gc
import os
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.wire import PATH, SECRET, TOKEN

PEOPLE = 8000
FIRST_PERSON = 7_000_000
_PLAN = Path(__file__).parents[1] / "plans" / "di-lang-2024.toml"


def _freeze() -> None:
    gc.collect()
    gc.freeze()


def _updates() -> Any:
    import sqlalchemy as sa

    return sa.Table(
        "benchmark_updates",
        sa.MetaData(),
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chat", sa.Integer, nullable=False),
        sa.Column("text", sa.String, nullable=False),
    )


async def echo(port: int, api: str, url: str, *, insert: bool) -> None:
    import sqlalchemy as sa
    from aiogram import Bot, Dispatcher, Router
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler
    from aiohttp import web
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

    table = _updates()
    if url.startswith("sqlite"):
        # one connection: SQLite has one writer, and waiting in the pool costs less than polling the file's lock
        engine = create_async_engine(url, pool_size=1, max_overflow=0)

        @sa.event.listens_for(engine.sync_engine, "connect")
        def durable(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
    else:
        engine = create_async_engine(url)
    sessions = async_sessionmaker(engine)
    router = Router()

    @router.message()
    async def answer(message: Message) -> None:
        if insert:
            async with sessions() as session:
                await session.execute(sa.insert(table).values(chat=message.chat.id, text=message.text))
                await session.commit()
        await message.answer(message.text or "")

    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=SECRET).register(app, path=PATH)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    _freeze()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


def now() -> datetime:
    """Real time, carried into the plan's year so that its meetings are to come."""
    return datetime.now(UTC).replace(year=2024, month=3, day=1)  # noqa: TID251


def benchmark_store(url: str) -> Any:
    """A store on a database."""
    from bot.vault import KeyVault
    from storage.calendar_source import load_calendar
    from storage.engine import open_engine
    from storage.unit_of_work import Store

    calendar = load_calendar()
    return Store(open_engine(url), now=now, calendar=lambda: calendar, vault=KeyVault("benchmark key"))


async def settle_people(store: Any) -> None:
    """A commune whose residents have done with the greetings, its secretary, and one meeting to come."""
    import sqlalchemy as sa

    from intake.actions.plan.load_plan import load_plan
    from intake.rules.people.person import CONSENT_VERSION
    from intake.rules.plan.profile_parse import parse_profile
    from storage import tables as t

    async with store.engine.begin() as connection:
        await connection.run_sync(t.metadata.create_all)
        await connection.run_sync(_updates().metadata.create_all)
    async with store.unit() as uow:
        await load_plan(uow, parse_profile(tomllib.loads(_PLAN.read_text("utf-8")), name="di-lang-2024"))
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        commune = await uow.places.unit(hamlet.parent_id)
        await uow.commit()
    numbers = range(1, PEOPLE + 1)
    async with store.engine.begin() as connection:
        await connection.execute(
            sa.insert(t.persons),
            [
                {
                    "id": number,
                    "name": f"Nguyễn Thị {number}",
                    "hamlet_id": hamlet.id,
                    "language": "vi",
                    "language_known": True,
                    "consent_version": CONSENT_VERSION,
                    "consent_at": now(),
                    "created_at": now(),
                }
                for number in numbers
            ],
        )
        await connection.execute(
            sa.insert(t.accounts),
            [
                {
                    "id": number,
                    "network": "telegram",
                    "channel": "4242",
                    "address": str(FIRST_PERSON + number),
                    "person_id": number,
                }
                for number in numbers
            ],
        )
        await connection.execute(
            sa.insert(t.conversations),
            [{"account_id": number, "step": "", "draft": {}, "offered": [], "pace_left": 20.0} for number in numbers],
        )
        await connection.execute(
            sa.insert(t.grants), [{"person_id": 1, "role": "secretary", "unit_id": commune.id, "given_at": now()}]
        )
        await connection.execute(
            sa.insert(t.meetings),
            [
                {
                    "plan_id": 1,
                    "unit_id": commune.id,
                    "session_key": "benchmark",
                    "title": "Đối thoại tháng 4 năm 2024",
                    "theme": "",
                    "window_from": now().date(),
                    "window_to": now().date() + timedelta(days=60),
                    "precision": "month",
                    "venue": "Nhà văn hoá",
                    "state": "fixed",
                    "starts_at": now() + timedelta(days=50),
                }
            ],
        )


async def ours(port: int, api: str, folder: Path, url: str, *, paced: bool) -> None:

    import sqlalchemy as sa
    import uvicorn
    from fastapi import APIRouter

    from bot.inbound import InboundQueue
    from bot.media.attachments import AttachmentStore
    from bot.ops.logs import set_up_logs
    from bot.outbox.rate_limit import Allowance
    from bot.outbox.relay import OutboxRelay
    from bot.telegram.limits import ALLOWED
    from bot.telegram.receive import TelegramReceiver, make_bot
    from bot.telegram.send import make_channel
    from bot.telegram.webhook import router
    from handlers.wiring import conversation_table
    from storage import tables as t
    from web.server import create_app

    set_up_logs(quiet=True)
    store = benchmark_store(url)
    attachments = AttachmentStore(folder / "attachments")
    allowance = ALLOWED if paced else Allowance()
    relay = OutboxRelay(store, make_channel(TOKEN, api, attachments, allowance=allowance), f"bench-{port}", now)
    inbound = InboundQueue(store, conversation_table(), relay.wake)
    receiver = TelegramReceiver(make_bot(TOKEN, api), inbound, store, attachments)
    control = APIRouter()

    @control.post("/bench/clear")
    async def clear() -> int:
        """Forget what waits to be sent; how much that was."""
        async with store.unit() as uow:
            gone = await uow.session.execute(sa.delete(t.letters).where(t.letters.c.state == "waiting"))
            await uow.commit()
            return int(gone.rowcount)

    @control.post("/bench/silence")
    async def silence() -> None:
        """Send no more, and give the channel back."""
        sending.cancel()
        await asyncio.wait([sending])

    async def no_trouble() -> str:
        return ""

    app = create_app([router(PATH, SECRET, receiver.take), control], no_trouble)
    # idle connections are kept as long as the doors beside it keep theirs
    how = uvicorn.Config(app, "127.0.0.1", port, log_level="warning", access_log=False, timeout_keep_alive=75)
    server = uvicorn.Server(how)
    _freeze()
    async with asyncio.TaskGroup() as group:
        group.create_task(inbound.run())
        sending = group.create_task(relay.run())
        group.create_task(server.serve())


async def prepare(url: str) -> None:
    """Tables and people, in a database with nothing in it."""
    store = benchmark_store(url)
    await settle_people(store)
    await store.close()


def _open(inbound: str, port: int, api: str, folder: Path, url: str) -> None:
    match inbound:
        case "echo" | "insert":
            asyncio.run(echo(port, api, url, insert=inbound == "insert"))
        case "ours":
            asyncio.run(ours(port, api, folder, url, paced=True))
        case "ours-unpaced":
            asyncio.run(ours(port, api, folder, url, paced=False))


def main(api_port: int, folder: Path, url: str, doors: list[tuple[str, int]]) -> None:
    """Import what all of them need once, then fork them; prints the process id of each, one a line."""
    from bot.telegram.deferred_models import import_aiogram

    import_aiogram()  # as the product does, first of all; what a baseline needs is built before anything is measured
    import bot.telegram.receive
    import bot.telegram.send  # noqa: F401

    children = []
    for inbound, port in doors:
        child = os.fork()
        if child == 0:
            _open(inbound, port, f"http://127.0.0.1:{api_port}", folder, url)
            return
        print(child, flush=True)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    named = (pair.split("=") for pair in sys.argv[4:])
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], [(inbound, int(port)) for inbound, port in named])
