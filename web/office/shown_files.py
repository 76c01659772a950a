"""Files people sent, shown in their place on a page: pictures, sound and PDF open there, everything else is saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from fastapi.responses import Response

from intake.rules.errors import NotFound
from web.files import file_answer
from web.server import POLICY

from .visiting import Visit

_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
_PDF = "application/pdf"
_INLINE = (*_PICTURES, "audio/", _PDF)
_NOTHING_RUNS = "default-src 'none'; sandbox"
_IN_OUR_FRAME = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
"""A browser's own reader of PDF does not start in a sandbox; it runs nothing that reaches us."""


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
    if file.media_type == _PDF:
        return ShownFile(path, file.name, "paper")
    return ShownFile(path, file.name, "sound" if file.media_type.startswith("audio/") else "link")


def framing(page: Response, files: Iterable[ShownFile]) -> Response:
    """The page, which may show frames of ours where one of these files needs one."""
    if any(file.shows == "paper" for file in files):
        page.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return page


async def in_place(visit: Visit, sha256: str, file: NamedFile) -> Response:
    """The file itself; nothing in it can run. `NotFound` where it lies in the store no more."""
    kept = None if visit.office.files is None else await visit.office.files(sha256)
    if kept is None:
        raise NotFound
    inline = file.media_type.startswith(_INLINE)
    policy = _IN_OUR_FRAME if file.media_type == _PDF else _NOTHING_RUNS
    return file_answer(
        visit.request,
        kept,
        media_type=file.media_type,
        filename=file.name,
        inline=inline,
        headers={"Content-Security-Policy": policy},
    )
