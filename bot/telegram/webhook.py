"""The address Telegram calls: the secret is checked before anything is read; 200 once the update is stored."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from aiogram import Bot
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from .limits import LIMITS, LISTENED_TO
from .startup import Pause, until_done

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header, not what it holds
log = structlog.get_logger()


def router(path: str, secret: str, take: Callable[[Mapping[str, Any]], Awaitable[None]]) -> APIRouter:
    """The route of the webhook at `path`; each update goes to `take` (`Receiver.take`).

    200: stored, or of no concern. 403: not Telegram. 413: longer than any update. 400: no update. 503: not stored,
    Telegram is to bring it again.
    """
    expected = secret.encode()
    routes = APIRouter()

    async def hook(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, expected):
            log.warning("webhook_secret_wrong")
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return Response(status_code=400)
        if not isinstance(update, dict):
            return Response(status_code=400)
        try:
            await take(update)
        except (SQLAlchemyError, OSError) as trouble:
            log.warning("update_not_stored", error=type(trouble).__name__)
            return Response(status_code=503)
        return Response(status_code=200)

    # a plain route: nothing of FastAPI's validation is needed on the busiest address we have
    routes.add_route(path, hook, methods=["POST"])
    return routes


async def _body(request: Request) -> bytes | None:
    """The body, or None as soon as it is longer than an update can be."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > LIMITS.update_bytes:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMITS.update_bytes:
            return None
    return bytes(body)


async def set_webhook(bot: Bot, url: str, secret: str, pause: Pause = asyncio.sleep) -> None:
    """Tell Telegram where to call, with which secret, about what; tries until Telegram has taken it."""

    async def attempt() -> None:
        await bot.set_webhook(url, allowed_updates=list(LISTENED_TO), secret_token=secret)

    await until_done("setWebhook", attempt, pause)
