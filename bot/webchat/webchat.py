"""What the web chat's routes are handed, and the answers they share."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from fastapi import Request
from fastapi.responses import Response
from markupsafe import Markup

from bot.inbound import InboundQueue
from bot.media.attachments import AttachmentStore
from storage.unit_of_work import Store
from web.pages import Pages, pages_of

from .streams import Streams


async def nothing_above(_language: str) -> Markup:
    """Outside the demo nothing stands above a chat."""
    return Markup()


@dataclass(slots=True)
class WebChat:
    """Everything the routes need.

    `above` gives what stands above each chat (the demo's clock); `secure` says that people reach us over https.
    """

    store: Store
    inbound: InboundQueue
    streams: Streams
    attachments: AttachmentStore
    now: Callable[[], datetime]
    secure: bool = False
    above: Callable[[str], Awaitable[Markup]] = nothing_above
    pace: OrderedDict[str, tuple[float, datetime]] = field(default_factory=OrderedDict)


def web_pages() -> Pages:
    """The web chat's own templates and files."""
    return pages_of(Path(__file__).parent, "/webchat/static")


def not_found() -> Response:
    """The one answer for what does not exist and for what this browser may not see."""
    return web_pages().response("not_found.html", status=404)


def over_https(request: Request, *, secure: bool) -> bool:
    """Whether the cookie can be restricted to https."""
    return secure or request.url.scheme == "https"
