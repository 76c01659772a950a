"""Where the tree cites its sources, and which places there are to cite ("Sources" in docs/architecture.md)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from posixpath import normpath

from tests.support.tree import ROOT, readable_files

_DATA = {".json", ".tsv", ".csv", ".svg"}
"""Data cites nothing."""

_ROWS = re.compile(r"\bR(\d+)\b(?:\s*(?:–|-|to)\s*R(\d+)\b)?")
_SECTION = re.compile(r"(?<![\w#&/.-])A\d{1,2}(?:\.\d{1,2})?\b")
_LAW = re.compile(r"(?<![\w.])LAW,? (C\d+(?:\.\d+)?(?:(?:, |–|-| and | or )C\d+(?:\.\d+)?)*)")
_ZALO = re.compile(r"(?<![\w.])ZALO (\d+(?:\.\d+)?)\b")
_PRODUCT = re.compile(r"\bPRODUCT,\s+(?![\s{])(?=((?:[^\n]+\n)?[^\n]*))")
_DECISIONS = re.compile(r"\bdecisions?\s+(0\d{3}(?:(?:, |\s+and\s+)0\d{3})*)\b")
_PAGE = re.compile(r"(?<![\w/.-])((?:docs/[\w./-]+|[A-Z]{2,}(?:\.[a-z]{2})?)\.md)\b(#[\w.-]+)?")
_LINK = re.compile(r"\]\((?!\w+:)([^)\s#]*)(#[^)\s]+)\)")
# what reads like one of our citations and is none: another way to write it, or a source that is not in the house
_STRANGE = re.compile(
    r"""(?<![\w.])
        (?: LAW,?\ (?!C\d) | ZALO,?\ (?!\d) | PRODUCT\  | (?:REQUIREMENTS|FAULTS|ARCHITECTURE|GROUND|PAPERS),?\  )
        ["“`]?(?: [A-Z][a-z]+ | [A-Z]?\d[\w.]* | trap\b )
      | (?<![\w./-]) F\d\d (?![\w-])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Citation:
    """`place` is what is cited, in the form of `places`; `where` is the file with the line."""

    where: str
    place: str


def citations(name: str, text: str) -> Iterator[Citation]:
    """Every citation of one file; `name` is its path from the root."""
    for found, places in _found(name, text):
        line = text.count("\n", 0, found.start()) + 1
        for place in places:
            yield Citation(f"{name}:{line}", place)


def _found(name: str, text: str) -> Iterator[tuple[re.Match[str], list[str]]]:
    for found in _ROWS.finditer(text):
        yield found, _rows(found)
    for found in _SECTION.finditer(text):
        yield found, [found[0]]
    for found in _LAW.finditer(text):
        yield found, [f"LAW {section}" for section in re.findall(r"C[\d.]*\d", found[1])]
    for found in _ZALO.finditer(text):
        yield found, [f"ZALO {found[1]}"]
    for found in _PRODUCT.finditer(text):
        yield found, [f"PRODUCT, {_heading(found[1])}"]
    for found in _DECISIONS.finditer(text):
        yield found, [f"decision {number}" for number in re.findall(r"\d{4}", found[1])]
    for found in _PAGE.finditer(text):
        yield found, [found[1] + (found[2] or "")]
    for found in _STRANGE.finditer(text):
        yield found, [found[0]]
    if name.endswith(".md"):
        folder = Path(name).parent.as_posix()
        for found in _LINK.finditer(text):
            yield found, [(normpath(f"{folder}/{found[1]}") if found[1] else name) + found[2]]


def _rows(found: re.Match[str]) -> list[str]:
    """Every row of a range, since each is cited; a range that runs backwards is one place that there is not."""
    first, last = found[1], found[2] or found[1]
    if int(last) < int(first):
        return [found[0]]
    return [f"R{number:0{len(first)}}" for number in range(int(first), int(last) + 1)]


def _heading(words: str) -> str:
    """The heading these words begin with, which may run over the end of a line; else the words themselves."""
    flat = re.sub(r"\s+(?:# )?", " ", words).strip()
    known = [heading for heading in _headings("docs/product.md") if re.match(rf"{re.escape(heading)}\b", flat)]
    return max(known, key=len, default=flat[:40])


@cache
def places() -> frozenset[str]:
    """Every place there is to cite: `R160`, `A1.7`, `LAW C4`, `ZALO 1.4`, `PRODUCT, Clocks`, `decision 0003`, pages."""
    found = {*anchors("docs/requirements.md")}
    found |= {f"LAW {anchor}" for anchor in anchors("docs/law.md")}
    found |= {anchor.replace("zalo-", "ZALO ") for anchor in anchors("docs/zalo-platform.md")}
    found |= {f"PRODUCT, {heading}" for heading in _headings("docs/product.md")}
    found |= {f"decision {path.name[:4]}" for path in (ROOT / "docs" / "decisions").glob("*.md")}
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")):
        page = path.relative_to(ROOT).as_posix()
        found |= {page, *(f"{page}#{anchor}" for anchor in (*anchors(page), *map(_slug, _headings(page))))}
    return frozenset(found)


def anchors(page: str) -> list[str]:
    """The anchors that a page of ours sets by hand, in their order."""
    return re.findall(r'<a id="([^"]+)"></a>', (ROOT / page).read_text("utf-8"))


def _headings(page: str) -> list[str]:
    text = re.sub(r"^```.*?^```", "", (ROOT / page).read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [re.sub(r"<[^>]+>", "", found) for found in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]


def _slug(heading: str) -> str:
    """The anchor that is made of a heading where pages are shown: small letters, hyphens, no signs."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def unresolved() -> list[str]:
    """What the tree cites and nobody can look up, as `file:line: citation`."""
    known = places()
    return [
        f"{one.where}: {one.place}"
        for name, text in readable_files()
        if Path(name).suffix not in _DATA
        for one in citations(name, text)
        if one.place not in known
    ]
