"""The topics of questions: which one a question may belong to, which are asked about more and less (R071, R081).

What is suggested is a suggestion for the secretary, never an assignment (R121).
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from intake.rules.plan.profile_bodies import TopicLine
from intake.rules.text import fold

from .search_words import SHORT_FORMS

_ENOUGH = 1.0
"""The least a topic has to score: one keyword for certain."""
_UNSURE = 0.5
_NAME = 0.25
"""What a pair of words of the topic's name counts: enough to decide between equals, too little alone."""


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable without its diacritics, and those it had; `hoá` and `hóa` are the same."""

    plain: str
    marks: frozenset[str]

    def may_be(self, meant: "Syllable") -> bool:
        """Whether this, as typed, can stand for what a keyword means."""
        return self.plain == meant.plain and (not self.marks or self.marks == meant.marks)


def syllables(text: str) -> list[Syllable]:
    """The syllables of a text in their order, short forms written out (without diacritics)."""
    found: list[Syllable] = []
    for part in text.casefold().split():
        short = SHORT_FORMS.get(fold(part))
        if short is not None:
            found += [Syllable(one, frozenset()) for one in short.split()]
            continue
        for word in _words(part):
            found.append(Syllable(fold(word), _marks(word)))
    return found


def _words(part: str) -> list[str]:
    composed = unicodedata.normalize("NFC", part)
    return "".join(sign if sign.isalnum() else " " for sign in composed).split()


def _marks(word: str) -> frozenset[str]:
    apart = unicodedata.normalize("NFD", word)
    marks = {sign for sign in apart if unicodedata.combining(sign)}
    return frozenset(marks | ({"đ"} if "đ" in word else set()))


def suggest_topic(text: str, topics: Sequence[TopicLine]) -> TopicLine | None:
    """The topic with a desk that the text speaks of most, or None when none is spoken of for certain.

    Where two score the same, the first of one desk is taken; of different desks, none: a wrong desk costs a week.
    """
    said = syllables(text)
    scored = [(_score(said, topic), topic) for topic in topics if topic.desk is not None]
    best = max((score for score, _ in scored), default=0.0)
    if best < _ENOUGH:
        return None
    leading = [topic for score, topic in scored if score == best]
    return leading[0] if len({topic.desk for topic in leading}) == 1 else None


def _score(said: Sequence[Syllable], topic: TopicLine) -> float:
    score = sum(_worth(said, _meant(keyword)) for keyword in topic.keywords)
    name = _meant(topic.name)
    pairs = [name[place : place + 2] for place in range(len(name) - 1)]
    return score + _NAME * sum(_worth(said, pair) > 1 for pair in pairs)


@lru_cache(maxsize=4096)
def _meant(words: str) -> tuple[Syllable, ...]:
    """The syllables of what a plan says, looked for in one question after the other."""
    return tuple(syllables(words))


def _worth(said: Sequence[Syllable], meant: Sequence[Syllable]) -> float:
    """What a keyword counts in a text: as many as it has syllables, once however often it is said."""
    worth = 0.0
    for start in range(len(said) - len(meant) + 1):
        window = said[start : start + len(meant)]
        if all(one.may_be(other) for one, other in zip(window, meant, strict=True)):
            sure = len(meant) > 1 or window[0].marks == meant[0].marks
            worth = max(worth, len(meant) if sure else _UNSURE)
    return worth


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
