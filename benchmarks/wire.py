"""As little HTTP as there can be, so that what is measured is the bot: a Bot API server and people who type."""

import asyncio
import json
import random
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

SECRET = "benchmark-secret"
TOKEN = "4242:benchmark"
PATH = "/telegram/updates"
_SENT = json.dumps(
    {
        "ok": True,
        "result": {
            "message_id": 1,
            "date": 1_700_000_000,
            "chat": {"id": 1, "type": "private", "first_name": "A"},
            "text": "a",
        },
    }
).encode()


def free_ports(*names: str) -> dict[str, int]:
    """A port for each that nobody listens on now."""
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in names]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return dict(zip(names, ports, strict=True))


class BotApi(asyncio.Protocol):
    """Answers every call as sendMessage is answered; `GET /count` says how many there were."""

    calls = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._got = b""

    def data_received(self, data: bytes) -> None:
        self._got += data
        while (end := self._end_of_request()) is not None:
            body = _SENT
            if self._got.startswith(b"GET /count"):
                body = str(BotApi.calls).encode()
            else:
                BotApi.calls += 1
            self._got = self._got[end:]
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(head.encode() + body)

    def _end_of_request(self) -> int | None:
        head = self._got.find(b"\r\n\r\n")
        if head < 0:
            return None
        headers = self._got[:head].lower()
        if b"transfer-encoding: chunked" in headers:
            end = self._got.find(b"\r\n0\r\n\r\n", head)
            return None if end < 0 else end + 7
        mark = headers.find(b"content-length:")
        length = 0 if mark < 0 else int(headers[mark + 15 :].split(b"\r\n", 1)[0])
        return None if len(self._got) < head + 4 + length else head + 4 + length


async def serve_bot_api(port: int) -> None:
    """Answer until killed."""
    server = await asyncio.get_running_loop().create_server(BotApi, "127.0.0.1", port)
    await server.serve_forever()


@dataclass(frozen=True, slots=True)
class Run:
    """One run: updates a second; how long the half and the slowest hundredth waited at least, in milliseconds."""

    per_second: float
    p50: float
    p99: float


def _run(waits: list[float], took: float) -> Run:
    waits.sort()
    return Run(len(waits) / took, waits[len(waits) // 2] * 1000, waits[int(len(waits) * 0.99)] * 1000)


async def call(port: int, request: bytes) -> tuple[int, bytes]:
    """One request on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = await _exchange(reader, writer, request)
    writer.close()
    return answer


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[int, bytes]:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    lowered = head.lower()
    mark = lowered.find(b"content-length:")
    length = 0 if mark < 0 else int(lowered[mark + 15 :].split(b"\r\n", 1)[0])
    body = await reader.readexactly(length) if length else b""
    return int(head.split(b" ", 2)[1]), body


def request_of(update: dict[str, Any]) -> bytes:
    """An update as Telegram posts it."""
    body = json.dumps(update).encode()
    return (
        f"POST {PATH} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


Chats = Sequence[Sequence[dict[str, Any]]]


async def talk(ports: Sequence[int], chats: Chats, at_once: int) -> Run:
    """So many people at once, each waiting for the answer to the last update before the next; every answer is 200."""
    waits: list[float] = []

    async def one(port: int, mine: Sequence[bytes]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in mine:
            start = perf_counter()
            status, _ = await _exchange(reader, writer, request)
            waits.append(perf_counter() - start)
            assert status == 200, status
        writer.close()

    hands: list[list[bytes]] = [[] for _ in range(at_once)]
    for number, chat in enumerate(chats):
        hands[number % at_once] += [request_of(update) for update in chat]
    start = perf_counter()
    await asyncio.gather(*(one(ports[number % len(ports)], mine) for number, mine in enumerate(hands)))
    return _run(waits, perf_counter() - start)


async def steady(ports: Sequence[int], chats: Chats, per_second: float) -> Run:
    """So many updates a second whether or not the last was answered; a wait begins when the update was due.

    The people are in different places of their stories, as they are in life; the same in every run.
    """
    waits: list[float] = []
    turns = [number for number, chat in enumerate(chats) for _ in chat]
    random.Random(1).shuffle(turns)
    start = perf_counter() + 0.5
    dues: list[list[float]] = [[] for _ in chats]
    for turn, number in enumerate(turns):
        dues[number].append(start + turn / per_second)

    async def one(number: int, mine: Sequence[bytes]) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", ports[number % len(ports)])
        for due, request in zip(dues[number], mine, strict=True):
            await asyncio.sleep(max(0.0, due - perf_counter()))
            status, _ = await _exchange(reader, writer, request)
            waits.append(perf_counter() - due)
            assert status == 200, status
        writer.close()

    requests = [[request_of(update) for update in chat] for chat in chats]
    await asyncio.gather(*(one(number, mine) for number, mine in enumerate(requests)))
    return _run(waits, perf_counter() - start)


if __name__ == "__main__":
    asyncio.run(serve_bot_api(int(sys.argv[1])))
