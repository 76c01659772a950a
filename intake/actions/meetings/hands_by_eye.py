"""The hands of people without a phone: a hamlet head counts those of the own hamlet, the office those of the hall.

Everybody who is registered counts once: phones and what was counted by eye are together never more than they are.
"""

from collections.abc import Sequence

from intake.actions.meetings.check_in import doors_today
from intake.actions.meetings.counted_hands import HandsCount, counted
from intake.actions.meetings.meeting_people import hamlets_in_scope
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingState
from intake.rules.meetings.show_of_hands import HandsId, PlaceHands, ShowOfHands
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit, UnitId


async def places_to_count(uow: UnitOfWork, by: Person, meeting: Meeting) -> tuple[Unit, ...]:
    """Where somebody counts hands: the office in the whole hall, which is the meeting's unit, a head in own hamlets."""
    grants = await uow.people.grants_of(by.id)
    unit = await uow.places.unit(meeting.unit_id)
    if any(holds(grants, role, unit) for role in (Role.SECRETARY, Role.CHAIR)):
        return (unit,)
    heads = {grant.unit_id for grant in grants if grant.role is Role.HAMLET_HEAD}
    return tuple(one for one in await hamlets_in_scope(uow, meeting) if one.id in heads)


async def hands_to_count(uow: UnitOfWork, by: Person) -> list[tuple[ShowOfHands, Unit]]:
    """What hands are up for right now, with each place at which somebody counts them."""
    return [
        (one, place)
        for meeting in await doors_today(uow, by)
        if meeting.state is MeetingState.OPEN
        for one in await uow.hands.of_meeting(meeting.id)
        if one.counted_at is None
        for place in await places_to_count(uow, by, meeting)
    ]


async def place_of_hands(uow: UnitOfWork, by: Person, hands_id: HandsId, place_id: UnitId) -> tuple[ShowOfHands, Unit]:
    """A show of hands (locked) and a place of it; `NotFound` for whoever does not count there."""
    hands = await uow.hands.get(hands_id, lock=True)
    meeting = await uow.meetings.get(hands.meeting_id)
    place = next((one for one in await places_to_count(uow, by, meeting) if one.id == place_id), None)
    if place is None:
        raise NotFound
    return hands, place


async def enter_hands(
    uow: UnitOfWork, *, by: Person, hands_id: HandsId, place_id: UnitId, counts: Sequence[int]
) -> HandsCount:
    """Enter how many hands of people without a phone are up for each answer at a place, instead of what stood there.

    `RuleBroken` once hands are counted, and for more hands than people of the place are registered and not counted yet.
    """
    hands, place = await place_of_hands(uow, by, hands_id, place_id)
    if len(counts) != len(hands.answers) or min(counts) < 0:
        raise NotFound
    if hands.counted_at is not None:
        raise RuleBroken("refusal.hands_counted")
    left = await hands_left(uow, hands, place.id, anew=True)
    if sum(counts) > left:
        raise RuleBroken("refusal.hands_too_many", {"place": place.name, "left": max(0, left)})
    await uow.hands.put_at_place(PlaceHands(hands.id, place.id, list(counts), uow.now))
    detail = {"meeting": hands.meeting_id, "place": place.id, "counts": list(counts)}
    await uow.ledger.write(AuditEntry(uow.now, by.id, "enter_hands", f"hands:{hands.id}", detail))
    return await counted(uow, hands)


async def hands_left(uow: UnitOfWork, hands: ShowOfHands, place_id: UnitId | None, *, anew: bool = False) -> int:
    """How many of the registered of a place nobody has counted yet, neither their phone nor anybody's eye.

    The place is a hamlet; for all others it is the whole hall. `anew`: what was entered there is about to be replaced.
    """
    registered = await uow.meetings.registrations(hands.meeting_id)
    raised = set(await uow.hands.raised(hands.id))
    entered = {
        one.unit_id: sum(one.counts)
        for one in await uow.hands.at_places(hands.id)
        if not (anew and one.unit_id == place_id)
    }
    left = len(registered) - len(raised) - sum(entered.values())
    there = [one.person_id for one in registered if one.unit_id == place_id]
    meeting = await uow.meetings.get(hands.meeting_id)
    if place_id is None or place_id == meeting.unit_id:
        return left
    return min(left, sum(one not in raised for one in there) - entered.get(place_id, 0))
