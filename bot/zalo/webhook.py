"""The address Zalo calls: checked, stored, answered; whatever follows happens afterwards."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from storage.unit_of_work import Store

from .account.events import Event, read_event, timestamp_of
from .limits import LIMITS, STORE_SECONDS

HEADER = "X-ZEvent-Signature"
_PREFIX = "mac="


def signature_of(app_id: str, body: bytes, timestamp: str, secret: str) -> str:
    """What Zalo writes into the header (hex). It is a plain digest, not an HMAC: so Zalo has it."""
    return hashlib.sha256(app_id.encode() + body + timestamp.encode() + secret.encode()).hexdigest()


def is_genuine(header: str, app_id: str, body: bytes, timestamp: str, secret: str) -> bool:
    """Whether the header, with or without `mac=`, is right; compared in a time that tells nothing."""
    expected = signature_of(app_id, body, timestamp, secret)
    given = header.strip().removeprefix(_PREFIX)
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())


PATH = "/zalo/webhook"
log = structlog.get_logger()


FRESH_FOR = timedelta(hours=24)
"""How old an event may be. Zalo brings one again for two hours at most (ZALO 3); what is older was kept by somebody,
and what we have seen we know for a week only."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What the webhook has to know. With `only_log` a wrong signature is logged and the event taken all the same.

    A genuine event that was made longer ago than `fresh_for` is turned away: its signature is good for ever. `on_wrong`
    is called for each signature that is wrong.
    """

    app_id: str
    oa_id: str
    oa_secret: str
    only_log: bool = False
    fresh_for: timedelta = FRESH_FOR
    on_wrong: Callable[[], None] = lambda: None


def router(gate: Gate, store: Store, on_event: Callable[[], None], seconds: float = STORE_SECONDS) -> APIRouter:
    """The route of the webhook; `on_event` wakes whoever deals with what is stored.

    200: stored, or known already, or of no concern. 403: not Zalo, or not Zalo now. 413: longer than any event. 400:
    no event. 503: not stored within `seconds`, Zalo is to bring it again.
    """
    routes = APIRouter()

    async def hook(request: Request) -> Response:
        body = await body_of(request, LIMITS.event_bytes)
        if body is None:
            return Response(status_code=413)
        event = _checked(gate, body, request.headers.get(HEADER, ""), store.now())
        if isinstance(event, int):
            return Response(status_code=event)
        if event is not None:
            storing = keep_event(store, gate.oa_id, event.key, event.address, event.sent_at_ms, body.decode())
            new = await stored_in_time(storing, seconds)
            if new is None:
                return Response(status_code=503)
            if new:
                on_event()
        return Response(status_code=200)

    # a plain route: nothing of FastAPI's validation is needed here
    routes.add_route(PATH, hook, methods=["POST"])
    return routes


def _checked(gate: Gate, body: bytes, header: str, now: datetime) -> Event | int | None:
    """The event of a body, None for one of no concern, or the status with which it is turned away."""
    raw = _read(body)
    if raw is None:
        return 400
    if not is_genuine(header, gate.app_id, body, timestamp_of(raw), gate.oa_secret):
        log.warning("zalo_signature_wrong", taken=gate.only_log)
        gate.on_wrong()
        if not gate.only_log:
            return 403
    event = read_event(raw)
    if event is not None and event.oa_id != gate.oa_id:
        log.info("zalo_event_of_another_account")
        return None
    if event is not None and datetime.fromtimestamp(event.sent_at_ms / 1000, UTC) < now - gate.fresh_for:
        log.warning("zalo_event_stale")
        return 403
    return event


def _read(body: bytes) -> dict[str, Any] | None:
    try:
        raw = json.loads(body.decode())
    except (ValueError, RecursionError):
        return None
    return raw if isinstance(raw, dict) else None


async def body_of(request: Request, most: int) -> bytes | None:
    """The body, or None as soon as it is longer than `most` bytes."""
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced) > most:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)


async def keep_event(store: Store, channel: str, key: str, address: str, sent_at_ms: int, body: str) -> bool:
    """Store an event. Returns False when it was known. Raises what the database raises."""
    async with store.unit() as uow:
        new = await uow.zalo_events.add(channel, key, address, sent_at_ms, body)
        await uow.commit()
    return new


async def stored_in_time(storing: Awaitable[bool], seconds: float) -> bool | None:
    """Whether the event is new; None when it could not be stored in time."""
    try:
        async with asyncio.timeout(seconds):
            return await storing
    except (TimeoutError, SQLAlchemyError, OSError) as trouble:
        log.warning("zalo_event_not_stored", error=type(trouble).__name__)
        return None
