"""Texts as a file takes them, and how wide they are."""

import re
from functools import cache

from fontpkg.pil import truetype
from PIL import ImageFont

from intake.rules.text import clean

_NO_LETTERS = re.compile(r"[\ue000-\uf8ff\ufffc-\uffff]|[\U000f0000-\U0010ffff]")
"""Places of the code that belong to nobody's alphabet: signs of old fonts, the mark of a lost letter."""
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_TWIPS = 20


def as_text(text: str) -> str:
    """A text of anybody's, composed, without control characters and signs of no alphabet; whatever it says is text."""
    return _NO_LETTERS.sub("", clean(text))


def escaped(text: str) -> str:
    """The same for the inside of an element."""
    return as_text(text).translate(_ESCAPED)


def width(text: str, half_points: int, *, bold: bool = False) -> int:
    """About how wide a line is, in twentieths of a point.

    Measured with Noto Sans, which is nowhere narrower than Times: a column that holds it holds the document's letters.
    """
    return int(_font(bold).getlength(as_text(text)) * half_points / 2 / 100 * _TWIPS)


def in_lines(text: str, half_points: int, wide: int, *, bold: bool = False) -> str:
    """A name on one line, or cut between two words into as many lines of about the same width as it takes."""
    wanted = -(-width(text, half_points, bold=bold) // max(wide, 1))
    if wanted <= 1:
        return text
    lines, left = [], text.split()
    for more in range(wanted, 1, -1):
        goal = width(" ".join(left), half_points, bold=bold) / more
        taken = min(
            range(1, len(left)) or [1],
            key=lambda count: abs(width(" ".join(left[:count]), half_points, bold=bold) - goal),
        )
        lines.append(" ".join(left[:taken]))
        left = left[taken:]
    return "\n".join(filter(None, (*lines, " ".join(left))))


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:  # noqa: FBT001 - a key of the cache
    font: ImageFont.FreeTypeFont = truetype("Noto Sans", 100, weight=700 if bold else 400)
    return font
