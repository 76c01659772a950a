"""What a big outbox costs on PostgreSQL: bytes a letter, reading `/metrics`, forgetting.

Run as `python -m benchmarks.keeping [LETTERS]`. Half of the letters were sent half a year ago, a tenth of them under a
name; the other half waits, all of it a broadcast. The server is the one of the tests: no syncing, everything in memory.
Compare the figures with each other.
"""

import asyncio
import sys
import time
from datetime import timedelta

import sqlalchemy as sa

from benchmarks.databases import NAME, on_postgres
from bot.ops.health import STUCK_AFTER
from bot.ops.metrics import Metrics
from intake.actions.outbox.retention import AT_ONCE, KEPT_BY_DEFAULT, prune_letters
from intake.rules.outbox.letter import LetterId
from storage.engine import open_engine
from storage.migrate import migrate
from storage.unit_of_work import Store
from tests.support.world import Clock, local, make_store

LETTERS = 400_000
CHATS = 20_000
_BUTTON = '[[{"code": "notice.12", "label": "button.heard", "params": {}, "literal": false, "url": ""}]]'
_TOLD = f'{{"key": "notice.push", "params": {{}}, "buttons": {_BUTTON}, "attachments": [], "asks_contact": false}}'
_WORDS = "Kính mời bà con đến dự buổi đối thoại tại nhà văn hoá thôn. " * 8
_FULL = _TOLD.replace('"params": {}', f'"params": {{"text": "{_WORDS}"}}', 1)


async def fill(store: Store, letters: int) -> None:
    """Chats, letters that were sent long ago and letters that wait, made by the database itself."""
    old, now = local(2023, 9, 1), local(2024, 3, 1)
    columns = (
        "account_id, priority, content, created_at, not_before, once, state, attempts, sent_at, network_message_id"
    )
    source = "FROM generate_series(1, :letters) n"
    async with store.engine.begin() as connection:
        await connection.execute(
            sa.text(
                "INSERT INTO accounts (network, channel, address) "
                "SELECT 'telegram', '4242', (7000000 + n)::text FROM generate_series(1, :chats) n"
            ),
            {"chats": CHATS},
        )
        sent = f"""INSERT INTO letters ({columns})
            SELECT 1 + n % {CHATS}, 2, :content, :at, :at, CASE WHEN n % 10 = 0 THEN 'notice:12:' || n END,
                   'sent', 0, :at, n::text {source}"""
        await connection.execute(sa.text(sent), {"letters": letters // 2, "content": _TOLD, "at": old})
        waiting = f"""INSERT INTO letters ({columns})
            SELECT 1 + n % {CHATS}, 2, :content, :at, :at, 'notice:13:' || n, 'waiting', 0, NULL, NULL {source}"""
        await connection.execute(sa.text(waiting), {"letters": letters // 2, "content": _FULL, "at": now})
    async with store.engine.connect() as connection:
        autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await autocommit.execute(sa.text("VACUUM ANALYZE letters"))


async def measure(letters: int) -> None:
    async with on_postgres(NAME) as (url,):
        engine = open_engine(url)
        await migrate(engine)
        store = make_store(engine, Clock(local(2024, 3, 1) + timedelta(hours=1)))
        try:
            await fill(store, letters)
            async with engine.connect() as connection:
                for what, size in (("table", "pg_table_size"), ("indexes", "pg_indexes_size")):
                    total = await connection.scalar(sa.text(f"SELECT {size}('letters')"))
                    print(f"{what}: {total / letters:.0f} bytes a letter")
                sizes = sa.text("SELECT state, avg(pg_column_size(letters.*)) FROM letters GROUP BY state")
                for state, size_of_row in await connection.execute(sizes):
                    print(f"a row that is {state}: {size_of_row:.0f} bytes")
            metrics = Metrics(store)
            for what in ("first", "again"):
                began = time.perf_counter()
                await metrics.render()
                print(f"/metrics with {letters // 2} waiting, {what}: {(time.perf_counter() - began) * 1000:.0f} ms")
            began = time.perf_counter()
            async with store.reading() as uow:
                await uow.measures.overdue(STUCK_AFTER)
            print(f"/readyz's question: {(time.perf_counter() - began) * 1000:.0f} ms")
            slices, worst, gone, after = 0, 0.0, 0, LetterId(0)
            began = time.perf_counter()
            while True:
                slice_began = time.perf_counter()
                async with store.unit() as uow:
                    done = await prune_letters(uow, after, KEPT_BY_DEFAULT)
                    await uow.commit()
                if done is None:
                    break
                after, slices, gone = done[0], slices + 1, gone + done[1]
                worst = max(worst, time.perf_counter() - slice_began)
            took = time.perf_counter() - began
            print(
                f"forgot {gone} letters in {took:.1f} s, {slices} slices of {AT_ONCE}, the worst {worst * 1000:.0f} ms"
            )
        finally:
            await store.close()


if __name__ == "__main__":
    asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS))
