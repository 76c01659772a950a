"""Papers that lie among the attachments, read beside the chats: a long one would hold everybody up."""

import asyncio
from functools import lru_cache

from bot.media.attachments import AttachmentStore
from intake.rules.plan.paper_file import Unreadable, UnreadablePaperError
from intake.rules.plan.reading.reading import PlanReading, read_paper

AT_HAND = 4
"""Papers whose words are at hand: each step of a conversation about one asks for them, old Word files take seconds."""


class KeptPapers:
    """Reads papers by the content names under which they are kept."""

    def __init__(self, attachments: AttachmentStore) -> None:
        self._attachments = attachments
        self._words = lru_cache(maxsize=AT_HAND)(self._text)

    async def text_of(self, content: bytes) -> str:
        """The text of a file that somebody hands in. Raises `UnreadablePaperError` with the reason."""
        from bot.media.papers import text_of

        return await asyncio.to_thread(text_of, content)

    async def read(self, sha256: str) -> PlanReading:
        """What a kept paper says. Raises `UnreadablePaperError` with the reason."""
        return await asyncio.to_thread(self._read, sha256)

    def _read(self, sha256: str) -> PlanReading:
        return read_paper(self._words(sha256))

    def _text(self, sha256: str) -> str:
        from bot.media.papers import text_of

        try:
            content = self._attachments.read(sha256)
        except FileNotFoundError:
            raise UnreadablePaperError(Unreadable.GONE) from None
        return text_of(content)
