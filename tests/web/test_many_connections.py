"""Connections: how many there are, how long each may take, and that whoever uses them up stops nobody else."""

import asyncio
import logging
import resource
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

import pytest
import uvicorn
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from tests.support.logged import Logged
from tests.support.processes import PATIENCE
from web.connections import KEPT_FREE, Connections, Patience, connections_of, guarded, proxies_of
from web.server import create_app

LARGE = b"x" * 30_000_000
QUICK = Patience(headers=0.2, body=0.2, slowest=1_000, answer=0.2)
SLOW = Patience(headers=PATIENCE, body=PATIENCE, slowest=1_000, answer=PATIENCE)
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


async def _no_trouble() -> str:
    return ""


@asynccontextmanager
async def serving(connections: Connections) -> AsyncIterator[int]:
    routes = APIRouter()

    @routes.post("/file")
    async def file(request: Request) -> Response:
        length = 0
        async for chunk in request.stream():
            length += len(chunk)
        return PlainTextResponse(str(length))

    @routes.get("/large")
    async def large() -> Response:
        return Response(LARGE)

    http, ws = guarded(connections)
    app = create_app([routes], _no_trouble)
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off", http=http, ws=ws)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await task


class Visitor:
    """Somebody with a socket, who says what they like when they like."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def says(self, words: bytes) -> None:
        self.writer.write(words)
        await self.writer.drain()

    async def hears(self) -> bytes:
        """What comes next: the head of an answer; nothing when the connection is closed."""
        async with asyncio.timeout(PATIENCE):
            try:
                return await self.reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, ConnectionResetError):
                return b""

    async def is_let_go(self) -> bool:
        async with asyncio.timeout(PATIENCE):
            try:
                while await self.reader.read(65536):
                    pass
            except ConnectionResetError:
                pass
        return True


@asynccontextmanager
async def visitors(port: int) -> AsyncIterator["Street"]:
    async with AsyncExitStack() as stack:
        yield Street(port, stack)


class Street:
    def __init__(self, port: int, stack: AsyncExitStack) -> None:
        self._port, self._stack = port, stack

    async def come(self, local: str = "127.0.0.1") -> Visitor:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(local, 0))
        self._stack.callback(writer.close)
        return Visitor(reader, writer)


async def until(connections: Connections, many: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while len(connections) != many:
            await asyncio.sleep(0.01)


async def test_whoever_connects_and_says_nothing_makes_room_for_whoever_has_something_to_say(logged: Logged) -> None:
    connections = Connections(most=20, of_one_address=20, patience=SLOW)
    async with serving(connections) as port, visitors(port) as street:
        silent = [await street.come() for _ in range(20)]
        await until(connections, 20)
        mai = await street.come()
        await mai.says(HEALTH)

        assert (await mai.hears()).startswith(b"HTTP/1.1 200")
        assert await silent[0].is_let_go(), "the one that was silent longest"
        assert len(connections) == 20
        for _ in range(60):
            await (await street.come()).says(HEALTH)
        await until(connections, 20)
    said = [one for one in logged() if one.get("event") == "connections_limited"]
    assert len(said) == 1, "one line a minute, however many it were"
    assert (said[0]["open"], said[0]["made_room"]) == (19, 1)


async def test_where_everybody_is_busy_one_more_is_told_to_come_again() -> None:
    connections = Connections(most=2, of_one_address=2, patience=SLOW)
    async with serving(connections) as port, visitors(port) as street:
        for _ in range(2):
            await (await street.come()).says(b"POST /file HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n12345678")
        async with asyncio.timeout(PATIENCE):
            while True:  # until both requests are being read
                late = await street.come()
                answer = await late.hears()
                if answer:
                    break
        assert answer.startswith(b"HTTP/1.1 503")
        assert b"Retry-After: 10" in answer
        assert await late.is_let_go()
        assert len(connections) == 2


@pytest.mark.parametrize(
    "words",
    [b"", b"GET /healthz HT", b"POST /file HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nsome of it"],
    ids=["nothing", "half a request", "half a body"],
)
async def test_whoever_is_slower_than_any_phone_is_let_go(words: bytes, caplog: pytest.LogCaptureFixture) -> None:
    connections = Connections(most=20, of_one_address=20, patience=QUICK)
    async with serving(connections) as port, visitors(port) as street:
        slow = await street.come()
        await slow.says(words)

        assert await slow.is_let_go()
        await until(connections, 0)
    assert [one for one in caplog.records if one.name.startswith("uvicorn") and one.levelno > logging.INFO] == [], (
        "no trace of it in the log"
    )


async def test_whoever_does_not_read_the_answer_is_let_go() -> None:
    connections = Connections(most=20, of_one_address=20, patience=QUICK)
    async with serving(connections) as port, visitors(port) as street:
        deaf = await street.come()
        await deaf.says(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")

        await until(connections, 0)


async def test_a_slow_line_that_goes_on_bringing_something_is_waited_for() -> None:
    connections = Connections(most=20, of_one_address=20, patience=replace(QUICK, slowest=1))
    async with serving(connections) as port, visitors(port) as street:
        mai = await street.come()
        await mai.says(b"POST /file HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n")
        for _ in range(12):
            await asyncio.sleep(0.05)
            await mai.says(b"x")

        assert (await mai.hears()).startswith(b"HTTP/1.1 200")


async def test_what_comes_behind_a_refusal_is_not_read() -> None:
    connections = Connections(most=1, of_one_address=1, patience=SLOW)
    async with serving(connections) as port, visitors(port) as street:
        busy = await street.come()
        await busy.says(b"POST /file HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1")
        await asyncio.sleep(0.05)
        refused = await street.come()
        await refused.says(HEALTH)
        answer = await refused.hears()

        assert answer == b"" or answer.startswith(b"HTTP/1.1 503")
        assert await refused.is_let_go()


class Peer(asyncio.Transport):
    """A connection of which only the other side's address matters."""

    def __init__(self, host: str | None) -> None:
        super().__init__({"peername": None if host is None else (host, 40_000)})
        self.closed = False

    def close(self) -> None:
        self.closed = True


async def test_one_address_does_not_take_the_room_of_all() -> None:
    connections = Connections(most=100, of_one_address=3)
    theirs = [Peer("203.0.113.7") for _ in range(3)]
    for one in theirs:
        assert connections.admit(one)
        connections.busy(one)

    assert not connections.admit(Peer("203.0.113.7"))
    assert connections.admit(Peer("203.0.113.8"))
    connections.idle(theirs[1])
    assert connections.admit(Peer("203.0.113.7"))
    assert [one.closed for one in theirs] == [False, True, False]


async def test_a_proxy_brings_everybody_and_a_network_of_one_customer_is_one() -> None:
    connections = Connections(most=100, of_one_address=1, proxies=("192.0.2.9",))
    for host in ("192.0.2.9", "127.0.0.1", "::1", None):
        for _ in range(3):
            one = Peer(host)
            assert connections.admit(one), host
            connections.busy(one)
    first = Peer("2001:db8:1:2::7")
    assert connections.admit(first)
    connections.busy(first)

    assert not connections.admit(Peer("2001:db8:1:2:ffff::1"))
    connections.leave(first)
    assert connections.admit(Peer("2001:db8:1:2:ffff::1"))


def test_proxies_are_those_the_server_believes() -> None:
    def told(proxies: str) -> set[str]:
        return set(proxies_of(uvicorn.Config(_no_trouble, forwarded_allow_ips=proxies)))  # type: ignore[arg-type]

    assert told("127.0.0.1, 192.0.2.9") == {"127.0.0.1", "192.0.2.9"}
    assert told("*") == {"*"}


async def test_where_every_proxy_is_believed_no_address_counts() -> None:
    connections = Connections(most=100, of_one_address=1, proxies=("*",))
    for _ in range(3):
        one = Peer("203.0.113.7")
        assert connections.admit(one)
        connections.busy(one)


def test_there_are_never_more_connections_than_descriptors() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        assert connections_of(50, 10).most == 50
        resource.setrlimit(resource.RLIMIT_NOFILE, (200, before[1]))
        assert connections_of(150, 10).most == 150
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 150 + KEPT_FREE
        assert connections_of(10**9, 10).most == before[1] - KEPT_FREE
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
