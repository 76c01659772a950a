"""Who approves in a chair's place."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

import sqlalchemy as sa

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.people.deputy import Deputy
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.transaction import Transaction

_D = t.deputies.c


class DeputyRows:
    """See `intake.ports.Deputies`."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, deputy: Deputy) -> Deputy:
        self._session.add(deputy)
        await self._session.flush()
        return deputy

    async def get(self, number: int) -> Deputy | None:
        rows = await self._session.scalars(
            sa.select(Deputy).where(_D.id == number).with_for_update().execution_options(populate_existing=True)
        )
        return rows.one_or_none()

    async def open_in(self, unit_ids: Iterable[UnitId], day: date) -> Sequence[Deputy]:
        rows = sa.select(Deputy).where(_D.unit_id.in_(list(unit_ids)), _D.ended_at.is_(None), _D.last_on >= day)
        return (await self._session.scalars(rows.order_by(_D.first_on, _D.id))).all()

    async def of_person(self, person_id: PersonId, day: date) -> Sequence[Deputy]:
        rows = sa.select(Deputy).where(_D.deputy_id == person_id, _D.ended_at.is_(None), _D.last_on >= day)
        return (await self._session.scalars(rows.order_by(_D.first_on, _D.id))).all()

    async def about(self, person_id: PersonId, day: date) -> Sequence[Deputy]:
        either = sa.or_(_D.deputy_id == person_id, _D.chair_id == person_id)
        rows = sa.select(Deputy).where(either, _D.ended_at.is_(None), _D.last_on >= day).order_by(_D.id)
        return (await self._session.scalars(rows.with_for_update().execution_options(populate_existing=True))).all()

    async def beginning(self, day: date) -> Sequence[Deputy]:
        begins = datetime.combine(day, time(), tzinfo=LOCAL)
        rows = sa.select(Deputy).where(_D.first_on == day, _D.agreed_at < begins, _D.ended_at.is_(None))
        return (await self._session.scalars(rows.order_by(_D.id))).all()
