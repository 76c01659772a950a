"""The public pages beside a bare Starlette route that returns the same bytes: `python -m benchmarks.public [SECONDS]`.

Each is a process of its own, asked by the same eight connections in short turns. Ours is the product's application with
every other route, on a database with a meeting of 200 questions; its page is made anew every two seconds meanwhile.
On a machine with other work to do answers a second of the processor tell more than answers a second of the clock.
"""

import asyncio
import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

from benchmarks.wire import free_ports

CONNECTIONS = 8
TURN = 0.25
"""Seconds each is asked before it is the other's turn."""
PATH = "/cong-khai/vb"


async def serve_ours(port: int, folder: str) -> None:
    import uvicorn

    from bot.system_clock import system_now
    from tests.support.demo_site import demo_site

    async with demo_site(Path(folder), system_now) as site:
        await _fill(site.store)
        await uvicorn.Server(_config(site.app, port)).serve()


async def serve_bare(port: int, body: bytes) -> None:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    async def page(_: Request) -> Response:
        return Response(body, media_type="text/html", headers={"content-encoding": "gzip"})

    await uvicorn.Server(_config(Starlette(routes=[Route(PATH, page)]), port)).serve()


def _config(app, port):
    import uvicorn

    return uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", access_log=False, lifespan="off")


async def _fill(store) -> None:
    """Two hundred questions of the meeting that the demonstration has."""
    from intake.rules.meetings.meeting import MeetingState
    from intake.rules.plan.profile_terms import QuestionKind
    from intake.rules.questions.question import Question, QuestionState

    async with store.unit() as uow:
        plan = await uow.plans.by_code("vinh-bao-2026")
        (meeting,) = await uow.meetings.of_plan(plan.id)
        asker = (await uow.people.many([1]))[1]
        for number in range(200):
            question = Question(
                unit_id=meeting.unit_id,
                reference=f"VB-2026-9{number:03}",
                kind=QuestionKind.QUESTION,
                original_text="Đường vào xóm hỏng, khi nào sửa?",
                text="Đường vào xóm hỏng, khi nào sửa?",
                asker_id=asker.id,
                received_at=uow.now,
                meeting_id=meeting.id,
            )
            question.state, question.answered_at = QuestionState.ANSWERED, uow.now
            question.public_text = question.text
            await uow.questions.add(question)
        meeting.state, meeting.ended_at = MeetingState.HELD, uow.now
        meeting.window_from = meeting.window_to = date(2026, 7, 1)
        await uow.commit()


def _processor_seconds(pid: int) -> float:
    """What a process has had of the processor so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def asked(port: int, seconds: float) -> int:
    """How many answers come over some connections that are kept."""
    request = (
        f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\nUser-Agent: benchmark\r\n\r\n"
    ).encode()
    end = perf_counter() + seconds
    answers = 0

    async def one() -> None:
        nonlocal answers
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while perf_counter() < end:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            answers += 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return answers


async def _up(port: int) -> bytes:
    """Wait for a server; the page it gives, packed."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            break
        except OSError:
            await asyncio.sleep(0.1)
    writer.write(f"GET {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    writer.close()
    return body


async def main(seconds: float) -> None:
    ports = free_ports("ours", "bare")
    with tempfile.TemporaryDirectory() as folder:
        ours = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.public", "ours", str(ports["ours"]), folder
        )
        body = await _up(ports["ours"])
        (Path(folder) / "page").write_bytes(body)
        bare = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.public", "bare", str(ports["bare"]), f"{folder}/page"
        )
        try:
            await _up(ports["bare"])
            answers, spent = dict.fromkeys(ports, 0.0), dict.fromkeys(ports, 0.0)
            for _ in range(int(seconds / TURN)):
                for name, process in (("bare", bare), ("ours", ours)):
                    before = _processor_seconds(process.pid)
                    answers[name] += await asked(ports[name], TURN)
                    spent[name] += _processor_seconds(process.pid) - before
            each = {name: answers[name] / spent[name] for name in ports}
            print("answers a second of the clock:    ", {name: round(got / seconds) for name, got in answers.items()})
            print("answers a second of the processor:", {name: round(number) for name, number in each.items()})
            print(f"{len(body)} bytes over the wire; ratio {each['ours'] / each['bare']:.2f}, wanted 0.70")
        finally:
            for process in (ours, bare):
                process.terminate()
                await process.wait()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["ours", port, folder]:
            asyncio.run(serve_ours(int(port), folder))
        case ["bare", port, page]:
            asyncio.run(serve_bare(int(port), Path(page).read_bytes()))
        case [seconds]:
            asyncio.run(main(float(seconds)))
        case _:
            asyncio.run(main(5.0))
