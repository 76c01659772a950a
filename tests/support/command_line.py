"""The command `doithoai`, typed in a test: exit status and what stood on the two outputs."""

import io
import logging
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.cli.entrance import main

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def doithoai(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[Command]:
    """Type `doithoai …` in a folder of its own, with no other setting made."""
    for name in list(os.environ):
        if name.startswith("DOITHOAI_") and not name.startswith("DOITHOAI_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path / "data"))
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level

    def run(*arguments: str, typed: bytes = b"", terminal: bool = False) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["doithoai", *arguments])
        keyboard = io.TextIOWrapper(io.BytesIO(typed), encoding="ascii")
        monkeypatch.setattr(keyboard, "isatty", lambda: terminal)
        monkeypatch.setattr(sys, "stdin", keyboard)
        with pytest.raises(SystemExit) as end:
            main()
        written = capsys.readouterr()
        return int(end.value.code or 0), written.out, written.err

    yield run
    root.handlers[:] = handlers
    root.setLevel(level)


def refused(outcome: tuple[int, str, str], *words: str) -> None:
    """Status 2, nothing said but one line that names what is wrong."""
    status, out, err = outcome
    assert status == 2
    assert out == ""
    assert len(err.splitlines()) == 1, err
    assert err.startswith("doithoai: ")
    for word in words:
        assert word in err
