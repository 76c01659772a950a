"""The text of a paper that somebody hands in: DOCX, DOC, PDF, ODT, HTML or plain text, as one Unicode text.

What cannot be read is refused with the reason; nothing in a file is run, fetched or unpacked beyond bounds. Whoever
reads no papers does not import this: its parsers cost 20 MB.
"""

import html.parser
import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from lxml import etree

from bot.media.kinds import WORD, has_macros, media_type_of
from bot.media.word import read_numbering, text_of_word
from handlers.language.legacy import paper_from_legacy
from intake.rules.plan.paper_file import Unreadable, UnreadablePaperError
from intake.rules.text import clean
from papers.pdf import NoOfficeError, NotInTimeError, converted, office

LARGEST = 10 * 1024 * 1024
_UNPACKED = 60 * 1024 * 1024
_PAGES = 200
_LETTERS = 200_000
_FEWEST_LETTERS = 40
_CONVERSION_SECONDS = 40
"""Less than a network waits for the answer of a webhook: Telegram sends again after a minute."""
_NICENESS = 10
"""Behind whoever writes, but before the documents that are made: somebody waits for it, and no longer than that."""
_CELL = "\t"
_ODT = b"application/vnd.oasis.opendocument.text"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\s*(?:-\s*)?\d{1,3}(?:\s*-)?\s*")
_SOFT_BREAK = re.compile("[\ufffe\u00ad\u200b\ufeff]")


def text_of(content: bytes) -> str:
    """The text of a file, by what it is and not by its name. Raises UnreadablePaperError with the reason.

    Word of before 2007 is converted by another program, which may take `_CONVERSION_SECONDS`.
    """
    if len(content) > LARGEST:
        raise UnreadablePaperError(Unreadable.TOO_LARGE)
    if not content.strip():
        raise UnreadablePaperError(Unreadable.EMPTY)
    text = _SOFT_BREAK.sub("", clean(_raw_text(content)))
    if len(text) > _LETTERS:
        raise UnreadablePaperError(Unreadable.TOO_LARGE)
    return paper_from_legacy(text)


def _raw_text(content: bytes) -> str:
    kind = media_type_of(content)
    if has_macros(content):
        raise UnreadablePaperError(Unreadable.MACROS)
    if kind == WORD:
        return _of_word(content)
    if kind == "application/pdf":
        return _of_pdf(content)
    if kind == "application/msword":
        return _of_old_word(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadablePaperError(
            Unreadable.PROTECTED if b"E\0n\0c\0r\0y\0p\0t" in content else Unreadable.UNKNOWN_KIND
        )
    if content.startswith(b"PK\x03\x04"):
        return _of_open_document(content)
    if kind is not None and kind.startswith("image/"):
        raise UnreadablePaperError(Unreadable.SCAN)
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if kind is not None or (not wide and b"\0" in content[:4096]) or content.lstrip().startswith(b"{\\rtf"):
        raise UnreadablePaperError(Unreadable.UNKNOWN_KIND)
    plain = _decoded(content)
    return (
        _of_html(plain)
        if re.match(r"\s*<(?:!doctype html|html|\?xml|body|head|div|p|table|h\d)\b", plain, re.IGNORECASE)
        else plain
    )


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1258", errors="replace") if _is_1258(content) else content.decode("latin-1")


def _is_1258(content: bytes) -> bool:
    """Old Vietnamese Windows writes tones as letters of their own; fonts of TCVN3 and VNI do not use them so."""
    return sum(content.count(tone) for tone in (b"\xec", b"\xcc", b"\xd2", b"\xde", b"\xf2")) > len(content) // 40


def _archive(content: bytes) -> zipfile.ZipFile:
    """A zip whose parts together stay within bounds, and none of which is under a password."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        raise UnreadablePaperError(Unreadable.DAMAGED) from None
    if sum(part.file_size for part in parts) > _UNPACKED or len(parts) > 5000:  # noqa: PLR2004
        raise UnreadablePaperError(Unreadable.TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadablePaperError(Unreadable.PROTECTED)
    return archive


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        content = archive.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
        raise UnreadablePaperError(Unreadable.DAMAGED) from None
    if _DOCTYPE.search(content):
        raise UnreadablePaperError(Unreadable.DAMAGED)
    return content


def _of_word(content: bytes) -> str:
    with _archive(content) as archive:
        names = archive.namelist()
        parts = {name: _part(archive, name) for name in names if name.endswith((".xml", ".rels"))}
    try:
        document, lists, styles = (
            etree.fromstring(parts[f"word/{name}.xml"], _careful_parser()) if f"word/{name}.xml" in parts else None
            for name in ("document", "numbering", "styles")
        )
        if document is None:
            raise UnreadablePaperError(Unreadable.DAMAGED)
        return _enough(text_of_word(document, read_numbering(lists, styles), _as_lines))
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadablePaperError(Unreadable.DAMAGED) from None


def _careful_parser() -> etree.XMLParser:
    """A parser that follows no entity and no address, and gives up on what is built to be huge."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _as_lines(rows: list[list[str]]) -> Iterator[str]:
    widest = max((len(row) for row in rows), default=0)
    numbered = any(re.fullmatch(r"\s*(?:TT|STT|Stt|\d{1,2})\.?\s*", row[0]) for row in rows if row)
    if widest <= 2 and not numbered:  # noqa: PLR2004
        for row in rows:
            for cell in row:
                yield from cell.split("\n")
        yield ""
        return
    for row in rows:
        yield _CELL.join(" ".join(cell.split()) for cell in row)
    yield ""


def _of_pdf(content: bytes) -> str:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePaperError(
            Unreadable.PROTECTED if "password" in str(error).lower() else Unreadable.DAMAGED
        ) from None
    with document:
        if len(document) > _PAGES:
            raise UnreadablePaperError(Unreadable.TOO_LARGE)
        pages = []
        for number in range(len(document)):
            try:
                page = document[number]
                words = page.get_textpage()
                pages.append(_without_furniture(words.get_text_range().replace("\r\n", "\n")))
            except pypdfium2.PdfiumError:
                raise UnreadablePaperError(Unreadable.DAMAGED) from None
            if sum(map(len, pages)) > _LETTERS:
                raise UnreadablePaperError(Unreadable.TOO_LARGE)
    return _enough("\n".join(pages))


def _without_furniture(page: str) -> str:
    """A page without its number alone on the first or last line."""
    lines = page.strip("\n").split("\n")
    if lines and _PAGE_NUMBER.fullmatch(lines[0]):
        lines = lines[1:]
    if lines and _PAGE_NUMBER.fullmatch(lines[-1]):
        lines = lines[:-1]
    return "\n".join(lines)


def _of_open_document(content: bytes) -> str:
    with _archive(content) as archive:
        names = archive.namelist()
        if "mimetype" not in names or archive.read("mimetype").strip() != _ODT:
            raise UnreadablePaperError(Unreadable.UNKNOWN_KIND)
        if any(name.startswith(("Basic/", "Scripts/")) for name in names):
            raise UnreadablePaperError(Unreadable.MACROS)
        if b"manifest:encryption-data" in _part(archive, "META-INF/manifest.xml"):
            raise UnreadablePaperError(Unreadable.PROTECTED)
        body = _part(archive, "content.xml")
    try:
        root = etree.fromstring(body, _careful_parser())
    except etree.XMLSyntaxError:
        raise UnreadablePaperError(Unreadable.DAMAGED) from None
    found = root.find(f".//{_OFFICE}text")
    if found is None:
        raise UnreadablePaperError(Unreadable.DAMAGED)
    return _enough("\n".join(_open_document_lines(found)))


def _open_document_lines(parent: "object") -> Iterator[str]:
    for element in parent:  # type: ignore[attr-defined]
        if element.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            yield from _open_document_words(element).split("\n")
            yield ""
        elif element.tag == f"{_TABLE}table":
            yield from _as_lines(
                [
                    [
                        "\n".join(_open_document_words(p) for p in cell.iter(f"{_TEXT}p", f"{_TEXT}h"))
                        for cell in row.iter(f"{_TABLE}table-cell")
                    ]
                    for row in element.iter(f"{_TABLE}table-row")
                ]
            )
        elif isinstance(element.tag, str) and not element.tag.endswith(("tracked-changes", "annotation")):
            yield from _open_document_lines(element)


def _open_document_words(element: "object") -> str:
    breaks = {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t", f"{_TEXT}s": " "}
    parts = [element.text or ""]  # type: ignore[attr-defined]
    for inner in element:  # type: ignore[attr-defined]
        if inner.tag in breaks:
            parts.append(breaks[inner.tag])
        elif isinstance(inner.tag, str) and not inner.tag.endswith(("annotation", "note")):
            parts.append(_open_document_words(inner))
        parts.append(inner.tail or "")
    return "".join(parts)


class _Page(html.parser.HTMLParser):
    """The text of a web page: blocks as lines, cells with tabs, no scripts or styles; lines of what is set as it is."""

    _BLOCKS = frozenset(
        (
            "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "section", "article", "pre",
            "ul", "ol", "dl", "dt", "dd", "blockquote", "header", "footer", "main", "aside", "hr", "center", "address",
        )
    )  # fmt: skip
    _SILENT = frozenset(("script", "style", "head", "noscript", "template", "nav", "svg"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._as_it_is = 0

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        if tag in self._SILENT:
            self._silent += 1
        if tag == "pre":
            self._as_it_is += 1
        if tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        if tag == "pre":
            self._as_it_is = max(0, self._as_it_is - 1)
        if tag in {"td", "th"}:
            self.parts.append("\t")
        elif tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data if self._as_it_is else re.sub(r"\s+", " ", data))


def _of_html(page: str) -> str:
    reader = _Page()
    reader.feed(page)
    reader.close()
    return _enough("\n".join(line.strip(" ").rstrip("\t ") for line in "".join(reader.parts).split("\n")))


def _of_old_word(content: bytes) -> str:
    """Word before 2007, by LibreOffice where it is installed, in a folder and with a profile of its own."""
    program = office()
    if program is None:
        raise UnreadablePaperError(Unreadable.OLD_WORD)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "paper.doc"
        source.write_bytes(content)
        try:
            converted(program, Path(folder), [source], "docx", _CONVERSION_SECONDS, _NICENESS)
            made = (Path(folder) / "paper.docx").read_bytes()
        except NotInTimeError:
            raise UnreadablePaperError(Unreadable.NOT_IN_TIME) from None
        except (NoOfficeError, OSError):
            raise UnreadablePaperError(Unreadable.DAMAGED) from None
    return _of_word(made)


def _enough(text: str) -> str:
    """The text where there is some; a document of pictures only is a scan."""
    if sum(sign.isalpha() for sign in text) < _FEWEST_LETTERS:
        raise UnreadablePaperError(Unreadable.SCAN)
    return text
