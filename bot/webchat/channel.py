"""Letters to web chats: each becomes a line of the chat, once."""

import asyncio
from typing import Any

from bot.media.attachments import AttachmentStore
from bot.media.kinds import SUFFIXES, sent_type_of
from intake.rules.outbox.delivery import Unavailable, Unreachable
from intake.rules.people.person import Network
from storage.unit_of_work import Store
from wording.texts import Rendered, RenderedFile, Tap

from .sessions import CHANNEL
from .streams import Streams

UNKNOWN_TYPE = "application/octet-stream"


class WebChatChannel:
    """The web chat as a channel: a letter is a line of the chat."""

    network = Network.WEBCHAT
    name = CHANNEL

    def __init__(self, store: Store, streams: Streams, attachments: AttachmentStore) -> None:
        self._store = store
        self._streams = streams
        self._attachments = attachments

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        """Write the line and tell the open pages. A letter already in the chat is not written again."""
        files = [await self._file(file) for file in rendered.attachments]
        said = {
            "from": "bot",
            "text": rendered.text,
            "rows": [[_button(tap) for tap in row] for row in rendered.rows],
            "files": files,
            "contact": rendered.contact_label,
        }
        async with self._store.unit() as uow:
            account = await uow.web.account(self.name, address)
            if account is None:
                raise Unreachable("no such chat")
            await uow.web.add(account.account_id, said, letter_id)
            await uow.commit()
        self._streams.signal(account.account_id)
        return str(letter_id)

    async def _file(self, file: RenderedFile) -> dict[str, str]:
        try:
            content = await asyncio.to_thread(self._attachments.read, file.sha256)
        except FileNotFoundError:
            content = b""
        except OSError as trouble:
            raise Unavailable("the file cannot be read now") from trouble
        media_type = sent_type_of(content) or UNKNOWN_TYPE
        name = file.called(SUFFIXES.get(media_type, "")) if file.name else ""
        return {"sha256": file.sha256, "type": media_type, "name": name}


def _button(tap: Tap) -> dict[str, Any]:
    return {"label": tap.label, "url": tap.url} if tap.url else {"label": tap.label, "code": tap.code}
