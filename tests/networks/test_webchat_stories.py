"""The first words, over the web chat's real routes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from intake.rules.people.person import Role
from storage import tables as t
from tests.people.test_first_words import (
    test_a_newcomer_agrees_and_sees_the_menu,  # noqa: F401 - the stories run here on this line
    test_a_sent_question_gets_a_reference,  # noqa: F401
)
from tests.support.webchat_line import WebChatLine
from tests.support.world import World, local, opened_world

JPEG = b"\xff\xd8\xff\xe0" + b"0" * 64


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


async def test_a_photo_goes_with_the_question(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.sends_photo(JPEG, "Cống đầu xóm bị sập từ tuần trước")
    await mai.presses("Gửi")

    assert "DL-2024-0001" in mai.hears()
    async with world.store.reading() as uow:
        question = await uow.questions.by_reference("DL-2024-0001")
        assert question is not None
        files = await uow.questions.attachments(question.id)
    assert [file.media_type for file in files] == ["image/jpeg"]


async def test_a_file_of_a_kind_that_is_not_taken_is_answered_in_words(world: World) -> None:
    mai = await world.resident("DL-hang-gon", "Nguyễn Thị Mai")
    await mai.says("/hoi")
    await mai.sends_photo(b"MZ not a picture at all", "")

    assert mai.hears()


async def lines_with(world: World, code: str) -> int:
    """In how many lines of all web chats a code can be read."""
    async with world.store.engine.connect() as connection:
        said = await connection.scalars(sa.select(sa.cast(t.web_messages.c.said, sa.Text)))
    return sum(code in line for line in said)


async def test_an_invitation_that_was_used_is_read_in_no_chat_any_more(world: World) -> None:
    secretary = await world.staff(Role.SECRETARY, "DL", "Trần Văn Thư")
    await secretary.says("/moi")
    await secretary.presses("Cán bộ chuyên môn")
    await secretary.presses("Cán bộ, công chức chuyên môn thị trấn")
    code = secretary.hears().split("Mã mời: ")[1].split()[0]
    assert await lines_with(world, code) == 1
    hoa = await world.resident("DL-hang-gon", "Lê Thị Hoa")
    await hoa.says(f"/start i-{code}")
    assert "vai trò" in hoa.hears()
    assert await lines_with(world, code) == 0


async def test_a_linking_code_that_was_typed_is_read_in_no_chat_any_more(world: World) -> None:
    mai, other = await world.resident("DL-hang-gon", "Nguyễn Thị Mai"), world.phone()
    await mai.says("/caidat")
    await mai.presses("Dùng thêm Zalo hoặc Telegram")
    await mai.presses("Lấy mã liên kết")
    code = mai.hears().split("Mã liên kết: ")[1].split()[0]
    await other.says(code)
    await other.presses("Đồng ý")
    assert other.sees_button("Đúng là tôi")
    assert await lines_with(world, code.removeprefix("L-")) == 0
