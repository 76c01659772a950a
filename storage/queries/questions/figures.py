"""Figures of questions, counted by the database: one statement for each way of taking them apart."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from intake.rules.deadlines.clock import OWED
from intake.rules.meetings.meeting import Meeting, MeetingId, NoticeKind, notice_name
from intake.rules.outbox.letter import LetterState
from intake.rules.papers.figures import COUNTS, FigureScope, FigureSplit, NoticeFigures, Tally, YearByHand, tallied
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import NOT_SATISFIED, OPEN_STATES, SATISFIED, AnswerClass, QuestionState
from storage import tables as t
from storage.transaction import Transaction

from .fates import AFTER, ANSWERED, BEFORE, BEGUN, THERE, WAITING

_Q, _M, _C = t.questions.c, t.meetings.c, t.clocks.c
_S = QuestionState
_MOST_REASONS = 20


class LocalDate(GenericFunction[date]):
    """The day of a moment as people in Việt Nam count it, which has had one offset since 1975."""

    type = sa.Date()
    inherit_cache = True


class DaysBetween(GenericFunction[int]):
    """How many days later the first day is than the second."""

    type = sa.Integer()
    inherit_cache = True


@compiles(LocalDate, "sqlite")
def _local_date_sqlite(element: LocalDate, compiler: SQLCompiler, **options: Any) -> str:
    return f"date({compiler.process(element.clauses, **options)}, '+7 hours')"


@compiles(LocalDate, "postgresql")
def _local_date_postgresql(element: LocalDate, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **options)} AT TIME ZONE 'Asia/Ho_Chi_Minh' AS date)"


@compiles(DaysBetween, "sqlite")
def _days_between_sqlite(element: DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    later, earlier = (compiler.process(one, **options) for one in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS integer)"


@compiles(DaysBetween, "postgresql")
def _days_between_postgresql(element: DaysBetween, compiler: SQLCompiler, **options: Any) -> str:
    later, earlier = (compiler.process(one, **options) for one in element.clauses)
    return f"({later} - {earlier})"


_OWED_ON = (
    sa.select(_C.due_on)
    .where(_C.question_id == _Q.id, _C.kind.in_(OWED))
    .order_by(_C.id.desc())  # the last one holds
    .limit(1)
    .correlate(t.questions)
    .scalar_subquery()
)
_LATE = sa.and_(AFTER, sa.func.coalesce(LocalDate(_Q.answered_at) > _OWED_ON, sa.false()))


class FigureRows:
    """See `intake.ports.FigureSource`."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def tallies(self, scope: FigureScope, split: FigureSplit, today: date) -> dict[int | None, Tally]:
        asked = _asked(_key(split, scope), _of(scope), today)
        counts = [sa.func.sum(asked.c[name]) for name in COUNTS]
        rows = await self._session.execute(
            sa.select(asked.c.key, asked.c.days, *counts).group_by(asked.c.key, asked.c.days)
        )
        found: dict[int | None, list[Tally]] = {}
        for key, days, *numbers in rows:
            named = dict(zip(COUNTS, map(int, numbers), strict=True))
            # answers of so many days, or everything that has none
            found.setdefault(key, []).append(
                Tally(**named, days=() if days is None else ((days, named["in_time"] + named["late"]),))
            )
        return {key: tallied(tallies) for key, tallies in found.items()}

    async def reasons(self, scope: FigureScope) -> Sequence[tuple[str, int]]:
        count = sa.func.count()
        rows = await self._session.execute(
            sa.select(_Q.reason, count)
            .select_from(t.questions.outerjoin(t.meetings, _M.id == _Q.meeting_id))
            .where(
                *_of(scope),
                _Q.state == _S.OUT_OF_SCOPE,
                _Q.sensitive.is_(False),
                _Q.reason != "",
            )
            .group_by(_Q.reason)
            .order_by(count.desc(), _Q.reason)
            .limit(_MOST_REASONS)
        )
        return [(reason, number) for reason, number in rows]

    async def notices(self, meetings: Sequence[Meeting]) -> Sequence[NoticeFigures]:
        notices, pushes, proofs = t.notices.c, t.notice_pushes.c, t.notice_proofs.c
        last = (
            sa.select(notices.meeting_id, sa.func.max(notices.id).label("id"))
            .where(notices.meeting_id.in_([one.id for one in meetings]), notices.kind == NoticeKind.MEETING)
            .group_by(notices.meeting_id)
            .subquery()
        )

        def of(column: sa.ColumnElement[Any], counted: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
            return sa.select(counted).where(column == last.c.id).correlate(last).scalar_subquery()

        rows = await self._session.execute(
            sa.select(
                last.c.meeting_id,
                last.c.id,
                of(pushes.notice_id, sa.func.count()),
                of(pushes.notice_id, sa.func.coalesce(sa.func.sum(pushes.recipients), 0)),
                of(proofs.notice_id, sa.func.count()),
            )
        )
        counted = {row[0]: row[1:] for row in rows}
        names = {notice_name(row[0]): meeting_id for meeting_id, row in counted.items()}
        sent = await self._sent(names)
        return [
            NoticeFigures(one.title, counted[one.id][1], counted[one.id][2], sent.get(one.id, 0), counted[one.id][3])
            for one in meetings
            if one.id in counted
        ]

    async def _sent(self, names: Mapping[str, MeetingId]) -> dict[MeetingId, int]:
        letters, carried = t.letters.c, t.broadcasts.c
        rows = await self._session.execute(
            sa.select(carried.name, sa.func.count())
            .join(t.letters, letters.broadcast_id == carried.id)
            .where(carried.name.in_(list(names)), letters.state == LetterState.SENT)
            .group_by(carried.name)
        )
        return {names[name]: count for name, count in rows}

    async def by_hand(self, unit_id: UnitId) -> Sequence[YearByHand]:
        rows = sa.select(YearByHand).where(t.years_by_hand.c.unit_id == unit_id).order_by(t.years_by_hand.c.year)
        return (await self._session.scalars(rows)).all()

    async def keep_year(self, entered: YearByHand) -> None:
        await self._session.merge(entered)
        await self._session.flush()


def _key(split: FigureSplit, scope: FigureScope) -> sa.ColumnElement[Any]:
    match split:
        case FigureSplit.MEETING:
            return _Q.meeting_id
        case FigureSplit.HAMLET:
            return _Q.hamlet_id
        case FigureSplit.TOPIC:
            return _Q.topic_id
        case FigureSplit.DESK:
            return _Q.desk_id
        case FigureSplit.QUARTER:
            return sa.case(*((ends > BEGUN, number) for number, ends in scope.quarters), else_=sa.null())


def _asked(key: sa.ColumnElement[Any], wanted: Sequence[sa.ColumnElement[bool]], today: date) -> sa.Subquery:
    """One row a question: its group, the days its answer took, and 1 under each count it belongs to."""
    belongs = {
        "received": sa.true(),
        "before": BEFORE,
        "there": THERE,
        "in_time": sa.and_(AFTER, ~_LATE),
        "late": _LATE,
        "waiting": WAITING,
        "referred": _Q.state == _S.REFERRED,
        "extended": _Q.state == _S.EXTENDED,
        "declined": _Q.state == _S.OUT_OF_SCOPE,
        "gathered": _Q.state == _S.GATHERED,
        "overdue": sa.and_(_Q.state.in_(sorted(OPEN_STATES)), today > _OWED_ON),
        "settled": sa.and_(ANSWERED, _said(AnswerClass.SETTLED)),
        "dated": sa.and_(ANSWERED, _said(AnswerClass.DATED)),
        "explained": sa.and_(ANSWERED, _said(AnswerClass.EXPLANATION)),
        "satisfied": _Q.rating == SATISFIED,
        "dissatisfied": _Q.rating == NOT_SATISFIED,
    }
    days = sa.case(
        (
            sa.and_(AFTER, _Q.answered_at.is_not(None)),
            DaysBetween(LocalDate(_Q.answered_at), LocalDate(BEGUN)),
        ),
        else_=sa.null(),
    )
    marks = [sa.case((belongs[name], 1), else_=0).label(name) for name in COUNTS]
    rows = sa.select(key.label("key"), days.label("days"), *marks).select_from(
        t.questions.outerjoin(t.meetings, _M.id == _Q.meeting_id)
    )
    return rows.where(*wanted).subquery()


def _said(what: AnswerClass) -> sa.ColumnElement[bool]:
    return sa.func.coalesce(_Q.answer_class == what, sa.false())


def _of(scope: FigureScope) -> tuple[sa.ColumnElement[bool], ...]:
    ours = (_Q.unit_id == scope.unit_id, _Q.state != _S.SEALED)
    if scope.meeting_id is not None:
        return (*ours, _Q.meeting_id == scope.meeting_id)
    return (*ours, scope.start <= BEGUN, scope.end > BEGUN)
