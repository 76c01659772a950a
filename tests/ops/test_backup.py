"""`doithoai backup`: one file with everything, made while others write, from which the installation comes back."""

import asyncio
import io
import sqlite3
import stat
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.cli.common import with_progress
from bot.media.attachments import AttachmentStore
from bot.ops.backup import back_up
from bot.ops.scratch import scratch_folder
from bot.settings import read_settings
from bot.store import open_store
from intake.rules.people.person import Person
from storage import tables as t
from tests.support.command_line import Command, refused

PHOTO = b"\xff\xd8\xff\xe0" + b"road" * 100


async def _add(name: str) -> str:
    store = await open_store(read_settings())
    try:
        async with store.unit() as uow:
            await uow.people.add(Person(name, None, phone_sealed=store.vault.seal("+84912345678"), created_at=uow.now))
            await uow.commit()
    finally:
        await store.close()
    return name


async def _people() -> dict[str, str]:
    """Names and phone numbers, opened with the key of the installation."""
    store = await open_store(read_settings())
    try:
        async with store.reading() as uow:
            rows = await uow.session.execute(sa.select(t.persons.c.name, t.persons.c.phone_sealed))
            return {row.name: store.vault.open(row.phone_sealed) for row in rows}
    finally:
        await store.close()


def test_an_installation_comes_back_from_its_backup(
    doithoai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, target = tmp_path / "data", tmp_path / "backup.tar"
    asyncio.run(_add("Nguyễn Thị Lụa"))
    digest = AttachmentStore(data / "attachments").save(PHOTO).sha256
    (data / "attachments" / digest[:2] / "tmpabc").write_bytes(b"half of a pho")

    with closing(sqlite3.connect(data / "doithoai.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # somebody is writing at this moment
        other.execute("UPDATE persons SET name = 'not yet'")
        (said,) = back_up(read_settings(), target, list)
        other.execute("ROLLBACK")

    assert said.startswith(f"{target}: database and 2 files, ")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600, "phone numbers and the key to them are in it"
    asyncio.run(_add("later"))

    restored = tmp_path / "restored"
    restored.mkdir()
    with tarfile.open(target) as archive:
        names = {one.name for one in archive.getmembers()}
        archive.extractall(restored, filter="data")
    assert names == {"doithoai.sqlite3", "secret.key", f"attachments/{digest[:2]}/{digest}"}
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(restored))
    assert asyncio.run(_people()) == {"Nguyễn Thị Lụa": "+84912345678"}
    assert AttachmentStore(restored / "attachments").read(digest) == PHOTO
    assert "ok   database: SQLite, up to date" in doithoai("doctor")[1]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backup.tar", "data", "restored"], "nothing is left over"


def test_what_a_backup_that_was_cut_off_left_in_clear_is_gone_with_the_next(doithoai: Command, tmp_path: Path):
    """A power cut leaves a copy of the database beside the sealed backups, and nothing else ever takes it away."""
    assert doithoai("migrate")[0] == 0
    kept = tmp_path / "kept"
    (kept / ".backup-dead").mkdir(parents=True)
    (kept / ".backup-dead" / "doithoai.sqlite3").write_text("people")

    with scratch_folder(kept, ".backup-") as somebody_elses:
        assert doithoai("backup", str(kept / "tonight.tar"))[0] == 0
        assert somebody_elses.exists(), "another one that is being written stays"
    assert [one.name for one in kept.iterdir()] == ["tonight.tar"]


def test_restoring_that_was_cut_off_is_begun_anew(doithoai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert doithoai("migrate")[0] == 0
    assert doithoai("backup", str(tmp_path / "kept.tar"))[0] == 0
    restored = tmp_path / "restored"
    (restored / ".restore-dead" / "data").mkdir(parents=True)
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(restored))

    assert doithoai("restore", str(tmp_path / "kept.tar"))[0] == 0
    assert {one.name for one in restored.iterdir()} >= {"doithoai.sqlite3", "secret.key"}
    assert not list(restored.glob(".restore-*"))


def test_a_key_that_is_missing_is_not_taken_to_be_in_the_backup(doithoai: Command, tmp_path: Path):
    assert doithoai("migrate")[0] == 0
    (tmp_path / "data" / "secret.key").unlink()

    _, out, _ = doithoai("backup", str(tmp_path / "kept.tar"))
    assert f"the key is not in it: {tmp_path / 'data' / 'secret.key'} is missing" in out


def test_a_key_from_the_settings_has_to_be_kept_elsewhere(
    doithoai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOITHOAI_SECRET_KEY", "sixteen letters or more")
    asyncio.run(_add("Nguyễn Thị Lụa"))
    _, out, _ = doithoai("backup", str(tmp_path / "backup.tar"))
    assert "the key is not in it: keep DOITHOAI_SECRET_KEY somewhere else" in out
    assert "sixteen" not in out


def test_a_backup_overwrites_nothing(doithoai: Command, tmp_path: Path) -> None:
    asyncio.run(_add("Nguyễn Thị Lụa"))
    target = tmp_path / "backup.tar"
    target.write_text("the last good one")
    refused(doithoai("backup", str(target)), "exists already")
    assert target.read_text() == "the last good one"


def test_what_cannot_be_backed_up_is_said_in_one_line(
    doithoai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = str(tmp_path / "backup.tar")
    refused(doithoai("backup", target), "there is no database")
    asyncio.run(_add("Nguyễn Thị Lụa"))
    refused(doithoai("backup", str(tmp_path / "no such folder" / "backup.tar")), "cannot be written")

    monkeypatch.setenv("DOITHOAI_DATABASE_URL", "postgresql://u@127.0.0.1/x")
    monkeypatch.setenv("DOITHOAI_SECRET_KEY", "sixteen letters or more")
    refused(doithoai("backup", target), "pg_dump")  # nobody answers there
    monkeypatch.setenv("PATH", "")
    refused(doithoai("backup", target), "pg_dump is not here", "DOITHOAI_SECRET_KEY", "attachments")


def test_a_backup_that_was_written_is_told_of_though_nothing_can_be_noted(doithoai: Command, tmp_path: Path) -> None:
    """The key is gone, or the disk of the data is full: never was a backup wanted more."""
    asyncio.run(_add("Nguyễn Thị Lụa"))
    (tmp_path / "data" / "secret.key").unlink()

    status, out, err = doithoai("backup", str(tmp_path / "backup.tar"))

    assert out.startswith(f"{tmp_path}/backup.tar: database and 0 files, ")
    assert (status, "secret.key is missing" in err) == (2, True)


@pytest.mark.parametrize("damage", ["head", "page"])
def test_a_damaged_database_makes_no_backup(doithoai: Command, tmp_path: Path, damage: str) -> None:
    asyncio.run(_add("Nguyễn Thị Lụa"))
    database, target = tmp_path / "data" / "doithoai.sqlite3", tmp_path / "backup.tar"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with database.open("r+b") as file:
        file.seek(0 if damage == "head" else 4096 * 3)
        file.write(b"\xee" * 4096)

    refused(doithoai("backup", str(target)), "the database is damaged")
    assert not target.exists()


def test_whoever_watches_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert list(with_progress([1, 2, 3])) == [1, 2, 3]
    assert "100%" in terminal.getvalue()
