"""Numbers and days as somebody types them by mistake: one line of ours, whichever command reads them."""

from pathlib import Path

import pytest

from tests.support.command_line import Command, refused

HUGE = "9" * 20


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("outbox", "show", "x"), "Invalid value for 'ID': must be a whole number"),
        (("roles", "revoke", "1.5"), "Invalid value for 'ID': must be a whole number"),
        (("audit", "show", "--person", "x"), "Invalid value for '--person': must be a whole number"),
        (("outbox", "list", "--older-than", "-1"), "Invalid value for '--older-than': must be at least 0"),
        (("zalo-sandbox", "--port", "99999"), "Invalid value for '--port': must be at most 65535"),
        (("roles", "revoke", HUGE), "a number or a day is too large or too small"),
        (("outbox", "list", "--older-than", HUGE), "a number or a day is too large or too small"),
        (("audit", "show", "--day", "0001-01-01"), "a number or a day is too large or too small"),
        (("sweep", "--as-of", "0001-01-01"), "a number or a day is too large or too small"),
        (("zalo-sandbox", "--templates", "no-file.toml"), "no-file.toml cannot be read: No such file or directory"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_what_is_no_number_or_too_large_is_one_line(doithoai: Command, words: tuple[str, ...], sentence: str) -> None:
    refused(doithoai(*words), sentence)


def test_a_file_of_templates_in_another_encoding_is_named(doithoai: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xff")

    refused(doithoai("zalo-sandbox", "--templates", str(tmp_path / "mine.toml")), "mine.toml is not saved as UTF-8")


def test_an_official_without_a_desk_is_told_the_desks(doithoai: Command) -> None:
    assert doithoai("plans", "load", "plans/vinh-bao-2026.toml")[0] == 0

    refused(doithoai("invite", "official", "--unit", "VB"), "say the desk with --desk; VB has ban-xay-dung-dang, ")
