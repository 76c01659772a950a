"""The OpenAPI of the Official Account: consultation messages, people, quota, reactions, and what was shut down."""

import json
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from .answers import Refused
from .events import from_account, receipt
from .guard import json_of, openapi
from .messages import Content, read_message
from .state import LOCAL, Phone, Sandbox, Shown, new_id
from .webhook import Webhook

FREE = timedelta(hours=48)
WINDOW = timedelta(days=7)
PRICE = 55
"""Đồng for a message beyond the package."""


def oa_router(sandbox: Sandbox, webhook: Webhook) -> APIRouter:
    """The routes, all under the host `openapi.zalo.me` in real life."""
    router = APIRouter()

    @router.post("/v3.0/oa/message/cs")
    async def consultation(request: Request) -> JSONResponse:
        async def send() -> dict[str, Any]:
            body = await json_of(request)
            phone = recipient(sandbox, body)
            content = read_message(sandbox, body.get("message"))
            quota = take_quota(sandbox, phone)
            shown = show(sandbox, phone, content)
            echo(sandbox, webhook, phone, shown, content.event)
            data = {"message_id": shown.id, "user_id": phone.id, "sent_time": str(shown.at)}
            return data | ({"quota": quota} if quota else {})

        return await openapi(sandbox, request, send)

    @router.post("/v2.0/oa/message")
    async def reaction(request: Request) -> JSONResponse:
        async def react() -> dict[str, Any]:
            body = await json_of(request)
            if "sender_action" not in body:
                raise Refused(-240)
            return _react(sandbox, body)

        return await openapi(sandbox, request, react)

    _reading(router, sandbox)
    _accounting(router, sandbox)
    _shut_down(router, sandbox)
    return router


def _reading(router: APIRouter, sandbox: Sandbox) -> None:
    @router.get("/v3.0/oa/user/detail")
    async def detail(request: Request, data: str = "") -> JSONResponse:
        async def look() -> dict[str, Any]:
            try:
                asked = json.loads(data)
            except ValueError:
                raise Refused(-201, "data") from None
            phone = sandbox.by_id(asked.get("user_id") if isinstance(asked, dict) else None)
            if phone is None:
                raise Refused(-201, "user_id")
            if not phone.follows:
                raise Refused(-213)
            return _profile(phone)

        return await openapi(sandbox, request, look)


def _accounting(router: APIRouter, sandbox: Sandbox) -> None:
    @router.post(f"/{sandbox.config.quota_version}/oa/quota/message")
    async def quota(request: Request) -> JSONResponse:
        async def look() -> dict[str, Any]:
            phone = sandbox.by_id((await json_of(request)).get("user_id"))
            if phone is None:
                raise Refused(-201, "user_id")
            last = phone.last_interaction
            return {
                "last_interaction": str(int(last.timestamp() * 1000)) if last else "",
                "cs_reply": {"remain": "0", "total": "0"},
            }

        return await openapi(sandbox, request, look)

    @router.get("/v2.0/oa/getoa")
    async def account(request: Request) -> JSONResponse:
        async def look() -> dict[str, Any]:
            config = sandbox.config
            return {
                "oa_id": config.oa_id,
                "name": config.oa_name,
                "oa_type": config.oa_type,
                "is_verified": True,
                "package_name": "Sandbox",
                "num_follower": sum(phone.follows for phone in sandbox.phones.values()),
            }

        return await openapi(sandbox, request, look)


def _shut_down(router: APIRouter, sandbox: Sandbox) -> None:
    @router.post("/v2.0/oa/message/{kind:path}")
    async def second_version(request: Request, kind: str) -> JSONResponse:
        async def refuse() -> None:
            raise Refused(-240, kind)

        return await openapi(sandbox, request, refuse)

    @router.post("/v3.0/oa/message/transaction")
    @router.post("/v3.0/oa/message/promotion")
    async def stopped(request: Request) -> JSONResponse:
        async def refuse() -> None:
            raise Refused(-233, "stopped on 2026-03-01")

        return await openapi(sandbox, request, refuse)


def recipient(sandbox: Sandbox, body: dict[str, Any]) -> Phone:
    """The person a message is for. Raises `Refused` when there is none or they may not be written to."""
    to = body.get("recipient")
    phone = sandbox.by_id(to.get("user_id") if isinstance(to, dict) else None)
    if phone is None:
        raise Refused(-201, "recipient.user_id")
    if phone.blocks:
        raise Refused(sandbox.config.blocked_error)
    if sandbox.config.cs_needs_follow and not phone.follows:
        raise Refused(-213)
    if phone.last_interaction is None or sandbox.now() - phone.last_interaction > WINDOW:
        raise Refused(-230)
    return phone


def take_quota(sandbox: Sandbox, phone: Phone) -> dict[str, str] | None:
    """What pays for a message: nothing within 48 hours, then the package, then the ZBS account (None)."""
    now = sandbox.now()
    last = phone.last_interaction or now
    owner = {"owner_type": "OA", "owner_id": sandbox.config.oa_id}
    if now - last <= FREE:
        return {"quota_type": "reply", "expired_date": _day(last + FREE), **owner}
    if sandbox.package_left > 0:
        sandbox.package_left -= 1
        total = str(sandbox.config.package_quota)
        return {"quota_type": "sub_quota", "remain": str(sandbox.package_left), "total": total, **owner}
    if sandbox.balance < PRICE:
        raise Refused(-211)
    sandbox.balance -= PRICE
    return None


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(LOCAL):%H:%M:%S %d/%m/%Y}"


def show(sandbox: Sandbox, phone: Phone, content: Content, by: str = "oa") -> Shown:
    """Put a message onto the person's phone."""
    shown = Shown(
        new_id(),
        by,
        sandbox.stamp(),
        content.text,
        (content.picture,) if content.picture else (),
        content.buttons,
        content.file,
        content.contact,
        content.quotes,
    )
    phone.shown.append(shown)
    return shown


def echo(sandbox: Sandbox, webhook: Webhook, phone: Phone, shown: Shown, event: str, admin_id: str = "") -> None:
    """Tell the webhook what the account sent, and that the phone has it."""
    message: dict[str, Any] = {"msg_id": shown.id}
    if shown.text:
        message["text"] = shown.text
    if shown.pictures:
        message["attachments"] = [
            {"type": "image", "payload": {"url": shown.pictures[0], "thumbnail": shown.pictures[0]}}
        ]
    if shown.file:
        message["attachments"] = [{"type": "file", "payload": dict(shown.file)}]
    webhook.emit(from_account(sandbox, phone, event, message, admin_id))
    webhook.emit(receipt(sandbox, phone, "user_received_message", {"msg_id": shown.id}))


def _react(sandbox: Sandbox, body: dict[str, Any]) -> dict[str, Any]:
    phone = recipient(sandbox, body)
    action = body["sender_action"]
    if not isinstance(action, dict) or not action.get("react_icon"):
        raise Refused(-201, "sender_action")
    target = next((one for one in phone.shown if one.id == action.get("react_message_id")), None)
    if target is None:
        raise Refused(-201, "react_message_id")
    target.reaction = str(action["react_icon"])
    return {"message_id": target.id, "user_id": phone.id}


def _profile(phone: Phone) -> dict[str, Any]:
    return {
        "user_id": phone.id,
        "user_id_by_app": phone.by_app,
        "display_name": phone.name,
        "user_is_follower": phone.follows,
        "avatar": "",
        "shared_info": phone.shared,
    }
