"""Files people send: checked for size and kind by their content, kept under the digest of what is kept."""

import asyncio
import hashlib
from datetime import timedelta
from pathlib import Path

from handlers.engine.inbound_event import Media, MediaProblem

from .keeping import UnreadableFileError, for_keeping
from .kinds import has_macros, media_type_of
from .places import FolderPlace, Place, StoredObject

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 120


class AttachmentStore:
    """Where attachments lie (a folder, or another place), each under the SHA-256 of its content."""

    def __init__(self, place: Path | Place) -> None:
        self._place = FolderPlace(place) if isinstance(place, Path) else place

    def save(self, content: bytes, name: str = "") -> Media:
        """Keep a file; the same content is kept once. Returns the media, or why it was not taken.

        What tells about place, day and device is not kept (`keeping.py`); what only an iPhone shows becomes a JPEG.

        The file is whole or absent. Raises `OSError` where it cannot be kept.
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
        except UnreadableFileError:
            return Media(problem=MediaProblem.UNREADABLE)
        media_type = media_type_of(content) or sent_as
        if media_type != sent_as:
            name = name.rpartition(".")[0] + ".jpg" if "." in name else name
        digest = self.keep(content)
        return Media(digest, media_type, len(content), _plain_name(name) or digest[:8])

    def keep(self, content: bytes) -> str:
        """Keep what we made ourselves, whatever it is. Returns its content name."""
        digest = hashlib.sha256(content).hexdigest()
        self._place.put(_name(digest), content)  # what is sent again is as young as what is sent for the first time
        return digest

    def read(self, digest: str) -> bytes:
        """The content of a file. Raises `FileNotFoundError`, `ValueError`, another `OSError` where nobody knows."""
        return self._place.read(_name(digest))

    async def find(self, digest: str) -> Path | StoredObject | None:
        """A file to be handed on piece by piece; None where it is not there. Raises `OSError` where nobody knows."""
        return await asyncio.to_thread(self._place.find, _name(digest))

    def older_than(self, age: timedelta) -> list[str]:
        """The content names of the files that were last sent so long ago. Pieces of files that old are removed."""
        old = []
        for path in self._place.older_than(age):
            name = path.rpartition("/")[2]
            if _is_digest(name):
                old.append(name)
            else:
                self._place.drop(path)
        return sorted(old)

    def drop(self, digest: str, *, older_than: timedelta = timedelta(0)) -> None:
        """Remove a file, unless it was sent again meanwhile; one that is not there is no trouble."""
        self._place.drop(_name(digest), older_than=older_than)


def _name(digest: str) -> str:
    """Under which name a file lies. Raises `ValueError` for what is no digest: no name ever leads out of the place."""
    if not _is_digest(digest):
        raise ValueError("not a content name")
    return f"{digest[:2]}/{digest}"


def _is_digest(name: str) -> bool:
    return len(name) == 64 and all(letter in "0123456789abcdef" for letter in name)  # noqa: PLR2004


def _plain_name(name: str) -> str:
    """The last part of a name, without the signs no database or header takes."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:LONGEST_NAME].strip()
