"""A unit's own template: looked at before it is kept, and filled in. Nothing in it is run, fetched or unpacked far.

Names in double braces are all it may bring besides words and looks. What a name stands for goes in as text, or as the
paragraphs the built-in layout would have.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docx.oxml.ns import qn
from lxml import etree

from intake.rules.message import Param, Term
from intake.rules.papers.paper import OfficePaper
from intake.rules.papers.template import BLOCKS, LARGEST_TEMPLATE, LINES, line_values
from intake.rules.text import excerpt

from .archive import normalised
from .charts import png_of
from .docx import properties
from .letters import as_text
from .markup import Style, paragraph
from .sheet import appendix_sheet, blocks_of
from .sizes import SIZES

_NEW_PAGE = '<w:r><w:br w:type="page"/></w:r>'
_NAME = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_UNPACKED, _PARTS = 20 * 1024 * 1024, 300
_MOST_FLAWS = 10
_FIELDS = {"PAGE", "NUMPAGES"}
_RELATIONS = {
    "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "styles",
    "stylesWithEffects", "settings", "webSettings", "fontTable", "theme", "numbering", "header", "footer", "image",
    "hyperlink", "footnotes", "endnotes", "customXml", "customXmlProps",
}  # fmt: skip
_MARGINS, _NOTES = ("header", "footer"), ("footnotes", "endnotes")
_TRACKED = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def flaws_of(content: bytes, needed: Sequence[str]) -> tuple[Term, ...]:
    """What is wrong with a template, each with its place, `needed` names among it; nothing where it can be used."""
    if len(content) > LARGEST_TEMPLATE:
        return (Term("template.too_large"),)
    try:
        if not _within_bounds(content):
            return (Term("template.damaged"),)
        document = Document(io.BytesIO(content))
        found = [*_brought_along(document), *_written(document, needed)]
    except (zipfile.BadZipFile, PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError):
        return (Term("template.damaged"),)
    return tuple(found[:_MOST_FLAWS])


def _within_bounds(content: bytes) -> bool:
    """Whether it unpacks to something of a sensible size, without definitions of its own."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > _PARTS or sum(part.file_size for part in parts) > _UNPACKED:
            return False
        texts = (archive.read(part) for part in parts if part.filename.endswith((".xml", ".rels")))
        return not any(b"<!DOCTYPE" in text or b"<!ENTITY" in text for text in texts)


def _brought_along(document: DocxDocument) -> Iterator[Term]:
    """Programs, other files, places elsewhere: whatever a template has no use for."""
    package = document.part.package
    relations = [*package.rels.values(), *(one for part in package.iter_parts() for one in part.rels.values())]
    for kind in sorted({one.reltype.rpartition("/")[2] for one in relations} - _RELATIONS):
        yield Term("template.brings", {"what": kind})
    if any(one.is_external and not one.reltype.endswith("/hyperlink") for one in relations):
        yield Term("template.elsewhere")


def _written(document: DocxDocument, needed: Sequence[str]) -> Iterator[Term]:
    body = document.element.body
    if body.nsmap.get("w") != _WORD:
        yield Term("template.damaged")
        return
    seen = set[str]()
    for place, root in _roots(document, _notes(document)):
        if any(True for _ in root.iter(*map(qn, _TRACKED))):
            yield Term("template.tracked")
        yield from _fields(root)
        parts = list(root.iter(qn("w:p")))
        for number, part in enumerate(parts, 1):
            text = _text(part)
            seen |= set(_NAME.findall(text))
            yield from _named(text, Term(place, {"number": number}), in_body=root is body)
        yield from _out_of_reach(root, place, parts)
    for name in needed:
        if name not in seen:
            yield Term("template.missing", {"name": name})


def _named(text: str, where: Term, *, in_body: bool) -> Iterator[Term]:
    """What is wrong with the names of one paragraph."""
    place: dict[str, Param] = {"place": where, "around": excerpt(text)}
    alone = _NAME.fullmatch(text.strip()) is not None
    for name in _NAME.findall(text):
        if name not in (*LINES, *BLOCKS):
            yield Term("template.unknown", {"name": name, **place})
        elif name in BLOCKS and not (alone and in_body):
            yield Term("template.not_alone", {"name": name, **place})
    if _LEFT_OVER.search(_NAME.sub("", text)):
        yield Term("template.braces", place)


def _out_of_reach(root: etree._Element, place: str, parts: Sequence[etree._Element]) -> Iterator[Term]:
    """Names where no text of a paragraph is: in a word drawn as a picture, a formula, what a picture is called."""
    for one in root.iter(etree.Element):
        foreign = not str(one.tag).startswith(f"{{{_WORD}}}")  # what Word calls its own is looked at as paragraphs
        said = [*map(str, one.attrib.values()), (one.text or "") if foreign else ""]
        around = next((text for text in said if _LEFT_OVER.search(text)), None)
        if around is not None:
            inside = [part for part in one.iterancestors(qn("w:p")) if part in parts]
            number = parts.index(inside[-1]) + 1 if inside else 1
            where = Term(place, {"number": number})
            yield Term("template.out_of_reach", {"place": where, "around": excerpt(around)})


def _fields(root: etree._Element) -> Iterator[Term]:
    """What Word fills anew when it opens the file: a day of today, a text from elsewhere or of the file's own data."""
    if any(True for _ in root.iter(qn("w:dataBinding"))):
        yield Term("template.field", {"name": "dataBinding"})
    told = [one.text or "" for one in root.iter(qn("w:instrText"))]
    told += [one.get(qn("w:instr"), "") for one in root.iter(qn("w:fldSimple"))]
    for instruction in told:
        words = instruction.split()
        if words and words[0].upper() not in _FIELDS:
            yield Term("template.field", {"name": excerpt(words[0])})


def _roots(document: DocxDocument, notes: Mapping[Part, etree._Element]) -> list[tuple[str, etree._Element]]:
    """The body, then the margins above and below, then the notes: what each is called as a place, and what is in it."""
    parts = [(one.reltype.rpartition("/")[2], one) for one in document.part.rels.values() if not one.is_external]
    margins = [("template.in_margin", one.target_part.element) for kind, one in parts if kind in _MARGINS]
    return [
        ("template.in_body", document.element.body),
        *margins,
        *(("template.in_note", element) for element in notes.values()),
    ]


def _notes(document: DocxDocument) -> dict[Part, etree._Element]:
    """The notes at the foot of pages and at the end, which the library leaves as they are."""
    return {
        one.target_part: etree.fromstring(one.target_part.blob)
        for one in document.part.rels.values()
        if not one.is_external and one.reltype.rpartition("/")[2] in _NOTES
    }


def _pieces(part: etree._Element) -> list[etree._Element]:
    """The pieces of text of a paragraph, without those of paragraphs inside it (a box of text has its own)."""
    return [one for one in part.iter(qn("w:t")) if next(one.iterancestors(qn("w:p"))) is part]


def _text(part: etree._Element) -> str:
    return "".join(one.text or "" for one in _pieces(part))


def filled(content: bytes, paper: OfficePaper) -> bytes:
    """A template, which had no flaws when it was kept, with a document in it: the same ones make the same bytes."""
    document = Document(io.BytesIO(content))
    properties(document, paper)
    pictures = tuple(document.part.get_or_add_image(io.BytesIO(png_of(chart)))[0] for chart in paper.charts)
    blocks = dict(zip(BLOCKS, blocks_of(paper, pictures), strict=True))
    empty = paragraph(Style(SIZES[paper.layout].body))
    values, body, notes = line_values(paper), document.element.body, _notes(document)
    for _, root in _roots(document, notes):
        for comment in list(root.iter(etree.Comment)):
            _remove(comment)
        for part in list(root.iter(qn("w:p"))):
            whole = _NAME.fullmatch(_text(part).strip())
            if whole is not None and whole[1] in blocks and root is body:
                _mark(part, whole[1], blocks)
            elif _put_in(part, values) and not _text(part).strip():
                _take_out(part)
    for kept, element in notes.items():
        kept._blob = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001
    written = io.BytesIO()
    document.save(written)
    page = document.part.partname.lstrip("/")
    appended = ""
    if paper.appendix is not None:
        appended = paragraph(Style(SIZES[paper.layout].body), _NEW_PAGE) + appendix_sheet(paper.appendix, paper.layout)
    return normalised(written.getvalue(), {page: lambda text: _with_blocks(_ended(text, appended), blocks, empty)})


def _ended(text: bytes, appended: str) -> bytes:
    """The page with an appendix behind everything that stands on it."""
    before, section, after = text.rpartition(b"<w:sectPr")
    return before + appended.encode() + section + after


def _mark(part: etree._Element, name: str, blocks: Mapping[str, str]) -> None:
    """Leave a mark where a block goes: it is put there as text at last, which costs what its letters cost."""
    if blocks[name] or _is_last(part):
        part.addprevious(etree.Comment(name))
    _remove(part)


def _with_blocks(text: bytes, blocks: Mapping[str, str], empty: str) -> bytes:
    for name, inner in blocks.items():
        text = text.replace(f"<!--{name}-->".encode(), (inner or empty).encode())
    return text


def _is_last(part: etree._Element) -> bool:
    """Whether a cell or a page would be without a paragraph at its end."""
    return next(part.iterancestors()).tag == qn("w:tc") and part.getnext() is None


def _take_out(part: etree._Element) -> None:
    """A line whose names all stand for nothing is no line."""
    if not _is_last(part) and part.find(f".//{qn('w:sectPr')}") is None:
        _remove(part)


def _remove(part: etree._Element) -> None:
    next(part.iterancestors()).remove(part)


def _put_in(part: etree._Element, values: Mapping[str, str]) -> bool:
    """Write what the names of a paragraph stand for into the piece each begins in. Returns whether there were any."""
    pieces = _pieces(part)
    found = [one for one in _NAME.finditer("".join(one.text or "" for one in pieces)) if one[1] in values]
    for one in reversed(found):
        _replace(pieces, one.start(), one.end(), " ".join(as_text(values[one[1]]).split()))
    return bool(found)


def _replace(pieces: list[etree._Element], start: int, end: int, text: str) -> None:
    at = 0
    for piece in pieces:
        said = piece.text or ""
        first, last = max(start - at, 0), min(end - at, len(said))
        if first < last:
            piece.text = said[:first] + text + said[last:]
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text = ""
        at += len(said)
