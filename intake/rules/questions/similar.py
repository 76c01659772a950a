"""Which earlier questions speak of the same matter: Okapi BM25 over the words of `search_words`.

Ranking only. The best lexical method puts the same matter among the first three, and it puts another one first often
enough: so three are shown, and a person says which, if any (decision 0011).
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Generic, TypeVar

from .search_words import search_words, with_pairs

SHOWN = 3
_SATURATION = 1.2
_LENGTH = 0.6
_PAIR = 0.5
"""What a pair of neighbours counts beside the two words it is made of."""
_LEAST = 0.12
"""Below this part of what the text scores against itself, nothing worth showing is shared."""
_LEAST_ALIKE = 0.35
"""The same among the texts of one inbox, which are few and share the words of their place."""

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Candidate(Generic[Key]):
    """A text that may speak of the same; `nearer` breaks ties (the same hamlet), then the order they are given in."""

    key: Key
    text: str
    nearer: bool = False


@dataclass(frozen=True, slots=True)
class Frequencies:
    """In how many of `total` texts a word stands; a word that is missing stands in none."""

    total: int
    of_word: Mapping[str, int]

    def weight(self, word: str) -> float:
        """How much a word tells: much when it is rare. A pair is as rare as the rarer of its two words."""
        known = min((self.of_word.get(one, 0) for one in word.split()), default=0)
        known = min(known, self.total)
        rarity = log(1 + (self.total - known + 0.5) / (known + 0.5))
        return rarity * (_PAIR if " " in word else 1)


def telling_words(words: Iterable[str], counts: Mapping[str, int], *, most: int) -> list[str]:
    """The rarest of the words that stand anywhere, while they stand in `most` texts together.

    One at least, however common it is: it may be all that was said.
    """
    taken: list[str] = []
    left = most
    for count, word in sorted((counts[word], word) for word in words if counts[word]):
        if taken and count > left:
            break
        taken.append(word)
        left -= count
    return taken


def most_similar(
    text: str, candidates: Sequence[Candidate[Key]], frequencies: Frequencies, *, most: int = SHOWN
) -> list[Key]:
    """The keys of the candidates most like the text, the likest first; none that shares next to nothing."""
    asked = Counter(with_pairs(search_words(text)))
    weights = {word: frequencies.weight(word) for word in asked}
    bags = [Counter(with_pairs(search_words(candidate.text))) for candidate in candidates]
    average = sum(bag.total() for bag in bags) / len(bags) if bags else 1.0
    least = _LEAST * _score(weights, asked, asked.total())
    scored = [
        (_score(weights, bag, average), candidate.nearer, -place)
        for place, (candidate, bag) in enumerate(zip(candidates, bags, strict=True))
    ]
    best = sorted((one for one in scored if one[0] > least), reverse=True)[:most]
    return [candidates[-place].key for _, _, place in best]


def _score(weights: Mapping[str, float], bag: Counter[str], average: float) -> float:
    norm = _SATURATION * (1 - _LENGTH + _LENGTH * bag.total() / (average or 1.0))
    shared = ((weight, bag[word]) for word, weight in weights.items() if word in bag)
    return sum(weight * times * (_SATURATION + 1) / (times + norm) for weight, times in shared)


def likest_before(texts: Sequence[Candidate[Key]]) -> dict[Key, Key]:
    """For each of some texts the one before it that is most like it, where one is: likes side by side in one inbox.

    The words are weighed by how many of these very texts have them. The bar is higher than for looking something up:
    among texts of one week many share a little.
    """
    bags = [Counter(with_pairs(search_words(one.text))) for one in texts]
    standing = Counter(word for bag in bags for word in bag)
    frequencies = Frequencies(len(texts), standing)
    average = sum(bag.total() for bag in bags) / len(bags) if bags else 1.0
    found: dict[Key, Key] = {}
    for place, (one, bag) in enumerate(zip(texts, bags, strict=True)):
        weights = {word: frequencies.weight(word) for word in bag}
        least = _LEAST_ALIKE * _score(weights, bag, average)
        scored = [(_score(weights, earlier, average), -at) for at, earlier in enumerate(bags[:place])]
        best = max((score for score in scored if score[0] > least), default=None)
        if best is not None:
            found[one.key] = texts[-best[1]].key
    return found
