"""What others notice of a stranger who means harm: `python -m benchmarks.strangers`.

Twenty people talk in the web chat of a whole process on SQLite, a message a second each; once undisturbed, once beside
a stranger who holds 600 connections and says nothing on them, and sends 60 MB of pictures as fast as they are taken.
Rounds alternate, so that whatever else the machine does falls on both; what counts is the ratio.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import perf_counter

import httpx
from rich.console import Console
from rich.table import Table

from benchmarks.wire import free_ports

PEOPLE = 20
MESSAGES = 12
ROUNDS = 3
SILENT = 600
UPLOADS, UPLOAD = 20, 3 * 1024 * 1024
PICTURE = b"\x89PNG\r\n\x1a\n"


@asynccontextmanager
async def _process(folder: Path, port: int) -> AsyncIterator[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DOITHOAI_")}
    settings = {"DATA_DIR": str(folder), "HTTP_PORT": str(port), "CHATS_AN_HOUR": "360000"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from bot.cli.entrance import main; main()",
        "run",
        env={**plain, **{f"DOITHOAI_{name}": value for name, value in settings.items()}},
        stderr=asyncio.subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        async with httpx.AsyncClient() as client, asyncio.timeout(60):
            while True:
                with suppress(httpx.HTTPError):
                    if (await client.get(f"{address}/healthz")).status_code == httpx.codes.OK:
                        break
                await asyncio.sleep(0.1)
        yield address
    finally:
        process.terminate()
        await process.wait()


async def _chat(client: httpx.AsyncClient) -> str:
    while True:
        answer = await client.post("/chat")
        if answer.status_code == httpx.codes.SEE_OTHER:
            return answer.headers["location"]
        await asyncio.sleep(0.2)


async def _talk(address: str, number: int, round_: int) -> list[float]:
    """One person's messages, one a second; how long each took to be dealt with and durable."""
    took = []
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        chat = await _chat(client)
        await asyncio.sleep(number / PEOPLE)
        for message in range(MESSAGES):
            began = perf_counter()
            said = {"event_id": f"{round_}.{message}", "text": f"/menu {message}"}
            answer = await client.post(f"{chat}say", json=said)
            took.append(perf_counter() - began)
            if answer.status_code != httpx.codes.OK:
                raise RuntimeError(f"a message was answered with {answer.status_code}")
            await asyncio.sleep(max(0.0, 1 - took[-1]))
    return took


async def _harm(address: str) -> int:
    """Silent connections, and pictures as fast as they are taken. Returns how many of the pictures were."""
    host, _, port = address.removeprefix("http://").partition(":")
    silent = [await asyncio.open_connection(host, int(port)) for _ in range(SILENT)]
    taken = 0
    try:
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            chat = await _chat(client)
            for number in range(UPLOADS):
                picture = PICTURE + number.to_bytes(2, "big") + os.urandom(UPLOAD)
                form = {"event_id": str(number)}
                answer = await client.post(f"{chat}file", data=form, files={"file": ("a.png", picture)})
                taken += answer.status_code == httpx.codes.OK and answer.json()["heard"]
    finally:
        for _, writer in silent:
            writer.close()
    return taken


def _stored(folder: Path) -> float:
    return sum(path.stat().st_size for path in (folder / "attachments").rglob("*") if path.is_file()) / 1024 / 1024


async def measure(folder: Path, console: Console) -> None:
    """Measure and print."""
    times: dict[str, list[float]] = {"undisturbed": [], "beside the stranger": []}
    async with _process(folder, free_ports("web")["web"]) as address:
        for round_ in range(ROUNDS):
            for name, took in list(times.items()):
                talking = asyncio.gather(*(_talk(address, number, round_) for number in range(PEOPLE)))
                if name != "undisturbed":
                    await _harm(address)
                times[name] = [*took, *(seconds for person in await talking for seconds in person)]
    table = Table(
        title=f"{PEOPLE} people, a message a second each; {SILENT} silent connections and 60 MB by a stranger"
    )
    for heading in ("", "messages", "p50 ms", "p99 ms"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, took in times.items():
        took.sort()
        middle, last = took[len(took) // 2], took[len(took) * 99 // 100]
        table.add_row(name, str(len(took)), f"{middle * 1000:.1f}", f"{last * 1000:.1f}")
    quiet, harmed = times.values()
    ratio = harmed[len(harmed) * 99 // 100] / quiet[len(quiet) * 99 // 100]
    table.add_row("ratio of p99", "", "", f"{ratio:.2f}")
    console.print(table)
    console.print(f"kept of {ROUNDS * UPLOADS * UPLOAD // 1024 // 1024} MB: {_stored(folder):.0f} MB")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), Console()))


if __name__ == "__main__":
    main()
