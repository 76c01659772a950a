"""Speed of the Telegram door beside the barest thing that could stand there, in the same run; and memory at rest.

Everything runs on this machine, so the figures belong to it; the ratios are what can be compared.
"""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benchmarks.doors import FIRST_PERSON
from benchmarks.memory import demo_at_rest, resident_mib
from benchmarks.wire import Run, call, free_ports, talk

AT_ONCE = 32
CHATS = int(sys.argv[1]) if len(sys.argv) > 1 else 300  # fewer for a first look on a busy machine
EACH = 10
ROUNDS = 3
ENOUGH_SECONDS = 120  # no further round is begun after that


PORTS = free_ports("api", "echo", "insert", "ours", "ours-unpaced", "demo")

Update = dict[str, Any]


class People:
    """Hands out chats nobody has used yet, so that nobody types faster than the bot lets one person type."""

    def __init__(self) -> None:
        self._numbers = iter(range(FIRST_PERSON + 1, FIRST_PERSON + 10_000))
        self._updates = iter(range(1, 10_000_000))

    def chats(self, what: list[str], many: int = CHATS) -> list[list[Update]]:
        """So many chats, each saying `what` over and over, ten updates in all; `!code` is a tap."""
        return [list(self._chat(next(self._numbers), what)) for _ in range(many)]

    def _chat(self, number: int, what: list[str]) -> Iterator[Update]:
        person = {"id": number, "is_bot": False, "first_name": "Mai", "language_code": "vi"}
        chat = {"id": number, "type": "private", "first_name": "Mai"}
        for turn in range(EACH):
            said = what[turn % len(what)]
            update = next(self._updates)
            message = {"message_id": update, "date": 1_709_254_800, "chat": chat, "from": person, "text": said}
            if said.startswith("!"):
                tap = {"id": str(update), "from": person, "chat_instance": "1", "data": said[1:], "message": message}
                yield {"update_id": update, "callback_query": tap}
            else:
                yield {"update_id": update, "message": message}


WORD = ["/menu"]
QUESTION = ["/menu", "/hoi", "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?", "!send", "/trogiup"]


async def _up(port: int) -> None:
    for _ in range(900):
        try:
            await call(port, b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
        except OSError:
            await asyncio.sleep(0.1)
        else:
            return
    raise SystemExit("a door did not open in time")


async def _replies() -> int:
    return int((await call(PORTS["api"], b"GET /count HTTP/1.1\r\nHost: bench\r\n\r\n"))[1])


async def _clear(door: str) -> None:
    await call(PORTS[door], b"POST /bench/clear HTTP/1.1\r\nHost: bench\r\nContent-Length: 0\r\n\r\n")


async def _with_replies(people: People) -> Run:
    """The unpaced door, until the last reply has reached the Bot API server."""
    before = await _replies()
    loop = asyncio.get_running_loop()
    start = loop.time()
    run = await talk(PORTS["ours-unpaced"], people.chats(WORD, CHATS // 3), AT_ONCE)
    while await _replies() < before + CHATS // 3 * EACH:  # noqa: ASYNC110 - another process, it can only be asked
        await asyncio.sleep(0.02)
    return Run(CHATS // 3 * EACH / (loop.time() - start), run.p99)


async def measure(folder: Path, console: Console) -> tuple[dict[str, list[Run]], float | None]:
    """Every door in turn, `ROUNDS` times; and the memory of our process with aiogram loaded, in MiB."""
    runs: dict[str, list[Run]] = {}
    here = asyncio.current_task()
    if here is not None:  # told to stop, it takes what it started along
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, here.cancel)
    async with AsyncExitStack() as stack:

        async def start(*command: str) -> asyncio.subprocess.Process:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *command, stdout=asyncio.subprocess.PIPE, start_new_session=True
            )

            async def stop() -> None:
                os.killpg(process.pid, signal.SIGKILL)  # its own session: it and what it forked
                await process.wait()

            stack.push_async_callback(stop)
            return process

        await start("benchmarks.wire", str(PORTS["api"]))
        doors = ("echo", "insert", "ours", "ours-unpaced")
        opening = await start(
            "benchmarks.doors", str(PORTS["api"]), str(folder), *(f"{door}={PORTS[door]}" for door in doors)
        )
        if opening.stdout is None:
            raise RuntimeError("asked for a pipe")
        pids = {door: int(await opening.stdout.readline()) for door in doors}
        people = {door: People() for door in doors}
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("doors", total=len(doors) + ROUNDS * 5)
            for door in doors:
                await _up(PORTS[door])
                await talk(PORTS[door], people[door].chats(WORD, AT_ONCE), AT_ONCE)
                progress.advance(task)
            await _clear("ours")
            memory = resident_mib(pids["ours"])
            loop = asyncio.get_running_loop()
            start_of_rounds = loop.time()
            for _ in range(ROUNDS):
                if loop.time() - start_of_rounds > ENOUGH_SECONDS:
                    break
                for name, door, what in (
                    ("aiogram echo", "echo", WORD),
                    ("aiogram echo + one INSERT", "insert", WORD),
                    ("Đối Thoại, a word", "ours", WORD),
                    ("Đối Thoại, a whole question", "ours", QUESTION),
                ):
                    runs.setdefault(name, []).append(await talk(PORTS[door], people[door].chats(what), AT_ONCE))
                    if door == "ours":
                        await _clear(door)
                    progress.advance(task)
                runs.setdefault("Đối Thoại, a word, every reply sent", []).append(
                    await _with_replies(people["ours-unpaced"])
                )
                progress.advance(task)
    return runs, memory


def main() -> None:
    """Measure and print."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        runs, memory = asyncio.run(measure(Path(folder), console))
        demo = asyncio.run(demo_at_rest(Path(folder) / "demo", PORTS["demo"]))
    rounds = len(runs["aiogram echo"])
    base = median(run.per_second for run in runs["aiogram echo + one INSERT"])
    table = Table(title=f"{AT_ONCE} people at once, medians of {rounds}; webhook, SQLite synced at every commit")
    for heading in ("door", "updates/s", "p99 ms", "ratio"):
        table.add_column(heading, justify="left" if heading == "door" else "right")
    for name, found in runs.items():
        speed = median(run.per_second for run in found)
        table.add_row(name, f"{speed:.0f}", f"{median(run.p99 for run in found):.0f}", f"{speed / base:.2f}")
    console.print(table)
    for what, size in (("the Telegram door", memory), ("doithoai run --demo", demo)):
        console.print(f"memory at rest, {what}: " + ("not known" if size is None else f"{size:.0f} MiB"))


if __name__ == "__main__":
    main()
