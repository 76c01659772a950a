"""What an installation is measured by, read so that it stays cheap however many letters wait.

Everything is read by an index and no further than `MOST` entries: of a million waiting letters it is said that there
are `MOST` at least. `ix_letters_direct`, `ix_letters_broadcast_id` and `ix_letters_put_aside` are what this rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from intake.rules.outbox.broadcast import BroadcastId, BroadcastState
from intake.rules.outbox.letter import LetterState, Priority
from intake.rules.people.person import Network
from storage import tables as t
from storage.transaction import Transaction

MOST = 100_000
IN_LINE = 100
"""How many letters at the head of the line are looked at for the one that waited longest: those that wait for their
next try stand there too, and are not late."""
PUT_ASIDE = (LetterState.QUARANTINED, LetterState.UNREACHABLE, LetterState.IN_PERSON, LetterState.ON_RETURN)
_DIRECT = sa.text("letters.state = 'waiting' AND letters.priority < 2")
_OPEN = sa.select(t.broadcasts.c.id).where(sa.text("broadcasts.ended_at IS NULL"))


@dataclass(frozen=True, slots=True)
class Line:
    """The letters of one priority that wait: how many (`MOST` at most), how long the oldest might have gone already."""

    priority: Priority
    letters: int
    oldest: timedelta


@dataclass(frozen=True, slots=True)
class Held:
    """A lease and who holds it; `left` is how long yet, negative when it has run out."""

    lease: str
    holder: str
    left: timedelta


class MeasureRows:
    """Looks at the outbox and the leases; changes nothing."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now

    async def lines(self) -> Sequence[Line]:
        """The waiting letters by priority, those that go first first."""
        return [
            Line(priority, await self._count(*_waiting(priority)), await self._oldest(priority))
            for priority in Priority
        ]

    async def under_way(self) -> Sequence[tuple[BroadcastId, BroadcastState, int, int]]:
        """The broadcasts that are not over: how each stands, for how many it is, how many wait (`MOST` at most)."""
        rows = await self._session.execute(
            sa.select(t.broadcasts.c.id, t.broadcasts.c.state, t.broadcasts.c.people)
            .where(sa.text("broadcasts.ended_at IS NULL"))
            .order_by(t.broadcasts.c.id)
        )
        return [
            (
                row.id,
                row.state,
                row.people,
                await self._count(t.letters.c.broadcast_id == row.id, t.letters.c.state == LetterState.WAITING),
            )
            for row in rows
        ]

    async def put_aside(self) -> dict[LetterState, int]:
        """How many letters do not go out by themselves, by the reason; `MOST` at most of each."""
        return {state: await self._count(sa.text(t.PUT_ASIDE), t.letters.c.state == state) for state in PUT_ASIDE}

    async def held(self) -> Sequence[Held]:
        """The leases that are held, by name."""
        rows = await self._session.execute(
            sa.select(t.leases.c.name, t.leases.c.holder, t.leases.c.expires_at).order_by(t.leases.c.name)
        )
        return [Held(row.name, row.holder, row.expires_at - self._now) for row in rows]

    async def overdue(self, longer_than: timedelta) -> dict[Network, timedelta]:
        """The networks to which replies have been waiting longer than this although they might have gone, and how long.

        Only what goes first is asked for: a broadcast to a province takes its hours.
        """
        found: dict[Network, timedelta] = {}
        for priority in (Priority.AWAITED, Priority.REPLY):
            line = (
                sa.select(t.letters.c.id, t.letters.c.account_id, t.letters.c.not_before)
                .where(*_waiting(priority))
                .order_by(t.letters.c.priority, t.letters.c.id)
                .limit(IN_LINE)
                .subquery()
            )
            rows = await self._session.execute(
                sa.select(t.accounts.c.network, line.c.not_before)
                .join(line, line.c.account_id == t.accounts.c.id)
                .where(line.c.not_before < self._now - longer_than)
            )
            for row in rows:
                found[row.network] = max(self._now - row.not_before, found.get(row.network, timedelta(0)))
        return found

    async def _count(self, *which: sa.ColumnElement[bool] | sa.TextClause) -> int:
        some = sa.select(t.letters.c.id).where(*which).limit(MOST).subquery()
        return await self._session.scalar(sa.select(sa.func.count()).select_from(some)) or 0

    async def _oldest(self, priority: Priority) -> timedelta:
        line = sa.select(t.letters.c.not_before).where(*_waiting(priority))
        if priority is not Priority.BULK:  # the letters of a broadcast may all go at the same moment
            line = line.order_by(t.letters.c.priority, t.letters.c.id)
        moments = (await self._session.scalars(line.limit(IN_LINE))).all()
        return max((self._now - moment for moment in moments), default=timedelta(0))


def _waiting(priority: Priority) -> tuple[sa.ColumnElement[bool] | sa.TextClause, ...]:
    """What waits with a priority, as the index that holds it has it.

    Between the priority and itself, since PostgreSQL would order an equal one by the primary key, and on its way to the
    first waiting letter read every one that was sent.
    """
    if priority is Priority.BULK:
        return (t.letters.c.broadcast_id.in_(_OPEN), sa.text("letters.state = 'waiting' AND letters.priority = 2"))
    return (_DIRECT, t.letters.c.priority.between(priority, priority))
