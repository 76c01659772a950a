"""Who comes to a meeting: quotas and lists of units with the registrations on them, and those who are invited."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

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


_STANDING, _WAITING = (RegistrationState.STANDING,), (RegistrationState.WAITING,)


def _of(states: tuple[RegistrationState, ...], *, of_unit: bool) -> tuple[sa.ColumnElement[bool], ...]:
    """Those of a unit, or of none; what is bound is made by `_bound`."""
    c = t.registrations.c
    unit = c.unit_id == sa.bindparam("unit") if of_unit else c.unit_id.is_(None)
    return c.meeting_id == sa.bindparam("meeting"), unit, c.state.in_(states)


def _bound(meeting_id: MeetingId, unit_id: UnitId | None) -> dict[str, int]:
    return {"meeting": meeting_id} | ({} if unit_id is None else {"unit": unit_id})


@cache
def _quotas() -> sa.Select[Any]:
    rows = sa.select(Quota).where(t.quotas.c.meeting_id == sa.bindparam("meeting")).order_by(t.quotas.c.id)
    return rows.execution_options(**_FRESH)


@cache
def _last_rank(*, of_unit: bool) -> sa.Select[Any]:
    """Asked whenever somebody registers, like what follows: so each is built once."""
    return sa.select(sa.func.max(t.registrations.c.rank)).where(*_of(LIVE, of_unit=of_unit))


@cache
def _seated(*, of_unit: bool) -> sa.Select[Any]:
    seat = t.registrations.c.seat
    return sa.select(seat, sa.func.count()).where(*_of(_STANDING, of_unit=of_unit)).group_by(seat)


@cache
def _listed(states: tuple[RegistrationState, ...], *, of_unit: bool) -> sa.Select[Any]:
    rows = sa.select(Registration).where(*_of(states, of_unit=of_unit)).execution_options(**_FRESH)
    return rows.order_by(t.registrations.c.rank, t.registrations.c.id)


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
        return (await self._session.scalars(_quotas(), {"meeting": meeting_id})).all()

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
        last = _last_rank(of_unit=unit_id is not None)
        return await self._session.scalar(last, _bound(meeting_id, unit_id)) or 0

    async def seated(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Mapping[Seat, int]:
        seated = _seated(of_unit=unit_id is not None)
        rows = await self._session.execute(seated, _bound(meeting_id, unit_id))
        return {row[0]: row[1] for row in rows}

    async def waiting(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Sequence[Registration]:
        return await self._listed(meeting_id, unit_id, _WAITING)

    async def registrations(self, meeting_id: MeetingId, unit_id: UnitId | None) -> Sequence[Registration]:
        return await self._listed(meeting_id, unit_id, LIVE)

    async def _listed(
        self, meeting_id: MeetingId, unit_id: UnitId | None, states: tuple[RegistrationState, ...]
    ) -> Sequence[Registration]:
        listed = _listed(states, of_unit=unit_id is not None)
        return (await self._session.scalars(listed, _bound(meeting_id, unit_id))).all()

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
