"""What became of the questions of a meeting or a year, counted by the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from intake.rules.meetings.results import Results
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import Question, QuestionState
from storage import tables as t
from storage.transaction import Transaction

from .fates import AFTER, BEFORE, BEGUN, THERE, WAITING, WITH_AGENCY

_Q, _M = t.questions.c, t.meetings.c


def _counted(condition: Any) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def _of(unit_id: UnitId, start: datetime, end: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (_Q.unit_id == unit_id, start <= BEGUN, end > BEGUN, _Q.state != QuestionState.SEALED)


class ResultRows:
    """Results by meeting; the year of a question is that of its meeting's end, or of its receipt outside one."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def between(self, unit_id: UnitId, start: datetime, end: datetime) -> Sequence[Results]:
        rows = await self._session.execute(
            sa.select(
                _Q.meeting_id,
                sa.func.count(),
                _counted(BEFORE),
                _counted(THERE),
                _counted(AFTER),
                _counted(WITH_AGENCY),
                _counted(_Q.state == QuestionState.OUT_OF_SCOPE),
                _counted(WAITING),
                _counted(_Q.state == QuestionState.GATHERED),
            )
            .select_from(t.questions.outerjoin(t.meetings, _M.id == _Q.meeting_id))
            .where(*_of(unit_id, start, end))
            .group_by(_Q.meeting_id)
            .order_by(_Q.meeting_id.nulls_last())
        )
        return [Results(*row) for row in rows]

    async def questions(
        self, unit_id: UnitId, start: datetime, end: datetime, *, skip: int, most: int
    ) -> Sequence[Question]:
        rows = await self._session.scalars(
            sa.select(Question)
            .select_from(t.questions.outerjoin(t.meetings, _M.id == _Q.meeting_id))
            .where(*_of(unit_id, start, end))
            .order_by(_Q.id)
            .offset(skip)
            .limit(most)
        )
        return rows.all()
