"""Meetings, registrations, notices and where they went."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.meetings.hamlet_record import HamletRecord
from intake.rules.meetings.meeting import (
    LIVE,
    STILL_EXPECTED,
    USUAL_LENGTH,
    Meeting,
    MeetingHamlet,
    MeetingId,
    MeetingState,
    Notice,
    NoticeId,
    NoticeKind,
    NoticePush,
    Registration,
    RegistrationState,
)
from intake.rules.people.person import PersonId
from intake.rules.people.unit import Unit, UnitId
from intake.rules.plan.plan import PlanId
from storage import tables as t
from storage.lookup import by_id, found, unit_name
from storage.transaction import Transaction, TransactionCache
from storage.upsert import insert_once

_COMING = (MeetingState.PLANNED, MeetingState.FIXED, MeetingState.OPEN)
_BY_DATE = (t.meetings.c.starts_at.nulls_last(), t.meetings.c.window_from, t.meetings.c.id)


@cache
def _for_hamlet() -> sa.Select[Any]:
    """Asked in every step of a question, so it is built once."""
    covers_all = ~sa.exists().where(t.meeting_hamlets.c.meeting_id == t.meetings.c.id)
    covers_it = sa.exists().where(
        t.meeting_hamlets.c.meeting_id == t.meetings.c.id, t.meeting_hamlets.c.hamlet_id == sa.bindparam("hamlet")
    )
    return (
        sa.select(Meeting)
        .where(
            t.meetings.c.unit_id.in_(sa.bindparam("lineage", expanding=True)),
            t.meetings.c.state.in_(_COMING),
            # what should be over comes no more, whether or not somebody has said so (`Meeting.is_past`)
            sa.or_(t.meetings.c.state != MeetingState.FIXED, t.meetings.c.starts_at > sa.bindparam("begun")),
            sa.or_(t.meetings.c.state != MeetingState.OPEN, t.meetings.c.starts_at >= sa.bindparam("midnight")),
            sa.or_(
                t.meetings.c.state != MeetingState.PLANNED,
                t.meetings.c.window_to >= sa.bindparam("today"),
                sa.and_(t.meetings.c.revision > 0, t.meetings.c.revised_at > sa.bindparam("put_off")),
            ),
            sa.or_(covers_all, covers_it),
        )
        .order_by(*_BY_DATE)
    )


@cache
def _covered() -> sa.Select[Any]:
    """Asked whenever somebody registers, like what follows: so each is built once."""
    covered = sa.select(t.meeting_hamlets.c.hamlet_id).where(t.meeting_hamlets.c.meeting_id == sa.bindparam("meeting"))
    return sa.select(Unit).where(t.units.c.id.in_(covered))


@cache
def _registration() -> sa.Select[Any]:
    c = t.registrations.c
    theirs = c.meeting_id == sa.bindparam("meeting"), c.person_id == sa.bindparam("person")
    return sa.select(Registration).where(*theirs, c.state.in_(LIVE)).execution_options(populate_existing=True)


@cache
def _registrations_of() -> sa.Select[Any]:
    c = t.registrations.c
    return sa.select(Registration).where(c.person_id == sa.bindparam("person")).order_by(c.id)


class MeetingRows:
    """Meetings and what belongs to one. A meeting that was asked for once is held, and costs nothing the next time."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now
        self._held: set[Meeting] = set()
        self._locked = TransactionCache[MeetingId, Meeting](transaction.session)
        self._covered = TransactionCache[MeetingId, Sequence[Unit]](transaction.session, t.meeting_hamlets, t.units)
        self._coming = TransactionCache[UnitId, Sequence[Meeting]](transaction.session, t.meetings, t.meeting_hamlets)

    async def add(self, meeting: Meeting, hamlet_ids: Iterable[UnitId]) -> Meeting:
        self._session.add(meeting)
        await self._session.flush()
        self._session.add_all(MeetingHamlet(meeting.id, hamlet_id) for hamlet_id in hamlet_ids)
        await self._session.flush()
        return meeting

    async def get(self, meeting_id: MeetingId, *, lock: bool = False) -> Meeting:
        """What is locked once stays so, and as it is, until the transaction ends."""
        if lock:
            return await self._locked.get(meeting_id, lambda: self._get(meeting_id, lock=True))
        return await self._get(meeting_id)

    async def _get(self, meeting_id: MeetingId, *, lock: bool = False) -> Meeting:
        meeting = found(await by_id(self._session, Meeting, meeting_id, lock=lock))
        self._held.add(meeting)
        return meeting

    async def many(self, meeting_ids: Iterable[MeetingId]) -> dict[MeetingId, Meeting]:
        wanted = list(meeting_ids)
        if not wanted:  # most sweeps have none
            return {}
        rows = await self._session.scalars(sa.select(Meeting).where(t.meetings.c.id.in_(wanted)))
        return {meeting.id: meeting for meeting in rows}

    async def hamlets(self, meeting_id: MeetingId) -> Sequence[Unit]:
        return await self._covered.get(meeting_id, lambda: self._hamlets(meeting_id))

    async def _hamlets(self, meeting_id: MeetingId) -> Sequence[Unit]:
        rows = await self._session.scalars(_covered(), {"meeting": meeting_id})
        return sorted(rows, key=unit_name)

    async def of_plan(self, plan_id: PlanId) -> Sequence[Meeting]:
        rows = sa.select(Meeting).where(t.meetings.c.plan_id == plan_id).order_by(t.meetings.c.id)
        return (await self._session.scalars(rows)).all()

    async def put_record(self, record: HamletRecord) -> None:
        await self._session.merge(record)
        await self._session.flush()

    async def records(self, meeting_id: MeetingId) -> Sequence[HamletRecord]:
        rows = sa.select(HamletRecord).where(t.hamlet_records.c.meeting_id == meeting_id)
        return (await self._session.scalars(rows.order_by(t.hamlet_records.c.unit_id))).all()

    async def of_units(self, unit_ids: Iterable[UnitId]) -> Sequence[Meeting]:
        rows = (
            sa.select(Meeting)
            .where(t.meetings.c.unit_id.in_(list(unit_ids)), t.meetings.c.state.in_(_COMING))
            .order_by(*_BY_DATE)
        )
        return (await self._session.scalars(rows)).all()

    async def held(self, unit_ids: Iterable[UnitId], most: int) -> Sequence[Meeting]:
        rows = (
            sa.select(Meeting)
            .where(t.meetings.c.unit_id.in_(list(unit_ids)), t.meetings.c.state == MeetingState.HELD)
            .order_by(t.meetings.c.ended_at.desc(), t.meetings.c.id.desc())
            .limit(most)
        )
        return (await self._session.scalars(rows)).all()

    async def begun_before(self, moment: datetime) -> Sequence[Meeting]:
        rows = sa.select(Meeting).where(
            t.meetings.c.state.in_((MeetingState.FIXED, MeetingState.OPEN)), t.meetings.c.starts_at < moment
        )
        return (await self._session.scalars(rows.order_by(*_BY_DATE))).all()

    async def awaiting_word(self) -> Sequence[Meeting]:
        return [meeting for meeting in await self.begun_before(self._now) if meeting.awaits_word(self._now)]

    async def for_hamlet(self, hamlet: Unit) -> Sequence[Meeting]:
        return await self._coming.get(hamlet.id, lambda: self._for_hamlet(hamlet))

    async def _for_hamlet(self, hamlet: Unit) -> Sequence[Meeting]:
        lineage = [int(part) for part in hamlet.path.split("/") if part]
        today = self._now.astimezone(LOCAL).date()
        bound = {
            "lineage": lineage,
            "hamlet": hamlet.id,
            "begun": self._now - USUAL_LENGTH,
            "midnight": datetime.combine(today, time(), tzinfo=LOCAL),
            "today": today,
            "put_off": self._now - STILL_EXPECTED,
        }
        return (await self._session.scalars(_for_hamlet(), bound)).all()

    async def add_registration(self, registration: Registration) -> Registration:
        self._session.add(registration)
        await self._session.flush()
        return registration

    async def registration(self, meeting_id: MeetingId, person_id: PersonId) -> Registration | None:
        rows = await self._session.scalars(_registration(), {"meeting": meeting_id, "person": person_id})
        return rows.one_or_none()

    async def registrations(self, meeting_id: MeetingId, *, waiting: bool = False) -> Sequence[Registration]:
        states = LIVE if waiting else (RegistrationState.STANDING,)
        rows = await self._session.scalars(
            sa.select(Registration)
            .where(t.registrations.c.meeting_id == meeting_id, t.registrations.c.state.in_(states))
            .order_by(t.registrations.c.id)
        )
        return rows.all()

    async def registrations_of(self, person_id: PersonId) -> Sequence[Registration]:
        return (await self._session.scalars(_registrations_of(), {"person": person_id})).all()

    async def add_notice(self, notice: Notice) -> Notice:
        self._session.add(notice)
        await self._session.flush()
        return notice

    async def notice(self, notice_id: NoticeId) -> Notice:
        return found(await self._session.get(Notice, notice_id))

    async def notice_of(self, meeting_id: MeetingId, kind: NoticeKind = NoticeKind.MEETING) -> Notice | None:
        rows = sa.select(Notice).where(t.notices.c.meeting_id == meeting_id, t.notices.c.kind == kind)
        return (await self._session.scalars(rows.order_by(t.notices.c.id.desc()).limit(1))).first()

    async def add_push(self, push: NoticePush) -> bool:
        return await insert_once(
            self._session,
            t.notice_pushes,
            {
                "notice_id": push.notice_id,
                "hamlet_id": push.hamlet_id,
                "pushed_by": push.pushed_by,
                "pushed_at": push.pushed_at,
                "recipients": push.recipients,
            },
        )

    async def pushed_hamlets(self, meeting_id: MeetingId) -> Sequence[UnitId]:
        rows = (
            sa.select(t.notice_pushes.c.hamlet_id)
            .join(t.notices, t.notices.c.id == t.notice_pushes.c.notice_id)
            .where(t.notices.c.meeting_id == meeting_id)
            .distinct()
            .order_by(t.notice_pushes.c.hamlet_id)
        )
        return (await self._session.scalars(rows)).all()

    async def pushes(self, notice_id: NoticeId) -> Sequence[NoticePush]:
        rows = sa.select(NoticePush).where(t.notice_pushes.c.notice_id == notice_id).order_by(t.notice_pushes.c.id)
        return (await self._session.scalars(rows)).all()
