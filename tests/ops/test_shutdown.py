"""Told to stop: what is in hand is finished and written down, leases are given back, the process is gone in time."""

import asyncio
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from bot.ops.shutdown import InFlight, finish, in_time, last_resort
from intake.rules.outbox.letter import Letter, LetterState
from intake.rules.people.person import Network
from storage import tables as t
from storage.engine import open_engine
from storage.unit_of_work import Store
from tests.support.logged import Logged
from tests.support.processes import PATIENCE, answered, begun, free_port, running
from tests.support.slow_postgres import PostgresBehindWire, wire_to
from tests.support.slow_telegram import BOT_ID, TOKEN, SlowTelegram, slow_telegram
from tests.support.village import a_letter
from tests.support.world import Clock, local, make_store

LIMIT = 10
"""Seconds a process has to be gone after it was told to stop; the one duration that is looked at here."""
KEY = "sixteen letters or more"


async def letter_to_telegram(store: Store) -> Letter:
    """A chat on Telegram, and a letter that waits to go there."""
    async with store.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.TELEGRAM, BOT_ID, "100")
        letter = a_letter(account, uow.now)
        await uow.letters.add(letter)
        await uow.commit()
    return letter


async def state_of(store: Store, letter: Letter) -> tuple[LetterState, int]:
    async with store.reading() as uow:
        row = (
            await uow.session.execute(
                sa.select(t.letters.c.state, t.letters.c.attempts).where(t.letters.c.id == letter.id)
            )
        ).one()
    return row.state, row.attempts


async def leases(store: Store) -> list[str]:
    async with store.reading() as uow:
        return list(await uow.session.scalars(sa.select(t.leases.c.name)))


async def holders(store: Store) -> list[str]:
    async with store.reading() as uow:
        return list(await uow.session.scalars(sa.select(t.leases.c.holder)))


async def closed(client: httpx.AsyncClient) -> None:
    """The process has begun to stop: nobody is let in any more."""
    while True:
        try:
            await client.get("/healthz")
        except httpx.TransportError:
            return
        await asyncio.sleep(0.02)


async def gone(process: asyncio.subprocess.Process) -> tuple[int | None, str]:
    _, said = await asyncio.wait_for(process.communicate(), LIMIT)
    return process.returncode, said.decode()


@pytest.fixture
async def telegram() -> AsyncIterator[SlowTelegram]:
    async with slow_telegram() as one:
        yield one


@pytest.fixture
async def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "doithoai.sqlite3")
    return folder


@pytest.fixture
async def in_folder(folder: Path) -> AsyncIterator[Store]:
    """The database of the process, seen from outside."""
    store = make_store(open_engine(f"sqlite+aiosqlite:///{folder / 'doithoai.sqlite3'}"), Clock(local(2024, 3, 1)))
    yield store
    await store.close()


@pytest.mark.whole_processes
async def test_a_letter_on_its_way_is_sent_once_and_noted(
    folder: Path, in_folder: Store, telegram: SlowTelegram
) -> None:
    letter = await letter_to_telegram(in_folder)
    port = free_port()
    process = await begun(folder, port, DOITHOAI_TELEGRAM_TOKEN=TOKEN, DOITHOAI_TELEGRAM_API=telegram.url)
    async with running(process), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        await answered(process, client, "/readyz")
        await asyncio.wait_for(telegram.asked.wait(), PATIENCE)
        assert f"send:telegram:{BOT_ID}" in await leases(in_folder)

        process.send_signal(signal.SIGTERM)
        await closed(client)
        telegram.answering.set()
        status, said = await gone(process)

    assert status == 0, said
    assert '"event": "stopped"' in said
    assert len(telegram.texts) == 1
    assert await state_of(in_folder, letter) == (LetterState.SENT, 0)
    assert await leases(in_folder) == []


@pytest.mark.whole_processes
async def test_a_network_that_hangs_keeps_nobody_from_stopping(
    folder: Path, in_folder: Store, telegram: SlowTelegram
) -> None:
    letter = await letter_to_telegram(in_folder)
    port = free_port()
    settings = {"DOITHOAI_TELEGRAM_TOKEN": TOKEN, "DOITHOAI_TELEGRAM_API": telegram.url}
    process = await begun(folder, port, **settings)
    async with running(process), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        await answered(process, client, "/readyz")
        await asyncio.wait_for(telegram.asked.wait(), PATIENCE)
        process.send_signal(signal.SIGTERM)
        status, said = await gone(process)

    assert status == 0, said
    assert "Traceback" not in said
    assert '"event": "letter_cut_off"' in said
    assert await state_of(in_folder, letter) == (LetterState.WAITING, 0), "it goes out after the next start"
    assert await leases(in_folder) == []


@pytest.fixture
async def wire(postgresql_url: str) -> AsyncIterator[PostgresBehindWire]:
    async with wire_to(str(make_url(postgresql_url).query["host"])) as one:
        yield one


@pytest.mark.whole_processes
@pytest.mark.parametrize("how", ["cut", "frozen"])
async def test_a_database_that_is_gone_keeps_nobody_from_stopping(
    tmp_path: Path, postgresql_url: str, wire: PostgresBehindWire, telegram: SlowTelegram, how: str
) -> None:
    """What cannot be given back runs out by itself; a letter that cannot be noted goes out once more."""
    async with AsyncExitStack() as closing:
        store = make_store(open_engine(postgresql_url), Clock(local(2024, 3, 1)))
        closing.push_async_callback(store.close)
        letter = await letter_to_telegram(store)
        port = free_port()
        settings = {
            "DOITHOAI_DATABASE_URL": f"postgresql://postgres@127.0.0.1:{wire.port}/{make_url(postgresql_url).database}",
            "DOITHOAI_SECRET_KEY": KEY,
            "DOITHOAI_TELEGRAM_TOKEN": TOKEN,
            "DOITHOAI_TELEGRAM_API": telegram.url,
        }
        process = await begun(tmp_path / "data", port, **settings)
        async with running(process), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            await answered(process, client, "/readyz")
            await asyncio.wait_for(telegram.asked.wait(), PATIENCE)
            if how == "cut":
                await wire.cut()
            else:
                wire.freeze()
            process.send_signal(signal.SIGTERM)
            telegram.answering.set()
            status, said = await gone(process)

        assert status == 0, said
        assert "Traceback" not in said
        assert await state_of(store, letter) == (LetterState.WAITING, 0)


@pytest.mark.whole_processes
async def test_what_a_stopped_process_held_another_takes_up_at_once(
    tmp_path: Path, postgresql_url: str, telegram: SlowTelegram
) -> None:
    """Two that send, on one PostgreSQL: as it is done when one machine after the other gets a new version."""
    telegram.answering.set()
    url = make_url(postgresql_url).set(drivername="postgresql").render_as_string(hide_password=False)
    settings = {
        "DOITHOAI_DATABASE_URL": url,
        "DOITHOAI_SECRET_KEY": KEY,
        "DOITHOAI_TELEGRAM_TOKEN": TOKEN,
        "DOITHOAI_TELEGRAM_API": telegram.url,
    }

    async def sent(store: Store, letter: Letter) -> None:
        async with asyncio.timeout(PATIENCE):
            while (await state_of(store, letter))[0] is not LetterState.SENT:
                await asyncio.sleep(0.05)

    async with AsyncExitStack() as closing:
        store = make_store(open_engine(postgresql_url), Clock(local(2024, 3, 1)))
        closing.push_async_callback(store.close)
        processes = []
        for _ in range(2):
            port = free_port()
            process = await begun(tmp_path / "data", port, "--roles", "send", **settings)
            await closing.enter_async_context(running(process))
            client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}")
            await closing.enter_async_context(client)
            await answered(process, client, "/healthz")
            processes.append(process)
            await sent(store, await letter_to_telegram(store))  # whoever was first holds the bot now
        first, second = processes
        assert await leases(store) == [f"send:telegram:{BOT_ID}"]
        [holder] = await holders(store)

        first.send_signal(signal.SIGTERM)
        status, said = await gone(first)
        assert status == 0, said
        assert holder not in await holders(store), "nobody waits until it runs out; the second may have it already"
        await sent(store, await letter_to_telegram(store))
        second.send_signal(signal.SIGTERM)
        status, said = await gone(second)
        assert status == 0, said
        assert await leases(store) == []
        assert len(telegram.texts) == 3


def test_what_nothing_can_cut_off_ends_with_the_process() -> None:
    """A thread that asks a name server, say: the interpreter would wait for it as long as it takes."""
    program = """
import asyncio, threading
from bot.ops.shutdown import last_resort

async def stuck():
    asyncio.get_running_loop().run_in_executor(None, threading.Event().wait)

with last_resort(0.05) as on_stop:
    on_stop()
    asyncio.run(stuck())
"""
    ended = subprocess.run(  # noqa: S603 - our own program in our own interpreter
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert ended.returncode == 1
    assert "stopped_by_force" in ended.stdout + ended.stderr


async def hang() -> None:
    await asyncio.Event().wait()


async def test_what_is_in_hand_is_cut_off_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.ops.shutdown.FINISH_SECONDS", 0.0)
    in_flight = InFlight()
    async with in_flight.finishing():
        assert not in_flight.stopping

    async def hang_on() -> None:
        async with in_flight.finishing():
            in_flight.stop()
            await hang()

    with pytest.raises(TimeoutError):
        await hang_on()
    assert in_flight.stopping


async def test_a_task_is_waited_for_and_then_cut_off(logged: Logged) -> None:
    quick, slow = asyncio.create_task(asyncio.sleep(0)), asyncio.create_task(hang())
    await finish(quick, 30)
    assert quick.done()
    assert logged() == []
    await finish(slow, 0)
    assert slow.cancelled()
    assert [line["event"] for line in logged()] == ["cut_off"]


async def test_what_cannot_be_let_go_of_is_left_and_a_defect_is_raised(logged: Logged) -> None:
    async def fail(trouble: Exception) -> None:
        raise trouble

    await in_time(hang(), "a lease", 0)
    await in_time(fail(OperationalError("", {}, Exception())), "a lease")
    await in_time(fail(ConnectionResetError()), "a lease")
    told = [(line["event"], line["what"], line["error"]) for line in logged()]
    assert told == [
        ("not_let_go", "a lease", error) for error in ("TimeoutError", "OperationalError", "ConnectionResetError")
    ]
    with pytest.raises(ZeroDivisionError):
        await in_time(fail(ZeroDivisionError()), "a lease")


def test_the_last_resort_is_for_what_does_not_end(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    over = threading.Event()

    def end(status: int) -> None:
        ended.append(status)
        over.set()

    monkeypatch.setattr("os._exit", end)
    before = set(threading.enumerate())
    with last_resort(600) as on_stop:
        on_stop()
        (timer,) = set(threading.enumerate()) - before
    timer.join(30)
    assert not timer.is_alive(), "whoever ends by itself is left alone"
    assert ended == []

    with last_resort(0) as on_stop:
        on_stop()
        assert over.wait(30)
    assert ended == [1]
