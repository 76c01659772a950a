"""What people put on questions by hand: urgent flags, nudges to agencies."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from intake.rules.deadlines.clock import OWED
from intake.rules.deadlines.deadline import ClockState
from intake.rules.people.unit import UnitId
from intake.rules.questions.marks import Nudge, UrgentFlag
from intake.rules.questions.question import OPEN_STATES, Question, QuestionId
from intake.rules.sealed.protection import Protection
from storage import tables as t
from storage.transaction import Transaction


class MarkRows:
    """Flags and nudges, by question."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add_flag(self, flag: UrgentFlag) -> UrgentFlag:
        self._session.add(flag)
        await self._session.flush()
        return flag

    async def flag_of(self, question_id: QuestionId) -> UrgentFlag | None:
        rows = await self._session.scalars(
            sa.select(UrgentFlag)
            .where(t.urgent_flags.c.question_id == question_id, t.urgent_flags.c.taken_back_at.is_(None))
            .order_by(t.urgent_flags.c.id.desc())
            .limit(1)
        )
        return rows.first()

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
        rows = sa.select(Protection).where(t.protections.c.question_id == question_id).order_by(t.protections.c.id)
        return (await self._session.scalars(rows)).all()

    async def add_nudge(self, nudge: Nudge) -> Nudge:
        self._session.add(nudge)
        await self._session.flush()
        return nudge

    async def nudges(self, question_id: QuestionId) -> Sequence[Nudge]:
        rows = sa.select(Nudge).where(t.nudges.c.question_id == question_id).order_by(t.nudges.c.id)
        return (await self._session.scalars(rows)).all()
