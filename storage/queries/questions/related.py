"""What belongs together among questions: groups that are answered as one, and matters that come up again."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from intake.rules.people.unit import UnitId
from intake.rules.questions.case import Case, CaseId, CaseQuestion
from intake.rules.questions.group import GroupMember
from intake.rules.questions.question import Question, QuestionId
from storage import tables as t
from storage.lookup import found
from storage.transaction import Transaction


class GroupRows:
    """The members of groups; a lead has no row."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, member: GroupMember) -> None:
        self._session.add(member)
        await self._session.flush()

    async def member(self, question_id: QuestionId) -> GroupMember | None:
        return await self._session.get(GroupMember, question_id, populate_existing=True)

    async def members(self, lead_ids: Iterable[QuestionId]) -> Sequence[GroupMember]:
        rows = await self._session.scalars(
            sa.select(GroupMember)
            .where(t.group_members.c.lead_id.in_(list(lead_ids)))
            .order_by(t.group_members.c.question_id)
            .execution_options(populate_existing=True)
        )
        return rows.all()

    async def remove(self, member: GroupMember) -> None:
        await self._session.delete(member)
        await self._session.flush()


class CaseRows:
    """Cases and their questions."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, case: Case) -> Case:
        self._session.add(case)
        await self._session.flush()
        return case

    async def get(self, case_id: CaseId, *, lock: bool = False) -> Case:
        return found(await self._session.get(Case, case_id, with_for_update=lock or None, populate_existing=lock))

    async def of_question(self, question_id: QuestionId) -> Case | None:
        rows = await self._session.scalars(
            sa.select(Case)
            .join(t.case_questions, t.case_questions.c.case_id == t.cases.c.id)
            .where(t.case_questions.c.question_id == question_id)
        )
        return rows.one_or_none()

    async def unsettled(self, unit_ids: Iterable[UnitId]) -> Sequence[Case]:
        rows = await self._session.scalars(
            sa.select(Case)
            .where(t.cases.c.unit_id.in_(list(unit_ids)), t.cases.c.settled_at.is_(None))
            .order_by(t.cases.c.id)
        )
        return rows.all()

    async def link(self, link: CaseQuestion) -> None:
        self._session.add(link)
        await self._session.flush()

    async def unlink(self, question_id: QuestionId) -> None:
        await self._session.execute(sa.delete(CaseQuestion).where(t.case_questions.c.question_id == question_id))

    async def questions(self, case_id: CaseId) -> Sequence[Question]:
        rows = await self._session.scalars(
            sa.select(Question)
            .join(t.case_questions, t.case_questions.c.question_id == t.questions.c.id)
            .where(t.case_questions.c.case_id == case_id)
            .order_by(t.questions.c.id)
        )
        return rows.all()

    async def remove(self, case: Case) -> None:
        await self._session.delete(case)
        await self._session.flush()
