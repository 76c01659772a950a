"""The items of conclusions, and the programme that was gone through."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from intake.rules.meetings.conclusion import (
    ConclusionItem,
    ConclusionItemId,
    ConclusionLink,
    ConclusionProgress,
    ProgressId,
)
from intake.rules.meetings.meeting import MeetingId, ProgrammeTick
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.questions.question import QuestionId
from storage import tables as t
from storage.lookup import found
from storage.transaction import Transaction
from storage.upsert import insert_once


class ConclusionRows:
    """What a meeting concluded."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, item: ConclusionItem, question_ids: Iterable[QuestionId]) -> ConclusionItem:
        self._session.add(item)
        await self._session.flush()
        self._session.add_all(ConclusionLink(item.id, question_id) for question_id in question_ids)
        await self._session.flush()
        return item

    async def item(self, item_id: ConclusionItemId, *, lock: bool = False) -> ConclusionItem:
        return found(
            await self._session.get(ConclusionItem, item_id, with_for_update=lock or None, populate_existing=lock)
        )

    async def many(self, item_ids: Iterable[ConclusionItemId]) -> dict[ConclusionItemId, ConclusionItem]:
        wanted = list(item_ids)
        if not wanted:  # most sweeps have none
            return {}
        rows = await self._session.scalars(sa.select(ConclusionItem).where(t.conclusion_items.c.id.in_(wanted)))
        return {item.id: item for item in rows}

    async def open_items(self, unit_ids: Iterable[UnitId], desk_ids: Iterable[DeskId]) -> Sequence[ConclusionItem]:
        items = t.conclusion_items.c
        rows = (
            sa.select(ConclusionItem)
            .join(t.meetings, t.meetings.c.id == items.meeting_id)
            .where(
                sa.or_(t.meetings.c.unit_id.in_(list(unit_ids)), items.desk_id.in_(list(desk_ids))),
                items.published_at.is_not(None),
                items.done_at.is_(None),
            )
            .order_by(items.due_on.is_(None), items.due_on, items.meeting_id, items.number)
        )
        return (await self._session.scalars(rows)).all()

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[ConclusionItem]:
        items = t.conclusion_items.c
        rows = sa.select(ConclusionItem).where(items.meeting_id == meeting_id).order_by(items.number)
        return (await self._session.scalars(rows)).all()

    async def links(self, item_ids: Iterable[ConclusionItemId]) -> dict[ConclusionItemId, Sequence[QuestionId]]:
        links = t.conclusion_links.c
        rows = await self._session.execute(
            sa.select(links.item_id, links.question_id)
            .where(links.item_id.in_(list(item_ids)))
            .order_by(links.question_id)
        )
        linked: dict[ConclusionItemId, list[QuestionId]] = {}
        for item_id, question_id in rows:
            linked.setdefault(item_id, []).append(question_id)
        return dict(linked)

    async def remove(self, item: ConclusionItem) -> None:
        items = t.conclusion_items.c
        await self._session.execute(sa.delete(t.conclusion_links).where(t.conclusion_links.c.item_id == item.id))
        await self._session.execute(sa.delete(t.conclusion_progress).where(t.conclusion_progress.c.item_id == item.id))
        await self._session.delete(item)
        await self._session.flush()
        behind = sa.select(ConclusionItem).where(items.meeting_id == item.meeting_id, items.number > item.number)
        for later in await self._session.scalars(behind.order_by(items.number)):
            later.number -= 1
            await self._session.flush()  # one by one, so that no two have a number at any moment

    async def add_progress(self, progress: ConclusionProgress) -> None:
        self._session.add(progress)
        await self._session.flush()

    async def progress(self, item_id: ConclusionItemId) -> Sequence[ConclusionProgress]:
        said = t.conclusion_progress.c
        rows = sa.select(ConclusionProgress).where(said.item_id == item_id).order_by(said.id)
        return (await self._session.scalars(rows)).all()

    async def word(self, progress_id: ProgressId) -> ConclusionProgress:
        return found(await self._session.get(ConclusionProgress, progress_id))

    async def public_progress(self, item_ids: Iterable[ConclusionItemId]) -> Sequence[ConclusionProgress]:
        wanted = list(item_ids)
        if not wanted:
            return ()
        said = t.conclusion_progress.c
        rows = sa.select(ConclusionProgress).where(said.item_id.in_(wanted), said.public_text.is_not(None))
        return (await self._session.scalars(rows.order_by(said.id))).all()

    async def ticks(self, meeting_id: MeetingId) -> Sequence[ProgrammeTick]:
        ticks = t.programme_ticks.c
        rows = sa.select(ProgrammeTick).where(ticks.meeting_id == meeting_id).order_by(ticks.position)
        return (await self._session.scalars(rows)).all()

    async def tick(self, tick: ProgrammeTick) -> bool:
        values = {
            "meeting_id": tick.meeting_id,
            "position": tick.position,
            "ticked_at": tick.ticked_at,
            "ticked_by": tick.ticked_by,
        }
        return await insert_once(self._session, t.programme_ticks, values)

    async def untick(self, tick: ProgrammeTick) -> None:
        await self._session.delete(tick)
        await self._session.flush()
