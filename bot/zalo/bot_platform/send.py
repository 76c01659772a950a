"""Letters to the bot's chats: text in parts that fit, options as numbers, pictures and files by address."""

import asyncio
from typing import Any

import structlog

from bot.media.attachments import AttachmentStore
from bot.media.kinds import media_type_of
from bot.zalo.files import link_line, link_to
from bot.zalo.numbering import Numbering, parts_with
from handlers.engine.table import Table
from intake.rules.outbox.delivery import Rejected, Unavailable, Unreachable
from intake.rules.people.person import Network
from storage.queries.zalo.chats import ZaloChat
from storage.unit_of_work import Store
from wording.texts import Rendered, RenderedFile, words

from .client import BotClient, BotRefusal, failure_of

log = structlog.get_logger()


class ZaloBotChannel:
    """One bot of the Bot Platform as a channel. A letter of several messages is tried again from its first."""

    network = Network.ZALO_BOT

    def __init__(
        self, store: Store, client: BotClient, attachments: AttachmentStore, table: Table, public_url: str = ""
    ) -> None:
        self.name = client.bot_id
        self._store = store
        self._client = client
        self._attachments = attachments
        self._numbering = Numbering(store, table)
        self._public_url = public_url

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        """Send one letter. Returns the id of its last message, or raises a `DeliveryFailure`."""
        async with self._store.reading() as uow:
            chat = await uow.zalo_chats.get(self.network, self.name, address)
        if chat is None:
            raise Unreachable("no such chat")
        if not rendered.text.strip():
            raise Rejected("a message without words")
        taps = [tap for row in rendered.rows for tap in row]
        if any(not tap.label for tap in taps):
            raise Rejected("a button without a label")
        menu = self._numbering.menu(chat, taps)
        sent = ""
        try:
            lines = [
                line
                for file in rendered.attachments
                if (line := await self._send_attachment(letter_id, file, chat, address))
            ]
            for part in parts_with("\n".join([rendered.text, *lines]), menu):
                sent = _message_id(await self._client.call("sendMessage", chat_id=address, text=part))
        except BotRefusal as refusal:
            raise failure_of(refusal) from refusal
        await self._numbering.was_said(chat, menu)
        return sent

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def _send_attachment(self, letter_id: int, file: RenderedFile, chat: ZaloChat, address: str) -> str:
        """Send a picture by its address; the line to say for everything else."""
        try:
            content = await asyncio.to_thread(self._attachments.read, file.sha256)
        except (FileNotFoundError, ValueError) as trouble:
            log.error("attachment_missing", letter=letter_id, error=type(trouble).__name__)  # noqa: TRY400
            return ""
        except OSError as trouble:
            raise Unavailable("the file cannot be read now") from trouble
        if not self._public_url:
            return words(chat.language, "zalo.file_elsewhere")
        async with self._store.reading() as uow:
            url = link_to(uow, self._public_url, file)
        if not (media_type_of(content) or "").startswith("image/"):
            return link_line(chat.language, file, url)
        await self._client.call("sendPhoto", chat_id=address, photo=url, caption="")
        return ""


def _message_id(said: Any) -> str:
    result = said.get("result")
    message_id = str(result.get("message_id") or "") if isinstance(result, dict) else ""
    if not message_id:
        raise Unavailable("an answer without the message's id")
    return message_id
