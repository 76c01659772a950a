"""The control of clock, network and memory under `/_sandbox/`, and what happened so far."""

from dataclasses import asdict, replace
from datetime import timedelta
from functools import cache
from typing import Annotated, Any, Literal, get_type_hints

from fastapi import APIRouter, Body, HTTPException
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from .bot_platform import Bot
from .config import SandboxConfig
from .state import HARMLESS, Failure, FailureKind, Sandbox
from .webhook import Webhook

_FIXED = {
    "public_url", "app_id", "app_secret", "oa_id", "redirect_uri", "webhook_url", "access_token", "refresh_token",
    "templates", "bot_token", "quota_version",
}  # fmt: skip


@cache
def switches() -> dict[str, TypeAdapter[Any]]:
    """What can be turned while the sandbox runs, and what each may be: `SandboxConfig` but for who is who."""
    hints = get_type_hints(SandboxConfig)
    return {name: TypeAdapter(hint) for name, hint in hints.items() if name not in _FIXED}


def _turned(name: str, value: Any) -> Any:
    """What a switch is turned to. Raises `HTTPException` where there is no such switch, or it cannot be that."""
    if name not in switches():
        raise HTTPException(422, f"there is no switch {name}")
    try:
        return switches()[name].validate_python(value)
    except ValidationError as mistake:
        raise HTTPException(422, f"{name} cannot be {value}: {mistake.errors()[0]['msg']}") from None


class FailureOrder(BaseModel):
    """What is to go wrong with the next calls. `code` is the error, or the HTTP status."""

    kind: FailureKind
    code: int = -200
    times: Annotated[int, Field(ge=1)] = 1
    path: str = "/"


class Flow(BaseModel):
    """How events reach the webhook from now on; what is not named stays."""

    model_config = ConfigDict(extra="forbid")
    url: str | None = None
    on: bool | None = None
    held: bool | None = None
    duplicates: Annotated[int, Field(ge=1, le=100)] | None = None
    shuffle: int | None = None


def network_router(sandbox: Sandbox, webhook: Webhook, bot: Bot) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix="/_sandbox")
    _moods(router, sandbox)
    _flow(router, sandbox, webhook, bot)
    _looking(router, sandbox, webhook, bot)
    _files(router, sandbox)
    return router


def _moods(router: APIRouter, sandbox: Sandbox) -> None:
    @router.post("/failures")
    async def fail(order: FailureOrder) -> dict[str, int]:
        sandbox.failures.append(Failure(order.kind, order.code, order.times, order.path))
        return {"ordered": len(sandbox.failures)}

    @router.post("/switches")
    async def switch(changes: dict[str, Any]) -> None:
        """Turn switches; a length of time is in seconds."""
        turned = {name: _turned(name, value) for name, value in changes.items()}
        sandbox.config = replace(sandbox.config, **turned)
        if "package_quota" in turned:
            sandbox.package_left = sandbox.config.package_quota

    @router.post("/balance")
    async def balance(dong: Annotated[int, Body(embed=True)]) -> dict[str, int]:
        sandbox.balance = dong
        return {"balance": sandbox.balance}


def _flow(router: APIRouter, sandbox: Sandbox, webhook: Webhook, bot: Bot) -> None:
    @router.post("/clock")
    async def clock(seconds: Annotated[float, Body(embed=True)]) -> dict[str, str]:
        """Move on, stopping wherever an event is due on the way. Never back."""
        if seconds < 0:
            raise HTTPException(422, "the clock only moves on")
        await _move_on(sandbox, webhook, timedelta(seconds=seconds))
        return {"now": sandbox.now().isoformat()}

    @router.post("/webhook")
    async def flow(wanted: Flow) -> dict[str, Any]:
        _set_flow(webhook, wanted)
        await webhook.bring()
        return {"on": webhook.on, "held": webhook.held, "waiting": len(webhook.waiting)}

    @router.post("/events")
    async def emit(body: Annotated[dict[str, Any], Body()]) -> dict[str, str]:
        webhook.emit_raw(body)
        await webhook.bring()
        return {}

    @router.post("/settle")
    async def settle() -> dict[str, int]:
        tries = await webhook.bring()
        await bot.bring()
        return {"tries": tries}


async def _move_on(sandbox: Sandbox, webhook: Webhook, how_far: timedelta) -> None:
    target = sandbox.now() + how_far
    while webhook.on and not webhook.held and (due := webhook.next_at()) is not None and due <= target:
        sandbox.shift += max(due - sandbox.now(), timedelta())
        await webhook.bring()
    sandbox.shift += max(target - sandbox.now(), timedelta())


def _set_flow(webhook: Webhook, wanted: Flow) -> None:
    if wanted.url is not None:
        webhook.url = wanted.url
    if wanted.on is not None:
        webhook.switch(on=wanted.on)
    if wanted.duplicates is not None:
        webhook.duplicates = wanted.duplicates
    if wanted.shuffle is not None:
        webhook.shuffle(wanted.shuffle)
    if wanted.held is not None:
        webhook.held = wanted.held


def _looking(router: APIRouter, sandbox: Sandbox, webhook: Webhook, bot: Bot) -> None:
    @router.get("/state")
    async def state() -> dict[str, Any]:
        return {
            "now": sandbox.now().isoformat(),
            "webhook": {"url": webhook.url, "on": webhook.on, "held": webhook.held, "waiting": len(webhook.waiting)},
            "package_left": sandbox.package_left,
            "balance": sandbox.balance,
            "tokens": {"access": sandbox.tokens.access, "refresh": sandbox.tokens.refresh},
            "bot": {"url": bot.url, "waiting": len(bot.waiting), "people": len(bot.people)},
        }

    @router.get("/calls")
    async def calls(path: str = "/") -> list[dict[str, Any]]:
        return [asdict(call) for call in sandbox.calls if call.path.startswith(path)]

    @router.get("/violations")
    async def violations() -> list[str]:
        return sandbox.violations

    @router.get("/deliveries")
    async def deliveries() -> dict[str, Any]:
        return {"tries": [asdict(one) for one in webhook.deliveries], "given_up": webhook.given_up}


def _files(router: APIRouter, sandbox: Sandbox) -> None:
    @router.get("/{kind}/{asset_id}")
    async def asset(kind: Literal["assets", "media"], asset_id: str) -> Response:
        """What a phone shows: it keeps what was sent and received, however old."""
        found = (sandbox.assets if kind == "assets" else sandbox.media).get(asset_id)
        if found is None:
            raise HTTPException(404)
        return Response(found.content, media_type=found.media_type, headers=HARMLESS)
