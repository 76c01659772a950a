"""Files people sent, shown in their place on a page: pictures, sound and PDF open there, everything else is saved."""

from dataclasses import dataclass
from typing import Protocol

from fastapi.responses import Response

from intake.rules.errors import NotFound
from web.files import file_answer

from .visiting import Visit

_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_PDF = "application/pdf"
_INLINE = (*_PICTURES, "audio/", _PDF)


class NamedFile(Protocol):
    """A file of a question or a task."""

    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file on a page; `shows` says how a browser can show it."""

    path: str
    name: str
    shows: str


def shown_file(file: NamedFile, path: str) -> ShownFile:
    """A file that lies at `path`."""
    if file.media_type in _PICTURES:
        return ShownFile(path, file.name, "picture")
    return ShownFile(path, file.name, "sound" if file.media_type.startswith("audio/") else "link")


async def in_place(visit: Visit, sha256: str, file: NamedFile) -> Response:
    """The file itself; nothing in it can run. `NotFound` where it lies in the store no more."""
    kept = None if visit.office.files is None else await visit.office.files(sha256)
    if kept is None:
        raise NotFound
    inline = file.media_type.startswith(_INLINE)
    headers = {} if file.media_type == _PDF else {"Content-Security-Policy": "default-src 'none'; sandbox"}
    return file_answer(
        visit.request, kept, media_type=file.media_type, filename=file.name, inline=inline, headers=headers
    )
