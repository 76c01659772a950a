"""Pages that are made once and handed to all who ask in the next moments, packed, and known again by their content."""

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

FRESH = timedelta(seconds=2)
"""How long a page is handed out before it is looked at again: what was just decided is on it within this time."""
MOST_KEPT = 512
"""Pages kept at once, those asked for longest ago are made anew; a page is some thousands of bytes."""
_WORTH_PACKING = 600
_BROWSERS_KEEP = f"public, max-age={FRESH.seconds}, must-revalidate"


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
    common = [
        (b"content-type", media_type.encode()),
        (b"cache-control", _BROWSERS_KEEP.encode()),
        (b"vary", b"accept-encoding"),
        (b"referrer-policy", b"same-origin"),
    ]
    if name:
        common.append((b"content-disposition", f'attachment; filename="{name}"'.encode()))
    plain = (*common, (b"etag", tags[0]), (b"content-length", str(len(body)).encode()))
    if packed is body:
        return Sheet(body, body, plain, plain, (tags[0], tags[0]))
    small = (b"content-length", str(len(packed)).encode())
    return Sheet(body, packed, plain, (*common, (b"etag", tags[1]), (b"content-encoding", b"gzip"), small), tags)


class _Outgoing(Response):
    """A page that stands ready: nothing of it is put together again."""

    def __init__(self, body: bytes, headers: tuple[tuple[bytes, bytes], ...], status: int = 200) -> None:
        self.status_code = status
        self.body = body
        self.raw_headers = list(headers)
        self.background = None


def going_out(request: Request, page: Sheet) -> Response:
    """The page for this browser: packed where it takes that; nothing but "the same" where it has it already."""
    asked = request.headers
    small = "gzip" in asked.get("accept-encoding", "")
    known = asked.get("if-none-match")
    if known is not None and any(one.strip().removeprefix("W/").encode() in page.tags for one in known.split(",")):
        tag = page.tags[1 if small else 0]
        kept = ((b"etag", tag), (b"cache-control", _BROWSERS_KEEP.encode()), (b"vary", b"accept-encoding"))
        return _Outgoing(b"", kept, 304)
    return _Outgoing(page.packed, page.packed_headers) if small else _Outgoing(page.plain, page.headers)


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
