"""The shortest way to a page that lies ready, before anything is routed: a village reads at once."""

from starlette.types import ASGIApp, Receive, Scope, Send

from .shelf import Sheet, answered
from .site import HOME, LANGUAGES, PublicSite

_METHODS = ("GET", "HEAD")


class FreshPages:
    """Hands out what was made a moment ago; everything else goes on to the application."""

    def __init__(self, app: ASGIApp, site: PublicSite) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        page = self._page(scope)
        if page is None:
            await self._app(scope, receive, send)
            return
        status, headers, body = answered(page, scope["headers"])
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _page(self, scope: Scope) -> Sheet | None:
        if scope["type"] != "http" or scope["query_string"] or scope["method"] not in _METHODS:
            return None
        path: str = scope["path"]
        if not path.startswith(HOME):
            return None
        base = self._site.address
        if not base:
            host = next((value for name, value in scope["headers"] if name == b"host"), b"")
            base = f"{scope['scheme']}://{host.decode('latin-1')}"
        return self._site.shelf.fresh(f"{base}{path}?{LANGUAGES[0]}&1&")
