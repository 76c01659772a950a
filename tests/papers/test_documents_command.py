"""`doithoai documents`: whoever runs the installation has the papers of a plan as files."""

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import docx
import pytest

from bot.media.attachments import AttachmentStore
from bot.media.kinds import media_type_of
from intake.rules.papers.kinds import PaperKind
from intake.rules.plan.profile_terms import Layout
from papers import pdf
from tests.support.command_line import Command, refused
from tests.support.paper_check import faults, words_of
from tests.support.world import PLANS

PLAN = "thach-that-2023"


@pytest.fixture
def loaded(doithoai: Command) -> Command:
    status, _, err = doithoai("plans", "load", str(PLANS / f"{PLAN}.toml"), "--yes")
    assert status == 0, err
    return doithoai


def test_every_kind_is_listed_with_what_it_needs(doithoai: Command) -> None:
    status, out, _ = doithoai("documents", "list")

    assert status == 0
    assert [line.split("\t")[0] for line in out.splitlines()] == [kind.value for kind in PaperKind]
    assert "minutes\tBiên bản hội nghị\t--plan [--meeting]\tdocx,pdf" in out.splitlines()


@pytest.mark.parametrize("kind", ["plan", "minutes", "answer_slip", "quarter_report"])
def test_a_document_is_made_of_a_plan_that_was_only_just_loaded(loaded: Command, kind: str, tmp_path: Path) -> None:
    out = tmp_path / "paper.docx"
    assert loaded("documents", "make", kind, "--plan", PLAN, "--out", str(out)) == (0, "", "")

    assert faults(out.read_bytes(), Layout.PARTY) == []
    assert out.stat().st_mode & 0o077 == 0, "people are named in it"


def test_the_format_is_what_the_file_is_called_unless_it_is_said(loaded: Command, tmp_path: Path) -> None:
    for name, more, media_type in (
        ("list.xlsx", (), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("list", ("--format", "xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("list.docx", (), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("list.new", ("--format", "docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("list-too", (), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ):
        out = tmp_path / name
        status, _, err = loaded("documents", "make", "speakers", "--plan", PLAN, "--out", str(out), *more)
        assert status == 0, err
        assert media_type_of(out.read_bytes()) == media_type


def test_without_libreoffice_a_pdf_is_a_copy_for_reading_and_says_so(
    loaded: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "NAMES", ("no-such-office",))
    out = tmp_path / "plan.pdf"
    status, _, err = loaded("documents", "make", "plan", "--plan", PLAN, "--out", str(out))

    assert status == 0
    assert "copy for reading" in err
    assert out.read_bytes().startswith(b"%PDF-")


def test_a_session_of_the_plan_or_a_period_is_named(loaded: Command, tmp_path: Path) -> None:
    out = tmp_path / "paper.docx"
    made = ("documents", "make", "notice", "--plan", PLAN, "--meeting", "thang-9", "--out", str(out))
    assert loaded(*made) == (0, "", "")
    assert "Hội trường UBND Huyện" in words_of(out.read_bytes())
    made = ("documents", "make", "quarter_report", "--plan", PLAN, "--period", "2023-Q4", "--out", str(out))
    assert loaded(*made) == (0, "", "")
    assert "quý IV năm 2023" in words_of(out.read_bytes())


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("minute",), ("minute", "minutes")),
        (("minutes", "--plan", "nowhere-2020"), ("nowhere-2020", "plans load")),
        (("minutes", "--format", "xlsx"), ("no list", "docx")),
        (("minutes", "--format", "odt"), ("odt", "docx")),
        (("minutes", "--meeting", "7"), ("meeting 7",)),
        (("minutes", "--meeting", "thang-1"), ("thang-1", "thang-9")),
        (("answer_slip", "--question", "TT-2023-0001"), ("TT-2023-0001",)),
        (("quarter_report", "--period", "2023-Q7"), ("2023-Q7", "2026-Q1")),
        (("quarter_report", "--period", "2023-03"), ("2023-03", "month_report")),
    ],
)
def test_what_cannot_be_made_is_one_line(
    loaded: Command, typed: tuple[str, ...], words: tuple[str, ...], tmp_path: Path
) -> None:
    plan = () if "--plan" in typed else ("--plan", PLAN)
    refused(loaded("documents", "make", *typed, *plan, "--out", str(tmp_path / "x")), *words)


def test_a_folder_that_is_none_is_said(loaded: Command, tmp_path: Path) -> None:
    made = ("documents", "make", "plan", "--plan", PLAN, "--out")
    refused(loaded(*made, str(tmp_path / "nowhere" / "x.docx")), "no folder")
    refused(loaded(*made, str(tmp_path)), "cannot be written")


def test_no_file_is_called_what_it_is_not(loaded: Command, tmp_path: Path) -> None:
    out = tmp_path / "plan.odt"
    refused(
        loaded("documents", "make", "plan", "--plan", PLAN, "--out", str(out)),
        "no odt",
        "docx, pdf or xlsx",
        "--format",
    )
    assert not out.exists()


def test_a_spreadsheet_has_its_numbers_as_numbers_and_words_as_words(loaded: Command, tmp_path: Path) -> None:
    out = tmp_path / "report.xlsx"
    loaded("documents", "make", "earlier_results", "--plan", PLAN, "--out", str(out))
    with zipfile.ZipFile(out) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_a_document_is_made_with_the_template_of_the_unit(loaded: Command, tmp_path: Path) -> None:
    """The desk keeps it; whoever runs the installation makes what the desk makes, or hears that the file is gone."""
    data, sheet = tmp_path / "data", docx.Document()
    for text in ("Theo mẫu của huyện", *(f"{{{{ {name} }}}}" for name in ("so_ky_hieu", "noi_dung"))):
        sheet.add_paragraph(text)
    written = io.BytesIO()
    sheet.save(written)
    kept = AttachmentStore(data / "attachments").save(written.getvalue(), "mau.docx").sha256
    with closing(sqlite3.connect(data / "doithoai.sqlite3", isolation_level=None)) as database:
        database.execute(
            "INSERT INTO unit_templates SELECT unit_id, 'minutes', ?, 1, '2026-11-29 00:00:00.000000' FROM plans",
            (kept,),
        )
    out = tmp_path / "paper.docx"
    assert loaded("documents", "make", "minutes", "--plan", PLAN, "--out", str(out)) == (0, "", "")
    assert docx.Document(str(out)).paragraphs[0].text == "Theo mẫu của huyện"
    AttachmentStore(data / "attachments").drop(kept)
    refused(loaded("documents", "make", "minutes", "--plan", PLAN, "--out", str(out)), "template cannot be read")
