"""The desk's list, search and question page among many questions, beside a bare page of the same framework.

`python -m benchmarks.desk [questions] [units] [url of a database]`. The bare page is FastAPI and Jinja with one
`SELECT … LIMIT 50` of the same table and the same fifty lines: what the list costs beside it is sessions, permissions,
names, counts and filters. Each is asked in turn in the same run, over the same application and client, so that a
machine that is busy is busy for all of them; what is told is the ratio, of processor time, which others on the machine
disturb least. Where sqladmin and starlette-admin are installed (`benchmarks.admins`), their lists of the same table
stand beside it. `postgresql` for the URL makes a database of its own. Afterwards the door takes thirty messages a
second, in turns by itself and with the desk busy: how long its messages take, and the desk's pages meanwhile.
"""

import asyncio
import gc
import random
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Any

import httpx
import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.admins import admin_pages
from benchmarks.databases import on_postgres
from benchmarks.heard import heard
from bot.inbound import InboundQueue
from bot.media.links import ChatLinks
from bot.office import make_office
from bot.plan_files import PLANS, read_profile
from bot.vault import KeyVault
from handlers.wiring import conversation_table
from intake.actions.deadlines.clocks import settings_of
from intake.actions.plan.load_plan import load_plan
from intake.rules.deadlines.clock import ClockKind, due
from intake.rules.deadlines.clock_settings import rule_for
from intake.rules.deadlines.deadline import ClockState
from intake.rules.deadlines.due_packing import pack_due
from intake.rules.people.office_session import OfficeSession
from intake.rules.people.person import Grant, Network, Person, Role
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import QuestionState
from intake.rules.questions.question_list import LISTED_STATES
from storage import tables as t
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.tables import metadata
from storage.tables.questions import folded
from storage.unit_of_work import Store
from web.office.routes import office_router
from web.server import create_app

QUESTIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
UNITS = int(sys.argv[2]) if len(sys.argv) > 2 else 300
URL = sys.argv[3] if len(sys.argv) > 3 else ""
ROUNDS = 60 if QUESTIONS <= 200_000 else 40
BATCH = 5_000
NOW = datetime(2024, 7, 1, 1, tzinfo=UTC)
SECRET = "a secret of the benchmark"
MESSAGES, PAGES = 30, 5
"""Messages a second at the door; pages a second at the desk: twenty people who open one every four seconds."""
TURN, TURNS = 5.0, 4
"""Seconds the door is measured by itself, then as long with the desk busy, and so on."""
CHATS = 300
GOAL = 4.0
"""The list may cost so many times the bare page."""
OF_ADMINS = 0.1
"""And so much of the list of an admin interface that counts the table."""
_WHAT = ("đường hỏng", "đèn tắt", "cống nghẹt", "rác không ai thu gom", "xin cấp sổ đỏ", "nước đục", "sạt lở")
_WHERE = ("xóm", "thôn", "ngõ", "đầu làng", "cạnh trường", "sau đình")
_BARE = Environment(autoescape=True).from_string(
    "<!doctype html><title>Câu hỏi</title><table>{% for row in rows %}<tr>"
    "{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
_OPEN = (QuestionState.RECEIVED, QuestionState.TAKEN_ON, QuestionState.WAITING_FOR_MEETING)


async def _fill(store: Store) -> None:
    """A plan with its unit, more units beside it, and the questions spread over all of them."""
    async with store.unit() as uow:
        plan = (await load_plan(uow, read_profile(PLANS / "di-lang-2024.toml"))).plan
        packed = pack_due(due(rule_for(ClockKind.REPLY_OUTSIDE, settings_of(plan)), uow.today, uow.calendar))
        unit = await uow.places.unit(plan.unit_id)
        hamlets = [one.id for one in await uow.places.hamlets(unit.id)]
        desks = [desk.id for desk in await uow.places.desks(unit.id)]
        topics = [topic.id for topic in await uow.places.topics(unit.id)]
        person = await uow.people.add(Person("Nguyễn Thị Thư", language_known=True, created_at=NOW))
        account, *_ = await uow.accounts.meet(Network.WEBCHAT, "web", "bench")
        account.person_id = person.id
        await uow.people.give(Grant(person.id, Role.SECRETARY, unit.id, None, NOW))
        digest = uow.vault.digest(f"desk {SECRET}")
        await uow.browsers.add_session(OfficeSession(digest, person.id, account.id, "", NOW, NOW))
        await uow.commit()
    chance = random.Random(1)
    async with store.engine.begin() as connection:
        kept = (await connection.execute(sa.select(t.plans).where(t.plans.c.id == plan.id))).mappings().one()
        others = list(range(10_000, 10_000 + UNITS - 1))
        await connection.execute(
            sa.insert(t.units),
            [
                {
                    "id": n,
                    "code": f"U{n}",
                    "name": f"Xã {n}",
                    "level": unit.level,
                    "parent_id": None,
                    "path": f"/{n}/",
                }
                for n in others
            ],
        )
        await connection.execute(
            sa.insert(t.plans), [{**kept, "id": n, "unit_id": n, "code": f"plan-{n}"} for n in others]
        )
    places = [unit.id, *others]
    for start in track(range(0, QUESTIONS, BATCH), "questions", transient=True):
        rows = [
            _row(chance, number, places[number % UNITS], person.id, hamlets, desks, topics)
            for number in range(start + 1, min(start + BATCH, QUESTIONS) + 1)
        ]
        async with store.engine.begin() as connection:
            await connection.execute(sa.insert(t.questions), rows)
            await connection.execute(
                sa.insert(t.clocks), [_clock(row, packed) for row in rows if row["state"] in _OPEN]
            )
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("ANALYZE"))


def _row(
    chance: random.Random,
    number: int,
    unit_id: int,
    person_id: int,
    hamlets: list[int],
    desks: list[int],
    topics: list[int],
) -> dict[str, Any]:
    text = f"{chance.choice(_WHAT)} ở {chance.choice(_WHERE)} {number % 977}, bao giờ xã sửa? {chance.choice(_WHAT)}"
    return {
        "id": number,
        "unit_id": unit_id,
        "reference": f"DL-{2018 + number % 7}-{number:06}",
        "kind": QuestionKind.QUESTION,
        "original_text": text,
        "text": text,
        "folded": folded(text),
        "asker_id": person_id,
        "received_at": NOW - timedelta(minutes=number % 500_000),
        "hamlet_id": chance.choice(hamlets),
        "topic_id": chance.choice(topics),
        "desk_id": chance.choice(desks),
        "state": chance.choice(LISTED_STATES),
        "sensitive": number % 50 == 0,
        "urgent": number % 40 == 0,
        "reason": "",
    }


def _clock(row: dict[str, Any], packed: dict[str, Any]) -> dict[str, Any]:
    due_on = NOW.date() + timedelta(days=row["id"] % 60 - 20)
    return {
        "kind": ClockKind.REPLY_OUTSIDE,
        "question_id": row["id"],
        "unit_id": row["unit_id"],
        "anchor_on": NOW.date(),
        "due_on": due_on,
        "due": {**packed, "due_on": due_on.isoformat()},
        "wake_on": due_on,
        "state": ClockState.RUNNING,
        "history": [],
    }


def _bare(store: Store) -> APIRouter:
    """The least a page with fifty lines can be."""
    router = APIRouter()
    q = t.questions.c
    query = sa.select(q.reference, q.text, q.state, q.topic_id, q.desk_id, q.hamlet_id, q.received_at)

    @router.get("/bare")
    async def bare() -> Response:
        async with store.engine.connect() as connection:
            rows = (await connection.execute(query.order_by(q.id.desc()).limit(50))).all()
        return HTMLResponse(_BARE.render(rows=rows))

    return router


@dataclass
class Times:
    """Milliseconds of every time a page was asked for: by the clock, and of the processor."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


async def _timed(client: httpx.AsyncClient, pages: dict[str, str]) -> dict[str, Times]:
    """Every page, each asked in turn."""
    found = {name: Times() for name in pages}
    for turn in track(range(ROUNDS + 5), "pages", transient=True):
        for name, path in pages.items():
            if "admin" in name and turn % 5:  # they take a hundred times as long
                continue
            started, busy = perf_counter(), process_time()
            answer = await client.get(path)
            if turn >= 5:  # the first rounds warm templates and statements
                found[name].processor.append((process_time() - busy) * 1000)
                found[name].clock.append((perf_counter() - started) * 1000)
            if answer.status_code != 200:
                raise RuntimeError(f"{path} answered {answer.status_code}")
    return found


async def _beside_the_door(
    store: Store, client: httpx.AsyncClient, pages: dict[str, str]
) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of the door's messages alone and with the desk busy, and of the desk's pages meanwhile."""
    inbound = InboundQueue(store, conversation_table(), lambda: None)
    running = asyncio.create_task(inbound.run())
    events, alone, beside, asked = count(1), [], [], []

    async def message(into: list[float]) -> None:
        number = next(events)
        started = perf_counter()
        await inbound.take(heard(number % CHATS + 1, number, "xin chào"))
        into.append((perf_counter() - started) * 1000)

    async def door(into: list[float]) -> None:
        under_way = []
        for _ in range(int(TURN * MESSAGES)):
            under_way.append(asyncio.create_task(message(into)))
            await asyncio.sleep(1 / MESSAGES)
        await asyncio.gather(*under_way)

    async def desk() -> None:
        for path in cycle(pages.values()):
            started = perf_counter()
            await client.get(path)
            asked.append((perf_counter() - started) * 1000)
            await asyncio.sleep(1 / PAGES)

    await door([])
    for _ in track(range(TURNS), "the door", transient=True):
        await door(alone)
        busy = asyncio.create_task(desk())
        await door(beside)
        busy.cancel()
        await asyncio.gather(busy, return_exceptions=True)
    running.cancel()
    return alone, beside, asked


async def _no_trouble() -> str:
    return ""


class _NoSeals:
    """The pages that are measured seal nothing."""


@asynccontextmanager
async def _database(folder: Path) -> AsyncIterator[str]:
    if URL == "postgresql":
        async with on_postgres("doithoai_desk") as (url,):
            yield url
    else:
        yield URL or f"sqlite+aiosqlite:///{folder / 'desk.sqlite3'}"


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with _database(Path(folder)) as url:
            await _measure(url)


async def _measure(url: str) -> None:
    engine = open_engine(url)
    calendar = load_calendar()
    store = Store(engine, now=lambda: NOW, calendar=lambda: calendar, vault=KeyVault("a benchmark's key"))
    store.seals = _NoSeals()  # type: ignore[assignment]
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await _fill(store)
    office = make_office(store, ChatLinks(), lambda: None, lambda: NOW)
    app = create_app([office_router(office), _bare(store)], _no_trouble)
    unit_first = QUESTIONS - QUESTIONS % UNITS
    pages = {
        "list, newest first": "/ban-lam-viec/cau-hoi",
        "list, soonest due first": "/ban-lam-viec/cau-hoi?sap=han",
        "list of a state": "/ban-lam-viec/cau-hoi?tt=taken_on",
        "list, overdue": "/ban-lam-viec/cau-hoi?han=qua",
        "list, page 20": "/ban-lam-viec/cau-hoi?trang=20",
        "search, a common word": "/ban-lam-viec/cau-hoi?tim=duong",
        "search, three words": "/ban-lam-viec/cau-hoi?tim=sổ+đỏ+ngõ",
        "search, nothing found": "/ban-lam-viec/cau-hoi?tim=khong+co+gi",
        "question": f"/ban-lam-viec/cau-hoi/DL-{2018 + unit_first % 7}-{unit_first:06}",
    }
    transport = httpx.ASGITransport(app)
    cookies = {"ban": SECRET}
    gc.collect()
    gc.freeze()  # as the product does when it has started: else whatever was imported is looked through again
    async with httpx.AsyncClient(transport=transport, base_url="http://bench", cookies=cookies) as client:
        found = await _timed(client, {"bare page, 50 lines": "/bare", **pages, **admin_pages(app, engine)})
        _tell(found)
        _tell_door(*await _beside_the_door(store, client, pages))
    await store.close()


def _tell(found: dict[str, Times]) -> None:
    table = Table(title=f"{QUESTIONS:,} questions, {UNITS} units, {URL.partition(':')[0] or 'SQLite'}")
    for heading in ("page", "median ms", "p95 ms", "processor ms", "× bare"):
        table.add_column(heading, justify="left" if heading == "page" else "right")
    bare = median(next(iter(found.values())).processor)
    for name, times in found.items():
        row = (median(times.clock), quantiles(times.clock, n=20)[-1], median(times.processor))
        table.add_row(name, *(f"{one:.1f}" for one in row), f"{median(times.processor) / bare:.2f}")
    Console().print(table)
    ours = median(found["list, newest first"].processor)
    Console().print(f"the list costs {ours / bare:.2f} times the bare page; the goal is {GOAL:.0f}")
    for name, times in found.items():
        if "admin" in name:
            of = ours / median(times.processor)
            Console().print(f"the list costs {of:.3f} of that of {name}; the goal is {OF_ADMINS}")


def _tell_door(alone: list[float], beside: list[float], asked: list[float]) -> None:
    for name, times in (("by itself", alone), ("with the desk busy", beside)):
        shown = (len(times), median(times), quantiles(times, n=100)[-1])
        Console().print("the door {}: {} messages, median {:.1f} ms, p99 {:.1f} ms".format(name, *shown))
    Console().print(f"its p99 beside that by itself: {quantiles(beside, n=100)[-1] / quantiles(alone, n=100)[-1]:.2f}")
    Console().print(
        f"the desk's pages meanwhile: median {median(asked):.1f} ms, p95 {quantiles(asked, n=20)[-1]:.1f} ms"
    )


if __name__ == "__main__":
    asyncio.run(main())
