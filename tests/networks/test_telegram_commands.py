"""The list of commands behind `/`: a resident's for everybody, more for who holds a role, and kept right."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.telegram.commands import CommandMenus, commands_of
from handlers.wiring import conversation_table
from intake.rules.people.person import Role
from locales import LANGUAGES, catalogue
from tests.support.stories import take_roles
from tests.support.telegram_fakes import refused
from tests.support.telegram_line import TelegramLine
from tests.support.world import World, local, opened_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, TelegramLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


@pytest.fixture
def line(world: World) -> TelegramLine:
    assert isinstance(world.line, TelegramLine)
    return world.line


@pytest.fixture
def menus(world: World, line: TelegramLine) -> CommandMenus:
    return CommandMenus(line.channel.bot, world.store, conversation_table())


def names(params: dict[str, Any]) -> list[str]:
    return [command["command"] for command in params["commands"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_words_telegram_takes(language: str) -> None:
    for name in conversation_table().commands.keys() - {"start"}:
        assert 3 <= len(catalogue(language)[f"command.{name}"]) <= 256
        assert name.islower()


def test_a_resident_is_shown_no_command_of_a_role() -> None:
    table = conversation_table()
    shown = {command.command for command in commands_of(table, (), "vi")}

    assert {"hoi", "menu", "huy", "trogiup"} <= shown
    assert not [name for name in shown if table.commands[name].roles]


async def test_everybody_is_told_in_both_languages(menus: CommandMenus, line: TelegramLine) -> None:
    await menus.refresh()
    await menus.refresh()

    calls = [call.params for call in line.telegram.named("setMyCommands")]
    assert [call.get("language_code") for call in calls] == [None, "vi", "en"], "once, not every minute"
    assert all(call["scope"] == {"type": "default"} for call in calls)
    described = {call.get("language_code"): call["commands"][-1]["description"] for call in calls}
    assert described == {None: "Trợ giúp", "vi": "Trợ giúp", "en": "Help"}


async def test_who_gets_a_role_is_shown_its_commands_and_who_loses_it_no_longer(
    menus: CommandMenus, line: TelegramLine, world: World
) -> None:
    await menus.refresh()
    await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    head = await world.staff(Role.SECRETARY, "DL", "Phạm Minh Tâm")
    line.telegram.calls.clear()
    await menus.refresh()
    await menus.refresh()

    (call,) = line.telegram.named("setMyCommands")
    assert call.params["scope"] == {"type": "chat", "chat_id": int(head.address)}
    known = conversation_table().commands.values()
    expected = {one.name for one in known if not one.roles or Role.SECRETARY in one.roles} - {"start"}
    shown = names(call.params)
    assert (set(shown), len(shown)) == (expected, len(expected))
    assert shown[0] == "thongbao", "what the role brings along comes first"
    assert shown[-1] == "trogiup"

    async with world.store.unit() as uow:
        (person,) = await uow.people.holders(Role.SECRETARY, await uow.places.unit_by_code("DL"))
        await take_roles(uow, person.id)
        await uow.commit()
    await menus.refresh()

    (gone,) = line.telegram.named("deleteMyCommands")
    assert gone.params["scope"] == {"type": "chat", "chat_id": int(head.address)}


async def test_a_failure_is_made_up_for_a_minute_later(menus: CommandMenus, line: TelegramLine) -> None:
    line.telegram.answers = [refused(500, "Internal Server Error")]
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 2:
            raise _EndOfTheTestError

    with structlog.testing.capture_logs() as logs, pytest.raises(_EndOfTheTestError):
        await menus.run(pause)

    assert [entry["event"] for entry in logs] == ["commands_not_registered"]
    assert len(line.telegram.named("setMyCommands")) == 4
    assert pauses == [60.0, 60.0]


class _EndOfTheTestError(Exception):
    pass
