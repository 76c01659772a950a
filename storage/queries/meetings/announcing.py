"""What the announcing of meetings leaves behind: requests that wait for a second person, proofs, how far it reached."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from intake.rules.deadlines.clock import ClockKind
from intake.rules.deadlines.deadline import Clock, ClockState
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState, NoticeId, notice_name
from intake.rules.meetings.meeting_request import MeetingRequest, RequestId, RequestKind
from intake.rules.meetings.notice import NoticeProof, NoticeReach
from intake.rules.outbox.letter import LetterState
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import ProposalState
from storage import tables as t
from storage.lookup import found
from storage.transaction import Transaction
from storage.upsert import insert_once

_OLDEST = t.meeting_requests.c.id
_FAILED = (LetterState.UNREACHABLE, LetterState.QUARANTINED, LetterState.DISCARDED)


class RequestRows:
    """Requests about a meeting."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, request: MeetingRequest) -> MeetingRequest:
        self._session.add(request)
        await self._session.flush()
        return request

    async def get(self, request_id: RequestId, *, lock: bool = False) -> MeetingRequest:
        row = await self._session.get(MeetingRequest, request_id, with_for_update=lock or None, populate_existing=lock)
        return found(row)

    async def waiting(self, meeting_id: MeetingId) -> Sequence[MeetingRequest]:
        rows = sa.select(MeetingRequest).where(
            t.meeting_requests.c.meeting_id == meeting_id,
            t.meeting_requests.c.state == ProposalState.PROPOSED,
        )
        return (await self._session.scalars(rows.order_by(_OLDEST))).all()

    async def waiting_in(self, unit_ids: Iterable[UnitId]) -> Sequence[tuple[MeetingRequest, Meeting]]:
        rows = (
            sa.select(MeetingRequest, Meeting)
            .join(t.meetings, t.meetings.c.id == t.meeting_requests.c.meeting_id)
            .where(t.meetings.c.unit_id.in_(list(unit_ids)), t.meeting_requests.c.state == ProposalState.PROPOSED)
            .order_by(_OLDEST)
        )
        return [(row[0], row[1]) for row in await self._session.execute(rows)]

    async def allowed_day(self, meeting: Meeting) -> MeetingRequest | None:
        rows = sa.select(MeetingRequest).where(
            t.meeting_requests.c.meeting_id == meeting.id,
            t.meeting_requests.c.kind == RequestKind.SHORT_NOTICE,
            t.meeting_requests.c.state == ProposalState.APPROVED,
            t.meeting_requests.c.starts_at == meeting.starts_at,
        )
        return (await self._session.scalars(rows.order_by(_OLDEST.desc()).limit(1))).first()


class ProofRows:
    """Where notices went, and the meetings people have to be reminded of."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, proof: NoticeProof) -> bool:
        return await insert_once(
            self._session,
            t.notice_proofs,
            {
                "notice_id": proof.notice_id,
                "place_id": proof.place_id,
                "means": proof.means,
                "at": proof.at,
                "confirmed_by": proof.confirmed_by,
                "confirmed_at": proof.confirmed_at,
            },
        )

    async def of(self, notice_id: NoticeId) -> Sequence[NoticeProof]:
        rows = sa.select(NoticeProof).where(t.notice_proofs.c.notice_id == notice_id)
        return (await self._session.scalars(rows.order_by(t.notice_proofs.c.at, t.notice_proofs.c.id))).all()

    async def channel_policy(self, notice_id: NoticeId, hamlet_ids: Iterable[UnitId]) -> dict[UnitId, NoticeReach]:
        carried = sa.select(t.broadcasts.c.id).where(t.broadcasts.c.name == notice_name(notice_id))
        rows = await self._session.execute(
            sa.select(
                t.persons.c.hamlet_id,
                t.letters.c.state,
                sa.func.count().label("letters"),
                sa.func.count(sa.distinct(t.letters.c.account_id)).label("phones"),
            )
            .join(t.letters, t.letters.c.person_id == t.persons.c.id)
            .where(t.letters.c.broadcast_id.in_(carried))
            .where(t.persons.c.hamlet_id.in_(list(hamlet_ids)))
            .group_by(t.persons.c.hamlet_id, t.letters.c.state)
        )
        counted: dict[UnitId, dict[LetterState, tuple[int, int]]] = {}
        for row in rows:
            counted.setdefault(row.hamlet_id, {})[row.state] = (row.letters, row.phones)
        return {hamlet_id: _channel_policy(by_state) for hamlet_id, by_state in counted.items()}

    async def reachable(self, hamlet_ids: Iterable[UnitId]) -> int:
        counted = await self._session.scalar(
            sa.select(sa.func.count(sa.distinct(t.persons.c.id)))
            .join(t.accounts, t.accounts.c.person_id == t.persons.c.id)
            .where(
                t.persons.c.hamlet_id.in_(list(hamlet_ids)),
                t.persons.c.erased_at.is_(None),
                t.accounts.c.unreachable_since.is_(None),
            )
        )
        return counted or 0

    async def fixed_between(self, first: datetime, last: datetime) -> Sequence[Meeting]:
        rows = sa.select(Meeting).where(
            t.meetings.c.state == MeetingState.FIXED, t.meetings.c.starts_at > first, t.meetings.c.starts_at <= last
        )
        return (await self._session.scalars(rows.order_by(t.meetings.c.starts_at, t.meetings.c.id))).all()

    async def notice_clocks(self, today: date, within: int) -> Sequence[tuple[Clock, Meeting]]:
        rows = (
            sa.select(Clock, Meeting)
            .join(t.meetings, t.meetings.c.id == t.clocks.c.meeting_id)
            .where(
                # from the few meetings to their clocks, not through the clocks of every question
                t.meetings.c.state == MeetingState.FIXED,
                t.clocks.c.question_id.is_(None),
                t.clocks.c.kind == ClockKind.NOTICE,
                t.clocks.c.state == ClockState.RUNNING,
                t.clocks.c.due_on.between(today, today + timedelta(days=within)),
            )
        )
        return [(row[0], row[1]) for row in await self._session.execute(rows.order_by(t.clocks.c.id))]


def _channel_policy(by_state: dict[LetterState, tuple[int, int]]) -> NoticeReach:
    def letters(*states: LetterState) -> int:
        return sum(by_state.get(state, (0, 0))[0] for state in states)

    return NoticeReach(
        sent=letters(LetterState.SENT),
        waiting=letters(LetterState.WAITING),
        failed=letters(*_FAILED),
        in_person=letters(LetterState.IN_PERSON),
        phones=sum(by_state.get(state, (0, 0))[1] for state in (LetterState.SENT, LetterState.WAITING)),
    )
