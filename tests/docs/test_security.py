"""docs/security.md names the test that would fail without each control: those tests are there."""

import re

from tests.support.tree import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
DEFINED = re.compile(r"^(?:async )?def (test_\w+)\(", re.MULTILINE)


TABLE = re.compile(r"^(\|.*)\n\|[-|]+\n((?:\|.*\n)+)", re.MULTILINE)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def threats() -> list[list[str]]:
    """The rows of every table whose last column is the test; tables of figures are none of these."""
    tables = [(cells(head), body.splitlines()) for head, body in TABLE.findall(PAGE)]
    return [cells(line) for head, body in tables if re.search(r"\btest\b", head[-1]) for line in body]


def test_every_test_that_is_named_is_there():
    there = {name for file in (ROOT / "tests").rglob("test_*.py") for name in DEFINED.findall(file.read_text("utf-8"))}
    named = set(re.findall(r"`(test_\w+)`", PAGE))

    assert named
    assert named - there == set()


def test_whatever_somebody_might_do_has_its_control_and_its_test():
    rows = threats()

    assert {row[0] for row in rows} >= {
        "a neighbour",
        "a spammer",
        "a forged official",
        "a stolen phone",
        "a hostile webhook",
        "a malicious file",
        "a leaked backup",
        "a curious admin",
    }
    assert [row for row in rows if not re.search(r"`test_\w+`|the same", row[-1]) or not row[-2]] == []
