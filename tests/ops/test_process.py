"""Whole processes: `doithoai run` in a folder of its own, on a port of its own, stopped as a machine stops it."""

import signal
import socket
from pathlib import Path

import httpx
import pytest

from tests.support.processes import answered, begun, ended, free_port, running
from web.server import PROTECTION, create_app


@pytest.mark.whole_processes
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_the_demo_starts_answers_keeps_its_folder_and_stops_when_told(
    tmp_path: Path, number: signal.Signals
) -> None:
    folder, port = tmp_path / "data", free_port()
    process = await begun(folder, port, "--demo")
    async with running(process), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        alive = await answered(process, client, "/healthz")
        assert alive.json() == {"state": "alive"}
        ready = await answered(process, client, "/readyz")
        assert ready.json() == {"state": "ready"}
        assert (await client.get("/")).status_code == 200

        second = await begun(folder, free_port(), "--demo")
        async with running(second):
            status, said = await ended(second)
        assert (status, said) == (2, f"doithoai: another `doithoai run` is using {folder}; stop it first\n")
        assert (await client.get("/healthz")).status_code == 200, "the first goes on"

        process.send_signal(number)
        status, said = await ended(process)
    assert status == 0, said
    assert "Traceback" not in said
    assert '"event": "stopped"' in said

    real = await begun(folder, port)
    async with running(real):
        status, said = await ended(real)
    assert status == 2
    assert "holds the demo with its invented people" in said


@pytest.mark.whole_processes
async def test_a_stopped_folder_is_taken_up_again_and_a_killed_one_too(tmp_path: Path) -> None:
    """The lock and the leases are free at once, so a service that is restarted serves at once."""
    folder, port = tmp_path / "data", free_port()
    for number in (signal.SIGKILL, signal.SIGTERM):
        process = await begun(folder, port, DOITHOAI_HTPP_PORT="80")
        async with running(process), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            await answered(process, client, "/readyz")
            process.send_signal(number)
            status, said = await ended(process)
        assert status == (-signal.SIGKILL if number is signal.SIGKILL else 0), said
        assert "doithoai: there is no setting DOITHOAI_HTPP_PORT; it is not used" in said


async def test_a_port_that_is_taken_ends_the_process(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = await begun(tmp_path / "data", taken.getsockname()[1])
        async with running(process):
            status, said = await ended(process)
    assert status != 0
    assert "address already in use" in said


async def test_what_keeps_the_product_from_working_is_said_and_every_answer_is_protected() -> None:
    sentence = "the sweep of deadlines has not run for a day"
    trouble = [sentence]

    async def look() -> str:
        return trouble[0]

    app = create_app([], look)
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://doithoai.test")
    async with client:
        not_ready = await client.get("/readyz")
        assert (not_ready.status_code, not_ready.json()) == (503, {"state": sentence})
        trouble[0] = ""
        ready = await client.get("/readyz")
        assert (ready.status_code, ready.json()) == (200, {"state": "ready"})
        answers = [not_ready, ready, await client.get("/healthz"), await client.get("/nothing-here")]
        assert answers[-1].status_code == 404
        for answer in answers:
            assert {name: answer.headers[name] for name in PROTECTION} == PROTECTION
        assert "default-src 'none'" in answers[0].headers["Content-Security-Policy"]
        for closed in ("/docs", "/redoc", "/openapi.json"):
            assert (await client.get(closed)).status_code == 404
