"""What pages show that many have open, as something they follow: drawn once, and sent to all when it has changed.

A topic begins with the number of what it shows (`12/man-hinh/vi`).
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError

from intake.rules.errors import NotFound
from web.live import Item, Live

LOOK_AGAIN_SECONDS = 0.5
"""How soon is seen what another process did, where the database does not tell of it."""
LOOK_THOUGH_TOLD_SECONDS = 15.0
"""The same for what it does not tell of: the name of a speaker, a plan that was loaded anew."""
NOT_MORE_OFTEN = 0.25
"""Seconds between two looks after deeds: in a busy hall a hundred people tap at once."""
log = structlog.get_logger()

Draw = Callable[[str], Awaitable[str]]
"""Makes what a topic shows right now; `NotFound` where it shows nothing any more."""


@dataclass(slots=True)
class _Shown:
    number: int
    drawn: str
    item: Item


class Views:
    """What each topic shows. It is drawn once for all who follow it, and counts up when it has changed.

    Args:
        draw: makes it.
        name: as what the page gets it.
        most: pages that may follow one topic in one process.
    """

    def __init__(self, draw: Draw, *, name: str, most: int) -> None:
        self._draw = draw
        self._name = name
        self._shown: dict[str, _Shown] = {}
        self._fresh: dict[str, bool] = {}
        self._drawing = asyncio.Lock()
        self._due: set[str] = set()
        self._later: asyncio.TimerHandle | None = None
        self._looking: asyncio.Task[None] | None = None
        self.live = Live(
            self, most_of_a_topic=most, look_again=LOOK_AGAIN_SECONDS, look_though_told=LOOK_THOUGH_TOLD_SECONDS
        )

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
        """Somebody did something in this process: look within a moment, once for however many did.

        Where the database tells of it, that is enough.
        """
        if not self.live.told:
            self._look_within_a_moment(self._shown)

    def tell(self, thing: int, _newest: int) -> None:
        """Something changed of what the topics of a number show, in whichever process."""
        self._look_within_a_moment(topic for topic in self._shown if topic.partition("/")[0] == str(thing))

    def hearing(self, *, does: bool) -> None:
        """Note whether the database is heard from now on; something may have been missed before."""
        self.live.hearing(does=does)
        self._look_within_a_moment(self._shown)

    def _look_within_a_moment(self, topics: Iterable[str], pause: float = NOT_MORE_OFTEN) -> None:
        self._due.update(topics)
        if self._later is None and self._due:
            self._later = asyncio.get_running_loop().call_later(pause, self._look_now)

    def _look_now(self) -> None:
        self._later = None
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look_at_due())
        else:
            self._look_within_a_moment(())

    async def _look_at_due(self) -> None:
        """Draw first and wake the pages then: two thousand that wake to wait for one drawing cost more than it."""
        due, self._due = self._due & self._shown.keys(), set()
        for topic in due:
            if not self.live.is_followed(topic):
                self._fresh[topic] = False
                continue
            before = self._shown.get(topic)
            self._fresh[topic] = False
            try:
                await self._look(topic)
            except (SQLAlchemyError, OSError) as trouble:
                log.warning("view_not_read", error=type(trouble).__name__)
                self._look_within_a_moment(due, LOOK_AGAIN_SECONDS)  # what is told is told once
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
                drawn, over = await self._draw(topic), False
            except NotFound:
                drawn, over = "", True
            before = self._shown.get(topic)
            if before is None or before.drawn != drawn:
                number = 1 if before is None else before.number + 1
                text = json.dumps({"id": number, self._name: drawn}, ensure_ascii=False)
                self._shown[topic] = _Shown(number, drawn, Item(number, text, last=over))
            self._fresh[topic] = True
