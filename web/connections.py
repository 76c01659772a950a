"""Connections to the web side: how many there may be, and how long each may take to say what it wants.

uvicorn waits for ever for whoever connects and says nothing, and a process that has used up its descriptors can open no
file and serve nobody. So connections are counted here. Where there are too many, the one that has been idle longest
makes room for a new one; whoever is slower than any phone is let go; and all of it is one line of the log a minute.
"""

import asyncio
import resource
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, ClassVar

import structlog
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from .pace import customer_at

KEPT_FREE = 96
"""Descriptors for everything else: the database, files that are sent and written, calls to networks."""
KEPT_OPEN = 5
"""Seconds a connection that has its answer is kept for what comes next. A proxy has to give up its own before: what it
sends in the moment in which it is closed here is lost, and the person reads 502."""
SAID_EVERY = 60.0
"""Seconds between two lines of the log about connections."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a connection may take.

    `headers`: seconds until a request is there; `body`: seconds in which `slowest` bytes of a body have to come, unless
    it is us who are slow; `answer`: seconds in which it has to take something of an answer.
    """

    headers: float = 15.0
    body: float = 30.0
    slowest: int = 15_000
    answer: float = 60.0


@dataclass(eq=False)
class Connections:
    """The open connections of a process.

    Args:
        most: how many there may be; fewer where the system gives fewer descriptors.
        of_one_address: how many of one address. A proxy among `proxies`, or on this machine, brings everybody's.
        patience: how long each may take.
    """

    most: int
    of_one_address: int
    proxies: Collection[str] = ()
    patience: Patience = field(default_factory=Patience)
    _addresses: dict[asyncio.BaseTransport, str] = field(default_factory=dict)
    _per_address: Counter[str] = field(default_factory=Counter)
    _idle: dict[asyncio.BaseTransport, None] = field(default_factory=dict)
    _unsaid: Counter[str] = field(default_factory=Counter)
    _says_again_at: float = 0.0

    def __len__(self) -> int:
        """How many there are."""
        return len(self._addresses)

    def admit(self, transport: asyncio.Transport) -> bool:
        """Count a connection in; it is idle until it says what it wants. False where there is no room for it."""
        address = self._counted_address(transport)
        if address and self._per_address[address] >= self.of_one_address and not self._make_room(address):
            self.note("refused")
            return False
        if len(self._addresses) >= self.most and not self._make_room():
            self.note("refused")
            return False
        self._addresses[transport] = address
        self._per_address[address] += 1
        self._idle[transport] = None
        return True

    def busy(self, transport: asyncio.BaseTransport) -> None:
        """It has said what it wants."""
        self._idle.pop(transport, None)

    def idle(self, transport: asyncio.BaseTransport) -> None:
        """It has its answer."""
        if transport in self._addresses:
            self._idle[transport] = None

    def leave(self, transport: asyncio.BaseTransport) -> None:
        """It is gone."""
        address = self._addresses.pop(transport, None)
        self._idle.pop(transport, None)
        if address is not None:
            self._per_address[address] -= 1
            if not self._per_address[address]:
                del self._per_address[address]

    def note(self, what: str) -> None:
        """Count something for the log: said at once, and then once a minute with how often it was."""
        self._unsaid[what] += 1
        now = asyncio.get_running_loop().time()
        if now >= self._says_again_at:
            log.warning("connections_limited", open=len(self), **self._unsaid)
            self._unsaid.clear()
            self._says_again_at = now + SAID_EVERY

    def _make_room(self, address: str = "") -> bool:
        for transport in self._idle:
            if not address or self._addresses[transport] == address:
                self.leave(transport)
                transport.close()
                self.note("made_room")
                return True
        return False

    def _counted_address(self, transport: asyncio.Transport) -> str:
        """The address it counts for; empty where others may be behind it."""
        peer = transport.get_extra_info("peername")
        host = str(peer[0]) if isinstance(peer, tuple) else ""
        return "" if _is_this_machine(host) or not {host, "*"}.isdisjoint(self.proxies) else customer_at(host)


def connections_of(most: int, of_one_address: int) -> Connections:
    """The connections of this process, within the descriptors the system gives it, all of which it asks for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or soft < hard:
        wanted = most + KEPT_FREE if hard == resource.RLIM_INFINITY else min(hard, most + KEPT_FREE)
        soft = max(soft, wanted)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return Connections(max(1, min(most, soft - KEPT_FREE)), of_one_address)


def proxies_of(config: Config) -> Collection[str]:
    """The addresses of proxies as uvicorn was told them (`FORWARDED_ALLOW_IPS`)."""
    told = config.forwarded_allow_ips
    return [one.strip() for one in told.split(",")] if isinstance(told, str) else told


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a socket without an address
        return True


class GuardedHttp(HttpToolsProtocol):
    """HTTP: a request has to come in time, and so have its body and whoever reads the answer."""

    guard: ClassVar[Connections]

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self._timer: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._came = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """See uvicorn."""
        if not self.guard.admit(transport):
            transport.write(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nConnection: close\r\n\r\n")
            transport.close()
            self.transport = transport
            return
        super().connection_made(transport)
        self._wait(self.guard.patience.headers)

    def connection_lost(self, exc: Exception | None) -> None:
        """See uvicorn."""
        self.guard.leave(self.transport)
        self._stop_waiting()
        if self._stalled is not None:
            self._stalled.cancel()
        if self.flow is not None:
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """See uvicorn."""
        if self.flow is not None and not self.transport.is_closing():
            super().data_received(data)

    def on_message_begin(self) -> None:
        """See uvicorn."""
        super().on_message_begin()
        if self._timer is None:
            self._wait(self.guard.patience.headers)

    def on_headers_complete(self) -> None:
        """See uvicorn."""
        self.guard.busy(self.transport)
        self._came = 0
        self._wait(self.guard.patience.body)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """See uvicorn."""
        self._came += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """See uvicorn."""
        self._stop_waiting()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """See uvicorn."""
        self._stop_waiting()
        self.guard.idle(self.transport)
        super().on_response_complete()

    def handle_websocket_upgrade(self) -> None:
        """See uvicorn."""
        self._stop_waiting()
        super().handle_websocket_upgrade()

    def pause_writing(self) -> None:
        """See uvicorn."""
        self._stalled = self.loop.call_later(self.guard.patience.answer, self._let_go)
        super().pause_writing()

    def resume_writing(self) -> None:
        """See uvicorn."""
        if self._stalled is not None:
            self._stalled.cancel()
        super().resume_writing()

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._timer = self.loop.call_later(seconds, self._waited)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None

    def _waited(self) -> None:
        in_body = self.cycle is not None and self.cycle.more_body
        if in_body and (self._came >= self.guard.patience.slowest or self.flow.read_paused):
            self._came = 0
            self._wait(self.guard.patience.body)
        else:
            self._let_go()

    def _let_go(self) -> None:
        self.guard.note("too_slow")
        self.transport.abort()


class GuardedWebSocket(WebSocketsSansIOProtocol):
    """A WebSocket is counted until it is closed. What many are sent is in its frame already, and written as it is."""

    guard: ClassVar[Connections]

    async def send(self, message: Any) -> None:
        """See uvicorn; with a `frame` of a message in it, which must be a whole one (`web/live.py`)."""
        frame = message.get("frame")
        if frame is None or self.disconnected or self.conn.state is not State.OPEN or not self.writable.is_set():
            await super().send(message)
        else:
            self.transport.write(frame)

    def connection_lost(self, exc: Exception | None) -> None:
        """See uvicorn."""
        self.guard.leave(self.transport)
        super().connection_lost(exc)


def guarded(connections: Connections) -> tuple[type[HttpToolsProtocol], type[WebSocketsSansIOProtocol]]:
    """The protocols of uvicorn, whose connections are counted and timed."""

    class Http(GuardedHttp):
        guard = connections

    class Socket(GuardedWebSocket):
        guard = connections

    return Http, Socket
