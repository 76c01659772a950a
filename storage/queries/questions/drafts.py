"""What is being written about questions at the desk, and the lists people keep there."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.people.person import PersonId
from intake.rules.questions.answer_draft import AnswerDraft
from intake.rules.questions.question import QuestionId
from intake.rules.questions.saved_view import SavedView, SavedViewId
from storage import tables as t
from storage.transaction import Transaction
from storage.upsert import insert_for

_D, _V = t.answer_drafts.c, t.saved_views.c


@cache
def _of_question() -> sa.Select[Any]:
    """Asked for with every page of a question, so it is built once."""
    rows = sa.select(AnswerDraft).where(_D.question_id == sa.bindparam("question")).order_by(_D.person_id)
    return rows.execution_options(populate_existing=True)


class DraftRows:
    """Drafts by question and person."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def of_question(self, question_id: QuestionId) -> Sequence[AnswerDraft]:
        return (await self._session.scalars(_of_question(), {"question": question_id})).all()

    async def keep(self, draft: AnswerDraft) -> None:
        """Two windows of one person may say so at the same moment."""
        said = {"text": draft.text, "seen_at": draft.seen_at}
        await self._session.execute(
            insert_for(self._session, t.answer_drafts)
            .values(question_id=draft.question_id, person_id=draft.person_id, **said)
            .on_conflict_do_update(index_elements=["question_id", "person_id"], set_=said)
        )

    async def drop(self, question_id: QuestionId, person_id: PersonId | None = None) -> None:
        dropped = sa.delete(t.answer_drafts).where(_D.question_id == question_id)
        await self._session.execute(dropped if person_id is None else dropped.where(_D.person_id == person_id))

    async def forget(self, person_id: PersonId) -> None:
        await self._session.execute(sa.delete(t.answer_drafts).where(_D.person_id == person_id))


class SavedViewRows:
    """Lists by person."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def of_person(self, person_id: PersonId) -> Sequence[SavedView]:
        rows = sa.select(SavedView).where(_V.person_id == person_id).order_by(_V.id)
        return (await self._session.scalars(rows)).all()

    async def add(self, view: SavedView) -> SavedView:
        self._session.add(view)
        await self._session.flush()
        return view

    async def remove(self, view_id: SavedViewId) -> None:
        await self._session.execute(sa.delete(SavedView).where(_V.id == view_id))

    async def forget(self, person_id: PersonId) -> None:
        await self._session.execute(sa.delete(SavedView).where(_V.person_id == person_id))
