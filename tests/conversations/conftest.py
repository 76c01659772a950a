"""Every conversation is lived through on every network.

Its coverage is measured on the first of them only: looking at every line that runs takes a third of the time, what a
story runs of rules and handlers is the same on each, and every network's own folder has tests of its own, all measured.
"""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from coverage import Coverage

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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Nothing is measured while a story is told again on a further line."""
    measuring = Coverage.current()
    if measuring is None or not _again(item):
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


def _again(item: pytest.Item) -> bool:
    spec = getattr(item, "callspec", None)
    return spec is not None and spec.params.get("world") in LINES[1:]
