"""What the signs of a text say together of what it may be about: each has weights that were learnt (decision 0026).

A sign is a word without marks, a word with them, two words that follow each other, a list of phrases that was found,
a subject the text touches, two subjects it touches together, how long the text is. What a text is about is the kind
with the largest sum; sums are divided by the root of the number of signs, so that long texts weigh no more than short
ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise
from math import sqrt
from struct import Struct

from intake.rules.text import without_marks

from .risk_weights import KINDS, WEIGHTS

_ROW = Struct(f"{len(KINDS)}h")
"""The weights of a sign, in the order of `KINDS`."""
_LENGTHS = (3, 6, 12, 25)
"""Numbers of words up to which a text is of one length, then of the next."""


def signs(typed: Sequence[str], lists: Iterable[str], subjects: Iterable[str], *, asks: bool) -> frozenset[str]:
    """The signs of a text, of its words in small letters, the lists and subjects found in it, whether it asks."""
    plain = [without_marks(word) for word in typed]
    pairs = (f"{one}_{other}" for one, other in pairwise(["^", *plain, "$"]))
    length = f"@{sum(len(typed) >= most for most in _LENGTHS)}"
    marked = (word for word in typed if not word.isascii())
    named = (f"@{name}" for name in lists)
    about = sorted(f"@{subject}" for subject in subjects)
    both = (f"{one}+{other}" for one, other in combinations(about, 2))
    return frozenset([*plain, *marked, *pairs, *named, *about, *both, length, *(["?"] if asks else [])])


def sums(found: Iterable[str]) -> dict[str, float]:
    """How much these signs speak of each kind, by its value; of nothing known, nothing."""
    known = _weights()
    rows = [_ROW.unpack(known[sign]) for sign in found if sign in known]
    if not rows:
        return dict.fromkeys(KINDS, 0.0)
    root = sqrt(len(rows))
    return {kind: sum(weights) / root for kind, weights in zip(KINDS, zip(*rows, strict=True), strict=True)}


@cache
def _weights() -> Mapping[str, bytes]:
    """The weights of each sign, packed: there are twenty-five thousand, which took three times the memory as tuples."""
    rows = (line.split() for line in WEIGHTS.split("\n") if line)
    return {sign: _ROW.pack(*map(int, weights)) for sign, *weights in rows}
