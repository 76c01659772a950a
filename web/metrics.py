"""`/metrics`, for the program that watches over the installation; never for the people whose chats it serves."""

import hmac
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response

_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_CLOSED = "a token is needed: DOITHOAI_METRICS_TOKEN\n"


def metrics_router(
    render: Callable[[], Awaitable[bytes]], media_type: str, token: str | None, *, behind_proxy: bool
) -> APIRouter:
    """The route; what it answers comes from `render`.

    With a token everybody needs it (`Authorization: Bearer …`), from wherever they ask. Without one only this machine
    is answered, and nobody at all `behind_proxy`: whom a proxy lets through is this machine, seen from here.
    """
    expected = None if token is None else f"Bearer {token}".encode()
    routes = APIRouter()

    @routes.get("/metrics")
    async def metrics(request: Request) -> Response:
        if expected is not None:
            if not hmac.compare_digest(request.headers.get("authorization", "").encode(), expected):
                return Response(_CLOSED, 401, {"WWW-Authenticate": "Bearer"}, "text/plain")
        elif behind_proxy or not _from_this_machine(request):
            return Response(_CLOSED, 403, media_type="text/plain")
        return Response(await render(), media_type=media_type)

    return routes


def _from_this_machine(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:  # a socket without an address
        return False
