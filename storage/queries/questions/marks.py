"""What people put on questions by hand: urgent flags, nudges to agencies."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.deadlines.clock import OWED
from intake.rules.deadlines.deadline import ClockState
from intake.rules.people.unit import UnitId
from intake.rules.questions.marks import Nudge, UrgentFlag
from intake.rules.questions.question import OPEN_STATES, Question, QuestionId
from intake.rules.sealed.protection import Protection
from storage import tables as t
from storage.transaction import Transaction


@cache
def _flag_of() -> sa.Select[Any]:
    """Asked for with every page of a question, like what follows: so each is built once."""
    c = t.urgent_flags.c
    stands = c.question_id == sa.bindparam("question"), c.taken_back_at.is_(None)
    return sa.select(UrgentFlag).where(*stands).order_by(c.id.desc()).limit(1)


@cache
def _protections() -> sa.Select[Any]:
    c = t.protections.c
    return sa.select(Protection).where(c.question_id == sa.bindparam("question")).order_by(c.id)


@cache
def _nudges() -> sa.Select[Any]:
    c = t.nudges.c
    return sa.select(Nudge).where(c.question_id == sa.bindparam("question")).order_by(c.id)


class MarkRows:
    """Flags and nudges, by question."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add_flag(self, flag: UrgentFlag) -> UrgentFlag:
        self._session.add(flag)
        await self._session.flush()
        return flag

    async def flag_of(self, question_id: QuestionId) -> UrgentFlag | None:
        return (await self._session.scalars(_flag_of(), {"question": question_id})).first()

    async def urgent_in(self, unit_ids: Iterable[UnitId]) -> Sequence[tuple[Question, date | None]]:
        owed = (
            sa.select(sa.func.min(t.clocks.c.due_on))
            .where(
                t.clocks.c.question_id == t.questions.c.id,
                t.clocks.c.state == ClockState.RUNNING,
                t.clocks.c.kind.in_(OWED),
            )
            .scalar_subquery()
        )
        rows = await self._session.execute(
            sa.select(Question, owed)
            .where(
                t.questions.c.unit_id.in_(list(unit_ids)),
                t.questions.c.state.in_(list(OPEN_STATES)),
                t.questions.c.urgent.is_(True),
            )
            .order_by(owed.asc().nulls_last(), t.questions.c.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def protect(self, protection: Protection) -> Protection:
        self._session.add(protection)
        await self._session.flush()
        return protection

    async def protections(self, question_id: QuestionId) -> Sequence[Protection]:
        return (await self._session.scalars(_protections(), {"question": question_id})).all()

    async def add_nudge(self, nudge: Nudge) -> Nudge:
        self._session.add(nudge)
        await self._session.flush()
        return nudge

    async def nudges(self, question_id: QuestionId) -> Sequence[Nudge]:
        return (await self._session.scalars(_nudges(), {"question": question_id})).all()
