"""What everybody in the hall sees: the step, who speaks and who is next, how many questions are dealt with (R140–R149).

It stands on a wall before hundreds of people, and on phones at home: nobody is named who has not said so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.actions.meetings.counted_hands import HandsCount
from intake.actions.meetings.floor import floor_of
from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.meetings.run_sheet import SheetStep, sheet_of
from intake.actions.meetings.show_of_hands import hands_in_hall
from intake.actions.meetings.speaking_order import Speaker
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.meetings.meeting import LIVE, Meeting, MeetingId, MeetingState, RegistrationId, RegistrationKind
from intake.rules.people.consent import is_restricted
from intake.rules.people.permissions import require
from intake.rules.people.person import Person, Role
from intake.rules.people.unit import Unit
from intake.rules.questions.question import Question, QuestionState, RoomOutcome

NEXT_SHOWN = 2
SPEECH_MINUTES = (3, 5, 7, 10)
"""What the chair chooses from; none of them is a rule of any plan."""
_SHOWN_IN = frozenset({MeetingState.FIXED, MeetingState.OPEN, MeetingState.HELD})
_ANSWERED = (QuestionState.ANSWERED, QuestionState.CLOSED)
_ANSWERED_THERE = (RoomOutcome.ANSWERED, RoomOutcome.CLARIFIED)


@dataclass(frozen=True, slots=True)
class HallSpeaker:
    """Who speaks or is next: the number in the order, the place, the name where the person agreed, else empty.

    `until`: when the time the chair gives is over.
    """

    number: int
    place: str
    name: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class HallView:
    """A meeting as the hall sees it at this moment; `taken_on` are the questions that get their answer later."""

    meeting: Meeting
    unit: Unit
    step: SheetStep | None
    steps: int
    now: HallSpeaker | None
    upcoming: Sequence[HallSpeaker]
    received: int
    answered: int
    taken_on: int
    hands: HandsCount | None = None


async def hall_of(uow: UnitOfWork, meeting_id: MeetingId) -> HallView:
    """What the hall of a meeting shows; `NotFound` for one that has no day yet or was called off."""
    meeting = await uow.meetings.get(meeting_id)
    if meeting.state not in _SHOWN_IN:
        raise NotFound
    steps = await sheet_of(uow, meeting)
    floor = await floor_of(uow, meeting)
    asked = [one for one in await uow.questions.of_meeting(meeting.id) if one.state is not QuestionState.SEALED]
    answered = sum(_is_answered(one) for one in asked)
    until = None
    if floor.now is not None and floor.now.registration.called_at is not None and meeting.speech_minutes is not None:
        until = floor.now.registration.called_at + timedelta(minutes=meeting.speech_minutes)
    return HallView(
        meeting=meeting,
        unit=await uow.places.unit(meeting.unit_id),
        step=next((step for step in steps if step.done_at is None), None),
        steps=len(steps),
        now=None if floor.now is None else _shown(floor.now, until),
        upcoming=[_shown(one) for one in floor.upcoming[:NEXT_SHOWN]],
        received=len(asked),
        answered=answered,
        hands=await hands_in_hall(uow, meeting) if meeting.state is MeetingState.OPEN else None,
        taken_on=sum(not _is_answered(one) and one.room_outcome is not None for one in asked),
    )


def _is_answered(question: Question) -> bool:
    return question.state in _ANSWERED or question.room_outcome in _ANSWERED_THERE


def _shown(speaker: Speaker, until: datetime | None = None) -> HallSpeaker:
    place = "" if speaker.unit is None else speaker.unit.name
    named = speaker.registration.name_shown and not is_restricted(speaker.person)
    return HallSpeaker(speaker.number, place, speaker.person.name if named else "", until)


async def show_name(uow: UnitOfWork, *, by: Person, registration_id: RegistrationId, shown: bool) -> Meeting:
    """Say whether one's name may stand on the screen when one speaks; only the speaker does (LAW C5)."""
    registration = await uow.rosters.registration(registration_id)
    meeting = await uow.meetings.get(registration.meeting_id, lock=True)
    own = registration.person_id == by.id
    if not own or registration.kind is not RegistrationKind.SPEAK or registration.state not in LIVE:
        raise NotFound
    if meeting.state not in (MeetingState.PLANNED, MeetingState.FIXED, MeetingState.OPEN):
        raise RuleBroken("refusal.meeting_over")
    registration.name_shown = shown
    entry = AuditEntry(uow.now, by.id, "show_name", f"registration:{registration.id}", {"shown": shown})
    await uow.ledger.write(entry)
    return meeting


async def limit_speeches(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId, minutes: int | None) -> Meeting:
    """Let the screen show how long each speaker still has, or nothing of it; the chair chooses (R113)."""
    meeting = await meeting_in_unit(uow, by, meeting_id, lock=True)
    require(await uow.people.grants_of(by.id), (Role.CHAIR,), await uow.places.unit(meeting.unit_id))
    if minutes is not None and minutes not in SPEECH_MINUTES:
        raise NotFound
    if meeting.state not in (MeetingState.FIXED, MeetingState.OPEN):
        raise RuleBroken("refusal.meeting_over")
    meeting.speech_minutes = minutes
    entry = AuditEntry(uow.now, by.id, "limit_speeches", f"meeting:{meeting.id}", {"minutes": minutes})
    await uow.ledger.write(entry)
    return meeting
