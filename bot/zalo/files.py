"""Files that Zalo does not carry, by link: whoever was sent the link may open it for a month, nobody else knows it."""

import asyncio
import hmac
import re
from datetime import date, timedelta
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from bot.media.attachments import AttachmentStore
from bot.media.kinds import SUFFIXES, sent_type_of
from intake.rules.text import without_marks
from storage.unit_of_work import SqlUnitOfWork, Store
from web.files import file_answer
from wording.texts import RenderedFile, words

LASTS = timedelta(days=30)
CONTACT_PICTURE = "/zalo/contact.png"
_KEY = 32
_NO_WORD = re.compile(r"[^a-z0-9]+")
_A_DAY = "public, max-age=86400"


def link_to(uow: SqlUnitOfWork, public_url: str, file: RenderedFile) -> str:
    """The address under which a file can be opened until a month from today; it ends in its name, without marks."""
    until = (uow.today + LASTS).isoformat()
    name = _in_an_address(file.name)
    link = f"{public_url}/zalo/file/{file.sha256}/{until}/{_key(uow, file.sha256, until, name)}"
    return f"{link}/{name}" if name else link


def link_line(language: str, file: RenderedFile, url: str) -> str:
    """The line of a message that leads to a file."""
    if not file.name:
        return words(language, "zalo.file_link", {"url": url})
    return words(language, "zalo.named_file_link", {"name": file.name, "url": url})


def _in_an_address(name: str) -> str:
    """Letters and digits alone: with marks each letter would take up to nine signs of the address."""
    return "-".join(_NO_WORD.split(without_marks(name.lower()))).strip("-")


def _key(uow: SqlUnitOfWork, digest: str, until: str, name: str) -> str:
    named = f" {name}" if name else ""
    return uow.vault.digest(f"zalo file {digest} {until}{named}")[:_KEY]


def files_router(store: Store, attachments: AttachmentStore) -> APIRouter:
    """The routes: such a file, and the picture of the card that asks for a phone number."""
    routes = APIRouter()

    async def file(request: Request) -> Response:
        asked = request.path_params
        digest, until, key, name = asked["digest"], asked["until"], asked["key"], asked.get("name", "")
        async with store.reading() as uow:
            genuine = hmac.compare_digest(key.encode(errors="replace"), _key(uow, digest, until, name).encode())
            if not genuine or date.fromisoformat(until) < uow.today:
                return Response(status_code=404)
        kept = await attachments.find(digest)
        if kept is None:
            return Response(status_code=404)
        # of what kind it is, its content says
        media_type = sent_type_of(await asyncio.to_thread(attachments.read, digest)) or "application/octet-stream"
        return file_answer(
            request,
            kept,
            media_type=media_type,
            filename=RenderedFile(digest, name).called(SUFFIXES.get(media_type, "")),
            inline=False,
            headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"},
        )

    async def picture(_request: Request) -> Response:
        path = Path(__file__).parent / "static" / "contact.png"
        return FileResponse(path, media_type="image/png", headers={"Cache-Control": _A_DAY})

    # plain routes: there is nothing for FastAPI to check
    for path in ("/zalo/file/{digest}/{until}/{key}", "/zalo/file/{digest}/{until}/{key}/{name}"):
        routes.add_route(path, file, methods=["GET"])
    routes.add_route(CONTACT_PICTURE, picture, methods=["GET"])
    return routes
