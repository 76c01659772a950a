"""Whoever sorts hears where words that somebody will speak about may accuse, though they were sent as a plain topic.

They see it in the speaking order too, as long as the words stand there.
"""

from collections.abc import Iterable

from intake.actions.outbox.tell import tell
from intake.actions.people.office import secretaries_of
from intake.actions.sealed.naming import nameable
from intake.ports import UnitOfWork
from intake.rules.meetings.meeting import Meeting, Registration, RegistrationId
from intake.rules.message import Message, button
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.sealed.named import Named, named_in, with_people
from intake.rules.sealed.risk import accuses, risk_of
from intake.rules.sealed.stand_ins import stand_ins

_MAY_SEAL = (Role.SECRETARY, Role.CHAIR)


async def hint_at_accusation(uow: UnitOfWork, registration: Registration, meeting: Meeting, person: Person) -> None:
    """Tell whoever can keep the words of a registration sealed that they may accuse somebody (LAW C4, R126).

    Once for a registration, without its words, and never whom the words may name: who stands in is told for them, or
    nobody where all that could seal it are named. What was written stays where it was sent until people decide.
    """
    if not may_accuse(registration):
        return
    told = [one for one in await _who_sorts(uow, registration, meeting, person) if one != registration.entered_by]
    params = {"reference": registration.reference, "title": meeting.title}
    opens = ((button("button.open", f"speaker.{registration.id}"),),)
    await tell(uow, told, Message("speech.may_accuse", params, opens), once=f"may-accuse:{registration.id}")


def may_accuse(registration: Registration) -> bool:
    """Whether what somebody registered to speak about may accuse; not what was sealed, nor what the office unmarked."""
    return not registration.unmarked and accuses(registration.content, risk_of(registration.content))


async def marked_for(
    uow: UnitOfWork, by: Person, meeting: Meeting, speakers: Iterable[tuple[Registration, Person]]
) -> frozenset[RegistrationId]:
    """Those registrations that are marked in lists for somebody of the office: whom the hint would be told of them."""
    unit = await uow.places.unit(meeting.unit_id)
    grants = await uow.people.grants_of(by.id)
    if not any(holds(grants, role, unit) for role in _MAY_SEAL):
        return frozenset()
    return frozenset(
        [
            registration.id
            for registration, person in speakers
            if may_accuse(registration) and not await _names(uow, by, registration, meeting, person)
        ]
    )


async def _names(uow: UnitOfWork, by: Person, registration: Registration, meeting: Meeting, person: Person) -> bool:
    """Whether the words may name this very person of the office, who is not pointed at them."""
    unit = await uow.places.unit(meeting.unit_id)
    named = await _named_in(uow, registration, meeting, person)
    if not named:
        return False
    held = await uow.people.grants_around(unit)
    return by.id not in stand_ins([with_people(one, held) for one in named], unit, held).lead


async def _who_sorts(uow: UnitOfWork, registration: Registration, meeting: Meeting, person: Person) -> list[PersonId]:
    unit = await uow.places.unit(meeting.unit_id)
    named = await _named_in(uow, registration, meeting, person)
    if not named:
        return list(await secretaries_of(uow, unit))
    held = await uow.people.grants_around(unit)
    lead = stand_ins([with_people(one, held) for one in named], unit, held).lead
    return [one for one in lead if any(holds(held[one], role, unit) for role in _MAY_SEAL)]


async def _named_in(uow: UnitOfWork, registration: Registration, meeting: Meeting, person: Person) -> tuple[Named, ...]:
    """Whom the words that somebody will speak about may name."""
    text = registration.content
    return named_in(text, await nameable(uow, meeting.unit_id, text, hamlet_id=person.hamlet_id, meeting_id=meeting.id))
