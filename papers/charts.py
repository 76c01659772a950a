"""Charts as SVG for pages and as PNG for the chat and for documents: one layout, drawn twice.

Parts of a bar differ in pattern and lightness, so that they are told apart in black and white and by whoever sees no
red or green; how many each part is stands in it wherever there is room, and beside the name of the bar the whole.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from fontpkg.pil import truetype
from PIL import Image, ImageDraw, ImageFont

from intake.rules.papers.chart import BarChart

from .letters import as_text, escaped

WIDTH = 720
_EDGE, _BAR, _LINE, _GAP = 16, 26, 22, 14
_TITLE, _TEXT, _SWATCH = 20, 16, 18
_BESIDE, _CLOSE = 260, 4
"""Names no wider than this stand beside their bars, which are closer together then; longer ones stand above."""
_A_LETTER = 0.56
"""How wide a letter is on average, in its size: of Noto Sans, and of what browsers use no more."""
_INK, _PAPER = "#17222b", "#ffffff"


@dataclass(frozen=True, slots=True)
class _Look:
    """A pattern: its ground, its ink, and how it is drawn."""

    ground: str
    ink: str
    drawn: str


_LOOKS = (
    _Look("#0b4a6f", "#0b4a6f", "plain"),
    _Look("#d6ecfa", "#0072b2", "stripes"),
    _Look("#fbdcc6", "#a33b00", "cross"),
    _Look("#ffffff", "#ffffff", "plain"),
    _Look("#fff6c2", "#5d5200", "dots"),
    _Look("#8c959c", "#8c959c", "plain"),
    _Look("#dff3ea", "#00694c", "lines"),
)
"""What a part looks like, by its place in the chart."""
_TILE = 8
_MARKS = {
    "plain": (),
    "stripes": ((0, 8, 8, 0), (-2, 2, 2, -2), (6, 10, 10, 6)),
    "cross": ((0, 8, 8, 0), (0, 0, 8, 8)),
    "lines": ((0, 2, 8, 2), (0, 6, 8, 6)),
}
"""The lines of a tile of a pattern, as x1, y1, x2, y2."""
_DOTS = ((2, 2), (6, 6))


@dataclass(frozen=True, slots=True)
class _Rect:
    left: float
    top: float
    wide: float
    look: int
    high: int = _BAR


@dataclass(frozen=True, slots=True)
class _Words:
    """A line of text from its left end, or around its middle; `plate`: on white, so that no pattern runs through it."""

    left: float
    base: float
    text: str
    size: int = _TEXT
    bold: bool = False
    plate: bool = False


@dataclass(frozen=True, slots=True)
class _Drawn:
    height: int
    shapes: tuple[_Rect | _Words, ...]


def height_of(chart: BarChart) -> int:
    """How high the chart is where it is `WIDTH` wide."""
    return _lay_out(chart).height


def svg_of(chart: BarChart, name: str) -> str:
    """The chart for a page, in place; `name` is a word of letters that tells it from the other charts of the page."""
    drawn = _lay_out(chart)
    used = sorted({one.look for one in drawn.shapes if isinstance(one, _Rect)})
    shapes = "".join(_svg_shape(one, name) for one in drawn.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {drawn.height}" role="img" '
        f'aria-labelledby="{name}-title {name}-told" class="chart">'
        f'<title id="{name}-title">{escaped(chart.title)}</title><desc id="{name}-told">{escaped(chart.told)}</desc>'
        f"<defs>{''.join(_svg_pattern(look, name) for look in used)}</defs>"
        f'<rect width="{WIDTH}" height="{drawn.height}" fill="{_PAPER}"/>'
        f'<g font-family="system-ui, Noto Sans, DejaVu Sans, sans-serif" fill="{_INK}">{shapes}</g></svg>'
    )


def _svg_pattern(look: int, name: str) -> str:
    kind = _LOOKS[look]
    marks = "".join(
        f'<path d="M{x1} {y1}L{x2} {y2}" stroke="{kind.ink}" stroke-width="2"/>'
        for x1, y1, x2, y2 in _MARKS.get(kind.drawn, ())
    )
    if kind.drawn == "dots":
        marks = "".join(f'<circle cx="{x}" cy="{y}" r="1.6" fill="{kind.ink}"/>' for x, y in _DOTS)
    return (
        f'<pattern id="{name}-{look}" width="{_TILE}" height="{_TILE}" patternUnits="userSpaceOnUse">'
        f'<rect width="{_TILE}" height="{_TILE}" fill="{kind.ground}"/>{marks}</pattern>'
    )


def _svg_shape(shape: _Rect | _Words, name: str) -> str:
    if isinstance(shape, _Rect):
        return (
            f'<rect x="{shape.left:.1f}" y="{shape.top:.1f}" width="{shape.wide:.1f}" height="{shape.high}" '
            f'fill="url(#{name}-{shape.look})" stroke="{_INK}"/>'
        )
    bold = ' font-weight="700"' if shape.bold else ""
    if not shape.plate:
        text = f'<text x="{shape.left:.1f}" y="{shape.base:.1f}" font-size="{shape.size}"{bold}>'
        return f"{text}{escaped(shape.text)}</text>"
    wide = _wide(shape.text, shape.size) + 6
    return (
        f'<rect x="{shape.left - wide / 2:.1f}" y="{shape.base - shape.size + 1:.1f}" width="{wide:.1f}" '
        f'height="{shape.size + 3}" fill="{_PAPER}"/><text x="{shape.left:.1f}" y="{shape.base:.1f}" '
        f'font-size="{shape.size}" text-anchor="middle"{bold}>{escaped(shape.text)}</text>'
    )


@lru_cache(maxsize=16)
def png_of(chart: BarChart, scale: int = 2) -> bytes:
    """The same as a picture, in the same bytes; kept for a while, since a copy for reading follows the file."""
    drawn = _lay_out(chart)
    picture = Image.new("RGB", (WIDTH * scale, drawn.height * scale), _PAPER)
    pen = ImageDraw.Draw(picture)
    for shape in drawn.shapes:
        if isinstance(shape, _Rect):
            box = [
                round(side * scale) for side in (shape.left, shape.top, shape.left + shape.wide, shape.top + shape.high)
            ]
            part = _png_pattern(_LOOKS[shape.look], (max(1, box[2] - box[0]), max(1, box[3] - box[1])), scale)
            picture.paste(part, (box[0], box[1]))
            pen.rectangle(box, outline=_INK, width=scale)
            continue
        font = _font(shape.size * scale, shape.bold)
        at = (shape.left * scale, shape.base * scale)
        if shape.plate:
            plate = pen.textbbox(at, shape.text, font=font, anchor="ms")
            pen.rectangle((plate[0] - 6, plate[1] - 4, plate[2] + 6, plate[3] + 4), fill=_PAPER)
        pen.text(at, as_text(shape.text), font=font, fill=_INK, anchor="ms" if shape.plate else "ls")
    written = io.BytesIO()
    picture.save(written, "PNG", compress_level=6)
    return written.getvalue()


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:  # noqa: FBT001 - a key of the cache
    font: ImageFont.FreeTypeFont = truetype("Noto Sans", size, weight=700 if bold else 400)
    return font


def _png_pattern(look: _Look, size: tuple[int, int], scale: int) -> Image.Image:
    part = Image.new("RGB", size, look.ground)
    pen, tile = ImageDraw.Draw(part), _TILE * scale
    for left in range(0, size[0], tile):
        for top in range(0, size[1], tile):
            for x1, y1, x2, y2 in _MARKS.get(look.drawn, ()):
                ends = (left + x1 * scale, top + y1 * scale, left + x2 * scale, top + y2 * scale)
                pen.line(ends, fill=look.ink, width=2 * scale)
            for x, y in _DOTS if look.drawn == "dots" else ():
                middle, around = (left + x * scale, top + y * scale), 1.6 * scale
                pen.ellipse(
                    (middle[0] - around, middle[1] - around, middle[0] + around, middle[1] + around), fill=look.ink
                )
    return part


def _lay_out(chart: BarChart) -> _Drawn:
    """From the title over the legend to the bars, each beside its name, or below where a name is long."""
    shapes: list[_Rect | _Words] = []
    top: float = _EDGE
    for line in _lines(chart.title, _TITLE):
        top += _TITLE + 4
        shapes.append(_Words(_EDGE, top, line, _TITLE, bold=True))
    top += _GAP
    left: float = _EDGE
    for place in chart.present:
        wide = _SWATCH + 8 + _wide(chart.parts[place], _TEXT) + 18
        if left > _EDGE and left + wide > WIDTH - _EDGE:
            left, top = _EDGE, top + _LINE + 6
        shapes.append(_Rect(left, top, _SWATCH, place, _SWATCH))
        shapes.append(_Words(left + _SWATCH + 8, top + _SWATCH - 3, chart.parts[place]))
        left += wide
    top += _LINE + _GAP
    named = [f"{bar.name}: {sum(bar.values)}" for bar in chart.bars]
    beside = max((_wide(name, _TEXT) for name in named), default=0)
    begins = _EDGE if beside > _BESIDE else _EDGE + beside + 12
    for name, bar in zip(named, chart.bars, strict=True):
        if begins > _EDGE:
            shapes.append(_Words(_EDGE, top + _BAR - 7, name))
        else:
            for line in _lines(name, _TEXT):
                top += _LINE
                shapes.append(_Words(_EDGE, top - 6, line))
        shapes += _bar(chart, bar.values, top, begins)
        top += _BAR + (_GAP if begins == _EDGE else _CLOSE)
    return _Drawn(round(top + _EDGE), tuple(shapes))


def _bar(chart: BarChart, values: Sequence[int], top: float, left: float) -> Iterator[_Rect | _Words]:
    a_unit = (WIDTH - _EDGE - left) / chart.longest
    for place, value in enumerate(values):
        if not value:
            continue
        wide = value * a_unit
        yield _Rect(left, top, wide, place)
        if wide >= _wide(str(value), _TEXT) + 12:
            yield _Words(left + wide / 2, top + _BAR - 7, str(value), bold=True, plate=True)
        left += wide


def _wide(text: str, size: int) -> float:
    return len(as_text(text)) * size * _A_LETTER


def _lines(text: str, size: int) -> list[str]:
    """A text cut between words into lines that have room."""
    lines, most = [""], WIDTH - 2 * _EDGE
    for word in as_text(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _wide(longer, size) > most:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
