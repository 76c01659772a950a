"""Chats, persons, roles, invitations, and the events of the networks that were acted upon."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from intake.ports import Chat, Met
from intake.rules.outbox.channel_policy import ChannelPolicy, best_account
from intake.rules.people.permissions import STANDS_IN, standing_in
from intake.rules.people.person import (
    Account,
    AccountId,
    Conversation,
    Grant,
    Invitation,
    Network,
    Person,
    PersonId,
    Recipient,
    Role,
)
from intake.rules.people.unit import DeskId, Unit, UnitId, lineage_of
from storage import tables as t
from storage.lookup import held
from storage.upsert import insert_into, insert_once
from storage.writes import Remembered

_OF_CONVERSATION = tuple(field.name for field in fields(Conversation))


@cache
def _find_accounts() -> sa.Select[Any]:
    """Asked for every message, so it is built once; a row for each role of the person.

    Locked in the order of their addresses, so that two processes never wait for each other.
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
        .with_for_update(of=[t.conversations, t.accounts])
        .execution_options(populate_existing=True)
    )


@cache
def _keep_conversation() -> sa.Update:
    """Said after every message, so it is built once; given a list, it is said for each."""
    changed = {name: sa.bindparam(name, type_=t.conversations.c[name].type) for name in _OF_CONVERSATION[1:]}
    return sa.update(t.conversations).where(t.conversations.c.account_id == sa.bindparam("chat")).values(changed)


@cache
def _note_heard() -> sa.Update:
    """Said for every message, so it is built once."""
    at = sa.bindparam("at", type_=t.accounts.c.last_heard_at.type)
    noted = {"last_heard_at": at, "unreachable_since": None, "awaited_since": None}
    return sa.update(t.accounts).where(t.accounts.c.id == sa.bindparam("chat")).values(noted)


@cache
def _grants_of() -> sa.Select[Any]:
    """Asked for every message, so it is built once."""
    return sa.select(Grant).where(t.grants.c.person_id == sa.bindparam("person")).order_by(t.grants.c.id)


@cache
def _note_events(dialect: str) -> Any:
    """Said for every message, so it is built once."""
    inbox = t.inbox.c
    new = (inbox.network, inbox.channel, inbox.address)
    return insert_into(dialect, t.inbox).on_conflict_do_nothing().returning(*new)


@cache
def _reaching() -> sa.Select[Any]:
    """Asked whenever somebody is told something, so it is built once."""
    c = t.accounts.c
    people: sa.BindParameter[Any] = sa.bindparam("people", expanding=True)
    return sa.select(Account).where(c.person_id.in_(people), c.unreachable_since.is_(None)).order_by(c.id)


@cache
def _to_tell() -> sa.Select[Any]:
    """The same."""
    c = t.persons.c
    return sa.select(c.id, c.name, c.entered_by, c.erased_at).where(c.id.in_(sa.bindparam("people", expanding=True)))


@cache
def _holding() -> sa.Select[Any]:
    """Asked for every question, so it is built once."""
    lineage: sa.BindParameter[Any] = sa.bindparam("lineage", expanding=True)
    held = sa.select(t.grants.c.person_id).where(
        t.grants.c.role == sa.bindparam("role", type_=t.grants.c.role.type), t.grants.c.unit_id.in_(lineage)
    )
    return _living(held)


def _living(ids: sa.Select[tuple[int]]) -> sa.Select[Any]:
    living = sa.select(Person).where(t.persons.c.id.in_(ids), t.persons.c.erased_at.is_(None))
    return living.order_by(t.persons.c.id)


class InboxRows:
    """Which events were acted upon; one row each, unique on network, channel, address and event."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def record(self, network: Network, channel: str, address: str, event_id: str) -> bool:
        """See `Inbox.record`."""
        return await insert_once(
            self._session,
            t.inbox,
            {
                "network": network,
                "channel": channel,
                "address": address,
                "event_id": event_id,
                "received_at": self._now,
            },
        )

    async def record_all(self, events: Mapping[Chat, str]) -> Collection[Chat]:
        """See `Inbox.record_all`."""
        insert = _note_events(self._session.get_bind().dialect.name)
        rows = [
            {"network": network, "channel": channel, "address": address, "event_id": event_id, "received_at": self._now}
            for (network, channel, address), event_id in events.items()
        ]
        return {(row.network, row.channel, row.address) for row in await self._session.execute(insert, rows)}

    async def prune(self, before: datetime, limit: int) -> int:
        """See `Inbox.prune`."""
        moments = sa.select(t.inbox.c.received_at).where(t.inbox.c.received_at < before)
        slice_ = moments.order_by(t.inbox.c.received_at).limit(limit).subquery()
        newest = sa.select(sa.func.max(slice_.c.received_at)).scalar_subquery()
        gone = await self._session.execute(sa.delete(t.inbox).where(t.inbox.c.received_at <= newest))
        return cast("sa.CursorResult[Any]", gone).rowcount


class AccountRows:
    """Chats and their conversations. `reach` says which of them can be written to at the moment `now`."""

    def __init__(self, session: AsyncSession, now: datetime, reach: ChannelPolicy) -> None:
        self._session = session
        self._now = now
        self._reach = reach
        self._best: Remembered[frozenset[PersonId], dict[PersonId, Account]] = Remembered(session, t.accounts)

    async def meet(self, network: Network, channel: str, address: str) -> Met:
        """See `Accounts.meet`."""
        chat = (network, channel, address)
        return (await self.meet_all([chat]))[chat]

    async def meet_all(self, chats: Iterable[Chat]) -> Mapping[Chat, Met]:
        """See `Accounts.meet_all`."""
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
        met: dict[Chat, Met] = {}
        for account, rows in groupby(await self._session.execute(_find_accounts(), bound), key=itemgetter(0)):
            (_, person, grant, *conversation), *more = rows
            grants = [] if grant is None else [grant, *(row[2] for row in more)]
            met[network, channel, account.address] = Met(account, Conversation(*conversation), person, grants)
        return met

    async def keep(self, conversations: Sequence[Conversation]) -> None:
        """See `Accounts.keep`."""
        await self._session.flush()  # what was written in this turn so far stands before what follows
        rows = [
            {"chat": one.account_id, **{name: getattr(one, name) for name in _OF_CONVERSATION[1:]}}
            for one in conversations
        ]
        await self._session.execute(_keep_conversation(), rows)

    async def heard_from(self, accounts: Sequence[Account]) -> None:
        """See `Accounts.heard_from`. Said without the session's help, which would take several times as long."""
        await self._session.execute(_note_heard(), [{"chat": account.id, "at": self._now} for account in accounts])
        for account in accounts:
            set_committed_value(account, "last_heard_at", self._now)
            set_committed_value(account, "unreachable_since", None)
            set_committed_value(account, "awaited_since", None)

    async def get(self, account_id: AccountId) -> Account | None:
        """See `Accounts.get`."""
        return await self._session.get(Account, account_id)

    async def of(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Account]:
        """See `Accounts.of`."""
        wanted = frozenset(person_ids)
        return await self._best.get(wanted, lambda: self._of(wanted))

    async def _of(self, person_ids: Collection[PersonId]) -> dict[PersonId, Account]:
        rows = await self._session.scalars(_reaching(), {"people": list(person_ids)})
        by_person: dict[PersonId, list[Account]] = {}
        for account in rows:
            if account.person_id is not None:
                by_person.setdefault(account.person_id, []).append(account)
        best = {person_id: best_account(self._reach, own, self._now) for person_id, own in by_person.items()}
        return {person_id: account for person_id, account in best.items() if account is not None}

    async def all_of(self, person_id: PersonId) -> Sequence[Account]:
        """See `Accounts.all_of`."""
        rows = sa.select(Account).where(t.accounts.c.person_id == person_id).order_by(t.accounts.c.id)
        return (await self._session.scalars(rows)).all()

    async def beside(self, account_id: AccountId) -> Sequence[Account]:
        """See `Accounts.beside`. Locked in the order the door locks them, so that nobody waits in a circle."""
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
        """See `Accounts.forget`."""
        account.person_id = None
        await self._session.execute(sa.delete(t.web_messages).where(t.web_messages.c.account_id == account.id))
        await self._session.execute(sa.delete(t.zalo_chats).where(t.zalo_chats.c.account_id == account.id))
        await self._session.execute(
            sa.update(t.conversations)
            .where(t.conversations.c.account_id == account.id)
            .values(step="", draft={}, offered=[])
        )

    async def staff(self, network: Network, channel: str) -> Sequence[tuple[str, str, frozenset[Role]]]:
        """See `Accounts.staff`."""
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


class PersonRows:
    """Persons, their roles, invitations."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._told: Remembered[frozenset[PersonId], dict[PersonId, Recipient]] = Remembered(session, t.persons)
        self._holders: Remembered[tuple[Role, str], Sequence[Person]] = Remembered(session, t.persons, t.grants)

    async def add(self, person: Person) -> Person:
        """See `People.add`."""
        self._session.add(person)
        await self._session.flush()
        return person

    async def get(self, person_id: PersonId) -> Person | None:
        """See `People.get`."""
        return await self._session.get(Person, person_id)

    async def many(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        """See `People.many`."""
        wanted = list(person_ids)
        people = held(self._session, Person, wanted)
        unknown = [person_id for person_id in wanted if person_id not in people]
        if unknown:
            rows = await self._session.scalars(sa.select(Person).where(t.persons.c.id.in_(unknown)))
            people |= {person.id: person for person in rows}
        return people

    async def told(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Recipient]:
        """See `People.told`."""
        wanted = frozenset(person_ids)
        return await self._told.get(wanted, lambda: self._to_tell(wanted))

    async def _to_tell(self, person_ids: Collection[PersonId]) -> dict[PersonId, Recipient]:
        await self._session.flush()  # plain columns would be read past what this unit of work has changed
        rows = await self._session.execute(_to_tell(), {"people": list(person_ids)})
        return {row.id: Recipient(*row) for row in rows}

    async def named(self, name: str, hamlet_id: UnitId, entered_by: PersonId) -> Person | None:
        """See `People.named`."""
        rows = await self._session.scalars(
            sa.select(Person)
            .where(
                t.persons.c.name == name,
                t.persons.c.hamlet_id == hamlet_id,
                t.persons.c.entered_by == entered_by,
                t.persons.c.erased_at.is_(None),
            )
            .order_by(t.persons.c.id)
            .limit(1)
        )
        return rows.first()

    async def with_phone(self, phone_index: str) -> Sequence[Person]:
        """See `People.with_phone`."""
        rows = sa.select(Person).where(t.persons.c.phone_index == phone_index, t.persons.c.erased_at.is_(None))
        return (await self._session.scalars(rows.order_by(t.persons.c.id))).all()

    async def grants_of(self, person_id: PersonId) -> Sequence[Grant]:
        """See `People.grants_of`."""
        return (await self._session.scalars(_grants_of(), {"person": person_id})).all()

    async def give(self, grant: Grant) -> None:
        """See `People.give`."""
        self._session.add(grant)
        await self._session.flush()

    async def take_roles(self, person_id: PersonId) -> None:
        """See `People.take_roles`."""
        await self._session.execute(sa.delete(Grant).where(t.grants.c.person_id == person_id))

    async def holders(self, role: Role, unit: Unit) -> Sequence[Person]:
        """See `People.holders`."""
        return await self._holders.get((role, unit.path), lambda: self._holding(role, unit))

    async def _holding(self, role: Role, unit: Unit) -> Sequence[Person]:
        lineage = [int(part) for part in unit.path.split("/") if part]
        return (await self._session.scalars(_holding(), {"role": role, "lineage": lineage})).all()

    async def at_desk(self, desk_id: DeskId) -> Sequence[Person]:
        """See `People.at_desk`."""
        return await self._in(
            sa.select(t.grants.c.person_id).where(t.grants.c.role == Role.OFFICIAL, t.grants.c.desk_id == desk_id)
        )

    async def at_desks(self, desk_ids: Iterable[DeskId]) -> dict[DeskId, Sequence[PersonId]]:
        """See `People.at_desks`."""
        rows = await self._granted(t.grants.c.role == Role.OFFICIAL, t.grants.c.desk_id.in_(list(desk_ids)))
        found: dict[DeskId, list[PersonId]] = {}
        for row in rows:
            found.setdefault(row.desk_id, []).append(row.person_id)
        return {desk_id: tuple(dict.fromkeys(people)) for desk_id, people in found.items()}

    async def holding(
        self, roles: Iterable[Role], units: Iterable[Unit]
    ) -> dict[tuple[Role, UnitId], Sequence[PersonId]]:
        """See `People.holding`."""
        below: dict[int, list[UnitId]] = {}
        for unit in units:
            for above in lineage_of(unit):
                below.setdefault(above, []).append(unit.id)
        rows = await self._granted(t.grants.c.role.in_(list(roles)), t.grants.c.unit_id.in_(list(below)))
        found: dict[tuple[Role, UnitId], list[PersonId]] = {}
        for row in rows:
            for unit_id in below[row.unit_id]:
                found.setdefault((row.role, unit_id), []).append(row.person_id)
        return {key: tuple(dict.fromkeys(people)) for key, people in found.items()}

    async def standing_in(
        self, roles: Iterable[Role], units: Iterable[Unit]
    ) -> dict[tuple[Role, UnitId], Sequence[PersonId]]:
        """See `People.standing_in`."""
        wanted = tuple(roles)
        lineages = {unit.id: lineage_of(unit) for unit in units}
        asked = {role for one in wanted for role in (one, *STANDS_IN.get(one, ()))}
        rows = await self._granted(
            t.grants.c.role.in_(list(asked)), t.grants.c.unit_id.in_(set().union(*lineages.values()))
        )
        held: dict[tuple[Role, UnitId], list[PersonId]] = {}
        for row in rows:
            held.setdefault((row.role, row.unit_id), []).append(row.person_id)
        told = {
            (role, unit_id): standing_in(role, lineage, held)
            for role in wanted
            for unit_id, lineage in lineages.items()
        }
        return {key: tuple(dict.fromkeys(people)) for key, people in told.items() if people}

    async def _granted(self, *conditions: sa.ColumnElement[bool]) -> Sequence[Any]:
        rows = await self._session.execute(
            sa.select(t.grants.c.person_id, t.grants.c.role, t.grants.c.unit_id, t.grants.c.desk_id)
            .join(t.persons, t.persons.c.id == t.grants.c.person_id)
            .where(*conditions, t.persons.c.erased_at.is_(None))
            .order_by(t.grants.c.person_id)
        )
        return rows.all()

    async def _in(self, ids: sa.Select[tuple[int]]) -> Sequence[Person]:
        return (await self._session.scalars(_living(ids))).all()

    async def add_invitation(self, invitation: Invitation) -> None:
        """See `People.add_invitation`."""
        self._session.add(invitation)
        await self._session.flush()

    async def invitation(self, code_digest: str) -> Invitation | None:
        """See `People.invitation`."""
        rows = await self._session.scalars(
            sa.select(Invitation)
            .where(t.invitations.c.code_digest == code_digest)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return rows.one_or_none()
