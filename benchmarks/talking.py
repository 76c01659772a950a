"""People who talk in the web chat of a whole process, a message a second each, while something else goes on."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import perf_counter

import httpx
from rich.table import Table

PEOPLE = 20
MESSAGES = 12


@asynccontextmanager
async def process_at(folder: Path, port: int) -> AsyncIterator[str]:
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


async def open_chat(client: httpx.AsyncClient) -> str:
    while True:
        answer = await client.post("/chat")
        if answer.status_code == httpx.codes.SEE_OTHER:
            return answer.headers["location"]
        await asyncio.sleep(0.2)


async def talk(address: str, number: int, round_: int) -> list[float]:
    """One person's messages, one a second; how long each took to be dealt with and durable."""
    took = []
    # nothing is encrypted here, and what would be read for it holds up everybody else's clock
    async with httpx.AsyncClient(base_url=address, timeout=60, verify=False) as client:
        chat = await open_chat(client)
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


async def beside(
    address: str, rounds: int, disturbing: str, disturb: Callable[[str], Awaitable[object]]
) -> Mapping[str, list[float]]:
    """How long messages took, undisturbed and beside something, in seconds; rounds of both alternate."""
    times: dict[str, list[float]] = {"undisturbed": [], disturbing: []}
    for round_ in range(rounds):
        for name, took in list(times.items()):
            talking = asyncio.gather(*(talk(address, number, round_) for number in range(PEOPLE)))
            if name == disturbing:
                await disturb(address)
            times[name] = sorted([*took, *(seconds for person in await talking for seconds in person)])
    return times


def told(title: str, times: Mapping[str, list[float]]) -> Table:
    """The table of what `beside` measured."""
    table = Table(title=title)
    for heading in ("", "messages", "p50 ms", "p99 ms"):
        table.add_column(heading, justify="right" if heading else "left")
    lasts = []
    for name, took in times.items():
        lasts.append(took[len(took) * 99 // 100])
        table.add_row(name, str(len(took)), f"{took[len(took) // 2] * 1000:.1f}", f"{lasts[-1] * 1000:.1f}")
    table.add_row("ratio of p99", "", "", f"{lasts[1] / lasts[0]:.2f}")
    return table
