"""The door for Zalo's events: who may come in, how fast they are answered, what a death afterwards costs."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from bot.zalo.limits import LIMITS
from bot.zalo.webhook import HEADER, PATH, Gate, is_genuine, router, signature_of
from bot.zalo.worker import Worker
from storage import tables as t
from storage.engine import open_engine
from storage.unit_of_work import Store
from tests.support.logged import Logged
from tests.support.processes import PATIENCE
from tests.support.world import Clock, World, local, make_store, opened_world
from tests.support.zalo_line import CONFIG, PUBLIC, ZaloLine
from web.server import create_app

SECRET = CONFIG.oa_secret
MAI = "2468458835296117922"
GATE = Gate(CONFIG.app_id, CONFIG.oa_id, SECRET)


def said(text: str, msg_id: str, at: int = 1709258400000, **more: Any) -> dict[str, Any]:
    return {
        "app_id": CONFIG.app_id,
        "sender": {"id": MAI},
        "recipient": {"id": CONFIG.oa_id},
        "event_name": "user_send_text",
        "message": {"text": text, "msg_id": msg_id},
        "timestamp": str(at),
        **more,
    }


def signed(event: dict[str, Any], secret: str = SECRET, prefix: str = "mac=") -> tuple[bytes, dict[str, str]]:
    body = json.dumps(event, ensure_ascii=False).encode()
    return body, {HEADER: prefix + signature_of(CONFIG.app_id, body, str(event.get("timestamp", "")), secret)}


def test_the_signature_is_the_digest_of_four_things_in_a_row() -> None:
    expected = hashlib.sha256(b'12{"a": 1}34secret').hexdigest()

    assert signature_of("12", b'{"a": 1}', "34", "secret") == expected


@pytest.mark.parametrize(
    ("header", "genuine"),
    [
        ("mac={}", True),
        ("{}", True),
        (" mac={} ", True),
        ("mac=", False),
        ("", False),
        ("mac=mac={}", False),
        ("{}0", False),
        ("đ{}", False),
    ],
)
def test_the_signature_counts_with_and_without_its_name(header: str, genuine: bool) -> None:
    right = signature_of("12", b"{}", "34", "secret")

    assert is_genuine(header.format(right), "12", b"{}", "34", "secret") is genuine
    assert not is_genuine(header.format(right), "12", b"{ }", "34", "secret")
    assert not is_genuine(header.format(right), "12", b"{}", "35", "secret")
    assert not is_genuine(header.format(right), "13", b"{}", "34", "secret")
    assert not is_genuine(header.format(right), "12", b"{}", "34", "another")


class Hook:
    """The webhook alone: what it answers, and whether it woke anybody."""

    def __init__(self, store: Store, gate: Gate = GATE, seconds: float = 5.0) -> None:
        self.woken = 0
        app = create_app([router(gate, store, self._wake, seconds)], self._no_trouble)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=PUBLIC)
        self._store = store

    def _wake(self) -> None:
        self.woken += 1

    async def _no_trouble(self) -> str:
        return ""

    async def post(self, body: bytes, headers: dict[str, str]) -> int:
        return (await self.client.post(PATH, content=body, headers=headers)).status_code

    async def stored(self) -> list[str]:
        async with self._store.reading() as uow:
            return [json.loads(one.body)["message"]["text"] for one in await uow.zalo_events.waiting(CONFIG.oa_id, 99)]


async def test_an_event_is_stored_once_and_wakes_once(store: Store) -> None:
    hook = Hook(store)
    assert await hook.post(*signed(said("Chào", "m1"))) == 200
    assert await hook.post(*signed(said("Chào", "m1", num_retry=1), prefix="")) == 200
    assert await hook.post(*signed(said("Chào", "m2"))) == 200

    assert await hook.stored() == ["Chào", "Chào"]
    assert hook.woken == 2


async def test_who_does_not_know_the_secret_is_turned_away(store: Store, logged: Logged) -> None:
    hook = Hook(store)
    body, headers = signed(said("Chào", "m1"))
    assert await hook.post(body, {}) == 403
    assert await hook.post(body.replace(b"m1", b"m2"), headers) == 403
    assert await hook.post(*signed(said("Chào", "m1"), secret=CONFIG.app_secret)) == 403
    assert await hook.stored() == []
    lines = logged()
    assert [one["event"] for one in lines] == ["zalo_signature_wrong"] * 3
    assert MAI not in json.dumps(lines)


async def test_what_was_signed_long_ago_is_turned_away_and_what_zalo_brings_again_is_taken(
    store: Store, logged: Logged
) -> None:
    """A signature is good for ever; whoever kept an event could bring it once we have forgotten that we know it."""
    hook = Hook(store)
    now = int(store.now().timestamp() * 1000)
    hour = 3_600_000
    assert await hook.post(*signed(said("cũ", "m1", at=now - 400 * 24 * hour))) == 403
    assert await hook.post(*signed(said("cũ", "m2", at=now - 25 * hour))) == 403
    assert await hook.post(*signed(said("lần cuối", "m3", at=now - 2 * hour, num_retry=5))) == 200
    assert await hook.post(*signed(said("đồng hồ máy này chậm", "m4", at=now + 2 * hour))) == 200
    assert await hook.stored() == ["lần cuối", "đồng hồ máy này chậm"]
    lines = logged()
    assert [one["event"] for one in lines] == ["zalo_event_stale"] * 2
    assert MAI not in json.dumps(lines)


async def test_a_wrong_signature_can_be_only_logged(store: Store, logged: Logged) -> None:
    """For the first day of a new account: which secret Zalo signs with is not told the same everywhere."""
    hook = Hook(store, replace(GATE, only_log=True))
    assert await hook.post(*signed(said("Chào", "m1"), secret="another")) == 200
    assert await hook.stored() == ["Chào"]
    assert [(one["event"], one["taken"]) for one in logged()] == [("zalo_signature_wrong", True)]


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b"\xff\xfe", b"[" * 100_000])
async def test_what_is_no_event_is_refused(store: Store, body: bytes) -> None:
    assert await Hook(store).post(body, {}) == 400


async def test_what_is_too_long_is_not_read(store: Store) -> None:
    hook = Hook(store)
    body, headers = signed(said("x" * LIMITS.event_bytes, "m1"))
    assert await hook.post(body, headers) == 413
    assert await hook.post(b"{}", {"content-length": "many"}) == 413

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(300):
            yield b"x" * 1024

    assert (await hook.client.post(PATH, content=chunks())).status_code == 413
    assert await hook.stored() == []


async def test_an_event_of_another_account_of_the_application_is_none_of_ours(store: Store) -> None:
    hook = Hook(store)
    assert await hook.post(*signed(said("Chào", "m1", recipient={"id": "1"}))) == 200
    assert await hook.stored() == []
    assert hook.woken == 0


async def test_a_database_that_hangs_is_not_waited_for(sqlite_url: str, clock: Clock) -> None:
    """Zalo wants its answer within two seconds: what cannot be stored by then it is to bring again."""
    store = make_store(open_engine(sqlite_url), clock)
    hook = Hook(store, seconds=0.05)
    async with store.unit():  # somebody is writing and does not end
        assert await asyncio.wait_for(hook.post(*signed(said("Chào", "m1"))), 2) == 503
    assert hook.woken == 0
    assert await hook.post(*signed(said("Chào", "m1", num_retry=1))) == 200
    assert await hook.stored() == ["Chào"]
    await store.close()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, ZaloLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


async def test_what_a_process_answered_and_did_not_get_to_the_next_one_does(world: World) -> None:
    """Killed after the 200: the event lies in the database, and whoever starts next hears it, in its order."""
    line = world.line
    assert isinstance(line, ZaloLine)
    line.phone(MAI)
    for text, msg_id, at in (("Đồng ý", "m2", 1709258402000), ("/start h-DL-hang-gon", "m1", 1709258400000)):
        body, headers = signed(said(text, msg_id, at))
        assert (await line.webhook.post(f"{PUBLIC}{PATH}", content=body, headers=headers)).status_code == 200

    reborn = Worker(world.store, CONFIG.oa_id, line.receiver.take, line.receiver.apologise, world.clock.now)
    await reborn.drain()
    await line.settle()

    assert "họ và tên" in line.shown(MAI)[-1].text
    async with world.store.reading() as uow:
        assert await uow.zalo_events.waiting(CONFIG.oa_id, 9) == []


async def test_dealt_with_but_not_emptied_is_not_dealt_with_twice(world: World) -> None:
    """Killed between the conversation's commit and the event's: it comes once more and changes nothing."""
    line = world.line
    assert isinstance(line, ZaloLine)
    line.phone(MAI)
    body, headers = signed(said("/start h-DL-hang-gon", "m1"))
    await line.webhook.post(f"{PUBLIC}{PATH}", content=body, headers=headers)
    async with world.store.reading() as uow:
        (event,) = await uow.zalo_events.waiting(CONFIG.oa_id, 9)
    await line.receiver.take(event)
    await line.worker.drain()
    await line.settle()

    assert len(line.shown(MAI)) == 1


async def test_what_people_wrote_is_gone_from_the_events_and_the_rest_a_week_later(world: World) -> None:
    line = world.line
    assert isinstance(line, ZaloLine)
    await line.text(MAI, "Chuyện riêng")
    running = asyncio.create_task(line.worker.run())
    world.clock.move(days=8)
    line.worker.wake()
    async with asyncio.timeout(PATIENCE):
        while await _rows(world):
            await asyncio.sleep(0)
    running.cancel()


async def _rows(world: World) -> list[str | None]:
    async with world.store.engine.connect() as connection:
        bodies = list((await connection.execute(sa.select(t.zalo_events.c.body))).scalars())
    assert set(bodies) <= {None}
    return bodies


async def test_a_defect_of_ours_is_apologised_for_and_holds_up_nobody(world: World, logged: Logged) -> None:
    line = world.line
    assert isinstance(line, ZaloLine)
    line.phone(MAI)

    async def broken(_event: Any) -> None:
        raise ZeroDivisionError

    body, headers = signed(said("Chào", "m1"))
    await line.webhook.post(f"{PUBLIC}{PATH}", content=body, headers=headers)
    await Worker(world.store, CONFIG.oa_id, broken, line.receiver.apologise, world.clock.now).drain()
    await line.settle()

    (sorry,) = line.shown(MAI)
    (entry,) = [one for one in logged() if one.get("event") == "zalo_event_failed"]
    assert entry["number"] in sorry.text
    async with world.store.reading() as uow:
        assert await uow.zalo_events.waiting(CONFIG.oa_id, 9) == []


async def test_trouble_with_the_database_is_waited_out(world: World) -> None:
    line = world.line
    assert isinstance(line, ZaloLine)
    line.phone(MAI)
    pauses: list[float] = []
    tries = 0

    async def sometimes(event: Any) -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError
        await line.receiver.take(event)

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    body, headers = signed(said("/start h-DL-hang-gon", "m1"))
    await line.webhook.post(f"{PUBLIC}{PATH}", content=body, headers=headers)
    await Worker(world.store, CONFIG.oa_id, sometimes, line.receiver.apologise, world.clock.now, pause).drain()
    await line.settle()

    assert pauses == [2.0, 4.0]
    assert len(line.shown(MAI)) == 1
