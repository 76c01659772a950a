"""The figures of a meeting as the public reads them (R020, R021): what became of its questions."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from intake.rules.question import Question, QuestionState, RoomOutcome


class Fate(StrEnum):
    """What became of one question of a meeting, as it is counted in public."""

    ANSWERED_BEFORE = "answered_before"
    ANSWERED_THERE = "answered_there"
    ANSWERED_LATER = "answered_later"
    FORWARDED = "forwarded"
    IN_PROGRESS = "in_progress"
    NOT_ANSWERED = "not_answered"


def fate_of(question: Question, ended_at: datetime | None) -> Fate:
    """What has become of a question by now; `ended_at` is the end of its meeting, None while it has not ended.

    A reopened question is in progress again. Not answered is only what was out of scope, with its reason (R122).
    """
    match question.state:
        case QuestionState.OUT_OF_SCOPE:
            return Fate.NOT_ANSWERED
        case QuestionState.REFERRED | QuestionState.EXTENDED:
            return Fate.FORWARDED
        case QuestionState.ANSWERED | QuestionState.CLOSED:
            if question.room_outcome in (RoomOutcome.ANSWERED, RoomOutcome.CLARIFIED):
                return Fate.ANSWERED_THERE
            if question.answered_at is None or ended_at is None or question.answered_at <= ended_at:
                return Fate.ANSWERED_BEFORE
            return Fate.ANSWERED_LATER
        case _:
            return Fate.IN_PROGRESS


@dataclass(frozen=True, slots=True)
class Figures:
    """The questions of a meeting, counted by what became of them."""

    received: int
    answered_before: int = 0
    answered_there: int = 0
    answered_later: int = 0
    forwarded: int = 0
    in_progress: int = 0
    not_answered: int = 0


def figures_of(questions: Iterable[Question], ended_at: datetime | None) -> Figures:
    """Count the questions of a meeting as they stand now."""
    fates = Counter(fate_of(question, ended_at) for question in questions)
    return Figures(received=fates.total(), **{fate.value: count for fate, count in fates.items()})
