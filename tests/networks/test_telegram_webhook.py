"""The webhook: genuine calls only, and 200 only for what is stored."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.telegram.receive import make_bot
from bot.telegram.webhook import set_webhook
from storage import tables as t
from tests.support import telegram_updates as updates
from tests.support.telegram_fakes import API, TOKEN, FakeSession, FakeTelegram, refused
from tests.support.telegram_line import PATH, SECRET, TelegramLine
from tests.support.world import World, local, opened_world

MAI = "7000001"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, TelegramLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


@pytest.fixture
def line(world: World) -> TelegramLine:
    assert isinstance(world.line, TelegramLine)
    return world.line


async def events(world: World) -> int:
    async with world.store.engine.connect() as connection:
        return int(await connection.scalar(sa.select(sa.func.count()).select_from(t.inbox)) or 0)


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET[:-1], "mật-khẩu"])
async def test_without_the_secret_nothing_is_stored(world: World, line: TelegramLine, secret: str) -> None:
    async def body() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read before the secret was checked")
        yield b""

    headers = {"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
    response = await line.client.post(PATH, content=body(), headers=headers)

    assert response.status_code == 403
    assert await events(world) == 0


async def test_the_same_update_twice_acts_once(world: World, line: TelegramLine) -> None:
    update = updates.text(1, MAI, "/start")
    assert (await line.post(update)).status_code == 200
    assert (await line.post(update)).status_code == 200
    await world.settle()

    assert await events(world) == 1
    assert len(line.shown(MAI)) == 1


async def test_the_same_update_twice_at_once_acts_once(world: World, line: TelegramLine) -> None:
    update = updates.text(1, MAI, "/start")
    answers = await asyncio.gather(*(line.post(update) for _ in range(5)))
    await world.settle()

    assert {answer.status_code for answer in answers} == {200}
    assert len(line.shown(MAI)) == 1


async def test_what_is_not_stored_is_brought_again(
    world: World, line: TelegramLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_batch: Any) -> None:
        raise OperationalError("COMMIT", {}, OSError("disk full"))

    with monkeypatch.context() as broken:
        broken.setattr(line.inbound, "_deal", full)
        assert (await line.post(updates.text(1, MAI, "/start"))).status_code == 503
    assert await events(world) == 0

    assert (await line.post(updates.text(1, MAI, "/start"))).status_code == 200
    await world.settle()
    assert len(line.shown(MAI)) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 2000 + b"]" * 2000, 400),
        (b"\xff", 400),
        (b"x" * (1024 * 1024 + 1), 413),
        (b"{}", 200),
    ],
)
async def test_a_body_that_is_no_update(world: World, line: TelegramLine, body: bytes, status: int) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    response = await line.client.post(PATH, content=body, headers=headers)

    assert response.status_code == status
    assert await events(world) == 0


async def test_a_body_whose_length_nobody_announced_is_cut_off(line: TelegramLine) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while read < 64:
            read += 1
            yield b"x" * 65536

    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    response = await line.client.post(PATH, content=endless(), headers=headers)

    assert response.status_code == 413


async def test_only_posting_is_an_update(line: TelegramLine) -> None:
    assert (await line.client.get(PATH)).status_code == 405


async def test_telegram_is_told_where_to_call_until_it_listens() -> None:
    telegram = FakeTelegram(answers=[refused(502, "Bad Gateway"), OSError("no route")])
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    bot = make_bot(TOKEN, API, FakeSession(telegram))
    await set_webhook(bot, "https://xa.example.vn/telegram/updates", SECRET, pause)

    assert pauses == [1.0, 2.0]
    assert telegram.calls[-1].params == {
        "url": "https://xa.example.vn/telegram/updates",
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
        "secret_token": SECRET,
    }
