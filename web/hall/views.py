"""What open pages of halls show, as something they follow: a page that changed goes to all who have it open."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import DBAPIError

from intake.rules.errors import NotFound
from web.live import Item, Live

MOST_PAGES = 3_000
"""Pages that may follow one meeting in one process: a large hall, and those at home."""
LOOK_AGAIN_SECONDS = 0.5
"""How soon is seen what another process did in a hall."""
NOT_MORE_OFTEN = 0.25
"""Seconds between two looks after deeds of this process: in a busy hall a hundred people tap at once."""
log = structlog.get_logger()

Draw = Callable[[str], Awaitable[str]]
"""Makes what a topic shows right now, as HTML; `NotFound` where it shows nothing any more."""


@dataclass(slots=True)
class _Shown:
    number: int
    html: str
    item: Item


class HallViews:
    """What each topic shows. It is drawn once for all who follow it, and counts up when it has changed."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._shown: dict[str, _Shown] = {}
        self._fresh: dict[str, bool] = {}
        self._drawing = asyncio.Lock()
        self._later: asyncio.TimerHandle | None = None
        self._looking: asyncio.Task[None] | None = None
        self.live = Live(self, most_of_a_topic=MOST_PAGES, look_again=LOOK_AGAIN_SECONDS)

    async def since(self, topic: str, last_id: int) -> Sequence[Item]:
        """What a topic shows, if it is not what a page has."""
        if not self._fresh.get(topic):
            await self._look(topic)
        shown = self._shown[topic]
        return (shown.item,) if shown.number > last_id else ()

    async def newest(self, topics: Collection[str]) -> Mapping[str, int]:
        """Look at each topic that somebody follows; whatever nobody follows any more is forgotten."""
        for gone in self._shown.keys() - set(topics):
            del self._shown[gone], self._fresh[gone]
        for topic in topics:
            self._fresh[topic] = False
            await self._look(topic)
        return {topic: self._shown[topic].number for topic in topics}

    def look_soon(self) -> None:
        """Somebody did something: look within a moment, once for however many did."""
        if self._later is None and self._shown:
            self._later = asyncio.get_running_loop().call_later(NOT_MORE_OFTEN, self._look_now)

    def _look_now(self) -> None:
        self._later = None
        self._looking = asyncio.create_task(self._look_at_all())

    async def _look_at_all(self) -> None:
        """Draw first and wake the pages then: two thousand that wake to wait for one drawing cost more than it."""
        for topic in list(self._shown):
            before = self._shown.get(topic)
            self._fresh[topic] = False
            try:
                await self._look(topic)
            except (DBAPIError, OSError) as trouble:  # looked at again in half a second anyway
                log.warning("hall_not_read", error=type(trouble).__name__)
                return
            if self._shown[topic] is not before:
                self.live.signal(topic)

    async def close(self) -> None:
        """Let every page go."""
        if self._later is not None:
            self._later.cancel()
        if self._looking is not None:
            self._looking.cancel()
        await self.live.close()

    async def _look(self, topic: str) -> None:
        async with self._drawing:
            if self._fresh.get(topic):
                return
            try:
                html, over = await self._draw(topic), False
            except NotFound:
                html, over = "", True
            before = self._shown.get(topic)
            if before is None or before.html != html:
                number = 1 if before is None else before.number + 1
                text = json.dumps({"id": number, "html": html}, ensure_ascii=False)
                self._shown[topic] = _Shown(number, html, Item(number, text, last=over))
            self._fresh[topic] = True
