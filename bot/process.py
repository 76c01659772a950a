"""One process: its parts run side by side until it is told to stop, or one of them fails."""

import asyncio
import gc
import os
import secrets
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
import uvicorn
from fastapi import APIRouter
from starlette.types import ASGIApp

from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from bot.ops.health import WriteProbe, concerns, trouble
from bot.ops.metrics import MEDIA_TYPE, Metrics
from bot.ops.shutdown import FINISH_SECONDS, MARK_SECONDS, in_time
from bot.outbox.relay import Channel
from bot.settings import PREFIX, Settings, SettingsError
from handlers.engine.table import Table
from scheduler.lease import DURATION, RELEASE_SECONDS, Lease
from storage.unit_of_work import Store
from web.connections import KEPT_OPEN, connections_of, guarded, proxies_of
from web.live import LARGEST_WORD
from web.metrics import metrics_router
from web.server import Broken, Failing, Nowhere, create_app

_PARTS_SECONDS = FINISH_SECONDS + MARK_SECONDS + RELEASE_SECONDS + 0.5
"""How long the parts may take to stop, side by side."""
_WEB_SECONDS = 3
log = structlog.get_logger()


@dataclass
class Parts:
    """What one process consists of.

    `links` is filled as the networks become known. `holder` is the name under which it holds leases. `wake` is
    called when there may be new letters; it calls each of `wakers`. `starting` is done once, beside the rest; `tasks`
    run until the process stops; `concerns` say what somebody should see to, or nothing; `in_front` is
    asked before anything is routed, and hands on what it does not answer itself; `nowhere` makes the page of an
    address that is none and `broken` that of a failure, where pages are served;
    `on_shutdown` lets go of whoever is being served, `closing` of everything else, last first.
    """

    settings: Settings
    store: Store
    table: Table
    attachments: AttachmentStore
    now: Callable[[], datetime]
    holder: str
    inbound: InboundQueue
    closing: AsyncExitStack
    wake: Callable[[], None]
    links: ChatLinks
    metrics: Metrics
    wakers: list[Callable[[], None]] = field(default_factory=list)
    routers: list[APIRouter] = field(default_factory=list)
    in_front: list[Callable[[ASGIApp], ASGIApp]] = field(default_factory=list)
    nowhere: Nowhere | None = None
    broken: Broken | None = None
    channels: list[Channel] = field(default_factory=list)
    starting: list[Callable[[], Coroutine[Any, Any, None]]] = field(default_factory=list)
    tasks: list[Callable[[], Coroutine[Any, Any, None]]] = field(default_factory=list)
    concerns: list[Callable[[], str]] = field(default_factory=list)
    on_shutdown: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    def lease(self, name: str, duration: timedelta = DURATION) -> Lease:
        """A lease that this process may take."""
        return Lease(name, self.holder, self.store.unit, self.now, duration=duration)


def holder_name(settings: Settings) -> str:
    """The name under which a process holds leases.

    With SQLite there is one process a folder, so after a crash it has its leases again at once, under the same
    name; with PostgreSQL every process has its own.
    """
    if settings.on_sqlite:
        return "this folder"
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"


async def run(parts: Parts, on_stop: Callable[[], None] = lambda: None) -> None:
    """Run every part until the process is told to stop; a part that fails stops the others and is raised.

    `on_stop` is called when the stopping begins. Raises `SettingsError` when the address to serve cannot be had.
    """
    listening = _listen(parts.settings)
    log.info("started", web=f"http://{parts.settings.http_host}:{parts.settings.http_port}/")
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopping.set)
    starting = [asyncio.create_task(task()) for task in parts.starting]
    working = [asyncio.create_task(task()) for task in parts.tasks]
    hearing = asyncio.create_task(parts.inbound.run())
    server = _server(parts)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    gc.collect()
    gc.freeze()  # nothing made so far ever becomes garbage: it is not looked through again at every collection
    told = asyncio.create_task(stopping.wait())
    await asyncio.wait({told, serving, hearing, *working}, return_when=asyncio.FIRST_COMPLETED)
    on_stop()
    log.info("stopping")
    told.cancel()
    server.should_exit = True
    for let_go in parts.on_shutdown:
        await let_go()
    # nothing is taken in any more and no letter is begun; calls that came before get their answers
    await _stop({serving}, {*starting, *working})
    if not hearing.done():
        await in_time(parts.inbound.finish(), "messages")
    await _stop(set(), {hearing})
    for task in (*starting, *working, serving, hearing):
        failure = task.exception() if task.done() and not task.cancelled() else None
        if failure is not None:
            raise failure


async def _stop(ending: set[asyncio.Task[None]], told: set[asyncio.Task[None]]) -> None:
    """Tell some tasks to stop and wait for them and for those that end by themselves; what does not is cut off."""
    for task in told:
        task.cancel()
    if not (ending | told):
        return
    _, pending = await asyncio.wait(ending | told, timeout=_PARTS_SECONDS)
    if pending:
        log.warning("not_stopped_in_time", parts=len(pending))
        for task in pending:
            task.cancel()
        await asyncio.wait(pending, timeout=0.5)


def _listen(settings: Settings) -> socket.socket:
    """The address that is served, taken before anything runs; the web server's own way out leaves the rest hanging."""
    host, port = settings.http_host, settings.http_port
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as trouble:
        reason = (trouble.strerror or "not allowed").partition(" (")[0].lower()
        names = f"{PREFIX}HTTP_HOST and {PREFIX}HTTP_PORT"
        raise SettingsError(f"{names}: nothing can be served at {host}:{port}: {reason}") from None


def _server(parts: Parts) -> uvicorn.Server:
    settings = parts.settings
    metrics = metrics_router(
        parts.metrics.render,
        MEDIA_TYPE,
        None if settings.metrics_token is None else settings.metrics_token.get_secret_value(),
        behind_proxy=settings.served_to_others,
    )
    connections = connections_of(settings.connections, settings.connections_of_one_address)
    http, websocket = guarded(connections)
    app: ASGIApp = create_app(
        [metrics, *parts.routers],
        partial(trouble, parts.store, WriteProbe(parts.store)),
        partial(concerns, parts.store, parts.concerns),
        parts.nowhere,
    )
    for front in parts.in_front:
        app = front(app)
    if parts.broken is not None:
        app = Failing(app, parts.broken)
    config = uvicorn.Config(
        app,
        host=settings.http_host,
        port=settings.http_port,
        access_log=False,
        log_config=None,
        lifespan="off",
        timeout_graceful_shutdown=_WEB_SECONDS,
        timeout_keep_alive=KEPT_OPEN,
        http=http,
        ws=websocket,
        # pages are sent short lines: compressing them takes twice the memory and twice the time
        ws_per_message_deflate=False,
        ws_max_size=LARGEST_WORD,
    )
    connections.proxies = proxies_of(config)
    server = uvicorn.Server(config)
    server.capture_signals = nullcontext  # type: ignore[assignment]  # ours stop every part, not only this one
    return server
