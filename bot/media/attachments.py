"""Files people send: checked for size and kind by their first bytes, kept under the digest of their content."""

import hashlib
import os
import tempfile
from pathlib import Path

from handlers.engine.inbound_event import Media, MediaProblem

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 120

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (0, b"%PDF-", "application/pdf"),
)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def media_type_of(content: bytes) -> str | None:
    """What a file is by its content, never by what somebody calls it; None for kinds that are not taken."""
    for offset, signature, media_type in _SIGNATURES:
        if content[offset : offset + len(signature)] == signature:
            return media_type
    if content.startswith(b"PK\x03\x04") and b"word/" in content:
        return _WORD
    return None


class AttachmentStore:
    """The folder where attachments lie, each under the SHA-256 of its content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, content: bytes, name: str = "") -> Media:
        """Keep a file; the same content is kept once. Returns the media, or why it was not taken.

        The file is whole or absent, also after a power cut: it is written aside, synced, then renamed.
        """
        if len(content) > LARGEST:
            return Media(problem=MediaProblem.TOO_BIG)
        media_type = media_type_of(content)
        if media_type is None:
            return Media(problem=MediaProblem.TYPE)
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
