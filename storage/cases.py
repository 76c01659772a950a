"""Repeated matters and the questions that raised them."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from intake.rules.people.unit import UnitId
from intake.rules.questions.case import Case, CaseId, CaseQuestion
from intake.rules.questions.question import Question, QuestionId
from storage import tables as t
from storage.lookup import found


class CaseRows:
    """Cases and their questions."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, case: Case) -> Case:
        """See `Cases.add`."""
        self._session.add(case)
        await self._session.flush()
        return case

    async def get(self, case_id: CaseId, *, lock: bool = False) -> Case:
        """See `Cases.get`."""
        return found(await self._session.get(Case, case_id, with_for_update=lock or None, populate_existing=lock))

    async def of_question(self, question_id: QuestionId) -> Case | None:
        """See `Cases.of_question`."""
        rows = await self._session.scalars(
            sa.select(Case)
            .join(t.case_questions, t.case_questions.c.case_id == t.cases.c.id)
            .where(t.case_questions.c.question_id == question_id)
        )
        return rows.one_or_none()

    async def unsettled(self, unit_ids: Iterable[UnitId]) -> Sequence[Case]:
        """See `Cases.unsettled`."""
        rows = await self._session.scalars(
            sa.select(Case)
            .where(t.cases.c.unit_id.in_(list(unit_ids)), t.cases.c.settled_at.is_(None))
            .order_by(t.cases.c.id)
        )
        return rows.all()

    async def link(self, link: CaseQuestion) -> None:
        """See `Cases.link`."""
        self._session.add(link)
        await self._session.flush()

    async def unlink(self, question_id: QuestionId) -> None:
        """See `Cases.unlink`."""
        await self._session.execute(sa.delete(CaseQuestion).where(t.case_questions.c.question_id == question_id))

    async def questions(self, case_id: CaseId) -> Sequence[Question]:
        """See `Cases.questions`."""
        rows = await self._session.scalars(
            sa.select(Question)
            .join(t.case_questions, t.case_questions.c.question_id == t.questions.c.id)
            .where(t.case_questions.c.case_id == case_id)
            .order_by(t.questions.c.id)
        )
        return rows.all()

    async def remove(self, case: Case) -> None:
        """See `Cases.remove`."""
        await self._session.delete(case)
        await self._session.flush()
