"""The register of documents."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any, cast

import sqlalchemy as sa

from intake.rules.papers.kinds import PaperKind
from intake.rules.papers.order import PaperOrder
from intake.rules.papers.register import MadePaper, OfficeDocument, OfficeDocumentId
from intake.rules.papers.template import UnitTemplate
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId
from intake.rules.plan.plan import PlanId
from storage import tables as t
from storage.lookup import found
from storage.transaction import Transaction

_D = t.documents.c
_AT_ONCE = 500
_NEVER_MADE = timedelta(days=1)
"""After so long nobody makes a file any more that was begun."""


class DocumentRows:
    """See `intake.ports.Documents`."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now

    async def add(self, document: OfficeDocument) -> OfficeDocument:
        self._session.add(document)
        await self._session.flush()
        return document

    async def get(self, document_id: OfficeDocumentId, *, lock: bool = False) -> OfficeDocument:
        return found(
            await self._session.get(OfficeDocument, document_id, with_for_update=lock or None, populate_existing=lock)
        )

    async def draft(self, plan_id: PlanId, kind: PaperKind, about: str) -> OfficeDocument | None:
        rows = await self._session.scalars(
            _about(plan_id, kind, about)
            .where(_D.number.is_(None))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return rows.first()

    async def registered(self, unit_id: UnitId, kind: PaperKind, about: str) -> OfficeDocument | None:
        wanted = (_D.unit_id == unit_id, _D.kind == kind, _D.about == about, _D.number.is_not(None))
        rows = sa.select(OfficeDocument).where(*wanted).order_by(_D.id.desc()).limit(1)
        return (await self._session.scalars(rows)).first()

    async def all_registered(
        self, unit_id: UnitId, kind: PaperKind, about: Collection[str]
    ) -> dict[str, OfficeDocument]:
        found: dict[str, OfficeDocument] = {}
        wanted = sorted(about)
        for start in range(0, len(wanted), _AT_ONCE):
            some = _D.about.in_(wanted[start : start + _AT_ONCE])
            rows = sa.select(OfficeDocument).where(_D.unit_id == unit_id, _D.kind == kind, some, _D.number.is_not(None))
            found |= {one.about: one for one in await self._session.scalars(rows.order_by(_D.id))}
        return found

    async def made_files(self, names: Collection[str]) -> frozenset[str]:
        made, wanted = t.made_papers.c.content_name, sorted(names)
        found = set[str]()
        for start in range(0, len(wanted), _AT_ONCE):
            some = made.in_(wanted[start : start + _AT_ONCE])
            found |= set(await self._session.scalars(sa.select(made).where(some)))
        return frozenset(found)

    async def last_of(self, unit_id: UnitId, series: str, year: int) -> OfficeDocument | None:
        rows = await self._session.scalars(
            sa.select(OfficeDocument)
            .where(_D.unit_id == unit_id, _D.series == series, _D.series_year == year, _D.number.is_not(None))
            .order_by(_D.number.desc())
            .limit(1)
        )
        return rows.one_or_none()

    async def begin_file(self, made: MadePaper) -> MadePaper:
        self._session.add(made)
        await self._session.flush()
        return made

    async def finish_file(self, made_id: int, file: str) -> bool:
        mine = sa.update(t.made_papers).where(t.made_papers.c.id == made_id).values(content_name=file)
        return bool(cast("sa.CursorResult[Any]", await self._session.execute(mine)).rowcount)

    async def forget_files(self, names: Collection[str]) -> None:
        made = t.made_papers.c
        cut_off = sa.and_(made.content_name == "", made.made_at < self._now - _NEVER_MADE)
        await self._session.execute(sa.delete(t.made_papers).where(cut_off))
        wanted = sorted(names)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            await self._session.execute(sa.delete(t.made_papers).where(made.content_name.in_(some)))

    async def order(self, order: PaperOrder) -> PaperOrder:
        self._session.add(order)
        await self._session.flush()
        return order

    async def has_orders(self) -> bool:
        return await self._session.scalar(sa.select(t.paper_orders.c.id).limit(1)) is not None

    async def is_ordered(self, document_id: OfficeDocumentId) -> bool:
        wanted = sa.select(t.paper_orders.c.id).where(t.paper_orders.c.document_id == document_id).limit(1)
        return await self._session.scalar(wanted) is not None

    async def next_order(self) -> PaperOrder | None:
        oldest = sa.select(PaperOrder).order_by(t.paper_orders.c.tries, t.paper_orders.c.id).limit(1)
        return (await self._session.scalars(oldest)).first()

    async def fill(self, order_id: int) -> bool:
        gone = await self._session.execute(sa.delete(t.paper_orders).where(t.paper_orders.c.id == order_id))
        return bool(cast("sa.CursorResult[Any]", gone).rowcount)

    async def forget_orders(self, person_id: PersonId) -> None:
        await self._session.execute(sa.delete(t.paper_orders).where(t.paper_orders.c.person_id == person_id))

    async def template(self, unit_id: UnitId, kind: PaperKind) -> UnitTemplate | None:
        return await self._session.get(UnitTemplate, (unit_id, kind), populate_existing=True)

    async def templates(self, unit_ids: Iterable[UnitId]) -> Sequence[UnitTemplate]:
        wanted = t.unit_templates.c.unit_id.in_(list(unit_ids))
        return (await self._session.scalars(sa.select(UnitTemplate).where(wanted))).all()

    async def keep_template(self, kept: UnitTemplate) -> None:
        await self._session.merge(kept)
        await self._session.flush()

    async def drop_template(self, unit_id: UnitId, kind: PaperKind) -> None:
        mine = (t.unit_templates.c.unit_id == unit_id, t.unit_templates.c.kind == kind)
        await self._session.execute(sa.delete(t.unit_templates).where(*mine))

    async def of_units(self, unit_ids: Iterable[UnitId], most: int) -> Sequence[OfficeDocument]:
        rows = await self._session.scalars(
            sa.select(OfficeDocument).where(_D.unit_id.in_(list(unit_ids))).order_by(_D.id.desc()).limit(most)
        )
        return rows.all()


def _about(plan_id: PlanId, kind: PaperKind, about: str) -> sa.Select[OfficeDocument]:
    wanted = (_D.plan_id == plan_id, _D.kind == kind, _D.about == about)
    return sa.select(OfficeDocument).where(*wanted).order_by(_D.id.desc()).limit(1)
