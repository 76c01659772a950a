"""Fixtures every test may use."""

import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.command_line import *  # noqa: F403 - its fixtures
from tests.support.databases import *  # noqa: F403 - its fixtures
from tests.support.lines import PlainLine
from tests.support.logged import *  # noqa: F403
from tests.support.world import PLANS, World, load_into, local, opened_world

__all__ = ["PLANS", "load"]

# a test makes and forgets tens of thousands of objects; looking through all of them every 700 took a tenth of the time
gc.set_threshold(20_000, 20, 50)


async def load(world: World, code: str) -> None:
    """Load one of the five plans into a world."""
    await load_into(world.store, code)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Di Lăng in March 2024, its plan just loaded; phones on no network in particular."""
    async with opened_world(tmp_path, PlainLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened
