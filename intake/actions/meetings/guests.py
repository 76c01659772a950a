"""The list of those invited to a meeting (R051): kept by the secretary, group by group as the plan names them."""

from collections.abc import Sequence
from dataclasses import dataclass

from intake.actions.meetings.invite_guests import guest_message, person_by_phone
from intake.actions.meetings.meeting_people import office_meeting
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.guest import Guest, GuestId, GuestLine, groups_of, read_guests
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState
from intake.rules.people.person import Person, PersonId, Role
from intake.rules.people.unit import Unit
from intake.rules.text import fold, known_as_one

_STAFF = (Role.CHAIR, Role.OFFICIAL, Role.SECRETARY, Role.SUPERVISOR)
"""Whose holders are offered to be invited with one tap."""

Group = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class GuestList:
    """A meeting, the groups its guests may be in, and the guests in the order they were added."""

    meeting: Meeting
    groups: tuple[Group, ...]
    guests: Sequence[Guest]


@dataclass(frozen=True, slots=True)
class Added:
    """Who was added, how many stood on the list already, and the lines that are wrong and were not taken.

    `namesakes` are those of `guests` whose name somebody on the list has already, each with that one.
    """

    guests: tuple[Guest, ...]
    known: int
    wrong: tuple[GuestLine, ...]
    namesakes: tuple[tuple[Guest, Guest], ...]


async def guest_list(uow: UnitOfWork, by: Person, meeting_id: MeetingId) -> GuestList:
    """The list of a meeting, for its secretaries and chairs; `NotFound` for all others."""
    meeting = await office_meeting(uow, by, meeting_id, Role.SECRETARY, Role.CHAIR, lock=False)
    plan = await uow.plans.get(meeting.plan_id)
    groups = groups_of(plan.decided.profile.guests)
    return GuestList(meeting, groups, await uow.guests.of_meeting(meeting.id))


async def add_guests(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, group: Group, typed: str) -> Added:
    """Add the guests of a typed list to a group; nothing is sent yet.

    Who is known to the bot by a proven phone number is found by it. A name and office that stand there already are
    left out, unless their numbers say that they are two.
    """
    meeting = await _changeable(uow, by, meeting_id)
    read = read_guests(typed)
    lines = [line for line in read if not line.wrong]
    there = list(await uow.guests.of_meeting(meeting.id))
    added: list[Guest] = []
    namesakes: list[tuple[Guest, Guest]] = []
    for line in lines:
        index = uow.vault.index(line.phone) if line.phone else None
        of_that_name = [one for one in there if known_as_one(one.name, line.name)]
        if any(_is_that_one(one, line, index) for one in of_that_name):
            continue
        guest = Guest(meeting.id, *group, line.name, line.office, by.id)
        there.append(guest)
        namesakes += [(guest, one) for one in of_that_name[:1]]
        if line.phone:
            guest.phone_sealed, guest.phone_index = uow.vault.seal(line.phone), index
            guest.person_id = await person_by_phone(uow, guest)
        added.append(await uow.guests.add(guest))
    if added:
        await _note(uow, by, "add_guests", meeting, guests=len(added))
    wrong = tuple(line for line in read if line.wrong)
    return Added(tuple(added), len(lines) - len(added), wrong, tuple(namesakes))


async def add_colleague(
    uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, group: Group, person_id: PersonId
) -> Guest:
    """Add somebody of the unit's own office, who is known to the bot; `NotFound` for anybody else."""
    meeting = await _changeable(uow, by, meeting_id)
    unit = await uow.places.unit(meeting.unit_id)
    for person, office in await colleagues(uow, unit, await uow.guests.of_meeting(meeting.id)):
        if person.id == person_id:
            guest = await uow.guests.add(Guest(meeting.id, *group, person.name, office, by.id, person_id=person.id))
            await _note(uow, by, "add_guests", meeting, guests=1)
            return guest
    raise NotFound


async def colleagues(uow: UnitOfWork, unit: Unit, guests: Sequence[Guest]) -> list[tuple[Person, str]]:
    """The people of a unit's office who are not on the list yet, each with the desk or unit they belong to."""
    listed = {guest.person_id for guest in guests}
    found: dict[PersonId, tuple[Person, str]] = {}
    for role in _STAFF:
        for person in await uow.people.holders(role, unit):
            if person.id not in listed and person.id not in found:
                found[person.id] = (person, await _office_of(uow, person, unit))
    return list(found.values())


async def _office_of(uow: UnitOfWork, person: Person, unit: Unit) -> str:
    desks = [grant.desk_id for grant in await uow.people.grants_of(person.id) if grant.desk_id is not None]
    return (await uow.places.desk(desks[0])).name if desks else unit.name


async def remove_guest(uow: UnitOfWork, *, by: Person, guest_id: GuestId) -> Guest:
    """Take somebody off the list; whoever has the invitation already is told."""
    guest = await uow.guests.get(guest_id, lock=True)
    meeting = await _changeable(uow, by, guest.meeting_id)
    if guest.invited_at is not None and guest.person_id is not None:
        await tell(uow, [guest.person_id], guest_message("guest.taken_off", meeting, guest, buttons=False))
    await uow.guests.remove(guest)
    await _note(uow, by, "remove_guest", meeting, guest=guest.id)
    return guest


async def _changeable(uow: UnitOfWork, by: Person, meeting_id: MeetingId) -> Meeting:
    meeting = await office_meeting(uow, by, meeting_id, Role.SECRETARY)
    if meeting.state in (MeetingState.HELD, MeetingState.CANCELLED):
        raise RuleBroken("refusal.meeting_over")
    return meeting


def _is_that_one(guest: Guest, line: GuestLine, index: str | None) -> bool:
    """Whether a line names a guest of the same name once more: the same office, and no two different numbers."""
    two_numbers = None not in (guest.phone_index, index) and guest.phone_index != index
    return fold(guest.office) == fold(line.office) and not two_numbers


async def _note(uow: UnitOfWork, by: Person, act: str, meeting: Meeting, **detail: int) -> None:
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, f"meeting:{meeting.id}", detail))
