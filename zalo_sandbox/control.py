"""The control of the sandbox under `/_sandbox/`: what a test or a developer makes people, clock and network do."""

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, File, Form, HTTPException, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from .bot_platform import Bot
from .people import NoSuch, People
from .state import Asset, Failure, FailureKind, Phone, Sandbox
from .webhook import Webhook

Deed = Literal["follow", "unfollow", "block", "unblock", "see", "sticker", "refuse-templates"]
Switchable = Literal[
    "buttons", "requests_a_minute", "access_token_life", "refresh_token_life", "package_quota", "press_opens_window",
    "cs_needs_follow", "blocked_error", "list_template", "media_buttons", "most_buttons", "count_text",
    "dead_refresh_error", "receipts_from", "bot_updates", "bot_people", "bot_messages_a_month", "media_life",
    "webhook_retry", "webhook_timeout", "signature_prefix", "oa_secret", "template_quota_a_day", "uploads_a_month",
    "events_given_up_before_off",
]  # fmt: skip


class NewPerson(BaseModel):
    """Somebody to create; meeting them again changes nothing."""

    key: Annotated[str, Field(pattern=r"^[\w-]{1,40}$")]
    name: str = ""
    phone: str = ""
    follows: bool = False


class Say(BaseModel):
    """A text, to the account or to the bot."""

    text: str
    to: Literal["oa", "bot"] = "oa"
    quotes: str = ""


class Contact(BaseModel):
    """Contact data."""

    name: str
    phone: str
    ward: str = ""
    older: bool = False


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


def control_router(sandbox: Sandbox, webhook: Webhook, people: People, bot: Bot) -> APIRouter:
    """The routes. Whoever calls one that makes an event gets the answer when the event was brought."""
    router = APIRouter(prefix="/_sandbox")
    _persons(router, people)
    _sending(router, people, bot)
    _doing(router, people)
    _network(router, sandbox, webhook, bot)
    _looking(router, sandbox, webhook, bot)
    return router


def _found(people: People, key: str) -> Phone:
    try:
        return people.get(key)
    except NoSuch as mistake:
        raise HTTPException(404, str(mistake)) from None


def person_view(phone: Phone) -> dict[str, Any]:
    """Somebody, as a test or the page reads them."""
    view = asdict(phone)
    view["last_interaction"] = phone.last_interaction and phone.last_interaction.isoformat()
    return view


def _persons(router: APIRouter, people: People) -> None:
    @router.post("/users")
    async def meet(person: NewPerson) -> dict[str, Any]:
        return person_view(people.meet(person.key, person.name, person.phone, follows=person.follows))

    @router.get("/users")
    async def everybody() -> list[dict[str, Any]]:
        return [person_view(phone) for phone in people.sandbox.phones.values()]

    @router.get("/users/{key}")
    async def one(key: str) -> dict[str, Any]:
        return person_view(_found(people, key))


def _sending(router: APIRouter, people: People, bot: Bot) -> None:
    @router.post("/users/{key}/say")
    async def say(key: str, said: Say) -> dict[str, str]:
        phone = _found(people, key)
        if said.to == "bot":
            message_id = bot.hears(phone, "text", {"text": said.text})
            await bot.bring()
        else:
            message_id = people.says(phone, said.text, quotes=said.quotes)
            await people.webhook.bring()
        return {"message_id": message_id}

    @router.post("/users/{key}/press")
    async def press(key: str, title: Annotated[str, Body(embed=True)]) -> dict[str, Any]:
        try:
            button = people.presses(_found(people, key), title)
        except NoSuch as mistake:
            raise HTTPException(404, str(mistake)) from None
        await people.webhook.bring()
        return asdict(button)

    @router.post("/users/{key}/send")
    async def send(
        key: str,
        kind: Annotated[Literal["image", "gif", "audio", "video", "file", "voice"], Form()],
        file: Annotated[UploadFile, File()],
        caption: Annotated[str, Form()] = "",
        to: Annotated[Literal["oa", "bot"], Form()] = "oa",
    ) -> dict[str, str]:
        phone = _found(people, key)
        until = people.sandbox.now() + people.sandbox.config.media_life
        media_type = file.content_type or "application/octet-stream"
        asset = Asset(kind, file.filename or kind, await file.read(), media_type, until)
        if to == "bot":
            address = people.keep_media(asset)
            what = {"photo": address, "caption": caption} if kind == "image" else {"voice_url": address}
            message_id = bot.hears(phone, "image" if kind == "image" else "voice", what)
            await bot.bring()
        else:
            message_id = people.sends(phone, "audio" if kind == "voice" else kind, asset, caption)
            await people.webhook.bring()
        return {"message_id": message_id}

    @router.post("/users/{key}/location")
    async def location(
        key: str, latitude: Annotated[float, Body()], longitude: Annotated[float, Body()]
    ) -> dict[str, str]:
        message_id = people.sends_location(_found(people, key), latitude, longitude)
        await people.webhook.bring()
        return {"message_id": message_id}

    @router.post("/users/{key}/link")
    async def link(key: str, url: Annotated[str, Body()], *, card: Annotated[bool, Body()] = False) -> dict[str, str]:
        message_id = people.sends_link(_found(people, key), url, card=card)
        await people.webhook.bring()
        return {"message_id": message_id}

    @router.post("/users/{key}/contact")
    async def contact(key: str, data: Contact) -> dict[str, str]:
        people.submits_contact(_found(people, key), name=data.name, number=data.phone, ward=data.ward, older=data.older)
        await people.webhook.bring()
        return {}


def _do(people: People, phone: Phone, deed: Deed) -> None:
    match deed:
        case "follow" | "unfollow":
            people.follows(phone, yes=deed == "follow")
        case "block" | "unblock":
            phone.blocks = deed == "block"
        case "refuse-templates":
            phone.refuses_templates = True
        case "see":
            people.sees(phone)
        case "sticker":
            people.sends_sticker(phone)


def _doing(router: APIRouter, people: People) -> None:
    @router.post("/users/{key}/do")
    async def do(key: str, deed: Annotated[Deed, Body(embed=True)]) -> dict[str, Any]:
        phone = _found(people, key)
        _do(people, phone, deed)
        await people.webhook.bring()
        return person_view(phone)

    @router.post("/users/{key}/react")
    async def react(key: str, icon: Annotated[str, Body(embed=True)]) -> dict[str, str]:
        try:
            people.reacts(_found(people, key), icon)
        except NoSuch as mistake:
            raise HTTPException(409, str(mistake)) from None
        await people.webhook.bring()
        return {}

    @router.post("/users/{key}/by-hand")
    async def by_hand(key: str, text: Annotated[str, Body()], admin_id: Annotated[str, Body()] = "1") -> dict[str, str]:
        try:
            message_id = people.answered_by_hand(_found(people, key), text, admin_id)
        except NoSuch as mistake:
            raise HTTPException(409, str(mistake)) from None
        await people.webhook.bring()
        return {"message_id": message_id}


def _network(router: APIRouter, sandbox: Sandbox, webhook: Webhook, bot: Bot) -> None:
    @router.post("/clock")
    async def clock(seconds: Annotated[float, Body(embed=True)]) -> dict[str, str]:
        """Move on, stopping wherever an event is due on the way. Never back."""
        if seconds < 0:
            raise HTTPException(422, "the clock only moves on")
        await _move_on(sandbox, webhook, timedelta(seconds=seconds))
        return {"now": sandbox.now().isoformat()}

    @router.post("/failures")
    async def fail(order: FailureOrder) -> dict[str, int]:
        sandbox.failures.append(Failure(order.kind, order.code, order.times, order.path))
        return {"ordered": len(sandbox.failures)}

    @router.post("/switches")
    async def switch(changes: dict[Switchable, Any]) -> None:
        lives = {name: timedelta(seconds=value) for name, value in changes.items() if name.endswith("_life")}
        sandbox.config = replace(sandbox.config, **{**changes, **lives})
        if "package_quota" in changes:
            sandbox.package_left = sandbox.config.package_quota

    @router.post("/balance")
    async def balance(dong: Annotated[int, Body(embed=True)]) -> dict[str, int]:
        sandbox.balance = dong
        return {"balance": sandbox.balance}

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

    @router.get("/assets/{asset_id}")
    async def asset(asset_id: str) -> Response:
        found = sandbox.assets.get(asset_id)
        if found is None:
            raise HTTPException(404)
        return Response(found.content, media_type=found.media_type)
