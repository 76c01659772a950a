"""Telegram's side of the wire: what the product calls is written down and answered; no call goes unforeseen."""

# ruff: noqa: ARG002, ASYNC109 - the libraries decide what their sessions are called with

import json
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.telegram.deferred_models import import_aiogram

import_aiogram()

from aiogram import Bot  # noqa: E402
from aiogram.client.session.base import BaseSession  # noqa: E402
from aiogram.client.telegram import TelegramAPIServer  # noqa: E402
from aiogram.methods import TelegramMethod  # noqa: E402

TOKEN = "4242:a-token-for-tests-only"
BOT_ID = "4242"
API = "https://bot-api.test"

SENT_WITH = ("sendMessage", "sendPhoto", "sendVoice", "sendDocument")


@dataclass
class Call:
    """One call of the Bot API: the method, its parameters as they crossed the wire, the files that went along."""

    method: str
    params: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


Answer = tuple[int, dict[str, Any]]


@dataclass
class FakeTelegram:
    """The Bot API server: `calls` in order, `files` that people uploaded; `answers` are given first, one per call."""

    calls: list[Call] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    answers: list[Answer | Exception] = field(default_factory=list)
    webhook: dict[str, Any] = field(default_factory=dict)

    def answer(self, call: Call) -> Answer:
        self.calls.append(call)
        if self.answers:
            prepared = self.answers.pop(0)
            if isinstance(prepared, Exception):
                raise prepared
            return prepared
        result = _RESULTS[call.method](self, call)
        return 200, {"ok": True, "result": result}

    def sent(self, address: str) -> list[Call]:
        """What was sent to a chat and taken, oldest first."""
        return [call for call in self.calls if call.method in SENT_WITH and str(call.params["chat_id"]) == address]

    def named(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]


def refused(code: int, description: str, **parameters: Any) -> Answer:
    """An answer that refuses, as the Bot API words it."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return code, {**body, "parameters": parameters} if parameters else body


def _message(server: FakeTelegram, call: Call) -> dict[str, Any]:
    chat = {"id": int(call.params["chat_id"]), "type": "private", "first_name": "A"}
    return {"message_id": len(server.calls), "date": 1_700_000_000, "chat": chat, "text": call.params.get("text", "")}


def _file(server: FakeTelegram, call: Call) -> dict[str, Any]:
    file_id = str(call.params["file_id"])
    content = server.files[file_id]
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content), "file_path": f"up/{file_id}"}


_UNUSED = {"has_custom_certificate": False}


def _webhook_set(server: FakeTelegram, call: Call) -> bool:
    server.webhook = {"url": call.params["url"], "pending_update_count": server.webhook.get("pending_update_count", 0)}
    return True


_RESULTS: dict[str, Callable[[FakeTelegram, Call], Any]] = {
    **dict.fromkeys(SENT_WITH, _message),
    "getFile": _file,
    "answerCallbackQuery": lambda _server, _call: True,
    "editMessageReplyMarkup": lambda _server, _call: True,
    "getMe": lambda _server, _call: {"id": 1, "is_bot": True, "first_name": "Đối Thoại", "username": "doithoai_bot"},
    "deleteMessages": lambda _server, _call: True,
    "setMyCommands": lambda _server, _call: True,
    "deleteMyCommands": lambda _server, _call: True,
    "setWebhook": _webhook_set,
    "getWebhookInfo": lambda server, _call: {"url": "", "pending_update_count": 0, **server.webhook, **_UNUSED},
    "deleteWebhook": lambda _server, _call: True,
}


class FakeRequest(BaseRequest):
    """What python-telegram-bot sends with."""

    def __init__(self, server: FakeTelegram) -> None:
        self._server = server

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        assert method == "POST"
        base, _, name = url.rpartition("/")
        assert base == f"{API}/bot{TOKEN}"
        params = {} if request_data is None else {key: _wired(v) for key, v in request_data.json_parameters.items()}
        parts = {} if request_data is None else request_data.multipart_data or {}
        files = {key: part[1] for key, part in parts.items()}
        code, body = self._server.answer(Call(name, params, files, {key: part[0] for key, part in parts.items()}))
        return code, json.dumps(body).encode()


def _wired(value: str) -> Any:
    """A parameter as the server reads it: objects come as JSON in a string."""
    return json.loads(value) if value[:1] in "{[" else value


class FakeSession(BaseSession):
    """What aiogram calls with."""

    def __init__(self, server: FakeTelegram) -> None:
        super().__init__(api=TelegramAPIServer.from_base(API))
        self._server = server

    async def close(self) -> None:
        pass

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        assert bot.token == TOKEN
        params = method.model_dump(exclude_none=True, warnings=False)
        code, body = self._server.answer(Call(method.__api_method__, params))
        return self.check_response(bot, method, code, json.dumps(body)).result

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        start = f"{API}/file/bot{TOKEN}/up/"
        assert url.startswith(start)
        content = self._server.files[url.removeprefix(start)]
        for begin in range(0, len(content), chunk_size):
            yield content[begin : begin + chunk_size]
