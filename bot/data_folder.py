"""The data folder: who may run in it, and the key that is kept there."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.setting_values import SHORTEST_SECRET
from bot.settings import DATABASE_FILE, PREFIX, Settings, SettingsError

DEMO_MARK = "demo-clock"
"""The demo's clock; a folder with it is the demo's."""

_WAY_BACK = "restore it from a backup; where there is none, take the file away and do what the next start says"
_OTHERS = 0o077
"""What the group and everybody else may do."""


def make_folder(folder: Path) -> None:
    """Make the data folder if there is none, for its owner only. Raises `SettingsError` when it cannot be.

    One that is there keeps its mode: whoever set it up may let a backup's group in. The doctor says who can read it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as trouble:
        raise SettingsError(f"{PREFIX}DATA_DIR: {folder} cannot be created: {trouble.strerror}") from None


def make_database_file(database: Path) -> None:
    """Make an empty SQLite file for its owner only, where there is none: SQLite itself would let everybody read it.

    What SQLite puts beside it (the log, the shared memory) takes its mode. Raises `SettingsError` when it cannot be.
    """
    if database.exists():
        return
    try:
        database.touch(mode=0o600)
    except OSError as trouble:
        raise SettingsError(f"the database cannot be used: {database}: {trouble.strerror}") from None


def open_to_others(settings: Settings) -> Path | None:
    """The place of people's data that others on this machine can get into: the folder, or a database outside it."""
    folder, database = settings.data_dir, settings.database_file
    if folder.exists() and folder.stat().st_mode & _OTHERS:
        return folder
    if database is None or folder.absolute() in database.absolute().parents or not database.exists():
        return None
    return database if database.stat().st_mode & _OTHERS else None


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Hold the folder; the lock ends with the process. Raises `SettingsError` while another holds it."""
    make_folder(folder)
    with (folder / "running.lock").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingsError(f"another `doithoai run` is using {folder}; stop it first") from None
        yield


def key_missing(settings: Settings) -> bool:
    """Whether there is no key yet: none is set, and none lies in the data folder.

    An empty file is none: a first start that was cut off, or a disk that was full, leaves one.
    """
    kept = key_file(settings)
    return settings.secret_key is None and not (kept.exists() and kept.stat().st_size)


def key_file(settings: Settings) -> Path:
    """Where the key is kept that was made here."""
    return settings.data_dir / "secret.key"


def keys_of(settings: Settings) -> tuple[str, ...]:
    """The keys of the vault, the one in use first; made and kept in the data folder when none is given.

    Raises `SettingsError` when the kept one is damaged. Whether a new one may be made is asked before (`bot.keys`).
    """
    if settings.secret_key is not None:
        return tuple(key.strip() for key in settings.secret_key.get_secret_value().split(","))
    path = key_file(settings)
    if key_missing(settings):
        make_folder(settings.data_dir)
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(32))
            stream.flush()
            os.fsync(handle)  # before anything is sealed with it: the database is synced, and would outlive it
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    try:
        key = path.read_text("utf-8").strip()
    except (OSError, ValueError):  # no text, no file, or one that may not be read
        raise SettingsError(f"{path} cannot be read as a key; {_WAY_BACK}") from None
    if len(key) < SHORTEST_SECRET:
        raise SettingsError(f"{path} is damaged: the key in it is too short; {_WAY_BACK}")
    return (key,)


def refuse_demo_beside_network(settings: Settings) -> None:
    """The demo lets everybody be anybody: it never runs beside a network or a database of real people.

    Raises `SettingsError` when a token of any network is set, when the database is not an SQLite file of its own, or
    when the data folder holds what a real run left there.
    """
    for name, value in sorted(os.environ.items()):
        if name.startswith(PREFIX) and name.endswith("_TOKEN") and name != f"{PREFIX}METRICS_TOKEN" and value:
            raise SettingsError(
                f"The demo does not start while {name} is set: it lets everybody act as anybody. "
                "Unset it, or run without --demo."
            )
    if settings.database_url:
        raise SettingsError(
            f"The demo keeps to its own SQLite file; unset {PREFIX}DATABASE_URL, or run without --demo."
        )
    if (settings.data_dir / DATABASE_FILE).exists() and not (settings.data_dir / DEMO_MARK).exists():
        raise SettingsError(
            f"{settings.data_dir} holds real data, so the demo does not start there; "
            f"set {PREFIX}DATA_DIR to a new folder."
        )


def refuse_real_run_on_demo(settings: Settings) -> None:
    """Invented people with real roles must not live on: a real run does not start in a folder of the demo."""
    if (settings.data_dir / DEMO_MARK).exists():
        raise SettingsError(
            f"{settings.data_dir} holds the demo with its invented people; set {PREFIX}DATA_DIR to another folder."
        )
