"""Where a bad day takes place: an empty database of a kind, who serves on it, and how it can be taken away."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.plan_files import PLANS, read_profile
from bot.settings import Settings
from bot.system_clock import system_now
from intake.actions.plan.load_plan import load_plan
from intake.rules.people.person import CONSENT_VERSION
from storage import tables as t
from storage.unit_of_work import Store

from .databases import SQLITE, OwnServer, own_server
from .slow_telegram import BOT_ID
from .soak_days import FIRST_CHAT
from .telegram_fakes import TOKEN

_KEY = "a key for tests only"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the day takes place: the settings of every process, and what takes the database away for a while."""

    settings: Settings
    environment: Mapping[str, str]
    processes: int
    database_away: Callable[[float], Awaitable[None]]


@asynccontextmanager
async def stage(folder: Path, database: str) -> AsyncIterator[Stage]:
    """An empty database of the kind, and so many processes as its kind allows. Raises `NoServer`."""
    environment = {"DOITHOAI_TELEGRAM_TOKEN": TOKEN}
    if database == SQLITE:
        file = folder / "doithoai.sqlite3"
        yield Stage(Settings(data_dir=folder), environment, 1, lambda seconds: _held_by_somebody_else(file, seconds))
        return
    with own_server() as server:
        settings = Settings(data_dir=folder, database_url=server.url, secret_key=_KEY)
        environment |= {
            "DOITHOAI_DATABASE_URL": server.url,
            "DOITHOAI_SECRET_KEY": _KEY,
            "DOITHOAI_TELEGRAM_WEBHOOK_URL": "https://doithoai.example/telegram",
            "DOITHOAI_TELEGRAM_WEBHOOK_SECRET": "a-secret-for-tests-only",
        }
        yield Stage(settings, environment, 2, lambda seconds: _frozen_and_killed(server, seconds))


async def _held_by_somebody_else(file: Path, seconds: float) -> None:
    """Another program holds the file and does not let go."""
    connection = sqlite3.connect(file, isolation_level=None, timeout=30, check_same_thread=False)
    await asyncio.to_thread(connection.execute, "BEGIN IMMEDIATE")
    await asyncio.sleep(seconds)
    connection.execute("ROLLBACK")
    connection.close()


async def _frozen_and_killed(server: OwnServer, seconds: float) -> None:
    """A third of the time nothing is answered, then the server is dead; afterwards it recovers."""
    await asyncio.to_thread(server.freeze)
    await asyncio.sleep(seconds / 3)
    await asyncio.to_thread(server.thaw)
    await asyncio.to_thread(server.kill)
    await asyncio.sleep(seconds * 2 / 3)
    await asyncio.to_thread(server.start)


async def prepare(store: Store, people: int) -> None:
    """Di Lăng with its plan, and so many residents who have done with the greetings."""
    async with store.unit() as uow:
        await load_plan(uow, read_profile(PLANS / "di-lang-2024.toml"))
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
        assert hamlet is not None
        await uow.commit()
    now = system_now()
    known = {"hamlet_id": hamlet.id, "language": "vi", "language_known": True, "consent_version": CONSENT_VERSION}
    chat = {"network": "telegram", "channel": BOT_ID, "last_heard_at": now}
    numbers = range(people)
    async with store.engine.begin() as connection:
        await connection.execute(
            sa.insert(t.persons),
            [{"id": n + 1, "name": f"Người {n}", "consent_at": now, "created_at": now, **known} for n in numbers],
        )
        await connection.execute(
            sa.insert(t.accounts),
            [{"id": n + 1, "person_id": n + 1, "address": str(FIRST_CHAT + n), **chat} for n in numbers],
        )
        await connection.execute(
            sa.insert(t.conversations),
            [{"account_id": n + 1, "step": "", "draft": {}, "offered": [], "pace_left": 20.0} for n in numbers],
        )
