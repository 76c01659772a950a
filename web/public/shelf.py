"""Pages that are made once and handed to all who ask in the next moments, packed, and known again by their content."""

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from web.server import PROTECTION

FRESH = timedelta(seconds=2)
"""How long a page is handed out before it is looked at again: what was just decided is on it within this time."""
MOST_KEPT = 512
"""Pages kept at once, those asked for longest ago are made anew; a page is some thousands of bytes."""
_WORTH_PACKING = 600
_OWN = {
    **PROTECTION,
    "Cache-Control": f"public, max-age={FRESH.seconds}, must-revalidate",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Encoding",
}
_SAME = tuple((name.lower().encode(), value.encode()) for name, value in _OWN.items())
"""What a page says of itself whether or not its content goes along."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it goes out, plain and packed, with the headers of each."""

    plain: bytes
    packed: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    packed_headers: tuple[tuple[bytes, bytes], ...]
    tags: tuple[bytes, bytes]


def sheet(body: bytes, media_type: str, name: str = "") -> Sheet:
    """Make a page ready to go out; under `name` a browser saves it as a file."""
    digest = hashlib.sha256(body).hexdigest()[:20]
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= _WORTH_PACKING else body
    tags = (f'"{digest}"'.encode(), f'"{digest}-z"'.encode())
    common = [*_SAME, (b"content-type", media_type.encode())]
    if name:
        common.append((b"content-disposition", f'attachment; filename="{name}"'.encode()))
    plain = (*common, (b"etag", tags[0]), (b"content-length", str(len(body)).encode()))
    if packed is body:
        return Sheet(body, body, plain, plain, (tags[0], tags[0]))
    small = (b"content-length", str(len(packed)).encode())
    return Sheet(body, packed, plain, (*common, (b"etag", tags[1]), (b"content-encoding", b"gzip"), small), tags)


def answered(page: Sheet, asked: Iterable[tuple[bytes, bytes]]) -> tuple[int, Sequence[tuple[bytes, bytes]], bytes]:
    """Status, headers and body for who asks with these headers: packed where that is taken, "the same" where it is had.

    A page carries the protections of every page itself: it goes out before anything that adds them.
    """
    small, known = False, b""
    for name, value in asked:
        if name == b"accept-encoding":
            small = b"gzip" in value
        elif name == b"if-none-match":
            known = value
    if known and any(one.strip().removeprefix(b"W/") in page.tags for one in known.split(b",")):
        return 304, (*_SAME, (b"etag", page.tags[1 if small else 0])), b""
    return (200, page.packed_headers, page.packed) if small else (200, page.headers, page.plain)


def going_out(request: Request, page: Sheet) -> Response:
    """The page as an answer to a request."""
    status, headers, body = answered(page, request.headers.raw)
    response = Response(status_code=status)
    response.body, response.raw_headers = body, list(headers)
    return response


class Shelf:
    """The pages of this process. Several who ask for one at once wait for it together."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: OrderedDict[str, tuple[datetime, Sheet]] = OrderedDict()
        self._making: dict[str, asyncio.Task[Sheet]] = {}

    def fresh(self, key: str) -> Sheet | None:
        """The page under a key, if it was made a moment ago."""
        found = self._kept.get(key)
        if found is None or not timedelta(0) <= self._now() - found[0] < FRESH:
            return None
        return found[1]

    async def get(self, key: str, make: Callable[[], Awaitable[Sheet]]) -> Sheet:
        """The page under a key, made now if there is no fresh one. What `make` raises is kept for nobody."""
        found = self.fresh(key)
        if found is not None:
            return found
        making = self._making.get(key)
        if making is None:
            making = asyncio.create_task(self._make(key, make))
            self._making[key] = making
        return await asyncio.shield(making)  # one who leaves takes it from nobody

    async def _make(self, key: str, make: Callable[[], Awaitable[Sheet]]) -> Sheet:
        begun = self._now()
        try:
            made = await make()
        finally:
            del self._making[key]
        self._kept[key] = (begun, made)
        self._kept.move_to_end(key)
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return made
