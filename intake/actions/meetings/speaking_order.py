"""Who speaks when at a meeting, and the chair's hand on it (R113–R115)."""

from dataclasses import dataclass

from intake.actions.meetings.fix_meeting import clean_reason
from intake.actions.meetings.seats import REGISTRATION_STATES, plan_of
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import (
    LIVE,
    Meeting,
    Registration,
    RegistrationId,
    RegistrationKind,
    told_content,
)
from intake.rules.meetings.speaking_order import (
    Wish,
    numbers_after_leaving,
    numbers_after_move,
    order_rule,
    speaking_order,
)
from intake.rules.message import Button, Message, Param
from intake.rules.people.permissions import holds, require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Topic, TopicId, Unit
from intake.rules.plan.profile_terms import SpeakingOrder


@dataclass(frozen=True, slots=True)
class Speaker:
    """One line of the order: the number, who, from where, about which topic."""

    number: int
    registration: Registration
    person: Person
    unit: Unit | None
    topic: Topic | None

    @property
    def content(self) -> str:
        """What they will speak about, as others may read it."""
        return told_content(self.registration, self.person)


async def rule_of(uow: UnitOfWork, meeting: Meeting) -> SpeakingOrder:
    """What decides the order at a meeting."""
    plan, profile = await plan_of(uow, meeting)
    return order_rule(profile, plan.decided.answers)


async def topics_to_speak_about(uow: UnitOfWork, meeting: Meeting) -> list[Topic]:
    """The main topics of the plan in its order, where they decide who speaks when; none elsewhere (R114)."""
    if await rule_of(uow, meeting) is not SpeakingOrder.REGISTERED_CONTENT:
        return []
    return [topic for topic in await uow.places.topics(meeting.unit_id) if topic.parent_id is None]


async def order_of(uow: UnitOfWork, meeting: Meeting) -> list[Speaker]:
    """Everybody who has a seat and registered to speak, in the order in force; for whoever may see the meeting."""
    registered = {one.id: one for one in await _speakers(uow, meeting)}
    order = await _order(uow, meeting, list(registered.values()))
    topics = {topic.id: topic for topic in await uow.places.topics(meeting.unit_id)}
    persons = await uow.people.many([one.person_id for one in registered.values()])
    ids = {one.unit_id for one in registered.values() if one.unit_id is not None}
    units = {unit_id: await uow.places.unit(unit_id) for unit_id in ids}
    speakers = []
    for number, wish in enumerate(order, 1):
        registration = registered[RegistrationId(wish.id)]
        unit = None if registration.unit_id is None else units[registration.unit_id]
        topic = None if registration.topic_id is None else topics.get(registration.topic_id)
        speakers.append(Speaker(number, registration, persons[registration.person_id], unit, topic))
    return speakers


async def move_speaker(uow: UnitOfWork, *, by: Person, registration_id: RegistrationId, to: int, reason: str) -> int:
    """Give a speaker the number `to`; for the chair, with a reason that is kept (R113). Returns the number got.

    Whom the chair has placed before stays where the list shows them; the speaker is told the new number.
    """
    reason = clean_reason(reason)
    meeting = await speaking_meeting(uow, by, registration_id, lock=True)
    registered = await _speakers(uow, meeting)
    order = await _order(uow, meeting, registered)
    if registration_id not in {wish.id for wish in order}:
        raise NotFound
    numbers = numbers_after_move(order, registration_id, to)
    before = [wish.id for wish in order].index(registration_id) + 1
    if numbers[registration_id] == before:
        raise RuleBroken("refusal.speaking_same", {"number": before})
    for one in registered:
        one.moved_to = numbers.get(one.id)
    moved = next(one for one in registered if one.id == registration_id)
    moved.moved_by, moved.moved_at, moved.moved_why = by.id, uow.now, reason
    number = numbers[registration_id]
    entry = AuditEntry(
        uow.now, by.id, "move_speaker", f"registration:{registration_id}", {"from": before, "to": number}
    )
    await uow.ledger.write(entry, words={"reason": reason})
    told: dict[str, Param] = {"title": meeting.title, "number": number}
    shows = ((Button(f"myturn.{meeting.id}", "speaking.see_button"),),)
    await tell(uow, [moved.person_id], Message("speaking.you_moved", told, shows))
    return number


async def leave_order(uow: UnitOfWork, meeting: Meeting, registration: Registration) -> None:
    """Close the ranks before somebody stops being a speaker with a seat; nothing for whoever is none."""
    registered = await _speakers(uow, meeting)
    if registration.id in {one.id for one in registered}:
        numbers = numbers_after_leaving(await _order(uow, meeting, registered), registration.id)
        for one in registered:
            one.moved_to = numbers.get(one.id)


async def set_speaking_topic(
    uow: UnitOfWork, *, by: Person, registration_id: RegistrationId, topic_id: TopicId
) -> Topic:
    """Say what somebody speaks about (R114): the person, the hamlet head who registered them, or the secretary."""
    known = await uow.rosters.registration(registration_id)
    meeting = await uow.meetings.get(known.meeting_id, lock=True)
    registration = await uow.rosters.registration(registration_id)
    unit = await uow.places.unit(meeting.unit_id)
    own = by.id in {registration.person_id, registration.entered_by}
    if not own and not holds(await uow.people.grants_of(by.id), Role.SECRETARY, unit):
        raise NotFound
    offered = {topic.id: topic for topic in await topics_to_speak_about(uow, meeting)}
    speaks = registration.state in LIVE and registration.kind is RegistrationKind.SPEAK
    if topic_id not in offered or not speaks or meeting.state not in REGISTRATION_STATES:
        raise NotFound
    registration.topic_id = topic_id
    await uow.ledger.write(
        AuditEntry(uow.now, by.id, "set_speaking_topic", f"registration:{registration.id}", {"topic": topic_id})
    )
    return offered[topic_id]


async def speaking_meeting(
    uow: UnitOfWork, by: Person, registration_id: RegistrationId, *, lock: bool = False
) -> Meeting:
    """The meeting of a speaker whom `by`, its chair, may move; `NotFound` for everybody else."""
    known = await uow.rosters.registration(registration_id)
    meeting = await uow.meetings.get(known.meeting_id, lock=lock)
    require(await uow.people.grants_of(by.id), (Role.CHAIR,), await uow.places.unit(meeting.unit_id))
    if meeting.state not in REGISTRATION_STATES:
        raise RuleBroken("refusal.meeting_over")
    return meeting


async def _speakers(uow: UnitOfWork, meeting: Meeting) -> list[Registration]:
    registered = await uow.meetings.registrations(meeting.id)
    return [one for one in registered if one.kind is RegistrationKind.SPEAK]


async def _order(uow: UnitOfWork, meeting: Meeting, speakers: list[Registration]) -> list[Wish]:
    places = {topic.id: place for place, topic in enumerate(await uow.places.topics(meeting.unit_id))}
    wishes = [
        Wish(
            one.id,
            one.registered_at,
            None if one.topic_id is None else places.get(one.topic_id),
            one.moved_to,
        )
        for one in speakers
    ]
    return speaking_order(wishes, await rule_of(uow, meeting))
