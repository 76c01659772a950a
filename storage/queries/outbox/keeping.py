"""Looking after the outbox: forgetting what was told long ago, and the letters that somebody has to look at."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from intake.rules.message import forget_params
from intake.rules.outbox.letter import (
    DISCARDABLE,
    RETRIABLE,
    Letter,
    LetterFilter,
    LetterId,
    LetterLine,
    LetterState,
    Priority,
)
from intake.rules.people.person import Account, Network, Person
from storage import tables as t
from storage.transaction import Transaction

KEPT_IN_EACH_CHAT = 5
"""As many as `LetterRows.recent_with_buttons` looks at. It also keeps the newest letter of all, whose id SQLite would
give out again: a web chat knows by the id which letters it shows already."""
_DIRECT = sa.text("letters.state = 'waiting' AND letters.priority < 2")
_BULK = sa.text("letters.state = 'waiting' AND letters.priority = 2")
_OPEN = sa.select(t.broadcasts.c.id).where(sa.text("broadcasts.ended_at IS NULL"))
_PUT_ASIDE = sa.text(t.PUT_ASIDE)


class KeepingRows:
    """Letters, seen from those who look after them: the nightly clearing and the commands of the outbox."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now

    async def refused_replies(self, limit: int) -> Sequence[tuple[Letter, Network]]:
        c = t.letters.c
        rows = await self._session.execute(
            sa.select(Letter, t.accounts.c.network)
            .join(t.accounts, t.accounts.c.id == c.account_id)
            .where(c.state == LetterState.QUARANTINED, c.priority == Priority.REPLY)
            .order_by(c.id.desc())
            .limit(limit)
        )
        return [(row[0], row[1]) for row in rows]

    async def bring_forward(self, broadcasts_from: datetime) -> None:
        later = sa.update(t.letters).execution_options(synchronize_session=False)
        await self._session.execute(
            later.where(_DIRECT, t.letters.c.not_before > self._now).values(not_before=self._now)
        )
        await self._session.execute(
            later.where(_BULK, t.letters.c.not_before > broadcasts_from).values(not_before=broadcasts_from)
        )
        to_come = sa.text("broadcasts.ended_at IS NULL")
        await self._session.execute(
            sa.update(t.broadcasts)
            .where(to_come, t.broadcasts.c.not_before > broadcasts_from)
            .values(not_before=broadcasts_from)
            .execution_options(synchronize_session=False)
        )

    async def drop_told(
        self, after: LetterId, limit: int, told_before: datetime, named_before: datetime
    ) -> tuple[LetterId, int] | None:
        page = sa.select(t.letters.c.id, t.letters.c.created_at).where(t.letters.c.id > after)
        slice_ = page.order_by(t.letters.c.id).limit(limit).subquery()
        ends = await self._session.execute(sa.select(sa.func.max(slice_.c.id), sa.func.min(slice_.c.created_at)))
        last, oldest = ends.one()
        if last is None or oldest >= told_before:  # ids grow as letters are written
            return None
        newer = t.letters.alias("newer")
        not_one_of_the_last = (
            sa.select(newer.c.id)
            .where(newer.c.account_id == t.letters.c.account_id, newer.c.id > t.letters.c.id)
            .order_by(newer.c.id)
            .limit(1)
            .offset(KEPT_IN_EACH_CHAT - 1)
            .exists()
        )
        open_question = (
            sa.select(t.questions.c.id)
            .where(t.questions.c.id == t.letters.c.question_id, t.questions.c.closed_at.is_(None))
            .exists()
        )
        named = sa.or_(t.letters.c.once.is_not(None), t.letters.c.broadcast_id.is_not(None))
        over_at = sa.func.coalesce(t.letters.c.sent_at, t.letters.c.created_at)
        gone = await self._session.execute(
            sa.delete(t.letters).where(
                t.letters.c.id.between(after + 1, last),
                t.letters.c.state.in_((LetterState.SENT, LetterState.DISCARDED)),
                over_at < told_before,
                sa.or_(over_at < named_before, sa.and_(~named, ~open_question)),
                sa.or_(t.letters.c.account_id.is_(None), not_one_of_the_last),
            )
        )
        return LetterId(last), cast("sa.CursorResult[Any]", gone).rowcount

    async def find(self, wanted: LetterFilter, limit: int, after: LetterId) -> Sequence[LetterLine]:
        lines: list[LetterLine] = []
        for part in _parts(wanted):
            rows = await self._session.execute(
                sa.select(
                    t.letters.c.id,
                    t.letters.c.created_at,
                    t.letters.c.not_before,
                    t.letters.c.priority,
                    t.letters.c.state,
                    t.letters.c.attempts,
                    t.letters.c.failure,
                    t.accounts.c.network,
                )
                .outerjoin(t.accounts, t.accounts.c.id == t.letters.c.account_id)
                .where(*part, t.letters.c.id > after)
                .order_by(t.letters.c.id)
                .limit(limit)
            )
            lines += [LetterLine(*row) for row in rows]
        return sorted(lines, key=lambda line: line.id)[:limit]

    async def count(self, wanted: LetterFilter) -> int:
        """How many letters are meant."""
        to_chats = t.letters.outerjoin(t.accounts, t.accounts.c.id == t.letters.c.account_id)
        counted = 0
        for part in _parts(wanted):
            number = await self._session.scalar(sa.select(sa.func.count()).select_from(to_chats).where(*part))
            counted += number or 0
        return counted

    async def whole(self, letter_id: LetterId) -> tuple[Letter, Account | None, Person | None] | None:
        """One letter with its words, the chat it goes to and the person it is for; None when there is none."""
        rows = await self._session.execute(
            sa.select(Letter, Account, Person)
            .outerjoin(Account, t.accounts.c.id == t.letters.c.account_id)
            .outerjoin(Person, t.persons.c.id == t.letters.c.person_id)
            .where(t.letters.c.id == letter_id)
        )
        row = rows.one_or_none()
        return None if row is None else (row[0], row[1], row[2])

    async def retry(self, letter_ids: Sequence[LetterId]) -> int:
        # a broadcast may be over, and nobody looks for letters of it any more: they go out like any other news
        priority = sa.case((t.letters.c.priority == Priority.BULK, Priority.PUSH), else_=t.letters.c.priority)
        values = {"state": LetterState.WAITING, "attempts": 0, "not_before": self._now, "priority": priority}
        return await self._change(letter_ids, RETRIABLE, values)

    async def discard(self, letter_ids: Sequence[LetterId]) -> int:
        values = {"state": LetterState.DISCARDED, "content": forget_params({}), "ring_at": None}
        return await self._change(letter_ids, DISCARDABLE, values)

    async def _change(
        self, letter_ids: Sequence[LetterId], states: tuple[LetterState, ...], values: dict[str, Any]
    ) -> int:
        changed = await self._session.execute(
            sa.update(t.letters)
            .where(t.letters.c.id.in_(list(letter_ids)), t.letters.c.state.in_(states))
            .values(**values)
        )
        return cast("sa.CursorResult[Any]", changed).rowcount


def _parts(wanted: LetterFilter) -> list[list[Any]]:
    """The conditions, a set for each index: what goes first, what broadcasts have waiting, what was put aside."""
    rest: list[Any] = []
    if wanted.network is not None:
        rest.append(t.accounts.c.network == wanted.network)
    if wanted.priority is not None:
        rest.append(t.letters.c.priority == wanted.priority)
    if wanted.written_before is not None:
        rest.append(t.letters.c.created_at < wanted.written_before)
    if wanted.ids:
        rest.append(t.letters.c.id.in_(wanted.ids))
    parts: list[list[Any]] = []
    if LetterState.WAITING in wanted.states:
        rest_of_waiting = [*rest, *([t.letters.c.attempts > 0] if wanted.failed else [])]
        parts += [[_DIRECT, *rest_of_waiting], [t.letters.c.broadcast_id.in_(_OPEN), _BULK, *rest_of_waiting]]
    aside = [state for state in wanted.states if state is not LetterState.WAITING]
    if aside:
        parts.append([_PUT_ASIDE, t.letters.c.state.in_(aside), *rest])
    return parts
