"""A Bot API server on this machine that keeps what people say until it is taken, and makes trouble when it is told to.

Like the real one it brings updates again until they are confirmed by a higher offset; what `sendMessage` accepted is on
the phone for good, also when the answer to it was lost on the way.
"""

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl

from .slow_telegram import BOT_ID, body_of


class Trouble(StrEnum):
    """What may become of a message: a broken server, told to wait, taken but the answer lost, left to hang."""

    BROKEN = "broken"
    THROTTLED = "throttled"
    HALF = "half"
    HANGING = "hanging"


HANGS_FOR = 20.0
_HALF = 299
"""Marks an answer that breaks off; it is said as 200."""


class TroubledTelegram:
    """`updates` wait to be fetched; `phones` show what arrived, in its order; `troubles` befall half the messages."""

    def __init__(self, seed: int) -> None:
        self.updates: list[dict[str, Any]] = []
        self.phones: dict[str, list[str]] = defaultdict(list)
        self.troubles: tuple[Trouble, ...] = ()
        self.url = ""
        self._news = asyncio.Event()
        self._dice = random.Random(seed)  # noqa: S311 - the same troubles every time
        self._talks: set[asyncio.Task[None]] = set()

    def say(self, update: dict[str, Any]) -> None:
        """Somebody did something."""
        self.updates.append(update)
        self._news.set()

    def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = asyncio.create_task(self._hear(reader, writer))
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    async def close(self) -> None:
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                method = line.split()[1].rpartition(b"/")[2].decode()
                status, said = await self._answer(method, await body_of(reader))
                body = json.dumps(said).encode()
                head = f"HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
                if status == _HALF:
                    writer.write(head.replace(str(status), "200").encode() + body[: len(body) // 2])
                    await writer.drain()
                    return
                writer.write(head.encode() + body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the process is gone
        finally:
            writer.transport.abort()

    async def _answer(self, method: str, body: bytes) -> tuple[int, dict[str, Any]]:
        match method:
            case "sendMessage":
                return await self._take(_fields(body))
            case "getUpdates":
                return 200, {"ok": True, "result": await self._bring(int(_fields(body).get("offset", 0)))}
            case "getMe":
                me = {"id": int(BOT_ID), "is_bot": True, "first_name": "Đối Thoại", "username": "doithoai_bot"}
                return 200, {"ok": True, "result": me}
        return 200, {"ok": True, "result": True}

    async def _take(self, message: dict[str, str]) -> tuple[int, dict[str, Any]]:
        trouble = self._dice.choice([*self.troubles, *[None] * len(self.troubles)]) if self.troubles else None
        match trouble:
            case Trouble.BROKEN:
                return 500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}
            case Trouble.THROTTLED:
                more = {"parameters": {"retry_after": 1}}
                return 429, {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 1", **more}
            case Trouble.HANGING:
                await asyncio.sleep(HANGS_FOR)
                return 500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}
        chat = message["chat_id"]
        self.phones[chat].append(message["text"])
        taken = {"message_id": len(self.phones[chat]), "date": 1, "chat": {"id": int(chat), "type": "private"}}
        status = _HALF if trouble is Trouble.HALF else 200
        return status, {"ok": True, "result": {**taken, "text": message["text"]}}

    async def _bring(self, offset: int) -> list[dict[str, Any]]:
        self.updates = [one for one in self.updates if one["update_id"] >= offset]
        if not self.updates:
            self._news.clear()
            try:
                async with asyncio.timeout(5):
                    await self._news.wait()
            except TimeoutError:
                return []
        return self.updates[:100]


def _fields(body: bytes) -> dict[str, str]:
    text = body.decode()
    return json.loads(text) if text.startswith("{") else dict(parse_qsl(text))


@asynccontextmanager
async def troubled_telegram(seed: int) -> AsyncIterator[TroubledTelegram]:
    telegram = TroubledTelegram(seed)
    server = await asyncio.start_server(telegram.connect, "127.0.0.1", 0)
    telegram.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield telegram
    finally:
        server.close()
        await telegram.close()
        await asyncio.sleep(0)
