"""How fast a process is there, and how much memory it needs: at rest, and after many people have talked to it.

Run as `python -m benchmarks.memory [conversations]`. Beside the start of `doithoai run` stands, in the same run, a
Python that only imports the web server and SQLAlchemy. For the conversations the real door is used in this process, on
an SQLite file, each with a person of its own; after a first tenth, in which everything is loaded, memory may not grow.
"""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.wire import SECRET, TOKEN, call, free_ports, serve_bot_api
from bot.inbound import InboundQueue
from bot.system_clock import system_now
from bot.vault import KeyVault
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.wiring import conversation_table
from intake.rules.people.person import Network
from storage.calendar_source import load_calendar
from storage.engine import open_engine
from storage.migrate import migrate
from storage.unit_of_work import Store

CONVERSATIONS = 100_000
AT_ONCE = 64
GROWTH_MIB = 10.0
"""The most the memory may grow over nine tenths of the conversations."""


def resident_mib(pid: int) -> float | None:
    """Resident memory of a process in MiB; None where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    for line in status.read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return None


async def started(folder: Path, port: int, *arguments: str, **settings: str) -> tuple[float, float | None] | None:
    """Start `doithoai run …`: seconds until it answers, and MiB some seconds later; None when it does not.

    `settings` are those of `docs/settings.md`, without `DOITHOAI_` and in small letters.
    """
    command = shutil.which("doithoai", path=Path(sys.executable).parent)
    if command is None:
        return None
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DOITHOAI_")}
    environment |= {"DOITHOAI_DATA_DIR": str(folder), "DOITHOAI_HTTP_PORT": str(port)}
    environment |= {f"DOITHOAI_{name.upper()}": value for name, value in settings.items()}
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        command,
        "run",
        *arguments,
        env=environment,
        stderr=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            await asyncio.sleep(0.05)
            if process.returncode is not None:
                return None
            try:
                status, _ = await call(port, b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
            except OSError:
                continue
            if status == 200:
                took = time.perf_counter() - began
                await asyncio.sleep(3)
                return took, resident_mib(process.pid)
        return None
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def demo_at_rest(folder: Path, port: int) -> float | None:
    """The memory of the demo in MiB, some seconds after its start. None when it does not get ready."""
    found = await started(folder, port, "--demo")
    return None if found is None else found[1]


async def _imports_alone() -> float:
    """Seconds of a Python that imports what every such process needs, and ends."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import fastapi, uvicorn, sqlalchemy.ext.asyncio"
    )
    await process.wait()
    return time.perf_counter() - began


async def growth(folder: Path, conversations: int) -> tuple[float, float]:
    """So many people say a word each: MiB after the first tenth of them, and how many more at the end."""
    calendar = load_calendar()
    engine = open_engine(f"sqlite+aiosqlite:///{folder / 'memory.sqlite3'}", synced=False)
    store = Store(engine, now=system_now, calendar=lambda: calendar, vault=KeyVault("benchmark key"))
    await migrate(engine)
    inbound = InboundQueue(store, conversation_table(), lambda: None)
    working = asyncio.create_task(inbound.run())
    first = 0.0
    for begin in range(0, conversations, AT_ONCE):
        people = range(begin, min(begin + AT_ONCE, conversations))
        await asyncio.gather(
            *(
                inbound.take(InboundEvent(Network.WEBCHAT, "bench", f"p{n}", "1", InboundKind.TEXT, text="xin chào"))
                for n in people
            )
        )
        if not first and begin >= conversations // 10:
            first = resident_mib(os.getpid()) or 0.0
    working.cancel()
    await store.close()
    return first, (resident_mib(os.getpid()) or 0.0) - first


async def _main(conversations: int) -> bool:
    ports = free_ports("plain", "telegram", "demo", "api")
    api = asyncio.create_task(serve_bot_api(ports["api"]))
    telegram = {
        "telegram_token": TOKEN,
        "telegram_name": "bench_bot",
        "telegram_api": f"http://127.0.0.1:{ports['api']}",
    }
    telegram |= {"telegram_webhook_url": "https://bench.example/telegram", "telegram_webhook_secret": SECRET}
    starts: list[tuple[str, str, tuple[str, ...], dict[str, str]]] = [
        ("doithoai run", "plain", (), {}),
        ("doithoai run, with Telegram", "telegram", (), telegram),
        ("doithoai run --demo", "demo", ("--demo",), {}),
    ]
    table = Table("start", "s", "beside imports alone", "MiB at rest", title="How fast it is there, and what it needs")
    with tempfile.TemporaryDirectory() as folder:
        await _imports_alone()  # what lies on the disk is read once before
        imports = await _imports_alone()
        for name, port, arguments, settings in starts:
            for _ in range(2):  # the second time the database is there
                found = await started(Path(folder) / port, ports[port], *arguments, **settings)
            if found is not None:
                took, mib = found
                table.add_row(name, f"{took:.1f}", f"{took / imports:.1f}", "?" if mib is None else f"{mib:.0f}")
        api.cancel()
        Console().print(table)
        before, grown = await growth(Path(folder), conversations)
    Console().print(f"{conversations:,} conversations: {before:.0f} MiB, and {grown:.1f} MiB more at the end")
    return grown <= GROWTH_MIB


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(_main(int(sys.argv[1]) if len(sys.argv) > 1 else CONVERSATIONS)) else 1)
