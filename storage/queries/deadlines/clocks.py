"""Running clocks and the alerts they caused."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from intake.rules.deadlines.clock import OWED
from intake.rules.deadlines.deadline import Alert, AwakeClock, Clock, ClockId, ClockState
from intake.rules.deadlines.reminders import NEVER
from intake.rules.meetings.conclusion import ConclusionItemId
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionId
from storage import tables as t
from storage.transaction import Transaction
from storage.upsert import insert_into


@cache
def _running_for() -> sa.Select[Any]:
    """Asked for every question somebody looks at, so it is built once."""
    c = t.clocks.c
    running = c.question_id == sa.bindparam("question"), c.state == ClockState.RUNNING
    return sa.select(Clock).where(*running).order_by(c.id)


@cache
def _of_question() -> sa.Select[Any]:
    """The same."""
    return sa.select(Clock).where(t.clocks.c.question_id == sa.bindparam("question")).order_by(t.clocks.c.id)


def awake_clocks(today: date, limit: int) -> sa.Select[Any]:
    """What `Clocks.awake` asks: what another sweep holds is left to it."""
    c = t.clocks.c
    return (
        sa.select(c.id, c.kind, c.unit_id, c.question_id, c.meeting_id, c.due_on, c.task_id, c.item_id)
        # written out, not bound, so that both databases see that the partial index serves
        .where(sa.text("clocks.state = 'running'"), t.clocks.c.wake_on <= today)
        # not by the column itself: SQLite would read every running clock by the index that begins with it
        .order_by(t.clocks.c.unit_id + sa.literal_column("0"), t.clocks.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )


_AT_ONCE = 500


class ClockRows:
    """Clocks, found by what they belong to or by the day they have to be looked at."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now

    async def add(self, clock: Clock) -> Clock:
        self._session.add(clock)
        await self._session.flush()
        return clock

    async def running_for(self, question_id: QuestionId) -> Sequence[Clock]:
        return (await self._session.scalars(_running_for(), {"question": question_id})).all()

    async def first_due(self, question_ids: Iterable[QuestionId]) -> date | None:
        clocks = t.clocks.c
        first: date | None = await self._session.scalar(
            sa.select(sa.func.min(clocks.due_on)).where(
                clocks.question_id.in_(list(question_ids)), clocks.state == ClockState.RUNNING
            )
        )
        return first

    async def of_question(self, question_id: QuestionId) -> Sequence[Clock]:
        return (await self._session.scalars(_of_question(), {"question": question_id})).all()

    async def running_on(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, date]:
        clocks, wanted, found = t.clocks.c, list(question_ids), dict[QuestionId, date]()
        for start in range(0, len(wanted), _AT_ONCE):
            rows = await self._session.execute(
                sa.select(clocks.question_id, sa.func.min(clocks.due_on))
                .where(
                    clocks.question_id.in_(wanted[start : start + _AT_ONCE]),
                    clocks.kind.in_(OWED),
                    clocks.state == ClockState.RUNNING,
                )
                .group_by(clocks.question_id)
            )
            found |= {QuestionId(question_id): due_on for question_id, due_on in rows}
        return found

    async def owed_on(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, date]:
        clocks = t.clocks.c
        rows = await self._session.execute(
            sa.select(clocks.question_id, clocks.due_on, clocks.state)
            .where(clocks.question_id.in_(list(question_ids)), clocks.kind.in_(OWED))
            .order_by(clocks.id)
        )
        last = {QuestionId(question_id): (due_on, state) for question_id, due_on, state in rows}  # the last one holds
        return {one: due_on for one, (due_on, state) in last.items() if state != ClockState.PAUSED}

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Clock]:
        return await self._where(
            t.clocks.c.meeting_id == meeting_id,
            t.clocks.c.question_id.is_(None),
            t.clocks.c.state == ClockState.RUNNING,
        )

    async def of_meetings_in(self, unit_ids: Iterable[UnitId]) -> Sequence[Clock]:
        clocks, meetings = t.clocks.c, t.meetings.c
        theirs = sa.select(meetings.id).where(meetings.unit_id.in_(list(unit_ids)))
        found = await self._where(
            clocks.meeting_id.in_(theirs),
            clocks.question_id.is_(None),
            clocks.task_id.is_(None),
            clocks.item_id.is_(None),
            clocks.state == ClockState.RUNNING,
        )
        return sorted(found, key=lambda one: (one.due_on, one.id))

    async def of_item(self, item_id: ConclusionItemId) -> Clock | None:
        return (await self._session.scalars(sa.select(Clock).where(t.clocks.c.item_id == item_id))).one_or_none()

    async def _where(self, *conditions: sa.ColumnElement[bool] | sa.TextClause) -> Sequence[Clock]:
        rows = sa.select(Clock).where(*conditions).order_by(t.clocks.c.id)
        return (await self._session.scalars(rows)).all()

    async def awake(self, today: date, limit: int) -> Sequence[AwakeClock]:
        return [AwakeClock(*row) for row in await self._session.execute(awake_clocks(today, limit))]

    async def look_next(self, wake_on: Mapping[ClockId, date]) -> None:
        by_day: dict[date, list[ClockId]] = {}
        for clock_id, on in wake_on.items():
            by_day.setdefault(on, []).append(clock_id)
        for on, clock_ids in by_day.items():
            await self._change(clock_ids, wake_on=on)

    async def end(self, clock_ids: Sequence[ClockId]) -> None:
        if clock_ids:
            await self._change(clock_ids, state=ClockState.ENDED, ended_at=self._now)

    async def _change(self, clock_ids: Sequence[ClockId], **values: Any) -> None:
        await self._session.execute(sa.update(t.clocks).where(t.clocks.c.id.in_(clock_ids)).values(**values))

    async def running_page(
        self,
        after: ClockId,
        limit: int,
        *,
        between: tuple[date, date] | None = None,
        unit_id: UnitId | None = None,
    ) -> Sequence[Clock]:
        rows = sa.select(Clock).where(t.clocks.c.id > after, sa.text("clocks.state = 'running'"))
        if between is not None:
            first, last = between
            # whichever way a clock counts: it is not wholly before the first day nor wholly after the last
            rows = rows.where(
                sa.or_(t.clocks.c.due_on >= first, t.clocks.c.anchor_on >= first),
                sa.or_(t.clocks.c.due_on <= last, t.clocks.c.anchor_on <= last),
            )
        if unit_id is not None:
            rows = rows.where(t.clocks.c.unit_id == unit_id)
        return (await self._session.scalars(rows.order_by(t.clocks.c.id).limit(limit))).all()

    async def wake_overdue(self, today: date, beyond: date) -> None:
        late = sa.update(t.clocks).where(
            sa.text("clocks.state = 'running'"),
            t.clocks.c.due_on < today,
            t.clocks.c.wake_on > beyond,
            t.clocks.c.wake_on < NEVER,
        )
        await self._session.execute(late.values(wake_on=today), execution_options={"synchronize_session": False})

    async def wake_all(self, today: date) -> None:
        later = sa.update(t.clocks).where(sa.text("clocks.state = 'running'"), t.clocks.c.wake_on > today)
        await self._session.execute(later.values(wake_on=today), execution_options={"synchronize_session": False})

    async def forget_alerts(self, since: datetime) -> None:
        await self._session.execute(sa.delete(t.alerts).where(t.alerts.c.raised_at >= since))

    async def raise_each_once(self, alerts: Iterable[Alert]) -> set[Alert]:
        # in one order everywhere, so that two processes never wait for each other
        rows = [[*alert[:-1], alert.due_on.isoformat()] for alert in sorted(alerts)]
        if not rows:
            return set()
        raising = _raise_each_once(self._session.get_bind().dialect.name)
        new = await self._session.execute(raising, {"rows": json.dumps(rows), "now": self._now})
        return {Alert(*row) for row in new}


@cache
def _raise_each_once(dialect: str) -> Any:
    """Thousands of alerts go as one value: to bind each of their columns takes longer than all the rest."""
    c = t.alerts.c
    columns = (c.subject, c.recipient_id, c.kind, c.due_on)
    fields: list[sa.ColumnElement[Any]]
    if dialect == "sqlite":
        row = sa.func.json_each(sa.bindparam("rows", type_=sa.String)).table_valued("value")
        # a date is kept as it is written here
        fields = [sa.func.json_extract(row.c.value, f"$[{place}]") for place in range(len(columns))]
    else:
        rows = sa.cast(sa.bindparam("rows", type_=sa.String), postgresql.JSON)
        row = sa.func.json_array_elements(rows).table_valued(sa.column("value", postgresql.JSON))
        read = [row.c.value.op("->>", return_type=sa.Text)(sa.literal(place, sa.Integer)) for place in range(4)]
        fields = [read[0], sa.cast(read[1], c.recipient_id.type), read[2], sa.cast(read[3], c.due_on.type)]
    now = sa.bindparam("now", type_=c.raised_at.type)
    new = sa.select(*fields, now).select_from(row).where(sa.true())  # SQLite reads "ON" as part of a FROM without it
    raising = insert_into(dialect, t.alerts).from_select([column.name for column in (*columns, c.raised_at)], new)
    return raising.on_conflict_do_nothing().returning(*columns)
