"""What was entered by hand about the calendar: days, confirmed years, and the version every process looks at."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from intake.rules.deadlines.calendar import ConfirmedYear, Override, WorkCalendar, calendar_with
from intake.rules.deadlines.deadline import Recomputation
from storage import tables as t
from storage.calendar_source import load_calendar
from storage.transaction import Transaction
from storage.upsert import insert_for

_THE_ROW = 1
_NOTHING_ENTERED = 0
_FRESH_FOR = timedelta(seconds=1)


class OverrideRows:
    """The overrides over a calendar, and the recomputations that are owed for them."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._base = transaction.base_calendar

    async def days(self) -> Sequence[Override]:
        return await _days(self._session)

    async def years(self) -> Sequence[ConfirmedYear]:
        """Every confirmed year, in order."""
        return await _years(self._session)

    async def put(self, overrides: Sequence[Override]) -> None:
        await self._replace(t.calendar_overrides, [_columns(t.calendar_overrides, one) for one in overrides])

    async def take_back(self, on: date) -> None:
        await self._session.execute(sa.delete(t.calendar_overrides).where(t.calendar_overrides.c.on == on))

    async def confirm(self, years: Sequence[ConfirmedYear]) -> None:
        await self._replace(t.calendar_years, [_columns(t.calendar_years, one) for one in years])

    async def _replace(self, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
        insert = insert_for(self._session, table)
        keys = [column.name for column in table.primary_key]
        rest = {column.name: insert.excluded[column.name] for column in table.c if column.name not in keys}
        for row in rows:
            await self._session.execute(insert.on_conflict_do_update(index_elements=keys, set_=rest), row)

    async def calendar(self, *, culture_day: bool | None = None) -> WorkCalendar:
        base = self._base if culture_day is None else load_calendar(culture_day=culture_day)
        return await _entered(self._session, base)

    async def changed(self, *, culture_day: bool | None = None) -> None:
        known = {} if culture_day is None else {"culture_day": culture_day}
        first = {"id": _THE_ROW, "version": _NOTHING_ENTERED + 1, "culture_day": True, **known}
        insert = insert_for(self._session, t.calendar_state)
        later = {"version": t.calendar_state.c.version + 1, **known}
        await self._session.execute(insert.on_conflict_do_update(index_elements=["id"], set_=later), first)

    async def counts_culture_day(self) -> bool:
        """Before anybody said anything it was counted."""
        counted = await self._session.scalar(sa.select(t.calendar_state.c.culture_day))
        return counted is None or counted

    async def owe(self, recomputation: Recomputation) -> None:
        self._session.add(recomputation)
        await self._session.flush()

    async def owed(self, before: datetime) -> Sequence[Recomputation]:
        rows = (
            sa.select(Recomputation)
            .where(t.recomputations.c.asked_at < before)
            .order_by(t.recomputations.c.id)
            .with_for_update()
        )
        return (await self._session.scalars(rows)).all()

    async def settled(self, recomputation: Recomputation) -> None:
        await self._session.delete(recomputation)


async def _days(session: AsyncSession) -> list[Override]:
    rows = await session.execute(sa.select(t.calendar_overrides).order_by(t.calendar_overrides.c.on))
    return [Override(**row) for row in rows.mappings()]


async def _years(session: AsyncSession) -> list[ConfirmedYear]:
    rows = await session.execute(sa.select(t.calendar_years).order_by(t.calendar_years.c.year))
    return [ConfirmedYear(**row) for row in rows.mappings()]


async def _entered(session: AsyncSession, base: WorkCalendar) -> WorkCalendar:
    return calendar_with(base, await _days(session), await _years(session))


def _columns(table: sa.Table, noun: object) -> dict[str, Any]:
    return {column.name: getattr(noun, column.name) for column in table.c}


def _version(session: Session) -> int:
    """Asked at the beginning of a unit of work, so it goes to the driver as it stands."""
    found = session.connection().exec_driver_sql("SELECT version FROM calendar_state").scalar()
    return _NOTHING_ENTERED if found is None else int(found)


class OverrideCache:
    """The calendar with its overrides, for every unit of work of a process.

    Its version in the database is looked up at most once a second, and the days only when it is another one. Another
    process is seen a second later (`settle_clocks` sees to what was begun in that second), this one at once, since
    whoever commits a change calls `forget`.
    """

    def __init__(self) -> None:
        self._looked_at: datetime | None = None
        self._forgotten = 0
        self._base: WorkCalendar | None = None
        self._version = -1
        self._calendar: WorkCalendar | None = None

    def forget(self) -> None:
        """Look the version up at the next beginning, also where a look-up is just under way: it may be too early."""
        self._looked_at = None
        self._forgotten += 1

    async def lay_over(self, base: WorkCalendar, session: AsyncSession, now: datetime) -> WorkCalendar:
        """The calendar of a unit of work that begins. Its first question, so only what is committed is ever kept."""
        known = self._calendar if base is self._base else None
        fresh = self._looked_at is not None and timedelta(0) <= now - self._looked_at < _FRESH_FOR
        if known is not None and fresh:
            return known
        forgotten = self._forgotten
        version = await session.run_sync(_version)
        if known is None or version != self._version:
            known = base if version == _NOTHING_ENTERED else await _entered(session, base)
        self._base, self._calendar, self._version = base, known, version
        self._looked_at = now if forgotten == self._forgotten else None
        return known
