"""A paper's text with the words marked on which facts rest, so that each leads to the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A piece of the text; `of` is the number of the fact that rests on it most closely, `begins` those that begin."""

    text: str
    of: int | None = None
    begins: tuple[int, ...] = ()


def marked_text(text: str, phrases: Sequence[str]) -> tuple[MarkedPiece, ...]:
    """The text in pieces, in order; phrases are numbered from 0. One that stands nowhere, or is empty, marks nothing.

    White space in phrases is collapsed, that of the text is as it came. Of phrases that lie in one another the
    shortest counts.
    """
    places = {number: found.span() for number, phrase in enumerate(phrases) if (found := _place(text, phrase))}
    bounds = sorted({0, len(text), *(bound for span in places.values() for bound in span)})
    pieces = []
    for start, end in pairwise(bounds):
        over = [number for number, (first, last) in places.items() if first <= start and end <= last]
        closest = min(over, key=lambda number: places[number][1] - places[number][0], default=None)
        begins = tuple(number for number in over if places[number][0] == start)
        pieces.append(MarkedPiece(text[start:end], closest, begins))
    return tuple(pieces)


def _place(text: str, phrase: str) -> "re.Match[str] | None":
    words = phrase.split()
    return re.search(r"\s+".join(map(re.escape, words)), text) if words else None
