"""Running clocks and the alerts they caused."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from intake.rules.deadline import Alert, Clock, ClockId, ClockState, key_of
from intake.rules.meeting import MeetingId
from intake.rules.person import PersonId
from intake.rules.question import QuestionId
from intake.rules.reminders import NEVER
from intake.rules.unit import UnitId
from storage import tables as t
from storage.upsert import insert_for


def awake_clocks(today: date, limit: int) -> sa.Select[Clock]:
    """What `Clocks.awake` asks: what another sweep holds is left to it."""
    return (
        sa.select(Clock)
        # written out, not bound, so that both databases see that the partial index serves
        .where(sa.text("clocks.state = 'running'"), t.clocks.c.wake_on <= today)
        .order_by(t.clocks.c.wake_on, t.clocks.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


class ClockRows:
    """Clocks, found by what they belong to or by the day they have to be looked at."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, clock: Clock) -> Clock:
        """See `Clocks.add`."""
        self._session.add(clock)
        await self._session.flush()
        return clock

    async def get(self, clock_id: ClockId) -> Clock | None:
        """See `Clocks.get`."""
        return await self._session.get(Clock, clock_id, with_for_update=True, populate_existing=True)

    async def running_for(self, question_id: QuestionId) -> Sequence[Clock]:
        """See `Clocks.running_for`."""
        return await self._where(t.clocks.c.question_id == question_id, t.clocks.c.state == ClockState.RUNNING)

    async def of_question(self, question_id: QuestionId) -> Sequence[Clock]:
        """See `Clocks.of_question`."""
        return await self._where(t.clocks.c.question_id == question_id)

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Clock]:
        """See `Clocks.of_meeting`."""
        return await self._where(
            t.clocks.c.meeting_id == meeting_id,
            t.clocks.c.question_id.is_(None),
            t.clocks.c.state == ClockState.RUNNING,
        )

    async def _where(self, *conditions: sa.ColumnElement[bool] | sa.TextClause) -> Sequence[Clock]:
        rows = sa.select(Clock).where(*conditions).order_by(t.clocks.c.id)
        return (await self._session.scalars(rows)).all()

    async def awake(self, today: date, limit: int) -> Sequence[Clock]:
        """See `Clocks.awake`."""
        return (await self._session.scalars(awake_clocks(today, limit))).all()

    async def running_page(
        self,
        after: ClockId,
        limit: int,
        *,
        between: tuple[date, date] | None = None,
        unit_id: UnitId | None = None,
    ) -> Sequence[Clock]:
        """See `Clocks.running_page`."""
        rows = sa.select(Clock).where(t.clocks.c.id > after, sa.text("clocks.state = 'running'"))
        if between is not None:
            first, last = between
            # whichever way a clock counts: it is not wholly before the first day nor wholly after the last
            rows = rows.where(
                sa.or_(t.clocks.c.due_on >= first, t.clocks.c.anchor_on >= first),
                sa.or_(t.clocks.c.due_on <= last, t.clocks.c.anchor_on <= last),
            )
        if unit_id is not None:
            questions = sa.select(t.questions.c.id).where(t.questions.c.unit_id == unit_id)
            meetings = sa.select(t.meetings.c.id).where(t.meetings.c.unit_id == unit_id)
            rows = rows.where(sa.or_(t.clocks.c.question_id.in_(questions), t.clocks.c.meeting_id.in_(meetings)))
        return (await self._session.scalars(rows.order_by(t.clocks.c.id).limit(limit))).all()

    async def wake_overdue(self, today: date, beyond: date) -> None:
        """See `Clocks.wake_overdue`."""
        late = sa.update(t.clocks).where(
            sa.text("clocks.state = 'running'"),
            t.clocks.c.due_on < today,
            t.clocks.c.wake_on > beyond,
            t.clocks.c.wake_on < NEVER,
        )
        await self._session.execute(late.values(wake_on=today), execution_options={"synchronize_session": False})

    async def raise_each_once(self, alerts: Sequence[Alert]) -> set[tuple[str, PersonId, str, date]]:
        """See `Clocks.raise_each_once`."""
        if not alerts:
            return set()
        new = await self._session.execute(
            insert_for(self._session, t.alerts)
            .on_conflict_do_nothing()
            .returning(t.alerts.c.subject, t.alerts.c.recipient_id, t.alerts.c.kind, t.alerts.c.due_on),
            # in one order everywhere, so that two processes never wait for each other
            [_row(alert) for alert in sorted(alerts, key=key_of)],
        )
        return {(row.subject, row.recipient_id, row.kind, row.due_on) for row in new}


def _row(alert: Alert) -> dict[str, Any]:
    return {
        "subject": alert.subject,
        "recipient_id": alert.recipient_id,
        "kind": alert.kind,
        "due_on": alert.due_on,
        "raised_at": alert.raised_at,
    }
