"""Copies of one's own data, and what is looked up for them alone."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from intake.rules.meetings.show_of_hands import Hand, ShowOfHands
from intake.rules.outbox.letter import Letter, LetterState
from intake.rules.people.block import Block
from intake.rules.people.data_copy import DataCopy
from intake.rules.people.deputy import Deputy
from intake.rules.people.person import AccountId, EndedGrant, PersonId
from intake.rules.questions.answer_draft import AnswerDraft
from storage import tables as t
from storage.transaction import Transaction

_NOT_TOLD = (LetterState.WAITING, LetterState.ON_RETURN, LetterState.IN_PERSON, LetterState.QUARANTINED)


class OwnCopyRows:
    """What is kept of a person, and the copies made of it."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, copy: DataCopy) -> None:
        self._session.add(copy)
        await self._session.flush()

    async def waiting_letters(self, person_id: PersonId) -> Sequence[Letter]:
        rows = sa.select(Letter).where(t.letters.c.person_id == person_id, t.letters.c.state.in_(_NOT_TOLD))
        return (await self._session.scalars(rows.order_by(t.letters.c.id))).all()

    async def chat_lines(self, account_ids: Collection[AccountId]) -> Sequence[tuple[datetime, Mapping[str, Any]]]:
        lines = t.web_messages.c
        rows = await self._session.execute(
            sa.select(lines.at, sa.cast(lines.said, sa.Text))
            .where(lines.account_id.in_(list(account_ids)))
            .order_by(lines.id)
        )
        return [(row[0], said) for row in rows if isinstance(said := json.loads(row[1]), dict)]

    async def blocks(self, person_id: PersonId) -> Sequence[Block]:
        rows = sa.select(Block).where(t.blocks.c.person_id == person_id).order_by(t.blocks.c.id)
        return (await self._session.scalars(rows)).all()

    async def ended_roles(self, person_id: PersonId) -> Sequence[EndedGrant]:
        rows = sa.select(EndedGrant).where(t.ended_grants.c.person_id == person_id).order_by(t.ended_grants.c.id)
        return (await self._session.scalars(rows)).all()

    async def drafts(self, person_id: PersonId) -> Sequence[AnswerDraft]:
        rows = sa.select(AnswerDraft).where(t.answer_drafts.c.person_id == person_id)
        return (await self._session.scalars(rows.order_by(t.answer_drafts.c.question_id))).all()

    async def typing(self, account_ids: Collection[AccountId]) -> Sequence[tuple[AccountId, Mapping[str, Any]]]:
        stands = t.conversations.c
        rows = sa.select(stands.account_id, stands.draft).where(stands.account_id.in_(list(account_ids)))
        return [(row[0], row[1]) for row in await self._session.execute(rows.order_by(stands.account_id))]

    async def deputies(self, person_id: PersonId) -> Sequence[Deputy]:
        named = t.deputies.c
        rows = sa.select(Deputy).where(sa.or_(named.deputy_id == person_id, named.chair_id == person_id))
        return (await self._session.scalars(rows.order_by(named.id))).all()

    async def hands(self, person_id: PersonId) -> Sequence[tuple[ShowOfHands, Hand]]:
        rows = await self._session.execute(
            sa.select(ShowOfHands, Hand)
            .join(Hand, t.hands.c.hands_id == t.shows_of_hands.c.id)
            .where(t.hands.c.person_id == person_id)
            .order_by(t.shows_of_hands.c.id)
        )
        return [(row[0], row[1]) for row in rows]
