"""Questions with their attachments and proposals."""

from collections import deque
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.deadlines.clock import OWED
from intake.rules.deadlines.deadline import ClockState
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId, UnitId
from intake.rules.questions.question import (
    DESK_STATES,
    OPEN_STATES,
    Attachment,
    Proposal,
    ProposalId,
    ProposalState,
    Question,
    QuestionBrief,
    QuestionId,
    QuestionState,
)
from storage import tables as t
from storage.lookup import found
from storage.queries.questions.similar import index_question
from storage.transaction import Transaction, TransactionCache


@cache
def _attachments() -> sa.Select[Any]:
    """Asked several times for every page of a question, so it is built once."""
    of = t.attachments.c
    return sa.select(Attachment).where(of.question_id == sa.bindparam("question")).order_by(of.id)


@cache
def _proposals() -> sa.Select[Any]:
    """The same."""
    of = t.proposals.c
    return sa.select(Proposal).where(of.question_id == sa.bindparam("question")).order_by(of.id)


@cache
def _sent_since(*, for_others: bool) -> sa.Select[Any]:
    """Asked for every question that is sent, so it is built once for oneself and once for others."""
    c = t.questions.c
    people: sa.BindParameter[Any] = sa.bindparam("people", expanding=True)
    since = sa.bindparam("since", type_=c.received_at.type)
    sender = c.entered_by if for_others else c.asker_id
    own = () if for_others else (c.entered_by.is_(None),)
    asked = sa.select(sender, sa.func.count()).where(sender.in_(people), *own, c.received_at >= since)
    return asked.group_by(sender)


@cache
def _next_ids() -> sa.Select[Any]:
    """Numbers of rows that are still to be written, from where PostgreSQL takes those it gives itself."""
    sequence = sa.func.pg_get_serial_sequence(t.questions.name, t.questions.c.id.name)
    return sa.select(sa.func.nextval(sequence)).select_from(sa.func.generate_series(1, sa.bindparam("many")))


@cache
def _of_person() -> sa.Select[Any]:
    """Asked whenever somebody looks at their questions, so it is built once."""
    c, person = t.questions.c, sa.bindparam("person", type_=t.questions.c.asker_id.type)
    return sa.select(Question).where(sa.or_(c.asker_id == person, c.entered_by == person)).order_by(c.id.desc())


def silent_questions(answered_before: datetime) -> sa.Select[Question]:
    """What `Questions.to_close` asks: what somebody is changing is left to the next time."""
    return (
        sa.select(Question)
        # written out, not bound, so that both databases see that the partial index serves
        .where(sa.text("questions.state = 'answered'"), t.questions.c.answered_at < answered_before)
        .order_by(t.questions.c.answered_at, t.questions.c.id)
        .with_for_update(skip_locked=True)
    )


NAMES = sa.cast(t.questions.c.named, sa.Text) != "[]"
"""That a question names somebody of the office."""


_AT_ONCE = 500
_Sent = tuple[PersonId, datetime, bool]
"""Of what is counted how much was sent: by whom, since when, and whether for others."""


class QuestionRows:
    """Questions and what belongs to one."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._deferred = transaction.deferred
        self._speakers = transaction.speakers
        self._is_far = transaction.is_far
        self._ids = deque[QuestionId]()
        self._added = TransactionCache[QuestionId, Question](transaction.session)
        """Those that may not be written yet, so that nobody has them written by looking for one."""
        self._sent = TransactionCache[_Sent, int](transaction.session)

    async def add(self, question: Question) -> Question:
        """Where others speak at the same moment, their questions are written together: each is a way to the server."""
        together = self._is_far and len(self._speakers) > 1
        if together:
            question.id = await self._next_id()
            self._added.learn({question.id: question})
        self._session.add(question)
        if not together:
            await self._session.flush()
        index_question(self._deferred, question)
        self._sent.forget(lambda sent: sent[0] in (question.asker_id, question.entered_by))
        return question

    async def _next_id(self) -> QuestionId:
        if not self._ids:
            self._ids = deque(await self._session.scalars(_next_ids(), {"many": len(self._speakers)}))
        return self._ids.popleft()

    async def sent_since(self, person_id: PersonId, since: datetime, *, for_others: bool) -> int:
        async def count() -> int:
            people = [person_id, *self._speakers]
            rows = await self._session.execute(_sent_since(for_others=for_others), {"people": people, "since": since})
            sent = dict.fromkeys(people, 0)
            sent.update((sender, many) for sender, many in rows)
            self._sent.learn({(one, since, for_others): many for one, many in sent.items()})
            return sent[person_id]

        return await self._sent.get((person_id, since, for_others), count)

    async def get(self, question_id: QuestionId, *, lock: bool = False) -> Question:
        added = None if lock else self._added.known(question_id)
        if added is not None:
            return added
        return found(
            await self._session.get(Question, question_id, with_for_update=lock or None, populate_existing=lock)
        )

    async def at_rest(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, QuestionBrief]:
        c = t.questions.c
        rows = await self._session.execute(
            sa.select(c.id, c.unit_id, c.reference, c.asker_id, c.meeting_id, c.desk_id, c.state, c.named)
            .where(c.id.in_(list(question_ids)))
            .order_by(c.id)
            .with_for_update(skip_locked=True)
        )
        return {row.id: QuestionBrief(*row) for row in rows}

    async def that_name(self, question_ids: Iterable[QuestionId]) -> set[QuestionId]:
        wanted = list(question_ids)
        if not wanted:
            return set()
        rows = await self._session.scalars(sa.select(t.questions.c.id).where(t.questions.c.id.in_(wanted), NAMES))
        return set(rows)

    async def open_that_name(self) -> Sequence[Question]:
        rows = sa.select(Question).where(NAMES, t.questions.c.state.in_(list(OPEN_STATES))).order_by(t.questions.c.id)
        return (await self._session.scalars(rows)).all()

    async def by_reference(self, reference: str) -> Question | None:
        rows = await self._session.scalars(sa.select(Question).where(t.questions.c.reference == reference.upper()))
        return rows.one_or_none()

    async def of_person(self, person_id: PersonId) -> Sequence[Question]:
        return (await self._session.scalars(_of_person(), {"person": person_id})).all()

    async def in_state(self, unit_ids: Iterable[UnitId], state: QuestionState) -> Sequence[Question]:
        rows = await self._session.scalars(
            sa.select(Question)
            .where(t.questions.c.unit_id.in_(list(unit_ids)), t.questions.c.state == state)
            .order_by(t.questions.c.id.desc())
        )
        return rows.all()

    async def for_triage(self, unit_ids: Iterable[UnitId]) -> Sequence[Question]:
        rows = await self._session.scalars(
            sa.select(Question)
            .where(
                t.questions.c.unit_id.in_(list(unit_ids)),
                sa.or_(
                    t.questions.c.state.in_([QuestionState.RECEIVED, QuestionState.NEEDS_CLARIFICATION]),
                    sa.and_(t.questions.c.state == QuestionState.TAKEN_ON, t.questions.c.desk_id.is_(None)),
                ),
            )
            .order_by(t.questions.c.id)
        )
        return rows.all()

    async def of_desks(self, desk_ids: Iterable[DeskId]) -> Sequence[tuple[Question, date | None]]:
        next_due = (
            sa.select(sa.func.min(t.clocks.c.due_on))
            .where(t.clocks.c.question_id == t.questions.c.id, t.clocks.c.state == ClockState.RUNNING)
            .scalar_subquery()
        )
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
            .where(t.questions.c.desk_id.in_(list(desk_ids)), t.questions.c.state.in_(list(DESK_STATES)))
            .order_by(t.questions.c.urgent.desc(), next_due.asc().nulls_last(), t.questions.c.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def late_in(self, unit_ids: Iterable[UnitId], today: date) -> Sequence[tuple[Question, date]]:
        missed = (
            sa.select(t.clocks.c.question_id, sa.func.min(t.clocks.c.due_on).label("due_on"))
            .where(
                # written out, not bound, so that both databases see that the partial index serves
                sa.text("clocks.state = 'running'"),
                t.clocks.c.unit_id.in_(list(unit_ids)),
                t.clocks.c.kind.in_(OWED),
                t.clocks.c.due_on < today,
                t.clocks.c.question_id.is_not(None),
            )
            .group_by(t.clocks.c.question_id)
            .subquery()
        )
        rows = await self._session.execute(
            sa.select(Question, missed.c.due_on)
            .join(missed, missed.c.question_id == t.questions.c.id)
            .order_by(missed.c.due_on, t.questions.c.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Question]:
        rows = sa.select(Question).where(t.questions.c.meeting_id == meeting_id).order_by(t.questions.c.id)
        return (await self._session.scalars(rows)).all()

    async def made_public(self, meeting_ids: Iterable[MeetingId]) -> Sequence[Question]:
        rows = sa.select(Question).where(
            t.questions.c.meeting_id.in_(list(meeting_ids)),
            t.questions.c.public_text.is_not(None),
            t.questions.c.state.in_([QuestionState.ANSWERED, QuestionState.CLOSED]),
            t.questions.c.sensitive.is_(sa.false()),
            t.questions.c.restricted.is_(sa.false()),
        )
        return (await self._session.scalars(rows.order_by(t.questions.c.id))).all()

    async def to_close(self, answered_before: datetime) -> Sequence[Question]:
        return (await self._session.scalars(silent_questions(answered_before))).all()

    async def attach(self, attachment: Attachment) -> None:
        self._session.add(attachment)
        await self._session.flush()

    async def attachments(self, question_id: QuestionId) -> Sequence[Attachment]:
        return (await self._session.scalars(_attachments(), {"question": question_id})).all()

    async def propose(self, proposal: Proposal) -> Proposal:
        self._session.add(proposal)
        await self._session.flush()
        return proposal

    async def proposal(self, proposal_id: ProposalId, *, lock: bool = True) -> Proposal:
        return found(
            await self._session.get(Proposal, proposal_id, with_for_update=lock or None, populate_existing=lock)
        )

    async def proposals(self, question_id: QuestionId) -> Sequence[Proposal]:
        return (await self._session.scalars(_proposals(), {"question": question_id})).all()

    async def all_proposals(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, list[Proposal]]:
        return await self._proposals(question_ids)

    async def approved(self, question_ids: Iterable[QuestionId]) -> dict[QuestionId, list[Proposal]]:
        return await self._proposals(question_ids, t.proposals.c.state == ProposalState.APPROVED)

    async def _proposals(
        self, question_ids: Iterable[QuestionId], *conditions: sa.ColumnElement[bool]
    ) -> dict[QuestionId, list[Proposal]]:
        wanted, found = list(question_ids), dict[QuestionId, list[Proposal]]()
        for start in range(0, len(wanted), _AT_ONCE):
            mine = t.proposals.c.question_id.in_(wanted[start : start + _AT_ONCE])
            rows = sa.select(Proposal).where(mine, *conditions).order_by(t.proposals.c.id)
            for proposal in await self._session.scalars(rows):
                found.setdefault(proposal.question_id, []).append(proposal)
        return found

    async def waiting_proposals(self, unit_ids: Iterable[UnitId]) -> Sequence[Proposal]:
        rows = await self._session.scalars(
            sa.select(Proposal)
            .join(t.questions, t.questions.c.id == t.proposals.c.question_id)
            .where(t.proposals.c.state == ProposalState.PROPOSED, t.questions.c.unit_id.in_(list(unit_ids)))
            .order_by(t.proposals.c.id)
        )
        return rows.all()
