"""Every conversation is lived through on every network."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.telegram_line import TelegramLine
from tests.support.webchat_line import WebChatLine
from tests.support.world import World, local, opened_world
from tests.support.zalo_line import ZaloLine, ZaloNumbersLine

LINES = (TelegramLine, WebChatLine, ZaloLine, ZaloNumbersLine)


def line_name(line: Any) -> str:
    """What a network is called in the name of a test."""
    return str(getattr(line, "variant", line.network))


@pytest.fixture(params=LINES, ids=line_name)
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """Di Lăng in March 2024, its plan just loaded, on one network after the other."""
    async with opened_world(tmp_path, request.param, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened
