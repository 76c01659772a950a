"""Zalo does not say when messages fail to arrive: a silence is noticed, wrong signatures are, and people are told."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from bot.ops.health import concerns
from bot.zalo.silence import ZaloWatch
from bot.zalo.webhook import HEADER, PATH, Gate, router
from intake.rules.people.person import Network, Role
from scheduler.sealing import seal_all
from storage.engine import open_engine
from tests.support.lines import PlainLine
from tests.support.logged import Logged
from tests.support.world import Clock, Phone, World, local, make_store, opened_world
from tests.support.zalo_line import CONFIG, ZaloLine
from web.server import create_app


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A resident on Zalo, a secretary elsewhere; it is Monday, the 4th of March."""
    async with opened_world(tmp_path, ZaloLine, local(2024, 3, 4), plan="di-lang-2024") as opened:
        await opened.connect(PlainLine())
        yield opened


@pytest.fixture
async def secretary(world: World) -> Phone:
    return await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư", line=world.others[0])


def watching(world: World, days: int = 3) -> ZaloWatch:
    return ZaloWatch(world.store, Network.ZALO, CONFIG.oa_id, days)


async def look(world: World, watch: ZaloWatch) -> list[str]:
    """Look once; what `/readyz` warns of then. The trail is sealed by now, as every few minutes."""
    await watch.look()
    await world.settle()
    await seal_all(world.store.unit)
    return await concerns(world.store, [lambda: watch.concern])


async def test_after_three_working_days_without_a_word_the_office_is_told_once(world: World, secretary: Phone) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    secretary.reads()
    watch = watching(world)
    world.clock.move_to(local(2024, 3, 7, 17))  # the third working day
    assert await look(world, watch) == []
    world.clock.move_to(local(2024, 3, 8, 8))
    [warning] = await look(world, watch)
    assert "nothing has come in since 2024-03-04" in warning
    heard = secretary.reads()
    assert "chưa nhận được tin nào qua Zalo" in heard
    assert "Xin nhắn thử một tin" in heard
    world.clock.move(days=1)
    assert len(await look(world, watch)) == 1
    assert secretary.hears() == "", "told once of one silence"

    await mai.says("/menu")
    assert await look(world, watch) == [], "it was heard, so it hears"


async def test_a_weekend_is_no_silence(world: World, secretary: Phone) -> None:
    world.clock.move_to(local(2024, 3, 8, 9))
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    secretary.reads()
    world.clock.move_to(local(2024, 3, 13, 17))

    assert await look(world, watching(world)) == []
    assert secretary.hears() == ""


async def test_where_nothing_ever_came_or_nobody_wants_to_know_nothing_is_said(world: World, secretary: Phone) -> None:
    world.clock.move(days=30)
    assert await look(world, watching(world)) == []
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    world.clock.move(days=30)
    secretary.reads()
    assert await look(world, watching(world, days=0)) == []
    assert secretary.hears() == ""


async def test_a_key_that_was_changed_at_zalo_is_noticed_by_the_events_it_signs(world: World, secretary: Phone) -> None:
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    secretary.reads()
    watch = watching(world)
    gate = Gate(CONFIG.app_id, CONFIG.oa_id, CONFIG.oa_secret, on_wrong=watch.turned_away)
    app = create_app([router(gate, world.store, lambda: None)], _no_trouble)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as zalo:

        async def forged() -> None:
            answer = await zalo.post(PATH, content=json.dumps({"timestamp": "1"}), headers={HEADER: "mac=0"})
            assert answer.status_code == 403

        await forged()
        assert await look(world, watch) == [], "beside genuine events somebody only tries"
        world.clock.move(minutes=30)
        await forged()
        [warning] = await look(world, watch)
    assert "compare DOITHOAI_ZALO_OA_SECRET" in warning
    assert "sai chữ ký" in secretary.reads()
    await look(world, watch)
    assert secretary.hears() == "", "once a day"
    world.clock.move(hours=1)
    assert await look(world, watch) == [], "nothing is turned away any more"


async def test_it_looks_again_and_a_database_in_trouble_ends_nothing(tmp_path: Path, logged: Logged) -> None:
    pauses = 0

    async def pause(_seconds: float) -> None:
        nonlocal pauses
        pauses += 1
        if pauses == 3:
            raise asyncio.CancelledError

    engine = open_engine(f"sqlite+aiosqlite:///{tmp_path / 'no-such-folder' / 'x.sqlite3'}")
    store = make_store(engine, Clock(local(2024, 3, 4)))
    with suppress(asyncio.CancelledError):
        await ZaloWatch(store, Network.ZALO, CONFIG.oa_id, 3).run(pause)
    await store.close()

    assert [one["event"] for one in logged()].count("zalo_silence_not_read") == 2


async def _no_trouble() -> str:
    return ""
