"""A backup that leaves the house opens only with a key that never was in it; and it comes back."""

import asyncio
import io
import os
import stat
import tarfile
from pathlib import Path

import pyrage
import pytest

from bot.media.attachments import AttachmentStore
from bot.settings import read_settings
from bot.store import open_store
from intake.rules.people.person import Person
from tests.support.command_line import Command, refused
from tests.support.recorded import Deed, deeds

NAME = "Nguyễn Thị Lụa"
PHOTO = b"\xff\xd8\xff\xe0" + b"road" * 100


@pytest.fixture
def key(tmp_path: Path) -> tuple[str, Path]:
    """The operator's public key, and the file with the private one."""
    identity = pyrage.x25519.Identity.generate()
    file = tmp_path / "key.txt"
    file.write_text(f"# created: 2026-11-29\n# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public()), file


@pytest.fixture
def installation(doithoai: Command, tmp_path: Path) -> Path:
    async def write() -> None:
        store = await open_store(read_settings())
        async with store.unit() as uow:
            await uow.people.add(Person(NAME, None, phone_sealed=store.vault.seal("+84912345678"), created_at=uow.now))
            await uow.commit()
        await store.close()

    asyncio.run(write())
    AttachmentStore(tmp_path / "data" / "attachments").save(PHOTO)
    matter = tmp_path / "data" / "sealed" / "ab" / f"{'ab' * 16}.age"
    matter.parent.mkdir(parents=True)
    matter.write_bytes(b"age-encryption.org/v1 for the named officer alone")
    return tmp_path / "data"


async def told() -> list[Deed]:
    store = await open_store(read_settings())
    try:
        async with store.reading() as uow:
            person = await uow.people.get(1)  # type: ignore[arg-type]
            assert person is not None
            assert (person.name, store.vault.open(person.phone_sealed or "")) == (NAME, "+84912345678")
            return await deeds(uow)
    finally:
        await store.close()


def left_over(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name.startswith("."))


def test_a_sealed_backup_says_nothing_and_comes_back_with_its_key(
    doithoai: Command, installation: Path, key: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    public, private = key
    sealed = tmp_path / "backup.age"
    status, out, err = doithoai("backup", str(sealed), "--to", public, "--by", "Thư")

    assert (status, err) == (0, "")
    assert f"it opens only with the private key that belongs to {public}" in out
    content = sealed.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n-> X25519 ")
    for word in (NAME.encode(), b"roadroad", (installation / "secret.key").read_bytes()):
        assert word not in content
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o600

    restored = tmp_path / "restored"
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(restored))
    refused(doithoai("restore", str(sealed)), "is sealed", "--identity")
    assert not restored.exists()
    status, out, err = doithoai("restore", str(sealed), "--identity", str(private), "--by", "Thư")
    assert (status, out, err) == (0, f"{restored}: database and 3 files\n", "")
    assert [(deed.act, deed.detail) for deed in asyncio.run(told())] == [
        ("restore", {"by": "Thư"}),
    ], "the backup's own entry was written after the copy was made"
    assert next((restored / "attachments").rglob("*/*")).read_bytes() == PHOTO
    assert next((restored / "sealed").rglob("*.age")).read_bytes().endswith(b"for the named officer alone")
    assert stat.S_IMODE(restored.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in restored.rglob("*") if one.is_file()} == {0o600}

    refused(doithoai("restore", str(sealed), "--identity", str(private)), "is there already")
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(installation))
    assert [(deed.act, deed.detail) for deed in asyncio.run(told())] == [("back_up", {"sealed": True, "by": "Thư"})]
    assert left_over(tmp_path) == []


def test_a_plain_one_comes_back_without_a_key(
    doithoai: Command, installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doithoai("backup", str(tmp_path / "backup.tar"))[0] == 0
    restored = tmp_path / "restored"
    restored.mkdir()
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(restored))

    assert doithoai("restore", str(tmp_path / "backup.tar"))[0] == 0
    assert asyncio.run(told())[-1].act == "restore"


@pytest.mark.parametrize("damage", ["cut", "one bit", "another key"])
def test_what_does_not_open_leaves_nothing_behind(
    damage: str,
    doithoai: Command,
    installation: Path,
    key: tuple[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    public, private = key
    sealed = tmp_path / "backup.age"
    doithoai("backup", str(sealed), "--to", public)
    content = sealed.read_bytes()
    if damage == "cut":
        sealed.write_bytes(content[: len(content) // 2])
    elif damage == "one bit":
        sealed.write_bytes(content[:-100] + bytes([content[-100] ^ 1]) + content[-99:])
    else:
        private.write_text(str(pyrage.x25519.Identity.generate()))
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path / "restored"))

    refused(doithoai("restore", str(sealed), "--identity", str(private)), "does not open")

    assert not (tmp_path / "restored").exists()
    assert left_over(tmp_path) == []


def test_a_disk_that_is_full_is_not_taken_for_a_damaged_backup(
    doithoai: Command, installation: Path, key: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the worst hour: nobody is to believe that the only copy is lost."""
    doithoai("backup", str(tmp_path / "backup.age"), "--to", key[0])
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path / "restored"))
    opened = os.fdopen

    def full(descriptor: int, mode: str, buffering: int = -1) -> object:
        """A file on a disk with no room."""
        if mode != "wb":
            return opened(descriptor, mode, buffering)
        os.close(descriptor)
        return opened(os.open("/dev/full", os.O_WRONLY), mode, buffering)

    monkeypatch.setattr("bot.ops.restore.os.fdopen", full)

    outcome = doithoai("restore", str(tmp_path / "backup.age"), "--identity", str(key[1]))
    refused(outcome, "cannot be restored: No space left on device")
    assert not (tmp_path / "restored").exists()


def test_a_folder_that_is_a_disk_of_its_own_takes_a_backup(
    doithoai: Command, installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A container's volume, or a folder somebody else made for this login: nothing around it may be touched."""
    doithoai("backup", str(tmp_path / "b"))
    restored = tmp_path / "disk" / "restored"
    restored.mkdir(parents=True)
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(restored))
    before = restored.stat().st_ino, restored.parent.stat().st_mtime_ns

    assert doithoai("restore", str(tmp_path / "b"))[0] == 0

    assert (restored.stat().st_ino, restored.parent.stat().st_mtime_ns) == before
    assert asyncio.run(told())[-1].act == "restore"
    assert left_over(restored) == []


def test_every_python_that_is_promised_can_unpack(
    doithoai: Command, installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.11.2, as Debian 12 has it, knows no filters of archives."""
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    monkeypatch.setattr(tarfile.TarFile, "extract", None)
    doithoai("backup", str(tmp_path / "b"))
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path / "restored"))

    assert doithoai("restore", str(tmp_path / "b"))[0] == 0
    assert asyncio.run(told())[-1].act == "restore"


def _tar(file: Path, **members: bytes) -> Path:
    with tarfile.open(file, "w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return file


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"../../evil": b"x"}, "no backup of ours: it holds '../../evil'"),
        ({"notes.txt": b"x"}, "no backup of ours"),
        ({"sealed/../../evil.age": b"x"}, "no backup of ours"),
        ({f"attachments/ab/{'ab' * 32}": b"x"}, "is not what it was"),
        ({"secret.key": b"k" * 40}, "there is no database in it"),
        ({"doithoai.sqlite3": b"x" * 5000}, "is damaged: its database is"),
    ],
)
def test_what_is_no_backup_of_ours_is_named(
    members: dict[str, bytes], said: str, doithoai: Command, tmp_path: Path
) -> None:
    refused(doithoai("restore", str(_tar(tmp_path / "strange.tar", **members))), said)

    assert not (tmp_path / "data").exists()
    assert left_over(tmp_path) == []


def test_bad_input_is_one_line(
    doithoai: Command, installation: Path, key: tuple[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(doithoai("backup", str(tmp_path / "b"), "--to", "my key"), "my key is no public key of age")
    assert doithoai("backup", str(tmp_path / "b"), "--to", key[0])[0] == 0
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path / "restored"))
    refused(doithoai("restore", str(tmp_path / "none")), "there is no file")
    refused(doithoai("restore", str(tmp_path / "b"), "--identity", str(tmp_path / "none")), "none cannot be read")
    (tmp_path / "no.key").write_text("secret")
    refused(doithoai("restore", str(tmp_path / "b"), "--identity", str(tmp_path / "no.key")), "holds no private key")
    (tmp_path / "junk").write_bytes(b"junk" * 100)
    refused(doithoai("restore", str(tmp_path / "junk")), "no backup of ours")
    monkeypatch.setenv("DOITHOAI_DATABASE_URL", "postgresql://somebody@nowhere/db")
    monkeypatch.setenv("DOITHOAI_SECRET_KEY", "k" * 20)
    identity = str(key[1])
    refused(doithoai("restore", str(tmp_path / "b"), "--identity", identity), "an installation on SQLite")


def test_a_database_that_lies_elsewhere_is_put_there(
    doithoai: Command, installation: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    doithoai("backup", str(tmp_path / "b"))
    (tmp_path / "disk").mkdir()
    monkeypatch.setenv("DOITHOAI_DATA_DIR", str(tmp_path / "restored"))
    monkeypatch.setenv("DOITHOAI_DATABASE_URL", f"sqlite:///{tmp_path / 'disk' / 'commune.sqlite3'}")

    assert doithoai("restore", str(tmp_path / "b"))[0] == 0
    assert asyncio.run(told())[-1].act == "restore"
    assert (tmp_path / "disk" / "commune.sqlite3").exists()
