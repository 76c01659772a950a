"""The letters of broadcasts, written in slices by the database itself (decision 0015)."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, cast

import sqlalchemy as sa

from intake.rules.outbox.broadcast import Broadcast, BroadcastId, BroadcastState
from intake.rules.outbox.letter import LetterState
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.queries.outbox.audience import write_letters
from storage.transaction import Transaction

_UNSENT = (LetterState.WAITING, LetterState.ON_RETURN)
_WITHOUT_WAITING = sa.text("SET LOCAL synchronous_commit TO off")


@cache
def _running() -> sa.Select[Any]:
    """Asked again and again by every relay, so it is built once."""
    c = t.broadcasts.c
    begun = c.not_before <= sa.bindparam("now", type_=c.not_before.type)
    may_go = (sa.text("broadcasts.ended_at IS NULL"), c.state == BroadcastState.RUNNING, begun)
    return sa.select(c.id, c.unit_id).where(*may_go).order_by(c.id)


class FanOutRows:
    """Broadcasts, seen from the process that writes their letters and from the relays that ask what is under way."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now
        self._channel_policy = transaction.channel_policy

    async def has_any_to_spread(self) -> bool:
        """Whether `to_spread` is worth asking; nobody is held up by the question."""
        return (
            await self._session.scalars(sa.select(t.broadcasts.c.id).where(_to_spread()).limit(1))
        ).first() is not None

    async def to_spread(self) -> Broadcast | None:
        """A broadcast whose letters are not all written, held against every other process; None: there is none free.

        One that was stopped counts too: what it wrote has to go.
        """
        held = sa.select(Broadcast).where(_to_spread()).order_by(t.broadcasts.c.id).limit(1)
        held = held.with_for_update(skip_locked=True).execution_options(populate_existing=True)
        return (await self._session.scalars(held)).first()

    async def spread(self, broadcast: Broadcast, at_most: int) -> int:
        """Write at most `at_most` of the letters of a broadcast that is held. Returns how many were written.

        With the last of them `spread_at` is set, and who was left out is forgotten.
        """
        if broadcast.through >= broadcast.up_to:
            broadcast.spread_at = self._now
            mine = t.broadcast_left_out.c.broadcast_id == broadcast.id
            await self._session.execute(sa.delete(t.broadcast_left_out).where(mine))
            return 0
        if self._session.get_bind().dialect.name == "postgresql":
            # a slice lost with the server's power is written again, so nobody waits for the disk; whatever is marked
            # as sent is committed with the disk, and everything before it
            await self._session.execute(_WITHOUT_WAITING)
        few = broadcast.people <= at_most
        until = broadcast.up_to if few else broadcast.through + at_most
        people = t.persons.c
        # a few are found by their hamlets; of many, each slice takes the next ids: `+ 0` keeps the hamlets' index out
        hamlet = people.hamlet_id if few else people.hamlet_id + 0
        hamlets = sa.select(t.broadcast_hamlets.c.hamlet_id).where(t.broadcast_hamlets.c.broadcast_id == broadcast.id)
        count = await write_letters(
            self._session,
            broadcast,
            self._channel_policy,
            self._now,
            people.id > broadcast.through,
            people.id <= until,
            hamlet.in_(hamlets),
        )
        broadcast.through = until
        broadcast.letters += count
        return count

    async def wipe(self, broadcast: Broadcast, at_most: int) -> int:
        """Take back up to so many letters of a stopped broadcast that were not sent. Returns how many there were."""
        some = (
            sa.select(t.letters.c.id)
            .where(t.letters.c.broadcast_id == broadcast.id, t.letters.c.state.in_(_UNSENT))
            .limit(at_most)
        )
        gone = await self._session.execute(sa.delete(t.letters).where(t.letters.c.id.in_(some)))
        return cast("sa.CursorResult[Any]", gone).rowcount

    async def running(self) -> Sequence[tuple[BroadcastId, UnitId]]:
        """The broadcasts that may go out now, with the unit of each, oldest first."""
        rows = await self._session.execute(_running(), {"now": self._now})
        return [(row.id, row.unit_id) for row in rows]

    async def run_out(self) -> Sequence[BroadcastId]:
        """The running broadcasts of which every letter is written and none waits any more."""
        waiting = sa.exists().where(
            t.letters.c.broadcast_id == t.broadcasts.c.id, t.letters.c.state == LetterState.WAITING
        )
        rows = await self._session.scalars(
            sa.select(t.broadcasts.c.id).where(
                sa.text("broadcasts.ended_at IS NULL"),
                t.broadcasts.c.state == BroadcastState.RUNNING,
                t.broadcasts.c.spread_at.is_not(None),
                ~waiting,
            )
        )
        return rows.all()

    async def finish(self, broadcast_ids: Iterable[BroadcastId]) -> None:
        """Note the end of running broadcasts."""
        await self._session.execute(
            sa.update(t.broadcasts)
            .where(t.broadcasts.c.id.in_(list(broadcast_ids)), t.broadcasts.c.state == BroadcastState.RUNNING)
            .values(state=BroadcastState.DONE, ended_at=self._now)
        )


def _to_spread() -> sa.ColumnElement[bool]:
    unwritten = sa.or_(t.broadcasts.c.spread_at.is_(None), t.broadcasts.c.state == BroadcastState.STOPPED)
    return sa.and_(sa.text("broadcasts.ended_at IS NULL"), unwritten)
