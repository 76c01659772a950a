"""Posters of meetings and of ways into the chat, drawn when somebody wants one."""

import asyncio

from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from intake.rules.meetings.poster import Poster, StartLink


class PosterPress:
    """Draws posters beside the event loop, and keeps each among the attachments."""

    def __init__(self, attachments: AttachmentStore, links: ChatLinks) -> None:
        self._attachments = attachments
        self._links = links

    def links(self, code: str) -> tuple[StartLink, ...]:
        """The links with this start code, one for each network that is known by name."""
        return self._links.to(code)

    async def draw(self, poster: Poster) -> str:
        """Draw a poster; the same words are the same file. Returns its content name."""
        return await asyncio.to_thread(self._draw, poster)

    def _draw(self, poster: Poster) -> str:
        from bot.media.poster_drawing import draw_poster  # Pillow and its letters, 4 MiB

        media = self._attachments.save(draw_poster(poster), "poster.png")
        if media.problem is not None:
            raise ValueError(f"a poster the store does not take: {media.problem}")
        return media.sha256
