"""A folder to write in that nobody else looks into, and that no power cut leaves behind for good."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def scratch_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `parent`, gone at the end.

    What is copied here is people's data in clear: folders of this prefix whose process died, by a kill or a power cut,
    are taken away first. One that is written in is held, so that two may work side by side.
    """
    for left in parent.glob(f"{prefix}*"):
        with suppress(OSError), _held(left):  # held by another, of another login, or no folder
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=parent, prefix=prefix) as made, _held(Path(made)):
        yield Path(made)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Raises `OSError` while another process holds it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)
