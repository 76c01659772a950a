"""The application: Zalo's hosts under one address, their paths do not meet."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from .bot_platform import Bot, bot_router
from .config import SandboxConfig
from .control import control_router
from .control_network import network_router
from .guard import Faults
from .oa_api import oa_router
from .oauth import oauth_router
from .people import Followers
from .phone_page import phone_router
from .state import HARMLESS, Now, Sandbox, new_sandbox
from .template_messages import template_router
from .uploads import upload_router
from .webhook import Webhook

Deliver = Callable[[str, bytes, Mapping[str, str]], Awaitable[int]]
"""Posts a body with headers to an address and gives the status. Raises `OSError` or `TimeoutError` without one."""

_HANG_SECONDS = 120


async def hang() -> None:
    """What a call does that never gets its answer."""
    await asyncio.sleep(_HANG_SECONDS)


@dataclass(frozen=True, slots=True)
class Running:
    """The application and what stands behind it."""

    app: FastAPI
    sandbox: Sandbox
    webhook: Webhook
    people: Followers
    bot: Bot


def create_sandbox(
    config: SandboxConfig,
    clock: Now,
    deliver: Deliver,
    stall: Callable[[], Awaitable[None]] = hang,
    *,
    steered: bool = True,
) -> Running:
    """A sandbox in which nobody has written yet.

    Args:
        config: its identities, limits and switches.
        clock: the moment, aware; the sandbox can be moved on beside it.
        deliver: how events reach the webhook.
        stall: how a call hangs that was ordered to; a test raises its client's time-out here instead of waiting.
        steered: whether it is moved over HTTP too, by the pages of the phones and `/_sandbox`; who is handed its people
            and its webhook can do without, and has it in a quarter of the time.
    """
    sandbox = new_sandbox(config, clock, deliver, stall)
    webhook = Webhook(sandbox, config.webhook_url)
    people = Followers(sandbox, webhook)
    bot = Bot(sandbox)
    app = FastAPI(title="Zalo sandbox", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Faults, sandbox=sandbox)
    routers = [
        oa_router(sandbox, webhook),
        template_router(sandbox, webhook),
        upload_router(sandbox),
        oauth_router(sandbox),
        _media_router(sandbox),
        bot_router(bot),
    ]
    if steered:
        routers += [control_router(people, bot), network_router(sandbox, webhook, bot), phone_router(people)]
    for router in routers:
        app.include_router(router)

    @app.exception_handler(404)
    @app.exception_handler(405)
    async def nowhere(request: Request, mistake: HTTPException) -> JSONResponse:
        if not request.url.path.startswith(("/_sandbox", "/media", "/phone", "/static", "/favicon.ico")):
            sandbox.violated(f"{request.method} {request.url.path}: there is no such endpoint")
        return JSONResponse({"error": mistake.status_code, "message": mistake.detail}, mistake.status_code)

    return Running(app, sandbox, webhook, people, bot)


def _media_router(sandbox: Sandbox) -> APIRouter:
    """What people sent, until it expires: the host `zdn.vn` in real life."""
    router = APIRouter()

    @router.get("/media/{media_id}/{name}")
    async def media(media_id: str, name: str) -> Response:
        asset = sandbox.media.get(media_id)
        if asset is None or asset.name != name or sandbox.now() >= asset.until:
            raise HTTPException(404)
        return Response(asset.content, media_type=asset.media_type, headers=HARMLESS)

    return router
