"""Chats and where each stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import set_committed_value

from intake.ports import Chat, Met
from intake.rules.outbox.channel_policy import best_account
from intake.rules.outbox.letter import NewLetter
from intake.rules.people.person import Account, AccountId, Conversation, Grant, Network, Person, PersonId, Role
from storage import tables as t
from storage.lookup import by_id
from storage.many_rows import KEY, RowWrite
from storage.queries.outbox.letters import LETTERS
from storage.queries.people.inbox import note_events
from storage.transaction import Transaction, counted
from storage.upsert import insert_into, insert_once

_MET = (t.accounts, t.conversations, t.persons, t.grants)
"""What is read of those who are met."""
_OF_CONVERSATION = tuple(field.name for field in fields(Conversation))
_CONVERSATION = RowWrite(t.conversations, _OF_CONVERSATION[1:], key="account_id")
_HEARD = {"unreachable_since": None, "awaited_since": None}
"""What ends when a chat is heard from."""
_ACTIVITY = RowWrite(t.accounts, ("last_heard_at", *_HEARD), key="id")


@cache
def _find_accounts() -> sa.Select[Any]:
    """Asked for every message, so it is built once; a row for each role of the person.

    Locked in the order of their addresses, and each before its conversation as `_take_in` locks them, so that two
    processes never wait for each other.
    """
    return (
        sa.select(Account, Person, Grant, *(t.conversations.c[name] for name in _OF_CONVERSATION))
        .select_from(
            t.accounts.join(t.conversations, t.conversations.c.account_id == t.accounts.c.id)
            .outerjoin(t.persons, t.persons.c.id == t.accounts.c.person_id)
            .outerjoin(t.grants, t.grants.c.person_id == t.accounts.c.person_id)
        )
        .where(
            t.accounts.c.network == sa.bindparam("network"),
            t.accounts.c.channel == sa.bindparam("channel"),
            t.accounts.c.address.in_(sa.bindparam("addresses", expanding=True)),
        )
        .order_by(t.accounts.c.address, t.grants.c.id)
        .with_for_update(of=[t.accounts, t.conversations])
        .execution_options(populate_existing=True)
    )


@cache
def _take_in() -> sa.Select[Any]:
    """Everything a message of a known chat begins with, in one turn to the server, which takes more time than the rest.

    The event is remembered, the chat heard from, and read with its conversation (locked), person and roles. No row
    comes of a chat that is not known, nor of an event that was remembered before. PostgreSQL alone says it so.
    """
    # no value bears the name of a column, or SQLAlchemy sets that column in the UPDATE as well
    key = {
        name: sa.bindparam(f"its_{name}", type_=t.accounts.c[name].type) for name in ("network", "channel", "address")
    }
    here = [t.accounts.c[name] == value for name, value in key.items()]
    at = sa.bindparam("at", type_=t.inbox.c.received_at.type)
    stands = sa.exists().where(*here, t.conversations.c.account_id == t.accounts.c.id)
    event = key | {"event_id": sa.bindparam("event", type_=t.inbox.c.event_id.type), "received_at": at}
    new = (
        insert_into("postgresql", t.inbox)
        .from_select(list(event), sa.select(*event.values()).where(stands))
        .on_conflict_do_nothing()
        .returning(t.inbox.c.event_id)
        .cte("new")
    )
    heard = (
        sa.update(t.accounts)
        .where(*here, sa.exists(sa.select(new.c.event_id)))
        .values(last_heard_at=at)
        .returning(*t.accounts.c)
        .cte("heard")
    )
    account = aliased(Account, heard)
    return (
        sa.select(account, Person, Grant, *(t.conversations.c[name] for name in _OF_CONVERSATION))
        .select_from(
            heard.join(t.conversations, t.conversations.c.account_id == heard.c.id)
            .outerjoin(t.persons, t.persons.c.id == heard.c.person_id)
            .outerjoin(t.grants, t.grants.c.person_id == heard.c.person_id)
        )
        .order_by(t.grants.c.id)
        .with_for_update(of=[t.conversations])
        .execution_options(populate_existing=True)
    )


@cache
def _reaching() -> sa.Select[Any]:
    """Asked whenever somebody is told something, so it is built once."""
    c = t.accounts.c
    people: sa.BindParameter[Any] = sa.bindparam("people", expanding=True)
    return sa.select(Account).where(c.person_id.in_(people), c.unreachable_since.is_(None)).order_by(c.id)


class AccountRows:
    """Chats and their conversations; the networks' windows decide which of a person's chats can be written to."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now
        self._channel_policy = transaction.channel_policy
        self._transaction = transaction
        self._is_far = transaction.is_far
        self._as_met = 0

    async def meet(self, network: Network, channel: str, address: str) -> Met:
        chat = (network, channel, address)
        return (await self._meet([chat]))[chat]

    async def meet_all(self, chats: Iterable[Chat]) -> Mapping[Chat, Met]:
        return self._stand_met(await self._meet(chats))

    async def take_in(self, events: Mapping[Chat, str]) -> Mapping[Chat, Met]:
        if len(events) == 1 and self._is_far:
            (((network, channel, address), event),) = events.items()
            chat = {"its_network": network, "its_channel": channel, "its_address": address}
            bound = {**chat, "event": event, "at": self._now}
            met = _met(network, channel, await self._session.execute(_take_in(), bound))
            if any(map(_came_between, met.values())):
                met = await self._find(network, channel, [address])
            if met:
                return self._stand_met(met)
        return await self.meet_all(await note_events(self._transaction, events))

    def _stand_met(self, met: dict[Chat, Met]) -> dict[Chat, Met]:
        self._as_met = self._writes()
        self._transaction.speakers.update(one.person.id for one in met.values() if one.person is not None)
        return met

    def stand_as_met(self) -> bool:
        return self._writes() == self._as_met

    def _writes(self) -> int:
        return counted(self._session).writes_to(_MET)

    async def _meet(self, chats: Iterable[Chat]) -> dict[Chat, Met]:
        met: dict[Chat, Met] = {}
        for (network, channel), group in groupby(sorted(chats), key=itemgetter(0, 1)):
            addresses = [address for *_, address in group]
            met |= await self._find(network, channel, addresses)
            strangers = [address for address in addresses if (network, channel, address) not in met]
            if strangers:
                for address in strangers:
                    await self._make(network, channel, address)
                met |= await self._find(network, channel, strangers)
        return met

    async def _make(self, network: Network, channel: str, address: str) -> None:
        key = {"network": network, "channel": channel, "address": address}
        await insert_once(self._session, t.accounts, key)
        account_id = await self._session.scalar(sa.select(t.accounts.c.id).filter_by(**key))
        await insert_once(
            self._session,
            t.conversations,
            {"account_id": account_id, "step": "", "draft": {}, "offered": [], "pace_left": 0.0},
        )

    async def _find(self, network: Network, channel: str, addresses: Sequence[str]) -> dict[Chat, Met]:
        bound = {"network": network, "channel": channel, "addresses": addresses}
        met = _met(network, channel, await self._session.execute(_find_accounts(), bound))
        if any(map(_came_between, met.values())):
            met = _met(network, channel, await self._session.execute(_find_accounts(), bound))
        return met

    async def keep(self, conversations: Sequence[Conversation], letters: Sequence[NewLetter] = ()) -> None:
        stand = [
            {KEY: one.account_id, **{name: getattr(one, name) for name in _CONVERSATION.columns}}
            for one in conversations
        ]
        self._transaction.deferred.add(_CONVERSATION, stand)
        self._transaction.deferred.add(LETTERS, [letter._asdict() for letter in letters])

    async def note_activity(self, accounts: Sequence[Account]) -> None:
        """Said without the session's help, which would take several times as long."""
        heard = {"last_heard_at": self._now, **_HEARD}
        unnoted = [one for one in accounts if any(getattr(one, name) != value for name, value in heard.items())]
        if not unnoted:
            return
        as_met = self.stand_as_met()
        rows = [{KEY: account.id, **heard} for account in unnoted]
        await self._transaction.deferred.write_now(_ACTIVITY, rows)
        for account in unnoted:
            for name, value in heard.items():
                set_committed_value(account, name, value)
        if as_met:
            self._as_met = self._writes()

    async def end_conversations(self, person_id: PersonId) -> None:
        theirs = sa.select(t.accounts.c.id).where(t.accounts.c.person_id == person_id)
        await self._session.execute(
            sa.update(t.conversations)
            .where(t.conversations.c.account_id.in_(theirs))
            .values(step="", draft={}, offered=[])
        )

    async def get(self, account_id: AccountId) -> Account | None:
        return await by_id(self._session, Account, account_id)

    async def of(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Account]:
        reaching = await self._transaction.chats.get_many(dict.fromkeys(person_ids), self._reaching)
        best = {person_id: best_account(self._channel_policy, own, self._now) for person_id, own in reaching.items()}
        return {person_id: account for person_id, account in best.items() if account is not None}

    async def _reaching(self, person_ids: Sequence[PersonId]) -> Mapping[PersonId, Sequence[Account]]:
        chats: dict[PersonId, list[Account]] = {person_id: [] for person_id in person_ids}
        for account in await self._session.scalars(_reaching(), {"people": person_ids}):
            chats[account.person_id].append(account)
        return chats

    async def all_of(self, person_id: PersonId, *, lock: bool = False) -> Sequence[Account]:
        rows = sa.select(Account).where(t.accounts.c.person_id == person_id)
        if lock:
            in_order = rows.order_by(t.accounts.c.network, t.accounts.c.channel, t.accounts.c.address)
            await self._session.scalars(in_order.with_for_update().execution_options(populate_existing=True))
        return (await self._session.scalars(rows.order_by(t.accounts.c.id))).all()

    async def beside(self, account_id: AccountId) -> Sequence[Account]:
        """Locked in the order the inbound queue locks them, so that nobody waits in a circle."""
        mine = sa.select(t.accounts.c.person_id).where(t.accounts.c.id == account_id).scalar_subquery()
        rows = await self._session.scalars(
            sa.select(Account)
            .where(sa.or_(t.accounts.c.id == account_id, t.accounts.c.person_id == mine))
            .order_by(t.accounts.c.network, t.accounts.c.channel, t.accounts.c.address)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return sorted(rows, key=lambda account: account.id != account_id)

    async def forget(self, account: Account) -> None:
        account.person_id = None
        await self._session.execute(sa.delete(t.web_messages).where(t.web_messages.c.account_id == account.id))
        await self._session.execute(sa.delete(t.zalo_chats).where(t.zalo_chats.c.account_id == account.id))
        await self._session.execute(
            sa.update(t.conversations)
            .where(t.conversations.c.account_id == account.id)
            .values(step="", draft={}, offered=[])
        )

    async def last_heard(self, network: Network, channel: str) -> datetime | None:
        c = t.accounts.c
        heard = sa.select(sa.func.max(c.last_heard_at, type_=c.last_heard_at.type))
        at: datetime | None = await self._session.scalar(heard.where(c.network == network, c.channel == channel))
        return at

    async def staff(self, network: Network, channel: str) -> Sequence[tuple[str, str, frozenset[Role]]]:
        """The chats of a channel whose persons hold roles: address, language, roles."""
        rows = await self._session.execute(
            sa.select(t.accounts.c.address, t.persons.c.language, t.grants.c.role)
            .join(t.persons, t.persons.c.id == t.accounts.c.person_id)
            .join(t.grants, t.grants.c.person_id == t.persons.c.id)
            .where(
                t.accounts.c.network == network,
                t.accounts.c.channel == channel,
                t.accounts.c.unreachable_since.is_(None),
            )
            .order_by(t.accounts.c.id)
        )
        held: dict[tuple[str, str], set[Role]] = {}
        for address, language, role in rows:
            held.setdefault((address, language), set()).add(role)
        return [(address, language, frozenset(roles)) for (address, language), roles in held.items()]


def _came_between(met: Met) -> bool:
    """Whether somebody got another person while the statement waited for the chat.

    PostgreSQL then gives the chat as it is by now, and beside it only who was there when the statement began. By the
    next one the chat is locked and whoever it belongs to is there.
    """
    return met.account.person_id is not None and met.person is None


def _met(network: Network, channel: str, rows: Iterable[Any]) -> dict[Chat, Met]:
    """Chats with their conversations, persons and roles, of rows that have the account first."""
    met: dict[Chat, Met] = {}
    for account, its_rows in groupby(rows, key=itemgetter(0)):
        (_, person, grant, *conversation), *more = its_rows
        grants = [] if grant is None else [grant, *(row[2] for row in more)]
        met[network, channel, account.address] = Met(account, Conversation(*conversation), person, grants)
    return met
