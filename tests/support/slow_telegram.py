"""A Bot API server on this machine that takes its time: for processes that are stopped while a letter is on its way."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .telegram_fakes import TOKEN

BOT_ID = TOKEN.partition(":")[0]


class SlowTelegram:
    """Answers everything at once, but `sendMessage` only when `answering` is set, and `getUpdates` never.

    `asked` is set when the first message has come; `texts` are those that came, in their order.
    """

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.answering = asyncio.Event()
        self.texts: list[str] = []
        self.url = ""
        self.talks: set[asyncio.Task[None]] = set()

    def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.talks.add(asyncio.create_task(self.hear(reader, writer)))

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                method = line.split()[1].rpartition(b"/")[2].decode()
                result = await self._answer(method, await body_of(reader))
                answer = json.dumps({"ok": True, "result": result}).encode()
                head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(answer)}\r\n\r\n"
                writer.write(head.encode() + answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the process is gone
        finally:
            writer.transport.abort()

    async def _answer(self, method: str, body: bytes) -> object:
        match method:
            case "sendMessage":
                self.texts.append(body.decode())
                self.asked.set()
                await self.answering.wait()
                return {"message_id": len(self.texts), "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}
            case "getUpdates":
                await asyncio.Event().wait()
            case "getMe":
                return {"id": int(BOT_ID), "is_bot": True, "first_name": "Đối Thoại", "username": "doithoai_bot"}
        return True


async def body_of(reader: asyncio.StreamReader) -> bytes:
    length = 0
    while (line := await reader.readline()).strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return await reader.readexactly(length)


@asynccontextmanager
async def slow_telegram() -> AsyncIterator[SlowTelegram]:
    telegram = SlowTelegram()
    server = await asyncio.start_server(telegram.connect, "127.0.0.1", 0)
    telegram.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield telegram
    finally:
        server.close()
        for talk in telegram.talks:
            talk.cancel()
        await asyncio.gather(*telegram.talks, return_exceptions=True)
        await asyncio.sleep(0)  # the transports close in the next round of the loop
