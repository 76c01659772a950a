"""Whether who asks may speak in the room: their number in the order, or that they are registered to attend, or not."""

from collections.abc import Mapping

from intake.actions.meetings.speaking_order import order_of
from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import Meeting
from intake.rules.message import Term
from intake.rules.people.person import PersonId

NOT_REGISTERED = Term("speaks.not_registered")
"""Of everybody who is in no list of the meeting."""


async def rights_to_speak(uow: UnitOfWork, meeting: Meeting) -> Mapping[PersonId, Term]:
    """Of everybody with a seat; for whoever runs the room."""
    seated = {one.person_id: Term("speaks.attends") for one in await uow.meetings.registrations(meeting.id)}
    order = await order_of(uow, meeting)
    return seated | {one.person.id: Term("speaks.number", {"number": one.number}) for one in order}
