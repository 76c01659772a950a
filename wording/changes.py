"""What changed between two versions of a text, word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

_PIECES = re.compile(r"\s+|[^\s]+")
_MOST = 2000
"""Pieces of both versions together that are compared word by word; longer ones are shown whole, old and new."""


class Change(StrEnum):
    """What became of a piece."""

    KEPT = "kept"
    TAKEN_OUT = "taken_out"
    PUT_IN = "put_in"


class ChangedPiece(NamedTuple):
    """A piece of a text and what became of it."""

    change: Change
    text: str


def changes(before: str, after: str) -> Sequence[ChangedPiece]:
    """The new version with what was taken out of the old one, in reading order."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > _MOST:
        return [ChangedPiece(Change.TAKEN_OUT, before), ChangedPiece(Change.PUT_IN, after)]
    found = []
    for what, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(ChangedPiece(Change.KEPT, "".join(new[new_from:new_to])))
            continue
        pieces = (
            ChangedPiece(Change.TAKEN_OUT, "".join(old[old_from:old_to])),
            ChangedPiece(Change.PUT_IN, "".join(new[new_from:new_to])),
        )
        found += [piece for piece in pieces if piece.text]
    return found
