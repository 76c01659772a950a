"""The outbox, seen from the one relay of a channel, who works it off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.message import forget_params
from intake.rules.outbox.broadcast import BroadcastId
from intake.rules.outbox.letter import LetterState, Priority
from intake.rules.people.person import AccountId, Network, PersonId
from storage import tables as t
from storage.queries.outbox.letters import CHANNEL, CONTENT, WITH_BROADCAST
from storage.transaction import Transaction


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


@dataclass(frozen=True, slots=True)
class MessageRecall:
    """A message that is to be deleted where it was sent, under the network's id of it, while that is possible."""

    id: int
    address: str
    message: str
    until: datetime


class RelayRows:
    """Letters, seen from the one relay of a channel."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def direct(self, network: Network, channel: str, now: datetime, limit: int) -> Sequence[Outgoing]:
        """At most `limit` letters of a channel that may go out now and are no broadcast's: by priority, then age.

        While a letter that failed waits for its next try, nothing that was written since overtakes it in its chat.
        """
        bound = {"now": now, "channel": f"{network}:{channel}", "limit": limit}
        return [_read(row) for row in await self._session.execute(_direct(), bound)]

    async def bulk(
        self, broadcast_id: BroadcastId, network: Network, channel: str, now: datetime, limit: int
    ) -> Sequence[Outgoing]:
        """At most `limit` letters of one broadcast that may go out on a channel now, in the order they were written."""
        bound = {"now": now, "broadcast": broadcast_id, "channel": f"{network}:{channel}", "limit": limit}
        return [_read(row) for row in await self._session.execute(_bulk(), bound)]

    async def mark_sent(self, sent: Sequence[tuple[Outgoing, str]], now: datetime) -> None:
        """Note that letters were sent, under the network's message ids; what they said themselves is emptied."""
        noted = [(one, {"letter": one.letter_id, "message": message_id, "at": now}) for one, message_id in sent]
        bulk = [row for one, row in noted if one.broadcast_id is not None]
        if bulk:
            await self._session.execute(_sent(), bulk)
        own = [row | {"kept": forget_params(one.content)} for one, row in noted if one.broadcast_id is None]
        if own:
            await self._session.execute(_sent_and_emptied(), own)

    async def recalls(self, network: Network, channel: str, limit: int) -> Sequence[MessageRecall]:
        """Messages of a channel that are to be deleted where they were sent, the oldest first."""
        bound = {"network": network, "channel": channel, "limit": limit}
        rows = await self._session.execute(_recalls(), bound)
        return [MessageRecall(*row) for row in rows]

    async def recalled(self, done: Sequence[MessageRecall]) -> None:
        """Note that nothing more is to be tried for these."""
        ids = [one.id for one in done]
        await self._session.execute(sa.delete(t.message_recalls).where(t.message_recalls.c.id.in_(ids)))

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


@cache
def _direct() -> sa.Select[Any]:
    """Asked again and again by every relay, so it is built once."""
    return (
        _outgoing()
        .where(
            sa.text("letters.state = 'waiting' AND letters.priority < 2"),
            # put together, so that SQLite begins with the few letters that wait and not with every chat of the channel
            sa.bindparam("channel") == CHANNEL,
        )
        .order_by(t.letters.c.priority, t.letters.c.id)
        .limit(sa.bindparam("limit"))
    )


@cache
def _recalls() -> sa.Select[Any]:
    """Asked once a second by every relay, so it is built once."""
    one = t.message_recalls.c
    return (
        sa.select(one.id, one.address, one.message, one.until)
        .where(
            one.network == sa.bindparam("network", type_=one.network.type),
            one.channel == sa.bindparam("channel"),
        )
        .order_by(one.id)
        .limit(sa.bindparam("limit"))
    )


@cache
def _sent() -> sa.Update:
    """Said for every letter, so it is built once."""
    at = sa.bindparam("at", type_=t.letters.c.sent_at.type)
    marked = sa.update(t.letters).where(t.letters.c.id == sa.bindparam("letter"))
    return marked.values(state=LetterState.SENT, sent_at=at, network_message_id=sa.bindparam("message"))


@cache
def _sent_and_emptied() -> sa.Update:
    """The same of a letter that has its words itself."""
    return _sent().values(content=sa.bindparam("kept", type_=sa.JSON()))


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
        sa.text("failed.state = 'waiting' AND failed.attempts > 0"),
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
