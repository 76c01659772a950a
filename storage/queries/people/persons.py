"""Persons, their roles, and invitations to roles."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from intake.rules.meetings.meeting import Registration
from intake.rules.people.block import Block
from intake.rules.people.consent import Consent
from intake.rules.people.correction import DataCorrection
from intake.rules.people.lending import RoleRequest
from intake.rules.people.permissions import STANDS_IN, standing_in
from intake.rules.people.person import Account, EndedGrant, Grant, Invitation, Person, PersonId, Recipient, Role
from intake.rules.people.unit import DeskId, Unit, UnitId, lineage_of
from intake.rules.questions.question import Question
from storage import tables as t
from storage.lookup import by_id, found, in_identity_map
from storage.transaction import Transaction, TransactionCache

Thing = TypeVar("Thing")


@cache
def _grants_of() -> sa.Select[Any]:
    """Asked for every message, so it is built once."""
    return sa.select(Grant).where(t.grants.c.person_id == sa.bindparam("person")).order_by(t.grants.c.id)


@cache
def _to_tell() -> sa.Select[Any]:
    """The same."""
    c = t.persons.c
    return sa.select(c.id, c.name, c.entered_by, c.erased_at, c.known_as).where(
        c.id.in_(sa.bindparam("people", expanding=True))
    )


@cache
def _holding() -> sa.Select[Any]:
    """Asked for every question, so it is built once; with the chats that reach them, since they are told of it."""
    lineage: sa.BindParameter[Any] = sa.bindparam("lineage", expanding=True)
    held = sa.select(t.grants.c.person_id).where(
        t.grants.c.role == sa.bindparam("role", type_=t.grants.c.role.type), t.grants.c.unit_id.in_(lineage)
    )
    chat = t.accounts.c
    reaching = sa.and_(chat.person_id == t.persons.c.id, chat.unreachable_since.is_(None))
    return _living(held).add_columns(Account).outerjoin(t.accounts, reaching).order_by(chat.id)


@cache
def _granted() -> sa.Select[Any]:
    """What living people were given; for those who go on with conditions of their own."""
    c = t.grants.c
    rows = sa.select(c.person_id, c.role, c.unit_id, c.desk_id).join(t.persons, t.persons.c.id == c.person_id)
    return rows.where(t.persons.c.erased_at.is_(None)).order_by(c.person_id)


@cache
def _granted_at() -> sa.Select[Any]:
    """Asked whenever somebody registers or looks at a question, so it is built once."""
    roles: sa.BindParameter[Any] = sa.bindparam("roles", expanding=True, type_=t.grants.c.role.type)
    units: sa.BindParameter[Any] = sa.bindparam("units", expanding=True)
    return _granted().where(t.grants.c.role.in_(roles), t.grants.c.unit_id.in_(units))


def _living(ids: sa.Select[tuple[int]]) -> sa.Select[Any]:
    living = sa.select(Person).where(t.persons.c.id.in_(ids), t.persons.c.erased_at.is_(None))
    return living.order_by(t.persons.c.id)


def _within(unit: Unit) -> sa.Select[tuple[int]]:
    return sa.select(t.units.c.id).where(t.units.c.path.startswith(unit.path, autoescape=True))


class PersonRows:
    """Persons, their roles, invitations."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._chats = transaction.chats
        self._told = TransactionCache[frozenset[PersonId], dict[PersonId, Recipient]](transaction.session, t.persons)
        self._holders = TransactionCache[tuple[Role, str], Sequence[Person]](transaction.session, t.persons, t.grants)

    async def add(self, person: Person) -> Person:
        self._session.add(person)
        await self._session.flush()
        return person

    async def get(self, person_id: PersonId) -> Person | None:
        return await by_id(self._session, Person, person_id)

    async def lock(self, person_id: PersonId) -> None:
        # nobody who only refers to the person waits for it
        row = sa.select(Person).where(t.persons.c.id == person_id).with_for_update(key_share=True)
        await self._session.scalars(row.execution_options(populate_existing=True))

    async def many(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Person]:
        wanted = list(person_ids)
        people = in_identity_map(self._session, Person, wanted)
        unknown = [person_id for person_id in wanted if person_id not in people]
        if unknown:
            rows = await self._session.scalars(sa.select(Person).where(t.persons.c.id.in_(unknown)))
            people |= {person.id: person for person in rows}
        return people

    async def told(self, person_ids: Iterable[PersonId]) -> dict[PersonId, Recipient]:
        wanted = frozenset(person_ids)
        return await self._told.get(wanted, lambda: self._to_tell(wanted))

    async def _to_tell(self, person_ids: Collection[PersonId]) -> dict[PersonId, Recipient]:
        # whoever this unit of work has read already is not asked for again
        read = in_identity_map(self._session, Person, person_ids)
        told = {
            one.id: Recipient(one.id, one.name, one.entered_by, one.erased_at, one.known_as) for one in read.values()
        }
        unread = [person_id for person_id in person_ids if person_id not in told]
        if unread:
            await self._session.flush()  # plain columns would be read past what this unit of work has changed
            rows = await self._session.execute(_to_tell(), {"people": unread})
            told |= {row.id: Recipient(*row) for row in rows}
        return told

    async def names_in(self, unit: Unit) -> Sequence[tuple[PersonId, str]]:
        rows = await self._session.execute(
            sa.select(t.persons.c.id, t.persons.c.name)
            .where(t.persons.c.hamlet_id.in_(_within(unit)), t.persons.c.erased_at.is_(None))
            .order_by(t.persons.c.id)
        )
        return [(row.id, row.name) for row in rows]

    async def with_proven_phone(self, phone_index: str) -> Sequence[Person]:
        rows = sa.select(Person).where(
            t.persons.c.phone_index == phone_index,
            t.persons.c.phone_proven.is_(True),
            t.persons.c.erased_at.is_(None),
        )
        return (await self._session.scalars(rows.order_by(t.persons.c.id))).all()

    async def add_correction(self, correction: DataCorrection) -> None:
        self._session.add(correction)
        await self._session.flush()

    async def corrections_of(self, person_id: PersonId) -> Sequence[DataCorrection]:
        rows = sa.select(DataCorrection).where(t.corrections.c.person_id == person_id).order_by(t.corrections.c.id)
        return (await self._session.scalars(rows)).all()

    async def add_block(self, block: Block) -> None:
        self._session.add(block)
        await self._session.flush()

    async def block_of(self, person_id: PersonId, now: datetime) -> Block | None:
        b = t.blocks.c
        rows = await self._session.scalars(
            sa.select(Block)
            .where(b.person_id == person_id, b.until > now, b.ended_at.is_(None))
            .order_by(b.id.desc())
            .limit(1)
            .with_for_update()
        )
        return rows.first()

    async def forget_blocks(self, person_id: PersonId) -> None:
        await self._session.execute(sa.delete(t.blocks).where(t.blocks.c.person_id == person_id))

    async def add_consent(self, consent: Consent) -> None:
        self._session.add(consent)

    async def consents_of(self, person_id: PersonId) -> Sequence[Consent]:
        rows = sa.select(Consent).where(t.consents.c.person_id == person_id).order_by(t.consents.c.id)
        return (await self._session.scalars(rows)).all()

    async def forget_consents(self, person_id: PersonId) -> None:
        await self._session.execute(sa.delete(Consent).where(t.consents.c.person_id == person_id))

    async def forget_corrections(self, person_id: PersonId) -> None:
        await self._session.execute(sa.delete(DataCorrection).where(t.corrections.c.person_id == person_id))

    async def grants_of(self, person_id: PersonId) -> Sequence[Grant]:
        return (await self._session.scalars(_grants_of(), {"person": person_id})).all()

    async def give(self, grant: Grant) -> None:
        self._session.add(grant)
        await self._session.flush()

    async def grant(self, grant_id: int) -> Grant | None:
        return await self._locked(sa.select(Grant).where(t.grants.c.id == grant_id))

    async def end_grant(self, grant: Grant, ended: EndedGrant) -> None:
        self._session.add(ended)
        await self._session.delete(grant)
        await self._session.flush()

    async def suspended_grant(self, grant_id: int) -> EndedGrant | None:
        ended = t.ended_grants.c
        return await self._locked(sa.select(EndedGrant).where(ended.grant_id == grant_id, ended.until.is_not(None)))

    async def suspended_by(self, person_id: PersonId) -> Sequence[EndedGrant]:
        ended = t.ended_grants.c
        rows = sa.select(EndedGrant).where(ended.ended_by == person_id, ended.until.is_not(None)).order_by(ended.id)
        return (await self._session.scalars(rows)).all()

    async def suspended_of(self, person_id: PersonId) -> Sequence[EndedGrant]:
        ended = t.ended_grants.c
        rows = sa.select(EndedGrant).where(ended.person_id == person_id, ended.until.is_not(None)).order_by(ended.id)
        return (await self._session.scalars(rows.with_for_update())).all()

    async def hold_again(self, ended: EndedGrant) -> Grant:
        grant = Grant(ended.person_id, ended.role, ended.unit_id, ended.desk_id, ended.given_at, ended.given_by)
        grant.id = found(ended.grant_id)
        self._session.add(grant)
        await self._session.delete(ended)
        await self._session.flush()
        return grant

    async def suspended(self, unit: Unit) -> Sequence[EndedGrant]:
        rows = await self._session.scalars(
            sa.select(EndedGrant)
            .where(t.ended_grants.c.until.is_not(None), t.ended_grants.c.unit_id.in_(_within(unit)))
            .order_by(t.ended_grants.c.id)
        )
        return rows.all()

    async def suspended_until(self, day: date) -> Sequence[EndedGrant]:
        rows = await self._session.scalars(
            sa.select(EndedGrant)
            .where(t.ended_grants.c.until <= day)
            .order_by(t.ended_grants.c.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return rows.all()

    async def grants_in(self, unit: Unit) -> Sequence[tuple[Grant, Person, datetime | None]]:
        heard = (
            sa.select(sa.func.max(t.accounts.c.last_heard_at))
            .where(t.accounts.c.person_id == t.grants.c.person_id)
            .scalar_subquery()
        )
        rows = await self._session.execute(
            sa.select(Grant, Person, sa.type_coerce(heard, t.accounts.c.last_heard_at.type))
            .join(Person, t.persons.c.id == t.grants.c.person_id)
            .where(t.grants.c.unit_id.in_(_within(unit)))
            .order_by(t.grants.c.id)
        )
        return [(row[0], row[1], row[2]) for row in rows]

    async def grants_around(self, unit: Unit) -> dict[PersonId, Sequence[Grant]]:
        rows = await self._session.scalars(
            sa.select(Grant)
            .join(Person, t.persons.c.id == t.grants.c.person_id)
            .where(
                sa.or_(t.grants.c.unit_id.in_(_within(unit)), t.grants.c.unit_id.in_(lineage_of(unit))),
                t.persons.c.erased_at.is_(None),
            )
            .order_by(t.grants.c.id)
        )
        found: dict[PersonId, list[Grant]] = {}
        for grant in rows:
            found.setdefault(grant.person_id, []).append(grant)
        return {person_id: tuple(grants) for person_id, grants in found.items()}

    async def neighbours_of(self, head_id: PersonId) -> Sequence[Person]:
        return await self._entered_by(head_id, shares_phone=False)

    async def household_of(self, owner_id: PersonId) -> Sequence[Person]:
        return await self._entered_by(owner_id, shares_phone=True)

    async def _entered_by(self, person_id: PersonId, *, shares_phone: bool) -> Sequence[Person]:
        rows = sa.select(Person).where(
            t.persons.c.entered_by == person_id,
            t.persons.c.shares_phone.is_(shares_phone),
            t.persons.c.erased_at.is_(None),
        )
        return (await self._session.scalars(rows.order_by(t.persons.c.id))).all()

    async def hand_over(
        self, neighbours: Collection[PersonId], head_id: PersonId | None, lent_by: PersonId | None = None
    ) -> None:
        now = {"entered_by": head_id, "lent_by": lent_by}
        await self._session.execute(sa.update(Person).where(t.persons.c.id.in_(list(neighbours))).values(now))
        await self._session.execute(
            sa.update(Question)
            .where(t.questions.c.asker_id.in_(list(neighbours)), t.questions.c.entered_by.is_not(None))
            .values(entered_by=head_id)
        )
        await self._session.execute(
            sa.update(Registration)
            .where(t.registrations.c.person_id.in_(list(neighbours)), t.registrations.c.entered_by.is_not(None))
            .values(entered_by=head_id)
        )

    async def lent_by(self, person_id: PersonId) -> Sequence[Person]:
        spoken_to = sa.select(t.accounts.c.person_id).where(t.accounts.c.person_id.is_not(None))
        rows = sa.select(Person).where(
            t.persons.c.lent_by == person_id, t.persons.c.erased_at.is_(None), t.persons.c.id.not_in(spoken_to)
        )
        return (await self._session.scalars(rows.order_by(t.persons.c.id))).all()

    async def without_head(self, hamlet_id: UnitId) -> Sequence[Person]:
        spoken_to = sa.select(t.accounts.c.person_id).where(t.accounts.c.person_id.is_not(None))
        rows = sa.select(Person).where(
            t.persons.c.hamlet_id == hamlet_id,
            t.persons.c.entered_by.is_(None),
            t.persons.c.erased_at.is_(None),
            t.persons.c.id.not_in(spoken_to),
        )
        return (await self._session.scalars(rows.order_by(t.persons.c.id))).all()

    async def _locked(self, statement: sa.Select[Thing]) -> Thing | None:
        rows = await self._session.scalars(statement.with_for_update().execution_options(populate_existing=True))
        return rows.one_or_none()

    async def holders(self, role: Role, unit: Unit) -> Sequence[Person]:
        return await self._holders.get((role, unit.path), lambda: self._holding(role, unit))

    async def _holding(self, role: Role, unit: Unit) -> Sequence[Person]:
        lineage = [int(part) for part in unit.path.split("/") if part]
        chats: dict[Person, list[Account]] = {}
        for person, chat in await self._session.execute(_holding(), {"role": role, "lineage": lineage}):
            chats.setdefault(person, []).extend([] if chat is None else [chat])
        self._chats.learn({person.id: reaching for person, reaching in chats.items()})
        return list(chats)

    async def at_desk(self, desk_id: DeskId) -> Sequence[Person]:
        return await self._in(
            sa.select(t.grants.c.person_id).where(t.grants.c.role == Role.OFFICIAL, t.grants.c.desk_id == desk_id)
        )

    async def at_desks(self, desk_ids: Iterable[DeskId]) -> dict[DeskId, Sequence[PersonId]]:
        at_desk = t.grants.c.role == Role.OFFICIAL, t.grants.c.desk_id.in_(list(desk_ids))
        rows = (await self._session.execute(_granted().where(*at_desk))).all()
        found: dict[DeskId, list[PersonId]] = {}
        for row in rows:
            found.setdefault(row.desk_id, []).append(row.person_id)
        return {desk_id: tuple(dict.fromkeys(people)) for desk_id, people in found.items()}

    async def holding(
        self, roles: Iterable[Role], units: Iterable[Unit]
    ) -> dict[tuple[Role, UnitId], Sequence[PersonId]]:
        below: dict[int, list[UnitId]] = {}
        for unit in units:
            for above in lineage_of(unit):
                below.setdefault(above, []).append(unit.id)
        rows = await self._granted_at(roles, below)
        found: dict[tuple[Role, UnitId], list[PersonId]] = {}
        for row in rows:
            for unit_id in below[row.unit_id]:
                found.setdefault((row.role, unit_id), []).append(row.person_id)
        return {key: tuple(dict.fromkeys(people)) for key, people in found.items()}

    async def standing_in(
        self, roles: Iterable[Role], units: Iterable[Unit]
    ) -> dict[tuple[Role, UnitId], Sequence[PersonId]]:
        wanted = tuple(roles)
        lineages = {unit.id: lineage_of(unit) for unit in units}
        asked = {role for one in wanted for role in (one, *STANDS_IN.get(one, ()))}
        rows = await self._granted_at(asked, set[UnitId]().union(*lineages.values()))
        held: dict[tuple[Role, UnitId], list[PersonId]] = {}
        for row in rows:
            held.setdefault((row.role, row.unit_id), []).append(row.person_id)
        told = {
            (role, unit_id): standing_in(role, lineage, held)
            for role in wanted
            for unit_id, lineage in lineages.items()
        }
        return {key: tuple(dict.fromkeys(people)) for key, people in told.items() if people}

    async def _granted_at(self, roles: Iterable[Role], units: Iterable[int]) -> Sequence[Any]:
        given = {"roles": list(roles), "units": list(units)}
        rows: Sequence[Any] = (await self._session.execute(_granted_at(), given)).all()
        return rows

    async def _in(self, ids: sa.Select[tuple[int]]) -> Sequence[Person]:
        return (await self._session.scalars(_living(ids))).all()

    async def add_invitation(self, invitation: Invitation) -> None:
        self._session.add(invitation)
        await self._session.flush()

    async def open_invitations_of(self, person_id: PersonId) -> Sequence[Invitation]:
        rows = await self._session.scalars(
            sa.select(Invitation)
            .where(t.invitations.c.created_by == person_id, t.invitations.c.used_at.is_(None))
            .order_by(t.invitations.c.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return rows.all()

    async def add_request(self, request: RoleRequest) -> None:
        self._session.add(request)
        await self._session.flush()

    async def request(self, request_id: int) -> RoleRequest | None:
        return await self._locked(sa.select(RoleRequest).where(t.role_requests.c.id == request_id))

    async def invitation_by_id(self, invitation_id: int) -> Invitation | None:
        return await self._locked(sa.select(Invitation).where(t.invitations.c.id == invitation_id))

    async def invitation(self, code_digest: str) -> Invitation | None:
        return await self._locked(sa.select(Invitation).where(t.invitations.c.code_digest == code_digest))
