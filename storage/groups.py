"""Which questions go with which."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from intake.rules.questions.group import GroupMember
from intake.rules.questions.question import QuestionId
from storage import tables as t


class GroupRows:
    """The members of groups; a lead has no row."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, member: GroupMember) -> None:
        """See `Groups.add`."""
        self._session.add(member)
        await self._session.flush()

    async def member(self, question_id: QuestionId) -> GroupMember | None:
        """See `Groups.member`."""
        return await self._session.get(GroupMember, question_id, populate_existing=True)

    async def members(self, lead_ids: Iterable[QuestionId]) -> Sequence[GroupMember]:
        """See `Groups.members`."""
        rows = await self._session.scalars(
            sa.select(GroupMember)
            .where(t.group_members.c.lead_id.in_(list(lead_ids)))
            .order_by(t.group_members.c.question_id)
            .execution_options(populate_existing=True)
        )
        return rows.all()

    async def remove(self, member: GroupMember) -> None:
        """See `Groups.remove`."""
        await self._session.delete(member)
        await self._session.flush()
