"""ZBS template messages, by user id and by phone number: approved templates only, by day, paid."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from .answers import Refused, answered
from .config import ApprovedTemplate
from .events import receipt
from .guard import check_token, json_of, note_refusal, openapi
from .state import LOCAL, Phone, PhoneButton, Sandbox, Shown, new_id
from .webhook import Webhook

DAY_FROM = 6
DAY_UNTIL = 22
TRACKING = 48


def template_router(sandbox: Sandbox, webhook: Webhook) -> APIRouter:
    """The routes: by user id under `openapi.zalo.me`, by phone under `business.openapi.zalo.me` in real life."""
    router = APIRouter()

    @router.post("/v3.0/oa/message/template")
    async def by_uid(request: Request) -> JSONResponse:
        async def send() -> dict[str, Any]:
            body = await json_of(request)
            phone = sandbox.by_id(body.get("user_id"))
            if phone is None:
                raise Refused(-201, "user_id")
            template = _template(sandbox, body)
            if not template.by_uid:
                raise Refused(-249)
            text = _filled(template, body)
            if phone.blocks or phone.refuses_templates:
                raise Refused(sandbox.config.blocked_error)
            _by_day(sandbox, -234)
            _pay(sandbox, template.price_uid, -321)
            shown = _show(sandbox, phone, template, text)
            webhook.emit(receipt(sandbox, phone, "user_received_message", {"msg_id": shown.id}))
            return {"message_id": shown.id, "sent_time": str(shown.at)}

        return await openapi(sandbox, request, send)

    _by_phone_routes(router, sandbox, webhook)
    return router


def _by_phone_routes(router: APIRouter, sandbox: Sandbox, webhook: Webhook) -> None:
    @router.post("/message/template")
    async def by_phone(request: Request) -> JSONResponse:
        try:
            return answered(await _by_phone(sandbox, webhook, request))
        except Refused as refusal:
            return note_refusal(sandbox, request, refusal)

    @router.get("/message/status")
    async def status(request: Request, message_id: str = "") -> JSONResponse:
        try:
            _zbs_token(sandbox, request)
        except Refused as refusal:
            return note_refusal(sandbox, request, refusal)
        sent = sandbox.templates_sent.get(message_id)
        if sent is None:
            return answered({"delivery_time": "", "message": "message does not exist", "status": -1})
        return answered({"delivery_time": str(int(sent.timestamp() * 1000)), "message": "delivered", "status": 1})


async def _by_phone(sandbox: Sandbox, webhook: Webhook, request: Request) -> dict[str, Any]:
    _zbs_token(sandbox, request)
    body = await json_of(request)
    number = body.get("phone")
    if not isinstance(number, str) or not number.isdecimal() or not number.startswith("84") or len(number) != 11:  # noqa: PLR2004 - 84 and nine digits
        raise Refused(-108)
    mode, tracking = body.get("sending_mode", "1"), body.get("tracking_id", "")
    if mode not in {"1", "3"} or not isinstance(tracking, str) or len(tracking) > TRACKING:
        raise Refused(-1122, "sending_mode or tracking_id")
    template = _template(sandbox, body)
    text = _filled(template, body)
    phone = next((one for one in sandbox.phones.values() if one.phone == number), None)
    if phone is None:
        raise Refused(-118)
    if phone.refuses_templates or phone.blocks:
        raise Refused(-139)
    _by_day(sandbox, -133)
    today = f"templates {sandbox.now().astimezone(LOCAL):%Y-%m-%d}"
    if not sandbox.count(today, sandbox.config.template_quota_a_day):
        raise Refused(-144)
    if body.get("mode") != "development":
        _pay(sandbox, template.price_phone, -115)
    shown = _show(sandbox, phone, template, text)
    message = {"msg_id": shown.id, "delivery_time": str(shown.at), "tracking_id": tracking}
    delivered = {**receipt(sandbox, phone, "user_received_message", message), "phone": number}
    webhook.emit(delivered, {"X-ZEvent-Server": "ZNS"})
    most = sandbox.config.template_quota_a_day
    quota = {"dailyQuota": str(most), "remainingQuota": str(most - sandbox.counts[today])}
    return {"msg_id": shown.id, "sent_time": str(shown.at), "sending_mode": mode, "quota": quota}


def _zbs_token(sandbox: Sandbox, request: Request) -> None:
    try:
        check_token(sandbox, request)
    except Refused as refusal:
        raise Refused(-124, bug=refusal.bug) from None


def _template(sandbox: Sandbox, body: Mapping[str, Any]) -> ApprovedTemplate:
    template = next((one for one in sandbox.config.templates if one.id == body.get("template_id")), None)
    if template is None or not template.approved:
        raise Refused(-131)
    return template


def _filled(template: ApprovedTemplate, body: Mapping[str, Any]) -> str:
    """The sentence with its parameters. Every declared one has to be there, none beside them, none too long."""
    data = body.get("template_data")
    if not isinstance(data, dict) or (missing := set(template.params) - set(data)):
        raise Refused(-1121, ", ".join(sorted(missing)) if isinstance(data, dict) else "template_data")
    if unknown := set(data) - set(template.params):
        raise Refused(-1122, ", ".join(sorted(unknown)))
    text = template.text
    for name, most in template.params.items():
        value = data[name]
        if not isinstance(value, str) or not value or len(value) > most:
            raise Refused(-1122, name)
        text = text.replace(f"<{name}>", value)
    return text


def _by_day(sandbox: Sandbox, error: int) -> None:
    if not DAY_FROM <= sandbox.now().astimezone(LOCAL).hour < DAY_UNTIL:
        raise Refused(error)


def _pay(sandbox: Sandbox, price: int, error: int) -> None:
    if sandbox.balance < price:
        raise Refused(error)
    sandbox.balance -= price


def _show(sandbox: Sandbox, phone: Phone, template: ApprovedTemplate, text: str) -> Shown:
    buttons = (PhoneButton(template.button, "oa.query.hide", template.payload),) if template.payload else ()
    shown = Shown(new_id(), "template", sandbox.stamp(), text, buttons=buttons)
    phone.shown.append(shown)
    sandbox.templates_sent[shown.id] = sandbox.now()
    return shown
