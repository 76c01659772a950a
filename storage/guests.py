"""Those invited to meetings."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from intake.rules.meetings.guest import Guest, GuestId
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from storage import tables as t
from storage.lookup import found


class GuestRows:
    """Guests, found by their meeting or by who they are to the bot."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, guest: Guest) -> Guest:
        """See `Guests.add`."""
        self._session.add(guest)
        await self._session.flush()
        return guest

    async def get(self, guest_id: GuestId, *, lock: bool = False) -> Guest:
        """See `Guests.get`."""
        return found(await self._session.get(Guest, guest_id, with_for_update=lock or None, populate_existing=lock))

    async def of_meeting(self, meeting_id: MeetingId) -> Sequence[Guest]:
        """See `Guests.of_meeting`."""
        rows = sa.select(Guest).where(t.guests.c.meeting_id == meeting_id).order_by(t.guests.c.id)
        return (await self._session.scalars(rows)).all()

    async def of_person(self, person_id: PersonId) -> Sequence[Guest]:
        """See `Guests.of_person`."""
        rows = sa.select(Guest).where(t.guests.c.person_id == person_id).order_by(t.guests.c.id)
        return (await self._session.scalars(rows)).all()

    async def remove(self, guest: Guest) -> None:
        """See `Guests.remove`."""
        await self._session.delete(guest)
        await self._session.flush()
