"""A process that may have 256 descriptors and no more: whoever holds all of them open stops nobody else."""

import asyncio
import sys
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest

from tests.support.processes import PATIENCE, answered, environment, free_port, running

FEW = 256
IDLE = 300
"""More than the process can hold at once."""
ROOT = Path(__file__).parents[2]


async def _begun_with_few(folder: Path, port: int) -> asyncio.subprocess.Process:
    """The product under `ulimit -n 256`, hard and soft: it cannot ask the system for more."""
    return await asyncio.create_subprocess_exec(
        *("/bin/sh", "-c", f'ulimit -n {FEW} && exec "$@"', "sh"),
        *(sys.executable, "-c", "from bot.cli.entrance import main; main()", "run"),
        # so many that the descriptors are what there is too few of
        env=environment(folder, port, DOITHOAI_CONNECTIONS="1000", DOITHOAI_CONNECTIONS_OF_ONE_ADDRESS="1000"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )


@pytest.mark.whole_processes
async def test_whoever_holds_every_descriptor_stops_nobody_and_fills_no_log(tmp_path: Path) -> None:
    port = free_port()
    process = await _begun_with_few(tmp_path, port)
    async with running(process), AsyncExitStack() as stack:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as looking:
            await answered(process, looking, "/healthz")
        for number in range(IDLE):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            stack.callback(writer.close)
            if number % 2:  # every other one begins a request and never ends it
                writer.write(b"POST /chat HTTP/1.1\r\nHost: x\r\n")
        origin = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=origin, timeout=PATIENCE, headers={"Origin": origin}) as mai:
            begun = await mai.post("/chat")
            assert begun.status_code == httpx.codes.SEE_OTHER
            chat = begun.headers["location"]
            assert (await mai.get(chat)).status_code == httpx.codes.OK
            said = await mai.post(f"{chat}say", json={"event_id": "1", "text": "/start"})
            assert said.json()["heard"]
        process.terminate()
        _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert b"Traceback" not in err, "nothing ran out: whoever is idle made room in time"
    assert len(err) < 20_000, "one line a minute, not one for each"
