"""One `doithoai run` a data folder: with SQLite a second one would take the first for dead."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import SettingsError, make_folder


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
