"""The web side: one application, the routes each part brings along, the same protections on every page."""

from collections.abc import Awaitable, Callable, Iterable

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
Trouble = Callable[[], Awaitable[str]]
"""Says in a few words what keeps the product from doing its work; the empty string when nothing does."""


def create_app(routers: Iterable[APIRouter], trouble: Trouble) -> FastAPI:
    """An application with these routes, `/healthz` (the process answers) and `/readyz` (it can do its work)."""
    app = FastAPI(title="Đối Thoại", docs_url=None, redoc_url=None, openapi_url=None)

    @app.middleware("http")
    async def protect(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"state": "alive"}

    @app.get("/readyz")
    async def readyz() -> JSONResponse:
        problem = await trouble()
        return JSONResponse({"state": problem or "ready"}, status_code=503 if problem else 200)

    for router in routers:
        app.include_router(router)
    return app
