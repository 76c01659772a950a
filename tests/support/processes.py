"""Whole processes: `doithoai run` in a folder of its own, on a port of its own."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

PATIENCE = 150
"""Seconds for what is going to happen, where no duration is looked at: a machine may have other work to do."""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    """Nothing of the machine's own settings, and these."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("DOITHOAI_")}
    return {**plain, "DOITHOAI_DATA_DIR": str(folder), "DOITHOAI_HTTP_PORT": str(port), **more}


async def begun(folder: Path, port: int, *arguments: str, **more: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from bot.cli.entrance import main; main()",
        "run",
        *arguments,
        env=environment(folder, port, **more),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )


async def ended(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    """The exit status and what stood on standard error."""
    _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    return process.returncode, err.decode()


@asynccontextmanager
async def running(process: asyncio.subprocess.Process) -> AsyncIterator[None]:
    """Whatever a test makes of it, no process is left behind."""
    try:
        yield
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def answered(process: asyncio.subprocess.Process, client: httpx.AsyncClient, path: str) -> httpx.Response:
    """The first good answer, from a process that may still be starting."""
    async with asyncio.timeout(PATIENCE):
        while True:
            assert process.returncode is None, (await process.communicate())[1].decode()
            try:
                answer = await client.get(path)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == 200:
                return answer
            await asyncio.sleep(0.05)
