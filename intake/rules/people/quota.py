"""How much a chat may leave with us in one day, and how many questions a person may send.

A chat can be opened by anybody, and what is said in it is kept. Before its person has agreed to be known (LAW C5) that
is little: enough to introduce oneself and to bring one file along. Afterwards it is more than people write in a day.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from intake.rules.people.person import Conversation, Person

LEAST_COUNTED = 20
"""Letters that a message counts for at least: a tap leaves something behind too, its line and the answer to it."""
AS_MANY_FOR_NEIGHBOURS = 5
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class DailyQuota:
    """The most a chat may leave with us in one local day: letters of what is typed, bytes of files."""

    letters: int
    file_bytes: int


@dataclass(frozen=True, slots=True)
class HouseLimits:
    """What the installation has decided about how much it takes.

    `questions_a_day` counts what a person sends for themselves.
    """

    before_consent: DailyQuota = DailyQuota(letters=20_000, file_bytes=10 * MEGABYTE)
    after_consent: DailyQuota = DailyQuota(letters=300_000, file_bytes=100 * MEGABYTE)
    questions_a_day: int = 10

    @property
    def questions_for_neighbours(self) -> int:
        """How many questions one hamlet head may type in a day for people without a phone."""
        return self.questions_a_day * AS_MANY_FOR_NEIGHBOURS


class FileRefusal(StrEnum):
    """Why a file is not let in."""

    TOO_FAST = "too_fast"
    TOO_MUCH = "too_much"


class Kept(NamedTuple):
    """What a chat has left with us on a day."""

    on: date
    letters: int
    file_bytes: int


def quota_of(person: Person | None, limits: HouseLimits) -> DailyQuota:
    """The quota of a chat whose person this is; None is nobody who has agreed to be known."""
    return limits.before_consent if person is None else limits.after_consent


def with_message(conversation: Conversation, today: date, quota: DailyQuota, letters: int) -> Kept | None:
    """What the chat has left with us today together with one more message; None where that is too much."""
    kept = _so_far(conversation, today)
    kept = kept._replace(letters=kept.letters + max(letters, LEAST_COUNTED))
    return kept if kept.letters <= quota.letters else None


def with_file(conversation: Conversation, today: date, quota: DailyQuota, size: int) -> Kept | None:
    """What the chat has left with us today together with one more file; None where that is too much."""
    kept = _so_far(conversation, today)
    kept = kept._replace(file_bytes=kept.file_bytes + size)
    return kept if kept.file_bytes <= quota.file_bytes else None


def _so_far(conversation: Conversation, today: date) -> Kept:
    if conversation.kept_on != today:
        return Kept(today, 0, 0)
    return Kept(today, conversation.kept_letters, conversation.kept_bytes)
