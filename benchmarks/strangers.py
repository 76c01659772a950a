"""What others notice of a stranger who means harm: `python -m benchmarks.strangers`.

Twenty people talk in the web chat of a whole process on SQLite, a message a second each; once undisturbed, once beside
a stranger who holds 600 connections and says nothing on them, and sends 60 MB of pictures as fast as they are taken.
Rounds alternate, so that whatever else the machine does falls on both; what counts is the ratio.
"""

import asyncio
import os
import tempfile
from pathlib import Path

import httpx
from rich.console import Console

from benchmarks.talking import PEOPLE, beside, open_chat, process_at, told
from benchmarks.wire import free_ports

ROUNDS = 3
SILENT = 600
UPLOADS, UPLOAD = 20, 3 * 1024 * 1024
PICTURE = b"\x89PNG\r\n\x1a\n"


async def _harm(address: str) -> int:
    """Silent connections, and pictures as fast as they are taken. Returns how many of the pictures were."""
    host, _, port = address.removeprefix("http://").partition(":")
    silent = [await asyncio.open_connection(host, int(port)) for _ in range(SILENT)]
    taken = 0
    try:
        async with httpx.AsyncClient(base_url=address, timeout=60) as client:
            chat = await open_chat(client)
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
    async with process_at(folder, free_ports("web")["web"]) as address:
        times = await beside(address, ROUNDS, "beside the stranger", _harm)
    title = f"{PEOPLE} people, a message a second each; {SILENT} silent connections and 60 MB by a stranger"
    console.print(told(title, times))
    console.print(f"kept of {ROUNDS * UPLOADS * UPLOAD // 1024 // 1024} MB: {_stored(folder):.0f} MB")


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(Path(folder), Console()))


if __name__ == "__main__":
    main()
