"""What one message costs: statements and milliseconds of processor time, step by step: `python -m benchmarks.message`.

Only the door and what is behind it, in this process: no network, no sender. Processor time, the best of several
rounds, since that is what others on the machine disturb least; the database syncs at every commit all the same.
`--statements` prints what the database is asked; `--profile` where the time of all of it goes.
"""

import asyncio
import cProfile
import gc
import pstats
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import process_time

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from benchmarks.doors import FIRST_PERSON, benchmark_store, settle_people
from bot.door import Door
from bot.logs import set_up_logs
from handlers.heard import Heard, HeardKind
from handlers.wiring import conversation_table
from intake.rules.person import Network
from storage.unit_of_work import Store

CHATS = 20
ROUNDS = 12
STORIES: dict[str, list[tuple[str, str]]] = {
    "a menu": [("/menu", "/menu")],
    "words out of place": [("hello", "xin chào"), ("cancel", "/huy")],
    "a whole question": [
        ("/hoi", "/hoi"),
        ("its words", "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"),
        ("Gửi", "!send"),
    ],
    "a registration": [
        ("/dangky", "/dangky"),
        ("Phát biểu", "!speak"),
        ("about what", "Rác thải ở chợ Di Lăng"),
        ("Gửi", "!send"),
    ],
}


def _heard(person: int, event: int, said: str) -> Heard:
    tap = said.startswith("!")
    return Heard(
        Network.TELEGRAM,
        "4242",
        str(FIRST_PERSON + person),
        str(event),
        HeardKind.CHOICE if tap else HeardKind.TEXT,
        text="" if tap else said,
        choice=said[1:] if tap else "",
    )


class Counted:
    """Every statement an engine carries out from now on."""

    def __init__(self, store: Store) -> None:
        self.statements: list[str] = []
        sa.event.listen(store.engine.sync_engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        self.statements.append(" ".join(statement.split()))


@asynccontextmanager
async def _open_door(folder: Path) -> AsyncIterator[tuple[Store, Door]]:
    store = benchmark_store(f"sqlite+aiosqlite:///{folder / 'message.sqlite3'}")
    await settle_people(store)
    door = Door(store, conversation_table(), lambda: None)
    running = asyncio.create_task(door.run())
    yield store, door
    running.cancel()
    await store.close()


async def measure(folder: Path, console: Console, *, show: bool) -> None:
    """Tell every story with one chat after the other, one message at a time; and print."""
    table = Table(title="one message, alone in its transaction")
    for heading in ("message", "statements", "ms of processor time"):
        table.add_column(heading, justify="left" if heading == "message" else "right")
    async with _open_door(folder) as (store, door):
        counted = Counted(store)
        event = 0
        for number, (story, steps) in enumerate(STORIES.items()):
            best = [float("inf")] * len(steps)
            asked: list[list[str]] = [[] for _ in steps]
            for turn in range(ROUNDS):
                spent = [0.0] * len(steps)
                first = 2 + (number * ROUNDS + turn) * CHATS
                for person in range(first, first + CHATS):
                    for at, (_, said) in enumerate(steps):
                        event += 1
                        counted.statements.clear()
                        start = process_time()
                        await door.hear(_heard(person, event, said))
                        spent[at] += process_time() - start
                        asked[at] = list(counted.statements)
                best = [min(*pair) for pair in zip(best, (one / CHATS * 1000 for one in spent), strict=True)]
            table.add_section()
            for (name, _), statements, took in zip(steps, asked, best, strict=True):
                table.add_row(f"{story}: {name}", str(len(statements)), f"{took:.2f}")
                if show:
                    console.rule(f"{story}: {name}")
                    for statement, times in Counter(statements).items():
                        console.print(f"{times} × {statement}", soft_wrap=True, markup=False)
    console.print(table)


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
