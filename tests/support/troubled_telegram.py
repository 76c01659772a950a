"""A Bot API server on this machine that keeps what people say until it is taken, and makes trouble when it is told to.

Like the real one it brings updates again until they are confirmed: by a higher offset where they are fetched, by a 200
where a webhook is called. It lets one at a time fetch them (whoever came first is told of the conflict), and nobody
while a webhook is set; it calls a webhook at most forty times at once, for one chat one after the other. What
`sendMessage` accepted is on the phone for good, also when the answer to it was lost on the way.
"""

import asyncio
import json
import random
import time
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .slow_telegram import BOT_ID, body_of

CALLS_AT_ONCE = 40
CALL_PATIENCE = 30.0
LONGEST_PAUSE = 4.0
"""Between two calls about one update that was not taken: 1, 2, 4 seconds; the real one goes on to a minute."""

Answer = tuple[int, dict[str, Any]]


class Trouble(StrEnum):
    """What may become of a call: a broken server, told to wait, half an answer, an answer much too late, cut off.

    Of the last two nobody knows whether the call was heeded.
    """

    BROKEN = "broken"
    THROTTLED = "throttled"
    HALF = "half"
    HANGING = "hanging"
    CUT = "cut"


@dataclass(slots=True)
class Taken:
    """A message on a phone: since when, which life of which process had it sent, whether that life was told so."""

    at: float
    life: str
    text: str
    told: bool = False


class TroubledTelegram:
    """`updates` wait to be taken; `phones` show what arrived, in its order; `troubles` befall half of all calls.

    A process is given `url` and the name of its life behind it. `ports` says where a webhook is served; like a balancer
    this asks one and, where nobody listens, the next.
    """

    def __init__(self, seed: int, hangs_for: float) -> None:
        self.updates: dict[int, dict[str, Any]] = {}
        self.phones: dict[str, list[Taken]] = defaultdict(list)
        self.troubles: Collection[Trouble] = ()
        self.ports: Callable[[], list[int]] = list
        self.url = ""
        self.brought_again = 0
        self._hangs_for = hangs_for
        self._news = asyncio.Event()
        self._polls = 0
        self._webhook: tuple[str, str] | None = None
        self._by_chat: dict[int, deque[dict[str, Any]]] = defaultdict(deque)
        self._due: asyncio.Queue[int] = asyncio.Queue()
        self._failures: dict[int, int] = defaultdict(int)
        self._dice = random.Random(seed)  # noqa: S311 - the same troubles every time
        self._talks: set[asyncio.Task[None]] = set()

    def say(self, update: dict[str, Any]) -> None:
        """Somebody did something."""
        self.updates[update["update_id"]] = update
        chat = _chat_of(update)
        self._by_chat[chat].append(update)
        if len(self._by_chat[chat]) == 1:
            self._due.put_nowait(chat)
        self._news.set()

    def connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._keep(asyncio.create_task(self._hear(reader, writer)))

    def begin(self) -> None:
        for _ in range(CALLS_AT_ONCE):
            self._keep(asyncio.create_task(self._call_on()))

    async def close(self) -> None:
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    def _keep(self, talk: asyncio.Task[None]) -> None:
        self._talks.add(talk)
        talk.add_done_callback(self._talks.discard)

    def _befalls(self) -> Trouble | None:
        if not self.troubles or self._dice.random() < 0.5:
            return None
        return self._dice.choice(sorted(self.troubles))

    # what the processes ask

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                _, life, *_, method = line.split()[1].decode().split("/")
                await self._serve(life, method, _fields(await body_of(reader)), writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the process is gone, or was cut off
        finally:
            writer.transport.abort()

    async def _serve(self, life: str, method: str, fields: dict[str, str], writer: asyncio.StreamWriter) -> None:
        trouble = self._befalls()
        heeded = trouble is Trouble.HALF or (trouble in {Trouble.HANGING, Trouble.CUT} and self._dice.random() < 0.5)
        if trouble is Trouble.BROKEN:
            return await _write(writer, 500, b"<html>Internal Server Error</html>")
        if trouble is Trouble.THROTTLED:
            return await _write(writer, *_refused(429, "Too Many Requests", retry_after=self._dice.randint(1, 3)))
        if trouble is None:
            taken, (status, said) = await self._heed(life, method, fields)
            await _write(writer, status, json.dumps(said).encode())
            if taken is not None:
                taken.told = True
            return None
        said = (await self._heed(life, method, fields))[1][1] if heeded else {}
        if trouble is Trouble.HANGING:
            await asyncio.sleep(self._hangs_for)
        if trouble is Trouble.HALF:
            body = json.dumps(said).encode()
            # the connection ends before the answer does, or what comes as a whole answer is none
            await _write(writer, 200, body[: len(body) // 2], length=self._dice.choice([len(body), len(body) // 2]))
        raise ConnectionAbortedError

    async def _heed(self, life: str, method: str, fields: dict[str, str]) -> tuple[Taken | None, Answer]:
        result: object = True
        match method:
            case "sendMessage":
                shown = self.phones[fields["chat_id"]]
                shown.append(Taken(time.monotonic(), life, fields["text"]))
                chat = {"id": int(fields["chat_id"]), "type": "private"}
                message = {"message_id": len(shown), "date": 1, "chat": chat, "text": fields["text"]}
                return shown[-1], (200, {"ok": True, "result": message})
            case "getUpdates":
                return None, await self._bring(int(fields.get("offset", 0)), float(fields.get("timeout", 0)))
            case "setWebhook":
                self._webhook = urlsplit(fields["url"]).path, fields["secret_token"]
                self._news.set()
            case "deleteWebhook":
                self._webhook = None
            case "getMe":
                result = {"id": int(BOT_ID), "is_bot": True, "first_name": "Đối Thoại", "username": "doithoai_bot"}
        return None, (200, {"ok": True, "result": result})

    async def _bring(self, offset: int, patience: float) -> Answer:
        self._polls += 1
        mine = self._polls
        for confirmed in [number for number in self.updates if number < offset]:
            self._forget(confirmed)
        self._news.set()  # whoever has been fetching until now is told of the conflict
        self._news = asyncio.Event()
        if not self.updates:
            try:
                async with asyncio.timeout(patience):
                    await self._news.wait()
            except TimeoutError:
                pass
        if self._webhook is not None:
            return _conflict("can't use getUpdates method while webhook is active")
        if mine != self._polls:
            return _conflict("terminated by other getUpdates request")
        return 200, {"ok": True, "result": list(self.updates.values())[:100]}

    # the webhook

    async def _call_on(self) -> None:
        while True:
            chat = await self._due.get()
            while self._webhook is None:
                await asyncio.sleep(0.1)
            waiting = self._by_chat.get(chat)
            if not waiting:
                continue
            update = waiting[0]
            if await self._called(update):
                self._failures.pop(chat, None)
                self._forget(update["update_id"])
                if chat in self._by_chat:
                    self._due.put_nowait(chat)
            else:
                self.brought_again += 1
                self._failures[chat] += 1
                pause = min(2.0 ** (self._failures[chat] - 1), LONGEST_PAUSE)
                asyncio.get_running_loop().call_later(pause, self._due.put_nowait, chat)

    def _forget(self, number: int) -> None:
        chat = _chat_of(self.updates.pop(number))
        waiting = self._by_chat[chat]
        waiting.popleft()
        if not waiting:
            del self._by_chat[chat]

    async def _called(self, update: dict[str, Any]) -> bool:
        """Whether somebody said 200, and we heard it."""
        assert self._webhook is not None
        path, secret = self._webhook
        trouble = self._befalls()
        if trouble in {Trouble.BROKEN, Trouble.THROTTLED}:
            return False  # it does not even get there
        body = json.dumps(update).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nhost: doithoai.example\r\ncontent-type: application/json\r\nconnection: close\r\n"
        )
        head += f"x-telegram-bot-api-secret-token: {secret}\r\ncontent-length: {len(body)}\r\n\r\n"
        ports = self.ports()
        for port in self._dice.sample(ports, len(ports)):
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            try:
                async with asyncio.timeout(CALL_PATIENCE):
                    writer.write(head.encode() + body)
                    await writer.drain()
                    said = await reader.read()
            except (OSError, TimeoutError):
                return False
            finally:
                writer.transport.abort()
            return trouble is None and said[9:12] == b"200"
        return False


def _chat_of(update: dict[str, Any]) -> int:
    said = update.get("message") or update["callback_query"]["message"]
    return int(said["chat"]["id"])


def _fields(body: bytes) -> dict[str, str]:
    text = body.decode()
    return json.loads(text) if text.startswith("{") else dict(parse_qsl(text))


async def _write(writer: asyncio.StreamWriter, status: int, body: bytes, *, length: int | None = None) -> None:
    many = len(body) if length is None else length
    head = f"HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {many}\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()


def _conflict(why: str) -> Answer:
    return 409, {"ok": False, "error_code": 409, "description": f"Conflict: {why}"}


def _refused(status: int, why: str, **parameters: int) -> tuple[int, bytes]:
    said = {"ok": False, "error_code": status, "description": why, "parameters": parameters}
    return status, json.dumps(said).encode()


@asynccontextmanager
async def troubled_telegram(seed: int, hangs_for: float = 20.0) -> AsyncIterator[TroubledTelegram]:
    telegram = TroubledTelegram(seed, hangs_for)
    server = await asyncio.start_server(telegram.connect, "127.0.0.1", 0, backlog=512)
    telegram.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    telegram.begin()
    try:
        yield telegram
    finally:
        server.close()
        await telegram.close()
        await asyncio.sleep(0)
