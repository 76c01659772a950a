"""New lines to open pages, as server-sent events: at once from this process, within a second from another."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError

from intake.rules.deadlines.calendar import LOCAL
from storage.queries.webchat import WebMessage
from storage.unit_of_work import Store

from .limits import HEARTBEAT_SECONDS, LOOK_AGAIN_SECONDS, RECONNECT_MILLISECONDS

log = structlog.get_logger()


@dataclass(eq=False)
class _Listener:
    account_id: int
    seen: int
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Streams:
    """The open pages of this process.

    One look per second covers them all, so a thousand open pages cost one query a second. Args:
        store: where the lines are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listeners: set[_Listener] = set()
        self._watch: asyncio.Task[None] | None = None
        self._closed = False

    def signal(self, account_id: int) -> None:
        """Tell the pages of a chat that it has a new line."""
        for listener in self._listeners:
            if listener.account_id == account_id:
                listener.news.set()

    async def close(self) -> None:
        """End every stream, so that the server can stop."""
        self._closed = True
        for listener in self._listeners:
            listener.news.set()
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch

    async def events(self, account_id: int, after: int) -> AsyncIterator[str]:
        """The lines of a chat after the id `after`, each once, then `ready`, then each new one as it comes."""
        listener = _Listener(account_id, after)
        self._listeners.add(listener)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._look_again())
        told = False
        try:
            yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
            while not self._closed:
                listener.news.clear()
                lines = await self._lines_after(account_id, listener.seen)
                for line in lines:
                    listener.seen = line.id
                    try:
                        event = event_of(line)
                    except ValueError:
                        log.error("web_line_skipped", line=line.id)  # noqa: TRY400 - the trace would tell its words
                        continue
                    yield event
                if lines:
                    continue
                if not told:
                    told = True
                    yield "event: ready\ndata: {}\n\n"
                try:
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        await listener.news.wait()
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._listeners.discard(listener)

    async def _lines_after(self, account_id: int, last_id: int) -> list[WebMessage]:
        async with self._store.reading() as uow:
            return list(await uow.web.since(account_id, last_id))

    async def _look_again(self) -> None:
        while self._listeners:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            waiting = {listener.account_id for listener in self._listeners}
            try:
                async with self._store.reading() as uow:
                    heads = await uow.web.heads(waiting)
            except (DBAPIError, OSError) as trouble:
                log.warning("web_lines_not_read", error=type(trouble).__name__)
                continue
            for listener in self._listeners:
                if heads.get(listener.account_id, 0) > listener.seen:
                    listener.news.set()


def event_of(line: WebMessage) -> str:
    """A line as an event; the browser hands its id back as `Last-Event-ID` after a break.

    Raises `ValueError` for a line nobody can read: damaged, or with half an emoji, which would end the stream.
    """
    if not line.said:
        raise ValueError("not a line")
    event = f"id: {line.id}\ndata: {json.dumps(shown(line), ensure_ascii=False)}\n\n"
    event.encode()
    return event


def shown(line: WebMessage) -> dict[str, Any]:
    """A line as the page gets it, with the local day and hour it was said."""
    local = line.at.astimezone(LOCAL)
    return {"id": line.id, **line.said, "day": local.strftime("%d/%m/%Y"), "time": local.strftime("%H:%M")}
