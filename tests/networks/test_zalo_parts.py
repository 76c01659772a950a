"""Zalo in a process and under the doctor's eye: which parts there are, and what is said about their health."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.app import ROLES, put_together
from bot.media.attachments import LARGEST, AttachmentStore
from bot.media.door import FileDoor
from bot.ops.findings import Finding
from bot.process import Parts
from bot.settings import Settings
from bot.store import open_store
from bot.system_clock import system_now
from bot.zalo.account.checkup import look_at_account, look_at_bot
from bot.zalo.media import ZaloFetcher, may_fetch
from handlers.engine.inbound_event import Media, MediaProblem
from intake.rules.people.person import Network
from tests.support.world import World
from zalo_sandbox.config import SandboxConfig
from zalo_sandbox.driver import in_process

CONFIG = SandboxConfig()
API = "https://openapi.zalo.test"
BOT_API = "https://bot-api.zalo.test"


def settings(folder: Path, **more: Any) -> Settings:
    values: dict[str, Any] = {
        "data_dir": folder / "data",
        "database_url": "",
        "secret_key": SecretStr("sixteen letters or more"),
        "telegram_token": None,
        "zalo_app_id": CONFIG.app_id,
        "zalo_app_secret": SecretStr(CONFIG.app_secret),
        "zalo_oa_id": CONFIG.oa_id,
        "zalo_oa_secret": SecretStr(CONFIG.oa_secret),
        "zalo_refresh_token": SecretStr(CONFIG.refresh_token),
        "zalo_api": API,
        "zalo_oauth": API,
        "zalo_bot_api": BOT_API,
        **more,
    }
    return Settings(**values)


@pytest.fixture
async def closing() -> AsyncIterator[AsyncExitStack]:
    async with AsyncExitStack() as stack:
        yield stack


async def parts_of(wanted: Settings, closing: AsyncExitStack, roles: frozenset[str] = ROLES) -> Parts:
    return await put_together(wanted, closing, demo=False, roles=roles)


def paths(parts: Parts) -> set[str]:
    found = [route.path for router in parts.routers for route in router.routes]  # type: ignore[attr-defined]
    return {path for path in found if "zalo" in path}


async def test_an_account_brings_its_webhook_its_channel_and_its_files(tmp_path: Path, closing: AsyncExitStack) -> None:
    parts = await parts_of(settings(tmp_path), closing)
    assert [channel.network for channel in parts.channels] == [Network.ZALO, Network.WEBCHAT]
    file = "/zalo/file/{digest}/{until}/{key}"
    assert paths(parts) == {"/zalo/webhook", file, f"{file}/{{name}}", "/zalo/contact.png"}
    assert parts.starting == []


async def test_each_duty_has_its_own(tmp_path: Path, closing: AsyncExitStack) -> None:
    hearing = await parts_of(settings(tmp_path), closing, frozenset({"network"}))
    assert (hearing.channels, bool(paths(hearing))) == ([], True)
    sending = await parts_of(settings(tmp_path), closing, frozenset({"send"}))
    assert [channel.network for channel in sending.channels] == [Network.ZALO, Network.WEBCHAT]
    assert paths(sending) == set()


async def test_a_bot_polls_or_is_called(tmp_path: Path, closing: AsyncExitStack) -> None:
    alone: dict[str, Any] = {
        "zalo_app_id": "",
        "zalo_app_secret": None,
        "zalo_oa_id": "",
        "zalo_oa_secret": None,
        "zalo_refresh_token": None,
        "zalo_bot_token": SecretStr(CONFIG.bot_token),
    }
    polling = await parts_of(settings(tmp_path, **alone), closing)
    assert "/zalo/bot" not in paths(polling)
    assert "/zalo/contact.png" in paths(polling)
    assert [channel.network for channel in polling.channels] == [Network.ZALO_BOT, Network.WEBCHAT]
    called = await parts_of(settings(tmp_path, **alone, public_url="https://doithoai.example"), closing)
    assert "/zalo/bot" in paths(called)
    assert len(called.starting) == 1
    both = await parts_of(settings(tmp_path, zalo_bot_token=SecretStr(CONFIG.bot_token)), closing)
    assert len(both.channels) == 3


async def found(wanted: Settings, wire: httpx.AsyncBaseTransport | None = None) -> dict[str, Finding]:
    """What the doctor finds; asked is the stand-in, which keeps the machine's time, or whoever is given."""
    running, driver = in_process(system_now)
    asked = wire or httpx.ASGITransport(running.app)
    every = [one async for one in look_at_account(wanted, asked)] + [one async for one in look_at_bot(wanted, asked)]
    await driver.client.aclose()
    return {finding.what: finding for finding in every}


async def with_tokens(wanted: Settings, **changes: Any) -> None:
    store = await open_store(wanted)
    async with store.unit() as uow:
        now = uow.now
        values = {
            "access_sealed": uow.vault.seal(CONFIG.access_token),
            "expires_at": now + timedelta(hours=20),
            "refresh_since": now,
            **{name: change(now) for name, change in changes.items()},
        }
        await uow.zalo_tokens.change(wanted.zalo_oa_id, **values)
        await uow.commit()
    await store.close()


async def test_without_an_account_there_is_nothing_to_say(tmp_path: Path) -> None:
    nothing = settings(
        tmp_path, zalo_app_id="", zalo_app_secret=None, zalo_oa_id="", zalo_oa_secret=None, zalo_refresh_token=None
    )
    assert (await found(nothing))["Zalo"].fine


@pytest.mark.parametrize("answer", ["[]", '"ok"', "null", "{}", '{"error": 0, "data": 5}', "<html>"])
async def test_a_page_to_sign_in_is_not_taken_for_zalo(tmp_path: Path, answer: str) -> None:
    wanted = settings(tmp_path, zalo_bot_token=SecretStr(CONFIG.bot_token))
    await with_tokens(wanted)
    findings = await found(wanted, httpx.MockTransport(lambda _request: httpx.Response(200, text=answer)))

    assert findings["Zalo account"].sentence == "the OpenAPI does not answer"
    assert findings["Zalo bot"].sentence == "the Bot Platform does not answer"


async def test_a_healthy_account_is_described(tmp_path: Path) -> None:
    wanted = settings(tmp_path, zalo_bot_token=SecretStr(CONFIG.bot_token))
    await with_tokens(wanted)
    findings = await found(wanted)
    assert findings["Zalo account"] == Finding(
        "Zalo account", fine=True, sentence="verified, of a public body, Sandbox"
    )
    assert findings["Zalo tokens"].fine
    assert findings["Zalo bot"].fine
    assert "Zalo webhook" not in findings


@pytest.mark.parametrize(
    ("changes", "fine", "sentence"),
    [
        ({"expires_at": lambda now: now - timedelta(hours=1)}, False, "the access token ended at"),
        ({"refresh_since": lambda now: now - timedelta(days=76)}, False, "the refresh token is 76 days old"),
        ({"refused_at": lambda now: now}, False, "Zalo refused the refresh token"),
        ({"refresh_since": lambda _: None}, True, "none are kept yet"),
    ],
)
async def test_tokens_that_will_not_do_are_found(
    tmp_path: Path, changes: dict[str, Any], fine: bool, sentence: str
) -> None:
    wanted = settings(tmp_path)
    await with_tokens(wanted, **changes)
    tokens = (await found(wanted))["Zalo tokens"]
    assert tokens.fine is fine
    assert tokens.sentence.startswith(sentence)


async def test_taking_events_from_anybody_is_reminded_of_and_refused_buttons_are_told(tmp_path: Path) -> None:
    wanted = settings(tmp_path, zalo_signature="log")
    await with_tokens(wanted, buttons_refused_at=lambda now: now)
    findings = await found(wanted)
    assert not findings["Zalo webhook"].fine
    assert "options are numbers" in findings["Zalo buttons"].sentence


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (httpx.Response(200, json={"error": -216}), "Zalo refuses with -216"),
        (httpx.Response(503, text="<html>"), "the OpenAPI does not answer"),
        (httpx.Response(200, json=[]), "the OpenAPI does not answer"),
        (
            httpx.Response(200, json={"error": 0, "data": None}),
            "not verified, not marked as of a public body, no package",
        ),
    ],
)
async def test_an_account_that_is_not_well_is_found(tmp_path: Path, answer: httpx.Response, sentence: str) -> None:
    wanted = settings(tmp_path, zalo_bot_token=SecretStr(CONFIG.bot_token))
    await with_tokens(wanted)
    findings = await found(wanted, httpx.MockTransport(lambda _: answer))
    assert findings["Zalo account"] == Finding("Zalo account", fine=False, sentence=sentence)
    assert not findings["Zalo bot"].fine


async def test_a_database_of_another_version_is_told_of(tmp_path: Path) -> None:
    wanted = settings(tmp_path)
    wanted.data_dir.mkdir()
    (wanted.data_dir / "doithoai.sqlite3").write_text("")
    assert (await found(wanted))["Zalo tokens"].sentence == "cannot be read (OperationalError)"


@pytest.mark.parametrize(
    ("url", "hosts", "fine"),
    [
        ("https://f20-zpc.zdn.vn/a.jpg", "*.zdn.vn", True),
        ("https://F20-ZPC.ZDN.VN/a.jpg", "*.zdn.vn", True),
        ("https://f20-zpc.zdn.vn:443/a.jpg", "*.zdn.vn", True),
        ("https://zdn.vn/a.jpg", "*.zdn.vn", False),
        ("https://evilzdn.vn/a.jpg", "*.zdn.vn", False),
        ("https://f20-zpc.zdn.vn.evil.example/a.jpg", "*.zdn.vn", False),
        ("http://f20-zpc.zdn.vn/a.jpg", "*.zdn.vn", False),
        ("https://f20-zpc.zdn.vn:8443/a.jpg", "*.zdn.vn", False),
        ("https://f20-zpc.zdn.vn@evil.example/a.jpg", "*.zdn.vn", False),
        ("https://user@f20-zpc.zdn.vn/a.jpg", "*.zdn.vn", False),
        ("http://127.0.0.1:8090/a.jpg", "*.zdn.vn,127.0.0.1:8090", True),
        ("http://127.0.0.1:8091/a.jpg", "127.0.0.1:8090", False),
        ("http://127.0.0.1/a.jpg", "127.0.0.1:8090", False),
        ("http://169.254.169.254/latest", "*.zdn.vn", False),
        ("file:///etc/passwd", "*.zdn.vn", False),
        ("https://f20.zdn.vn:port/a", "*.zdn.vn", False),
        ("https://[::1/a", "*.zdn.vn", False),
        ("", "*.zdn.vn", False),
    ],
)
def test_files_come_from_listed_hosts_only(url: str, hosts: str, fine: bool) -> None:
    assert may_fetch(url, hosts.split(",")) is fine


JPEG = b"\xff\xd8\xff\xe0" + b"0" * 64
AT = "https://f1.zdn.vn"


LIES: dict[str, httpx.Response] = {
    "/photo": httpx.Response(200, content=JPEG),
    "/moved": httpx.Response(302, headers={"location": "/photo"}),
    "/away": httpx.Response(302, headers={"location": "https://evil.example/photo"}),
    "/round": httpx.Response(302, headers={"location": "/round"}),
    "/big": httpx.Response(200, content=b"0" * (LARGEST + 1)),
    "/gone": httpx.Response(404),
    "/exe": httpx.Response(200, content=b"MZ"),
}
"""What lies where."""


@pytest.mark.parametrize(
    ("url", "announced", "problem"),
    [
        (f"{AT}/photo", 0, None),
        (f"{AT}/moved", 0, None),
        (f"{AT}/away", 0, MediaProblem.LOST),
        (f"{AT}/round", 0, MediaProblem.LOST),
        (f"{AT}/gone", 0, MediaProblem.LOST),
        (f"{AT}/slow", 0, MediaProblem.LOST),
        (f"{AT}/big", 0, MediaProblem.TOO_BIG),
        (f"{AT}/photo", LARGEST + 1, MediaProblem.TOO_BIG),
        (f"{AT}/exe", 0, MediaProblem.TYPE),
        ("https://evil.example/photo", 0, MediaProblem.LOST),
    ],
)
async def test_a_file_is_fetched_or_it_is_said_why_not(
    plain_world: World, url: str, announced: int, problem: MediaProblem | None
) -> None:
    asked: list[str] = []

    def listen(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        if request.url.path not in LIES:
            raise httpx.ReadTimeout("slow")
        lies = LIES[request.url.path]
        return httpx.Response(lies.status_code, headers=lies.headers, content=lies.content)

    async with httpx.AsyncClient(transport=httpx.MockTransport(listen)) as http:
        door = FileDoor(plain_world.store, AttachmentStore(plain_world.data_dir))
        chat = (Network.ZALO, "4242", "mai")
        media: Media = await ZaloFetcher(http, door, ["*.zdn.vn"]).fetch(chat, url, "p.jpg", announced)
    assert media.problem is problem
    assert set(asked) <= {"f1.zdn.vn"}


async def test_that_nothing_comes_in_any_more_is_a_fault(tmp_path: Path) -> None:
    wanted = settings(tmp_path)
    await with_tokens(wanted)
    assert (await found(wanted))["Zalo hears"].sentence == "last received: nothing yet"
    store = await open_store(wanted)
    for days, fine in ((0, True), (30, False)):
        async with store.unit() as uow:
            met = await uow.accounts.meet(Network.ZALO, wanted.zalo_oa_id, "1")
            met.account.last_heard_at = uow.now - timedelta(days=days)
            await uow.commit()
        assert (await found(wanted))["Zalo hears"].fine is fine
    await store.close()
