"""The one place that knows everything: which parts a process gets, and that together they serve and stop."""

import asyncio
import os
import signal
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, suppress
from contextlib import closing as closed_after
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from bot.app import ROLES, put_together, serve
from bot.data_folder import folder_lock, refuse_demo_beside_network, refuse_real_run_on_demo
from bot.process import Parts, holder_name, run
from bot.settings import (
    Settings,
    SettingsError,
    unknown_settings,
)
from bot.store import open_store
from bot.system_clock import system_now
from intake.rules.people.person import Network
from tests.support import telegram_updates as updates
from tests.support.logged import Logged
from tests.support.processes import PATIENCE

TOKEN = "4242:a-token-for-tests-only"
NOBODY = "http://127.0.0.1:1"
"""Where no Bot API server is: nothing of these tests reaches Telegram."""
KEY = "sixteen letters or more"

Settled = Callable[..., Settings]


@pytest.fixture
def settled(tmp_path: Path) -> Settled:
    """Settings for a folder of the test's own and a free port."""

    def make(**more: object) -> Settings:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        values: dict[str, object] = {
            "data_dir": tmp_path / "data",
            "database_url": "",
            "secret_key": SecretStr(KEY),
            "http_port": port,
            "telegram_token": None,
            "telegram_api": NOBODY,
            **more,
        }
        return Settings(**values)  # type: ignore[arg-type]

    return make


@pytest.fixture
async def closing() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


def names(parts: Parts) -> list[str]:
    """What is done once at the start."""
    return [getattr(task, "func", task).__name__ for task in parts.starting]


def paths(parts: Parts) -> set[str]:
    return set(in_order(parts))


def in_order(parts: Parts) -> list[str]:
    """As each request is compared with them, until one fits."""
    return [route.path for router in parts.routers for route in router.routes]  # type: ignore[attr-defined]


async def test_without_a_token_the_web_chat_is_served_and_nothing_else(
    settled: Settled, closing: AsyncExitStack
) -> None:
    parts = await put_together(settled(), closing, demo=False, roles=ROLES)

    assert [channel.network for channel in parts.channels] == [Network.WEBCHAT]
    assert "/chat" in paths(parts)
    assert "/demo/clock" not in paths(parts)
    assert parts.starting == []
    assert parts.now is system_now


async def test_the_demo_has_its_pages_and_a_clock_of_its_own(settled: Settled, closing: AsyncExitStack) -> None:
    settings = settled()
    plain = await put_together(settled(data_dir=settings.data_dir.parent), closing, demo=False, roles=ROLES)
    parts = await put_together(settings, closing, demo=True, roles=ROLES)

    assert paths(parts) > paths(plain), "the demo's pages beside the others"
    assert (settings.data_dir / "demo-clock").exists()
    assert parts.now().year == 2026
    async with parts.store.reading() as uow:
        assert len(await uow.places.roots()) == 5, "the five plans are loaded"


async def test_with_a_token_telegram_is_served_too(settled: Settled, closing: AsyncExitStack) -> None:
    settings = settled(telegram_token=SecretStr(TOKEN))
    parts = await put_together(settings, closing, demo=False, roles=ROLES)

    assert [channel.network for channel in parts.channels] == [Network.TELEGRAM, Network.WEBCHAT]
    assert names(parts) == ["learn_name"], "without an address for calls the bot polls"


async def test_with_an_address_telegram_calls_the_bot(settled: Settled, closing: AsyncExitStack) -> None:
    settings = settled(
        telegram_token=SecretStr(TOKEN),
        telegram_webhook_url="https://doithoai.example/telegram/updates",
        telegram_webhook_secret=SecretStr("the-secret-of-the-webhook"),
    )
    parts = await put_together(settings, closing, demo=False, roles=ROLES)

    assert "/telegram/updates" in paths(parts)
    assert in_order(parts).index("/telegram/updates") < in_order(parts).index("/chat"), (
        "each message comes by it: it is not looked for behind the pages"
    )
    assert in_order(parts).index("/chat") < in_order(parts).index("/ban-lam-viec"), (
        "nor are the messages of the web chat"
    )
    assert names(parts) == ["learn_name", "set_webhook"], "Telegram is told the address"


async def test_posters_lead_to_what_the_settings_name(settled: Settled, closing: AsyncExitStack) -> None:
    settings = settled(telegram_token=SecretStr(TOKEN), telegram_name="@di_lang_bot", public_url="https://dl.example/")
    parts = await put_together(settings, closing, demo=False, roles=ROLES)

    assert names(parts) == [], "a name that is given is not asked for"
    async with parts.store.reading() as uow:
        links = [link.url for link in uow.posters.links("m-1")]
    assert links == ["https://t.me/di_lang_bot?start=m-1", "https://dl.example/?start=m-1"]


@pytest.mark.parametrize(
    ("roles", "networks", "tasks"),
    [
        ({"web"}, [], 0),
        ({"network"}, [], 1),  # polling
        ({"send"}, [Network.TELEGRAM, Network.WEBCHAT], 5),  # lists of commands, broadcasts, papers, two senders
        ({"clock"}, [], 1),
    ],
)
async def test_a_process_does_only_the_roles_it_was_given(
    settled: Settled, closing: AsyncExitStack, roles: set[str], networks: list[Network], tasks: int
) -> None:
    settings = settled(telegram_token=SecretStr(TOKEN))
    parts = await put_together(settings, closing, demo=False, roles=frozenset(roles))

    assert [channel.network for channel in parts.channels] == networks
    assert len(parts.tasks) == tasks


async def got(address: str, path: str) -> httpx.Response:
    """The first answer from a process that may still be starting."""
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient(base_url=address) as client:
        while True:
            try:
                return await client.get(path)
            except httpx.TransportError:
                await asyncio.sleep(0.01)


async def ready(address: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await got(address, "/readyz")).status_code != 200:
            await asyncio.sleep(0.01)


async def closed(address: str) -> None:
    """Until nobody is let in any more."""
    async with asyncio.timeout(PATIENCE), httpx.AsyncClient(base_url=address) as client:
        with suppress(httpx.TransportError):
            while True:
                await client.get("/healthz")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_everything_together_serves_and_stops_when_told(settled: Settled, number: signal.Signals) -> None:
    """With Telegram out of reach the web chat is served all the same; what was held is given back at the end."""
    settings = settled(telegram_token=SecretStr(TOKEN))
    serving = asyncio.create_task(serve(settings, demo=False, roles=ROLES))
    address = f"http://127.0.0.1:{settings.http_port}"
    assert (await got(address, "/healthz")).json() == {"state": "alive"}
    await ready(address)
    measured = await got(address, "/metrics")
    assert measured.status_code == 200
    assert 'doithoai_lease_seconds{holder="this folder",lease="clock"}' in measured.text
    with pytest.raises(SettingsError, match="another `doithoai run` is using"):
        await serve(settled(), demo=False, roles=ROLES)

    signal.raise_signal(number)
    await asyncio.wait_for(serving, PATIENCE)

    with pytest.raises(httpx.TransportError):
        async with httpx.AsyncClient() as client:
            await client.get(f"{address}/healthz")
    store = await open_store(settings)
    async with store.unit() as uow:
        for name in ("clock", "poll:telegram:4242"):
            lease = await uow.ledger.take_lease(name, "another", timedelta(seconds=1))
            assert (lease.holder, lease.epoch) == ("another", 1), name
    await store.close()


@pytest.mark.parametrize(
    ("more", "status", "right"),
    [
        ({"public_url": "https://dl.example"}, 403, 403),
        ({"metrics_token": SecretStr("a-token-of-the-watcher")}, 401, 200),
        ({"metrics_token": SecretStr("a-token-of-the-watcher"), "public_url": "https://dl.example"}, 401, 200),
    ],
)
async def test_who_may_read_the_measures_follows_from_the_settings(
    settled: Settled, closing: AsyncExitStack, more: dict[str, object], status: int, right: int
) -> None:
    settings = settled(**more)
    parts = await put_together(settings, closing, demo=False, roles=frozenset({"web"}))
    running = asyncio.create_task(run(parts))
    address = f"http://127.0.0.1:{settings.http_port}"
    assert (await got(address, "/metrics")).status_code == status
    async with httpx.AsyncClient(headers={"Authorization": "Bearer a-token-of-the-watcher"}) as client:
        assert (await client.get(f"{address}/metrics")).status_code == right

    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(running, PATIENCE)


async def test_the_demo_serves_and_stops_when_told(settled: Settled) -> None:
    settings = settled()
    serving = asyncio.create_task(serve(settings, demo=True, roles=ROLES))
    address = f"http://127.0.0.1:{settings.http_port}"
    await ready(address)
    assert (await got(address, "/")).status_code == 200

    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(serving, PATIENCE)


async def test_a_process_whose_sweep_has_not_run_for_a_day_is_not_ready(
    settled: Settled, closing: AsyncExitStack
) -> None:
    settings = settled()
    at = system_now()
    parts = await put_together(settings, closing, demo=False, roles=frozenset({"web"}))
    parts.store._now = lambda: at  # noqa: SLF001 - the process brings its own clock
    running = asyncio.create_task(run(parts))
    address = f"http://127.0.0.1:{settings.http_port}"
    sentence = {"state": "the sweep of deadlines has not run for a day"}
    never = await got(address, "/readyz")
    assert (never.status_code, never.json()) == (503, sentence)

    async with parts.store.unit() as uow:
        await uow.ledger.beat("sweep")
        await uow.commit()
    assert (await got(address, "/readyz")).json() == {"state": "ready"}
    parts.store._now = lambda: at + timedelta(days=1, minutes=5)  # noqa: SLF001
    late = await got(address, "/readyz")
    assert (late.status_code, late.json()) == (503, sentence)

    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(running, PATIENCE)


async def test_a_part_that_fails_stops_the_others_and_is_raised(settled: Settled, closing: AsyncExitStack) -> None:
    parts = await put_together(settled(), closing, demo=False, roles=frozenset({"web"}))
    ended: list[str] = []

    async def other() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("other")

    async def broken() -> None:
        raise ZeroDivisionError

    parts.tasks += [other, broken]
    with pytest.raises(ZeroDivisionError):
        await asyncio.wait_for(run(parts), PATIENCE)
    assert ended == ["other"]


async def test_a_call_that_came_before_the_stop_gets_its_answer(settled: Settled, closing: AsyncExitStack) -> None:
    """While the process stops, the door deals with what is in it."""
    secret = "the-secret-of-the-webhook"
    settings = settled(
        telegram_token=SecretStr(TOKEN),
        telegram_webhook_url="https://doithoai.example/telegram/updates",
        telegram_webhook_secret=SecretStr(secret),
    )
    parts = await put_together(settings, closing, demo=False, roles=frozenset({"network"}))
    running = asyncio.create_task(run(parts))
    address = f"http://127.0.0.1:{settings.http_port}"
    await got(address, "/healthz")

    async def call() -> httpx.Response:
        async with httpx.AsyncClient(headers={"X-Telegram-Bot-Api-Secret-Token": secret}) as client:
            return await client.post(f"{address}/telegram/updates", json=updates.text(1, "7000001", "/start"))

    with closed_after(sqlite3.connect(settings.data_dir / "doithoai.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # somebody else is writing: the message has to wait at the door
        calling = asyncio.create_task(call())
        while not parts.inbound._waiting._unfinished_tasks:  # type: ignore[attr-defined]  # noqa: SLF001 - a queue does not tell
            await asyncio.sleep(0.01)
        signal.raise_signal(signal.SIGTERM)
        await closed(address)
        other.execute("ROLLBACK")
        answer = await asyncio.wait_for(calling, PATIENCE)
    await asyncio.wait_for(running, PATIENCE)
    assert answer.status_code == 200


async def test_a_part_that_does_not_let_go_is_left_behind(
    settled: Settled, closing: AsyncExitStack, monkeypatch: pytest.MonkeyPatch, logged: Logged
) -> None:
    monkeypatch.setattr("bot.process._PARTS_SECONDS", 0.0)
    parts = await put_together(settled(), closing, demo=False, roles=frozenset({"web"}))
    begun = asyncio.Event()

    async def stubborn() -> None:
        begun.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    parts.tasks.append(stubborn)
    stopped: list[bool] = []
    running = asyncio.create_task(run(parts, lambda: stopped.append(True)))
    await asyncio.wait_for(begun.wait(), PATIENCE)
    signal.raise_signal(signal.SIGTERM)
    await asyncio.wait_for(running, PATIENCE)

    assert stopped == [True]
    assert "not_stopped_in_time" in [line.get("event") for line in logged()]


def test_processes_on_one_postgresql_have_names_of_their_own(settled: Settled) -> None:
    """With SQLite the same name again after a crash: its leases are its own again at once."""
    many = settled(database_url="postgresql://u@127.0.0.1/x")

    assert holder_name(settled()) == holder_name(settled())
    assert holder_name(many) != holder_name(many)


def test_a_folder_is_free_again_when_its_process_is_done(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "data"
    for _ in range(2):
        with folder_lock(folder), pytest.raises(SettingsError, match="stop it first"), folder_lock(folder):
            pytest.fail("two held one folder")


@pytest.fixture
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in list(os.environ):
        if name.startswith("DOITHOAI_") and not name.startswith("DOITHOAI_TEST_"):
            monkeypatch.delenv(name)
    return monkeypatch


def test_a_slip_in_the_name_of_a_setting_is_noticed(nothing_set: pytest.MonkeyPatch) -> None:
    assert unknown_settings() == []
    for name in ("DOITHOAI_PORT", "DOITHOAI_HTTP_PORT", "DOITHOAI_DATADIR", "DOITHOAI_TEST_POSTGRES_URL"):
        nothing_set.setenv(name, "8080")

    assert unknown_settings() == ["DOITHOAI_DATADIR", "DOITHOAI_PORT"]


def test_the_demo_starts_beside_nothing_real(nothing_set: pytest.MonkeyPatch, settled: Settled) -> None:
    """In the demo everybody may be anybody: no network, no database of real people."""
    settings = settled()
    refuse_demo_beside_network(settings)
    nothing_set.setenv("DOITHOAI_ZALO_TOKEN", "")
    nothing_set.setenv("DOITHOAI_METRICS_TOKEN", "a-token-of-the-watcher")
    refuse_demo_beside_network(settings)
    with pytest.raises(SettingsError, match="DOITHOAI_DATABASE_URL"):
        refuse_demo_beside_network(settled(database_url="sqlite:////var/lib/real.db"))

    settings.data_dir.mkdir()
    (settings.data_dir / "doithoai.sqlite3").touch()
    with pytest.raises(SettingsError, match="holds real data"):
        refuse_demo_beside_network(settings)
    (settings.data_dir / "demo-clock").touch()
    refuse_demo_beside_network(settings)

    nothing_set.setenv("DOITHOAI_ZALO_TOKEN", "hemligt")
    with pytest.raises(SettingsError, match="while DOITHOAI_ZALO_TOKEN is set") as mistake:
        refuse_demo_beside_network(settings)
    assert "hemligt" not in str(mistake.value)


def test_a_real_run_does_not_start_among_invented_people(settled: Settled) -> None:
    settings = settled()
    refuse_real_run_on_demo(settings)
    settings.data_dir.mkdir()
    (settings.data_dir / "demo-clock").touch()

    with pytest.raises(SettingsError, match="holds the demo"):
        refuse_real_run_on_demo(settings)
