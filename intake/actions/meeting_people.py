"""Who has to hear when a meeting is fixed, moved or cancelled (R065)."""

from dataclasses import dataclass

from intake.actions.tell import tell
from intake.ports import UnitOfWork
from intake.rules.letter import Priority
from intake.rules.meeting import Meeting, MeetingId
from intake.rules.message import Message
from intake.rules.permissions import require
from intake.rules.person import Person, PersonId, Role
from intake.rules.unit import Unit


@dataclass(frozen=True, slots=True)
class MeetingPeople:
    """Those with a matter of their own in the meeting, and those who only had its notice; nobody is in both."""

    involved: tuple[PersonId, ...]
    noticed: tuple[PersonId, ...]


async def secretary_meeting(uow: UnitOfWork, by: Person, meeting_id: MeetingId, *, lock: bool = True) -> Meeting:
    """The meeting, held for a change; `NotFound` unless `by` is a secretary of its unit."""
    return await office_meeting(uow, by, meeting_id, Role.SECRETARY, lock=lock)


async def office_meeting(
    uow: UnitOfWork, by: Person, meeting_id: MeetingId, *roles: Role, lock: bool = True
) -> Meeting:
    """The meeting, held for a change; `NotFound` unless `by` holds one of the roles in its unit."""
    meeting = await uow.meetings.get(meeting_id, lock=lock)
    unit = await uow.places.unit(meeting.unit_id)
    require(await uow.people.grants_of(by.id), roles, unit)
    return meeting


async def people_of(uow: UnitOfWork, meeting: Meeting) -> MeetingPeople:
    """Whoever registered, with a seat or not, or sent a question; and the residents of hamlets that had a notice."""
    registered = await uow.meetings.registrations(meeting.id, waiting=True)
    involved = [registration.person_id for registration in registered]
    involved += [question.asker_id for question in await uow.questions.of_meeting(meeting.id)]
    noticed: list[PersonId] = []
    for hamlet_id in await uow.meetings.pushed_hamlets(meeting.id):
        noticed += [resident.id for resident in await uow.people.residents_of(hamlet_id)]
    first = dict.fromkeys(involved)
    return MeetingPeople(tuple(first), tuple(one for one in dict.fromkeys(noticed) if one not in first))


async def tell_people_of(uow: UnitOfWork, meeting: Meeting, message: Message) -> int:
    """Tell them all once: the involved now, the others outside the quiet hours. Returns how many a chat reaches."""
    people = await people_of(uow, meeting)
    return await tell(uow, people.involved, message) + await tell(
        uow, people.noticed, message, priority=Priority.BULK, relay=False
    )


async def hamlets_in_scope(uow: UnitOfWork, meeting: Meeting) -> tuple[Unit, ...]:
    """The hamlets a meeting is for: those it lists, else every hamlet of its unit."""
    listed = await uow.meetings.hamlets(meeting.id)
    return tuple(listed or await uow.places.hamlets(meeting.unit_id))
