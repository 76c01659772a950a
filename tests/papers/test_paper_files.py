"""What a document is handed out as: PDF by whatever program is there, a copy for reading, a spreadsheet."""

import asyncio
import os
import re
import stat
import unicodedata
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from bot.media.attachments import AttachmentStore
from bot.media.press import PaperPress
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.paper import Grid
from papers import pdf
from papers.docx import docx_of
from papers.letters import as_text, in_lines, width
from papers.pdf import NoOfficeError, office, pdf_of
from papers.press import printed
from papers.reading_copy import reading_copy
from papers.xlsx import xlsx_of
from storage.view import StoreView
from tests.support.paper_check import parts_of
from tests.support.paper_facts import CODES, LONG, far_too_long, far_too_many, far_too_much, nothing, ordinary
from wording.papers.registry import KINDS, worded

LETTERS = (
    "".join(
        unicodedata.normalize("NFC", base + mark + tone)
        for base, marks in (
            ("a", ("", "\u0306", "\u0302")),
            ("e", ("", "\u0302")),
            ("o", ("", "\u0302", "\u031b")),
            ("u", ("", "\u031b")),
            ("i", ("",)),
            ("y", ("",)),
        )
        for mark in marks
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    )
    + "đ"
)


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def a_program(folder: Path, does: str) -> str:
    """A program of this name that does something of the kind LibreOffice does, or fails the way it fails."""
    program = folder / "an-office"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("kind", [PaperKind.PLAN, PaperKind.MINUTES, PaperKind.SPEAKERS, PaperKind.ANSWER_SLIP])
def test_a_copy_for_reading_says_so_and_has_the_words(kind, code):
    read = " ".join(text_of(reading_copy(worded(kind, ordinary(code)))).split())

    assert "BẢN ĐỌC" in read
    assert "DỰ THẢO" in read or not KINDS[kind].code


def test_a_copy_for_reading_has_every_letter_of_vietnamese():
    facts = ordinary("an-duong-2024", lambda text: f"{LETTERS} {LETTERS.upper()}" if text == "Đất đai" else text)
    read = text_of(reading_copy(worded(PaperKind.NOTICE, facts))).replace("\n", "").replace("\r", "")

    assert [letter for letter in LETTERS + LETTERS.upper() if letter not in read] == []


def test_a_copy_for_reading_of_far_too_much_or_of_nothing_is_whole():
    """Of sixty questions the last is there, of long names their ends; both at once take fpdf seven seconds."""
    assert "VB-2026-0060" in text_of(reading_copy(worded(PaperKind.MINUTES, far_too_many("vinh-bao-2026"))))
    long = " ".join(text_of(reading_copy(worded(PaperKind.MINUTES, far_too_long("vinh-bao-2026")))).split())
    assert long.count(f"Lê Văn Nói {LONG}".strip()) == len(far_too_long("vinh-bao-2026").meeting.speakers) * 2
    assert "Chưa có người đăng ký" in text_of(reading_copy(worded(PaperKind.SPEAKERS, nothing("vinh-bao-2026"))))


def test_the_same_document_is_the_same_bytes_in_every_format():
    facts = ordinary("vinh-bao-2026")
    paper = worded(PaperKind.DELEGATES, facts)

    seated = sum(not one.waiting for one in facts.meeting.delegates)
    assert f"Danh sách có {seated} người." in text_of(reading_copy(paper))
    assert xlsx_of(paper) == xlsx_of(paper)
    assert reading_copy(paper) == reading_copy(paper)


def test_a_spreadsheet_has_a_sheet_a_table_with_words_as_words_and_numbers_as_numbers():
    facts = ordinary("an-duong-2024", lambda text: f'=HYPERLINK("x")&"{text}"')
    parts = parts_of(xlsx_of(worded(PaperKind.DELEGATES, facts)))
    sheets = [parts[f"xl/worksheets/sheet{number}.xml"] for number in (1, 2)]

    assert "xl/worksheets/sheet3.xml" not in parts
    assert not any(b"<f>" in sheet for sheet in sheets)
    assert b"=HYPERLINK(" in parts["xl/sharedStrings.xml"]
    assert b"<v>3</v>" in sheets[0]


def test_a_row_of_a_spreadsheet_is_as_tall_as_what_stands_in_it():
    """LibreOffice leaves a row without a height one line tall, and prints the rest over the next."""
    papers = {"short": far_too_many("vinh-bao-2026"), "long": far_too_much("vinh-bao-2026")}
    sheets = {
        name: parts_of(xlsx_of(worded(PaperKind.SPEAKERS, facts)))["xl/worksheets/sheet1.xml"].decode()
        for name, facts in papers.items()
    }
    heights = {
        name: [float(one) for one in re.findall(r'<row r="\d+"[^>]* ht="([\d.]+)"', of)] for name, of in sheets.items()
    }
    assert len(heights["short"]) == len(heights["long"]) == 60 + 2, "the title, the titles of the columns, each speaker"
    assert set(heights["short"][2:]) == {15.75}
    assert min(heights["long"][2:]) > 2 * 16
    assert max(heights["long"]) <= 409
    assert 'mergeCell ref="A1:D1"' in sheets["long"], "a long title is not cut off where the table ends"


def test_a_spreadsheet_of_nobody_says_so():
    parts = parts_of(xlsx_of(worded(PaperKind.SPEAKERS, nothing("an-duong-2024"))))

    assert "Chưa có người đăng ký" in parts["xl/sharedStrings.xml"].decode()


def test_a_table_knows_its_titles():
    paper = worded(PaperKind.DELEGATES, ordinary("an-duong-2024"))

    assert all(isinstance(grid, Grid) and len(grid.rows[0]) == len(grid.columns) for grid in paper.grids)


def test_a_pdf_is_what_the_office_program_made(tmp_path, monkeypatch):
    """The real one takes a second a page: here a program of its name writes the file it was asked for."""
    does = 'for last in "$@"; do :; done; printf "%%PDF-1.7 printed" > "${last%.docx}.pdf"'
    monkeypatch.setattr(pdf, "NAMES", (a_program(tmp_path, does),))
    made = printed(worded(PaperKind.PLAN, nothing("an-duong-2024")), PaperFormat.PDF)

    assert made.content == b"%PDF-1.7 printed"
    assert made.note == ""


def test_a_program_that_ends_well_and_made_nothing_is_no_success(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "NAMES", (a_program(tmp_path, "exit 0"),))

    with pytest.raises(NoOfficeError, match="made nothing"):
        pdf_of(b"")


def test_a_program_that_hangs_is_ended_and_a_copy_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "NAMES", (a_program(tmp_path, "sleep 60"),))
    monkeypatch.setattr(pdf, "SECONDS", -0.9)
    made = printed(worded(PaperKind.PLAN, nothing("an-duong-2024")), PaperFormat.PDF)

    assert "took too long" in made.note
    assert "BẢN ĐỌC" in text_of(made.content)


def test_where_there_is_no_program_it_is_said(monkeypatch):
    monkeypatch.setattr(pdf, "NAMES", ("no-such-office",))

    assert office() is None
    with pytest.raises(NoOfficeError, match="not on this machine"):
        pdf_of(b"")


def test_a_long_name_is_cut_between_words_into_lines_of_about_one_width():
    name = "ĐẢNG BỘ TỈNH QUẢNG NGÃI VÀ CÁC CƠ QUAN TRỰC THUỘC"
    cut = in_lines(name, 28, 4000, bold=True)

    assert cut.replace("\n", " ") == name
    assert len(cut.split("\n")) >= 2
    assert max(width(line, 28, bold=True) for line in cut.split("\n")) < width(name, 28, bold=True) * 2 / 3
    assert in_lines("ĐẢNG ỦY", 28, 4000) == "ĐẢNG ỦY"
    assert in_lines("NGUYỄN" * 9, 28, 1000) == "NGUYỄN" * 9


def test_signs_of_no_alphabet_and_controls_are_left_out():
    assert as_text("a\x07\ufffd\ue123b\U000f0001") == "ab"


def test_a_document_nobody_signs_and_nobody_gets_ends_with_its_body():
    paper = replace(worded(PaperKind.PROGRAMME, nothing("an-duong-2024")), signers=(), recipients=None)

    assert "Nơi nhận" not in text_of(reading_copy(paper))


def nowhere() -> StoreView:
    """Nothing is looked up for what is handed in."""
    raise AssertionError("the database was asked for")


async def test_a_process_of_its_own_makes_the_same_file_and_fails_without_a_word_of_the_document(tmp_path):
    attachments = AttachmentStore(tmp_path)
    paper = worded(PaperKind.PLAN, nothing("an-duong-2024"))
    apart, here = PaperPress(attachments, apart=nowhere), PaperPress(attachments)
    assert await apart.lay_out(paper, PaperFormat.DOCX) == await here.lay_out(paper, PaperFormat.DOCX)

    template = attachments.save(docx_of(paper)).sha256
    broken = replace(paper, body=("Nguyễn Thị Hỏi",))
    with pytest.raises(RuntimeError, match="TypeError in _body, line") as failure:
        await apart.lay_out(broken, PaperFormat.DOCX, template)
    await apart.close()
    assert "Hỏi" not in str(failure.value)


def is_there(path: str) -> bool:
    return Path(path).exists()


def test_libreoffice_shares_the_time_of_whoever_began_it(tmp_path, monkeypatch):
    """A session of its own would have as much of the machine as all others together, where Linux shares it out so."""
    noted = tmp_path / "office"
    monkeypatch.setattr(pdf, "NAMES", (a_program(tmp_path, f"cat /proc/$$/stat > {noted}"),))
    with pytest.raises(NoOfficeError, match="made nothing"):
        pdf_of(b"")

    group, session = noted.read_text().rpartition(")")[2].split()[2:4]
    assert int(session) == os.getsid(0)
    assert int(group) != os.getpgid(0), "or nothing of it could be ended at once"


async def test_nothing_is_left_of_a_document_nobody_waits_for_any_more(tmp_path, monkeypatch):
    """The process is told to stop and takes LibreOffice and its folder along."""
    noted = tmp_path / "office"
    program = a_program(tmp_path, f'echo "$$ $1" > {noted}; exec sleep 60')
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "soffice").symlink_to(program)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    press = PaperPress(AttachmentStore(tmp_path / "kept"), apart=nowhere)
    making = asyncio.create_task(press.lay_out(worded(PaperKind.PLAN, nothing("an-duong-2024")), PaperFormat.PDF))
    async with asyncio.timeout(120):  # documents are put behind the other work of the machine
        while not (is_there(str(noted)) and noted.read_text().strip()):
            await asyncio.sleep(0.01)
    making.cancel()
    await asyncio.gather(making, return_exceptions=True)

    process, profile = noted.read_text().split()
    folder = os.path.dirname(profile.removeprefix("-env:UserInstallation=file://"))  # noqa: PTH120 - beside a loop
    assert not is_there(f"/proc/{process}")
    assert not is_there(folder)
