"""Files people send: checked for size and kind by their content, kept under the digest of what is kept."""

import hashlib
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.system_clock import system_now
from handlers.engine.inbound_event import Media, MediaProblem

from .kinds import has_macros, media_type_of
from .pictures import UnreadablePictureError, for_keeping

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 120


class AttachmentStore:
    """The folder where attachments lie, each under the SHA-256 of its content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, content: bytes, name: str = "") -> Media:
        """Keep a file; the same content is kept once. Returns the media, or why it was not taken.

        Of a picture the notes about place, day and device are not kept; what only an iPhone shows becomes a JPEG.

        The file is whole or absent, also after a power cut: it is written aside, synced, then renamed.
        """
        if len(content) > LARGEST:
            return Media(problem=MediaProblem.TOO_BIG)
        if not content:
            return Media(problem=MediaProblem.EMPTY)
        sent_as = media_type_of(content)
        if sent_as is None:
            return Media(problem=MediaProblem.MACROS if has_macros(content) else MediaProblem.TYPE)
        try:
            content = for_keeping(content, sent_as)
        except UnreadablePictureError:
            return Media(problem=MediaProblem.UNREADABLE)
        media_type = media_type_of(content) or sent_as
        if media_type != sent_as:
            name = name.rpartition(".")[0] + ".jpg" if "." in name else name
        digest = self.keep(content)
        return Media(digest, media_type, len(content), _plain_name(name) or digest[:8])

    def keep(self, content: bytes) -> str:
        """Keep what we made ourselves, whatever it is. Returns its content name."""
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        try:
            os.utime(path)  # what is sent again is as young as what is sent for the first time
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
                aside.write(content)
                aside.flush()
                os.fsync(aside.fileno())
            Path(aside.name).replace(path)
        return digest

    def older_than(self, age: timedelta) -> list[str]:
        """The content names of the files that were last sent so long ago. Pieces of files that old are removed."""
        old = []
        for path in self._folder.rglob("*"):
            if path.is_file() and _is_older(path, age):
                if _is_digest(path.name):
                    old.append(path.name)
                else:
                    path.unlink(missing_ok=True)
        return sorted(old)

    def drop(self, digest: str, *, older_than: timedelta = timedelta(0)) -> None:
        """Remove a file, unless it was sent again meanwhile; one that is not there is no trouble."""
        path = self.path(digest)
        if not older_than or _is_older(path, older_than):
            path.unlink(missing_ok=True)

    def path(self, digest: str) -> Path:
        """Where a file lies. Raises `ValueError` for what is no digest: no name ever leads out of the folder."""
        if not _is_digest(digest):
            raise ValueError("not a content name")
        return self._folder / digest[:2] / digest


def _is_digest(name: str) -> bool:
    return len(name) == 64 and all(letter in "0123456789abcdef" for letter in name)  # noqa: PLR2004


def _is_older(path: Path, age: timedelta) -> bool:
    """Whether the machine's own clock says so: files know no other."""
    try:
        return system_now() - datetime.fromtimestamp(path.stat().st_mtime, UTC) > age
    except FileNotFoundError:
        return False


def _plain_name(name: str) -> str:
    """The last part of a name, without the signs no database or header takes."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:LONGEST_NAME].strip()
