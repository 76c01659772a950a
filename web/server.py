"""The web side: one application, the routes each part brings along, the same protections on every page."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from typing import cast
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from intake.rules.text import clean

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
Trouble = Callable[[], Awaitable[str]]
"""Says in a few words what keeps the product from doing its work; the empty string when nothing does."""
Nowhere = Callable[[], Response]
Broken = Callable[[str], Response]
"""Makes the page for whoever meets a failure of ours, of the method of their request: it says what may be lost."""
_FAILURE = 500
Concerns = Callable[[], Awaitable[Sequence[str]]]
"""Says what somebody should see to although the product does its work."""


PROTECTION = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


_AS_SENT = [(name.lower().encode(), value.encode()) for name, value in PROTECTION.items()]


class Protected:
    """Adds the protections to every answer that does not set its own; nobody behind it sees an unclean address."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        if scope["type"] in ("http", "websocket"):
            scope = _with_clean_address(scope)

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in _AS_SENT if one[0] not in own)]
            await send(message)

        with suppress(ClientDisconnect):  # nobody is left to answer: no defect, and nothing for the log
            await self._app(scope, receive, send_protected)


def _with_clean_address(scope: Scope) -> Scope:
    """An address is typed text like any other: PostgreSQL takes no NUL, and a name is found as it is stored."""
    path, query = clean(scope["path"]), scope["query_string"]
    if b"%" in query:
        asked = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        cleaned = [(clean(name), clean(value)) for name, value in asked]
        query = query if cleaned == asked else urlencode(cleaned).encode()
    return {**scope, "path": path, "query_string": query}


async def no_concerns() -> Sequence[str]:
    """Nothing to see to."""
    return ()


class Failing:
    """Answers a person with a page where "Internal Server Error" would stand; the failure itself goes on, to the log.

    It stands before everything else: what is in front of the application may fail as well. Programs get what they got.
    """

    def __init__(self, app: ASGIApp, page: Broken) -> None:
        self._app = app
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        asked = Headers(scope=scope).get("accept", "") if scope["type"] == "http" else ""
        if "text/html" not in asked:
            await self._app(scope, receive, send)
            return
        begun = failed = False

        async def send_what_is_fine(message: Message) -> None:
            nonlocal begun, failed
            failed = failed or (message["type"] == "http.response.start" and message["status"] == _FAILURE)
            if not failed:
                begun = True
                await send(message)

        try:
            await self._app(scope, receive, send_what_is_fine)
        except Exception:
            failed = True
            raise
        finally:
            if failed and not begun:
                await Protected(self._page(scope["method"]))(scope, receive, send)


def create_app(
    routers: Sequence[APIRouter], trouble: Trouble, concerns: Concerns = no_concerns, nowhere: Nowhere | None = None
) -> FastAPI:
    """An application with these routes, `/healthz` (the process answers) and `/readyz` (it can do its work).

    `nowhere` makes the page for whoever opens an address that is none; programs that ask for no page get JSON.
    """
    app = FastAPI(title="Đối Thoại", docs_url=None, redoc_url=None, openapi_url=None)
    if nowhere is not None:
        page = nowhere

        @app.exception_handler(404)
        async def lost(request: Request, refused: Exception) -> Response:
            if "text/html" in request.headers.get("accept", ""):
                return page()
            return await http_exception_handler(request, cast("HTTPException", refused))

    app.add_middleware(Protected)

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"state": "alive"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        problem = await trouble()
        warnings = list(await concerns())
        said = {"state": problem or "ready", **({"warnings": warnings} if warnings else {})}
        return JSONResponse(said, status_code=503 if problem else 200)

    _answer_heads(app.routes)
    for router in routers:
        _answer_heads(router.routes)
        app.routes.extend(router.routes)  # included, FastAPI would look a route up twice, and each of them dearly
    return app


def _answer_heads(routes: Iterable[BaseRoute]) -> None:
    """Let whatever can be read be asked for its headers alone, as monitors and previews of links do.

    Not streams of events: they never end.
    """
    for route in routes:
        if isinstance(route, Route) and route.methods and "GET" in route.methods and not route.path.endswith("/events"):
            route.methods.add("HEAD")
