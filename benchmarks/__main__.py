"""Speed of the Telegram door beside the barest thing that could stand there, in the same run; and memory at rest.

    python -m benchmarks                one or two minutes: SQLite and PostgreSQL, a process each
    python -m benchmarks --full         256 people at once too, and 2 and 4 processes on PostgreSQL
    python -m benchmarks --store FILE   keep what was found
    python -m benchmarks --compare FILE say how it differs from what was kept

Everything runs on this machine, so the figures belong to it. What can be compared is the ratio: updates a second as
parts of those of "aiogram echo + one committed INSERT" in the same run on the same database.
"""

import argparse
import asyncio
import gc
import json
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.databases import NAME, on_postgres, on_sqlite
from benchmarks.doors import FIRST_PERSON, PEOPLE, prepare
from benchmarks.memory import demo_at_rest, resident_mib
from benchmarks.one_send import sends_beside_aiogram
from benchmarks.wire import Run, call, free_ports, steady, talk
from tests.support.databases import NoServer

EACH = 10
PER_SECOND = 100
THEN = Path(__file__).with_name("be4de2a.json")
"""Figures of a build of before, each with what is wanted of it."""
BASELINE = "aiogram echo + one INSERT"
WORD = ["/menu"]
QUESTION = ["/menu", "/hoi", "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?", "!send~{last}", "/trogiup"]
"""A whole question. `{last}` is the number of what the chat was asked last: a whole question asks two things."""
STORIES = (
    ("aiogram echo", "echo", WORD),
    (BASELINE, "insert", WORD),
    ("Đối Thoại, a word", "ours", WORD),
    ("Đối Thoại, a whole question", "ours", QUESTION),
)
A_WORD, A_QUESTION = STORIES[2][0], STORIES[3][0]
EVERY_REPLY = "Đối Thoại, a word, every reply sent"

Update = dict[str, Any]
Found = dict[str, dict[str, Run]]
"""What was found, by occasion ("SQLite, 32 at once") and by door."""
Figures = dict[str, float | None]
"""Single figures, by what they say."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured: people at once, chats for each of them, rounds, processes on PostgreSQL, seconds."""

    at_once: tuple[int, ...]
    rounds: int
    processes: tuple[int, ...]
    steady_seconds: int


QUICK = Extent((1, 32), 1, (1,), 4)
FULL = Extent((1, 32, 256), 3, (1, 2, 4), 20)


def _free_port() -> int:
    return free_ports("one")["one"]


class People:
    """Hands out chats nobody has used yet, so that nobody types faster than the bot lets one person type."""

    def __init__(self) -> None:
        self._numbers = iter(range(FIRST_PERSON + 2, FIRST_PERSON + PEOPLE + 1))
        self._updates = iter(range(1, 10_000_000))

    def chats(self, what: list[str], many: int, each: int = EACH) -> list[list[Update]]:
        """So many chats, each saying `what` over and over, `each` updates in all; `!code` is a tap."""
        return [list(self._chat(next(self._numbers), what, each)) for _ in range(many)]

    def _chat(self, number: int, what: list[str], each: int) -> Iterator[Update]:
        person = {"id": number, "is_bot": False, "first_name": "Mai", "language_code": "vi"}
        chat = {"id": number, "type": "private", "first_name": "Mai"}
        for turn in range(each):
            said = what[turn % len(what)].format(last=2 * (turn // len(what) + 1))
            update = next(self._updates)
            message = {"message_id": update, "date": 1_709_254_800, "chat": chat, "from": person, "text": said}
            if said.startswith("!"):
                tap = {"id": str(update), "from": person, "chat_instance": "1", "data": said[1:], "message": message}
                yield {"update_id": update, "callback_query": tap}
            else:
                yield {"update_id": update, "message": message}


class Machines:
    """The processes of one occasion: a Bot API server and the doors on one database."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self.api = _free_port()
        self.ports: dict[str, list[int]] = {}
        self.pids: dict[str, int] = {}

    async def open(self, folder: Path, url: str, processes: dict[str, int]) -> None:
        """Start them and wait until each answers."""
        await self._start("benchmarks.wire", str(self.api))
        self.ports = {inbound: [_free_port() for _ in range(many)] for inbound, many in processes.items()}
        named = [(inbound, port) for inbound, ports in self.ports.items() for port in ports]
        doors = await self._start(
            "benchmarks.doors", str(self.api), str(folder), url, *(f"{inbound}={port}" for inbound, port in named)
        )
        if doors.stdout is None:
            raise RuntimeError("asked for a pipe")
        for inbound, port in named:
            self.pids[inbound] = int(await doors.stdout.readline())
            await _up(port)

    async def _start(self, *command: str) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *command, stdout=asyncio.subprocess.PIPE, start_new_session=True
        )

        async def stop() -> None:
            os.killpg(process.pid, signal.SIGKILL)  # its own session: it and what it forked
            await process.wait()

        self._stack.push_async_callback(stop)
        return process

    async def replies(self) -> int:
        """How many calls the Bot API server has answered."""
        return int((await call(self.api, b"GET /count HTTP/1.1\r\nHost: bench\r\n\r\n"))[1])

    async def clear(self) -> None:
        """Forget what waits to be sent."""
        await self._tell(self.ports["ours"][0], "clear")

    async def silence(self) -> None:
        """Let the paced doors send no more, so that another one holds the channel."""
        for port in self.ports["ours"]:
            await self._tell(port, "silence")

    @staticmethod
    async def _tell(port: int, what: str) -> None:
        await call(port, f"POST /bench/{what} HTTP/1.1\r\nHost: bench\r\nContent-Length: 0\r\n\r\n".encode())


async def _up(port: int) -> None:
    for _ in range(900):
        try:
            await call(port, b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
        except OSError:
            await asyncio.sleep(0.1)
        else:
            return
    raise SystemExit("a door did not open in time")


def _processor_seconds(pid: int) -> float | None:
    """What a process has taken of the processor; None where the system does not tell."""
    told = Path(f"/proc/{pid}/stat")
    if not told.exists():
        return None
    fields = told.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _with_replies(machines: Machines, people: People, many: int, at_once: int) -> tuple[Run, float | None]:
    """The unpaced door, until the last reply has reached the Bot API server; milliseconds of the processor a word."""
    before, taken = await machines.replies(), _processor_seconds(machines.pids["ours-unpaced"])
    loop = asyncio.get_running_loop()
    start = loop.time()
    run = await talk(machines.ports["ours-unpaced"], people.chats(WORD, many), at_once)
    while await machines.replies() < before + many * EACH:  # noqa: ASYNC110 - another process, it can only be asked
        await asyncio.sleep(0.02)
    each = Run(many * EACH / (loop.time() - start), run.p50, run.p99)
    now = _processor_seconds(machines.pids["ours-unpaced"])
    return each, None if now is None or taken is None else (now - taken) * 1000 / (many * EACH)


def _middle(runs: list[Run]) -> Run:
    return Run(*(median(getattr(run, name) for run in runs) for name in Run.__slots__))


async def measure(folder: Path, name: str, url: str, many: int, extent: Extent) -> tuple[Found, Figures]:
    """Every door in turn on one database; and what our process takes: MiB at rest, milliseconds of a word."""
    found: Found = {}
    await prepare(url)
    async with AsyncExitStack() as stack:
        machines, people = Machines(stack), People()
        await machines.open(folder, url, {"echo": many, "insert": many, "ours": many, "ours-unpaced": 1})
        for inbound in ("echo", "insert", "ours"):  # what is done for the first time is not what is measured
            await talk(machines.ports[inbound], people.chats(WORD, 4 * many, 2), 2 * many)
        await machines.clear()
        figures: Figures = {"MiB": resident_mib(machines.pids["ours"])}
        await talk(machines.ports["ours"], people.chats(QUESTION, 4 * many), 2 * many)
        await machines.clear()
        for at_once in extent.at_once:
            chats = max(12, min(2 * at_once, 256))
            runs: dict[str, list[Run]] = {}
            for _ in range(extent.rounds):
                for title, inbound, what in STORIES:
                    runs.setdefault(title, []).append(
                        await talk(machines.ports[inbound], people.chats(what, chats), at_once)
                    )
                    await machines.clear()
            found[f"{name}, {at_once} at once"] = {title: _middle(every) for title, every in runs.items()}
        steadily = {}
        for title, inbound, what in STORIES:
            chats = extent.steady_seconds * PER_SECOND // EACH
            steadily[title] = await steady(machines.ports[inbound], people.chats(what, chats), PER_SECOND)
            await machines.clear()
        found[f"{name}, {PER_SECOND} a second"] = steadily
        if many == 1:
            await machines.silence()
            replies, _ = await _with_replies(machines, people, 64, 32)
            _, figures["ms"] = await _with_replies(machines, people, 24, 1)
            found[f"{name}, 32 at once"][EVERY_REPLY] = replies
    return found, figures


@asynccontextmanager
async def _databases(folder: Path, extent: Extent, console: Console) -> AsyncIterator[list[tuple[str, str, int]]]:
    """The occasions: a name, the address of an empty database, the number of processes."""
    occasions = [("SQLite", on_sqlite(folder), 1)]
    try:
        async with on_postgres(*(f"{NAME}_{many}" for many in extent.processes)) as urls:
            for many, url in zip(extent.processes, urls, strict=True):
                occasions.append((f"PostgreSQL, {many} process{'es' if many > 1 else ''}", url, many))
            yield occasions
    except NoServer as reason:
        console.print(f"without PostgreSQL: {reason}")
        yield occasions


def show(console: Console, occasion: str, runs: dict[str, Run], before: dict[str, Run]) -> None:
    """One table; beside it, where a kept run is given, how the ratio and the slowest hundredth changed."""
    table = Table(title=occasion)
    headings = ["door", "updates/s", "p50 ms", "p99 ms", "ratio", *(["ratio then", "p99 then"] if before else [])]
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "door" else "right")
    for title, run in runs.items():
        row = [title, f"{run.per_second:.0f}", f"{run.p50:.1f}", f"{run.p99:.0f}", f"{_ratio(runs, run):.2f}"]
        then = before.get(title)
        if then is not None:
            row += [f"{_ratio(before, then):.2f}", f"{then.p99:.0f}"]
        table.add_row(*row)
    console.print(table)


def _ratio(runs: dict[str, Run], run: Run) -> float:
    return run.per_second / runs[BASELINE].per_second


def read(kept: Path | None) -> Found:
    """What an earlier run kept."""
    if kept is None:
        return {}
    document = json.loads(kept.read_text("utf-8"))
    return {occasion: {inbound: Run(**run) for inbound, run in runs.items()} for occasion, runs in document.items()}


async def run(extent: Extent, before: Found, console: Console) -> Found:
    """Measure and print every occasion."""
    here = asyncio.current_task()
    if here is not None:  # told to stop, it takes what it started along
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, here.cancel)
    every: Found = {}
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with _databases(folder, extent, console) as databases:
            for title, url, many in databases:
                found, own = await measure(folder, title, url, many, extent)
                for occasion, runs in found.items():
                    show(console, occasion, runs, before.get(occasion, {}))
                every |= found
                figures |= _compared(title.partition(",")[0], found, own) if many == 1 else {}
        one_send, aiograms = await sends_beside_aiogram(folder / "files")
        figures["processor time of one send, × aiogram's Bot"] = one_send / aiograms
        figures["MiB at rest: the demo"] = await demo_at_rest(folder / "demo", _free_port())
    show_goals(console, figures)
    return every


def _compared(database: str, found: Found, own: Figures) -> Figures:
    """The figures of one database for which there is a goal."""
    alone, together, *_, steadily = found.values()  # with `--full` 256 at once stand between
    return {
        f"a word alone, ratio: {database}": _ratio(alone, alone[A_WORD]),
        f"a step of a question alone, ratio: {database}": _ratio(alone, alone[A_QUESTION]),
        f"a word, 32 at once, ratio: {database}": _ratio(together, together[A_WORD]),
        f"a step of a question, 32 at once, ratio: {database}": _ratio(together, together[A_QUESTION]),
        f"every reply sent, updates a second: {database}": together[EVERY_REPLY].per_second,
        f"p99 of a word at 100 a second, ms: {database}": steadily[A_WORD].p99,
        f"p99 of a step of a question at 100 a second, ms: {database}": steadily[A_QUESTION].p99,
        f"processor time of a word with its reply, ms: {database}": own["ms"],
        f"MiB at rest: the Telegram door, {database}": own["MiB"],
    }


def show_goals(console: Console, figures: Figures) -> None:
    """What is wanted of each figure, what a build of before had, and what was found now."""
    kept = json.loads(THEN.read_text("utf-8"))
    table = Table(title="goals", caption=kept["said"])
    for heading in ("what", kept["build"], "now", "goal"):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for what, (then, goal) in kept["figures"].items():
        now = figures.get(what)
        table.add_row(what, "–" if then is None else f"{then:g}", "–" if now is None else f"{now:.2f}", goal)
    console.print(table)


def main() -> None:
    """Read what is wanted, measure, keep."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks")
    wanted.add_argument("--full", action="store_true", help="256 people at once too, 2 and 4 processes on PostgreSQL")
    wanted.add_argument("--store", type=Path, metavar="FILE", help="keep what was found")
    wanted.add_argument("--compare", type=Path, metavar="FILE", help="show a kept run beside this one")
    chosen = wanted.parse_args()
    # as the doors do: looked through again in the middle, what was imported here would be counted as theirs
    gc.collect()
    gc.freeze()
    found = asyncio.run(run(FULL if chosen.full else QUICK, read(chosen.compare), Console()))
    if chosen.store is not None:
        document = {
            occasion: {inbound: asdict(one) for inbound, one in runs.items()} for occasion, runs in found.items()
        }
        chosen.store.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
