"""A request as a web server hands it to the application, and its answer.

What a client does besides, cookies, redirects, time-outs, takes it as long as the application takes to answer. Phones
say something so often that they go without; what a browser does is told in stories of browsers.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from starlette.types import ASGIApp

Machine = tuple[str, int]
_HERE: Machine = ("127.0.0.1", 123)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application answered."""

    status: int
    body: bytes


async def post(app: ASGIApp, url: str, body: bytes, headers: Mapping[str, str], machine: Machine = _HERE) -> Answer:
    """Post a body; `machine` is where the request comes from."""
    address = urlsplit(url)
    sent = {"host": address.netloc, "content-length": str(len(body)), **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "headers": [(name.lower().encode(), value.encode()) for name, value in sent.items()],
        "scheme": address.scheme,
        "path": unquote(address.path),
        "raw_path": address.path.encode(),
        "query_string": address.query.encode(),
        "server": (address.hostname, address.port),
        "client": machine,
        "root_path": "",
    }
    waiting = [body]
    came: list[Any] = []

    async def receive() -> dict[str, Any]:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        await asyncio.Event().wait()  # whoever asks stays until the answer is there
        raise AssertionError

    async def send(message: Any) -> None:
        came.append(message)

    await app(scope, receive, send)
    return Answer(came[0]["status"], b"".join(message.get("body", b"") for message in came[1:]))
