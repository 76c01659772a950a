"""Updates of the bot: stored as they come, by polling or webhook, then dealt with like those of the account."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from bot.inbound import InboundQueue
from bot.zalo.choosing import Choosing
from bot.zalo.limits import LIMITS, STORE_SECONDS
from bot.zalo.media import ZaloFetcher
from bot.zalo.webhook import body_of, keep_event, stored_in_time
from handlers.engine.converse import apologise
from handlers.engine.inbound_event import InboundEvent, InboundKind, Media
from handlers.engine.table import Table
from intake.rules.outbox.delivery import Unavailable
from intake.rules.people.person import Network
from storage.queries.zalo.events import StoredEvent
from storage.unit_of_work import Store

from .client import TIMED_OUT, BotClient, BotRefusal
from .updates import read_update

PATH = "/zalo/bot"
HEADER = "X-Bot-Api-Secret-Token"
LONG_POLL = 25
SLACK = 10.0
_LONGEST_PAUSE = 60.0
Pause = Callable[[float], Awaitable[None]]
log = structlog.get_logger()


def channel_of(bot_id: str) -> str:
    """The bot's name among stored events; an Official Account may have the same number."""
    return f"bot:{bot_id}"


class BotReceiver:
    """Takes stored updates, each person's in their order."""

    def __init__(
        self,
        store: Store,
        inbound: InboundQueue,
        table: Table,
        fetcher: ZaloFetcher,
        bot_id: str,
        on_letters: Callable[[], None],
    ) -> None:
        self._store = store
        self._inbound = inbound
        self._fetcher = fetcher
        self._bot_id = bot_id
        self._on_letters = on_letters
        self._choosing = Choosing(store, table, Network.ZALO_BOT, bot_id, on_letters)

    async def take(self, stored: StoredEvent) -> None:
        """Deal with one update; returns when that is durable. Raises what the database raised."""
        update = read_update(json.loads(stored.body))
        if update is None:
            return
        event: InboundEvent | None
        if update.kind is InboundKind.TEXT:
            event = await self._choosing.read(update.address, update.key, update.text)
        elif update.problem is not None:
            event = self._heard(stored, update.kind, media=(Media(problem=update.problem),))
        else:
            chat = (Network.ZALO_BOT, self._bot_id, stored.address)
            media = await self._fetcher.fetch(chat, update.file, update.name)
            event = self._heard(stored, update.kind, text=update.text, media=(media,))
        if event is not None:
            await self._inbound.take(event)

    async def apologise(self, stored: StoredEvent, number: str) -> None:
        """After a defect of ours; the number is in the log."""
        async with self._store.unit() as uow:
            await apologise(uow, self._heard(stored, InboundKind.TEXT), number)
            await uow.commit()
        self._on_letters()

    def _heard(
        self, stored: StoredEvent, kind: InboundKind, *, text: str = "", media: tuple[Media, ...] = ()
    ) -> InboundEvent:
        return InboundEvent(Network.ZALO_BOT, self._bot_id, stored.address, stored.key, kind, text=text, media=media)


async def keep_update(store: Store, bot_id: str, raw: Any) -> bool:
    """Store an update. Returns False for one that is known or of no concern. Raises what the database raises."""
    update = read_update(raw) if isinstance(raw, dict) else None
    if update is None:
        return False
    body = json.dumps(raw)  # in ASCII: half an emoji is stored as well as any text
    return await keep_event(store, channel_of(bot_id), update.key, update.address, update.sent_at_ms, body)


async def poll(client: BotClient, store: Store, on_event: Callable[[], None], pause: Pause = asyncio.sleep) -> None:
    """Fetch updates and store them until cancelled.

    The platform forgets an update as soon as it has handed it out: one that cannot be stored is tried again from
    memory until it can; only a process that dies in that moment takes it along.
    """
    failures = 0
    kept: Any = None
    webhook_gone = False
    while True:
        try:
            if not webhook_gone:
                await client.call("deleteWebhook")
                webhook_gone = True
            if kept is None:
                kept = await client.call("getUpdates", LONG_POLL + SLACK, timeout=LONG_POLL)
            if await keep_update(store, client.bot_id, kept):
                on_event()
            kept, failures = None, 0
        except BotRefusal as refusal:
            if refusal.code != TIMED_OUT:
                failures += 1
                log.error("zalo_bot_refused", code=refusal.code)  # noqa: TRY400 - its words may name people
                await pause(_pause_after(failures))
        except (Unavailable, SQLAlchemyError, OSError) as trouble:
            failures += 1
            log.warning("zalo_bot_not_reached", error=type(trouble).__name__)
            await pause(_pause_after(failures))


def _pause_after(failures: int) -> float:
    return min(float(2 ** min(failures, 6)), _LONGEST_PAUSE)


async def set_webhook(client: BotClient, url: str, secret: str, pause: Pause = asyncio.sleep) -> None:
    """Tell the platform where to call, with which secret; tries until it has taken it."""
    failures = 0
    while True:
        try:
            await client.call("setWebhook", url=url, secret_token=secret)
        except (BotRefusal, Unavailable) as trouble:
            failures += 1
            log.warning("zalo_bot_webhook_not_set", error=type(trouble).__name__)
            await pause(_pause_after(failures))
        else:
            return


def bot_router(secret: str, store: Store, bot_id: str, on_event: Callable[[], None]) -> APIRouter:
    """The route the platform calls; answers as that of the account does."""
    routes = APIRouter()

    async def hook(request: Request) -> Response:
        given = request.headers.get(HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(given, secret.encode()):
            log.warning("zalo_bot_secret_wrong")
            return Response(status_code=403)
        body = await body_of(request, LIMITS.event_bytes)
        if body is None:
            return Response(status_code=413)
        try:
            raw = json.loads(body.decode())
        except (ValueError, RecursionError):
            return Response(status_code=400)
        new = await stored_in_time(keep_update(store, bot_id, raw), STORE_SECONDS)
        if new:
            on_event()
        return Response(status_code=503 if new is None else 200)

    routes.add_route(PATH, hook, methods=["POST"])
    return routes
