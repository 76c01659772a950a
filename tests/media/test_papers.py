"""Files that a clerk hands in: the text of a plan comes out of every kind, and what cannot be read says why."""

import io
import os
import zipfile
from pathlib import Path

import docx
import pytest
from fontpkg.pil import truetype
from fpdf import FPDF

from bot.media import papers
from bot.media.papers import text_of
from intake.rules.plan.paper_file import Unreadable, UnreadablePaperError
from intake.rules.plan.reading.reading import read_paper
from papers.pdf import NICENESS
from tests.support.files import office_file
from wording.drafts import reading_json

_MAIN_PART = "wordprocessingml.document"
_PLAN = (
    "UBND XÃ TÂN LẬP\nSố: 12/KH-UBND\nTân Lập, ngày 02 tháng 3 năm 2026\n\nKẾ HOẠCH\n"
    "Đối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026\n\nUBND xã Tân Lập xây dựng kế hoạch như sau:\n\n"
    "1. Thời gian: 8 giờ 00, ngày 12/11/2026.\n2. Địa điểm: Hội trường Ủy ban nhân dân xã.\n"
)


def _is_the_plan(text: str) -> bool:
    reading = reading_json(read_paper(text))
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
    reading = reading_json(read_paper(text))
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
    as_it_is = text_of(
        "<p>Thông báo về đối thoại</p><pre>Thời gian: 8 giờ\n  Địa điểm: Hội trường xã</pre>"
        "<blockquote>Chủ trì: Chủ tịch\nxã</blockquote></pre>".encode()
    )
    assert "Thời gian: 8 giờ\nĐịa điểm: Hội trường xã\n" in as_it_is.replace("\n  ", "\n")
    assert "Chủ trì: Chủ tịch xã" in as_it_is


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _word_of(body: str, *, lists: str = "", styles: str = "") -> bytes:
    out = io.BytesIO(office_file(_MAIN_PART, extra="word/other.bin"))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/document.xml", f"<w:document {_W}><w:body>{body}</w:body></w:document>")
        if lists:
            archive.writestr("word/numbering.xml", f"<w:numbering {_W}>{lists}</w:numbering>")
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles {_W}>{styles}</w:styles>")
    return out.getvalue()


def _listed(text: str, number: str = "", depth: int = 0, style: str = "") -> str:
    which = f'<w:numId w:val="{number}"/>' if number else ""
    own = f'<w:numPr><w:ilvl w:val="{depth}"/>{which}</w:numPr>' if number or depth else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{own}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _level(depth: int, kind: str, pattern: str, start: int = 1) -> str:
    values = f'<w:start w:val="{start}"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/>'
    return f'<w:lvl w:ilvl="{depth}">{values}</w:lvl>'


_LEVELS = (
    ("upperRoman", "%1."),
    ("decimal", "%2."),
    ("decimal", "%2.%3."),
    ("lowerLetter", "%4)"),
    ("bullet", "•"),
    ("none", ""),
)
_LISTS = (
    f'<w:abstractNum w:abstractNumId="7">{"".join(_level(at, *one) for at, one in enumerate(_LEVELS))}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
    f'<w:lvlOverride w:ilvl="0">{_level(0, "upperLetter", "%1.")}</w:lvlOverride></w:num>'
)
_STYLES = (
    '<w:style w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Thuong"><w:pPr/></w:style><w:style w:styleId="Khong"><w:pPr><w:numPr/></w:pPr></w:style>'
)


def test_numbers_and_bullets_that_word_draws_by_itself_stand_before_the_words() -> None:
    read = [
        (
            "I. Mục đích của buổi đối thoại với Nhân dân",
            _listed("Mục đích của buổi đối thoại với Nhân dân", style="Muc"),
        ),
        ("II. Nội dung", _listed("Nội dung", "1")),
        ("1. Thời gian", _listed("Thời gian", "1", 1)),
        ("1.1. Sáng", _listed("Sáng", "1", 2)),
        ("1.2. Chiều", _listed("Chiều", "1", 2)),
        ("2. Địa điểm", _listed("Địa điểm", "1", 1)),
        ("2.1. Hội trường", _listed("Hội trường", "1", 2)),
        ("a) Thôn Đông", _listed("Thôn Đông", "1", 3)),
        ("b) Thôn Tây", _listed("Thôn Tây", "1", 3)),
        ("- gạch", _listed("gạch", "1", 4)),
        ("không số", _listed("không số", "1", 5)),
        ("III. Thực hiện", _listed("Thực hiện", "1")),
        ("I. Danh sách khác", _listed("Danh sách khác", "2")),
        ("D. Chữ", _listed("Chữ", "3")),
        ("Không danh sách", _listed("Không danh sách", "0", style="Muc")),
        ("1. Sâu hơn", _listed("Sâu hơn", depth=1, style="Muc")),
        ("Mồ côi", _listed("Mồ côi", depth=1)),
        ("Lạ", _listed("Lạ", "9")),
        ("Thường", _listed("Thường", style="Thuong")),
    ]
    text = text_of(_word_of("".join(body for _, body in read), lists=_LISTS, styles=_STYLES))
    assert [line for line in text.split("\n") if line] == [line for line, _ in read]


def test_what_was_changed_or_wrapped_in_word_is_not_lost() -> None:
    title = "Kế hoạch đối thoại với Nhân dân xã Tân Lập"
    body = (
        f"<w:sdt><w:sdtContent><w:p><w:r><w:t>{title}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>Thời gian: </w:t></w:r><w:ins><w:r><w:t>ngày 12/11/2026</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>ngày 11/11/2026</w:delText></w:r></w:del></w:p>"
        "<w:p><w:smartTag><w:r><w:t>Tân</w:t><w:noBreakHyphen/><w:t>Lập</w:t><w:br/><w:t>dòng</w:t><w:tab/>"
        "<w:t>cột</w:t></w:r></w:smartTag></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:sectPr/>"
    )
    text = text_of(_word_of(body))
    assert f"{title}\n" in text
    assert "Thời gian: ngày 12/11/2026\n" in text
    assert "Tân-Lập\ndòng\tcột\n" in text
    assert "ô" in text


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


_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument\0".encode("utf-16-le").ljust(128, b"\0")


def test_word_of_before_2007_needs_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert _why(_OLD_WORD) is Unreadable.OLD_WORD
    office = tmp_path / "soffice"
    (tmp_path / "made.docx").write_bytes(_word())
    office.write_text(f'#!/bin/sh\nfor last; do :; done\n/bin/cp {tmp_path}/made.docx "${{last%/*}}/paper.docx"\n')
    office.chmod(0o755)
    assert _is_the_plan(text_of(_OLD_WORD))
    office.write_text("#!/bin/sh\nexit 1\n")
    assert _why(_OLD_WORD) is Unreadable.DAMAGED


def test_a_busy_machine_does_not_make_a_file_a_damaged_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """LibreOffice steps back behind those who write, but not to the very end: somebody waits for it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(papers, "_CONVERSION_SECONDS", 1)
    office = tmp_path / "soffice"
    office.write_text(f"#!/bin/sh\n/bin/sleep 0.5\n/usr/bin/nice > {tmp_path}/niceness\n/bin/sleep 60\n")
    office.chmod(0o755)
    assert _why(_OLD_WORD) is Unreadable.NOT_IN_TIME
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert int((tmp_path / "niceness").read_text()) == max(10, own)
    assert NICENESS > 10
