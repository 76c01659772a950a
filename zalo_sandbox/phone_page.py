"""Phones in the browser: whoever tries the bot out chats on them as one resident or several."""

import mimetypes
import re
import unicodedata
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .people import Followers, NoSuch

_FOLDER = Path(__file__).parent / "pages"
_STATIC = frozenset({"phone.css", "phone.js"})
_PROTECTION = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def phone_router(people: Followers) -> APIRouter:
    """The pages: who there is, one phone, and what they look like."""
    router = APIRouter()
    pages = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def page(name: str, **values: object) -> HTMLResponse:
        everybody = list(people.sandbox.phones.values())
        html = pages.get_template(name).render(account=people.sandbox.config.oa_name, everybody=everybody, **values)
        return HTMLResponse(html, headers=_PROTECTION)

    @router.get("/")
    async def home() -> Response:
        return RedirectResponse("/phone", status_code=303)

    @router.get("/phone")
    async def phones() -> Response:
        return page("phones.html")

    @router.post("/phone")
    async def new_phone(name: Annotated[str, Form(max_length=80)], phone: Annotated[str, Form()] = "") -> Response:
        key = key_of(name)
        people.meet(key, name.strip(), international(phone))
        return RedirectResponse(f"/phone/{key}", status_code=303)

    @router.get("/phone/{key}")
    async def one_phone(key: str, to: str = "oa") -> Response:
        try:
            return page("phone.html", phone=people.get(key), to="bot" if to == "bot" else "oa")
        except NoSuch:
            return RedirectResponse("/phone", status_code=303)

    @router.get("/static/{name}")
    async def static(name: str) -> Response:
        if name not in _STATIC:
            raise HTTPException(404)
        media_type = mimetypes.guess_type(name)[0] or "text/plain"
        return Response((_FOLDER / name).read_bytes(), media_type=media_type, headers={"Cache-Control": "no-cache"})

    return router


def key_of(name: str) -> str:
    """A key for a name: its letters without marks, joined by strokes."""
    plain = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(sign for sign in plain if sign.isascii())).strip("-")[:40] or "ai-do"


def international(number: str) -> str:
    """A typed number as the platform has it: digits, 84 first."""
    digits = re.sub(r"\D", "", number)
    return f"84{digits[1:]}" if digits.startswith("0") else digits
