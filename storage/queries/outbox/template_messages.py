"""Letters that wait for somebody's return, and the template messages that are to go for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Network, PersonId
from storage import tables as t
from storage.queries.outbox.letters import CONTENT, WITH_BROADCAST
from storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class DueTemplateMessage:
    """A letter that a template message is to go for: where to, and what may be said of it.

    `owner_id` is whose chat it is; `reference` and `unit_name` are those of the letter's question, if it has one.
    """

    letter_id: int
    address: str
    owner_id: PersonId | None
    phone_sealed: str | None
    language: str
    content: dict[str, Any]
    created_at: datetime
    reference: str | None
    unit_name: str | None
    attempts: int


class TemplateMessageRows:
    """Template messages of one channel, for its relay."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def due(self, network: Network, channel: str, now: datetime, limit: int) -> Sequence[DueTemplateMessage]:
        """At most `limit` template messages of a channel that are to go out now, the oldest first."""
        rows = await self._session.execute(
            sa.select(
                t.letters.c.id,
                t.accounts.c.address,
                t.accounts.c.person_id,
                t.persons.c.phone_sealed,
                t.persons.c.language,
                CONTENT,
                t.letters.c.created_at,
                t.questions.c.reference,
                t.units.c.name,
                t.letters.c.attempts,
            )
            .select_from(WITH_BROADCAST)
            .join(t.accounts, t.accounts.c.id == t.letters.c.account_id)
            .outerjoin(t.persons, t.persons.c.id == t.accounts.c.person_id)
            .outerjoin(t.questions, t.questions.c.id == t.letters.c.question_id)
            .outerjoin(t.units, t.units.c.id == t.questions.c.unit_id)
            .where(
                t.letters.c.ring_at.is_not(None),
                t.letters.c.ring_at <= now,
                t.letters.c.state == LetterState.ON_RETURN,
                t.accounts.c.network == network,
                t.accounts.c.channel == channel,
            )
            .order_by(t.letters.c.ring_at, t.letters.c.id)
            .limit(limit)
        )
        return [
            DueTemplateMessage(
                letter_id=row.id,
                address=row.address,
                owner_id=row.person_id,
                phone_sealed=row.phone_sealed,
                language=row.language or "vi",
                content=row.content,
                created_at=row.created_at,
                reference=row.reference,
                unit_name=row.name,
                attempts=row.attempts,
            )
            for row in rows
        ]

    async def mark_sent(self, letter_id: int, at: datetime) -> None:
        """Note that a template message went."""
        await self._change(letter_id, ring_at=None, rung_at=at)

    async def put_off(self, letter_id: int, until: datetime) -> None:
        """Note a failed try: again at that moment."""
        await self._change(letter_id, ring_at=until, attempts=t.letters.c.attempts + 1)

    async def give_up(self, letter_id: int, failure: str) -> None:
        """Note that none will go; the letter waits without."""
        await self._change(letter_id, ring_at=None, failure=failure[:200])

    async def _change(self, letter_id: int, **values: Any) -> None:
        await self._session.execute(sa.update(t.letters).where(t.letters.c.id == letter_id).values(**values))
