"""Codes that join two chats of one person, and the joining."""

from collections.abc import Sequence

import sqlalchemy as sa

from intake.rules.people.account_link import AccountLink
from intake.rules.people.person import PersonId
from storage import tables as t
from storage.transaction import Transaction


class LinkRows:
    """Codes by which a person joins chats, and what moves from one person to another when chats are joined."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, link: AccountLink) -> None:
        self._session.add(link)
        await self._session.flush()

    async def by_digest(self, code_digest: str) -> AccountLink | None:
        return await self._locked(t.account_links.c.code_digest == code_digest)

    async def get(self, link_id: int) -> AccountLink | None:
        return await self._locked(t.account_links.c.id == link_id)

    async def _locked(self, condition: sa.ColumnElement[bool]) -> AccountLink | None:
        rows = await self._session.scalars(
            sa.select(AccountLink).where(condition).with_for_update().execution_options(populate_existing=True)
        )
        return rows.one_or_none()

    async def open_of(self, person_id: PersonId) -> Sequence[AccountLink]:
        rows = await self._session.scalars(
            sa.select(AccountLink)
            .where(t.account_links.c.person_id == person_id, t.account_links.c.ended_at.is_(None))
            .order_by(t.account_links.c.id)
        )
        return rows.all()

    async def forget(self, person_id: PersonId) -> None:
        chats = sa.select(t.accounts.c.id).where(t.accounts.c.person_id == person_id)
        await self._session.execute(
            sa.delete(t.account_links).where(
                sa.or_(t.account_links.c.person_id == person_id, t.account_links.c.claimed_by.in_(chats))
            )
        )

    async def has_own(self, person_id: PersonId) -> bool:
        belongings = (
            t.questions.c.asker_id,
            t.questions.c.entered_by,
            t.registrations.c.person_id,
            t.registrations.c.entered_by,
            t.guests.c.person_id,
            t.grants.c.person_id,
            t.persons.c.entered_by,
        )
        found = [sa.exists().where(column == person_id) for column in belongings]
        return bool(await self._session.scalar(sa.select(sa.or_(*found))))

    async def hand_over(self, bare: PersonId, to: PersonId) -> None:
        await self.forget(bare)
        for column in (t.letters.c.person_id, t.accounts.c.person_id):
            await self._session.execute(sa.update(column.table).where(column == bare).values({column.name: to}))
