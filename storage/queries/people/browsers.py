"""Browsers that ask to be let in to the desk, and those in which somebody sits there."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, cast

import sqlalchemy as sa

from intake.rules.people.office_session import ConfirmedAct, OfficeConfirmation, OfficeEntry, OfficeSession
from intake.rules.people.person import Person, PersonId
from storage import tables as t
from storage.transaction import Transaction


@cache
def _session_by_token() -> sa.Select[OfficeSession, Person]:
    """Asked for with every page, so it is built once."""
    both = sa.select(OfficeSession, Person).join(Person, t.persons.c.id == t.office_sessions.c.person_id)
    return both.where(t.office_sessions.c.token_digest == sa.bindparam("token"))


class BrowserRows:
    """What opens the desk, by the digests of codes and secrets."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session
        self._now = transaction.now

    async def asking(self) -> int:
        counted = sa.select(sa.func.count()).select_from(t.office_entries).where(*self._open())
        return int(await self._session.scalar(counted) or 0)

    async def add_entry(self, entry: OfficeEntry) -> None:
        self._session.add(entry)
        await self._session.flush()

    async def entry(self, entry_id: int) -> OfficeEntry | None:
        return await self._entry(t.office_entries.c.id == entry_id)

    async def entry_by_code(self, code_digest: str) -> OfficeEntry | None:
        return await self._entry(t.office_entries.c.code_digest == code_digest, *self._open())

    async def entry_by_token(self, token_digest: str) -> OfficeEntry | None:
        return await self._entry(t.office_entries.c.token_digest == token_digest)

    def _open(self) -> tuple[sa.ColumnElement[bool], ...]:
        return (t.office_entries.c.ended_at.is_(None), t.office_entries.c.expires_at > self._now)

    async def _entry(self, *conditions: sa.ColumnElement[bool]) -> OfficeEntry | None:
        rows = await self._session.scalars(sa.select(OfficeEntry).where(*conditions).with_for_update())
        return rows.first()

    async def add_session(self, session: OfficeSession) -> None:
        self._session.add(session)
        await self._session.flush()

    async def session_by_token(self, token_digest: str) -> tuple[OfficeSession, Person] | None:
        found = (await self._session.execute(_session_by_token(), {"token": token_digest})).one_or_none()
        return None if found is None else (found[0], found[1])

    async def open_sessions(self, person_id: PersonId) -> Sequence[OfficeSession]:
        rows = (
            sa.select(OfficeSession)
            .where(t.office_sessions.c.person_id == person_id, t.office_sessions.c.ended_at.is_(None))
            .order_by(t.office_sessions.c.id.desc())
        )
        return (await self._session.scalars(rows)).all()

    async def sessions(self, session_ids: Iterable[int]) -> Sequence[OfficeSession]:
        rows = sa.select(OfficeSession).where(t.office_sessions.c.id.in_(list(session_ids)))
        return (await self._session.scalars(rows)).all()

    async def session(self, session_id: int) -> OfficeSession | None:
        return await self._session.get(OfficeSession, session_id)

    async def add_confirmation(self, confirmation: OfficeConfirmation) -> None:
        self._session.add(confirmation)
        await self._session.flush()

    async def confirmation(self, number: int) -> OfficeConfirmation | None:
        return await self._session.get(OfficeConfirmation, number, with_for_update=True, populate_existing=True)

    async def last_confirmation(self, session_id: int, act: ConfirmedAct) -> OfficeConfirmation | None:
        c = t.office_confirmations.c
        rows = sa.select(OfficeConfirmation).where(c.session_id == session_id, c.act == act)
        return (await self._session.scalars(rows.order_by(c.id.desc()).limit(1).with_for_update())).first()

    async def prune(self, before: datetime) -> int:
        old = sa.select(t.office_sessions.c.id).where(t.office_sessions.c.opened_at < before)
        asked = t.office_confirmations
        await self._session.execute(sa.delete(asked).where(asked.c.session_id.in_(old)))
        gone = [
            await self._session.execute(sa.delete(column.table).where(column < before))
            for column in (t.office_entries.c.asked_at, t.office_sessions.c.opened_at)
        ]
        return sum(cast("sa.CursorResult[Any]", one).rowcount for one in gone)
