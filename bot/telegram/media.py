"""Fetching what came with a message: the size is known first, what is too big is never fetched."""

import asyncio
from dataclasses import dataclass
from functools import partial

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import Message
from aiohttp import ClientError

from bot.media.door import FileDoor
from handlers.engine.inbound_event import Media, MediaProblem
from intake.rules.people.person import Network

from .limits import LIMITS

AT_ONCE = 4
PATIENCE = 30
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _File:
    file_id: str
    size: int | None
    name: str


class TelegramFetcher:
    """Brings the files of messages into the attachment store, a few at a time so that memory stays bounded."""

    def __init__(self, bot: Bot, door: FileDoor) -> None:
        self._bot = bot
        self._door = door
        self._free = asyncio.Semaphore(AT_ONCE)

    async def media_of(self, message: Message) -> tuple[Media, ...]:
        """The file of a message, or why it was not taken; nothing for a message without one."""
        file = _file_of(message)
        if file is None:
            return (Media(problem=MediaProblem.TYPE),) if _unwanted(message) else ()
        if file.size is not None and file.size > LIMITS.download_bytes:
            return (Media(problem=MediaProblem.TOO_BIG),)
        chat = (Network.TELEGRAM, str(self._bot.id), str(message.chat.id))
        async with self._free:
            try:
                return (await self._door.take(chat, partial(self._fetch, file.file_id), file.name, file.size or 0),)
            except (AiogramError, ClientError, OSError) as trouble:
                log.warning("file_not_fetched", error=type(trouble).__name__)
                return (Media(problem=MediaProblem.LOST),)

    async def _fetch(self, file_id: str) -> bytes | None:
        """The content, or None as soon as it turns out to be bigger than what we take."""
        file = await self._bot.get_file(file_id, request_timeout=PATIENCE)
        if file.file_path is None:
            raise OSError("Telegram names no path for the file")
        if file.file_size is not None and file.file_size > LIMITS.download_bytes:
            return None
        url = self._bot.session.api.file_url(self._bot.token, file.file_path)
        content = bytearray()
        async for chunk in self._bot.session.stream_content(url, timeout=PATIENCE):
            content += chunk
            if len(content) > LIMITS.download_bytes:
                return None
        return bytes(content)


def _file_of(message: Message) -> _File | None:
    if message.photo:
        largest = message.photo[-1]
        return _File(largest.file_id, largest.file_size, "photo.jpg")
    if message.voice is not None:
        return _File(message.voice.file_id, message.voice.file_size, "voice.ogg")
    if message.video_note is not None:
        return _File(message.video_note.file_id, message.video_note.file_size, "video.mp4")
    named = message.document or message.audio or message.video
    return None if named is None else _File(named.file_id, named.file_size, named.file_name or "")


def _unwanted(message: Message) -> bool:
    """Things people send that carry nothing we could take; said so instead of being met with silence."""
    return any((message.poll, message.game, message.story, message.paid_media))
