"""The outbox: what people write into it, and how the sender works it off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from operator import attrgetter
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from intake.rules.message import Message, forget_params, unpack_message
from intake.rules.outbox.broadcast import BroadcastId, BroadcastState
from intake.rules.outbox.letter import Letter, LetterState, NewLetter, Priority
from intake.rules.people.person import Account, AccountId, Network, Person, PersonId
from intake.rules.people.unit import UnitId
from storage import tables as t
from storage.upsert import insert_for, inserted

_RECENT = 5
CHANNEL = sa.type_coerce(t.accounts.c.network, sa.String) + ":" + t.accounts.c.channel
"""What stands in `letters.channel` for a chat: the network and our account there."""
WITH_BROADCAST = t.letters.outerjoin(t.broadcasts, t.broadcasts.c.id == t.letters.c.broadcast_id)
CONTENT = sa.func.coalesce(t.letters.c.content, t.broadcasts.c.content, type_=sa.JSON()).label("content")
"""What a letter says: its own words, or those of its broadcast. For selects from `WITH_BROADCAST`."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter ready to be sent: where to, in which language, what.

    `owner_id` is whose chat it is; `last_heard_at` and `awaited_since` are the chat's (see `Account`).
    """

    letter_id: int
    account_id: AccountId
    address: str
    language: str
    content: dict[str, Any]
    attempts: int
    broadcast_id: int | None = None
    priority: Priority = Priority.REPLY
    owner_id: PersonId | None = None
    last_heard_at: datetime | None = None
    awaited_since: datetime | None = None


class LetterRows:
    """Letters: added by actions, worked off by the one sender of a channel."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, letter: Letter | NewLetter) -> bool:
        """See `Letters.add`."""
        if isinstance(letter, Letter) and letter.once is None:
            self._session.add(letter)
            return True
        once_only = insert_for(self._session, t.letters).values(**_row(letter))
        return await inserted(
            self._session,
            once_only.on_conflict_do_nothing(index_elements=["once"], index_where=sa.text("once IS NOT NULL")),
        )

    async def add_many(self, letters: Sequence[Letter | NewLetter]) -> None:
        """See `Letters.add_many`."""
        if letters:
            await self._session.execute(_write(), [_row(letter) for letter in letters])

    async def drop_waiting(self, prefix: str) -> int:
        """See `Letters.drop_waiting`."""
        dropped = await self._session.execute(
            sa.delete(t.letters).where(
                t.letters.c.state.in_((LetterState.WAITING, LetterState.ON_RETURN)),
                t.letters.c.once.startswith(prefix, autoescape=True),
            )
        )
        return cast("sa.CursorResult[Any]", dropped).rowcount

    async def in_person(self, hamlet_id: UnitId, silent_since: datetime) -> Sequence[tuple[Letter, Person]]:
        """See `Letters.in_person`."""
        in_vain = sa.and_(
            t.letters.c.state == LetterState.ON_RETURN,
            sa.func.coalesce(t.letters.c.rung_at, t.letters.c.waits_since) <= silent_since,
        )
        rows = await self._session.execute(
            sa.select(Letter, Person)
            .join(t.persons, t.persons.c.id == t.letters.c.person_id)
            .where(
                t.persons.c.hamlet_id == hamlet_id,
                t.letters.c.told_at.is_(None),
                sa.or_(t.letters.c.state.in_((LetterState.IN_PERSON, LetterState.UNREACHABLE)), in_vain),
            )
            .order_by(t.letters.c.id)
        )
        return [(row[0], row[1]) for row in rows]

    async def waiting_in(self, account_id: AccountId) -> Sequence[Letter]:
        """See `Letters.waiting_in`."""
        rows = await self._session.scalars(
            sa.select(Letter)
            .where(t.letters.c.account_id == account_id, sa.text("letters.state = 'waiting'"))
            .order_by(t.letters.c.priority, t.letters.c.id)
            .execution_options(populate_existing=True)
        )
        return rows.all()

    async def move(self, account_ids: Iterable[AccountId], to: AccountId) -> None:
        """See `Letters.move`."""
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
        """See `Letters.release`."""
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
        """See `Letters.recent_with_buttons`."""
        rows = await self._session.scalars(
            sa.select(CONTENT)
            .select_from(WITH_BROADCAST)
            .where(t.letters.c.account_id == account_id)
            .order_by(t.letters.c.id.desc())
            .limit(_RECENT)
        )
        return [message for message in map(unpack_message, rows) if message.buttons]

    async def forget(self, person_id: PersonId) -> None:
        """See `Letters.forget`."""
        mine = t.letters.c.person_id == person_id
        await self._session.execute(sa.delete(t.letters).where(mine, t.letters.c.state != LetterState.SENT))
        await self._session.execute(sa.update(t.letters).where(mine).values(content=forget_params({}), person_id=None))
        left_out = t.broadcast_left_out
        await self._session.execute(sa.delete(left_out).where(left_out.c.person_id == person_id))

    async def direct(self, network: Network, channel: str, now: datetime, limit: int) -> Sequence[Outgoing]:
        """At most `limit` letters of a channel that may go out now and are no broadcast's: by priority, then age.

        While a letter that failed waits for its next try, nothing that was written since overtakes it in its chat.
        """
        bound = {"now": now, "network": network, "channel": channel, "limit": limit}
        return [_read(row) for row in await self._session.execute(_direct(), bound)]

    async def bulk(
        self, broadcast_id: BroadcastId, network: Network, channel: str, now: datetime, limit: int
    ) -> Sequence[Outgoing]:
        """At most `limit` letters of one broadcast that may go out on a channel now, in the order they were written."""
        bound = {"now": now, "broadcast": broadcast_id, "channel": f"{network}:{channel}", "limit": limit}
        return [_read(row) for row in await self._session.execute(_bulk(), bound)]

    async def mark_sent(self, sent: Sequence[tuple[Outgoing, str]], now: datetime) -> None:
        """Note that letters were sent, under the network's message ids; what they said themselves is emptied."""
        marked = sa.update(t.letters).where(t.letters.c.id == sa.bindparam("letter"))
        marked = marked.values(state=LetterState.SENT, sent_at=now, network_message_id=sa.bindparam("message"))
        bulk = [(one, message_id) for one, message_id in sent if one.broadcast_id is not None]
        if bulk:
            rows = [{"letter": one.letter_id, "message": message_id} for one, message_id in bulk]
            await self._session.execute(marked, rows)
        own = [(one, message_id) for one, message_id in sent if one.broadcast_id is None]
        if own:
            emptied = marked.values(content=sa.bindparam("kept", type_=sa.JSON()))
            await self._session.execute(
                emptied,
                [
                    {"letter": one.letter_id, "message": message_id, "kept": forget_params(one.content)}
                    for one, message_id in own
                ],
            )

    async def put_off(self, letter: Outgoing, until: datetime, failure: str) -> None:
        """Note a failed try; what waits for the same chat waits until then too, so that its order holds."""
        await self._session.execute(
            sa.update(t.letters)
            .where(t.letters.c.id == letter.letter_id)
            .values(attempts=t.letters.c.attempts + 1, failure=failure[:200])
        )
        await self._session.execute(
            sa.update(t.letters)
            .where(
                t.letters.c.account_id == letter.account_id,
                t.letters.c.state == LetterState.WAITING,
                t.letters.c.not_before < until,
            )
            .values(not_before=until)
        )

    async def give_up(self, letter_id: int, state: LetterState, failure: str) -> None:
        """Note that a letter will not go out by itself any more."""
        await self._session.execute(
            sa.update(t.letters)
            .where(t.letters.c.id == letter_id)
            .values(attempts=t.letters.c.attempts + 1, state=state, failure=failure[:200])
        )

    async def next_moment(self, network: Network, channel: str, now: datetime) -> timedelta | None:
        """How long until the next letter of a channel may go out; None when none waits."""
        soonest = await self._session.scalar(
            sa.select(sa.func.min(t.letters.c.not_before))
            .join(t.accounts, t.accounts.c.id == t.letters.c.account_id)
            .where(
                sa.text("letters.state = 'waiting'"),
                t.accounts.c.network == network,
                t.accounts.c.channel == channel,
            )
        )
        return None if soonest is None else max(timedelta(0), soonest - now)


@cache
def _write() -> sa.Insert:
    """Said after every message, so it is built once."""
    return sa.insert(t.letters)


@cache
def _direct() -> sa.Select[Any]:
    """Asked again and again by every sender, so it is built once."""
    return (
        _outgoing()
        .where(
            sa.text("letters.state = 'waiting' AND letters.priority < 2"),
            t.accounts.c.network == sa.bindparam("network"),
            t.accounts.c.channel == sa.bindparam("channel"),
        )
        .order_by(t.letters.c.priority, t.letters.c.id)
        .limit(sa.bindparam("limit"))
    )


@cache
def _bulk() -> sa.Select[Any]:
    """The same of one broadcast."""
    return (
        _outgoing()
        .where(
            t.letters.c.broadcast_id == sa.bindparam("broadcast"),
            sa.text("letters.state = 'waiting'"),
            t.letters.c.channel == sa.bindparam("channel"),
            t.letters.c.priority == Priority.BULK,
        )
        .order_by(t.letters.c.id)
        .limit(sa.bindparam("limit"))
    )


def _outgoing() -> sa.Select[Any]:
    now = sa.bindparam("now", type_=t.letters.c.not_before.type)
    failed = t.letters.alias("failed")
    held_up = sa.exists().where(
        failed.c.account_id == t.letters.c.account_id,
        sa.text("failed.state = 'waiting'"),
        failed.c.attempts > 0,
        failed.c.not_before > now,
    )
    return (
        sa.select(
            t.letters.c.id,
            t.letters.c.account_id,
            t.accounts.c.address,
            t.persons.c.language,
            CONTENT,
            t.letters.c.attempts,
            t.letters.c.broadcast_id,
            t.letters.c.priority,
            t.accounts.c.person_id,
            t.accounts.c.last_heard_at,
            t.accounts.c.awaited_since,
        )
        .select_from(WITH_BROADCAST)
        .join(t.accounts, t.accounts.c.id == t.letters.c.account_id)
        .outerjoin(t.persons, t.persons.c.id == t.accounts.c.person_id)
        .where(t.letters.c.not_before <= now, ~held_up)
    )


def _read(row: sa.Row[Any]) -> Outgoing:
    return Outgoing(
        letter_id=row.id,
        account_id=row.account_id,
        address=row.address,
        language=row.language or row.content.get("language", "vi"),
        content=row.content,
        attempts=row.attempts,
        broadcast_id=row.broadcast_id,
        priority=row.priority,
        owner_id=row.person_id,
        last_heard_at=row.last_heard_at,
        awaited_since=row.awaited_since,
    )


_WRITTEN = attrgetter(*NewLetter._fields)


def _row(letter: Letter | NewLetter) -> dict[str, Any]:
    return dict(zip(NewLetter._fields, _WRITTEN(letter), strict=True))
