"""What those who write notice of those who read: `python -m benchmarks.readers`.

Twenty people talk in the web chat of a whole process on SQLite, a message a second each; once undisturbed, once while
the public page of a unit is read three hundred times a second, each time as somebody who has not seen it yet.
"""

import asyncio
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from rich.console import Console

from benchmarks.talking import MESSAGES, PEOPLE, beside, process_at, told
from benchmarks.wire import free_ports
from tests.support.tree import ROOT

A_SECOND = 300
CONNECTIONS = 20
ROUNDS = 3
PATH = "/cong-khai/vb"


async def read(address: str) -> int:
    """Read as long as people talk, at an even pace. Returns how many pages came."""
    host, _, port = address.removeprefix("http://").partition(":")
    request = f"GET {PATH} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\nUser-Agent: benchmark\r\n\r\n".encode()
    begins = perf_counter()
    each = CONNECTIONS / A_SECOND

    async def one(number: int) -> int:
        reader, writer = await asyncio.open_connection(host, int(port))
        pages = int(MESSAGES / each)
        for page in range(pages):
            await asyncio.sleep(max(0.0, begins + (page + number / CONNECTIONS) * each - perf_counter()))
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"a page was answered with {head[:40]!r}")
            await reader.readexactly(int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]))
        writer.close()
        return pages

    return sum(await asyncio.gather(*(one(number) for number in range(CONNECTIONS))))


async def loaded(folder: Path) -> None:
    plan = ROOT / "plans" / "vinh-bao-2026.toml"
    command = ("-c", "from bot.cli.entrance import main; main()", "plans", "load", str(plan), "--yes")
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, env={"DOITHOAI_DATA_DIR": str(folder)}, stdout=asyncio.subprocess.DEVNULL
    )
    if await process.wait():
        raise RuntimeError("the plan could not be loaded")


async def measure(folder: Path, console: Console) -> None:
    """Measure and print."""
    await loaded(folder)
    async with process_at(folder, free_ports("web")["web"]) as address:
        times = await beside(address, ROUNDS, "while it is read", read)
    console.print(told(f"{PEOPLE} people, a message a second each; the public page {A_SECOND} times a second", times))


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), Console()))


if __name__ == "__main__":
    main()
