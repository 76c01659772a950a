"""What the web chat's routes are handed, and the answers they share."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response
from markupsafe import Markup

from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from bot.media.door import FileDoor
from intake.rules.people.flood_guard import TalkingPace
from storage.unit_of_work import Store
from web.pace import Paces
from web.pages import Pages, pages_of

from .limits import FROM_ONE_ADDRESS, FROM_ONE_CHAT, OPENED_AT_ONCE, UPLOADS_READ_AT_ONCE
from .streams import Streams


async def nothing_above(_language: str) -> Markup:
    """Outside the demo nothing stands above a chat."""
    return Markup()


@dataclass(slots=True)
class WebChat:
    """Everything the routes need.

    `above` gives what stands above each chat (the demo's clock); `secure` says that people reach us over https;
    `chats_an_hour` is how many chats may be opened from one address.
    """

    store: Store
    inbound: InboundQueue
    streams: Streams
    attachments: AttachmentStore
    now: Callable[[], datetime]
    secure: bool = False
    above: Callable[[str], Awaitable[Markup]] = nothing_above
    chats_an_hour: int = 60
    door: FileDoor = field(init=False)
    opening: Paces = field(init=False)
    from_chats: Paces = field(init=False)
    from_addresses: Paces = field(init=False)
    uploading: set[str] = field(default_factory=set)
    reading_uploads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(UPLOADS_READ_AT_ONCE))

    def __post_init__(self) -> None:
        """Make what keeps count; `uploading` are the chats whose pages are sending a file."""
        self.door = FileDoor(self.store, self.attachments)
        at_once = min(OPENED_AT_ONCE, self.chats_an_hour)
        self.opening = Paces(TalkingPace(at_once, self.chats_an_hour / 3600), self.now)
        self.from_chats = Paces(FROM_ONE_CHAT, self.now)
        self.from_addresses = Paces(FROM_ONE_ADDRESS, self.now)


def web_pages() -> Pages:
    """The web chat's own templates and files."""
    return pages_of(Path(__file__).parent, "/webchat/static")


def not_found() -> Response:
    """The one answer for what does not exist and for what this browser may not see."""
    return web_pages().response("not_found.html", status=404)


def nowhere() -> Response:
    """The page for whoever opens an address that is none: where the chat, the public page and the desk are."""
    return web_pages().response("nowhere.html", status=404)


def broken(method: str) -> Response:
    """The page for whoever meets a failure of ours: the database is away, the disk is full, or a defect."""
    return web_pages().response("broken.html", status=500, sent=method not in ("GET", "HEAD"))


def too_soon(seconds: int) -> Response:
    """The answer to a page that sends faster than anybody types: it sends the same again after so many seconds."""
    return Response(status_code=429, headers={"Retry-After": str(seconds)})


def over_https(request: Request, *, secure: bool) -> bool:
    """Whether the cookie can be restricted to https."""
    return secure or request.url.scheme == "https"
