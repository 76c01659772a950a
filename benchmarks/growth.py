"""Whether a full year in the tables slows the door and the sender: `python -m benchmarks.growth [LETTERS] [ROUNDS]`.

Two databases on one PostgreSQL server that syncs: one with a commune and nothing else, one with as many letters told
besides (two of three of them of broadcasts) and half as many lines of web chats. The same chats say the same in each,
by turns, and what is answered is sent. What counts is the ratio of the medians; the exit status says whether the full
one is within a tenth of the empty one.
"""

import asyncio
import sys
import time
from itertools import count
from statistics import median

import sqlalchemy as sa

from benchmarks.databases import on_postgres
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
_AT_ONCE = 100_000
_STORY = ("xin chào", "/hoi", "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?", "!send~1")
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


async def fill(store: Store, letters: int) -> None:
    """A year of letters told and of lines of web chats, spread over the chats and over as many again."""
    columns = "account_id, person_id, priority, content, created_at, not_before, state, attempts, sent_at, broadcast_id"
    told = sa.text(
        f"INSERT INTO letters ({columns}) "
        "SELECT 1 + n % :chats, 1 + n % :chats, CASE WHEN n % 3 = 0 THEN 0 ELSE 2 END, :content, at, at, 'sent', 1, "
        "at, CASE WHEN n % 3 = 0 THEN NULL ELSE n / :chats END "
        "FROM (SELECT n, CAST(:at AS timestamptz) - n * interval '20 seconds' AS at "
        "FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n) AS year"
    )
    lines = sa.text(
        "INSERT INTO web_messages (account_id, said, at) "
        """SELECT 1 + n % :chats, '{"from": "bot", "text": "Xã đã nhận câu hỏi của bà.", "rows": []}', :at """
        "FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n"
    )
    chats = min(2 * PEOPLE, letters)
    for first in range(1, letters + 1, _AT_ONCE):
        last = min(letters, first + _AT_ONCE - 1)
        values = {"chats": chats, "at": now(), "first": first, "last": last}
        async with store.engine.begin() as connection:
            await connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
            await connection.execute(told, {**values, "content": _TOLD})
            await connection.execute(lines, {**values, "last": (first + last) // 2})
    async with store.engine.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await autocommit.execute(sa.text("VACUUM ANALYZE"))


async def measure(letters: int, rounds: int) -> bool:
    """Print how long each step takes in both. Returns whether the goal was met."""
    async with on_postgres("doithoai_growth_empty", "doithoai_growth_full") as urls:
        stores = [benchmark_store(url) for url in urls]
        for store in stores:
            await settle_people(store)
        began = time.perf_counter()
        await fill(stores[1], letters)
        print(f"{letters} letters and {letters // 2} lines written in {time.perf_counter() - began:.0f} s")
        async with stores[1].engine.connect() as connection:
            for table in ("letters", "web_messages"):
                size = await connection.scalar(sa.text(f"SELECT pg_total_relation_size('{table}')"))
                print(f"{table}: {size / 2**20:.0f} MiB")
        towns = [GrownCommune(store) for store in stores]
        for number in range(rounds):
            for town in towns if number % 2 else reversed(towns):
                await town.live()
        for what in towns[0].took:
            before, after = (median(town.took[what][rounds // 10 :]) * 1000 for town in towns)
            print(f"{what:<50} empty {before:6.2f} ms  full {after:6.2f} ms  {after / before:.2f}")
        whole = [median(map(sum, zip(*town.took.values(), strict=True))) for town in towns]
        worst = whole[1] / whole[0]
        print(f"a whole story with its letters: {worst:.2f} of the empty one")
        for town in towns:
            await town.close()
    return worst <= GOAL


if __name__ == "__main__":
    set_up_logs(quiet=True)
    wanted = [int(one) for one in sys.argv[1:]] or [LETTERS]
    met = asyncio.run(measure(wanted[0], wanted[1] if len(wanted) > 1 else ROUNDS))
    sys.exit(0 if met else 1)
