"""A database as another process of ours reads it, to leave the event loop of this one to whoever talks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlalchemy.ext.asyncio import AsyncEngine

from intake.rules.deadlines.calendar import WorkCalendar
from intake.rules.outbox.channel_policy import ChannelPolicy
from intake.rules.people.quota import HouseLimits
from storage.engine import open_engine
from storage.unit_of_work import Store


@lru_cache(maxsize=1)
def _engine(url: str) -> AsyncEngine:
    """The engine of the last database read: it knows its statements, and is let go of connections each time."""
    return open_engine(url)


@dataclass(frozen=True, slots=True)
class StoreView:
    """What it takes to read the database of a store from elsewhere as it is read here, at one moment.

    `url` is as for `open_engine` and may bear the password of the database. The keys of the installation stay behind:
    who asks for them there is refused.
    """

    url: str = field(repr=False)
    now: datetime
    calendar: WorkCalendar
    channel_policy: ChannelPolicy
    limits: HouseLimits

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Store]:
        """A store to read from, let go of at the end."""
        store = Store(
            _engine(self.url),
            now=lambda: self.now,
            calendar=lambda: self.calendar,
            vault=None,
            channel_policy=self.channel_policy,
            limits=self.limits,
        )
        try:
            yield store
        finally:
            await store.close()


def view_of(store: Store, url: str) -> StoreView:
    """How the database of `store`, which was opened at `url`, is read from elsewhere."""
    return StoreView(url, store.now(), store.calendar(), store.channel_policy, store.limits)
