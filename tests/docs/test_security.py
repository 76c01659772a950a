"""docs/security.md names the test that would fail without each control: those tests are there."""

import re

from tests.support.tree import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
DEFINED = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("|---")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_test_that_is_named_is_there():
    there = {name for file in (ROOT / "tests").rglob("test_*.py") for name in DEFINED.findall(file.read_text("utf-8"))}
    named = set(re.findall(r"`(test_\w+)`", PAGE))

    assert named
    assert named - there == set()


def test_whatever_somebody_might_do_has_its_control_and_its_test():
    threats = [row for row in rows() if len(row) == 4]

    assert {row[0] for row in threats} >= {
        "a neighbour",
        "a spammer",
        "a forged official",
        "a stolen phone",
        "a hostile webhook",
        "a malicious file",
        "a leaked backup",
        "a curious admin",
    }
    assert [row for row in threats[1:] if not re.search(r"`test_\w+`|the same", row[3]) or not row[2]] == []
