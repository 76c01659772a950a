"""Whom the clocks of a batch concern: everything looked up at once, so that the sweep costs the same few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from intake.ports import UnitOfWork
from intake.rules.deadline import AwakeClock, Clock
from intake.rules.meeting import Meeting, MeetingId, MeetingState
from intake.rules.message import Term
from intake.rules.person import PersonId, Role
from intake.rules.question import OPEN_STATES, QuestionBrief, QuestionId
from intake.rules.reminder_message import Subject
from intake.rules.reminders import Audience
from intake.rules.unit import Desk, DeskId, Unit, UnitId

_HELD_BY = {
    Audience.SECRETARY: Role.SECRETARY,
    Audience.CHAIR: Role.CHAIR,
    Audience.SUPERVISOR: Role.SUPERVISOR,
}
_OVER = (MeetingState.HELD, MeetingState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a clock runs for: a question, or else a meeting; and the unit it belongs to."""

    unit: Unit
    question: QuestionBrief | None = None
    meeting: Meeting | None = None

    @property
    def owed(self) -> bool:
        """Whether the clock still means something: the question is open, the meeting is not over."""
        if self.question is not None:
            return self.question.state in OPEN_STATES
        return self.meeting is not None and self.meeting.state not in _OVER

    def alert_subject(self, clock: Clock | AwakeClock) -> str:
        """What alerts are counted under: a question has one count, a meeting one for each kind of clock."""
        if self.question is not None:
            return f"question:{self.question.id}"
        return f"meeting:{clock.meeting_id}:{clock.kind}"


@dataclass(frozen=True, slots=True)
class Lookup:
    """The questions, meetings, desks and people of a batch of clocks."""

    questions: Mapping[QuestionId, QuestionBrief]
    meetings: Mapping[MeetingId, Meeting]
    units: Mapping[UnitId, Unit]
    desks: Mapping[DeskId, Desk]
    officials: Mapping[DeskId, Sequence[PersonId]]
    holders: Mapping[tuple[Role, UnitId], Sequence[PersonId]]

    def matter(self, clock: Clock | AwakeClock) -> Matter | None:
        """What the clock runs for; None when its question is being changed by somebody at this moment."""
        question = None if clock.question_id is None else self.questions.get(clock.question_id)
        if question is not None:
            return Matter(self.units[question.unit_id], question=question)
        if clock.question_id is not None or clock.meeting_id is None:
            return None
        meeting = self.meetings[clock.meeting_id]
        return Matter(self.units[meeting.unit_id], meeting=meeting)

    def subject(self, matter: Matter) -> Subject:
        """The matter in words; a question that lies on no desk is the secretary's."""
        question = matter.question
        if question is None:
            return Subject("" if matter.meeting is None else matter.meeting.title, None, None)
        desk = None if question.desk_id is None else self.desks[question.desk_id].name
        return Subject(question.reference, desk or Term("remind.no_desk", {"unit": matter.unit.name}), question.id)

    def recipients(self, matter: Matter, audience: Audience) -> Iterable[tuple[PersonId, Audience]]:
        """Who is told, and as what: where a desk has nobody, or there is no desk yet, the secretary stands in."""
        question = matter.question
        match audience:
            case Audience.ASKER:
                return () if question is None else ((question.asker_id, audience),)
            case Audience.DESK:
                desk_id = None if question is None else question.desk_id
                officials = () if desk_id is None else self.officials.get(desk_id, ())
                if not officials:
                    return self.recipients(matter, Audience.SECRETARY)
                return ((person_id, audience) for person_id in officials)
            case _:
                held = self.holders.get((_HELD_BY[audience], matter.unit.id), ())
                return ((person_id, audience) for person_id in held)


async def look_up(uow: UnitOfWork, clocks: Sequence[Clock | AwakeClock]) -> Lookup:
    """Everything the alerts of these clocks need, one query for each kind of thing; the questions are locked.

    Whoever is changing a question holds it first and its clocks afterwards; a sweep holds the clocks first. So it does
    not wait for questions: those being changed are left out, and their clocks stay awake for the next sweep.
    """
    questions = await uow.questions.at_rest({clock.question_id for clock in clocks if clock.question_id is not None})
    meetings = await uow.meetings.many(
        {clock.meeting_id for clock in clocks if clock.meeting_id is not None and clock.question_id is None}
    )
    units = await uow.places.units(
        {*(question.unit_id for question in questions.values()), *(meeting.unit_id for meeting in meetings.values())}
    )
    desk_ids = {question.desk_id for question in questions.values() if question.desk_id is not None}
    return Lookup(
        questions=questions,
        meetings=meetings,
        units=units,
        desks=await uow.places.desks_by_id(desk_ids),
        officials=await uow.people.at_desks(desk_ids),
        holders=await uow.people.holding(_HELD_BY.values(), units.values()),
    )
