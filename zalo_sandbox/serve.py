"""Serving the sandbox from the command line: a real clock, real calls, the phone page."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import httpx
import uvicorn

from .app import Running, create_sandbox
from .config import SandboxConfig

LOOK_AGAIN_SECONDS = 0.2


async def serve(config: SandboxConfig, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve until interrupted; `say` gets each line that whoever starts it should read."""
    async with httpx.AsyncClient() as client:

        async def deliver(url: str, body: bytes, headers: Mapping[str, str]) -> int:
            try:
                return (await client.post(url, content=body, headers=dict(headers))).status_code
            except httpx.TimeoutException:
                raise TimeoutError(url) from None
            except httpx.HTTPError as trouble:
                raise ConnectionError(str(trouble)) from None

        running = create_sandbox(config, _now, deliver)
        for line in instructions(config):
            say(line)
        server = uvicorn.Server(
            uvicorn.Config(running.app, host=host, port=port, log_level="warning", timeout_graceful_shutdown=1)
        )
        bringing = asyncio.create_task(_keep_bringing(running))
        try:
            await server.serve()
        finally:
            bringing.cancel()
            await asyncio.wait([bringing])


async def _keep_bringing(running: Running) -> None:
    """Bring what became due by itself: retries, and what the product caused while it was sending."""
    while True:
        await running.webhook.bring()
        await running.bot.bring()
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - this is where the sandbox's clock is made


def instructions(config: SandboxConfig) -> tuple[str, ...]:
    """What to put into the environment of a bot so that it takes the sandbox for Zalo, and where the phone is."""
    return (
        f"export DOITHOAI_ZALO_APP_ID={config.app_id}",
        f"export DOITHOAI_ZALO_APP_SECRET={config.app_secret}",
        f"export DOITHOAI_ZALO_OA_ID={config.oa_id}",
        f"export DOITHOAI_ZALO_OA_SECRET={config.oa_secret}",
        f"# phone: {config.public_url}/phone",
    )
