"""A terminal of another encoding, a text pasted from elsewhere: the command line is a door like any other."""

import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.command_line import Command, refused

BROKEN = b"M\xe1y tr\xf9ng \xff".decode(errors="surrogateescape")
"""What Python makes of bytes that are no UTF-8."""


@pytest.mark.parametrize(
    "words",
    [
        ("invite", "secretary", "--unit", "VB", "--name", BROKEN),
        ("breach", "note", BROKEN, "--unit", "VB"),
        ("contacts", "set", "hotline", BROKEN, "--unit", "VB"),
        ("calendar", "add", "2026-05-04", "off", "--reason", BROKEN, "--source", "Quyết định 12"),
        ("plans", "load", BROKEN),
        ("clock", "reply", BROKEN),
    ],
    ids=lambda words: words[0],
)
def test_what_is_no_utf_8_is_said_in_one_sentence(doithoai: Command, words: tuple[str, ...]) -> None:
    refused(doithoai(*words), "this is no UTF-8: M?y tr?ng ?")


def test_what_is_typed_is_kept_as_it_was_meant(doithoai: Command, tmp_path: Path) -> None:
    typed = unicodedata.normalize("NFD", "xã Vĩnh \u202eBảo\u2066")
    assert doithoai("invite", "secretary", "--unit", "VB", "--name", typed)[0] == 0

    with closing(sqlite3.connect(tmp_path / "data" / "doithoai.sqlite3")) as opened:
        assert opened.execute("SELECT name FROM units").fetchall() == [("xã Vĩnh Bảo",)]


def test_a_file_is_found_under_the_very_name_it_has(doithoai: Command, tmp_path: Path) -> None:
    plan = tmp_path / unicodedata.normalize("NFD", "Kế hoạch.toml")
    plan.write_text("không phải hồ sơ", "utf-8")

    refused(doithoai("plans", "load", str(plan), "--yes"), ".toml:1")
