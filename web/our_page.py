"""Whether a request comes from a page of ours."""

from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from starlette.requests import HTTPConnection


def is_our_page(connection: HTTPConnection) -> bool:
    """Whether a page of ours opens a WebSocket: every browser that can says which page asks."""
    return urlsplit(connection.headers.get("origin", "")).netloc == connection.headers.get("host", "-")


def from_our_page(request: Request) -> None:
    """Raise 403 for a request that another site's page makes a browser send.

    Browsers say where a request comes from; an old one that says nothing is held back by the cookie, which is never
    sent along from another site.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        fine = site == "same-origin"
    else:
        fine = origin is None or urlsplit(origin).netloc == request.headers.get("host")
    if not fine:
        raise HTTPException(403, "another site's page may not do this")
