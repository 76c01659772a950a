"""What people ask about more, and less, than at the meeting before (R071)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Course(StrEnum):
    """Which way a topic goes."""

    NEW = "new"
    MORE = "more"
    SAME = "same"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class TopicTrend:
    """One topic: how many questions now, how many at the meeting before."""

    topic: str
    now: int
    before: int

    @property
    def course(self) -> Course:
        """New, more, as many, or less."""
        if self.now > self.before:
            return Course.MORE if self.before else Course.NEW
        return Course.LESS if self.now < self.before else Course.SAME


def trends(now: Mapping[str, int], before: Mapping[str, int]) -> tuple[TopicTrend, ...]:
    """The topics of either meeting, what grew most first; of two that grew alike the one asked about more."""
    topics = [TopicTrend(topic, now.get(topic, 0), before.get(topic, 0)) for topic in {**now, **before}]
    return tuple(sorted(topics, key=lambda one: (one.before - one.now, -one.now, one.topic)))
