"""What open pages are told as it happens, whatever page it is: a topic, and what is new under it, by growing ids.

A page says which id it has seen and is sent what came after it, each once and in order, over a WebSocket; where none
gets through, over a stream of server-sent events. Browsers allow six connections to a host over HTTP/1.1, for all tabs
together, and 255 WebSockets: with streams alone the seventh window hangs.

Whoever writes something new says so by `signal`, with the topic and the newest id at most; what it is, is read from
where it lies. Of what other processes wrote the database tells, where it can: then nobody looks in vain. Where it
cannot (SQLite, a pooler in between, a connection that broke), it is found by looking, once for all topics.
"""

import asyncio
import math
import sys
import time
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketDisconnected
from websockets.frames import Frame, Opcode

from .our_page import is_our_page

HEARTBEAT_SECONDS = 15.0
"""How long a page hears nothing at most; proxies cut silent connections after 30 to 60."""
LOOK_AGAIN_SECONDS = 1.0
"""How soon is seen what another process wrote, where the database does not tell of it."""
MOST_OF_A_TOPIC = 32
"""Pages that may follow one topic at once in one process."""
LARGEST_WORD = 64
"""Bytes a page may send over its WebSocket: nothing is expected of it."""
RECONNECT_MILLISECONDS = 2000
READY = '{"ready": true}'
"""What a page is sent once it has everything there was."""
BEAT = '{"beat": true}'
FAILED = 1011
"""The code that closes a WebSocket when something broke here."""
OVERCROWDED = 1013
"""The code that closes a WebSocket for which there is no room; the page asks from time to time instead."""
GONE = 4404
"""The code that closes a WebSocket whose topic is not this browser's, or has ended."""
RESTARTING = 1012
NOT_EXPECTED = 1008
log = structlog.get_logger()


def socket_message(text: str) -> Message:
    """What is sent over a WebSocket; `frame` are its bytes, which `GuardedWebSocket` writes as they are."""
    frame = Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
    return {"type": "websocket.send", "text": text, "frame": frame}


_SAID = {word: socket_message(word) for word in (READY, BEAT)}


@dataclass(frozen=True, slots=True)
class Item:
    """Something new: its id, and what the page gets, as JSON; empty: nothing. After the `last` one nothing follows.

    `said` is that as a WebSocket is sent it, made once for however many get it.
    """

    id: int
    text: str
    last: bool = False
    said: Message = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put it into the frame that all of them are sent."""
        object.__setattr__(self, "said", socket_message(self.text))


class Source(Protocol):
    """Where what is new lies."""

    async def since(self, topic: str, last_id: int) -> Sequence[Item]:
        """Some of what came after an id, oldest first; none when there is nothing."""
        ...

    async def newest(self, topics: Collection[str]) -> Mapping[str, int]:
        """The newest id under each of some topics."""
        ...


@dataclass(eq=False, slots=True)
class _Follower:
    """`quiet`: it was sent nothing since the last round of beats; `beats`: it is woken for a beat."""

    topic: str
    seen: int
    news: asyncio.Event = field(default_factory=asyncio.Event)
    quiet: bool = False
    beats: bool = False


class Live:
    """The open pages of this process.

    One look covers all of them, so a thousand open pages cost one query a second.
    """

    def __init__(
        self,
        source: Source,
        *,
        heartbeat: float = HEARTBEAT_SECONDS,
        most_of_a_topic: int = MOST_OF_A_TOPIC,
        look_again: float = LOOK_AGAIN_SECONDS,
        look_though_told: float = math.inf,
    ) -> None:
        """Serve a source.

        `look_again`: seconds between two looks while the database tells of nothing, `look_though_told` while it does,
        for a source of which it does not tell everything.
        """
        self._source = source
        self._heartbeat = heartbeat
        self._most_of_a_topic = most_of_a_topic
        self._look_again_seconds = look_again
        self._look_though_told = look_though_told
        self._followers: set[_Follower] = set()
        self._of_topic: Counter[str] = Counter()
        self._watch: asyncio.Task[None] | None = None
        self._beats: asyncio.Task[None] | None = None
        self._closed = False
        self._told = False

    @property
    def told(self) -> bool:
        """Whether the database tells of what other processes write."""
        return self._told

    @property
    def topics(self) -> Collection[str]:
        """What pages follow at this moment."""
        return tuple(self._of_topic)

    def is_followed(self, topic: str) -> bool:
        """Whether a page follows it."""
        return topic in self._of_topic

    def hearing(self, *, does: bool) -> None:
        """Note whether the database is heard from now on; every page looks: something may have been missed before."""
        self._told = does
        self._signal_all()

    def signal(self, topic: str, newest: int = sys.maxsize) -> None:
        """Tell the pages that follow a topic that there is something new, up to the id `newest`."""
        for follower in self._followers:
            if follower.topic == topic and follower.seen < newest:
                follower.news.set()

    def _signal_all(self) -> None:
        for follower in self._followers:
            follower.news.set()

    @property
    def closed(self) -> bool:
        """Whether the server is stopping."""
        return self._closed

    async def close(self) -> None:
        """Let every page go, so that the server can stop."""
        self._closed = True
        self._signal_all()
        for task in (self._watch, self._beats):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def follow(self, topic: str, after: int) -> AsyncGenerator[Item | str]:
        """What is under a topic after the id `after`, each once, then `READY`, then each new one as it comes.

        `BEAT` whenever there was nothing for a while. Where too many follow it already, it ends after `READY`.
        """
        crowded = self._of_topic[topic] >= self._most_of_a_topic
        follower = _Follower(topic, after)
        self._followers.add(follower)
        self._of_topic[topic] += 1
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._look_again())
        if self._beats is None or self._beats.done():
            self._beats = asyncio.create_task(self._beat())
        told = False
        over = False
        try:
            while not self._closed and not over:
                follower.news.clear()
                items = await self._source.since(topic, follower.seen)
                for item in items:
                    follower.seen, follower.quiet = item.id, False
                    yield item
                over = any(item.last for item in items)
                if items:
                    continue
                if not told:
                    told = True
                    yield READY
                over = crowded
                if over:
                    break
                await follower.news.wait()
                if follower.beats:
                    follower.beats = follower.quiet = False
                    yield BEAT
        finally:
            self._followers.discard(follower)
            self._of_topic[topic] -= 1
            if not self._of_topic[topic]:
                del self._of_topic[topic]

    async def _beat(self) -> None:
        """Wake those who were sent nothing for a whole round, two rounds a heartbeat: one timer for all of them."""
        while self._followers:
            await asyncio.sleep(self._heartbeat / 2)
            for follower in self._followers:
                if follower.quiet:
                    follower.beats = True
                    follower.news.set()
                follower.quiet = True

    async def _look_again(self) -> None:
        looked = time.monotonic()
        while self._followers:
            await asyncio.sleep(self._look_again_seconds)
            if self._told and time.monotonic() - looked < self._look_though_told:
                continue
            looked = time.monotonic()
            topics = {follower.topic for follower in self._followers}
            try:
                newest = await self._source.newest(topics)
            except (SQLAlchemyError, OSError) as trouble:
                log.warning("news_not_read", error=type(trouble).__name__)
                continue
            for follower in self._followers:
                if newest.get(follower.topic, 0) > follower.seen:
                    follower.news.set()


async def as_events(live: Live, topic: str, after: int) -> AsyncIterator[str]:
    """What a page follows, as server-sent events; the browser hands the id back as `Last-Event-ID` after a break."""
    yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
    async with aclosing(live.follow(topic, after)) as following:
        async for news in following:
            if isinstance(news, Item):
                if news.text:
                    yield f"id: {news.id}\ndata: {news.text}\n\n"
                if news.last:
                    yield "event: over\ndata: {}\n\n"
            else:
                yield "event: ready\ndata: {}\n\n" if news == READY else ": still here\n\n"


_LOST = (WebSocketDisconnect, WebSocketDisconnected, OSError)
"""A page that went away: what is written to it fails the first time as one of these, from then on as another."""


async def over_websocket(live: Live, websocket: WebSocket, topic: str | None, after: int) -> None:
    """Send a page what it follows until either side ends it.

    `topic` is None where this browser may follow nothing here. A page of another site is never let in: browsers send
    the cookie along with a WebSocket from anywhere, and say who asks in `Origin`.
    """
    if not is_our_page(websocket) or topic is None:
        await websocket.close(GONE)
        return
    await websocket.accept()
    sending = asyncio.create_task(_send(live, websocket, topic, after))
    try:
        await _until_closed(websocket)  # by either side
    finally:
        sending.cancel()
        [outcome] = await asyncio.gather(sending, return_exceptions=True)
    if isinstance(outcome, Exception) and not isinstance(outcome, _LOST):
        raise outcome


async def _send(live: Live, websocket: WebSocket, topic: str, after: int) -> None:
    code = FAILED
    try:
        last = False
        async with aclosing(live.follow(topic, after)) as following:
            async for news in following:
                if not isinstance(news, Item):
                    await websocket.send(_SAID[news])
                    continue
                last = news.last
                if news.text:
                    await websocket.send(news.said)
        code = GONE if last else RESTARTING if live.closed else OVERCROWDED
    except asyncio.CancelledError:
        code = 0
        raise
    finally:
        if code:
            await _close(websocket, code)


async def _until_closed(websocket: WebSocket) -> None:
    """A page has nothing to say here; one that speaks all the same is let go."""
    said = await websocket.receive()
    if said["type"] == "websocket.receive":
        await _close(websocket, NOT_EXPECTED)


async def _close(websocket: WebSocket, code: int) -> None:
    """Close it with a code; a page that is gone already, found out while it was written to, needs no word more."""
    with suppress(*_LOST):
        await websocket.close(code)
