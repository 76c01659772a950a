"""Papers that lie among the attachments, read beside the chats: a long one would hold everybody up."""

import asyncio

from bot.media.attachments import AttachmentStore
from intake.rules.plan.paper_file import Unreadable, UnreadablePaperError
from intake.rules.plan.reading.reading import PlanReading, read_paper


class KeptPapers:
    """Reads papers by the content names under which they are kept."""

    def __init__(self, attachments: AttachmentStore) -> None:
        self._attachments = attachments

    async def text_of(self, content: bytes) -> str:
        """The text of a file that somebody hands in. Raises `UnreadablePaperError` with the reason."""
        from bot.media.papers import text_of

        return await asyncio.to_thread(text_of, content)

    async def read(self, sha256: str) -> PlanReading:
        """What a kept paper says. Raises `UnreadablePaperError` with the reason.

        A chat waits for it, so nothing is read here that has to be converted first.
        """
        return await asyncio.to_thread(self._read, sha256)

    def _read(self, sha256: str) -> PlanReading:
        from bot.media.papers import text_of

        try:
            content = self._attachments.read(sha256)
        except FileNotFoundError:
            raise UnreadablePaperError(Unreadable.GONE) from None
        return read_paper(text_of(content, converts=False))
