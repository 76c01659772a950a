"""The register of breaches."""

from collections.abc import Sequence

import sqlalchemy as sa

from intake.rules.people.breach import Breach, BreachId
from storage import tables as t
from storage.transaction import Transaction


class BreachRows:
    """See `intake.ports.Breaches`."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, breach: Breach) -> Breach:
        self._session.add(breach)
        await self._session.flush()
        return breach

    async def get(self, breach_id: BreachId) -> Breach | None:
        rows = await self._session.scalars(
            sa.select(Breach)
            .where(t.breaches.c.id == breach_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return rows.one_or_none()

    async def unreported(self) -> Sequence[Breach]:
        open_ones = (t.breaches.c.reported_at.is_(None), t.breaches.c.closed_at.is_(None))
        return (await self._session.scalars(sa.select(Breach).where(*open_ones).order_by(t.breaches.c.id))).all()

    async def all(self) -> Sequence[Breach]:
        return (await self._session.scalars(sa.select(Breach).order_by(t.breaches.c.id.desc()))).all()
