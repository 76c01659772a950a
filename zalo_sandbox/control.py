"""The control of people under `/_sandbox/`: what a test or a developer makes them do."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, File, Form, HTTPException, UploadFile
from pydantic import BaseModel, Field

from .bot_platform import Bot
from .people import Followers, NoSuch
from .state import Asset, Phone

Deed = Literal["follow", "unfollow", "block", "unblock", "see", "sticker", "refuse-templates"]


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


def control_router(people: Followers, bot: Bot) -> APIRouter:
    """The routes. Whoever calls one that makes an event gets the answer when the event was brought."""
    router = APIRouter(prefix="/_sandbox")
    _persons(router, people)
    _sending(router, people, bot)
    _doing(router, people)
    return router


def _found(people: Followers, key: str) -> Phone:
    try:
        return people.get(key)
    except NoSuch as mistake:
        raise HTTPException(404, str(mistake)) from None


def person_view(phone: Phone) -> dict[str, Any]:
    """Somebody, as a test or the page reads them."""
    view = asdict(phone)
    view["last_interaction"] = phone.last_interaction and phone.last_interaction.isoformat()
    return view


def _persons(router: APIRouter, people: Followers) -> None:
    @router.post("/users")
    async def meet(person: NewPerson) -> dict[str, Any]:
        return person_view(people.meet(person.key, person.name, person.phone, follows=person.follows))

    @router.get("/users")
    async def everybody() -> list[dict[str, Any]]:
        return [person_view(phone) for phone in people.sandbox.phones.values()]

    @router.get("/users/{key}")
    async def one(key: str) -> dict[str, Any]:
        return person_view(_found(people, key))


def _sending(router: APIRouter, people: Followers, bot: Bot) -> None:
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
            address = people.media_address(people.keep_media(asset))
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


def _do(people: Followers, phone: Phone, deed: Deed) -> None:
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


def _doing(router: APIRouter, people: Followers) -> None:
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
