"""Which events of the networks were acted upon."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, cast

import sqlalchemy as sa

from intake.ports import Chat
from intake.rules.people.person import Network
from storage import tables as t
from storage.transaction import Transaction
from storage.upsert import insert_into, insert_once


@cache
def _note_events(dialect: str) -> Any:
    """Said for every message, so it is built once."""
    inbox = t.inbox.c
    new = (inbox.network, inbox.channel, inbox.address)
    return insert_into(dialect, t.inbox).on_conflict_do_nothing().returning(*new)


async def note_events(transaction: Transaction, events: Mapping[Chat, str]) -> set[Chat]:
    """Remember an event of each of some chats. Returns the chats whose event was not remembered before."""
    session = transaction.session
    rows = [
        {
            "network": network,
            "channel": channel,
            "address": address,
            "event_id": event_id,
            "received_at": transaction.now,
        }
        for (network, channel, address), event_id in events.items()
    ]
    new = await session.execute(_note_events(session.get_bind().dialect.name), rows)
    return {(row.network, row.channel, row.address) for row in new}


class InboxRows:
    """Which events were acted upon; one row each, unique on network, channel, address and event."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now

    async def record(self, network: Network, channel: str, address: str, event_id: str) -> bool:
        return await insert_once(
            self._session,
            t.inbox,
            {
                "network": network,
                "channel": channel,
                "address": address,
                "event_id": event_id,
                "received_at": self._now,
            },
        )

    async def last_heard(self, network: Network, channel: str) -> datetime | None:
        heard = t.inbox.c
        return await self._session.scalar(
            sa.select(heard.received_at)
            .where(heard.network == network, heard.channel == channel)
            .order_by(heard.received_at.desc())
            .limit(1)
        )

    async def prune(self, before: datetime, limit: int) -> int:
        moments = sa.select(t.inbox.c.received_at).where(t.inbox.c.received_at < before)
        slice_ = moments.order_by(t.inbox.c.received_at).limit(limit).subquery()
        newest = sa.select(sa.func.max(slice_.c.received_at)).scalar_subquery()
        gone = await self._session.execute(sa.delete(t.inbox).where(t.inbox.c.received_at <= newest))
        return cast("sa.CursorResult[Any]", gone).rowcount
