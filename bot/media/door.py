"""Files on their way in, from every network: nothing is fetched or kept that its chat may not leave with us."""

import asyncio
from collections.abc import Awaitable, Callable

from handlers.engine.inbound_event import Media, MediaProblem
from intake.actions.people.admit_file import admit_file
from intake.ports import Chat
from storage.unit_of_work import Store

from .attachments import AttachmentStore


class FileDoor:
    """Asks before a file is fetched, again when it turns out to be larger than announced, and keeps it."""

    def __init__(self, store: Store, attachments: AttachmentStore) -> None:
        self._store = store
        self._attachments = attachments

    async def take(
        self, chat: Chat, fetch: Callable[[], Awaitable[bytes | None]], name: str = "", announced: int = 0
    ) -> Media:
        """The file of a chat, or why it was not taken.

        `fetch` brings the content, or None as soon as it is larger than what we take; what it raises is passed on.
        `announced` is its size where the network tells.
        """
        problem = await self._refusal(chat, announced)
        if problem is not None:
            return Media(problem=problem)
        content = await fetch()
        if content is None:
            return Media(problem=MediaProblem.TOO_BIG)
        if len(content) > announced:
            problem = await self._refusal(chat, len(content) - announced)
            if problem is not None:
                return Media(problem=problem)
        return await asyncio.to_thread(self._attachments.save, content, name)

    async def _refusal(self, chat: Chat, size: int) -> MediaProblem | None:
        async with self._store.unit() as uow:
            refusal = await admit_file(uow, chat, size)
            await uow.commit()
        return None if refusal is None else MediaProblem(refusal.value)
