"""The web chat's addresses: the way in, the page of a chat, its events, its files."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, WebSocket
from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from bot.media.kinds import SUFFIXES
from web.files import file_answer
from web.live import over_websocket
from web.our_page import from_our_page
from web.pace import visitor_of
from web.pages import serve_assets
from wording.controller import controller
from wording.texts import shown

from .channel import UNKNOWN_TYPE
from .incoming import START_CODE, read_start
from .limits import SHOWN_AT_FIRST
from .saying import saying
from .sessions import OpenChat, find_chat, hand_over, make_chat, new_key
from .streams import topic_of
from .webchat import WebChat, not_found, over_https, web_pages

LAST_ID = r"^\d{0,18}$"


def webchat_router(web: WebChat) -> APIRouter:
    """The routes. The demo includes its own landing page (`/`) before them."""
    router = APIRouter(default_response_class=JSONResponse)
    serve_assets(router, web_pages())
    _ways_in(router, web)
    _reading(router, web)
    saying(router, web)
    return router


def _ways_in(router: APIRouter, web: WebChat) -> None:
    @router.get("/")
    async def landing(start: Annotated[str, Query(pattern=START_CODE)] = "") -> Response:
        async with web.store.reading() as uow:
            units = await uow.places.roots()
        return web_pages().response("landing.html", start=start, controller=shown("vi", controller(units)))

    @router.post("/chat")
    async def begin(request: Request) -> Response:
        from_our_page(request)
        if web.opening.wait(visitor_of(request)):
            return web_pages().response("busy.html", status=429)
        start = await read_start(request)
        key = new_key()
        async with web.store.unit() as uow:
            await make_chat(uow, key)
            await uow.commit()
        query = f"?start={start}" if start else ""
        response = RedirectResponse(f"/chat/{key.chat_id}/{query}", status_code=303)
        hand_over(response, key, secure=over_https(request, secure=web.secure))
        return response


def _reading(router: APIRouter, web: WebChat) -> None:
    @router.get("/chat/{chat_id}/")
    async def page(request: Request, chat_id: str, start: Annotated[str, Query(pattern=START_CODE)] = "") -> Response:
        chat = await find_chat(web.store, request, chat_id)
        if chat is None:
            return not_found()
        async with web.store.reading() as uow:
            newest = await uow.web.newest(chat.account_id, SHOWN_AT_FIRST)
        return web_pages().response(
            "chat.html",
            chat.language,
            chat=chat,
            start=start,
            after=newest[-1].id - 1 if newest else 0,
            empty=not newest,
            above=await web.above(chat.language),
        )

    @router.get("/chat/{chat_id}/events")
    async def events(
        request: Request,
        chat_id: str,
        after: Annotated[str, Query(pattern=LAST_ID)] = "",
        last_event_id: Annotated[str, Header(pattern=LAST_ID)] = "",
    ) -> Response:
        chat = await find_chat(web.store, request, chat_id)
        if chat is None:
            return not_found()
        return StreamingResponse(
            web.streams.events(chat.account_id, int(last_event_id or after or 0)),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @router.websocket("/chat/{chat_id}/live")
    async def live(websocket: WebSocket, chat_id: str, after: Annotated[str, Query(pattern=LAST_ID)] = "") -> None:
        too_often = web.from_addresses.wait(visitor_of(websocket))
        chat = None if too_often else await find_chat(web.store, websocket, chat_id)
        topic = None if chat is None else topic_of(chat.account_id)
        await over_websocket(web.streams.live, websocket, topic, int(after or 0))

    @router.get("/chat/{chat_id}/file/{digest}")
    async def file(request: Request, chat_id: str, digest: str) -> Response:
        chat = await find_chat(web.store, request, chat_id)
        known = None if chat is None else await _of_chat(web, chat, digest)
        kept = None if known is None else await web.attachments.find(digest)
        if known is None or kept is None:
            return not_found()
        name, media_type = known
        return file_answer(
            request,
            kept,
            media_type=media_type,
            filename=name or digest[:8] + SUFFIXES.get(media_type, ""),
            inline=media_type.startswith("image/"),
            headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"},
        )


async def _of_chat(web: WebChat, chat: OpenChat, digest: str) -> tuple[str, str] | None:
    """Name and kind of a file that a line of this chat carries, as its content was found to be; None when none does.

    Typed digests do not count.
    """
    async with web.store.reading() as uow:
        lines = await uow.web.mentioning(chat.account_id, digest)
    found = [file for line in lines for file in line.said.get("files", ()) if file["sha256"] == digest]
    return (found[0]["name"], found[0].get("type") or UNKNOWN_TYPE) if found else None
