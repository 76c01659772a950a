"""The one place that knows everything: puts the parts together and runs them until somebody stops the process."""

import asyncio
import gc
import os
import secrets
import signal
import socket
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, nullcontext, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import structlog
import uvicorn
from fastapi import APIRouter

from bot.attachments import AttachmentStore
from bot.doctor import HEARTBEAT_LIMIT
from bot.door import Door
from bot.duty import do_alone
from bot.folder_lock import folder_lock
from bot.sending import Channel, Sender
from bot.settings import Settings
from bot.store import open_store, system_now
from handlers.table import Table
from handlers.wiring import conversation_table
from storage.unit_of_work import Store
from web.server import create_app

DUTIES = frozenset({"web", "network", "send", "clock"})
STOP_SECONDS = 10
log = structlog.get_logger()


@dataclass
class Parts:
    """What one process consists of.

    `holder` is the name under which it holds its duties. `starting` is done once, beside the rest; `tasks` run
    until the process stops; `closing` is done at the end, last first.
    """

    settings: Settings
    store: Store
    table: Table
    attachments: AttachmentStore
    now: Callable[[], datetime]
    door: Door
    holder: str
    routers: list[APIRouter] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    starting: list[Coroutine[Any, Any, None]] = field(default_factory=list)
    tasks: list[Coroutine[Any, Any, None]] = field(default_factory=list)
    closing: AsyncExitStack = field(default_factory=AsyncExitStack)


async def serve(settings: Settings, *, demo: bool, duties: frozenset[str]) -> None:
    """Run until stopped. Raises `SettingsError` for what keeps it from starting."""
    with folder_lock(settings.data_dir) if settings.on_sqlite else nullcontext():
        async with AsyncExitStack() as closing:
            parts, wakers = await _put_together(settings, closing, demo=demo, duties=duties)
            if "send" in duties:
                for channel in parts.channels:
                    sender = Sender(parts.store, channel, parts.holder, parts.now)
                    wakers.append(sender.wake)
                    parts.tasks.append(sender.run())
            await _run(parts, serving_web=bool(duties & {"web", "network"}))


async def _put_together(
    settings: Settings, closing: AsyncExitStack, *, demo: bool, duties: frozenset[str]
) -> tuple[Parts, list[Callable[[], None]]]:
    now: Callable[[], datetime] = system_now
    if demo:
        from bot.demo.clock import DemoClock

        now = DemoClock(settings.data_dir, system_now)
    store = await open_store(settings, now=now)
    closing.push_async_callback(store.close)
    wakers: list[Callable[[], None]] = []
    table = conversation_table()
    parts = Parts(
        settings=settings,
        store=store,
        table=table,
        attachments=AttachmentStore(settings.data_dir / "attachments"),
        now=now,
        door=Door(store, table, lambda: [wake() for wake in wakers] and None),
        holder=_holder(settings),
        closing=closing,
    )
    parts.tasks.append(parts.door.run())
    await _web_chat(parts, demo=demo)
    if settings.telegram_token is not None:
        _telegram(parts, duties)
    if "clock" in duties:
        _clock(parts)
    return parts, wakers


def _holder(settings: Settings) -> str:
    """The name under which this process holds its duties.

    With SQLite there is one process a folder, so after a crash it takes its duties up again at once, under the same
    name; with PostgreSQL every process has its own.
    """
    if settings.on_sqlite:
        return "this folder"
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


async def _run(parts: Parts, *, serving_web: bool) -> None:
    """Run every part until the process is told to stop; a part that fails takes the others down with it."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    starting = [asyncio.create_task(task) for task in parts.starting]
    running = [asyncio.create_task(task) for task in parts.tasks]
    server = _server(parts)
    if serving_web:
        running.append(asyncio.create_task(server.serve()))
        log.info("web_opened", address=f"http://{parts.settings.http_host}:{parts.settings.http_port}/")
    gc.collect()
    gc.freeze()  # nothing made so far ever becomes garbage: do not look through it again at every collection
    told = asyncio.create_task(stopping.wait())
    await asyncio.wait({told, *running}, return_when=asyncio.FIRST_COMPLETED)
    told.cancel()
    server.should_exit = True
    for task in (*starting, *running[: len(parts.tasks)]):
        task.cancel()
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.wait(running), STOP_SECONDS)
    for task in running:
        if task.done() and not task.cancelled() and task.exception() is not None:
            raise task.exception()  # type: ignore[misc]


def _server(parts: Parts) -> uvicorn.Server:
    async def trouble() -> str:
        async with parts.store.reading() as uow:
            beat = await uow.ledger.last_beat("sweep")
        if beat is None or parts.now() - beat > HEARTBEAT_LIMIT:
            return "the sweep of deadlines has not run for a day"
        return ""

    config = uvicorn.Config(
        create_app(parts.routers, trouble),
        host=parts.settings.http_host,
        port=parts.settings.http_port,
        access_log=False,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=3,
    )
    server = uvicorn.Server(config)
    server.capture_signals = nullcontext  # type: ignore[method-assign]  # ours stop every part, not only this one
    return server


async def _web_chat(parts: Parts, *, demo: bool) -> None:
    from bot.webchat.channel import WebChatChannel
    from bot.webchat.routes import webchat_router
    from bot.webchat.streams import Streams
    from bot.webchat.webchat import WebChat

    streams = Streams(parts.store)
    web = WebChat(
        store=parts.store,
        door=parts.door,
        streams=streams,
        attachments=parts.attachments,
        now=parts.now,
        secure=parts.settings.public_url.startswith("https://"),
    )
    parts.channels.append(WebChatChannel(parts.store, streams, parts.attachments))
    if demo:
        await _demo(parts, web)
    parts.routers.append(webchat_router(web))


def _telegram(parts: Parts, duties: frozenset[str]) -> None:
    from bot.telegram.commands import CommandMenus
    from bot.telegram.receive import Receiver, make_bot
    from bot.telegram.send import make_channel

    settings = parts.settings
    if settings.telegram_token is None:
        return
    token = settings.telegram_token.get_secret_value()
    if "send" in duties:
        channel = make_channel(token, settings.telegram_api, parts.attachments)
        parts.closing.push_async_callback(channel.close)
        parts.channels.append(channel)
        parts.tasks.append(CommandMenus(channel.bot, parts.store, parts.table).run())
    if "network" not in duties:
        return
    bot = make_bot(token, settings.telegram_api)
    parts.closing.push_async_callback(bot.session.close)
    receiver = Receiver(bot, parts.door, parts.store, parts.attachments)
    if settings.telegram_webhook_url and settings.telegram_webhook_secret is not None:
        from bot.telegram.webhook import router, set_webhook

        secret = settings.telegram_webhook_secret.get_secret_value()
        parts.routers.append(router(urlsplit(settings.telegram_webhook_url).path or "/", secret, receiver.take))
        parts.starting.append(set_webhook(bot, settings.telegram_webhook_url, secret))
    else:
        from bot.telegram.polling import poll

        duty = f"poll:telegram:{bot.id}"
        parts.tasks.append(do_alone(parts.store, duty, parts.holder, partial(poll, bot, receiver.take)))
