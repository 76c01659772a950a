"""The outbox, seen from those who write into it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, cast

import sqlalchemy as sa

from intake.rules.message import Message, forget_params, unpack_message
from intake.rules.outbox.broadcast import BroadcastState
from intake.rules.outbox.letter import DISCARDABLE, Letter, LetterId, LetterState, NewLetter, Priority
from intake.rules.people.person import Account, AccountId, Person, PersonId
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionId
from storage import tables as t
from storage.many_rows import RowWrite
from storage.transaction import Transaction
from storage.upsert import insert_for, inserted

_RECENT = 5
CHANNEL = sa.type_coerce(t.accounts.c.network, sa.String) + ":" + t.accounts.c.channel
"""What stands in `letters.channel` for a chat: the network and our account there."""
WITH_BROADCAST = t.letters.outerjoin(t.broadcasts, t.broadcasts.c.id == t.letters.c.broadcast_id)
CONTENT = sa.func.coalesce(t.letters.c.content, t.broadcasts.c.content, type_=sa.JSON()).label("content")
"""What a letter says: its own words, or those of its broadcast. For selects from `WITH_BROADCAST`."""
LETTERS = RowWrite(t.letters, NewLetter._fields)
"""How letters are written: `letter_row` makes the rows."""


@cache
def _recent() -> sa.Select[Any]:
    """Asked for all that is typed while nothing was asked, so it is built once."""
    theirs = t.letters.c.account_id == sa.bindparam("chat")
    return sa.select(CONTENT).select_from(WITH_BROADCAST).where(theirs).order_by(t.letters.c.id.desc()).limit(_RECENT)


class LetterRows:
    """Letters, seen from those who write them; `RelayRows` works them off."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._deferred = transaction.deferred
        self._now = transaction.now

    async def add(self, letter: Letter | NewLetter) -> bool:
        if isinstance(letter, Letter) and letter.once is None:
            await self._deferred.write_down()  # what was said before has a lower number
            self._session.add(letter)
            return True
        once_only = insert_for(self._session, t.letters).values(**letter_row(letter))
        return await inserted(
            self._session,
            once_only.on_conflict_do_nothing(index_elements=["once"], index_where=sa.text("once IS NOT NULL")),
        )

    async def add_many(self, letters: Sequence[Letter | NewLetter]) -> None:
        self._deferred.add(LETTERS, [letter_row(letter) for letter in letters])

    async def drop_waiting(self, prefix: str) -> int:
        dropped = await self._session.execute(
            sa.delete(t.letters).where(
                t.letters.c.state.in_((LetterState.WAITING, LetterState.ON_RETURN)),
                t.letters.c.once.startswith(prefix, autoescape=True),
            )
        )
        return cast("sa.CursorResult[Any]", dropped).rowcount

    async def drop_held(self, account_id: AccountId) -> None:
        await self._session.execute(sa.delete(t.letters).where(*self._held(account_id)))

    async def let_go(self, account_id: AccountId) -> None:
        await self._session.execute(sa.update(t.letters).where(*self._held(account_id)).values(not_before=self._now))

    def _held(self, account_id: AccountId) -> tuple[sa.ColumnElement[bool], ...]:
        """Replies that wait without having failed: those wait for another try."""
        mine, waits = t.letters.c.account_id == account_id, t.letters.c.state == LetterState.WAITING
        untried = sa.and_(t.letters.c.priority == Priority.REPLY, t.letters.c.attempts == 0)
        return mine, waits, untried, t.letters.c.not_before > self._now

    async def withhold(self, question_id: QuestionId, people: Iterable[PersonId]) -> int:
        dropped = await self._session.execute(
            sa.delete(t.letters).where(
                t.letters.c.question_id == question_id,
                t.letters.c.person_id.in_(list(people)),
                t.letters.c.state.in_(DISCARDABLE),
            )
        )
        return cast("sa.CursorResult[Any]", dropped).rowcount

    async def get(self, letter_id: LetterId) -> Letter | None:
        return await self._session.get(Letter, letter_id, with_for_update=True, populate_existing=True)

    async def newest_to(self, person_id: PersonId, question_id: QuestionId | None) -> Letter | None:
        about = sa.true() if question_id is None else t.letters.c.question_id == question_id
        rows = await self._session.scalars(
            sa.select(Letter)
            .where(
                t.letters.c.person_id == person_id,
                t.letters.c.broadcast_id.is_(None),
                t.letters.c.priority.in_((Priority.PUSH, Priority.AWAITED)),
                about,
            )
            .order_by(t.letters.c.id.desc())
            .limit(1)
            .execution_options(populate_existing=True)
        )
        return rows.first()

    async def not_told(self, person_ids: Collection[PersonId]) -> Sequence[tuple[Letter, Person]]:
        own = sa.exists().where(
            t.accounts.c.id == t.letters.c.account_id, t.accounts.c.person_id == t.letters.c.person_id
        )
        rows = await self._session.execute(
            sa.select(Letter, Person)
            .join(t.persons, t.persons.c.id == t.letters.c.person_id)
            .where(
                t.letters.c.person_id.in_(list(person_ids)),
                t.letters.c.state.in_(DISCARDABLE),
                t.letters.c.told_at.is_(None),
                t.letters.c.content.is_not(None),
                ~own,
            )
            .order_by(t.letters.c.id)
            .execution_options(populate_existing=True)
        )
        return [(row[0], row[1]) for row in rows]

    async def in_person(self, unit_ids: Collection[UnitId], silent_since: datetime) -> Sequence[tuple[Letter, Person]]:
        in_vain = sa.and_(
            t.letters.c.state == LetterState.ON_RETURN,
            sa.func.coalesce(t.letters.c.rung_at, t.letters.c.waits_since) <= silent_since,
        )
        # the reply to what somebody just did is of that moment: nobody calls at the door for it
        refused = sa.and_(t.letters.c.state == LetterState.QUARANTINED, t.letters.c.priority != Priority.REPLY)
        rows = await self._session.execute(
            sa.select(Letter, Person)
            .join(t.persons, t.persons.c.id == t.letters.c.person_id)
            .where(
                t.persons.c.hamlet_id.in_(list(unit_ids)),
                t.letters.c.told_at.is_(None),
                sa.or_(t.letters.c.state.in_((LetterState.IN_PERSON, LetterState.UNREACHABLE)), refused, in_vain),
            )
            .order_by(t.letters.c.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def waiting_in(self, account_id: AccountId) -> Sequence[Letter]:
        rows = await self._session.scalars(
            sa.select(Letter)
            .where(t.letters.c.account_id == account_id, sa.text("letters.state = 'waiting'"))
            .order_by(t.letters.c.priority, t.letters.c.id)
            .execution_options(populate_existing=True)
        )
        return rows.all()

    async def move(self, account_ids: Iterable[AccountId], to: AccountId) -> None:
        channel = sa.select(CHANNEL).where(t.accounts.c.id == to)
        await self._session.execute(
            sa.update(t.letters)
            .where(
                t.letters.c.account_id.in_(list(account_ids)),
                t.letters.c.state.in_((LetterState.WAITING, LetterState.ON_RETURN)),
            )
            .values(
                account_id=to,
                attempts=0,
                channel=sa.case((t.letters.c.broadcast_id.is_not(None), channel.scalar_subquery())),
            )
        )

    async def release(self, account: Account) -> int:
        theirs = t.letters.c.account_id == account.id
        if account.person_id is not None:
            chats = sa.select(t.accounts.c.id).where(t.accounts.c.person_id == account.person_id)
            no_chat = sa.and_(t.letters.c.account_id.is_(None), t.letters.c.person_id == account.person_id)
            theirs = sa.or_(theirs, t.letters.c.account_id.in_(chats), no_chat)
        kept = (LetterState.ON_RETURN, LetterState.UNREACHABLE, LetterState.IN_PERSON)
        told = sa.and_(t.letters.c.told_at.is_not(None), t.letters.c.priority == Priority.BULK)
        stopped = sa.select(t.broadcasts.c.id).where(t.broadcasts.c.state == BroadcastState.STOPPED)
        still_true = sa.or_(t.letters.c.broadcast_id.is_(None), t.letters.c.broadcast_id.not_in(stopped))
        released = await self._session.execute(
            sa.update(t.letters)
            .where(theirs, t.letters.c.state.in_(kept), ~told, still_true)
            .values(
                account_id=account.id,
                state=LetterState.WAITING,
                priority=Priority.AWAITED,
                not_before=account.last_heard_at,
                attempts=0,
                ring_at=None,
            )
        )
        return cast("sa.CursorResult[Any]", released).rowcount

    async def recent_with_buttons(self, account_id: AccountId) -> Sequence[Message]:
        rows = await self._session.scalars(_recent(), {"chat": account_id})
        return [message for message in map(unpack_message, rows) if message.buttons]

    async def forget(self, person_id: PersonId) -> None:
        mine = t.letters.c.person_id == person_id
        await self._session.execute(sa.delete(t.letters).where(mine, t.letters.c.state != LetterState.SENT))
        await self._session.execute(sa.update(t.letters).where(mine).values(content=forget_params({}), person_id=None))
        left_out = t.broadcast_left_out
        await self._session.execute(sa.delete(left_out).where(left_out.c.person_id == person_id))


_WRITTEN = attrgetter(*NewLetter._fields)


def letter_row(letter: Letter | NewLetter) -> dict[str, Any]:
    """A letter as it is written down, by the names of its columns."""
    return dict(zip(NewLetter._fields, _WRITTEN(letter), strict=True))
