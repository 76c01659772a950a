"""The chain over the audit trail: `python -m benchmarks.audit [ENTRIES]`.

A million entries are sealed and verified, beside a bare loop of the standard library that reads the same rows and
hashes each; and what sealing costs an entry, beside what the door costs the message that wrote it. SQLite, one process,
processor time.
"""

import asyncio
import gc
import sqlite3
import sys
import tempfile
from contextlib import closing
from hashlib import sha256
from itertools import count
from pathlib import Path
from time import process_time

from benchmarks.doors import benchmark_store
from benchmarks.message import STORIES, Counted, open_door, tell_story
from bot.ops.logs import set_up_logs
from intake.actions.audit import seal as seal_module
from intake.actions.audit.verify import verify
from storage.migrate import migrate
from storage.unit_of_work import Store

ENTRIES = 1_000_000
A_SEAL = 100
"""Entries between two seals of a commune on a busy day."""
ROUNDS = 3
_FILL = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {entries})
INSERT INTO audit_entries (at, act, subject, detail)
SELECT '2026-11-01 01:00:00.000000', 'ask_question', 'question:' || i, '{{"reference":"VB-2026-' || i || '"}}' FROM n
"""


async def _seal(store: Store) -> int:
    async with store.unit() as uow:
        seal = await seal_module.seal_entries(uow)
        await uow.commit()
    return 0 if seal is None else seal.count


async def _fill(store: Store, entries: int) -> float:
    """Write so many entries and seal them, `A_SEAL` at once. Returns the seconds sealing took."""
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql(_FILL.format(entries=entries))
    seal_module.AT_ONCE = A_SEAL
    start = process_time()
    while await _seal(store):
        pass
    return process_time() - start


async def _verify(store: Store) -> float:
    start = process_time()
    async with store.reading() as uow:
        done = await verify(uow)
    if done.found or done.waiting:
        raise RuntimeError(f"the chain does not hold: {done.found[:3]}")
    return process_time() - start


def _bare(file: Path) -> float:
    """Read every row and hash it: nothing is compared with anything."""
    start = process_time()
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT at, id, actor_id, act, subject, detail FROM audit_entries ORDER BY id")
        for row in rows:
            sha256("|".join(map(str, row)).encode()).digest()
    return process_time() - start


async def measure(folder: Path, entries: int) -> None:
    """Print everything."""
    file = folder / "audit.sqlite3"
    store = benchmark_store(f"sqlite+aiosqlite:///{file}")
    await migrate(store.engine)
    sealing = await _fill(store, entries)
    verifying = min([await _verify(store) for _ in range(ROUNDS)])
    bare = min(_bare(file) for _ in range(ROUNDS))
    await store.close()
    print(f"{entries:,} entries in {entries // A_SEAL:,} seals")
    print(f"verified in {verifying:.1f} s; a bare loop that reads and hashes them takes {bare:.1f} s")
    print(f"  {bare / verifying:.2f} of its speed")
    an_entry = sealing / entries * 1e6
    print(f"sealing {A_SEAL} at once: {an_entry:.1f} µs an entry")
    cost = await _a_question(folder)
    print(
        f"a question through the door: {cost * 1000:.2f} ms, one entry; sealing it adds {an_entry / cost / 1e4:.2f} %"
    )


async def _a_question(folder: Path) -> float:
    """Seconds a question takes from `/hoi` to `Gửi`, each of its messages alone."""
    async with open_door(folder) as (store, inbound):
        costs = await tell_story(inbound, Counted(store), STORIES["a whole question"], 1, count(2), count(1))
    return sum(cost.milliseconds for cost in costs) / 1000


def main() -> None:
    """Measure and print."""
    set_up_logs(quiet=True)
    gc.collect()
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES))


if __name__ == "__main__":
    main()
