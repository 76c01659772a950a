"""Who comes to a meeting: quotas and lists of units with the registrations on them, and those who are invited."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa

from intake.rules.meetings.guest import Guest, GuestId
from intake.rules.meetings.meeting import LIVE, MeetingId, Registration, RegistrationId, RegistrationState
from intake.rules.meetings.roster import Quota, Roster
from intake.rules.people.person import PersonId
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.profile_terms import Seat
from storage import tables as t
from storage.lookup import found, unit_name
from storage.transaction import Transaction

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

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def units_below(self, unit_id: UnitId) -> Sequence[Unit]:
        rows = await self._session.scalars(sa.select(Unit).where(t.units.c.parent_id == unit_id))
        return sorted(rows, key=unit_name)

    async def quotas(self, meeting_id: MeetingId) -> Sequence[Quota]:
        rows = sa.select(Quota).where(t.quotas.c.meeting_id == meeting_id).order_by(t.quotas.c.id)
        return (await self._session.scalars(rows.execution_options(**_FRESH))).all()

    async def add_quota(self, quota: Quota) -> Quota:
        self._session.add(quota)
        await self._session.flush()
        return quota

    async def roster(self, meeting_id: MeetingId, unit_id: UnitId) -> Roster | None:
        rows = sa.select(Roster).where(t.rosters.c.meeting_id == meeting_id, t.rosters.c.unit_id == unit_id)
        return (await self._session.scalars(rows.execution_options(**_FRESH))).one_or_none()

    async def rosters(self, meeting_id: MeetingId) -> Sequence[Roster]:
        rows = sa.select(Roster).where(t.rosters.c.meeting_id == meeting_id).order_by(t.rosters.c.id)
        return (await self._session.scalars(rows)).all()

    async def add_roster(self, roster: Roster) -> Roster:
        self._session.add(roster)
        await self._session.flush()
        return roster

    async def last_rank(self, meeting_id: MeetingId, unit_id: UnitId | None) -> int:
        last = sa.select(sa.func.max(t.registrations.c.rank)).where(*_of(meeting_id, unit_id, LIVE))
        return await self._session.scalar(last) or 0

    async def seated(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Mapping[Seat, int]:
        seat = t.registrations.c.seat
        rows = await self._session.execute(
            sa.select(seat, sa.func.count())
            .where(*_of(meeting_id, unit_id, (RegistrationState.STANDING,)))
            .group_by(seat)
        )
        return {row[0]: row[1] for row in rows}

    async def waiting(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Sequence[Registration]:
        return await self._listed(_of(meeting_id, unit_id, (RegistrationState.WAITING,)))

    async def registrations(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Sequence[Registration]:
        return await self._listed(_of(meeting_id, unit_id, LIVE))

    async def _listed(self, which: Iterable[sa.ColumnElement[bool]]) -> Sequence[Registration]:
        rows = sa.select(Registration).where(*which).order_by(t.registrations.c.rank, t.registrations.c.id)
        return (await self._session.scalars(rows.execution_options(**_FRESH))).all()

    async def registration(self, registration_id: RegistrationId) -> Registration:
        return found(await self._session.get(Registration, registration_id, populate_existing=True))

    async def by_reference(self, reference: str) -> Registration | None:
        rows = await self._session.scalars(sa.select(Registration).where(t.registrations.c.reference == reference))
        return rows.one_or_none()


class GuestRows:
    """Guests, found by their meeting or by who they are to the bot."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, guest: Guest) -> Guest:
        self._session.add(guest)
        await self._session.flush()
        return guest

    async def get(self, guest_id: GuestId, *, lock: bool = False) -> Guest:
        return found(await self._session.get(Guest, guest_id, with_for_update=lock or None, populate_existing=lock))

    async def by_code(self, code_digest: str) -> Guest | None:
        rows = sa.select(Guest).where(t.guests.c.code_digest == code_digest).with_for_update()
        return (await self._session.scalars(rows.execution_options(populate_existing=True))).one_or_none()

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Guest]:
        rows = sa.select(Guest).where(t.guests.c.meeting_id == meeting_id).order_by(t.guests.c.id)
        return (await self._session.scalars(rows)).all()

    async def of_person(self, person_id: PersonId) -> Sequence[Guest]:
        rows = sa.select(Guest).where(t.guests.c.person_id == person_id).order_by(t.guests.c.id)
        return (await self._session.scalars(rows)).all()

    async def remove(self, guest: Guest) -> None:
        await self._session.delete(guest)
        await self._session.flush()
