"""What the chair reads before a meeting (R071, R075): what people ask, where, how ready the desks are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.actions.meetings.hold_meeting import meeting_in_unit
from intake.actions.questions.gathered import gathered_since
from intake.actions.questions.groups import lead_of
from intake.actions.questions.repeated_cases import CaseHistory, history_of
from intake.actions.questions.suggest_topic import topic_lines
from intake.ports import UnitOfWork
from intake.rules.meetings.hamlet_record import HamletRecord
from intake.rules.meetings.meeting import Meeting, MeetingId
from intake.rules.people.person import Person
from intake.rules.people.unit import DeskId, TopicId, UnitId
from intake.rules.plan.profile_bodies import TopicLine
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import Question, QuestionState
from intake.rules.questions.topics import TopicTrend, suggest_topic, trends

_SETTLED = (QuestionState.ANSWERED, QuestionState.CLOSED, QuestionState.REFERRED, QuestionState.EXTENDED)
_LOOK_BACK = 10
"""Among so many of the last meetings the one before is looked for."""
_Q = QuestionState
_AWAITED = (_Q.RECEIVED, _Q.NEEDS_CLARIFICATION, _Q.WAITING_FOR_MEETING, _Q.TAKEN_ON)


@dataclass(frozen=True, slots=True)
class HamletPart:
    """One hamlet (None: not known): how many questions, and of which topics (None: of none for certain)."""

    hamlet_id: UnitId | None
    count: int
    topics: Mapping[str | None, int]


@dataclass(frozen=True, slots=True)
class Trend:
    """The meeting before, how many questions it had, and the topics of both: sensitive questions are in neither."""

    previous: Meeting
    before: int
    topics: tuple[TopicTrend, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """All of it. Sensitive questions are in `sensitive` and counted nowhere else.

    `ready` have a draft before the chair, `missing` a desk and no draft, `without_desk` neither; what goes with
    another question is counted in the hamlets and nowhere here, since its lead has the draft. `gathered` are the
    opinions of the synthesis, which are owed no draft; those sent for no meeting are counted nowhere else (R128).
    `resting` are those whose askers want nothing done with them: a number, in nothing else (LAW C5). `records` is what
    the hamlets' own meetings said (R077).
    """

    meeting: Meeting
    hamlets: tuple[HamletPart, ...]
    kinds: Mapping[QuestionKind, int]
    sensitive: tuple[Question, ...]
    cases: tuple[CaseHistory, ...]
    trend: Trend | None
    settled: int
    ready: tuple[Question, ...]
    missing: tuple[tuple[DeskId, tuple[Question, ...]], ...]
    without_desk: tuple[Question, ...]
    gathered: tuple[Question, ...]
    resting: int
    records: tuple[HamletRecord, ...] = ()

    @property
    def count(self) -> int:
        """How many questions there are, without the sensitive ones."""
        return sum(part.count for part in self.hamlets)


async def digest_of(uow: UnitOfWork, *, by: Person, meeting_id: MeetingId) -> Digest:
    """The digest of a meeting, for its secretary and chair; what is out of scope is left out.

    A question is counted under the topic a person gave it, else under the one its words suggest.
    """
    meeting = await meeting_in_unit(uow, by, meeting_id)
    in_scope = [one for one in await uow.questions.of_meeting(meeting.id) if one.state is not _Q.OUT_OF_SCOPE]
    asked = [one for one in in_scope if not one.restricted]
    plain = [one for one in asked if not one.sensitive]
    lines = topic_lines(await uow.plans.get(meeting.plan_id))
    topics = await _topics_of(uow, plain, lines)
    waiting = [one for one in plain if one.state in _AWAITED and await lead_of(uow, one) is None]
    drafted = {one.question_id for one in await uow.questions.waiting_proposals([meeting.unit_id])}
    ready = [one for one in waiting if one.id in drafted]
    missing: dict[DeskId, list[Question]] = {}
    for question in waiting:
        if question.desk_id is not None and question.id not in drafted:
            missing.setdefault(question.desk_id, []).append(question)
    previous = await _meeting_before(uow, meeting)
    histories = [await history_of(uow, case) for case in await uow.cases.unsettled([meeting.unit_id])]
    return Digest(
        meeting=meeting,
        hamlets=_by_hamlet(plain, topics),
        kinds=Counter(one.kind for one in plain),
        sensitive=tuple(one for one in asked if one.sensitive),
        cases=tuple([one for one in histories if one.questions]),
        trend=None if previous is None else await _trend(uow, previous, topics, lines),
        settled=sum(one.state in _SETTLED for one in plain),
        ready=tuple(ready),
        missing=tuple((desk_id, tuple(questions)) for desk_id, questions in missing.items()),
        without_desk=tuple(one for one in waiting if one.desk_id is None),
        gathered=tuple(await gathered_since(uow, meeting, previous)),
        resting=len(in_scope) - len(asked),
        records=tuple(await uow.meetings.records(meeting.id)),
    )


def _by_hamlet(questions: Sequence[Question], named: Sequence[str | None]) -> tuple[HamletPart, ...]:
    """The hamlets with the most questions first, of each the most asked topics first."""
    topics: dict[UnitId | None, Counter[str | None]] = {}
    for question, topic in zip(questions, named, strict=True):
        topics.setdefault(question.hamlet_id, Counter())[topic] += 1
    parts = [HamletPart(hamlet_id, counts.total(), dict(counts.most_common())) for hamlet_id, counts in topics.items()]
    return tuple(sorted(parts, key=lambda part: -part.count))


async def _meeting_before(uow: UnitOfWork, meeting: Meeting) -> Meeting | None:
    """The unit's last meeting that was held before this one; None where there was none."""
    until = meeting.ended_at or uow.now
    held = await uow.meetings.held([meeting.unit_id], _LOOK_BACK)
    return next((one for one in held if one.ended_at is not None and one.ended_at < until), None)


async def _trend(uow: UnitOfWork, previous: Meeting, now: Sequence[str | None], lines: Sequence[TopicLine]) -> Trend:
    """The topics beside those of the meeting before.

    Both are named by the lines of the present plan, so that a year's new wording makes nothing new.
    """
    asked = [
        one
        for one in await uow.questions.of_meeting(previous.id)
        if one.state is not QuestionState.OUT_OF_SCOPE and not one.sensitive and not one.restricted
    ]
    before = await _topics_of(uow, asked, lines)
    return Trend(previous, len(asked), trends(_counted(now), _counted(before)))


def _counted(topics: Sequence[str | None]) -> Counter[str]:
    return Counter(topic for topic in topics if topic is not None)


async def _topics_of(uow: UnitOfWork, questions: Sequence[Question], lines: Sequence[TopicLine]) -> list[str | None]:
    if not questions:
        return []
    names: dict[TopicId, str] = {one.id: one.name for one in await uow.places.topics(questions[0].unit_id)}
    found: list[str | None] = []
    for question in questions:
        if question.topic_id is not None:
            found.append(names[question.topic_id])
            continue
        line = suggest_topic(question.text, lines)
        found.append(None if line is None or line.sensitive else line.name)
    return found
