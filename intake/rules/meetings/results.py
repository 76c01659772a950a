"""What became of the questions of a meeting or a year: figures for the public, reports at meetings (R020, R143)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from intake.rules.meetings.meeting import MeetingId
from intake.rules.plan.profile import PlanProfile
from intake.rules.questions.question import Question, QuestionState, RoomOutcome

OPEN_POINT = "earlier-years"
_YEAR = re.compile(r"(?:19|20)\d{2}")


def earlier_years(profile: PlanProfile, choices: Mapping[str, str]) -> tuple[int, ...]:
    """The years, the oldest first.

    What people decided about the plan's open point comes first (`2021-2022`), then the years of its programme, then,
    where the plan is silent, the year before it.
    """
    if any(question.key == OPEN_POINT for question in profile.open):
        decided = _years(profile.chosen(OPEN_POINT, choices) or "")
        if decided:
            return decided
    named = {year for line in profile.programme for year in line.years}
    return tuple(sorted(named)) or (profile.plan.year - 1,)


def _years(text: str) -> tuple[int, ...]:
    """`2021-2022` → 2021 and 2022; `2019-2022` means the years between too."""
    found = [int(year) for year in _YEAR.findall(text)]
    if "-" in text and len(found) > 1:
        return tuple(range(min(found), max(found) + 1))
    return tuple(sorted(set(found)))


@dataclass(frozen=True, slots=True)
class Results:
    """Counts that add up to `received`. `meeting_id` is None for what was sent outside a meeting.

    `forwarded` are with another agency and its date; `declined` were out of scope; `open` still owe an answer;
    `gathered` are opinions, part of a synthesis and owed none of their own (R128).
    """

    meeting_id: MeetingId | None
    received: int
    before: int
    there: int
    later: int
    forwarded: int
    declined: int
    open: int
    gathered: int


def added(results: "list[Results]") -> Results:
    """All of them together."""
    return Results(
        meeting_id=None,
        received=sum(one.received for one in results),
        before=sum(one.before for one in results),
        there=sum(one.there for one in results),
        later=sum(one.later for one in results),
        forwarded=sum(one.forwarded for one in results),
        declined=sum(one.declined for one in results),
        open=sum(one.open for one in results),
        gathered=sum(one.gathered for one in results),
    )


class Fate(StrEnum):
    """What became of one question of a meeting, as it is counted in public."""

    ANSWERED_BEFORE = "answered_before"
    ANSWERED_THERE = "answered_there"
    ANSWERED_LATER = "answered_later"
    FORWARDED = "forwarded"
    IN_PROGRESS = "in_progress"
    NOT_ANSWERED = "not_answered"
    GATHERED = "gathered"


_UNANSWERED = {
    QuestionState.GATHERED: Fate.GATHERED,
    QuestionState.OUT_OF_SCOPE: Fate.NOT_ANSWERED,
    QuestionState.REFERRED: Fate.FORWARDED,
    QuestionState.EXTENDED: Fate.FORWARDED,
}


def fate_of(question: Question, ended_at: datetime | None) -> Fate:
    """What has become of a question by now; `ended_at` is the end of its meeting, None while it has not ended.

    A reopened question is in progress again. Not answered is only what was out of scope, with its reason (R122).
    """
    if question.state not in (QuestionState.ANSWERED, QuestionState.CLOSED):
        return _UNANSWERED.get(question.state, Fate.IN_PROGRESS)
    if question.room_outcome in (RoomOutcome.ANSWERED, RoomOutcome.CLARIFIED):
        return Fate.ANSWERED_THERE
    if question.answered_at is None or ended_at is None or question.answered_at <= ended_at:
        return Fate.ANSWERED_BEFORE
    return Fate.ANSWERED_LATER


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
    gathered: int = 0


def figures_of(questions: Iterable[Question], ended_at: datetime | None) -> Figures:
    """Count the questions of a meeting as they stand now."""
    fates = Counter(fate_of(question, ended_at) for question in questions)
    return Figures(received=fates.total(), **{fate.value: count for fate, count in fates.items()})
