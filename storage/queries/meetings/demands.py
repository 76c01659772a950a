"""Meetings that people ask for, and who joined."""

from collections.abc import Sequence

import sqlalchemy as sa

from intake.rules.meetings.demand import DemandId, DemandVoice, MeetingDemand
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.lookup import found
from storage.transaction import Transaction


class DemandRows:
    """Demands and their voices."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, demand: MeetingDemand) -> MeetingDemand:
        self._session.add(demand)
        await self._session.flush()
        return demand

    async def get(self, demand_id: DemandId, *, lock: bool = False) -> MeetingDemand:
        row = await self._session.get(MeetingDemand, demand_id, with_for_update=lock or None, populate_existing=lock)
        return found(row)

    async def of_unit(self, unit_id: UnitId) -> Sequence[MeetingDemand]:
        rows = sa.select(MeetingDemand).where(t.meeting_demands.c.unit_id == unit_id)
        return (await self._session.scalars(rows.order_by(t.meeting_demands.c.id))).all()

    async def of_person(self, person_id: PersonId) -> Sequence[MeetingDemand]:
        joined = sa.select(t.demand_voices.c.demand_id).where(t.demand_voices.c.person_id == person_id)
        asked_or_joined = sa.or_(t.meeting_demands.c.asked_by == person_id, t.meeting_demands.c.id.in_(joined))
        rows = sa.select(MeetingDemand).where(asked_or_joined).order_by(t.meeting_demands.c.id)
        return (await self._session.scalars(rows)).all()

    async def join(self, voice: DemandVoice) -> None:
        self._session.add(voice)
        await self._session.flush()

    async def leave(self, demand_id: DemandId, person_id: PersonId) -> None:
        mine = sa.delete(t.demand_voices).where(
            t.demand_voices.c.demand_id == demand_id, t.demand_voices.c.person_id == person_id
        )
        await self._session.execute(mine)

    async def joined(self, demand_id: DemandId) -> Sequence[PersonId]:
        rows = sa.select(t.demand_voices.c.person_id).where(t.demand_voices.c.demand_id == demand_id)
        return (await self._session.scalars(rows.order_by(t.demand_voices.c.at, t.demand_voices.c.person_id))).all()

    async def asked_for(self, meeting_id: MeetingId) -> Sequence[PersonId]:
        rows = (
            sa.select(t.demand_voices.c.person_id)
            .join(t.meeting_demands, t.meeting_demands.c.id == t.demand_voices.c.demand_id)
            .where(t.meeting_demands.c.meeting_id == meeting_id)
            .order_by(t.demand_voices.c.at, t.demand_voices.c.person_id)
        )
        return (await self._session.scalars(rows)).all()

    async def voices(self, demand_id: DemandId) -> int:
        rows = sa.select(sa.func.count()).where(t.demand_voices.c.demand_id == demand_id)
        return await self._session.scalar(rows) or 0
