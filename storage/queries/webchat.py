"""The web chat's own history: what was said in a chat, both ways, in order."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from intake.rules.people.person import CLOSED, AccountId, Network
from storage import tables as t
from storage.transaction import Transaction
from storage.upsert import insert_once


@dataclass(frozen=True, slots=True)
class WebMessage:
    """One line of a web chat. `said` is what the page shows; `id` grows within and across chats.

    `said` is empty where what is stored is no JSON object.
    """

    id: int
    said: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class WebAccount:
    """A web chat: its account, the language its person reads, the person's name."""

    account_id: AccountId
    language: str
    name: str


_AS_STORED = sa.cast(t.web_messages.c.said, sa.Text)
"""Read here line by line, not by the database or its driver: one that is damaged would take all the others along.
(PostgreSQL reads no JSON in which half a surrogate pair stands anywhere.)"""


def _line(row: sa.Row[int, str, datetime]) -> WebMessage:
    try:
        said = json.loads(row[1])
    except ValueError:
        said = None
    return WebMessage(row[0], said if isinstance(said, dict) else {}, row[2])


@cache
def _account() -> sa.Select[Any]:
    """Asked with every request, so it is built once."""
    a = t.accounts.c
    here = (a.network == Network.WEBCHAT, a.channel == sa.bindparam("channel"), a.address == sa.bindparam("address"))
    person = t.accounts.outerjoin(t.persons, t.persons.c.id == a.person_id)
    return sa.select(a.id, t.persons.c.language, t.persons.c.name).select_from(person).where(*here)


@cache
def _held() -> sa.Select[Any]:
    """Asked before every line, so it is built once."""
    return sa.select(t.accounts.c.id).where(t.accounts.c.id == sa.bindparam("account")).with_for_update()


class WebMessageRows:
    """Lines of web chats. PostgreSQL tells every process of new ones by itself (`storage/telling.py`).

    Whoever adds a line holds the chat's row until the end of the transaction: lines become visible in the order of
    their ids, so that a reader who has seen one has seen every earlier one.
    """

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now

    async def account(self, channel: str, address: str) -> WebAccount | None:
        """The chat at an address, or None; nothing is made."""
        rows = await self._session.execute(_account(), {"channel": channel, "address": address})
        row = rows.one_or_none()
        return None if row is None else WebAccount(row.id, row.language or "vi", row.name or "")

    async def add(self, account_id: int, said: dict[str, Any], letter_id: int | None = None) -> None:
        """Add a line; a letter that is in the chat already is not added twice."""
        await self._hold(account_id)
        await insert_once(
            self._session,
            t.web_messages,
            {"account_id": account_id, "letter_id": letter_id, "said": said, "at": self._now},
        )

    async def add_own(self, account_id: int, event_id: str, said: Mapping[str, Any]) -> None:
        """Add a line the person said, in the transaction that met the chat and noted the event in the inbox."""
        line = {"account_id": account_id, "said": {**said, "event": event_id}, "at": self._now}
        await self._session.execute(sa.insert(t.web_messages).values(line))

    async def has_own(self, account_id: int, event_id: str) -> bool:
        """Whether a line stands in the chat that the person said as this event."""
        lines = await self.mentioning(account_id, json.dumps(event_id))
        return any(line.said.get("event") == event_id for line in lines)

    async def since(self, account_id: int, last_id: int, limit: int = 200) -> Sequence[WebMessage]:
        """The lines of a chat after `last_id`, oldest first."""
        rows = await self._session.execute(
            sa.select(t.web_messages.c.id, _AS_STORED, t.web_messages.c.at)
            .where(t.web_messages.c.account_id == account_id, t.web_messages.c.id > last_id)
            .order_by(t.web_messages.c.id)
            .limit(limit)
        )
        return [_line(row) for row in rows]

    async def newest(self, account_id: int, limit: int) -> Sequence[WebMessage]:
        """The last lines of a chat, newest first."""
        rows = await self._session.execute(
            sa.select(t.web_messages.c.id, _AS_STORED, t.web_messages.c.at)
            .where(t.web_messages.c.account_id == account_id)
            .order_by(t.web_messages.c.id.desc())
            .limit(limit)
        )
        return [_line(row) for row in rows]

    async def mentioning(self, account_id: int, text: str) -> Sequence[WebMessage]:
        """The lines of a chat in which a piece of text occurs anywhere; the caller looks where it stands."""
        rows = await self._session.execute(
            sa.select(t.web_messages.c.id, _AS_STORED, t.web_messages.c.at).where(
                t.web_messages.c.account_id == account_id,
                _AS_STORED.contains(text, autoescape=True),
            )
        )
        return [_line(row) for row in rows]

    async def heads(self, account_ids: Iterable[int]) -> dict[int, int]:
        """The id of the last line of each of these chats."""
        rows = await self._session.execute(
            sa.select(t.web_messages.c.account_id, sa.func.max(t.web_messages.c.id))
            .where(t.web_messages.c.account_id.in_(list(account_ids)))
            .group_by(t.web_messages.c.account_id)
        )
        return {row[0]: row[1] for row in rows}

    async def closed(self, account_ids: Iterable[int]) -> set[int]:
        """Which of these chats are over: their browsers were left."""
        c = t.accounts.c
        rows = await self._session.scalars(
            sa.select(c.id).where(c.id.in_(list(account_ids)), c.address.startswith(CLOSED, autoescape=True))
        )
        return set(rows)

    async def _hold(self, account_id: int) -> None:
        await self._session.execute(_held(), {"account": account_id})
