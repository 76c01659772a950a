"""Attachments on their way to Zalo: pictures shrunk to what it takes, documents as they are, the rest not at all."""

import asyncio
import io
from dataclasses import dataclass
from enum import StrEnum

import structlog

from bot.media.attachments import AttachmentStore
from bot.media.kinds import SUFFIXES, WORD, media_type_of
from bot.zalo.limits import LIMITS, UPLOAD_LASTS
from wording.texts import RenderedFile

from .client import OaClient

_PICTURES = ("image/jpeg", "image/png")
_DOCUMENTS = ("application/pdf", WORD)
_SIDES = (2048, 1600, 1280, 1024, 800, 640)
_QUALITY = 80
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_MOST_PIXELS = 80_000_000
log = structlog.get_logger()


class Carried(StrEnum):
    """How Zalo carries an attachment."""

    IMAGE = "image"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Ready:
    """A file as it is uploaded."""

    how: Carried
    content: bytes
    name: str
    media_type: str


class Uploads:
    """Uploads of one account; what was uploaded is used again as long as Zalo keeps it (5,000 uploads a month)."""

    def __init__(self, client: OaClient, attachments: AttachmentStore) -> None:
        self._client = client
        self._attachments = attachments
        self._kept: dict[RenderedFile, tuple[str, float]] = {}

    async def ready(self, file: RenderedFile) -> Ready | None:
        """The attachment as Zalo carries it; None when it does not.

        Raises `FileNotFoundError`, `ValueError` when it is lost, another `OSError` when it cannot be read now.
        """
        content = await asyncio.to_thread(self._attachments.read, file.sha256)
        return await asyncio.to_thread(prepared, content, file)

    async def id_of(self, file: RenderedFile, ready: Ready) -> str:
        """The id (or token) under which Zalo has it by this name, uploaded when it has not.

        Raises like `OaClient.post`.
        """
        now = asyncio.get_running_loop().time()
        kept, until = self._kept.get(file, ("", 0.0))
        if kept and now < until:
            return kept
        name = "attachment_id" if ready.how is Carried.IMAGE else "token"
        data = await self._client.upload(f"/v2.0/oa/upload/{ready.how}", ready.content, ready.name, ready.media_type)
        uploaded = str(data.get(name) or "")
        self._kept[file] = (uploaded, now + UPLOAD_LASTS.total_seconds())
        return uploaded

    def forget(self, file: RenderedFile) -> None:
        """Zalo no longer has it."""
        self._kept.pop(file, None)


def prepared(content: bytes, file: RenderedFile) -> Ready | None:
    """A file as Zalo takes it; None for what it does not take in any form."""
    media_type = media_type_of(content) or ""
    if media_type in _PICTURES and len(content) <= LIMITS.image_bytes:
        return Ready(Carried.IMAGE, content, file.called(SUFFIXES[media_type]), media_type)
    if media_type.startswith("image/"):
        smaller = shrunk(content)
        name = file.called(SUFFIXES["image/jpeg"])
        return None if smaller is None else Ready(Carried.IMAGE, smaller, name, "image/jpeg")
    if media_type in _DOCUMENTS and len(content) <= LIMITS.file_bytes:
        return Ready(Carried.FILE, content, file.called(SUFFIXES[media_type]), media_type)
    return None


def shrunk(content: bytes) -> bytes | None:
    """A picture as a JPEG that is small enough, upright, the largest that fits; None for what is no whole picture."""
    # half a second to import, needed only for pictures that are too big
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            opened.draft("RGB", (_SIDES[0], _SIDES[0]))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as trouble:
        log.info("picture_not_read", error=type(trouble).__name__)
        return None
    for side in _SIDES:
        picture.thumbnail((side, side))
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=_QUALITY, optimize=True)
        if written.tell() <= LIMITS.image_bytes:
            return written.getvalue()
    return None
