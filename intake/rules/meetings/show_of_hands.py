"""A quick show of hands in the hall: a question, three to six answers, one hand a registered person; never secret."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NewType

from intake.rules.errors import RuleBroken
from intake.rules.meetings.meeting import MeetingId
from intake.rules.people.person import PersonId
from intake.rules.people.unit import UnitId

HandsId = NewType("HandsId", int)
FEWEST, MOST = 3, 6
LONGEST_ANSWER = 60
"""Letters of an answer: it stands on a wall, and on a button."""
LONGEST_QUESTION = 200
MOST_COUNTED = 9_999
"""Hands for one answer that anybody counts by eye."""
SHOWN_AFTER = timedelta(minutes=5)
"""How long the hall sees the result after it was counted."""


@dataclass(eq=False)
class ShowOfHands:
    """A question put to the hall with its answers; `result` are the hands for each once it was counted.

    Who chose what is known while hands are up, so that everybody counts once, and is forgotten when they are counted.
    """

    id: HandsId = field(init=False)
    meeting_id: MeetingId
    question: str
    answers: list[str]
    asked_at: datetime
    counted_at: datetime | None = None
    result: list[int] = field(default_factory=list)


@dataclass(eq=False)
class Hand:
    """Whose hand is up for which answer (from 0)."""

    hands_id: HandsId
    person_id: PersonId
    answer: int
    at: datetime


@dataclass(eq=False)
class PlaceHands:
    """The hands of people without a phone, by answer, as they were counted at a place: a hamlet, or the whole hall."""

    hands_id: HandsId
    unit_id: UnitId
    counts: list[int]
    at: datetime


def read_counts(typed: str, answers: int) -> list[int]:
    """How many hands for each answer, in their order, as somebody types them (`5 0 12`, or one a line)."""
    words = typed.replace(",", " ").replace(";", " ").split()
    if len(words) != answers or not all(
        one.isascii() and one.isdecimal() and int(one) <= MOST_COUNTED for one in words
    ):
        raise RuleBroken("refusal.hands_numbers", {"answers": answers})
    return [int(one) for one in words]


def clean_answers(typed: str) -> list[str]:
    """The answers somebody typed, one a line. Raises `RuleBroken` for too few, too many, too long or the same twice."""
    answers = [line for line in (" ".join(one.split()) for one in typed.splitlines()) if line]
    once = len({one.casefold() for one in answers}) == len(answers)
    if not FEWEST <= len(answers) <= MOST or not once or any(len(one) > LONGEST_ANSWER for one in answers):
        raise RuleBroken("refusal.hands_answers", {"fewest": FEWEST, "most": MOST, "letters": LONGEST_ANSWER})
    return answers
