"""Quotas, lists of units, and the registrations on them."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from intake.rules.meetings.meeting import LIVE, MeetingId, Registration, RegistrationId, RegistrationState
from intake.rules.meetings.roster import Quota, Roster
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.profile_terms import Seat
from storage import tables as t
from storage.lookup import found

_FRESH = {"populate_existing": True}


def _of(
    meeting_id: MeetingId, unit_id: UnitId | None, states: Collection[RegistrationState]
) -> tuple[sa.ColumnElement[bool], ...]:
    c = t.registrations.c
    return c.meeting_id == meeting_id, c.unit_id == unit_id, c.state.in_(states)


class RosterRows:
    """What a meeting's lists consist of.

    Every change is made under the lock of the meeting's row, and what was read before that lock is read afresh.
    """

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def units_below(self, unit_id: UnitId) -> Sequence[Unit]:
        """See `Rosters.units_below`."""
        rows = sa.select(Unit).where(t.units.c.parent_id == unit_id).order_by(t.units.c.name)
        return (await self._session.scalars(rows)).all()

    async def quotas(self, meeting_id: MeetingId) -> Sequence[Quota]:
        """See `Rosters.quotas`."""
        rows = sa.select(Quota).where(t.quotas.c.meeting_id == meeting_id).order_by(t.quotas.c.id)
        return (await self._session.scalars(rows.execution_options(**_FRESH))).all()

    async def add_quota(self, quota: Quota) -> Quota:
        """See `Rosters.add_quota`."""
        self._session.add(quota)
        await self._session.flush()
        return quota

    async def roster(self, meeting_id: MeetingId, unit_id: UnitId) -> Roster | None:
        """See `Rosters.roster`."""
        rows = sa.select(Roster).where(t.rosters.c.meeting_id == meeting_id, t.rosters.c.unit_id == unit_id)
        return (await self._session.scalars(rows.execution_options(**_FRESH))).one_or_none()

    async def rosters(self, meeting_id: MeetingId) -> Sequence[Roster]:
        """See `Rosters.rosters`."""
        rows = sa.select(Roster).where(t.rosters.c.meeting_id == meeting_id).order_by(t.rosters.c.id)
        return (await self._session.scalars(rows)).all()

    async def add_roster(self, roster: Roster) -> Roster:
        """See `Rosters.add_roster`."""
        self._session.add(roster)
        await self._session.flush()
        return roster

    async def last_rank(self, meeting_id: MeetingId, unit_id: UnitId | None) -> int:
        """See `Rosters.last_rank`."""
        last = sa.select(sa.func.max(t.registrations.c.rank)).where(*_of(meeting_id, unit_id, LIVE))
        return await self._session.scalar(last) or 0

    async def seated(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Mapping[Seat, int]:
        """See `Rosters.seated`."""
        seat = t.registrations.c.seat
        rows = await self._session.execute(
            sa.select(seat, sa.func.count())
            .where(*_of(meeting_id, unit_id, (RegistrationState.STANDING,)))
            .group_by(seat)
        )
        return {row[0]: row[1] for row in rows}

    async def waiting(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Sequence[Registration]:
        """See `Rosters.waiting`."""
        return await self._listed(_of(meeting_id, unit_id, (RegistrationState.WAITING,)))

    async def registrations(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Sequence[Registration]:
        """See `Rosters.registrations`."""
        return await self._listed(_of(meeting_id, unit_id, LIVE))

    async def _listed(self, which: Iterable[sa.ColumnElement[bool]]) -> Sequence[Registration]:
        rows = sa.select(Registration).where(*which).order_by(t.registrations.c.rank, t.registrations.c.id)
        return (await self._session.scalars(rows.execution_options(**_FRESH))).all()

    async def registration(self, registration_id: RegistrationId) -> Registration:
        """See `Rosters.registration`."""
        return found(await self._session.get(Registration, registration_id, populate_existing=True))

    async def by_reference(self, reference: str) -> Registration | None:
        """See `Rosters.by_reference`."""
        rows = await self._session.scalars(sa.select(Registration).where(t.registrations.c.reference == reference))
        return rows.one_or_none()
