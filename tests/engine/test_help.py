"""`/trogiup` is made of the table of commands: whatever somebody may type stands in it, in a line of its own."""

import pytest

from handlers.menu import help_module
from handlers.wiring import conversation_table
from intake.rules.people.person import Role
from tests.support.world import Phone, World

BY_LINK = "start"


def told(phone: Phone) -> set[str]:
    """The commands that were just explained: each line begins with one and says what it does."""
    lines = [line for line in phone.hears().splitlines() if line.startswith("/")]
    explained = [line.partition(" – ") for line in lines]
    assert all(does for _, _, does in explained), lines
    return {name.removeprefix("/") for name, _, _ in explained}


def open_to(*roles: Role) -> set[str]:
    commands = conversation_table().commands.values()
    return {one.name for one in commands if not one.roles or set(roles) & set(one.roles)} - {BY_LINK}


async def test_a_resident_is_told_every_command_of_everybody_and_none_of_a_role(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/trogiup")

    assert told(mai) == open_to()
    assert {"sua", "denghi", "lienket", "rutdongy", "menu"} <= told(mai)


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_is_told_every_command_of_its_own(world: World, role: Role) -> None:
    place = "DL-hang-gon" if role is Role.HAMLET_HEAD else "DL"
    desk = {"desk": "chuyen-mon"} if role is Role.OFFICIAL else {}
    phone = await world.staff(role, place, "Trần Văn Thư", **desk)
    await phone.says("/trogiup")

    assert told(phone) == open_to(role)


async def test_somebody_who_reads_english_is_told_the_same(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/trogiup")
    vietnamese = told(mai)
    await mai.says("/ngonngu")
    await mai.presses("English")
    await mai.says("help")

    assert told(mai) == vietnamese
    assert "Correct name, phone number, hamlet" in mai.hears()


def test_a_command_that_is_new_stands_in_it_by_itself() -> None:
    [own] = help_module(()).commands

    assert (own.name, conversation_table().commands["trogiup"].aliases) == ("trogiup", own.aliases)
