"""What must hold of every document the product makes, looked up in the file itself (LAW C6).

Nothing of the product's own writer is used: the file is read as any other program would read it.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from intake.rules.plan.profile_terms import Layout

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONT = "Times New Roman"
_DATE = re.compile(r"ngày (?:0[1-9]|[12]\d|3[01]) tháng (?:01|02|[3-9]|1[0-2]) năm (?:19|20)\d\d")
_OPEN_DATE = re.compile(r"ngày \[…\] tháng \[…\] năm \[…\]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd]")
_NUMBER = {
    Layout.STATE: re.compile(r"Số: (?:\[số\]|0[1-9]|[1-9]\d+)/(?:[A-ZĐ]+-)?[A-ZĐ]+"),
    Layout.PARTY: re.compile(r"Số (?:\[số\]|0[1-9]|[1-9]\d+)-[A-ZĐ]+/[A-ZĐ]+"),
}
_MARGINS = {
    Layout.STATE: {"top": (1134, 1417), "bottom": (1134, 1417), "left": (1701, 1984), "right": (850, 1134)},
    Layout.PARTY: {"top": (1134, 1134), "bottom": (1134, 1134), "left": (1701, 1701), "right": (850, 850)},
}


@dataclass(frozen=True, slots=True)
class FoundParagraph:
    """A paragraph as it resolves: text, alignment, indent, spacing, and of its runs size, bold, italic, underline."""

    text: str
    align: str
    first_line: int
    before: int
    after: int
    line: int
    rule: str
    border: bool
    sizes: frozenset[int]
    bold: bool
    italic: bool
    underlined: bool


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def paragraphs(root: etree._Element) -> list[FoundParagraph]:
    return [_read(one) for one in root.iter(f"{W}p")]


def _read(one: etree._Element) -> FoundParagraph:
    looks = {part.tag: part.attrib for part in one.iterfind(f"{W}pPr/*")}
    nothing: dict[str, str] = {}
    spacing = looks.get(f"{W}spacing", nothing)
    runs = [run for run in one.iter(f"{W}r") if "".join(run.itertext(f"{W}t")).strip()]
    letters = [{part.tag: part for part in run.iterfind(f"{W}rPr/*")} for run in runs]
    return FoundParagraph(
        text="".join(one.itertext(f"{W}t")),
        align=looks.get(f"{W}jc", nothing).get(f"{W}val", "left"),
        first_line=int(looks.get(f"{W}ind", nothing).get(f"{W}firstLine", "0")),
        before=int(spacing.get(f"{W}before", "0")),
        after=int(spacing.get(f"{W}after", "0")),
        line=int(spacing.get(f"{W}line", "240")),
        rule=spacing.get(f"{W}lineRule", "auto"),
        border=one.find(f"{W}pPr/{W}pBdr/{W}bottom") is not None,
        sizes=frozenset(int(look[f"{W}sz"].get(f"{W}val")) for look in letters),
        bold=bool(letters) and all(f"{W}b" in look for look in letters),
        italic=bool(letters) and all(f"{W}i" in look for look in letters),
        underlined=bool(letters) and all(f"{W}u" in look for look in letters),
    )


def words_of(content: bytes) -> str:
    """Every word of the sheet, a paragraph a line."""
    return "\n".join(one.text for one in paragraphs(etree.fromstring(parts_of(content)["word/document.xml"])))


def faults(content: bytes, layout: Layout) -> list[str]:
    """What is wrong with a document, in words; nothing of one that is right. Of several in one file, with each."""
    parts = parts_of(content)
    root = etree.fromstring(parts["word/document.xml"])
    body = root.find(f"{W}body")
    assert body is not None
    found = list(_of_file(parts))
    alone = not any(True for _ in body.iterfind(f"{W}p/{W}pPr/{W}sectPr"))
    for section, inside in _sections(body):
        found += _of_page(section, parts, layout)
        number = section.find(f"{W}pgNumType")
        if not alone and (number is None or number.get(f"{W}start") != "1"):
            found.append("the pages go on counting")
        everything = [one for element in inside for one in paragraphs(element)]
        outside = [_read(one) for one in inside if one.tag == f"{W}p"]
        found += _of_text(everything)
        if len(outside) > 1 and outside[1].text.startswith("(Kèm theo "):
            found += _of_appendix(everything, outside)
            continue
        found += _of_body(outside, layout)
        found += _of_state(everything, outside) if layout is Layout.STATE else _of_party(everything, outside)
    return found


def _sections(body: etree._Element) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """The documents in a file: the properties of each one's pages, and what stands in it."""
    inside: list[etree._Element] = []
    for element in body:
        if element.tag == f"{W}sectPr":
            yield element, inside
            return
        ends = element.find(f"{W}pPr/{W}sectPr")
        if ends is None:
            inside.append(element)
        else:
            yield ends, inside
            inside = []


def _of_appendix(everything: list[FoundParagraph], outside: list[FoundParagraph]) -> Iterator[str]:
    """A title and what it belongs to; neither the head of a document nor a signature."""
    title, belongs = outside[:2]
    if not title.bold or title.align != "center" or not title.text.isupper():
        yield "the title of the appendix"
    if not belongs.italic or belongs.align != "center" or not re.search(r"số \S+.*ngày ", belongs.text):
        yield "what the appendix belongs to"
    if any("VIỆT NAM" in one.text or one.text.startswith("Nơi nhận") for one in everything):
        yield "an appendix with a head or recipients of its own"


def _of_file(parts: dict[str, bytes]) -> Iterator[str]:
    styles = etree.fromstring(parts["word/styles.xml"])
    defaults = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    if defaults is None:
        yield "no defaults for letters"
        return
    fonts, language = defaults.find(f"{W}rFonts"), defaults.find(f"{W}lang")
    if fonts is None or {fonts.get(f"{W}{name}") for name in ("ascii", "hAnsi")} != {FONT}:
        yield "the default font is another"
    if language is None or language.get(f"{W}val") != "vi-VN":
        yield "the language is not Vietnamese"
    for name, part in parts.items():
        if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
            yield from _of_part(name, part)
    core = etree.fromstring(parts["docProps/core.xml"])
    created = core.findtext("{http://purl.org/dc/terms/}created") or ""
    if not created.startswith("202"):
        yield f"created {created}"


@lru_cache(64)
def _of_part(name: str, part: bytes) -> tuple[str, ...]:
    """Of one part: most are the same in all documents."""
    tree, found = etree.fromstring(part), []
    for rfonts in tree.iter(f"{W}rFonts"):
        if any("Theme" in key for key in rfonts.attrib):
            found.append(f"{name}: a font of the theme")
        if rfonts.get(f"{W}ascii") not in (None, FONT):
            found.append(f"{name}: another font")
    if any(colour.get(f"{W}val") not in ("000000", "auto") for colour in tree.iter(f"{W}color")):
        found.append(f"{name}: a colour")
    if name in ("word/document.xml", "word/header1.xml"):
        changed = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}numPr")
        found += [f"{name}: {tag}" for tag in sorted({str(one.tag) for one in tree.iter(*changed)})]
    for field in tree.iter(f"{W}instrText"):
        if (field.text or "").strip() != "PAGE":
            found.append(f"{name}: a field {field.text}")
    return tuple(found)


def _of_page(section: etree._Element, parts: dict[str, bytes], layout: Layout) -> Iterator[str]:
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert size is not None
    assert margins is not None
    if (size.get(f"{W}w"), size.get(f"{W}h")) != ("11906", "16838"):
        yield "no A4"
    for edge, (least, most) in _MARGINS[layout].items():
        if not least <= int(margins.get(f"{W}{edge}", "0")) <= most:
            yield f"margin {edge}"
    if section.find(f"{W}titlePg") is None:
        yield "the first page is numbered"
    headers = [etree.fromstring(part) for name, part in parts.items() if re.fullmatch(r"word/header\d\.xml", name)]
    numbered = [one for one in headers if any(True for _ in one.iter(f"{W}instrText"))]
    if len(numbered) != 1 or paragraphs(numbered[0])[0].align != "center":
        yield "no number in the middle of the top margin"


def _of_text(everything: list[FoundParagraph]) -> Iterator[str]:
    for one in everything:
        if not unicodedata.is_normalized("NFC", one.text):
            yield f"not composed: {one.text!r}"
        if _PRIVATE.search(one.text):
            yield f"a sign of no alphabet: {one.text!r}"


def _of_body(outside: list[FoundParagraph], layout: Layout) -> Iterator[str]:
    running = [one for one in outside if one.text and one.align == "both"]
    if not running:
        yield "no justified body"
    for one in running:
        if not 567 <= one.first_line <= 720:
            yield f"first line: {one.text[:40]}"
        if max(one.before, one.after) < 120:
            yield f"no room between paragraphs: {one.text[:40]}"
        if not one.sizes <= {26, 27, 28}:
            yield f"size {one.sizes}: {one.text[:40]}"
        if layout is Layout.PARTY and (one.line < 360 or one.rule == "auto"):
            yield f"lines too narrow: {one.text[:40]}"
        if layout is Layout.STATE and not (one.rule == "auto" and 240 <= one.line <= 360):
            yield f"lines: {one.text[:40]}"


def _of_number_and_date(everything: list[FoundParagraph], layout: Layout, size: set[int]) -> Iterator[str]:
    begins = re.compile(r"Số: [\[\d]" if layout is Layout.STATE else r"Số [\[\d]")
    numbers = [one for one in everything if begins.match(one.text)][:1]
    for one in numbers:
        if not _NUMBER[layout].fullmatch(one.text) or not one.sizes <= size:
            yield f"number: {one.text}"
        dated = [two for two in everything if two.italic and re.search(r", ngày ", two.text)][:1]
        if not dated or not (_DATE.search(dated[0].text) or _OPEN_DATE.search(dated[0].text)):
            yield "no day in the head"


def _of_state(everything: list[FoundParagraph], outside: list[FoundParagraph]) -> Iterator[str]:
    layout = Layout.STATE
    nation = next((one for one in everything if one.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), None)
    if nation is None or not nation.bold or nation.align != "center" or not nation.sizes <= {24, 25, 26}:
        yield "the name of the State"
    place = next((at for at, one in enumerate(everything) if one.text == "Độc lập - Tự do - Hạnh phúc"), None)
    if place is None or not everything[place].bold or not everything[place].sizes <= {26, 27, 28}:
        yield "the motto"
    elif everything[place].underlined or not everything[place + 1].border or everything[place + 1].text:
        yield "no line of its own below the motto"
    if any(one.text in {"ĐẢNG CỘNG SẢN VIỆT NAM", "-----"} for one in everything):
        yield "signs of the Party"
    yield from _of_number_and_date(everything, layout, {26})
    title = next((one for one in outside if one.bold and one.align == "center"), None)
    if title is not None and not title.sizes <= {26, 27, 28}:
        yield "the title"
    bases = [one for one in outside if one.text.startswith("Căn cứ ")]
    for one in bases:
        if not one.italic or one.text[-1] not in ";.":
            yield f"basis: {one.text[:40]}"
    yield from _recipients(everything, 24, 22, ";", underlined=False)
    yield from (f"authority: {one.text}" for one in everything if re.match(r"^[TK]/[MTLQ] ", one.text))


def _of_party(everything: list[FoundParagraph], outside: list[FoundParagraph]) -> Iterator[str]:
    party = next((one for one in everything if one.text == "ĐẢNG CỘNG SẢN VIỆT NAM"), None)
    if party is None or not party.bold or party.sizes != {30} or not party.border:
        yield "the name of the Party"
    if any("Độc lập - Tự do" in one.text or "CỘNG HÒA XÃ HỘI" in one.text for one in everything[:12]):
        yield "signs of the State"
    if not any(one.text == "*" for one in everything):
        yield "no star below the issuer"
    titled = [one for one in outside if one.bold and one.align == "center"]
    if titled and not (titled[0].sizes <= {30, 31, 32} and any(one.text == "-----" for one in outside)):
        yield "the title or its five hyphens"
    yield from _of_number_and_date(everything, Layout.PARTY, {28})
    for one in outside:
        if one.text.startswith("- Căn cứ ") and (one.italic or one.text[-1] not in ";."):
            yield f"basis: {one.text[:40]}"
    yield from _recipients(everything, 28, 24, ",", underlined=True)
    yield from (f"authority: {one.text}" for one in everything if re.match(r"^(TM|KT|TL|TUQ)\. ", one.text))


def _recipients(
    everything: list[FoundParagraph], title: int, item: int, end: str, *, underlined: bool
) -> Iterator[str]:
    at = next((place for place, one in enumerate(everything) if one.text == "Nơi nhận:"), None)
    if at is None:
        return
    head, lines = everything[at], []
    if head.sizes != {title} or head.underlined is not underlined or head.italic is underlined:
        yield "the title of the recipients"
    for one in everything[at + 1 :]:
        if not one.text.startswith("- "):
            break
        lines.append(one)
    if not lines or any(one.sizes != {item} for one in lines):
        yield "the recipients"
        return
    if any(not one.text.endswith(end) for one in lines[:-1]) or not re.match(r"^- (?:Lưu|\[).*\.$", lines[-1].text):
        yield f"the end of the recipients: {lines[-1].text}"
