"""Two hundred open desks on one process: `python -m benchmarks.open_desks [DESKS]`.

Says how much memory each takes while its page follows what is new, and how soon all of them are told of a new question.
The desk as it is served, over WebSockets, in a process of its own; every desk is a session of its own.
"""

import asyncio
import base64
import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.hall import Page, memory_of, post, serve_guarded, up, wait_until
from benchmarks.wire import free_ports

DESKS = 200
GOAL = 60
"""Kilobytes an open desk may take."""
ROUNDS = 4


async def serve(port: int, folder: str, desks: int) -> None:
    import sqlalchemy as sa
    from fastapi import APIRouter

    from bot.media.attachments import AttachmentStore
    from bot.media.links import ChatLinks
    from bot.office import make_office
    from bot.sealing import SEALED_FOLDER, AgeSeals
    from bot.system_clock import system_now
    from intake.rules.people.office_session import OfficeSession
    from intake.rules.people.person import Role
    from intake.rules.questions.news import NewsKind, QuestionNews
    from storage import tables as t
    from tests.support.demo_site import demo_site
    from web.office.routes import office_router
    from web.server import create_app

    async def fine() -> str:
        return ""

    async with demo_site(Path(folder), system_now) as demo:
        demo.store.seals = AgeSeals(AttachmentStore(Path(folder) / "attachments"), Path(folder) / SEALED_FOLDER)
        office = make_office(demo.store, ChatLinks(), lambda: None, demo.clock)
        async with demo.store.unit() as uow:
            chat = sa.select(t.accounts.c.id, t.accounts.c.person_id).join(
                t.grants, t.grants.c.person_id == t.accounts.c.person_id
            )
            account = (await uow.session.execute(chat.where(t.grants.c.role == Role.SECRETARY))).first()
            question = await uow.session.scalar(sa.select(t.questions.c.id))
            if account is None or question is None:
                raise RuntimeError("the demonstration has no secretary, or nothing was asked")
            for number in range(desks):
                digest = uow.vault.digest(f"desk {number}")
                await uow.browsers.add_session(
                    OfficeSession(digest, account.person_id, account.id, "", uow.now, uow.now)
                )
            await uow.commit()
        steering = APIRouter()

        @steering.post("/change")
        async def change() -> dict[str, str]:
            async with demo.store.unit() as uow:
                await uow.news.add_many([QuestionNews(account.person_id, question, NewsKind.TO_SORT, uow.now)])
                await uow.commit()
            return {}

        app = create_app([steering, office_router(office)], fine)
        await serve_guarded(app, port)


class Desk(Page):
    """The WebSocket of a page of an open desk."""

    def __init__(self, port: int, number: int) -> None:
        self.got = 0
        key = base64.b64encode(os.urandom(16)).decode()
        self._hello = (
            f"GET /ban-lam-viec/moi/live?sau=0 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Origin: http://127.0.0.1:{port}\r\nCookie: ban={number}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
        )


async def main(desks: int) -> None:
    port = free_ports("desk")["desk"]
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.open_desks", str(desks), str(port), folder
        )
        try:
            await up(port)
            (await loop.create_connection(lambda: Desk(port, 0), "127.0.0.1", port))[0].abort()
            await asyncio.sleep(2)
            before = memory_of(process.pid)
            opened: list[Any] = []
            for number in range(desks):
                _, page = await loop.create_connection(lambda number=number: Desk(port, number), "127.0.0.1", port)
                opened.append(page)
            await wait_until(lambda: all(page.got > 0 for page in opened))
            await asyncio.sleep(3)
            each = (memory_of(process.pid) - before) / desks / 1024
            slowest = 0.0
            for _ in range(ROUNDS):
                marks = [page.got for page in opened]
                began = perf_counter()
                await post(port)
                await wait_until(
                    lambda marks=marks: all(page.got > mark for page, mark in zip(opened, marks, strict=True))
                )
                slowest = max(slowest, perf_counter() - began)
            for page in opened:
                page.transport.abort()
        finally:
            process.terminate()
            await process.wait()
    print(f"{desks} open desks: {each:.0f} KB each ({GOAL} wanted), all of them told within {slowest:.2f} s")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        asyncio.run(serve(int(sys.argv[2]), sys.argv[3], int(sys.argv[1])))
    else:
        asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else DESKS))
