"""What is said in a web chat: words, a tapped button, a phone number, a file."""

import asyncio
import re

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from handlers.engine.inbound_event import InboundEvent, InboundKind, Media
from intake.rules.people.person import Network
from web.our_page import from_our_page

from .incoming import WebChatInput, as_shown, read_file, read_said
from .limits import LOOKED_THROUGH
from .sessions import CHANNEL, OpenChat, find_chat
from .webchat import WebChat, not_found

_CODE_OF_A_LINK = re.compile(r"^(/start\b.*|#\S+)$", re.IGNORECASE | re.DOTALL)


def saying(router: APIRouter, web: WebChat) -> None:
    """Add the routes; each answers once what was said is durable."""

    @router.post("/chat/{chat_id}/say")
    async def say(request: Request, chat_id: str) -> Response:
        from_our_page(request)
        chat = await find_chat(web.store, request, chat_id)
        if chat is None:
            return not_found()
        said = await read_said(request)
        shown = await _shown_words(web, chat, said)
        if shown:
            await _write_own(web, chat, said.event_id, {"from": "me", "text": shown})
        await web.inbound.take(
            InboundEvent(
                Network.WEBCHAT,
                CHANNEL,
                chat.address,
                said.event_id,
                said.kind,
                text=said.text,
                choice=said.choice,
                phone=said.phone,
            )
        )
        return JSONResponse({"heard": True, "shown": bool(shown)})

    @router.post("/chat/{chat_id}/file")
    async def send_file(request: Request, chat_id: str) -> Response:
        from_our_page(request)
        chat = await find_chat(web.store, request, chat_id)
        if chat is None:
            return not_found()
        sent = await read_file(request)
        media = await asyncio.to_thread(web.attachments.save, sent.content, sent.name)
        await _write_own(
            web, chat, sent.event_id, {"from": "me", "text": sent.caption, "files": [_file_line(media, sent.name)]}
        )
        await web.inbound.take(
            InboundEvent(
                Network.WEBCHAT,
                CHANNEL,
                chat.address,
                sent.event_id,
                InboundKind.MEDIA,
                text=sent.caption,
                media=(media,),
            )
        )
        return JSONResponse({"heard": True})


async def _shown_words(web: WebChat, chat: OpenChat, said: WebChatInput) -> str:
    """What the person's own line says: the words, or the label of the tapped button as this chat was offered it.

    A code nobody offered has no label; `/start` may carry an invitation, which is nobody's to read later.
    """
    if said.kind is not InboundKind.CHOICE:
        return "" if _CODE_OF_A_LINK.match(said.text.strip()) else as_shown(said)
    async with web.store.reading() as uow:
        lines = await uow.web.newest(chat.account_id, LOOKED_THROUGH)
    for line in lines:
        for row in line.said.get("rows", ()):
            for button in row:
                if button.get("code") == said.choice:
                    return str(button["label"])
    return ""


def _file_line(media: Media, name: str) -> dict[str, str]:
    return {"sha256": media.sha256, "type": media.media_type, "name": media.name or name}


async def _write_own(web: WebChat, chat: OpenChat, event_id: str, said: dict[str, object]) -> None:
    async with web.store.unit() as uow:
        await uow.web.add_own(chat.account_id, event_id, said)
        await uow.commit()
    web.streams.signal(chat.account_id)
