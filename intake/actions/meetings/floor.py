"""Who has the floor: one speaker after the other in the order in force, from the secretary's or the chair's phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.speaking_order import Speaker, order_of
from intake.actions.outbox.tell import tell
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import ChangedMeanwhile, RuleBroken
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState, RegistrationId
from intake.rules.message import Message
from intake.rules.people.person import Person


@dataclass(frozen=True, slots=True)
class Floor:
    """Who speaks now, who comes next in order, who was called and was not there, how many have spoken and how long.

    `spoken` is the time the people have had so far (R029: their words come first).
    """

    now: Speaker | None
    upcoming: Sequence[Speaker]
    absent: Sequence[Speaker]
    done: int
    spoken: timedelta


async def floor_of(uow: UnitOfWork, meeting: Meeting) -> Floor:
    """The floor of a meeting at this moment."""
    speakers = await order_of(uow, meeting)
    called = [one for one in speakers if one.registration.called_at is not None]
    done = [one for one in called if one.registration.spoke_until is not None]
    turns = [(one.registration.called_at or uow.now, one.registration.spoke_until or uow.now) for one in called]
    waiting = [one for one in speakers if one not in called]
    return Floor(
        now=next((one for one in called if one not in done), None),
        upcoming=[one for one in waiting if one.registration.absent_at is None],
        absent=[one for one in waiting if one.registration.absent_at is not None],
        done=len(done),
        spoken=sum((until - since for since, until in turns), timedelta(0)),
    )


async def give_floor(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, registration_id: RegistrationId) -> Meeting:
    """Call a speaker who waits; whoever has the floor has finished with it. The one after is told to be ready.

    Who speaks is in the room, whether or not somebody ticked them off at the door.

    Naming whom one means, a second tap calls nobody else: it raises `ChangedMeanwhile`.
    """
    meeting = await _in_session(uow, by, meeting_id)
    floor = await floor_of(uow, meeting)
    speaker = next((one for one in (*floor.upcoming, *floor.absent) if one.registration.id == registration_id), None)
    if speaker is None:
        raise ChangedMeanwhile
    if floor.now is not None:
        floor.now.registration.spoke_until = uow.now
    speaker.registration.called_at, speaker.registration.absent_at = uow.now, None
    if speaker.registration.present_at is None:  # nobody at the door ticked them off, and they speak
        speaker.registration.present_at, speaker.registration.present_by = uow.now, by.id
    await _note(uow, by, "give_floor", speaker)
    await _tell(uow, speaker, Message("floor.your_turn", {"title": meeting.title}))
    ready = [one for one in floor.upcoming if one is not speaker][:1]
    for one in ready:
        await _tell(uow, one, Message("floor.be_ready", {"title": meeting.title}))
    return meeting


async def end_speech(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> Meeting:
    """Note that whoever has the floor has finished, without calling the next."""
    meeting = await _in_session(uow, by, meeting_id)
    floor = await floor_of(uow, meeting)
    if floor.now is None:
        raise ChangedMeanwhile
    floor.now.registration.spoke_until = uow.now
    await _note(uow, by, "end_speech", floor.now)
    return meeting


async def pass_over(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, registration_id: RegistrationId) -> Meeting:
    """Note that the next speaker is not in the room; called later all the same, when somebody sees them come in."""
    meeting = await _in_session(uow, by, meeting_id)
    floor = await floor_of(uow, meeting)
    speaker = next((one for one in floor.upcoming if one.registration.id == registration_id), None)
    if speaker is None:
        raise ChangedMeanwhile
    speaker.registration.absent_at = uow.now
    await _note(uow, by, "pass_over", speaker)
    return meeting


async def _in_session(uow: UnitOfWork, by: Person, meeting_id: MeetingId) -> Meeting:
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    if meeting.state is not MeetingState.OPEN:
        raise RuleBroken("refusal.meeting_not_open")
    return meeting


async def _tell(uow: UnitOfWork, speaker: Speaker, message: Message) -> None:
    """To the speaker's own chat only: a neighbour without one sits in the room and hears it there."""
    if await uow.accounts.of([speaker.person.id]):
        await tell(uow, [speaker.person.id], message, relay=False)


async def _note(uow: UnitOfWork, by: Person, act: str, speaker: Speaker) -> None:
    subject = f"registration:{speaker.registration.id}"
    await uow.ledger.write(AuditEntry(uow.now, by.id, act, subject, {"number": speaker.number}))
