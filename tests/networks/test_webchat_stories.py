"""The first words, over the web chat's real routes."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

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
