"""The same first words as on any network, lived through on Telegram's wire."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.people.test_first_words import (
    test_a_newcomer_agrees_and_sees_the_menu,  # noqa: F401 - the stories run here on this line
    test_a_sent_question_gets_a_reference,  # noqa: F401
)
from tests.support.telegram_line import TelegramLine
from tests.support.world import World, local, opened_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened_world(tmp_path, TelegramLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened
