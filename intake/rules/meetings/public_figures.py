"""The figures of a meeting as everybody may read them: what was asked, what became of it, and whether in time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.clock import is_overdue
from intake.rules.meetings.results import Fate, fate_of
from intake.rules.questions.question import (
    OPEN_STATES,
    AnswerClass,
    Proposal,
    ProposalKind,
    Question,
    QuestionId,
    QuestionState,
    RoomOutcome,
)

_ANSWERS = (Fate.ANSWERED_BEFORE, Fate.ANSWERED_THERE, Fate.ANSWERED_LATER)


@dataclass(frozen=True, slots=True)
class PublicFigures:
    """Counts of the questions of one meeting (R020, R021). What became of them adds up to `received`.

    `in_time` and `late` are the answers given after the meeting, by the day the asker was owed one. Of all answers
    `settled` say that it is done, `dated` by which day it will be, and `explained` only explain. `overdue`: of those
    that still owe an answer, with another agency or not, how many are late today. `not_put`: how many were not put in
    the room.
    """

    received: int
    answered_before: int
    answered_there: int
    answered_later: int
    in_time: int
    late: int
    settled: int
    dated: int
    explained: int
    forwarded: int
    in_progress: int
    overdue: int
    not_answered: int
    gathered: int
    not_put: int


def public_figures(
    questions: Iterable[Question], ended_at: datetime | None, owed: Mapping[QuestionId, date], today: date
) -> PublicFigures:
    """Count the questions of a meeting that ended then; `owed` is the day by which each was or is owed an answer.

    What turned out to be a denunciation is counted nowhere: its number alone would tell that there is one (LAW C4).
    """
    counted = [question for question in questions if question.state is not QuestionState.SEALED]
    fates = {question.id: fate_of(question, ended_at) for question in counted}
    of_fate = Counter(fates.values())
    said = Counter(one.answer_class for one in counted if fates[one.id] in _ANSWERS)
    late = [
        one
        for one in counted
        if fates[one.id] is Fate.ANSWERED_LATER
        and one.id in owed
        and one.answered_at is not None
        and is_overdue(owed[one.id], one.answered_at.astimezone(LOCAL).date())
    ]
    overdue = [
        one for one in counted if one.state in OPEN_STATES and one.id in owed and is_overdue(owed[one.id], today)
    ]
    return PublicFigures(
        received=len(counted),
        answered_before=of_fate[Fate.ANSWERED_BEFORE],
        answered_there=of_fate[Fate.ANSWERED_THERE],
        answered_later=of_fate[Fate.ANSWERED_LATER],
        in_time=of_fate[Fate.ANSWERED_LATER] - len(late),
        late=len(late),
        settled=said[AnswerClass.SETTLED],
        dated=said[AnswerClass.DATED],
        explained=said[AnswerClass.EXPLANATION],
        forwarded=of_fate[Fate.FORWARDED],
        in_progress=of_fate[Fate.IN_PROGRESS],
        overdue=len(overdue),
        not_answered=of_fate[Fate.NOT_ANSWERED],
        gathered=of_fate[Fate.GATHERED],
        not_put=sum(one.room_outcome is RoomOutcome.NOT_PUT for one in counted),
    )


@dataclass(frozen=True, slots=True)
class Forwarding:
    """How many questions are with one agency until one day."""

    agency: str
    until: date
    count: int


_PROMISES = {QuestionState.REFERRED: ProposalKind.REFERRAL, QuestionState.EXTENDED: ProposalKind.EXTENSION}


def forwardings(questions: Iterable[Question], approved: Mapping[QuestionId, Sequence[Proposal]]) -> list[Forwarding]:
    """To whom questions were passed on, and until when there is to be an answer, the soonest first (R161).

    `approved` is what was approved for each question, oldest first. What is kept from the public says no agency: who
    asked something of the police alone would be known by it.
    """
    found: Counter[tuple[date, str]] = Counter()
    for question in questions:
        if question.sensitive or question.restricted or question.state not in _PROMISES:
            continue
        kind = _PROMISES[question.state]
        promise = next((one for one in reversed(approved.get(question.id, ())) if one.kind is kind), None)
        if promise is not None and promise.promised_on is not None:
            found[promise.promised_on, promise.agency] += 1
    return [Forwarding(agency, until, count) for (until, agency), count in sorted(found.items())]
