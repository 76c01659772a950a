"""Serving the sandbox from the command line: a real clock, real calls, the phone page."""

import asyncio
import secrets
import signal
import socket
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import uvicorn

from .app import Deliver, Running, create_sandbox
from .config import SandboxConfig

HOST = "127.0.0.1"
LOOK_AGAIN_SECONDS = 0.2


def listen(port: int) -> socket.socket:
    """A socket on this machine only; port 0 takes a free one. Raises `OSError` when the port is taken."""
    return socket.create_server((HOST, port))


async def serve(listening: socket.socket, config: SandboxConfig, say: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; `say` gets each line that whoever starts it should read.

    The first refresh token is another at each start: a bot that has tried one does not try it again.
    """
    address = f"http://{HOST}:{listening.getsockname()[1]}"
    config = replace(config, public_url=address, refresh_token=f"sandbox-refresh-{secrets.token_hex(8)}")
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    async with httpx.AsyncClient() as client:
        running = create_sandbox(config, _now, _deliver_by(client))
        server = uvicorn.Server(
            uvicorn.Config(running.app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1)
        )
        server.capture_signals = nullcontext  # type: ignore[assignment]  # ours stop both parts
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        bringing = asyncio.create_task(_keep_bringing(running))
        told = asyncio.create_task(stopping.wait())
        for line in instructions(config):
            say(line)
        await asyncio.wait({serving, bringing, told}, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        told.cancel()
        bringing.cancel()
        await asyncio.wait({serving, bringing, told})
        for task in (serving, bringing):
            if not task.cancelled():
                task.result()  # what stopped it by itself is raised


def _deliver_by(client: httpx.AsyncClient) -> Deliver:
    async def deliver(url: str, body: bytes, headers: Mapping[str, str]) -> int:
        try:
            return (await client.post(url, content=body, headers=dict(headers))).status_code
        except httpx.HTTPError as trouble:
            raise ConnectionError(str(trouble)) from None

    return deliver


async def _keep_bringing(running: Running) -> None:
    """Bring what became due by itself: retries, and what the product caused while it was sending."""
    while True:
        await running.webhook.bring()
        await running.bot.bring()
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - this is where the sandbox's clock is made


def instructions(config: SandboxConfig) -> tuple[str, ...]:
    """What to put into the environment of a bot so that it takes the sandbox for Zalo, and where the phones are."""
    return (
        f"export DOITHOAI_ZALO_API={config.public_url}",
        f"export DOITHOAI_ZALO_OAUTH={config.public_url}",
        f"export DOITHOAI_ZALO_APP_ID={config.app_id}",
        f"export DOITHOAI_ZALO_APP_SECRET={config.app_secret}",
        f"export DOITHOAI_ZALO_OA_ID={config.oa_id}",
        f"export DOITHOAI_ZALO_OA_SECRET={config.oa_secret}",
        f"export DOITHOAI_ZALO_REFRESH_TOKEN={config.refresh_token}",
        f"export DOITHOAI_ZALO_MEDIA_HOSTS={config.public_url.removeprefix('http://')}",
        f"export DOITHOAI_ZALO_BOT_TOKEN={config.bot_token}",
        f"export DOITHOAI_ZALO_BOT_API={config.public_url}",
        f"# phones: {config.public_url}/phone",
    )
