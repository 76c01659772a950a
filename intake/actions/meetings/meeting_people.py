"""Who has to hear when a meeting is fixed, moved or cancelled (R065)."""

from collections.abc import Iterable

from intake.actions.outbox.broadcast import start_broadcast
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.message import Message
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit
from intake.rules.questions.question import OPEN_STATES


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


async def involved_in(uow: UnitOfWork, meeting: Meeting) -> tuple[PersonId, ...]:
    """Those with a matter of their own in a meeting: who registered, seat or not, sent a question, or asked for it."""
    registered = await uow.meetings.registrations(meeting.id, waiting=True)
    involved = [registration.person_id for registration in registered]
    involved += [question.asker_id for question in await uow.questions.of_meeting(meeting.id)]
    involved += await uow.demands.asked_for(meeting.id)
    return tuple(dict.fromkeys(involved))


async def count_people_of(uow: UnitOfWork, meeting: Meeting) -> int:
    """How many people `tell_people_of` would tell."""
    involved = await involved_in(uow, meeting)
    hamlets = await uow.meetings.pushed_hamlets(meeting.id)
    return len(involved) + sum(part.people for part in await uow.broadcasts.audience(hamlets, left_out=involved))


async def tell_people_of(uow: UnitOfWork, meeting: Meeting, message: Message) -> int:
    """Tell them all once: the involved now, the people of hamlets that had a notice outside the quiet hours.

    Returns how many a chat reaches.
    """
    involved = await involved_in(uow, meeting)
    told = await tell(uow, involved, message)
    hamlets = await uow.meetings.pushed_hamlets(meeting.id)
    if not hamlets:
        return told
    started = await start_broadcast(
        uow,
        message,
        name=f"meeting:{meeting.id}:{uow.now.isoformat()}",
        unit_id=meeting.unit_id,
        hamlets=hamlets,
        left_out=involved,
    )
    return told + started.audience.by_chat


async def tell_office_of(
    uow: UnitOfWork, meeting: Meeting, message: Message, *, knows: Iterable[PersonId | None]
) -> None:
    """Tell those who work for a meeting: chairs, secretaries, the desks with open questions for it.

    Whoever `knows` already is left out, and who hears with the residents as one with a matter of their own.
    """
    unit = await uow.places.unit(meeting.unit_id)
    told = [one.id for role in (Role.CHAIR, Role.SECRETARY) for one in await uow.people.holders(role, unit)]
    questions = [one for one in await uow.questions.of_meeting(meeting.id) if one.state in OPEN_STATES]
    at_desks = await uow.people.at_desks({one.desk_id for one in questions if one.desk_id is not None})
    told += [official for officials in at_desks.values() for official in officials]
    left_out = {*knows, *await involved_in(uow, meeting)}
    await tell(uow, [one for one in told if one not in left_out], message)


async def hamlets_in_scope(uow: UnitOfWork, meeting: Meeting) -> tuple[Unit, ...]:
    """The places a meeting is for: the hamlets it lists, else every hamlet of its unit, else the unit itself."""
    listed = await uow.meetings.hamlets(meeting.id)
    return tuple(listed or await uow.places.hamlets(meeting.unit_id) or [await uow.places.unit(meeting.unit_id)])
