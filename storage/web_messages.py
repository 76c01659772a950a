"""The web chat's own history: what was said in a chat, both ways, in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from storage import tables as t
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class WebMessage:
    """One line of a web chat. `said` is what the page shows; `id` grows within and across chats."""

    id: int
    said: dict[str, Any]
    at: datetime


class WebMessageRows:
    """Lines of web chats."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def add(self, account_id: int, said: dict[str, Any], letter_id: int | None = None) -> None:
        """Add a line; a letter that is in the chat already is not added twice."""
        await insert_once(
            self._session,
            t.web_messages,
            {"account_id": account_id, "letter_id": letter_id, "said": said, "at": self._now},
        )

    async def since(self, account_id: int, last_id: int, limit: int = 200) -> Sequence[WebMessage]:
        """The lines of a chat after `last_id`, oldest first."""
        rows = await self._session.execute(
            sa.select(t.web_messages.c.id, t.web_messages.c.said, t.web_messages.c.at)
            .where(t.web_messages.c.account_id == account_id, t.web_messages.c.id > last_id)
            .order_by(t.web_messages.c.id)
            .limit(limit)
        )
        return [WebMessage(*row) for row in rows]
