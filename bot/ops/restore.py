"""`doithoai restore`: an installation comes back from what `doithoai backup` wrote."""

import asyncio
import hashlib
import os
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

import pyrage
import sqlalchemy as sa

from bot.console import InputError, counted
from bot.ops.postgres_dump import DUMP_FILE, check_dump, load
from bot.ops.scratch import scratch_folder
from bot.sealing import SEALED_FOLDER
from bot.settings import DATABASE_FILE, PREFIX, Settings
from storage.engine import open_engine

_SEALED = b"age-encryption.org/v1"
_ATTACHMENT = re.compile(r"attachments/[0-9a-f]{2}/[0-9a-f]{64}")
_SEALED_FILE = re.compile(rf"{SEALED_FOLDER}/(?:[\w-]+/)*[\w-]+\.age")
_PIECE = 1 << 20
_UNFINISHED = ".restore-"


def restore(settings: Settings, source: Path, identity: Path | None) -> list[str]:
    """Put database, attachments and key where this installation looks for them; nothing that is there is overwritten.

    `identity` is the file with the private key a sealed backup opens with. Everything is unpacked and looked at in a
    folder of its own first: a file that is damaged, cut off or not ours leaves nothing behind. Returns lines that say
    what came back. Raises `InputError` for all that is in the way.
    """
    database = settings.database_file
    folder = settings.data_dir.absolute()
    if (database is not None and database.exists()) or _holds_anything(folder):
        place = database if database is not None and database.exists() else folder
        raise InputError(
            f"{place} is there already; restoring never overwrites anything: choose another {PREFIX}DATA_DIR"
        )
    if not source.is_file():
        raise InputError(f"there is no file {source}")
    try:
        # inside it: around it this login may have no rights, or it is a disk or a container's volume of its own
        with _made(folder), scratch_folder(folder, _UNFINISHED) as inside:
            archive = _opened(source, identity, inside / "plain.tar")
            unpacked = inside / "data"
            unpacked.mkdir(mode=0o700)
            files = _unpack(archive, unpacked, source)
            _check(settings, unpacked, source)
            if database is None:
                _refuse_full(settings)
                load(settings, unpacked / DUMP_FILE)
                (unpacked / DUMP_FILE).unlink()
            else:
                _move(unpacked / DATABASE_FILE, database)
            for one in unpacked.iterdir():
                one.rename(folder / one.name)
    except OSError as trouble:
        raise InputError(f"{source} cannot be restored: {trouble.strerror or trouble}") from None
    lines = [f"{folder}: database and {counted(files, 'file')}"]
    if not (folder / "secret.key").exists() and settings.secret_key is None:
        lines.append(f"the key was not in it: set {PREFIX}SECRET_KEY before anything starts")
    return lines


def _holds_anything(folder: Path) -> bool:
    """Whether something lies there already; what a restoring that was cut off left counts for nothing."""
    return folder.exists() and not all(one.name.startswith(_UNFINISHED) for one in folder.iterdir())


def _refuse_full(settings: Settings) -> None:
    """Nothing is restored over what is in a PostgreSQL database. Raises `InputError`."""
    if asyncio.run(_holds_tables(settings)):
        raise InputError(
            f"the database holds tables already; restoring never overwrites anything: make an empty one and "
            f"name it in {PREFIX}DATABASE_URL"
        )


async def _holds_tables(settings: Settings) -> bool:
    engine = open_engine(settings.engine_url)
    try:
        async with engine.connect() as connection:
            return bool(await connection.run_sync(lambda sync: sa.inspect(sync).get_table_names()))
    finally:
        await engine.dispose()


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """The folder, for its owner only; gone again where nothing came into it."""
    there = folder.exists()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield
    finally:
        if not there and not any(folder.iterdir()):
            folder.rmdir()


def _move(database: Path, to: Path) -> None:
    """To its place, also on another disk: all of it or nothing."""
    try:
        shutil.move(database, to)
    except OSError:
        to.unlink(missing_ok=True)
        raise


class _Written:
    """What is written, and what went wrong with writing: not to be taken for a file that does not open."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.trouble: OSError | None = None

    def write(self, piece: bytes) -> int:
        try:
            return self.out.write(piece)
        except OSError as trouble:
            self.trouble = trouble
            raise

    def flush(self) -> None:
        self.out.flush()


def _opened(source: Path, identity: Path | None, plain: Path) -> Path:
    """The tar file itself; of a sealed one what was in it, which is a whole file or none."""
    with source.open("rb") as stream:
        if stream.read(len(_SEALED)) != _SEALED:
            return source
    if identity is None:
        raise InputError(f"{source} is sealed: say with --identity which file holds the private key")
    key = _identity(identity)
    descriptor = os.open(plain, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as sealed, os.fdopen(descriptor, "wb", buffering=0) as out:
        written = _Written(out)
        try:
            pyrage.decrypt_io(sealed, written, [key])
        except (pyrage.DecryptError, OSError):
            if written.trouble is not None:
                raise written.trouble from None
            raise InputError(f"{source} does not open: it is damaged, or sealed for another key") from None
    return plain


def _identity(file: Path) -> pyrage.x25519.Identity:
    try:
        lines = [line.strip() for line in _text(file).splitlines()]
        [key] = [line for line in lines if line and not line.startswith("#")]
        return pyrage.x25519.Identity.from_str(key)
    except (ValueError, pyrage.IdentityError):  # also what is no text
        raise InputError(f"{file} holds no private key of age, a line AGE-SECRET-KEY-1…") from None


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError as trouble:
        raise InputError(f"{file} cannot be read: {trouble.strerror}") from None


def _unpack(archive: Path, into: Path, source: Path) -> int:
    """Unpack what a backup holds and nothing else. Returns how many files there are beside the database."""
    files = 0
    try:
        with tarfile.open(archive) as members:
            for member in members:
                packed = members.extractfile(member) if member.isfile() and _is_ours(member.name) else None
                if packed is None:
                    raise InputError(f"{source} is no backup of ours: it holds {member.name!r}")
                _keep(packed, into / member.name)
                files += member.name not in (DATABASE_FILE, DUMP_FILE)
                if _ATTACHMENT.fullmatch(member.name) and _digest(into / member.name) != Path(member.name).name:
                    raise InputError(f"{source} is damaged: {member.name} is not what it was")
    except tarfile.TarError:
        raise InputError(f"{source} is damaged, or no backup of ours") from None
    return files


def _keep(packed: IO[bytes], file: Path) -> None:
    """Write one file, for its owner only, whatever rights and owner the archive has for it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with packed, os.fdopen(descriptor, "wb") as out:
        shutil.copyfileobj(packed, out, _PIECE)


def _is_ours(name: str) -> bool:
    """Whether a backup of ours holds a file of this name."""
    return name in (DATABASE_FILE, DUMP_FILE, "secret.key") or any(
        form.fullmatch(name) for form in (_ATTACHMENT, _SEALED_FILE)
    )


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _check(settings: Settings, unpacked: Path, source: Path) -> None:
    """Whether the database in it is of the kind this installation has, and whole."""
    other = DATABASE_FILE if settings.database_file is None else DUMP_FILE
    if (unpacked / other).exists():
        kind = "SQLite" if other == DATABASE_FILE else "PostgreSQL"
        raise InputError(f"{source} is of an installation on {kind}: set {PREFIX}DATABASE_URL accordingly")
    if settings.database_file is not None:
        _check_database(unpacked / DATABASE_FILE, source)
    elif not (unpacked / DUMP_FILE).exists():
        raise InputError(f"{source} is no backup of ours: there is no database in it")
    else:
        check_dump(settings, unpacked / DUMP_FILE)


def _check_database(file: Path, source: Path) -> None:
    if not file.exists():
        raise InputError(f"{source} is no backup of ours: there is no database in it")
    try:
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as trouble:
        found = str(trouble)
    if found != "ok":
        raise InputError(f"{source} is damaged: its database is {found.splitlines()[0]}")
