"""The reply templates of units."""

from collections.abc import Sequence

import sqlalchemy as sa

from intake.rules.people.unit import UnitId
from intake.rules.questions.reply_template import ReplyTemplate
from storage import tables as t
from storage.transaction import Transaction


class TemplateRows:
    """Templates, by unit."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def of_unit(self, unit_id: UnitId) -> Sequence[ReplyTemplate]:
        rows = sa.select(ReplyTemplate).where(t.reply_templates.c.unit_id == unit_id).order_by(t.reply_templates.c.id)
        return (await self._session.scalars(rows)).all()

    async def add(self, template: ReplyTemplate) -> ReplyTemplate:
        self._session.add(template)
        await self._session.flush()
        return template

    async def remove(self, template: ReplyTemplate) -> None:
        await self._session.delete(template)
