"""A list of questions as the office asks for it: which ones, in which order, found by which words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import DeskId, TopicId, UnitId
from intake.rules.plan.profile_terms import QuestionKind
from intake.rules.questions.question import QuestionId, QuestionState
from intake.rules.questions.reference import find_reference, question_reference
from intake.rules.text import fold

COUNTED = 1000
"""So many questions of a state are counted; of more it is said that there are more."""
_YEARS_BACK = 5
_MOST_WORDS = 8
_NUMBER_ALONE = re.compile(r"\s*#?0*(\d{1,7})\s*")
LISTED_STATES = tuple(state for state in QuestionState if state is not QuestionState.SEALED)
"""What is sealed stands in no list: nothing of it is left but its number (LAW C4)."""


class QuestionOrder(StrEnum):
    """How a list is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"


class DueWhen(StrEnum):
    """When the asker must have the answer, seen from today."""

    LATE = "late"
    WEEK = "week"
    LATER = "later"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class ListScope:
    """Whose questions somebody may list: all of some units, and those that lie on some desks.

    `hidden` are those of them the person must not know of: they name the person, or somebody the person works under.
    `led_units` are those in which the person may know who asked what is sensitive; `desk_units` those of the desks.
    """

    unit_ids: tuple[UnitId, ...]
    desk_ids: tuple[DeskId, ...]
    desk_units: tuple[UnitId, ...] = ()
    hidden: tuple[QuestionId, ...] = ()
    led_units: tuple[UnitId, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to list at all."""
        return not self.unit_ids and not self.desk_ids


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """Which questions of the scope; None leaves a thing open, and so does an empty `only`.

    `words` and `references` are what was searched for.
    """

    states: tuple[QuestionState, ...] = LISTED_STATES
    meeting_id: MeetingId | None = None
    outside_meeting: bool = False
    hamlet_id: UnitId | None = None
    topic_id: TopicId | None = None
    no_topic: bool = False
    desk_id: DeskId | None = None
    no_desk: bool = False
    kind: QuestionKind | None = None
    due: DueWhen | None = None
    urgent: bool = False
    sensitive: bool | None = None
    asker_id: PersonId | None = None
    words: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    searched: bool = False
    only: tuple[QuestionId, ...] = ()

    @property
    def finds_nothing(self) -> bool:
        """Whether something was searched for that holds neither a word nor a number."""
        return self.searched and not self.words and not self.references


class QuestionLine(NamedTuple):
    """What a line of a list needs of a question; who asked is no part of it."""

    id: QuestionId
    unit_id: UnitId
    reference: str
    kind: QuestionKind
    text: str
    state: QuestionState
    received_at: datetime
    hamlet_id: UnitId | None
    topic_id: TopicId | None
    desk_id: DeskId | None
    meeting_id: MeetingId | None
    sensitive: bool
    urgent: bool
    restricted: bool
    due_on: date | None = None


class NamingLine(NamedTuple):
    """A question of a scope that names somebody of the office, and where it is counted."""

    id: QuestionId
    state: QuestionState


@dataclass(frozen=True, slots=True)
class SearchedFor:
    """What somebody typed to find questions: the folded words of it, or the references it can mean."""

    words: tuple[str, ...] = ()
    references: tuple[str, ...] = field(default=())


def searched_for(typed: str, unit_codes: Sequence[str], year: int) -> SearchedFor:
    """Read what was typed: a reference, the number of one ("12" may be of this year or an earlier one), else words."""
    reference = find_reference(typed)
    if reference is not None:
        return SearchedFor(references=(reference,))
    number = _NUMBER_ALONE.fullmatch(typed)
    if number is not None:
        years = range(year, year - _YEARS_BACK, -1)
        found = [question_reference(code, one, int(number[1])) for code in unit_codes for one in years]
        return SearchedFor(references=tuple(found))
    return SearchedFor(words=tuple(dict.fromkeys(fold(typed).split()))[:_MOST_WORDS])
