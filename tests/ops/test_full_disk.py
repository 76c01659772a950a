"""The disk is full: whatever is asked of the command line says so in one sentence, and nothing is left half begun."""

import errno
import gc
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.ops.machine import of_the_machine
from tests.support.command_line import Command, refused
from tests.support.processes import free_port

_FULL = "BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END"


def _filled(data: Path) -> None:
    """From now on the database of an installation takes nothing, in the words SQLite has for that."""
    with closing(sqlite3.connect(data / "doithoai.sqlite3")) as opened:
        tables = [str(name) for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            if not table.startswith(("sqlite_", "alembic")) and "_fts" not in table:
                for verb in ("INSERT", "UPDATE"):
                    opened.execute(f"CREATE TRIGGER full_{verb}_{table} BEFORE {verb} ON {table} {_FULL}")


@pytest.mark.parametrize(
    "words",
    [
        ("run",),
        ("run", "--roles", "network,send,clock"),
        ("plans", "load", "plans/vinh-bao-2026.toml", "--yes"),
        ("invite", "secretary", "--unit", "VB", "--name", "xã Vĩnh Bảo"),
        ("calendar", "add", "2026-05-04", "off", "--reason", "Nghỉ bù", "--source", "Quyết định 12"),
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_one_sentence_says_that_the_disk_is_full(
    doithoai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    assert doithoai("migrate")[0] == 0
    _filled(tmp_path / "data")
    monkeypatch.setenv("DOITHOAI_TELEGRAM_TOKEN", "7:" + "A" * 35)
    monkeypatch.setenv("DOITHOAI_TELEGRAM_API", "http://127.0.0.1:9")
    monkeypatch.setenv("DOITHOAI_HTTP_PORT", str(free_port()))
    monkeypatch.setenv("DOITHOAI_KEEP_SENT_DAYS", "40")
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        outcome = doithoai(*words)
        gc.collect()

    assert [str(one.message) for one in warned if "never awaited" in str(one.message)] == []
    refused(outcome, "disk is full")


def _without_room_beside() -> sqlite3.OperationalError:
    """What SQLite raises where the file it shares among processes cannot grow: no word of the disk."""
    failure = sqlite3.OperationalError("disk I/O error")
    failure.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    return failure


@pytest.mark.parametrize("words", [("doctor",), ("backup",)])
def test_a_database_that_cannot_even_be_opened_for_want_of_room_says_so(
    doithoai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    assert doithoai("migrate")[0] == 0

    def connect(*_: object, **__: object) -> sqlite3.Connection:
        raise _without_room_beside()

    async def look(_: object) -> str:
        raise OperationalError("", {}, _without_room_beside())

    monkeypatch.setattr(sqlite3, "connect", connect)
    monkeypatch.setattr("bot.ops.doctor.schema_state", look)
    status, out, err = doithoai(*words, *([str(tmp_path / "a.tar")] if words == ("backup",) else []))

    assert status != 0
    assert "the disk is full" in out + err
    assert "I/O" not in out + err


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/srv/a.tar"), "the disk is full: /srv/a.tar"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "the disk is full"),
        (OperationalError("", {}, sqlite3.OperationalError("database or disk is full")), "the disk is full"),
        (OperationalError("", {}, _without_room_beside()), "the disk is full"),
        (
            OperationalError("", {}, sqlite3.OperationalError("attempt to write a readonly database")),
            "the database is read-only",
        ),
        (
            OperationalError("", {}, ConnectionError("connection refused\nIs it running?")),
            "the database cannot be used: connection refused",
        ),
        (OperationalError("", {}, ConnectionError()), "the database cannot be used: ConnectionError"),
        (IntegrityError("", {}, sqlite3.IntegrityError("UNIQUE constraint failed")), ""),
        (PermissionError(errno.EACCES, "Permission denied"), ""),
        (ZeroDivisionError(), ""),
    ],
    ids=lambda value: str(value)[:40],
)
def test_only_what_the_machine_says_is_a_sentence_and_a_mistake_of_ours_stays_one(
    failure: Exception, sentence: str
) -> None:
    assert of_the_machine(failure) == sentence
