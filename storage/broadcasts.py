"""Broadcasts: whom they are for, and their letters, written in slices by the database itself."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from intake.rules.outbox.broadcast import AudiencePart, Broadcast, BroadcastId, BroadcastState, Progress
from intake.rules.outbox.channel_policy import ChannelPolicy, Way
from intake.rules.outbox.letter import LetterState, Priority
from intake.rules.people.person import Network, Person, PersonId
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.lookup import found
from storage.outbox import CHANNEL
from storage.upsert import insert_for

_UNSENT = (LetterState.WAITING, LetterState.ON_RETURN)


_WITHOUT_WAITING = sa.text("SET LOCAL synchronous_commit TO off")


class BroadcastRows:
    """Broadcasts and the writing of their letters. `reach` says which chats can be written to at the moment `now`."""

    def __init__(self, session: AsyncSession, now: datetime, reach: ChannelPolicy) -> None:
        self._session = session
        self._now = now
        self._reach = reach

    async def add(
        self,
        broadcast: Broadcast,
        hamlet_ids: Iterable[UnitId],
        *,
        also: Iterable[PersonId] = (),
        left_out: Iterable[PersonId] = (),
    ) -> Broadcast:
        """See `Broadcasts.add`."""
        broadcast.up_to = await self._session.scalar(sa.select(sa.func.max(t.persons.c.id))) or 0
        self._session.add(broadcast)
        await self._session.flush()
        for table, column, ids in (
            (t.broadcast_hamlets, "hamlet_id", hamlet_ids),
            (t.broadcast_left_out, "person_id", left_out),
        ):
            rows = [{"broadcast_id": broadcast.id, column: one} for one in dict.fromkeys(ids)]
            if rows:
                await self._session.execute(sa.insert(table), rows)
        named = list(also)
        if named:
            broadcast.letters = await self._write(broadcast, t.persons.c.id.in_(named))
        return broadcast

    async def get(self, broadcast_id: BroadcastId, *, lock: bool = False) -> Broadcast:
        """See `Broadcasts.get`."""
        row = await self._session.get(Broadcast, broadcast_id, with_for_update=lock or None, populate_existing=lock)
        return found(row)

    async def of_units(self, unit_ids: Iterable[UnitId], limit: int) -> Sequence[Broadcast]:
        """See `Broadcasts.of_units`."""
        rows = sa.select(Broadcast).where(t.broadcasts.c.unit_id.in_(list(unit_ids)))
        ordered = rows.order_by(t.broadcasts.c.ended_at.is_not(None), t.broadcasts.c.id.desc())
        return (await self._session.scalars(ordered.limit(limit))).all()

    async def newest(self, limit: int) -> Sequence[Broadcast]:
        """The broadcasts of everybody, those that are not over first, then the newest."""
        ordered = sa.select(Broadcast).order_by(t.broadcasts.c.ended_at.is_not(None), t.broadcasts.c.id.desc())
        return (await self._session.scalars(ordered.limit(limit))).all()

    async def progress(self, broadcast_id: BroadcastId) -> Progress:
        """See `Broadcasts.progress`."""
        counted = await self._session.execute(
            sa.select(t.letters.c.state, t.letters.c.channel, sa.func.count())
            .where(t.letters.c.broadcast_id == broadcast_id)
            .group_by(t.letters.c.state, t.letters.c.channel)
        )
        by_state: dict[LetterState, int] = {}
        waiting: dict[Network, int] = {}
        for state, channel, count in counted:
            by_state[state] = by_state.get(state, 0) + count
            if state is LetterState.WAITING:
                network = Network(channel.partition(":")[0])
                waiting[network] = waiting.get(network, 0) + count
        return Progress(by_state, waiting)

    async def audience(
        self,
        hamlet_ids: Iterable[UnitId],
        *,
        also: Iterable[PersonId] = (),
        left_out: Iterable[PersonId] = (),
    ) -> Sequence[AudiencePart]:
        """See `Broadcasts.audience`."""
        of_hamlets = t.persons.c.hamlet_id.in_(list(hamlet_ids))
        named, omitted = list(also), list(left_out)
        wanted = [sa.or_(of_hamlets, t.persons.c.id.in_(named)) if named else of_hamlets]
        wanted.append(t.persons.c.erased_at.is_(None))
        if omitted:
            wanted.append(t.persons.c.id.not_in(omitted))
        way = self._way().label("way")
        rows = await self._session.execute(
            sa.select(t.accounts.c.network, way, sa.func.count())
            .select_from(t.persons.outerjoin(t.accounts, t.accounts.c.id == self._best_account()))
            .where(*wanted)
            .group_by(t.accounts.c.network, way)
        )
        return [AudiencePart(network, None if how is None else Way(how), people) for network, how, people in rows]

    async def without_chat(self, hamlet_id: UnitId) -> Sequence[Person]:
        """See `Broadcasts.without_chat`."""
        some_chat = sa.exists().where(
            t.accounts.c.person_id == t.persons.c.id, t.accounts.c.unreachable_since.is_(None)
        )
        rows = await self._session.scalars(
            sa.select(Person)
            .where(t.persons.c.hamlet_id == hamlet_id, t.persons.c.erased_at.is_(None), ~some_chat)
            .order_by(t.persons.c.id)
        )
        return rows.all()

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
        count = await self._write(broadcast, people.id > broadcast.through, people.id <= until, hamlet.in_(hamlets))
        broadcast.through = until
        broadcast.letters += count
        return count

    async def _write(self, broadcast: Broadcast, *which: sa.ColumnElement[bool]) -> int:
        """Write the letters for some people, once for each. Returns how many were written."""
        columns = {
            "account_id": t.accounts.c.id,
            "channel": CHANNEL,
            "person_id": t.persons.c.id,
            "broadcast_id": sa.literal(broadcast.id, sa.Integer),
            "priority": sa.literal(Priority.BULK, t.letters.c.priority.type),
            "created_at": sa.literal(broadcast.started_at, t.letters.c.created_at.type),
            "not_before": sa.literal(broadcast.not_before, t.letters.c.not_before.type),
            "state": sa.case((t.accounts.c.id.is_(None), LetterState.IN_PERSON.value), else_=LetterState.WAITING.value),
            "attempts": sa.literal(0, sa.Integer),
        }
        chosen = (
            sa.select(*columns.values())
            .select_from(t.persons.outerjoin(t.accounts, t.accounts.c.id == self._best_account()))
            .where(*which, t.persons.c.erased_at.is_(None), *await self._not_told(broadcast))
            .order_by(t.persons.c.id)
        )
        written = await self._session.execute(
            insert_for(self._session, t.letters).from_select(list(columns), chosen).on_conflict_do_nothing()
        )
        return cast("sa.CursorResult[Any]", written).rowcount

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
        rows = await self._session.execute(
            sa.select(t.broadcasts.c.id, t.broadcasts.c.unit_id)
            .where(
                sa.text("broadcasts.ended_at IS NULL"),
                t.broadcasts.c.state == BroadcastState.RUNNING,
                t.broadcasts.c.not_before <= self._now,
            )
            .order_by(t.broadcasts.c.id)
        )
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

    def _best_account(self) -> sa.ScalarSelect[Any]:
        """The chat a person is written to; what `best_account` of the channel policy says, for the database."""
        account = t.accounts.alias("own")
        return (
            sa.select(account.c.id)
            .where(account.c.person_id == t.persons.c.id, account.c.unreachable_since.is_(None))
            .order_by(
                sa.case((self._way(account).is_(None), 1), else_=0),
                account.c.last_heard_at.desc().nulls_last(),
                account.c.id.desc(),
            )
            .limit(1)
            .correlate(t.persons)
            .scalar_subquery()
        )

    def _way(self, account: sa.FromClause = t.accounts) -> sa.ColumnElement[str | None]:
        """How a chat carries a letter now; what `open_way` of the channel policy says, for the database."""
        heard = account.c.last_heard_at
        ways: list[tuple[sa.ColumnElement[bool], Any]] = [
            (sa.or_(account.c.id.is_(None), account.c.awaited_since.is_not(None)), sa.null())
        ]
        for network, window in self._reach.windows.items():
            here = account.c.network == network
            ways.append((sa.and_(here, heard > self._now - window.free), Way.FREE.value))
            ways.append((sa.and_(here, heard > self._now - window.whole), Way.BILLED.value))
            ways.append((here, sa.null()))
        return sa.case(*ways, else_=Way.FREE.value)

    async def _not_told(self, broadcast: Broadcast) -> list[sa.ColumnElement[bool]]:
        """Who hears it some other way, or had the same news from an earlier broadcast (who moved house meanwhile)."""
        left_out = t.broadcast_left_out.c
        some = sa.select(left_out.person_id).where(left_out.broadcast_id == broadcast.id)
        conditions: list[sa.ColumnElement[bool]] = [t.persons.c.id.not_in(some)]
        same_news = sa.select(t.broadcasts.c.id).where(
            t.broadcasts.c.name == broadcast.name, t.broadcasts.c.id != broadcast.id
        )
        earlier = (await self._session.scalars(same_news)).all()
        if earlier:
            told = sa.exists().where(t.letters.c.person_id == t.persons.c.id, t.letters.c.broadcast_id.in_(earlier))
            conditions.append(~told)
        return conditions


def _to_spread() -> sa.ColumnElement[bool]:
    unwritten = sa.or_(t.broadcasts.c.spread_at.is_(None), t.broadcasts.c.state == BroadcastState.STOPPED)
    return sa.and_(sa.text("broadcasts.ended_at IS NULL"), unwritten)
