"""What became of the questions of earlier years, counted by the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from intake.rules.meetings.results import Results
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import OPEN_STATES, ProposalKind, ProposalState, Question, QuestionState
from storage import tables as t
from storage.transaction import Transaction

_Q, _M, _P = t.questions.c, t.meetings.c, t.proposals.c
_ANSWERED = _Q.state.in_([QuestionState.ANSWERED, QuestionState.CLOSED])
_THERE = sa.exists().where(
    # said and decided by one person in one moment: typed in the room
    _P.question_id == _Q.id,
    _P.kind == ProposalKind.ANSWER,
    _P.state == ProposalState.APPROVED,
    _P.proposed_by == _P.decided_by,
    _P.proposed_at == _P.decided_at,
)
_BEFORE = sa.and_(_M.ended_at.is_not(None), _Q.answered_at < _M.ended_at)


def _counted(condition: Any) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def _of(unit_id: UnitId, start: datetime, end: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    happened = sa.func.coalesce(_M.ended_at, _Q.received_at, type_=t.questions.c.received_at.type)
    return (_Q.unit_id == unit_id, happened >= start, happened < end, _Q.state != QuestionState.SEALED)


class ResultRows:
    """Results by meeting; the year of a question is that of its meeting's end, or of its receipt outside one."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def between(self, unit_id: UnitId, start: datetime, end: datetime) -> Sequence[Results]:
        rows = await self._session.execute(
            sa.select(
                _Q.meeting_id,
                sa.func.count(),
                _counted(sa.and_(_ANSWERED, ~_THERE, _BEFORE)),
                _counted(sa.and_(_ANSWERED, _THERE)),
                _counted(sa.and_(_ANSWERED, ~_THERE, sa.func.coalesce(~_BEFORE, sa.true()))),
                _counted(_Q.state == QuestionState.REFERRED),
                _counted(_Q.state == QuestionState.OUT_OF_SCOPE),
                _counted(_Q.state.in_(list(OPEN_STATES - {QuestionState.REFERRED}))),
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
