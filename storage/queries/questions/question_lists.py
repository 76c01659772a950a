"""Lists of questions. Every one is read along an index and ends with its page, however many questions there are.

By due date the open ones are read along the running clocks of the unit, then those that no such clock runs for.
Counts stop at a bound. Measured by `python -m benchmarks.desk`.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.deadlines.clock import OWED
from intake.rules.deadlines.deadline import ClockState
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionState
from intake.rules.questions.question_list import (
    LISTED_STATES,
    DueWhen,
    ListScope,
    NamingLine,
    QuestionFilter,
    QuestionLine,
    QuestionOrder,
)
from storage import tables as t
from storage.transaction import Transaction

_Q, _C = t.questions.c, t.clocks.c
_LINE = (
    _Q.id,
    _Q.unit_id,
    _Q.reference,
    _Q.kind,
    _Q.text,
    _Q.state,
    _Q.received_at,
    _Q.hamlet_id,
    _Q.topic_id,
    _Q.desk_id,
    _Q.meeting_id,
    _Q.sensitive,
    _Q.urgent,
    _Q.restricted,
)
_RUNNING: sa.ColumnElement[bool] = sa.literal_column("clocks.state = 'running'")
"""Written out, not bound, so that both databases see that the partial index serves; likewise the next one."""
_NAMING: sa.ColumnElement[bool] = sa.literal_column("CAST(questions.named AS TEXT) != '[]'")
_WEEK = timedelta(days=7)


class QuestionListRows:
    """Pages of questions, and how many there are."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def counts(self, scope: ListScope, most: int) -> Mapping[QuestionState, int]:
        counting = _counting(by_units=bool(scope.unit_ids), by_desks=bool(scope.desk_ids))
        rows = await self._session.execute(counting, {"most": most, **_scoped(scope)})
        return {QuestionState(row.state): row.questions for row in rows if row.questions}

    async def naming(self, scope: ListScope) -> Sequence[NamingLine]:
        naming = _that_name(by_units=bool(scope.unit_ids), by_desks=bool(scope.desk_ids))
        rows = await self._session.execute(naming, _scoped(scope))
        return [NamingLine(*row) for row in rows]

    async def page(
        self,
        scope: ListScope,
        wanted: QuestionFilter,
        order: QuestionOrder,
        today: date,
        *,
        skip: int,
        most: int,
    ) -> Sequence[QuestionLine]:
        if order is not QuestionOrder.DUE and wanted == QuestionFilter(states=wanted.states):
            return await self._plain_page(scope, wanted, order, skip, most)
        conditions = _conditions(scope, wanted)
        if order is QuestionOrder.DUE or wanted.due not in (None, DueWhen.NOT_YET):
            return await self._by_due(scope, wanted, conditions, today, skip, most)
        if wanted.due is DueWhen.NOT_YET:
            conditions.append(~_owed())
        oldest = order is QuestionOrder.OLDEST
        rows = await self._session.execute(_with_due(conditions, oldest=oldest), {"skip": skip, "most": most})
        return [_line(row) for row in rows]

    async def _plain_page(
        self, scope: ListScope, wanted: QuestionFilter, order: QuestionOrder, skip: int, most: int
    ) -> Sequence[QuestionLine]:
        """The page most people ask for, of which nothing is left out but states: its statement is built once."""
        statement = _plain(
            by_units=bool(scope.unit_ids),
            by_desks=bool(scope.desk_ids),
            hides=bool(scope.hidden),
            oldest=order is QuestionOrder.OLDEST,
        )
        asked = {"states": wanted.states, "skip": skip, "most": most, **_scoped(scope)}
        if scope.hidden:
            asked["hidden"] = scope.hidden
        rows = await self._session.execute(statement, asked)
        return [_line(row) for row in rows]

    async def _by_due(
        self,
        scope: ListScope,
        wanted: QuestionFilter,
        conditions: list[sa.ColumnElement[bool]],
        today: date,
        skip: int,
        most: int,
    ) -> Sequence[QuestionLine]:
        """First what is owed, the soonest first; then what is owed on no day yet, the oldest first."""
        dated = [*conditions, *_due_along(scope, wanted.due, today)]
        joined = t.clocks.join(t.questions, _Q.id == _C.question_id)
        rows = await self._session.execute(
            sa.select(*_LINE, _C.due_on)
            .select_from(joined)
            .where(*dated)
            .order_by(_C.due_on, _C.question_id)
            .offset(skip)
            .limit(most)
        )
        found = [_line(row) for row in rows]
        if wanted.due is not None or len(found) == most:
            return found
        before = 0
        if not found and skip:
            counted = sa.select(sa.func.count()).select_from(joined).where(*dated)
            before = int(await self._session.scalar(counted) or 0)
        undated = await self._session.execute(
            sa.select(*_LINE)
            .where(*conditions, ~_owed())
            .order_by(_Q.id)
            .offset(0 if found else max(skip - before, 0))
            .limit(most - len(found))
        )
        return [*found, *(_line(row) for row in undated)]


def _scoped(scope: ListScope) -> dict[str, Any]:
    """What the statements that are built once are asked with."""
    asked: dict[str, Any] = {}
    if scope.unit_ids:
        asked["units"] = scope.unit_ids
    if scope.desk_ids:
        asked["desks"] = scope.desk_ids
    return asked


def _within_asked(*, by_units: bool, by_desks: bool) -> sa.ColumnElement[bool]:
    of_units = _Q.unit_id.in_(sa.bindparam("units", expanding=True))
    on_desks = _Q.desk_id.in_(sa.bindparam("desks", expanding=True))
    return sa.or_(of_units, on_desks) if by_units and by_desks else of_units if by_units else on_desks


def _with_due(conditions: Sequence[sa.ColumnElement[bool]], *, oldest: bool) -> sa.Select[Any]:
    """A page by age, each line with the first day on which its asker is owed something."""
    skip, most = sa.bindparam("skip", type_=sa.Integer), sa.bindparam("most", type_=sa.Integer)
    direction = _Q.id.asc() if oldest else _Q.id.desc()
    lines = sa.select(*_LINE).where(*conditions).order_by(direction).offset(skip).limit(most).subquery()
    due_on = (
        sa.select(sa.func.min(_C.due_on))
        .where(_C.question_id == lines.c.id, _RUNNING, _C.kind.in_(OWED))
        .scalar_subquery()
    )
    return sa.select(*lines.c, due_on).order_by(lines.c.id.asc() if oldest else lines.c.id.desc())


@cache
def _plain(*, by_units: bool, by_desks: bool, hides: bool, oldest: bool) -> sa.Select[Any]:
    conditions = [
        _within_asked(by_units=by_units, by_desks=by_desks),
        _Q.state.in_(sa.bindparam("states", expanding=True)),
    ]
    if hides:
        conditions.append(_Q.id.not_in(sa.bindparam("hidden", expanding=True)))
    return _with_due(conditions, oldest=oldest)


@cache
def _that_name(*, by_units: bool, by_desks: bool) -> sa.Select[Any]:
    within = _within_asked(by_units=by_units, by_desks=by_desks)
    return sa.select(_Q.id, _Q.state).where(within, _NAMING, _Q.state.in_(LISTED_STATES)).order_by(_Q.id)


@cache
def _counting(*, by_units: bool, by_desks: bool) -> sa.CompoundSelect[Any]:
    """Asked for with every list, so it is built once: each state counted along its index, up to a bound."""
    within = _within_asked(by_units=by_units, by_desks=by_desks)
    most: sa.BindParameter[int] = sa.bindparam("most", type_=sa.Integer)
    return sa.union_all(
        *(
            sa.select(
                sa.literal_column(f"'{state.value}'").label("state"), sa.func.count().label("questions")
            ).select_from(sa.select(sa.literal_column("1")).where(within, _Q.state == state).limit(most).subquery())
            for state in LISTED_STATES
        )
    )


def _line(row: Any) -> QuestionLine:
    return QuestionLine(*row)


def _within(scope: ListScope) -> sa.ColumnElement[bool]:
    of_units = _Q.unit_id.in_(scope.unit_ids)
    on_desks = _Q.desk_id.in_(scope.desk_ids)
    if not scope.desk_ids:
        return of_units
    return sa.or_(of_units, on_desks) if scope.unit_ids else on_desks


def _conditions(scope: ListScope, wanted: QuestionFilter) -> list[sa.ColumnElement[bool]]:
    found = [_within(scope), _Q.state.in_(wanted.states)]
    if scope.hidden:
        found.append(_Q.id.not_in(scope.hidden))
    exact: tuple[tuple[sa.ColumnElement[Any], object], ...] = (
        (_Q.meeting_id, wanted.meeting_id),
        (_Q.hamlet_id, wanted.hamlet_id),
        (_Q.topic_id, wanted.topic_id),
        (_Q.desk_id, wanted.desk_id),
        (_Q.kind, wanted.kind),
        (_Q.sensitive, wanted.sensitive),
    )
    found += [column == value for column, value in exact if value is not None]
    missing = (
        (_Q.meeting_id, wanted.outside_meeting),
        (_Q.topic_id, wanted.no_topic),
        (_Q.desk_id, wanted.no_desk),
    )
    found += [column.is_(None) for column, asked in missing if asked]
    if wanted.urgent:
        found.append(_Q.urgent.is_(True))
    if wanted.asker_id is not None:
        found.append(_Q.asker_id == wanted.asker_id)
    if wanted.asker_id is not None or wanted.hamlet_id is not None:  # who asked what is sensitive, and where they live
        found.append(sa.or_(_Q.sensitive.is_(False), _Q.unit_id.in_(scope.led_units)))
    if wanted.only:
        found.append(_Q.id.in_(wanted.only))
    if wanted.references:
        found.append(_Q.reference.in_(wanted.references))
    if wanted.words:  # to read what is sensitive is to open it, which is written down: no search tells its words
        found.append(_Q.sensitive.is_(False))
        found += [_Q.folded.like(f"% {word}%") for word in wanted.words]
    return found


def _due_along(scope: ListScope, due: DueWhen | None, today: date) -> list[sa.ColumnElement[bool]]:
    """The clock each question is listed by: its soonest of those that say when the asker must have an answer."""
    sooner = t.clocks.alias("sooner")
    units: set[UnitId] = {*scope.unit_ids, *scope.desk_units}
    found: list[sa.ColumnElement[bool]] = [
        _RUNNING,
        _C.unit_id.in_(sorted(units)),
        _C.kind.in_(OWED),
        _C.question_id.is_not(None),
        ~sa.exists().where(
            sooner.c.question_id == _C.question_id,
            sooner.c.state == ClockState.RUNNING,
            sooner.c.kind.in_(OWED),
            sa.or_(sooner.c.due_on < _C.due_on, sa.and_(sooner.c.due_on == _C.due_on, sooner.c.id < _C.id)),
        ),
    ]
    if due is DueWhen.LATE:
        found.append(_C.due_on < today)
    elif due is DueWhen.WEEK:
        found += [_C.due_on >= today, _C.due_on <= today + _WEEK]
    elif due is DueWhen.LATER:
        found.append(_C.due_on > today + _WEEK)
    return found


def _owed() -> sa.ColumnElement[bool]:
    clocks = t.clocks.alias("owed")
    return sa.exists().where(
        clocks.c.question_id == _Q.id, clocks.c.state == ClockState.RUNNING, clocks.c.kind.in_(OWED)
    )
