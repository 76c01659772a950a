"""What every call goes through: failures that were ordered, the notebook of calls, the rate limit."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .answers import Refused, answered, refused
from .state import Call, Failure, Sandbox

_OWN = ("/_sandbox", "/phone", "/static/")
_LONGEST_NOTED = 20_000


class Faults:
    """Notes each call, and answers it wrongly where that was ordered.

    An `error` or `http` failure and a `timeout` do nothing of what was asked; after `half` and `lost` it was done, but
    half of the answer arrives, or none.
    """

    def __init__(self, app: ASGIApp, sandbox: Sandbox) -> None:
        self._app = app
        self._sandbox = sandbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        if scope["type"] != "http" or scope["path"] == "/" or scope["path"].startswith(_OWN):
            await self._app(scope, receive, send)
            return
        failure = self._next_failure(scope["path"])
        body = await _whole(receive)
        call = Call(scope["method"], scope["path"], _readable(body), self._sandbox.stamp())
        self._sandbox.calls.append(call)
        call.failure = failure.kind if failure else ""

        async def again() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        if failure is None:
            answer = await self._answer(scope, again, call)
        else:
            answer = await self._fail(failure, scope, again, call)
        for message in answer:
            await send(message)

    def _next_failure(self, path: str) -> Failure | None:
        for failure in self._sandbox.failures:
            if path.startswith(failure.path):
                failure.times -= 1
                if failure.times <= 0:
                    self._sandbox.failures.remove(failure)
                return failure
        return None

    async def _answer(self, scope: Scope, receive: Receive, call: Call) -> list[Message]:
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self._app(scope, receive, keep)
        call.status = messages[0]["status"]
        found = _readable(b"".join(message.get("body", b"") for message in messages[1:]))
        call.error = found.get("error", found.get("error_code")) if isinstance(found, dict) else None
        return messages

    async def _fail(self, failure: Failure, scope: Scope, receive: Receive, call: Call) -> list[Message]:
        if failure.kind == "error":
            call.status, call.error = 200, failure.code
            return _messages(200, bytes(refused(failure.code).body))
        if failure.kind == "http":
            call.status = failure.code
            return _messages(failure.code, b"<html>Service Unavailable</html>", b"text/html")
        if failure.kind == "timeout":
            await self._sandbox.stall()
            return _messages(504, b"")
        messages = await self._answer(scope, receive, call)
        if failure.kind == "lost":
            await self._sandbox.stall()
            return _messages(504, b"")
        whole = b"".join(message.get("body", b"") for message in messages[1:])
        return [messages[0], {"type": "http.response.body", "body": whole[: len(whole) // 2], "more_body": False}]


def _messages(status: int, body: bytes, media_type: bytes = b"application/json") -> list[Message]:
    headers = [(b"content-type", media_type), (b"content-length", str(len(body)).encode())]
    return [
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": body},
    ]


async def _whole(receive: Receive) -> bytes:
    body: bytes = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body", False):
            return body


def _readable(body: bytes) -> Any:
    """The JSON of a body, or its text; nothing but the size of what is neither or too long."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return f"{len(body)} bytes"
    if len(text) > _LONGEST_NOTED:
        return f"{len(body)} bytes"
    try:
        return json.loads(text)
    except ValueError:
        return text


async def openapi(sandbox: Sandbox, request: Request, work: Callable[[], Awaitable[Any]]) -> JSONResponse:
    """Answer a call to the OpenAPI: token and rate first, then the work, then the headers that tell the rate."""
    try:
        _allow(sandbox, request)
        answer = answered(await work())
    except Refused as refusal:
        answer = note_refusal(sandbox, request, refusal)
    most = sandbox.config.requests_a_minute
    answer.headers["X-RateLimit-Limit"] = str(most)
    answer.headers["X-RateLimit-Remain"] = str(most - sandbox.counts.get(_minute(sandbox), 0))
    return answer


def note_refusal(sandbox: Sandbox, request: Request, refusal: Refused) -> JSONResponse:
    """The answer of a refusal; one that only a defect explains is noted as a violation."""
    if refusal.bug:
        sandbox.violated(f"{request.method} {request.url.path}: {refusal}")
    return refused(refusal.code, refusal.why)


def _allow(sandbox: Sandbox, request: Request) -> None:
    if not sandbox.count(_minute(sandbox), sandbox.config.requests_a_minute):
        raise Refused(-32)
    check_token(sandbox, request)


def check_token(sandbox: Sandbox, request: Request) -> None:
    """Raises `Refused`: -216 for a token that never was, -220 for one that was replaced or has expired."""
    token = request.headers.get("access_token", "")
    tokens = sandbox.tokens
    if token in tokens.former_access or (token == tokens.access and sandbox.now() >= tokens.access_until):
        raise Refused(-220)
    if token != tokens.access:
        raise Refused(-216, bug=not token)


def _minute(sandbox: Sandbox) -> str:
    return f"requests {sandbox.now():%Y-%m-%d %H:%M}"


async def json_of(request: Request) -> dict[str, Any]:
    """The object a call carries. Raises `Refused` for anything else."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Refused(-201, "content-type")
    try:
        found = json.loads(await request.body())
    except ValueError:
        raise Refused(-201, "body is no JSON") from None
    if not isinstance(found, dict):
        raise Refused(-201, "body is no object")
    return found
