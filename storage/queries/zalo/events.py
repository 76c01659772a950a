"""Events of Zalo as they came: stored before they are answered, dealt with afterwards, then emptied."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast

import sqlalchemy as sa

from storage import tables as t
from storage.transaction import Transaction
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event that waits: whose it is, and its body as it came."""

    id: int
    key: str
    address: str
    body: str


@cache
def _waiting() -> sa.Select[Any]:
    """Asked after every event, so it is built once."""
    return (
        sa.select(t.zalo_events.c.id, t.zalo_events.c.event_key, t.zalo_events.c.address, t.zalo_events.c.body)
        .where(
            t.zalo_events.c.channel == sa.bindparam("channel"),
            sa.text("zalo_events.body IS NOT NULL"),
            t.zalo_events.c.address.not_in(sa.bindparam("busy", expanding=True)),
        )
        .order_by(t.zalo_events.c.sent_at_ms, t.zalo_events.c.id)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )


class ZaloEventRows:
    """What the webhook (or polling) took in; a row with a body is still to be dealt with."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now

    async def add(self, channel: str, key: str, address: str, sent_at_ms: int, body: str) -> bool:
        """Store an event. Returns False when it is known already, dealt with or not."""
        return await insert_once(
            self._session,
            t.zalo_events,
            {
                "channel": channel,
                "event_key": key,
                "address": address,
                "sent_at_ms": sent_at_ms,
                "body": body,
                "received_at": self._now,
            },
        )

    async def waiting(self, channel: str, limit: int, busy: Iterable[str] = ()) -> Sequence[StoredEvent]:
        """At most `limit` events that wait, in the order people did them; none of the addresses in `busy`."""
        rows = await self._session.execute(_waiting(), {"channel": channel, "busy": list(busy), "most": limit})
        return [StoredEvent(*row) for row in rows]

    async def finish(self, event_ids: Iterable[int]) -> None:
        """Note that events were dealt with: their bodies, people's words, are gone from here."""
        await self._session.execute(
            sa.update(t.zalo_events).where(t.zalo_events.c.id.in_(list(event_ids))).values(body=None)
        )

    async def prune(self, before: datetime) -> int:
        """Forget the events that came before a moment and were dealt with. Returns how many."""
        gone = await self._session.execute(
            sa.delete(t.zalo_events).where(t.zalo_events.c.received_at < before, t.zalo_events.c.body.is_(None))
        )
        return cast("sa.CursorResult[Any]", gone).rowcount
