"""The Zalo Bot Platform: a token in the path, polling or a webhook, text and pictures; no buttons, no files."""

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from .messages import TEXT, length
from .state import Phone, Sandbox, Shown, new_id

SECRET = range(8, 257)
LONGEST_WAIT = 60.0


class BotMistake(Exception):
    """A call the platform refuses, with one of its error codes."""

    def __init__(self, code: int, why: str, *, bug: bool = True) -> None:
        super().__init__(why)
        self.code = code
        self.bug = bug


@dataclass(slots=True)
class Bot:
    """The bot: what waits to be fetched, and where it is pushed instead. `last_status` is of the newest push."""

    sandbox: Sandbox
    url: str = ""
    secret: str = ""
    waiting: deque[dict[str, Any]] = field(default_factory=deque)
    people: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def hears(self, phone: Phone, kind: str, what: Mapping[str, Any]) -> str:
        """Somebody writes to the bot; the id of the message. Beyond its limit of people it hears nobody new."""
        message_id = new_id()
        pictures = (str(what["photo"]),) if "photo" in what else ()
        text = str(what.get("text", what.get("caption", "")))
        phone.shown_by_bot.append(Shown(message_id, "user", self.sandbox.stamp(), text, pictures))
        if phone.bot_id not in self.people:
            if len(self.people) >= self.sandbox.config.bot_people:
                return message_id
            self.people.append(phone.bot_id)
        self.waiting.append(
            {
                "event_name": f"message.{kind}.received",
                "message": {
                    "from": {"id": phone.bot_id, "display_name": phone.name, "is_bot": False},
                    "chat": {"id": phone.bot_id, "chat_type": "PRIVATE"},
                    "message_id": message_id,
                    "date": self.sandbox.stamp(),
                    **what,
                },
            }
        )
        self.came.set()
        return message_id

    async def bring(self) -> None:
        """Push what waits to the bot's webhook, if it has one; once each."""
        while self.url and self.waiting:
            update = json.dumps(self.shaped(self.waiting.popleft()), ensure_ascii=False)
            raw = update.encode("utf-8", "backslashreplace")
            headers = {"Content-Type": "application/json", "X-Bot-Api-Secret-Token": self.secret}
            try:
                async with asyncio.timeout(self.sandbox.config.webhook_timeout):
                    self.statuses.append(await self.sandbox.deliver(self.url, raw, headers))
            except (TimeoutError, OSError):
                self.statuses.append(0)

    def shaped(self, update: dict[str, Any]) -> dict[str, Any]:
        """An update as it is sent: wrapped, or flat as it was seen live."""
        return update if self.sandbox.config.bot_updates == "flat" else {"ok": True, "result": update}


def bot_router(bot: Bot) -> APIRouter:
    """The routes, under the host `bot-api.zaloplatforms.com` in real life."""
    router = APIRouter()
    methods = {
        "getMe": _get_me,
        "getUpdates": _get_updates,
        "setWebhook": _set_webhook,
        "deleteWebhook": _delete_webhook,
        "getWebhookInfo": _webhook_info,
        "sendMessage": _send_message,
        "sendPhoto": _send_photo,
        "sendChatAction": _send_chat_action,
    }

    @router.api_route("/bot{token}/{method}", methods=["GET", "POST"])
    async def call(request: Request, token: str, method: str) -> JSONResponse:
        try:
            if token != bot.sandbox.config.bot_token:
                raise BotMistake(401, "Unauthorized")  # noqa: TRY301 - one place turns mistakes into answers
            if method not in methods:
                raise BotMistake(404, "Not Found")  # noqa: TRY301 - likewise
            return JSONResponse(await methods[method](bot, await _arguments(request)))
        except BotMistake as mistake:
            if mistake.bug:
                bot.sandbox.violated(f"bot {method}: {mistake.code} {mistake}")
            return JSONResponse({"ok": False, "error_code": mistake.code, "description": str(mistake)})

    return router


async def _arguments(request: Request) -> dict[str, Any]:
    raw = await request.body()
    if not raw:
        return dict(request.query_params)
    try:
        found = json.loads(raw)
    except ValueError:
        raise BotMistake(400, "body is no JSON") from None
    if not isinstance(found, dict):
        raise BotMistake(400, "body is no object")
    return found


def _result(result: Any) -> dict[str, Any]:
    return {"ok": True, "result": result}


async def _get_me(bot: Bot, _: dict[str, Any]) -> dict[str, Any]:
    return _result(
        {
            "id": bot.sandbox.config.bot_token.partition(":")[0],
            "account_name": "bot.sandbox",
            "account_type": "BASIC",
            "can_join_groups": False,
        }
    )


async def _get_updates(bot: Bot, arguments: dict[str, Any]) -> dict[str, Any]:
    """One update, no offset: it is gone once it was fetched. 408 when none came in time."""
    if bot.url:
        raise BotMistake(400, "a webhook is set")
    try:
        wait = min(float(arguments.get("timeout", 30)), LONGEST_WAIT)
    except (TypeError, ValueError):
        raise BotMistake(400, "timeout") from None
    if not bot.waiting:
        bot.came.clear()
        try:
            async with asyncio.timeout(wait):
                await bot.came.wait()
        except TimeoutError:
            raise BotMistake(408, "Request Timeout", bug=False) from None
    if not bot.waiting:
        raise BotMistake(408, "Request Timeout", bug=False)
    return bot.shaped(bot.waiting.popleft())


async def _set_webhook(bot: Bot, arguments: dict[str, Any]) -> dict[str, Any]:
    url, secret = arguments.get("url"), arguments.get("secret_token")
    if not isinstance(url, str) or not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise BotMistake(400, "url")
    if not isinstance(secret, str) or len(secret) not in SECRET:
        raise BotMistake(400, "secret_token")
    bot.url, bot.secret = url, secret
    return await _webhook_info(bot, {})


async def _delete_webhook(bot: Bot, _: dict[str, Any]) -> dict[str, Any]:
    bot.url = bot.secret = ""
    return await _webhook_info(bot, {})


async def _webhook_info(bot: Bot, _: dict[str, Any]) -> dict[str, Any]:
    return _result({"url": bot.url, "updated_at": bot.sandbox.stamp()})


async def _send_message(bot: Bot, arguments: dict[str, Any]) -> dict[str, Any]:
    text = arguments.get("text")
    if not isinstance(text, str) or not 1 <= length(text, bot.sandbox.config) <= TEXT:
        raise BotMistake(400, "text has to have 1 to 2000 characters")
    return _sent(bot, arguments, text, ())


async def _send_photo(bot: Bot, arguments: dict[str, Any]) -> dict[str, Any]:
    photo, caption = arguments.get("photo"), arguments.get("caption", "")
    if not isinstance(photo, str) or not photo.startswith(("https://", "http://")):
        raise BotMistake(400, "photo has to be an address")
    if not isinstance(caption, str) or length(caption, bot.sandbox.config) > TEXT:
        raise BotMistake(400, "caption")
    return _sent(bot, arguments, caption, (photo,))


async def _send_chat_action(bot: Bot, arguments: dict[str, Any]) -> dict[str, Any]:
    _chat(bot, arguments)
    if arguments.get("action") != "typing":
        raise BotMistake(400, "action")
    return {"ok": True}


def _chat(bot: Bot, arguments: dict[str, Any]) -> Phone:
    chat_id = arguments.get("chat_id")
    phone = next((one for one in bot.sandbox.phones.values() if one.bot_id == chat_id), None)
    if phone is None:
        raise BotMistake(404, "chat not found")
    if phone.bot_id not in bot.people or phone.blocks:
        raise BotMistake(403, "Forbidden", bug=False)
    return phone


def _sent(bot: Bot, arguments: dict[str, Any], text: str, pictures: tuple[str, ...]) -> dict[str, Any]:
    phone = _chat(bot, arguments)
    if not bot.sandbox.count(f"bot {bot.sandbox.now():%Y-%m}", bot.sandbox.config.bot_messages_a_month):
        raise BotMistake(429, "Too Many Requests", bug=False)
    shown = Shown(new_id(), "bot", bot.sandbox.stamp(), text, pictures)
    phone.shown_by_bot.append(shown)
    return _result({"message_id": shown.id, "date": shown.at})
