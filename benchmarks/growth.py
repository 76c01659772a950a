"""Whether a full year in the tables slows the door and the sender: `python -m benchmarks.growth [LETTERS] [ROUNDS]`.

On SQLite, then on PostgreSQL, two databases that sync: one with a commune and nothing else, one with as many letters
told besides (two of three of them of broadcasts) and half as many lines of web chats. The same chats say the same in
each, by turns, and what is answered is sent. What counts is the ratio of the medians; the exit status says whether the
full ones are within a tenth of the empty ones. A year of a province is 14,000,000 letters.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from benchmarks.databases import on_postgres, on_sqlite
from benchmarks.doors import PEOPLE, benchmark_store, now, settle_people
from benchmarks.heard import heard
from bot.inbound import InboundQueue
from bot.ops.logs import set_up_logs
from bot.outbox.relay import OutboxRelay
from handlers.wiring import conversation_table
from intake.rules.people.person import Network
from storage.unit_of_work import Store
from wording.texts import Rendered

LETTERS = 1_000_000
ROUNDS = 150
GOAL = 1.10
PATIENCE = 900.0
"""Seconds for writing them; what is not written by then is left out, and it is said how many there are."""
_AT_ONCE = 100_000
_STORY = ("xin chào", "/hoi", "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?", "!send~1")
_LINE = '{"from": "bot", "text": "Xã đã nhận câu hỏi của bà.", "rows": []}'
_TOLD = '{"key": "notice.push", "params": {}, "buttons": [], "attachments": [], "asks_contact": false}'


class SilentNetwork:
    """A network that takes everything and says nothing."""

    network = Network.TELEGRAM
    name = "4242"

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        """Take it."""
        del address, rendered
        return str(letter_id)


class GrownCommune:
    """An installation whose chats write and are answered."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._inbound = InboundQueue(store, conversation_table(), lambda: None)
        self._relay = OutboxRelay(store, SilentNetwork(), "benchmark", now)
        self._people, self._events = count(2), count(1)
        self._running = asyncio.create_task(self._inbound.run())
        self.took: dict[str, list[float]] = {what: [] for what in (*_STORY, "sending")}

    async def live(self) -> None:
        """One chat tells its story, and everything that is to be said for it is sent."""
        person = next(self._people)
        for said in _STORY:
            began = time.perf_counter()
            await self._inbound.take(heard(person, next(self._events), said))
            self.took[said].append(time.perf_counter() - began)
        began = time.perf_counter()
        await self._relay.work_off()
        self.took["sending"].append(time.perf_counter() - began)

    async def close(self) -> None:
        self._running.cancel()
        await self.store.close()


def _year(dialect: str) -> tuple[str, str]:
    """How letters told and lines of web chats are inserted, from one number to another."""
    if dialect == "sqlite":
        said_at = "strftime('%Y-%m-%d %H:%M:%f000', :at, '-' || (n * 20) || ' seconds')"
    else:
        said_at = "CAST(:at AS timestamptz) - n * interval '20 seconds'"
    numbers = "WITH RECURSIVE year(n) AS (SELECT CAST(:first AS int) UNION ALL SELECT n + 1 FROM year WHERE n < :last)"
    letters = (
        "INSERT INTO letters "
        "(account_id, person_id, priority, content, created_at, not_before, state, attempts, sent_at, broadcast_id) "
        f"{numbers} SELECT 1 + n % :chats, 1 + n % :chats, CASE WHEN n % 3 = 0 THEN 0 ELSE 2 END, "
        f"'{_TOLD}', {said_at}, {said_at}, 'sent', 1, {said_at}, "
        "CASE WHEN n % 3 = 0 THEN NULL ELSE n / :chats END FROM year"
    )
    lines = f"INSERT INTO web_messages (account_id, said, at) {numbers} SELECT 1 + n % :chats, '{_LINE}', :at FROM year"
    return letters, lines


async def fill(store: Store, letters: int) -> int:
    """A year of letters told and of lines of web chats, spread over the chats and over as many again.

    Returns how many letters there was time for within `PATIENCE` seconds.
    """
    chats, written, began = min(2 * PEOPLE, letters), 0, time.perf_counter()
    told, lines = map(sa.text, _year(store.engine.dialect.name))
    on_sqlite = store.engine.dialect.name == "sqlite"
    at = now().strftime("%Y-%m-%d %H:%M:%S") if on_sqlite else now()
    async with store.engine.connect() as connection:
        if on_sqlite:  # said where no transaction has begun
            driver: Any = (await connection.get_raw_connection()).driver_connection
            driver.execute("PRAGMA foreign_keys=OFF")
            driver.execute("PRAGMA synchronous=OFF")
        else:
            await connection.execute(sa.text("SET session_replication_role = replica"))
        while written < letters and time.perf_counter() - began < PATIENCE:
            first, written = written + 1, min(letters, written + _AT_ONCE)
            values = {"chats": chats, "at": at, "first": first, "last": written}
            await connection.execute(told, values)
            await connection.execute(lines, {**values, "last": (first + written) // 2})
            await connection.commit()
        if on_sqlite:  # as a year of life leaves them, not as one that was written in a rush
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        await connection.invalidate()  # whoever comes next has a connection that checks and syncs
    if not on_sqlite:
        async with store.engine.connect() as connection:
            vacuuming = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await vacuuming.execute(sa.text("VACUUM ANALYZE"))
    return written


async def measure(name: str, urls: Sequence[str], letters: int, rounds: int) -> bool:
    """Print how long each step takes in an empty database and in a full one. Returns whether the goal was met."""
    stores = [benchmark_store(url) for url in urls]
    for store in stores:
        await settle_people(store)
    began = time.perf_counter()
    written = await fill(stores[1], letters)
    print(
        f"{name}: {written} letters and {written // 2} lines written in {time.perf_counter() - began:.0f} s", flush=True
    )
    towns = [GrownCommune(store) for store in stores]
    for number in range(rounds):
        for town in towns if number % 2 else reversed(towns):
            await town.live()
    for what in towns[0].took:
        before, after = (median(town.took[what][rounds // 10 :]) * 1000 for town in towns)
        print(f"{what:<50} empty {before:6.2f} ms  full {after:6.2f} ms  {after / before:.2f}")
    whole = [median(map(sum, zip(*town.took.values(), strict=True))) for town in towns]
    worst = whole[1] / whole[0]
    print(f"{name}: a whole story with its letters: {worst:.2f} of the empty one", flush=True)
    for town in towns:
        await town.close()
    return worst <= GOAL


async def _main(letters: int, rounds: int) -> bool:
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as full:
        met = await measure("SQLite", [on_sqlite(Path(empty)), on_sqlite(Path(full))], letters, rounds)
    async with on_postgres("doithoai_growth_empty", "doithoai_growth_full") as urls:
        return await measure("PostgreSQL", urls, letters, rounds) and met


if __name__ == "__main__":
    set_up_logs(quiet=True)
    wanted = [int(one) for one in sys.argv[1:]] or [LETTERS]
    met = asyncio.run(_main(wanted[0], wanted[1] if len(wanted) > 1 else ROUNDS))
    sys.exit(0 if met else 1)
