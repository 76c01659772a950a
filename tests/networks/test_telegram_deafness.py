"""Deaf while everything else is green: seen by the running process, said to people, put right where that is safe."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.ops.health import concerns
from bot.telegram.receive import make_bot
from bot.telegram.watch import TelegramWatch
from bot.telegram.webhook import set_webhook
from intake.rules.people.person import Role
from tests.support.lines import PlainLine
from tests.support.telegram_fakes import API, TOKEN, FakeSession, FakeTelegram, refused
from tests.support.telegram_line import TelegramLine
from tests.support.world import Phone, World, local, opened_world

OURS = "https://ours.test/telegram"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A secretary on Telegram; an admin elsewhere."""
    async with opened_world(tmp_path, TelegramLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        await opened.connect(PlainLine())
        yield opened


@pytest.fixture
async def admin(world: World) -> Phone:
    return await world.staff(Role.ADMIN, "DL", "Lê Văn Quản", line=world.others[0])


@pytest.fixture
async def secretary(world: World) -> Phone:
    return await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")


def watching(world: World, telegram: FakeTelegram, wanted: str = "") -> TelegramWatch:
    bot = make_bot(TOKEN, API, FakeSession(telegram))
    return TelegramWatch(bot, world.store, wanted, partial(set_webhook, bot, OURS, "s" * 20) if wanted else None)


async def look(world: World, watch: TelegramWatch) -> list[str]:
    """Look once; what `/readyz` warns of then."""
    await watch.look()
    await world.settle()
    return await concerns(world.store, [lambda: watch.concern])


async def test_a_webhook_set_elsewhere_is_named_set_anew_and_told(world: World, admin: Phone, secretary: Phone) -> None:
    telegram = FakeTelegram(webhook={"url": "https://thief.test/path-with-secret"})
    watch = watching(world, telegram, OURS)
    [warning] = await look(world, watch)
    assert "another program has set the webhook of this token (thief.test)" in warning
    assert "secret" not in warning
    assert telegram.webhook["url"] == OURS
    for phone in (admin, secretary):
        assert "Một chương trình khác đã nhận tin nhắn Telegram" in phone.reads()
    assert await look(world, watch) == []
    telegram.webhook = {"url": ""}
    await look(world, watch)
    assert telegram.webhook["url"] == OURS
    assert admin.hears() == "", "told once a day"


async def test_a_webhook_that_lets_only_a_part_through_is_named_and_set_anew(world: World, admin: Phone) -> None:
    """Set at our own address by somebody's script: words come in, taps do not, and every check was green."""
    telegram = FakeTelegram(webhook={"url": OURS, "allowed_updates": ["message", "edited_message"]})
    watch = watching(world, telegram, OURS)
    [warning] = await look(world, watch)
    assert "not all comes in (missing: callback_query, my_chat_member)" in warning
    assert "callback_query" in telegram.named("setWebhook")[0].params["allowed_updates"]
    assert "bấm nút" in admin.hears()
    assert await look(world, watch) == []
    everything = ["message", "edited_message", "callback_query", "my_chat_member", "poll"]
    telegram.webhook = {"url": OURS, "allowed_updates": everything}
    assert await look(world, watch) == [], "more than we listen to is no fault"


async def test_where_updates_are_fetched_a_webhook_is_named_and_left_to_people(world: World, admin: Phone) -> None:
    telegram = FakeTelegram(webhook={"url": "https://second.test/"})
    [warning] = await look(world, watching(world, telegram))
    assert "(second.test)" in warning
    assert telegram.named("setWebhook") == telegram.named("deleteWebhook") == []
    assert "Một chương trình khác" in admin.hears()


@pytest.mark.parametrize(
    ("ago", "says"),
    [
        (timedelta(minutes=5), "cannot deliver to our webhook (Connection refused); 7 updates wait"),
        (timedelta(days=9), "7 updates wait at Telegram, and nothing has come in for ten minutes"),
    ],
)
async def test_what_waits_at_telegram_is_seen(world: World, admin: Phone, ago: timedelta, says: str) -> None:
    failed: dict[str, Any] = {
        "last_error_date": int((world.clock.now() - ago).timestamp()),
        "last_error_message": "Connection refused",
    }
    telegram = FakeTelegram(webhook={"url": OURS, "pending_update_count": 7, **failed})
    [warning] = await look(world, watching(world, telegram, OURS))
    assert says in warning
    assert "⚠️" in admin.hears()


async def test_a_few_that_wait_while_others_come_in_are_no_fault(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/menu")
    telegram = FakeTelegram(webhook={"url": OURS, "pending_update_count": 3})
    assert await look(world, watching(world, telegram, OURS)) == []


async def test_a_revoked_token_is_a_fault_and_a_server_in_trouble_passes(world: World, admin: Phone) -> None:
    telegram = FakeTelegram(answers=[refused(502, "Bad Gateway"), OSError("no route"), refused(401, "Unauthorized")])
    watch = watching(world, telegram)
    assert await look(world, watch) == []
    assert await look(world, watch) == []
    assert admin.hears() == ""
    [warning] = await look(world, watch)
    assert "the token is refused" in warning
    assert "không nhận mã token" in admin.hears()
    assert await look(world, watch) == [], "and once it works again, nothing is the matter"


async def test_a_second_poller_is_seen_until_it_stops(world: World, admin: Phone) -> None:
    conflict = refused(409, "Conflict: terminated by other getUpdates request")
    watch = watching(world, FakeTelegram())
    with pytest.raises(Exception, match="terminated by other") as seen:
        await make_bot(TOKEN, API, FakeSession(FakeTelegram(answers=[conflict]))).get_me()
    watch.polled(seen.value)
    [warning] = await look(world, watch)
    assert "another program fetches the updates" in warning
    assert "đang lấy tin nhắn Telegram" in admin.hears()
    watch.polled(None)
    assert await look(world, watch) == []


async def test_who_has_another_network_too_is_told_there(world: World) -> None:
    here = await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    there = world.phone(line=world.others[0])
    await here.says("/caidat")
    await here.presses("Dùng thêm Zalo hoặc Telegram")
    await here.presses("Lấy mã liên kết")
    await there.says(here.hears().split("Mã liên kết: ")[1].split()[0])
    await there.presses("Đồng ý")
    await there.presses("Đúng là tôi")
    await here.presses("Đồng ý liên kết")
    await here.says("/menu")
    there.reads()
    await look(world, watching(world, FakeTelegram(webhook={"url": "https://second.test/"})))
    assert "Một chương trình khác" in there.hears()
    assert "Một chương trình khác" not in here.hears()
