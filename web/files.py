"""Files that are kept, as answers: from the disk, or piece by piece from where they lie; a part where it is asked for.

A telephone plays a recording only from a server that gives parts (`Range`).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import FileResponse, Response, StreamingResponse


class DistantFile(Protocol):
    """A file that lies elsewhere."""

    @property
    def size(self) -> int:
        """In bytes."""
        ...

    @property
    def modified(self) -> datetime:
        """When it was kept."""
        ...

    def chunks(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Its bytes from `start` up to `end`, without that."""
        ...


_MOST_DIGITS = 18
"""No file is that long, and Python refuses to read a number of thousands of digits."""
FindFile = Callable[[str], Awaitable[Path | DistantFile | None]]
"""Finds a kept file by its content name; None where it is not there."""


async def begins_with(file: Path | DistantFile, count: int) -> bytes:
    """The first bytes of a file."""
    if isinstance(file, Path):
        return await asyncio.to_thread(_first, file, count)
    distant: DistantFile = file
    return b"".join([chunk async for chunk in distant.chunks(0, min(count, distant.size))])


def _first(file: Path, count: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(count)


def disposition_of(filename: str, disposition: str = "attachment") -> str:
    """The header that says what a file is called, in any letters (RFC 5987), and whether it is saved or shown."""
    return f"{disposition}; filename*=utf-8''{quote(filename)}"


def file_answer(
    request: Request,
    file: Path | DistantFile,
    *,
    media_type: str,
    filename: str,
    inline: bool,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer that brings a file, or the one part of it that is asked for."""
    disposition = "inline" if inline else "attachment"
    if isinstance(file, Path):
        return FileResponse(
            file,
            media_type=media_type,
            filename=filename,
            content_disposition_type=disposition,
            headers=dict(headers or {}),
        )
    all_headers = {
        **(headers or {}),
        "Accept-Ranges": "bytes",
        "Content-Disposition": disposition_of(filename, disposition),
        "Last-Modified": format_datetime(file.modified, usegmt=True),
    }
    asked = request.headers.get("range", "")
    part = _part(asked, file.size) if asked else None
    if part is None:
        start, end, status = 0, file.size, 200
    else:
        (start, end), status = part, 206
        if start >= end:
            return Response(status_code=416, headers={**all_headers, "Content-Range": f"bytes */{file.size}"})
        all_headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    all_headers["Content-Length"] = str(end - start)
    return StreamingResponse(file.chunks(start, end), status, all_headers, media_type)


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """From where up to where; None for what is no single part, which is answered with the whole."""
    unit, _, ranges = asked.partition("=")
    first, dash, last = ranges.strip().partition("-")
    numbers = first + last
    if unit.strip() != "bytes" or not dash or not (numbers.isascii() and numbers.isdecimal()):
        return None
    if max(len(first), len(last)) > _MOST_DIGITS:
        return None
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(size, int(last) + 1 if last else size)
