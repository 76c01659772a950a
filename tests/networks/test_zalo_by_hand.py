"""Somebody of the office answers in OA Manager: the bot is silent in that chat for a while, and the log knows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from intake.rules.outbox.letter import LetterState
from intake.rules.people.person import Network
from storage import tables as t
from tests.support.recorded import deeds
from tests.support.stories import answer
from tests.support.world import Phone, World, local, opened_world
from tests.support.zalo_line import PATIENT, ZaloLine
from zalo_sandbox.config import SandboxConfig

ROAD = "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?"


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened(tmp_path, ZaloLine) as world:
        yield world


@asynccontextmanager
async def opened(tmp_path: Path, line: type[ZaloLine]) -> AsyncIterator[World]:
    async with opened_world(tmp_path, line, local(2024, 3, 1), plan="di-lang-2024") as world:
        world.line.running.sandbox.config = SandboxConfig(webhook_timeout=PATIENT)  # type: ignore[attr-defined]  # every event
        yield world


async def by_hand(world: World, phone: Phone, text: str = "Chào bà") -> None:
    line = world.line
    assert isinstance(line, ZaloLine)
    world.clock.move(seconds=5)
    phone.reads()
    line.running.people.answered_by_hand(line.phone(phone.address), text, "998877")
    await line.settle()


async def log_of(world: World) -> list[tuple[str, dict[str, str]]]:
    async with world.store.reading() as uow:
        return [(deed.subject, deed.detail) for deed in await deeds(uow, "reply_by_hand")]


def told(phone: Phone) -> list[str]:
    """What the bot said; the office's own words are not the bot's."""
    return [message.text for message in phone.news() if message.text != "Chào bà"]


async def test_the_bot_is_silent_says_so_and_comes_back(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await by_hand(world, mai)
    (pause,) = told(mai)
    assert "trả lời tự động tạm nghỉ đến 09:00, 01/03/2024" in pause
    await mai.says("Dạ cảm ơn, thế khi nào sửa ạ?")
    assert told(mai) == []
    world.clock.move(minutes=61)
    await mai.says("/menu")
    assert mai.hears() == "Bà/ông muốn làm gì?"


async def test_every_word_of_the_office_makes_it_longer_and_it_is_told_once(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await by_hand(world, mai)
    world.clock.move(minutes=50)
    await by_hand(world, mai)
    assert told(mai) == []
    world.clock.move(minutes=50)
    await mai.says("Còn ai đó không ạ?")
    assert told(mai) == []


@pytest.mark.parametrize("word", ["menu", "MENU", " Menu! "])
async def test_who_asks_for_the_menu_has_the_bot_back_at_once(world: World, word: str) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await by_hand(world, mai)
    await mai.says(word)
    assert mai.hears() == "Bà/ông muốn làm gì?"
    await mai.says("/trogiup")
    assert told(mai)


async def test_the_log_of_the_question_says_that_it_happened_and_not_what_was_said(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await by_hand(world, mai)
    await mai.says("menu")
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    assert "DL-2024-0001" in mai.hears()
    await by_hand(world, mai, "Mai xã sửa")
    async with world.store.reading() as uow:
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None

    chat, entry = await log_of(world)
    assert chat[0].startswith("account:")
    subject, detail = entry
    assert subject == f"question:{question.id}"
    assert detail["by"] == "998877"
    assert detail["message"]
    assert "Mai" not in str(detail)


async def test_the_same_word_of_the_office_told_twice_is_noted_once(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    world.line.running.webhook.duplicates = 3  # type: ignore[attr-defined]
    await by_hand(world, mai)
    assert len(await log_of(world)) == 1
    assert len(told(mai)) == 1


async def test_what_the_office_said_long_ago_pauses_nothing(world: World) -> None:
    """The events of a night come in the morning."""
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    world.line.running.webhook.held = True  # type: ignore[attr-defined]
    await by_hand(world, mai)
    world.clock.move(hours=9)
    world.line.running.webhook.held = False  # type: ignore[attr-defined]
    await world.settle()
    assert len(await log_of(world)) == 1
    assert told(mai) == []
    await mai.says("/menu")
    assert mai.hears() == "Bà/ông muốn làm gì?"


async def test_answers_go_out_all_the_same(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    await by_hand(world, mai)
    await answer(world, "DL-2024-0001", "Xã sửa trong tháng 5.")
    assert "Xã sửa trong tháng 5." in mai.hears()


async def test_a_pause_counts_as_being_heard(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await by_hand(world, mai)
    world.clock.move(minutes=10)
    await mai.says("Dạ")
    async with world.store.reading() as uow:
        chat = await uow.zalo_chats.get(Network.ZALO, world.line.config.oa_id, mai.address)  # type: ignore[attr-defined]
    assert chat is not None
    assert chat.heard_at is not None
    assert world.clock.now() - chat.heard_at < timedelta(seconds=5)


class LineWithoutPause(ZaloLine):
    pause = timedelta(0)


async def test_without_a_pause_in_the_settings_it_is_only_noted(tmp_path: Path) -> None:
    async with opened(tmp_path, LineWithoutPause) as world:
        mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
        await by_hand(world, mai)
        assert told(mai) == []
        assert len(await log_of(world)) == 1


async def test_who_unfollows_is_told_in_person_until_they_come_back(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.says(ROAD)
    await mai.presses("Gửi")
    line = world.line
    assert isinstance(line, ZaloLine)
    line.running.people.follows(line.phone(mai.address), yes=False)
    await line.bring()
    await answer(world, "DL-2024-0001", "Xã sửa trong tháng 5.")
    mai.reads()
    async with world.store.engine.connect() as connection:
        states = (await connection.execute(sa.select(t.letters.c.state).distinct())).scalars().all()
    assert LetterState.IN_PERSON in states

    line.running.people.follows(line.phone(mai.address), yes=True)
    await line.settle()
    assert mai.hears()
    async with world.store.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.ZALO, line.config.oa_id, mai.address)
        assert account.unreachable_since is None
