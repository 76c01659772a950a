"""`doithoai plans draft`: from a clerk's document to a profile that loads."""

from pathlib import Path

import pytest

from tests.support.command_line import Command, refused

_SEEN = Path(__file__).parent.parent / "plan" / "papers" / "seen"
_PAPER = _SEEN / "seeds-style-north.txt"


def test_a_document_becomes_a_profile_that_loads(doithoai: Command, tmp_path: Path) -> None:
    out = tmp_path / "que-phong.toml"
    status, said, _ = doithoai("plans", "draft", str(_PAPER), "--out", str(out))
    assert status == 0
    assert "que-phong-2025, 1 meeting" in said
    assert "Ai duyệt câu trả lời" in said
    text = out.read_text("utf-8")
    assert "# Dự thảo kế hoạch, đọc từ văn bản seeds-style-north.txt." in text
    assert "# Văn bản không nêu: " in text
    assert "issued_on = 2025-03-19" in text
    assert 'window = "2025-05-16/2025-05-31"' in text

    status, said, err = doithoai("plans", "load", str(out))
    assert (status, err) == (0, "")
    assert "que-phong-2025: Kế hoạch tổ chức đối thoại" in said


def test_the_code_of_the_unit_can_be_given(doithoai: Command, tmp_path: Path) -> None:
    out = tmp_path / "plan.toml"
    doithoai("plans", "draft", str(_PAPER), "--out", str(out), "--unit", "QPH")
    assert 'unit = "QPH"' in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        ("voters", "meetings of another kind (tiếp xúc cử tri)"),
        ("rule", "sets rules and foresees no meeting"),
        ("report", "tells of a meeting that was held"),
        ("moved-day", "changes, postpones or cancels a meeting"),
    ],
)
def test_other_papers_are_refused_in_one_line(doithoai: Command, tmp_path: Path, paper: str, sentence: str) -> None:
    out = tmp_path / "plan.toml"
    refused(doithoai("plans", "draft", str(_SEEN / f"{paper}.txt"), "--out", str(out)), sentence)
    assert not out.exists()


def test_nothing_that_is_there_is_written_over(doithoai: Command, tmp_path: Path) -> None:
    out = tmp_path / "plan.toml"
    out.write_text("mine", "utf-8")
    refused(doithoai("plans", "draft", str(_PAPER), "--out", str(out)), "is there already")
    assert out.read_text("utf-8") == "mine"
    refused(doithoai("plans", "draft", str(_PAPER), "--out", str(tmp_path / "no" / "plan.toml")), "cannot be written")


def test_a_meeting_outside_its_year_is_told_instead_of_drafted(doithoai: Command, tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(
        "ỦY BAN NHÂN DÂN\nXÃ TÂN LẬP\n\nKẾ HOẠCH\nĐối thoại giữa Chủ tịch UBND xã với Nhân dân năm 2026\n\n"
        "1. Thời gian: ngày 12/5/2027.\n",
        "utf-8",
    )
    refused(doithoai("plans", "draft", str(paper), "--out", str(tmp_path / "plan.toml")), "sessions[1].window")
