"""Fetching what people sent: only from hosts that are listed, never more than we take, at once since it expires."""

import asyncio
from collections.abc import Sequence
from functools import partial
from urllib.parse import urljoin, urlsplit

import httpx
import structlog

from bot.media.door import FileDoor
from handlers.engine.inbound_event import Media, MediaProblem
from intake.ports import Chat

from .limits import LIMITS

AT_ONCE = 4
MOST_HOPS = 3
HTTPS = 443
log = structlog.get_logger()


class ZaloFetcher:
    """Brings files into the attachment store, a few at a time so that memory stays bounded.

    Args:
        http: the connections; it must not follow redirects by itself.
        door: lets files in and keeps them.
        hosts: from where they may come, see `may_fetch`.
    """

    def __init__(self, http: httpx.AsyncClient, door: FileDoor, hosts: Sequence[str]) -> None:
        self._http = http
        self._door = door
        self._hosts = tuple(hosts)
        self._free = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, chat: Chat, url: str, name: str = "", announced: int = 0) -> Media:
        """The file of a chat at an address, or why it was not taken; `announced` is its size, if told."""
        if announced > LIMITS.download_bytes:
            return Media(problem=MediaProblem.TOO_BIG)
        async with self._free:
            try:
                return await self._door.take(chat, partial(self._content, url), name, announced)
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as trouble:
                log.warning("zalo_file_not_fetched", error=type(trouble).__name__)
                return Media(problem=MediaProblem.LOST)

    async def _content(self, url: str) -> bytes | None:
        """The content, or None as soon as it turns out to be bigger than what we take."""
        for _ in range(MOST_HOPS):
            if not may_fetch(url, self._hosts):
                log.warning("zalo_media_host_not_listed", host=(urlsplit(url).hostname or "")[:100])
                raise ValueError("a host that is not listed")
            async with self._http.stream("GET", url, follow_redirects=False) as response:
                if response.is_redirect:
                    url = urljoin(url, response.headers.get("location", ""))
                    continue
                response.raise_for_status()
                content = bytearray()
                async for chunk in response.aiter_bytes():
                    content += chunk
                    if len(content) > LIMITS.download_bytes:
                        return None
                return bytes(content)
        raise ValueError("redirected too often")


def may_fetch(url: str, hosts: Sequence[str]) -> bool:
    """Whether an address may be fetched.

    Each of `hosts` is `name`, `*.name` (every host below it) or either with `:port`. Without a port it is https at its
    own port; only with a port, for trials on one machine, plain http is taken too.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("https", "http") or not host or parts.username is not None:
        return False
    for listed in hosts:
        name, _, wanted = listed.lower().partition(":")
        fits = host.endswith(name[1:]) if name.startswith("*.") else host == name
        own_port = str(port) == wanted if wanted else parts.scheme == "https" and port in (None, HTTPS)
        if fits and own_port:
            return True
    return False
