"""The enforcement of deadlines over a million open questions: what it costs when nothing is due, and when much is.

Run as `python -m benchmarks.sweep [questions]`. On SQLite and on PostgreSQL (the server of
`DOITHOAI_TEST_POSTGRES_URL`, or the one that comes as a wheel): a province of communes with their desks and people,
a million open questions whose clocks end later, and 1,000 of them moved so that they are due on the day of the run.
Beside the sweep, in the same run, stands the least a database can do for the same alerts and letters: three plain
statements and one commit.
"""

import asyncio
import gc
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from benchmarks.databases import databases
from bot.vault import KeyVault
from intake.rules.message import Message, pack_message
from scheduler.enforcement import run_sweep
from storage import tables as t
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.migrate import migrate
from storage.queries.deadlines.clocks import awake_clocks
from storage.queries.questions.questions import silent_questions
from storage.unit_of_work import Store
from tests.support.world import local

QUESTIONS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
COMMUNES = 300
DESKS = 3  # in each commune, with one official each
DUE_AT_ONCE = 1_000
FAR = 200  # days from the start until the first of the other clocks has to be looked at
MORNING = local(2024, 4, 1)
ROUNDS = 5


@dataclass
class Morning:
    """The clock of the store: a morning that is moved on by days."""

    at: Any = MORNING

    def now(self) -> Any:
        return self.at


def _rows(many: int) -> Iterator[list[dict[str, Any]]]:
    """Questions in slices, spread over the communes and their desks."""
    for first in range(1, many + 1, 20_000):
        yield [
            {
                "id": number,
                "unit_id": 1 + number % COMMUNES + 1,
                "reference": f"U{number % COMMUNES}-2024-{number:07}",
                "kind": "petition",
                "original_text": "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?",
                "text": "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?",
                "asker_id": 1 + number % 10_000,
                "received_at": MORNING,
                "desk_id": 1 + (number % COMMUNES) * DESKS + number // COMMUNES % DESKS,
                "state": "taken_on",
                "sensitive": False,
                "urgent": False,
                "reason": "",
            }
            for number in range(first, min(first + 20_000, many + 1))
        ]


async def seed(store: Store) -> None:
    """A province, its people, and the questions with their running clocks."""
    async with store.engine.begin() as connection:
        provinces = [{"id": 1, "code": "T", "name": "Tỉnh", "level": "province", "path": "/1/"}]
        communes = [
            {
                "id": 2 + n,
                "code": f"U{n}",
                "name": f"Xã {n}",
                "level": "commune",
                "parent_id": 1,
                "path": f"/1/{2 + n}/",
            }
            for n in range(COMMUNES)
        ]
        await connection.execute(sa.insert(t.units), provinces)
        await connection.execute(sa.insert(t.units), communes)
        await connection.execute(
            sa.insert(t.desks),
            [
                {"id": 1 + n * DESKS + d, "unit_id": 2 + n, "code": f"d{d}", "name": f"Bộ phận {d}", "position": d}
                for n in range(COMMUNES)
                for d in range(DESKS)
            ],
        )
        people = 10_000 + COMMUNES * (DESKS + 2)
        await connection.execute(
            sa.insert(t.persons),
            [
                {"id": n, "name": f"Người {n}", "language": "vi", "language_known": True, "consent_version": "1"}
                for n in range(1, people + 1)
            ],
        )
        await connection.execute(
            sa.insert(t.accounts),
            [
                {"id": n, "network": "webchat", "channel": "web", "address": str(n), "person_id": n}
                for n in range(1, people + 1)
            ],
        )
        grants = []
        for n in range(COMMUNES):
            first = 10_001 + n * (DESKS + 2)
            grants += [
                {"person_id": first + d, "role": "official", "unit_id": 2 + n, "desk_id": 1 + n * DESKS + d}
                for d in range(DESKS)
            ]
            grants += [
                {"person_id": first + DESKS, "role": "secretary", "unit_id": 2 + n, "desk_id": None},
                {"person_id": first + DESKS + 1, "role": "chair", "unit_id": 2 + n, "desk_id": None},
            ]
        await connection.execute(sa.insert(t.grants), grants)
    for rows in _rows(QUESTIONS):
        async with store.engine.begin() as connection:
            await connection.execute(sa.insert(t.questions), rows)
            await connection.execute(
                sa.insert(t.clocks),
                [
                    {
                        "kind": "reply",
                        "question_id": row["id"],
                        "unit_id": row["unit_id"],
                        "anchor_on": MORNING.date(),
                        "due_on": MORNING.date() + timedelta(days=FAR + 30 + row["id"] % 300),
                        "due": {"due_on": "2024-12-01", "anchor": "2024-04-01", "skipped": []},
                        "wake_on": MORNING.date() + timedelta(days=FAR + row["id"] % 300),
                        "state": "running",
                        "history": [],
                    }
                    for row in rows
                ],
            )
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql("ANALYZE")


async def _make_due(store: Store, day: date, many: int, left: int, first: int) -> None:
    """So many clocks, from a number on, end `left` days after a day and have to be looked at on it."""
    async with store.engine.begin() as connection:
        await connection.execute(
            sa.update(t.clocks)
            .where(t.clocks.c.id >= first, t.clocks.c.id < first + many)
            .values(due_on=day + timedelta(days=left), wake_on=day, state="running")
        )


async def _settle(store: Store) -> None:
    """Nothing is left to look at for a long time, and what was told is forgotten."""
    async with store.engine.begin() as connection:
        await connection.execute(
            sa.update(t.clocks)
            .where(t.clocks.c.wake_on < MORNING.date() + timedelta(days=FAR))
            .values(wake_on=MORNING.date() + timedelta(days=FAR + 100))
        )
        await connection.execute(sa.delete(t.letters))
        await connection.execute(sa.delete(t.alerts))


async def _timed(act: Callable[[], Awaitable[Any]]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = await act()
    return (time.perf_counter() - start) * 1000, result


async def _floor(store: Store, alerts: int, letters: int, clocks: int) -> float:
    """Milliseconds for as many plain rows and one commit: what the database itself asks for the same."""
    content = pack_message(Message("remind.question.before", {"name": "U1-2024-0000001", "days": 7}))
    async with store.engine.connect() as connection:
        start = time.perf_counter()
        async with connection.begin():
            await connection.execute(
                sa.update(t.clocks).where(t.clocks.c.id == sa.bindparam("clock")).values(wake_on=sa.bindparam("on")),
                [{"clock": 1 + n, "on": date(2025, 1, 1)} for n in range(clocks)],
            )
            await connection.execute(
                sa.insert(t.alerts),
                [
                    {
                        "subject": f"floor:{n}",
                        "recipient_id": 1 + n % 10_000,
                        "kind": "due_7",
                        "due_on": date(2024, 4, 1),
                        "raised_at": MORNING,
                    }
                    for n in range(alerts)
                ],
            )
            await connection.execute(
                sa.insert(t.letters),
                [
                    {
                        "account_id": 1 + n % 10_000,
                        "person_id": 1 + n % 10_000,
                        "priority": 1,
                        "content": content,
                        "created_at": MORNING,
                        "not_before": MORNING,
                        "state": "waiting",
                        "attempts": 0,
                    }
                    for n in range(letters)
                ],
            )
        return (time.perf_counter() - start) * 1000


async def _plan(store: Store, query: sa.Select[Any]) -> list[str]:
    """How the database means to carry out a query, in its own words."""
    text = str(query.compile(store.engine, compile_kwargs={"literal_binds": True}))
    explain = "EXPLAIN QUERY PLAN" if store.engine.dialect.name == "sqlite" else "EXPLAIN (COSTS OFF)"
    async with store.engine.connect() as connection:
        rows = (await connection.exec_driver_sql(f"{explain} {text}")).all()
    return [str(row[-1]) for row in rows]


def _resident_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measure(name: str, url: str, console: Console) -> None:
    """Seed one database, sweep it, print."""
    clock = Morning()
    calendar = load_calendar()
    store = Store(open_engine(url), now=clock.now, calendar=lambda: calendar, vault=KeyVault("benchmark"))
    await migrate(store.engine)
    seeding, _ = await _timed(lambda: seed(store))
    console.print(f"{name}: {QUESTIONS:,} open questions seeded in {seeding / 1000:.0f} s")
    day = MORNING.date()
    for title, query in (
        ("clocks to look at", awake_clocks(day, 500)),
        ("silent questions", silent_questions(MORNING)),
    ):
        console.print(f"  {title}: " + " | ".join(await _plan(store, query)))

    await run_sweep(store.unit)
    gc.collect()
    gc.freeze()  # as the product does when it has started
    nothing = [(await _timed(lambda: run_sweep(store.unit)))[0] for _ in range(20)]
    table = Table(title=f"{name}, {QUESTIONS:,} open questions, medians of {ROUNDS}")
    for heading in ("sweep", "ms", "clocks", "alerts", "letters", "floor ms", "ratio"):
        table.add_column(heading, justify="left" if heading == "sweep" else "right")
    table.add_row("nothing due", f"{median(nothing):.1f}", "0", "0", "0", "", "")
    for title, left, many in (
        ("7 days before", 7, DUE_AT_ONCE),
        ("first day late", -1, DUE_AT_ONCE),
        ("first day late", -1, DUE_AT_ONCE * 20),
    ):
        times, floors = [], []
        peak = _resident_mib()
        for round_ in range(ROUNDS if many == DUE_AT_ONCE else 1):
            await _settle(store)
            await _make_due(store, day, many, left, 1 + round_ * many)
            took, result = await _timed(lambda: run_sweep(store.unit))
            assert result.looked_at == many, result.looked_at
            times.append(took)
            await _settle(store)
            floors.append(await _floor(store, result.alerts, result.letters, many))
            await _settle(store)
        table.add_row(
            f"{title}, {many:,}",
            f"{median(times):.0f}",
            f"{many:,}",
            f"{result.alerts:,}",
            f"{result.letters:,}",
            f"{median(floors):.0f}",
            f"{median(times) / median(floors):.1f}",
        )
        console.print(f"  {title}, {many:,}: the process grew by {_resident_mib() - peak:.0f} MiB")
    console.print(table)
    await store.close()


async def _main() -> None:
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        async with databases(Path(folder)) as found:
            for name, url in found:
                await measure(name, url, console)


if __name__ == "__main__":
    asyncio.run(_main())
