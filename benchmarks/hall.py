"""Two thousand open pages of a hall on one process, beside bare sse-starlette: `python -m benchmarks.hall [PAGES]`.

Says how much memory a page takes, how soon a change is on all of them, and how many messages a second of the processor
each sends. Ours is the hall as it is served, over WebSockets; theirs an application that hands the same text to as many
streams. Each is a process of its own. sse-starlette is fetched by `uv run --with sse-starlette`, or is installed.
"""

import asyncio
import base64
import os
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.wire import free_ports

PAGES = 2_000
CHANGES = 6
PLACE = "/hoi-truong/m-1/man-hinh/live"


async def serve_ours(port: int, folder: str) -> None:
    from fastapi import APIRouter

    from bot.hall import make_hall_site
    from bot.media.links import ChatLinks
    from bot.system_clock import system_now
    from tests.support.demo_site import demo_site
    from web.hall.routes import hall_router
    from web.server import create_app

    async def fine() -> str:
        return ""

    async with demo_site(Path(folder), system_now) as demo:
        site = make_hall_site(demo.store, ChatLinks())
        steering = APIRouter()

        @steering.post("/change")
        async def change() -> dict[str, str]:
            async with demo.store.unit() as uow:
                meeting = await uow.meetings.get(1)
                meeting.venue = f"Phòng {perf_counter()}"
                await uow.commit()
            site.views.look_soon()
            return {}

        app = create_app([steering, hall_router(site)], fine)
        await serve_guarded(app, port)


async def serve_guarded(app: Any, port: int) -> None:
    """Serve an application as the product does, for more pages than it lets in, until cancelled."""
    import uvicorn

    from web.connections import connections_of, guarded

    http, websocket = guarded(connections_of(10_000, 10_000))
    config = uvicorn.Config(
        app,
        host="127.0.0.1",
        port=port,
        log_level="error",
        lifespan="off",
        backlog=4096,
        http=http,
        ws=websocket,
        ws_per_message_deflate=False,
    )
    await uvicorn.Server(config).serve()


async def serve_theirs(port: int, size: int) -> None:
    import uvicorn
    from sse_starlette.sse import EventSourceResponse
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    open_pages: set[asyncio.Queue[str]] = set()

    async def page(_: Any) -> EventSourceResponse:
        mine: asyncio.Queue[str] = asyncio.Queue()
        open_pages.add(mine)
        mine.put_nowait("x" * size)

        async def told():
            while True:
                yield {"data": await mine.get()}

        return EventSourceResponse(told())

    async def change(_: Any) -> JSONResponse:
        for one in open_pages:
            one.put_nowait("x" * size)
        return JSONResponse({})

    app = Starlette(routes=[Route(PLACE, page), Route("/change", change, methods=["POST"])])
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off", backlog=4096)
    await uvicorn.Server(config).serve()


class Page(asyncio.Protocol):
    """An open page: counts the bytes it was sent."""

    def __init__(self, port: int, *, socket: bool) -> None:
        self.got = 0
        more = ""
        if socket:
            key = base64.b64encode(os.urandom(16)).decode()
            more = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            more += f"Sec-WebSocket-Key: {key}\r\n"
        self._hello = f"GET {PLACE} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n{more}\r\n"

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self._hello.encode())

    def data_received(self, data: bytes) -> None:
        self.got += len(data)


async def measured(process: asyncio.subprocess.Process, port: int, pages: int, *, socket: bool) -> dict[str, float]:
    await up(port)
    loop = asyncio.get_running_loop()
    before = memory_of(process.pid)
    opened: list[Page] = []
    for start in range(0, pages, 50):
        some = (
            loop.create_connection(lambda: Page(port, socket=socket), "127.0.0.1", port)
            for _ in range(min(50, pages - start))
        )
        opened += [page for _, page in await asyncio.gather(*some)]
        await asyncio.sleep(0.05)
    await wait_until(lambda: all(page.got > 300 for page in opened))
    await asyncio.sleep(2)
    memory = (memory_of(process.pid) - before) / pages
    slowest, spent, size = 0.0, 0.0, 0
    for _ in range(CHANGES):
        marks = [page.got for page in opened]
        busy = _processor_seconds(process.pid)
        began = perf_counter()
        await post(port)
        await wait_until(
            lambda marks=marks: all(page.got > mark + 100 for page, mark in zip(opened, marks, strict=True))
        )
        slowest = max(slowest, perf_counter() - began)
        await asyncio.sleep(0.5)
        spent += _processor_seconds(process.pid) - busy
        size = opened[0].got - marks[0]
    for page in opened:
        page.transport.abort()
    return {"KB a page": memory / 1024, "slowest": slowest, "messages": pages * CHANGES / spent, "bytes": size}


async def wait_until(done: Any) -> None:
    async with asyncio.timeout(60):
        while not done():  # noqa: ASYNC110 - what is waited for are bytes, counted elsewhere
            await asyncio.sleep(0.01)


async def post(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST /change HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    await reader.read()
    writer.close()


async def up(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return


def memory_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def main(pages: int) -> None:
    ports = free_ports("ours", "theirs")
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        size = 1_000
        for name in ("ours", "theirs"):
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "benchmarks.hall", name, str(ports[name]), folder, str(int(size))
            )
            try:
                found[name] = await measured(process, ports[name], pages, socket=name == "ours")
            finally:
                process.terminate()
                await process.wait()
            size = found[name]["bytes"]
            print(name, {key: round(value, 2) for key, value in found[name].items()})
    print(
        f"{pages} pages: {found['ours']['KB a page']:.0f} KB each (45 wanted), a change on all in "
        f"{found['ours']['slowest']:.2f} s (1 wanted), "
        f"{found['ours']['messages'] / found['theirs']['messages']:.2f} of sse-starlette's messages (0.8 wanted)"
    )


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    match sys.argv[1:]:
        case ["ours", port, folder, _]:
            asyncio.run(serve_ours(int(port), folder))
        case ["theirs", port, _, size]:
            asyncio.run(serve_theirs(int(port), int(size)))
        case [pages]:
            asyncio.run(main(int(pages)))
        case _:
            asyncio.run(main(PAGES))
