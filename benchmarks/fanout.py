"""One message to a million people: how long until its letters are written, and what a reply costs meanwhile.

Run as `python -m benchmarks.fanout [people]`. A province of hamlets, a thousand residents in each, one chat a resident.
Beside it, in the same run, stands the least a database can do: the same rows by INSERT … SELECT, slice by slice, into
a table with nothing but a key. While the letters are written somebody says a word ten times a second; measured is how
long it takes until that is stored and the reply may go out.
"""

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from benchmarks.databases import databases
from bot.inbound import InboundQueue
from bot.outbox.fan_out import SLICE, FanOut
from bot.vault import KeyVault
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.wiring import conversation_table
from intake.actions.outbox.broadcast import start_broadcast
from intake.rules.message import Message
from intake.rules.people.person import Network
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.migrate import migrate
from storage.unit_of_work import Store
from tests.support.world import local

PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
IN_A_HAMLET = 1_000
MORNING = local(2024, 4, 1)
WORD_EVERY = 0.1
SECONDS = {"SQLite": 6.0, "PostgreSQL": 12.0}
"""The most a million letters may take on two cores."""
REPLY_MS = 150.0


async def seed(store: Store, people: int) -> list[UnitId]:
    """A commune of hamlets, and its people with a chat each; returns the hamlets."""
    hamlets = -(-people // IN_A_HAMLET)
    numbers = (
        f"WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {people}) "
        if store.engine.dialect.name == "sqlite"
        else f"WITH n AS (SELECT n FROM generate_series(1, {people}) n) "
    )
    async with store.engine.begin() as connection:
        units = [{"id": 1, "code": "X", "name": "Xã", "level": "commune", "path": "/1/"}]
        await connection.execute(sa.insert(t.units), units)
        await connection.execute(
            sa.insert(t.units),
            [
                {"id": n, "code": f"T{n}", "name": f"Thôn {n}", "level": "hamlet", "parent_id": 1, "path": f"/1/{n}/"}
                for n in range(2, 2 + hamlets)
            ],
        )
        await connection.execute(
            sa.text(
                "INSERT INTO persons (id, name, hamlet_id, language, language_known, consent_version) "
                f"{numbers} SELECT n, 'Người ' || n, 2 + n % {hamlets}, 'vi', true, '1' FROM n"
            )
        )
        await connection.execute(
            sa.text(
                "INSERT INTO accounts (network, channel, address, person_id, last_heard_at) "
                f"{numbers} SELECT 'telegram', '7712345678', 'a' || n, n, '2024-03-31 00:00:00+00:00' FROM n"
            )
        )
        await connection.exec_driver_sql("ANALYZE")
    return [UnitId(n) for n in range(2, 2 + hamlets)]


async def floor(store: Store, people: int) -> float:
    """Seconds for as many rows of the same content, in slices, into a table with nothing but a key."""
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql(
            "CREATE TABLE plain (id INTEGER PRIMARY KEY, account_id INTEGER, person_id INTEGER, state TEXT, at TEXT)"
        )
    began = time.perf_counter()
    for first in range(1, people + 1, SLICE):
        async with store.engine.begin() as connection:
            await connection.exec_driver_sql(
                "INSERT INTO plain SELECT a.id, a.id, p.id, 'waiting', '2024-04-01' FROM persons p "
                f"JOIN accounts a ON a.person_id = p.id WHERE p.id >= {first} AND p.id < {first + SLICE}"
            )
    took = time.perf_counter() - began
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE plain")
    return took


async def talk(inbound: InboundQueue, times: list[float], enough: asyncio.Event) -> None:
    """Somebody else says a word every so often; each is another person, so that nobody types too fast."""
    number = 0
    while not enough.is_set():
        number += 1
        heard = InboundEvent(Network.WEBCHAT, "bench", f"w{number}", "1", InboundKind.TEXT, text="xin chào")
        began = time.perf_counter()
        await inbound.take(heard)
        times.append(time.perf_counter() - began)
        await asyncio.sleep(WORD_EVERY)


async def measure(name: str, url: str, people: int) -> tuple[list[str], bool]:
    """One row of the table, and whether the goals are met."""
    now: Callable[[], datetime] = lambda: MORNING  # noqa: E731
    store = Store(open_engine(url), now=now, calendar=load_calendar, vault=KeyVault("bench"))
    await migrate(store.engine)
    hamlets = await seed(store, people)
    least = await floor(store, people)
    inbound = InboundQueue(store, conversation_table(), lambda: None)
    fan_out = FanOut(store, lambda: None)
    async with store.unit() as uow:
        await start_broadcast(uow, Message("talk.cancelled"), name="bench", unit_id=UnitId(1), hamlets=hamlets)
        await uow.commit()
    before = _resident_mib()
    replies: list[float] = []
    slices: list[float] = []
    enough = asyncio.Event()
    working = asyncio.create_task(inbound.run())
    talking = asyncio.create_task(talk(inbound, replies, enough))
    began = time.perf_counter()
    while True:
        at = time.perf_counter()
        if not await fan_out.spread():
            break
        slices.append(time.perf_counter() - at)
        await asyncio.sleep(0)
    took = time.perf_counter() - began
    enough.set()
    await talking
    working.cancel()
    async with store.engine.connect() as connection:
        written: Any = await connection.scalar(sa.text("SELECT count(*) FROM letters WHERE broadcast_id IS NOT NULL"))
    if written != people:
        raise RuntimeError(f"{written} letters for {people} people")
    p99 = sorted(replies)[int(len(replies) * 0.99)] * 1000
    grew = _resident_mib() - before
    await store.close()
    goal = SECONDS[name] * people / 1_000_000
    row = [
        name,
        f"{took:.1f}",
        f"{goal:.1f}",
        f"{least:.1f}",
        f"{took / least:.1f}",
        f"{max(slices) * 1000:.0f}",
        f"{p99:.0f}",
        f"{grew:.0f}",
    ]
    return row, took <= goal and p99 <= REPLY_MS


def _resident_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def _main() -> bool:
    table = Table(title=f"a message to {PEOPLE:,} people, slices of {SLICE:,}")
    heads = ("database", "s", "goal s", "bare rows s", "ratio", "worst slice ms", "reply p99 ms", "MiB more")
    for column, head in enumerate(heads):
        table.add_column(head, justify="left" if column == 0 else "right")
    met = True
    with tempfile.TemporaryDirectory() as folder:
        async with databases(Path(folder)) as found:
            for name, url in found:
                row, good = await measure(name, url, PEOPLE)
                table.add_row(*row)
                met = met and good
    Console().print(table)
    return met


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(_main()) else 1)
