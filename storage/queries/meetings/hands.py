"""Shows of hands, and whose hands are up."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from intake.rules.meetings.meeting import MeetingId, RegistrationState
from intake.rules.meetings.show_of_hands import Hand, HandsId, PlaceHands, ShowOfHands
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
        rows = _of_the_seated(sa.select(t.hands.c.answer, sa.func.count()), hands_id).group_by(t.hands.c.answer)
        return {row[0]: row[1] for row in await self._session.execute(rows)}

    async def raised(self, hands_id: HandsId) -> Sequence[PersonId]:
        return (await self._session.scalars(_of_the_seated(sa.select(t.hands.c.person_id), hands_id))).all()

    async def put_at_place(self, counted: PlaceHands) -> None:
        await self._session.merge(counted)
        await self._session.flush()

    async def at_places(self, hands_id: HandsId) -> Sequence[PlaceHands]:
        rows = sa.select(PlaceHands).where(t.place_hands.c.hands_id == hands_id)
        return (await self._session.scalars(rows.order_by(t.place_hands.c.unit_id))).all()

    async def down(self, hands_id: HandsId) -> None:
        await self._session.execute(sa.delete(t.hands).where(t.hands.c.hands_id == hands_id))

    async def forget(self, person_id: PersonId) -> None:
        await self._session.execute(sa.delete(t.hands).where(t.hands.c.person_id == person_id))


def _of_the_seated(rows: sa.Select[Any], hands_id: HandsId) -> sa.Select[Any]:
    """Of those who hold a seat now: whoever gave theirs back, or was taken off the list, has no hand up any more."""
    return (
        rows.join(t.shows_of_hands, t.shows_of_hands.c.id == t.hands.c.hands_id)
        .join(
            t.registrations,
            sa.and_(
                t.registrations.c.meeting_id == t.shows_of_hands.c.meeting_id,
                t.registrations.c.person_id == t.hands.c.person_id,
                t.registrations.c.state == RegistrationState.STANDING,
            ),
        )
        .where(t.hands.c.hands_id == hands_id)
    )
