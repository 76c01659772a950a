"""What is said in a web chat: words, a tapped button, a phone number, a file."""

import re
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from handlers.engine.inbound_event import InboundEvent, InboundKind, Media
from web.our_page import from_our_page
from web.pace import visitor_of

from .incoming import WebChatInput, as_shown, read_file, read_said
from .limits import LOOKED_THROUGH, UPLOAD_AGAIN_SECONDS
from .sessions import COOKIE, OpenChat, find_chat
from .webchat import WebChat, not_found, too_soon

_CODE_OF_A_LINK = re.compile(r"^(/start\b.*|#\S+)$", re.IGNORECASE | re.DOTALL)


def saying(router: APIRouter, web: WebChat) -> None:
    """Add the routes; each answers once what was said is durable."""

    @router.post("/chat/{chat_id}/say")
    async def say(request: Request, chat_id: str) -> Response:
        from_our_page(request)
        if seconds := _wait(web, request, chat_id):
            return too_soon(seconds)
        chat = await find_chat(web.store, request, chat_id)
        if chat is None:
            return not_found()
        said = await read_said(request)
        words = await _shown_words(web, chat, said)
        event = _event(chat, said.event_id, said.kind, {"text": words} if words else None)
        event = replace(event, text=said.text, choice=said.choice, phone=said.phone)
        return await _hear(web, chat, event)

    @router.post("/chat/{chat_id}/file")
    async def send_file(request: Request, chat_id: str) -> Response:
        from_our_page(request)
        if seconds := _wait(web, request, chat_id):
            return too_soon(seconds)
        chat = await find_chat(web.store, request, chat_id)
        if chat is None:
            return not_found()
        if chat_id in web.uploading:
            return too_soon(UPLOAD_AGAIN_SECONDS)
        web.uploading.add(chat_id)
        try:
            event = await _file_event(web, chat, request)
        finally:
            web.uploading.discard(chat_id)
        return await _hear(web, chat, event)


def _wait(web: WebChat, request: Request, chat_id: str) -> int:
    """In how many seconds this page may send something; 0: now. Costs no look at the database."""
    return max(
        web.from_addresses.wait(visitor_of(request)),
        web.from_chats.wait(f"{chat_id} {request.cookies.get(COOKIE, '')}"),
    )


async def _file_event(web: WebChat, chat: OpenChat, request: Request) -> InboundEvent:
    async with read_file(request) as sent, web.reading_uploads:

        async def content() -> bytes:
            return await sent.file.read()

        media = await web.door.take(chat.chat, content, sent.name, sent.size)
        shown = {"text": sent.caption, "files": [_file_line(media, sent.name)]}
        event = _event(chat, sent.event_id, InboundKind.MEDIA, shown)
        return replace(event, text=sent.caption, media=(media,))


def _event(chat: OpenChat, event_id: str, kind: InboundKind, shown: dict[str, Any] | None) -> InboundEvent:
    return InboundEvent(*chat.chat, event_id, kind, shown=None if shown is None else {"from": "me", **shown})


async def _hear(web: WebChat, chat: OpenChat, event: InboundEvent) -> Response:
    """Answer once what was said is durable: whether it was heard, and whether it stands in the chat."""
    heard = await web.inbound.take(event)
    if event.shown is None:
        return JSONResponse({"heard": True, "shown": False})
    if heard:
        web.streams.signal(chat.account_id)
    else:  # nothing of it was taken, or it was dealt with when it came the first time
        async with web.store.reading() as uow:
            heard = await uow.web.has_own(chat.account_id, event.event_id)
    return JSONResponse({"heard": heard, "shown": heard})


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
