"""What one message costs: statements and milliseconds of processor time, step by step: `python -m benchmarks.message`.

Only the door and what is behind it, in this process: no network, no sender, an SQLite file. Processor time, the best of
several rounds, since that is what others on the machine disturb least; the database syncs at every commit all the same.
`--statements` prints what the database is asked; `--profile` where the time of all of it goes.
"""

import asyncio
import cProfile
import gc
import pstats
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count, islice
from pathlib import Path
from time import process_time

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from benchmarks.doors import benchmark_store, settle_people
from benchmarks.heard import heard
from bot.inbound import InboundQueue
from bot.ops.logs import set_up_logs
from handlers.wiring import conversation_table
from storage.unit_of_work import Store

CHATS = 20
TOGETHER = 32
ROUNDS = 12
# what begins with ! is tapped: the button's meaning, and the number of the question of that chat it was offered for
STORIES: dict[str, list[tuple[str, str]]] = {
    "a menu": [("/menu", "/menu")],
    "words out of place": [("hello", "xin chào"), ("cancel", "/huy")],
    "a whole question": [
        ("/hoi", "/hoi"),
        ("its words", "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"),
        ("Gửi", "!send~2"),
    ],
    "a registration": [
        ("/dangky", "/dangky"),
        ("Phát biểu", "!speak~1"),
        ("about what", "Rác thải ở chợ Di Lăng"),
        ("Gửi", "!send~3"),
    ],
}


class Counted:
    """Every statement an engine carries out from now on."""

    def __init__(self, store: Store) -> None:
        self.statements: list[str] = []
        sa.event.listen(store.engine.sync_engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        self.statements.append(" ".join(statement.split()))


@asynccontextmanager
async def open_door(folder: Path) -> AsyncIterator[tuple[Store, InboundQueue]]:
    store = benchmark_store(f"sqlite+aiosqlite:///{folder / 'message.sqlite3'}")
    await settle_people(store)
    inbound = InboundQueue(store, conversation_table(), lambda: None)
    running = asyncio.create_task(inbound.run())
    yield store, inbound
    running.cancel()
    await store.close()


class Cost:
    """What one message of a step costs: statements, and the least milliseconds of processor time of any round."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.milliseconds = float("inf")

    def note(self, statements: list[str], seconds: float, messages: int) -> None:
        """One round, in which so many messages came."""
        self.statements = list(statements)
        self.milliseconds = min(self.milliseconds, seconds / messages * 1000)


async def tell_story(
    inbound: InboundQueue,
    counted: Counted,
    steps: list[tuple[str, str]],
    at_once: int,
    people: Iterator[int],
    events: Iterator[int],
) -> list[Cost]:
    """Tell a story some rounds long, so many chats at once. Returns what each of its messages costs."""
    costs = [Cost() for _ in steps]
    for _ in range(ROUNDS):
        for chats in batched(islice(people, max(CHATS, at_once)), at_once):
            for cost, (_, said) in zip(costs, steps, strict=True):
                counted.statements.clear()
                start = process_time()
                await asyncio.gather(*(inbound.take(heard(person, next(events), said)) for person in chats))
                cost.note(counted.statements, process_time() - start, len(chats))
    return costs


async def measure(folder: Path, console: Console, *, show: bool) -> None:
    """Tell every story, one message at a time and thirty-two chats at once; and print."""
    table = Table(title="one message: alone in its transaction, and one of thirty-two that come together")
    for heading in ("message", "statements", "ms", "of 32: statements", "of 32: ms"):
        table.add_column(heading, justify="left" if heading == "message" else "right")
    async with open_door(folder) as (store, inbound):
        counted, people, events = Counted(store), count(2), count(1)

        for story, steps in STORIES.items():
            table.add_section()
            costs = [await tell_story(inbound, counted, steps, many, people, events) for many in (1, TOGETHER)]
            for (name, _), alone, of_many in zip(steps, *costs, strict=True):
                table.add_row(
                    f"{story}: {name}",
                    str(len(alone.statements)),
                    f"{alone.milliseconds:.2f}",
                    f"{len(of_many.statements) / TOGETHER:.1f}",
                    f"{of_many.milliseconds:.2f}",
                )
                if show:
                    console.rule(f"{story}: {name}")
                    for statement, times in Counter(alone.statements).items():
                        console.print(f"{times} × {statement}", soft_wrap=True, markup=False)
    console.print(table)


def batched(people: Iterator[int], many: int) -> Iterator[list[int]]:
    """So many at a time."""
    while chats := list(islice(people, many)):
        yield chats


def main() -> None:
    """Measure and print."""
    set_up_logs(quiet=True)
    console = Console()
    gc.collect()
    gc.freeze()
    with tempfile.TemporaryDirectory() as folder:
        told = measure(Path(folder), console, show="--statements" in sys.argv)
        if "--profile" not in sys.argv:
            asyncio.run(told)
            return
        profile = cProfile.Profile()
        profile.runcall(asyncio.run, told)
        pstats.Stats(profile).sort_stats("tottime").print_stats(60)


if __name__ == "__main__":
    main()
