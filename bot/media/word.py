"""The text of a Word document as a reader sees it, with the numbers and bullets that Word draws by itself.

Libraries for writing documents give the text of runs only: numbers of lists, tracked insertions, content controls and
what old versions marked as places are lost without a word, and a plan without its numbers has no outline.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}rPr", f"{_W}pPr", _FALLBACK))
_SIGNS = {
    f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "",
}  # fmt: skip
_PLACE = re.compile(r"%(\d)")
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered: its kind ("decimal", "bullet"), its pattern ("%1.%2."), where it starts."""

    kind: str
    pattern: str
    start: int


@dataclass(slots=True)
class WordLists:
    """The lists of a document, and how far each has been counted."""

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]] = field(default_factory=dict)
    styles: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def marker(self, paragraph: etree._Element) -> str:
        """What Word draws before a paragraph, with a blank behind it: "2.1. ", "- ", or nothing."""
        listed = self._list_of(paragraph)
        if listed is None or listed[0] not in self.lists:
            return ""
        same_count, levels = self.lists[listed[0]]
        depth = listed[1]
        level = levels.get(depth)
        if level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return "- "
        counts = self.counts[same_count]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _DEEPEST):
            counts.pop(deeper, None)

        def number(found: "re.Match[str]") -> str:
            at = int(found[1]) - 1
            shown = levels.get(at, level)
            return _NUMBERS.get(shown.kind, str)(counts.get(at, shown.start))

        return _PLACE.sub(number, level.pattern).strip() + " "

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int] | None:
        """The list and the depth of a paragraph: its own, or that of its style; list 0 takes it out of every list."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        inherited = self.styles.get(style.get(f"{_W}val", "")) if style is not None else None
        if own is None:
            return inherited
        number, depth = _value(own, "numId"), _value(own, "ilvl")
        if number == "0":
            return None
        if number is None:
            return (inherited[0], int(depth or 0)) if inherited else None
        return number, int(depth or 0)


def text_of_word(
    document: etree._Element, numbering: WordLists, table: Callable[[list[list[str]]], Iterator[str]]
) -> str:
    """The lines of a document's body; `table` makes lines of rows. Raises ValueError where there is no body."""
    body = document.find(f"{_W}body")
    if body is None:
        raise ValueError("a document without a body")
    return "\n".join(_lines(body, numbering, table))


def read_numbering(lists: etree._Element | None, styles: etree._Element | None) -> WordLists:
    """The lists of `numbering.xml` and the styles of `styles.xml` that number; None for a part that is not there."""
    patterns: dict[str, dict[int, _Level]] = {}
    used: dict[str, tuple[str, Mapping[int, _Level]]] = {}
    if lists is not None:
        for abstract in lists.iterfind(f"{_W}abstractNum"):
            patterns[abstract.get(f"{_W}abstractNumId", "")] = dict(map(_level, abstract.iterfind(f"{_W}lvl")))
        for number in lists.iterfind(f"{_W}num"):
            abstract_id, own = _value(number, "abstractNumId") or "", number.get(f"{_W}numId", "")
            changed = dict(map(_level, number.iterfind(f"{_W}lvlOverride/{_W}lvl")))
            restarts = number.find(f"{_W}lvlOverride/{_W}startOverride") is not None
            used[own] = (own if restarts else f"abstract {abstract_id}", patterns.get(abstract_id, {}) | changed)
    by_style: dict[str, tuple[str, int]] = {}
    for style in styles.iterfind(f"{_W}style") if styles is not None else ():
        listed = style.find(f"{_W}pPr/{_W}numPr")
        number_of = _value(listed, "numId") if listed is not None else None
        if listed is not None and number_of:
            by_style[style.get(f"{_W}styleId", "")] = (number_of, int(_value(listed, "ilvl") or 0))
    return WordLists(used, by_style)


def _level(level: etree._Element) -> tuple[int, _Level]:
    kind, pattern = _value(level, "numFmt") or "decimal", _value(level, "lvlText") or ""
    return int(level.get(f"{_W}ilvl", "0")), _Level(kind, pattern, int(_value(level, "start") or 1))


def _value(parent: etree._Element, child: str) -> str | None:
    found = parent.find(f"{_W}{child}")
    return found.get(f"{_W}val") if found is not None else None


def _lines(
    parent: etree._Element, numbering: WordLists, table: Callable[[list[list[str]]], Iterator[str]]
) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield from f"{numbering.marker(element)}{_words(element)}".split("\n")
            yield ""
        elif element.tag == f"{_W}tbl":
            yield from table(
                [[_cell(cell, numbering, table) for cell in row.iter(f"{_W}tc")] for row in element.iter(f"{_W}tr")]
            )
        elif isinstance(element.tag, str) and element.tag not in _GONE:
            yield from _lines(element, numbering, table)


def _cell(cell: etree._Element, numbering: WordLists, table: Callable[[list[list[str]]], Iterator[str]]) -> str:
    return "\n".join(line for line in _lines(cell, numbering, table) if line)


def _words(element: etree._Element) -> str:
    parts = []
    for inner in element:
        if inner.tag == f"{_W}t":
            parts.append(inner.text or "")
        elif inner.tag in _SIGNS:
            parts.append(_SIGNS[inner.tag])
        elif inner.tag not in _GONE and isinstance(inner.tag, str):
            parts.append(_words(inner))
    return "".join(parts)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        while number >= value:
            written += sign
            number -= value
    return written


def _letter(number: int) -> str:
    return _ALPHABET[(number - 1) % len(_ALPHABET)] * ((number - 1) // len(_ALPHABET) + 1)


_NUMBERS: Mapping[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
}
