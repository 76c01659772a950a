"""Files people send: checked for size and kind by their content, kept under the digest of what is kept."""

import hashlib
import os
import tempfile
from pathlib import Path

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
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
                aside.write(content)
                aside.flush()
                os.fsync(aside.fileno())
            Path(aside.name).replace(path)
        return Media(digest, media_type, len(content), _plain_name(name) or digest[:8])

    def path(self, digest: str) -> Path:
        """Where a file lies. Raises `ValueError` for what is no digest: no name ever leads out of the folder."""
        if len(digest) != 64 or any(letter not in "0123456789abcdef" for letter in digest):  # noqa: PLR2004
            raise ValueError("not a content name")
        return self._folder / digest[:2] / digest


def _plain_name(name: str) -> str:
    """The last part of a name, without the signs no database or header takes."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:LONGEST_NAME].strip()
