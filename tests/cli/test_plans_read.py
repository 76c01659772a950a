"""`doithoai plans read`: a clerk's document at the command line."""

import json
from pathlib import Path

from tests.support.command_line import Command, refused

_PAPER = Path(__file__).parent.parent / "plan" / "papers" / "seen" / "state-notice-hour.txt"


def test_a_paper_is_read_into_one_object(doithoai: Command) -> None:
    status, out, _ = doithoai("plans", "read", str(_PAPER), "--json")
    reading = json.loads(out)
    assert (status, reading["paper"], reading["unit"]["value"]) == (0, "notice", "xã Đông Hòa")


def test_a_paper_is_shown_with_the_words_each_fact_rests_on(doithoai: Command) -> None:
    _, out, _ = doithoai("plans", "read", str(_PAPER))
    assert "number: 112/TB-UBND  ← “Số: 112/TB-UBND”" in out
    assert "window 2026-11-12 – 2026-11-12 (day)" in out
    assert "preparation: not stated" in out


def test_a_file_that_cannot_be_read_says_why_in_one_line(doithoai: Command, tmp_path: Path) -> None:
    refused(doithoai("plans", "read", str(tmp_path / "none.docx")), "cannot be read")
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(b"\xff\xd8\xff" + bytes(100))
    refused(doithoai("plans", "read", str(scan)), "scan without text")
