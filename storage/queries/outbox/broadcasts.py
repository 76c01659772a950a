"""Broadcasts: whom they are for, how far they are."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from intake.rules.outbox.broadcast import AudiencePart, Broadcast, BroadcastId, Progress
from intake.rules.outbox.channel_policy import Way
from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Network, Person, PersonId
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.lookup import found
from storage.queries.outbox.audience import HAS_PHONE, WANTS_NEWS, best_account_id, way_to, write_letters
from storage.transaction import Transaction


class BroadcastRows:
    """Broadcasts, seen from those who start and follow them; `FanOutRows` writes the letters of the many."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now
        self._channel_policy = transaction.channel_policy

    async def add(
        self,
        broadcast: Broadcast,
        hamlet_ids: Iterable[UnitId],
        *,
        also: Iterable[PersonId] = (),
        left_out: Iterable[PersonId] = (),
    ) -> Broadcast:
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
            broadcast.letters = await write_letters(
                self._session, broadcast, self._channel_policy, self._now, t.persons.c.id.in_(named)
            )
        return broadcast

    async def get(self, broadcast_id: BroadcastId, *, lock: bool = False) -> Broadcast:
        row = await self._session.get(Broadcast, broadcast_id, with_for_update=lock or None, populate_existing=lock)
        return found(row)

    async def named(self, name: str) -> Broadcast | None:
        row = sa.select(Broadcast).where(t.broadcasts.c.name == name).with_for_update()
        return (await self._session.scalars(row, execution_options={"populate_existing": True})).one_or_none()

    async def of_units(self, unit_ids: Iterable[UnitId], limit: int) -> Sequence[Broadcast]:
        rows = sa.select(Broadcast).where(t.broadcasts.c.unit_id.in_(list(unit_ids)))
        ordered = rows.order_by(t.broadcasts.c.ended_at.is_not(None), t.broadcasts.c.id.desc())
        return (await self._session.scalars(ordered.limit(limit))).all()

    async def newest(self, limit: int) -> Sequence[Broadcast]:
        """The broadcasts of everybody, those that are not over first, then the newest."""
        ordered = sa.select(Broadcast).order_by(t.broadcasts.c.ended_at.is_not(None), t.broadcasts.c.id.desc())
        return (await self._session.scalars(ordered.limit(limit))).all()

    async def progress(self, broadcast_id: BroadcastId) -> Progress:
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
        of_hamlets = t.persons.c.hamlet_id.in_(list(hamlet_ids))
        named, omitted = list(also), list(left_out)
        wanted = [sa.or_(of_hamlets, t.persons.c.id.in_(named)) if named else of_hamlets]
        wanted += [t.persons.c.erased_at.is_(None), HAS_PHONE, WANTS_NEWS]
        if omitted:
            wanted.append(t.persons.c.id.not_in(omitted))
        way = way_to(self._channel_policy, self._now).label("way")
        rows = await self._session.execute(
            sa.select(t.accounts.c.network, way, sa.func.count())
            .select_from(
                t.persons.outerjoin(t.accounts, t.accounts.c.id == best_account_id(self._channel_policy, self._now))
            )
            .where(*wanted)
            .group_by(t.accounts.c.network, way)
        )
        return [AudiencePart(network, None if how is None else Way(how), people) for network, how, people in rows]

    async def without_chat(self, hamlet_id: UnitId) -> Sequence[Person]:
        some_chat = sa.exists().where(
            t.accounts.c.person_id == t.persons.c.id, t.accounts.c.unreachable_since.is_(None)
        )
        rows = await self._session.scalars(
            sa.select(Person)
            .where(t.persons.c.hamlet_id == hamlet_id, t.persons.c.erased_at.is_(None), HAS_PHONE, ~some_chat)
            .order_by(t.persons.c.id)
        )
        return rows.all()
