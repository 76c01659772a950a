"""Files that a clerk hands in: the text of a plan comes out of every kind, and what cannot be read says why."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from fontpkg.pil import truetype
from fpdf import FPDF

from bot.media import papers
from bot.media.papers import Unreadable, UnreadablePaperError, text_of
from intake.rules.plan.reading.reading import as_json, read_paper
from tests.support.files import office_file

_MAIN_PART = "wordprocessingml.document"
_PLAN = (
    "UBND XÃ TÂN LẬP\nSố: 12/KH-UBND\nTân Lập, ngày 02 tháng 3 năm 2026\n\nKẾ HOẠCH\n"
    "Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026\n\nUBND xã Tân Lập xây dựng kế hoạch như sau:\n\n"
    "1. Thời gian: 8 giờ 00, ngày 12/11/2026.\n2. Địa điểm: Hội trường Ủy ban nhân dân xã.\n"
)


def _is_the_plan(text: str) -> bool:
    reading = as_json(read_paper(text))
    (meeting,) = reading["meetings"]
    return (reading["number"]["value"], meeting["time"], meeting["venue"]) == (
        "12/KH-UBND", "08:00", "Hội trường Ủy ban nhân dân xã",
    )  # fmt: skip


def _why(content: bytes) -> Unreadable:
    with pytest.raises(UnreadablePaperError) as refused:
        text_of(content)
    return refused.value.why


def _word(text: str = _PLAN) -> bytes:
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return _saved(document)


def _saved(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf(text: str = _PLAN, password: str = "") -> bytes:
    page = FPDF()
    page.add_page()
    page.add_font("noto", fname=truetype("Noto Sans", 12, weight=400).path)
    page.set_font("noto", size=12)
    page.multi_cell(0, text=text)
    if password:
        page.set_encryption(owner_password=password, user_password=password)
    return bytes(page.output())


def _open_document(body: str, *, mimetype: str = "application/vnd.oasis.opendocument.text", more: str = "") -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("META-INF/manifest.xml", f"<manifest>{more}</manifest>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        )
    return out.getvalue()


def test_word_pdf_open_document_web_page_and_text_say_the_same() -> None:
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in _PLAN.split("\n"))
    page = "<html><head><title>x</title><script>ngày 1/1/2020</script></head><body>{}</body></html>".format(
        "".join(f"<p>{line}</p>" for line in _PLAN.split("\n"))
    )
    for content in (
        _word(), _pdf(), _open_document(paragraphs), page.encode(), _PLAN.encode(), _PLAN.encode("utf-8-sig"),
        _PLAN.encode("utf-16"),
    ):  # fmt: skip
        assert _is_the_plan(text_of(content))


def test_tables_of_word_come_row_by_row_and_heads_cell_by_cell() -> None:
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "UBND XÃ TÂN LẬP\nSố: 12/KH-UBND"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTân Lập, ngày 02 tháng 3 năm 2026"
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Đối thoại với Nhân dân năm 2026")
    document.add_paragraph("Như sau:")
    rows = [["STT", "Đối tượng", "Thời gian", "Địa điểm"], ["1", "Thôn Đông", "Tháng 4/2026", "Nhà văn hóa\nthôn Đông"]]
    table = document.add_table(2, 4)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    merged = document.add_table(1, 3)
    merged.cell(0, 0).merge(merged.cell(0, 1)).text = "gộp"
    text = text_of(_saved(document))
    assert "1\tThôn Đông\tTháng 4/2026\tNhà văn hóa thôn Đông" in text
    assert text.count("gộp") == 1
    reading = as_json(read_paper(text))
    assert (reading["issued_on"]["value"], reading["meetings"][0]["venue"]) == ("2026-03-02", "Nhà văn hóa thôn Đông")


def test_tables_and_breaks_of_open_documents_and_web_pages() -> None:
    cells = "".join(
        f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in ("1", "Thôn Đông", "Tháng 4/2026")
    )
    text = text_of(
        _open_document(
            "<text:h>Kế hoạch đối thoại với Nhân dân của xã Tân "
            "Lập</text:h><text:p>một<text:line-break/>hai<text:tab/>ba"
            "<text:s/>bốn<text:span>năm</text:span>sáu<office:annotation>riêng</office:annotation></text:p>"
            f"<text:list><text:list-item><text:p>mục</text:p></text:list-item></text:list>"
            f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
        )
    )
    assert "một\nhai\tba bốnnămsáu\n" in text
    assert "1\tThôn Đông\tTháng 4/2026" in text
    page = text_of(
        "<table><tr><td>1</td><td>Thôn Đông đối thoại với Nhân dân xã Tân Lập trong năm nay</td></tr></table>".encode()
    )
    assert "1\tThôn Đông" in page


def test_old_fonts_become_unicode_as_a_whole() -> None:
    tcvn3 = "Nh©n d©n x· T©n LËp göi c©u hái vÒ V¨n phßng\nHéi nghÞ ®èi tho¹i tæ chøc t¹i Héi tr­êng x·\n" * 3
    text = text_of(tcvn3.encode("latin-1"))
    assert "Nhân dân xã Tân" in text
    assert "Hội nghị đối thoại tổ chức tại Hội" in text
    french = "Le maire répond aux habitants après la réunion publique du village.\n" * 3
    assert text_of(french.encode("latin-1")) == french


def test_page_numbers_are_no_part_of_a_paper() -> None:
    assert "\n2\n" not in text_of(_pdf("2\n" + _PLAN + "\n- 2 -"))


def test_a_scan_is_said_to_be_one() -> None:
    empty = FPDF()
    empty.add_page()
    assert _why(bytes(empty.output())) is Unreadable.SCAN
    assert _why(_word("")) is Unreadable.SCAN
    assert _why(_open_document("<text:p/>")) is Unreadable.SCAN
    assert _why(b"\xff\xd8\xff" + bytes(100)) is Unreadable.SCAN


def test_what_is_under_a_password_or_brings_programs_is_refused() -> None:
    assert _why(_pdf(password="mo")) is Unreadable.PROTECTED
    assert _why(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"E\0n\0c\0r\0y\0p\0t\0e\0d\0" * 9) is Unreadable.PROTECTED
    locked = "<file-entry><manifest:encryption-data/></file-entry>"
    assert _why(_open_document("<text:p/>", more=locked)) is Unreadable.PROTECTED
    assert _why(office_file(_MAIN_PART, extra="word/vbaProject.bin")) is Unreadable.MACROS
    scripted = io.BytesIO(_open_document("<text:p/>"))
    with zipfile.ZipFile(scripted, "a") as archive:
        archive.writestr("Basic/script.xml", "x")
    assert _why(scripted.getvalue()) is Unreadable.MACROS


def test_damaged_and_unknown_files_are_named() -> None:
    assert _why(b"  ") is Unreadable.EMPTY
    assert _why(bytes(papers.LARGEST + 1)) is Unreadable.TOO_LARGE
    assert _why(b"%PDF-1.7 broken") is Unreadable.DAMAGED
    assert _why(_word()[:-200]) is Unreadable.DAMAGED
    assert _why(office_file(_MAIN_PART)) is Unreadable.DAMAGED
    assert _why(_open_document("<text:p/>", mimetype="application/zip")) is Unreadable.UNKNOWN_KIND
    assert _why(_open_document("<text:p>")) is Unreadable.DAMAGED
    assert _why(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) is Unreadable.UNKNOWN_KIND
    assert _why(b"{\\rtf1 x}") is Unreadable.UNKNOWN_KIND
    assert _why(b"abc\0def") is Unreadable.UNKNOWN_KIND
    assert _why(b"OggS" + bytes(60)) is Unreadable.UNKNOWN_KIND
    assert _why(b"PK\x03\x04 no archive") is Unreadable.DAMAGED


def test_a_document_that_would_unpack_to_far_more_is_refused() -> None:
    big = io.BytesIO()
    with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", bytes(61 * 1024 * 1024))
    assert _why(big.getvalue()) is Unreadable.TOO_LARGE
    assert _why(("chữ " * 200_000).encode()) is Unreadable.TOO_LARGE


def test_a_document_type_inside_a_document_is_not_followed() -> None:
    with_type = io.BytesIO()
    with zipfile.ZipFile(with_type, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", "<!DOCTYPE a><a>Kế hoạch đối thoại</a>")
    assert _why(with_type.getvalue()) is Unreadable.DAMAGED


def test_word_of_before_2007_needs_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument\0".encode("utf-16-le").ljust(128, b"\0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _why(old) is Unreadable.OLD_WORD
    office = tmp_path / "soffice"
    (tmp_path / "made.docx").write_bytes(_word())
    office.write_text(f'#!/bin/sh\nfor last; do :; done\n/bin/cp {tmp_path}/made.docx "${{last%/*}}/paper.docx"\n')
    office.chmod(0o755)
    assert _is_the_plan(text_of(old))
    office.write_text("#!/bin/sh\nexit 1\n")
    assert _why(old) is Unreadable.DAMAGED
