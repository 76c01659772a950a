"""A poster as a picture: A4 for a printer and for passing on, with a QR code for each way into the chat.

The letters are those of Noto Sans, from a package that holds nothing else: Pillow's own have no Vietnamese (decision
0012).
"""

from bisect import bisect
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import segno
from fontpkg.pil import truetype
from PIL import Image, ImageDraw, ImageFont

from intake.rules.meetings.poster import Poster, PosterCode

PAGE = (1240, 1754)
"""A4 at 150 dots an inch."""
_MARGIN = 90
_RED, _INK, _GREY, _PAPER = (163, 24, 33), (20, 24, 32), (90, 96, 108), (255, 255, 255)
_FAMILY, _REGULAR, _BOLD = "Noto Sans", 400, 700
_SCALES = tuple(percent / 100 for percent in range(100, 35, -5))
_COLOURS = 32
_WIDEST_CODE, _GAP = 330, 40


def draw_poster(poster: Poster) -> bytes:
    """The poster as a PNG; the longer its words, the smaller they are set, so that all of them are on it."""
    fitting = (one for one in _SCALES if _Sheet(None, one).fill(poster) <= PAGE[1] - _MARGIN // 2)
    picture = Image.new("RGB", PAGE, _PAPER)
    _Sheet(picture, next(fitting, _SCALES[-1])).fill(poster)
    out = BytesIO()
    picture.quantize(_COLOURS).save(out, "PNG", dpi=(150, 150), optimize=True)
    return out.getvalue()


class _Sheet:
    """The page while it is written on, from top to bottom; without a picture it is only measured."""

    def __init__(self, picture: Image.Image | None, scale: float) -> None:
        self._pen = None if picture is None else ImageDraw.Draw(picture)
        self._picture = picture
        self._scale = scale
        self._top = 0

    def fill(self, poster: Poster) -> int:
        """Write everything. Returns how far down it goes, in dots."""
        self._band(poster.heading)
        self._top += self._size(60)
        self._text(poster.title, 62, bold=True, colour=_RED, centred=True)
        self._top += self._size(50)
        for label, value in poster.lines:
            self._text(label.upper(), 26, bold=True, colour=_GREY)
            self._text(value, 42, bold=True)
            self._top += self._size(30)
        self._top += self._size(20)
        if self._pen is not None:
            self._pen.line([(_MARGIN, self._top), (PAGE[0] - _MARGIN, self._top)], fill=_RED, width=4)
        self._top += self._size(40)
        self._text(poster.invitation, 36, bold=True, centred=True)
        self._top += self._size(30)
        if poster.codes:
            self._codes(poster.codes)
        self._top += self._size(30)
        self._text(poster.footer, 30, colour=_GREY, centred=True)
        return self._top

    def _size(self, dots: int) -> int:
        return round(dots * self._scale)

    def _band(self, heading: str) -> None:
        font = _font(self._size(40), bold=True)
        lines = list(_lines(heading.upper(), font.getlength, PAGE[0] - 2 * _MARGIN))
        high = self._size(52)
        if self._pen is not None:
            self._pen.rectangle([(0, 0), (PAGE[0], high * len(lines) + self._size(60))], fill=_RED)
        self._top = self._size(30)
        self._text(heading.upper(), 40, bold=True, colour=_PAPER, centred=True)
        self._top += self._size(30)

    def _text(
        self, words: str, size: int, *, bold: bool = False, colour: tuple[int, ...] = _INK, centred: bool = False
    ) -> None:
        font = _font(self._size(size), bold=bold)
        wide = PAGE[0] - 2 * _MARGIN
        for line in _lines(words, font.getlength, wide):
            if self._pen is not None:
                left = _MARGIN + ((wide - font.getlength(line)) / 2 if centred else 0)
                self._pen.text((left, self._top), line, font=font, fill=colour)
            self._top += self._size(round(size * 1.3))

    def _codes(self, codes: tuple[PosterCode, ...]) -> None:
        """The QR codes side by side, each with its caption below; their size does not shrink with the words."""
        wide = PAGE[0] - 2 * _MARGIN
        each = min(_WIDEST_CODE, (wide - _GAP * (len(codes) - 1)) // len(codes))
        left = _MARGIN + (wide - each * len(codes) - _GAP * (len(codes) - 1)) // 2
        font = _font(26, bold=True)
        lowest = self._top
        for code in codes:
            if self._picture is not None:
                self._picture.paste(_qr(code.url, each), (left, self._top))
            below = self._top + each + 8
            for line in _lines(code.caption, font.getlength, each):
                if self._pen is not None:
                    self._pen.text((left + (each - font.getlength(line)) / 2, below), line, font=font, fill=_INK)
                below += 34
            lowest = max(lowest, below)
            left += each + _GAP
        self._top = lowest


def _qr(url: str, wide: int) -> Image.Image:
    """A QR code with its quiet zone, each module the same whole number of dots; it stands a torn corner (level Q)."""
    modules = segno.make(url, error="q", micro=False)
    out = BytesIO()
    modules.save(out, kind="png", scale=max(1, wide // modules.symbol_size()[0]), border=4)
    drawn = Image.open(out).convert("RGB")
    framed = Image.new("RGB", (wide, wide), _PAPER)
    framed.paste(drawn, ((wide - drawn.width) // 2, (wide - drawn.height) // 2))
    return framed


def _lines(words: str, width: Callable[[str], float], wide: int) -> Iterator[str]:
    """The words in lines no wider than that; a word that is wider than a line is cut."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if width(longer) <= wide:
            line = longer
            continue
        if line:
            yield line
        while width(word) > wide:
            beginnings = [word[:length] for length in range(1, len(word))]
            fits = max(1, bisect(beginnings, float(wide), key=width))
            yield word[:fits]
            word = word[fits:]  # noqa: PLW2901 - what is left of it
        line = word
    yield line


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    font: ImageFont.FreeTypeFont = truetype(_FAMILY, size, weight=_BOLD if bold else _REGULAR)
    return font
