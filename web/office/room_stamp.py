"""What the page of a room in session shows, as a stamp: two that differ say that the page is to be fetched anew."""

import hashlib

from intake.actions.meetings.floor import floor_of
from intake.actions.meetings.run_sheet import sheet_of
from intake.actions.meetings.show_of_hands import hands_in_hall
from intake.actions.meetings.speaking_order import Speaker
from intake.ports import UnitOfWork
from intake.rules.errors import NotFound
from intake.rules.meetings.meeting import Meeting, MeetingId, MeetingState

FOLLOWED = frozenset({MeetingState.FIXED, MeetingState.OPEN})
"""The states in which the page of a room follows what happens there."""
_SIGNS = 16


async def stamp_of(uow: UnitOfWork, meeting: Meeting) -> str:
    """The stamp at this moment. It is the same for everybody, whatever of it they may read."""
    floor = await floor_of(uow, meeting)
    steps = await sheet_of(uow, meeting)
    questions = await uow.questions.of_meeting(meeting.id)
    registrations = await uow.meetings.registrations(meeting.id)
    hands = await hands_in_hall(uow, meeting)
    facts = (
        meeting.title,
        meeting.state.value,
        [_called(one) for one in (floor.now, *floor.upcoming, *floor.absent)],
        floor.done,
        [(step.title, step.done_at) for step in steps],
        [
            (one.id, one.state.value, one.room_outcome, one.desk_id, one.urgent, one.sensitive, one.text)
            for one in questions
        ],
        [one.present_at is not None for one in registrations],
        () if hands is None else (hands.hands.question, hands.is_open, list(hands.counts), hands.by_eye),
        meeting.speech_minutes,
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:_SIGNS]


async def stamp_to_follow(uow: UnitOfWork, meeting_id: MeetingId) -> str:
    """The same for a page that is open; `NotFound` once there is nothing more to follow."""
    meeting = await uow.meetings.get(meeting_id)
    if meeting.state not in FOLLOWED:
        raise NotFound
    return await stamp_of(uow, meeting)


def _called(speaker: Speaker | None) -> tuple[object, ...]:
    if speaker is None:
        return ()
    registration = speaker.registration
    return speaker.number, registration.id, speaker.person.name, registration.called_at, registration.absent_at
