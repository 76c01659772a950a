"""Shows of hands, and whose hands are up."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from intake.rules.meetings.meeting import MeetingId
from intake.rules.meetings.show_of_hands import Hand, HandsId, ShowOfHands
from intake.rules.people.person import PersonId
from storage import tables as t
from storage.lookup import found
from storage.transaction import Transaction


class HandsRows:
    """Questions put to a hall, and the hands."""

    def __init__(self, transaction: Transaction) -> None:
        self._session = transaction.session

    async def add(self, hands: ShowOfHands) -> ShowOfHands:
        self._session.add(hands)
        await self._session.flush()
        return hands

    async def get(self, hands_id: HandsId, *, lock: bool = False) -> ShowOfHands:
        row = await self._session.get(ShowOfHands, hands_id, with_for_update=lock or None, populate_existing=lock)
        return found(row)

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[ShowOfHands]:
        rows = sa.select(ShowOfHands).where(t.shows_of_hands.c.meeting_id == meeting_id)
        return (await self._session.scalars(rows.order_by(t.shows_of_hands.c.id))).all()

    async def put(self, hand: Hand) -> None:
        await self._session.merge(hand)
        await self._session.flush()

    async def up(self, hands_id: HandsId) -> Mapping[int, int]:
        rows = sa.select(t.hands.c.answer, sa.func.count()).where(t.hands.c.hands_id == hands_id)
        return {row[0]: row[1] for row in await self._session.execute(rows.group_by(t.hands.c.answer))}

    async def down(self, hands_id: HandsId) -> None:
        await self._session.execute(sa.delete(t.hands).where(t.hands.c.hands_id == hands_id))

    async def forget(self, person_id: PersonId) -> None:
        await self._session.execute(sa.delete(t.hands).where(t.hands.c.person_id == person_id))
