"""`doithoai backup`: everything an installation is, in one file, while it runs.

Sealed for a public key of the operator (age, https://age-encryption.org) it opens only with the private one, which does
not lie on this machine.
"""

import os
import sqlite3
import tarfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import pyrage

from bot.console import InputError, counted
from bot.data_folder import key_file, key_missing
from bot.ops.machine import unwritten
from bot.ops.postgres_dump import DUMP_FILE, dump
from bot.ops.scratch import scratch_folder
from bot.sealing import SEALED_FOLDER
from bot.settings import DATABASE_FILE, PREFIX, Settings
from intake.rules.deadlines.calendar import LOCAL

_DIGEST = 64
_COPIES_KEPT = 3
Progress = Callable[[list[Path]], Iterable[Path]]
"""Gives the files back one by one, and may show how far it is."""


def back_up(settings: Settings, target: Path, progress: Progress, *, to: str = "") -> list[str]:
    """Write database, attachments and the generated key to a new tar file that only its owner can read.

    `to` is a public key of age (`age1…`): the file is sealed for it, and what is written on the way lies nowhere else.
    The database is copied as it is at one moment, whoever writes to it meanwhile; attachments are copied after it, and
    since a file is kept before anything names it, none is missing. Returns lines that say what was written. Raises
    `InputError` when there is nothing to copy, when the copy is damaged, or when the file cannot be written.
    """
    database = settings.database_file
    if database is not None and not database.exists():
        raise InputError(f"there is no database at {database} yet")
    if target.exists():
        raise InputError(f"{target} exists already; a backup never overwrites anything")
    recipient = _recipient(to) if to else None
    try:
        with scratch_folder(target.absolute().parent, ".backup-") as folder:
            unfinished = folder / "unfinished.tar"
            copy = folder / (DUMP_FILE if database is None else DATABASE_FILE)
            if database is None:
                dump(settings, copy)
            else:
                _copy_database(database, copy)
            files = _files(settings)
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as stream:
                with _sealed(stream, recipient) as plain, tarfile.open(fileobj=plain, mode="w|") as archive:
                    archive.add(copy, copy.name)
                    for file in progress(files):
                        archive.add(file, str(file.relative_to(settings.data_dir)))
                stream.flush()
                os.fsync(stream.fileno())
            size = unfinished.stat().st_size
            unfinished.replace(target)  # all of it or nothing
    except OSError as trouble:
        raise InputError(f"{target} cannot be written: {trouble.strerror or trouble}") from None
    lines = [f"{target}: database and {counted(len(files), 'file')}, {size // 1024 + 1} kB"]
    if recipient is not None:
        lines.append(f"sealed: it opens only with the private key that belongs to {to}")
    if settings.attachments_url:
        lines.append(f"the files people sent are not in it: they lie at {settings.attachments_url}")
    if settings.secret_key is not None:
        lines.append(f"the key is not in it: keep {PREFIX}SECRET_KEY somewhere else")
    elif key_missing(settings):
        lines.append(f"the key is not in it: {key_file(settings)} is missing")
    return lines


def _recipient(to: str) -> pyrage.x25519.Recipient:
    try:
        return pyrage.x25519.Recipient.from_str(to)
    except pyrage.RecipientError:
        raise InputError(f"{to} is no public key of age; they begin with age1, `age-keygen` makes them") from None


@contextmanager
def _sealed(stream: IO[bytes], recipient: pyrage.x25519.Recipient | None) -> Iterator[IO[bytes]]:
    """What is written into it comes out of `stream` sealed; without a recipient it is the stream itself."""
    if recipient is None:
        yield stream
        return
    out, into = os.pipe()
    trouble: list[Exception] = []

    def seal() -> None:
        with os.fdopen(out, "rb") as plain:
            try:
                pyrage.encrypt_io(plain, stream, [recipient])
            except (OSError, pyrage.EncryptError) as failure:
                trouble.append(failure)

    sealing = threading.Thread(target=seal)
    sealing.start()
    try:
        with os.fdopen(into, "wb") as plain:
            yield plain
    except BrokenPipeError:  # what broke it is told below
        pass
    finally:
        sealing.join()
    if trouble:
        raise OSError(str(trouble[0])) from trouble[0]


def copy_before_migration(settings: Settings, database: Path, at: datetime) -> Path:
    """Copy `database`, an SQLite file, as it is before a migration. Returns the copy; the three newest stay.

    It lies in the data folder, for its owner only, and takes the place of the database when the older version is to run
    again. Raises `InputError` when it cannot be written: nothing is migrated then.
    """
    folder = settings.data_dir / "before-migration"
    copy = folder / f"{at.astimezone(LOCAL):%Y-%m-%d-%H%M%S}.sqlite3"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy.touch(mode=0o600)
        _copy_database(database, copy)
        for old in sorted(folder.glob("*.sqlite3"))[:-_COPIES_KEPT]:
            old.unlink()
    except OSError as trouble:
        raise InputError(f"{copy}, the copy made before migrating, cannot be written: {trouble.strerror}") from None
    return copy


def _copy_database(database: Path, copy: Path) -> None:
    """One read transaction: writers go on in the write-ahead log."""
    try:
        with (
            closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=rw", uri=True)) as source,
            closing(sqlite3.connect(copy)) as destination,
        ):
            source.backup(destination)
            found = destination.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.OperationalError as trouble:  # no room, no right
        raise InputError(f"the database cannot be copied: {unwritten(trouble) or trouble}") from None
    except sqlite3.DatabaseError as trouble:
        found = str(trouble)
    if found != "ok":
        raise InputError(f"the database is damaged: {found.splitlines()[0]}; keep your last good backup")


def _files(settings: Settings) -> list[Path]:
    """The key, the attachments and what is sealed; what is still being written does not have its name yet."""
    data_dir = settings.data_dir
    key, attachments = data_dir / "secret.key", data_dir / "attachments"
    kept = sorted(one for one in attachments.rglob("*") if one.is_file() and len(one.name) == _DIGEST)
    sealed = sorted((data_dir / SEALED_FOLDER).rglob("*.age"))
    return [*([key] if key.exists() else []), *([] if settings.attachments_url else [*kept, *sealed])]
