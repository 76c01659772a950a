"""The lines of web chats, as something that open pages follow."""

import json
import re
import sys
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from typing import Any

import structlog

from intake.rules.deadlines.calendar import LOCAL
from storage.queries.webchat import WebMessage
from storage.unit_of_work import Store
from web.live import Item, Live, as_events

_HALF_A_LETTER = re.compile(r"[\ud800-\udfff]")
log = structlog.get_logger()


class Streams:
    """The open pages of this process, each with its chat."""

    def __init__(self, store: Store) -> None:
        self.live = Live(_Lines(store))

    def signal(self, account_id: int) -> None:
        """Tell the pages of a chat that it has a new line."""
        self.live.signal(topic_of(account_id))

    def events(self, account_id: int, after: int) -> AsyncIterator[str]:
        """The lines of a chat after the id `after`, as server-sent events."""
        return as_events(self.live, topic_of(account_id), after)

    def tell(self, account_id: int, line_id: int) -> None:
        """Somebody wrote a line of a chat, in whichever process."""
        self.live.signal(topic_of(account_id), line_id)

    async def close(self) -> None:
        """End every stream, so that the server can stop."""
        await self.live.close()


class _Lines:
    """Where the lines lie: a topic is a chat."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def since(self, topic: str, last_id: int) -> Sequence[Item]:
        async with self._store.reading() as uow:
            lines = [_item(line) for line in await uow.web.since(int(topic), last_id)]
            if not lines and await uow.web.closed([int(topic)]):
                return [Item(sys.maxsize, "", last=True)]
            return lines

    async def newest(self, topics: Collection[str]) -> Mapping[str, int]:
        async with self._store.reading() as uow:
            heads = await uow.web.heads(map(int, topics))
            over = await uow.web.closed(map(int, topics))
        news = {**heads, **dict.fromkeys(over, sys.maxsize)}
        return {topic_of(account_id): line_id for account_id, line_id in news.items()}


def topic_of(account_id: int) -> str:
    """The topic under which the lines of a chat stand."""
    return str(account_id)


def _item(line: WebMessage) -> Item:
    """A line for a page; one nobody can read (damaged, or with half an emoji) is passed over."""
    text = json.dumps(shown(line), ensure_ascii=False) if line.said else ""
    if not text or _HALF_A_LETTER.search(text):
        log.error("web_line_skipped", line=line.id)
        return Item(line.id, "")
    return Item(line.id, text)


def shown(line: WebMessage) -> dict[str, Any]:
    """A line as the page gets it, with the local day and hour it was said."""
    local = line.at.astimezone(LOCAL)
    return {"id": line.id, **line.said, "day": local.strftime("%d/%m/%Y"), "time": local.strftime("%H:%M")}
