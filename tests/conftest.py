"""Fixtures every test may use."""

import tomllib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from intake.actions.load_plan import load_plan
from intake.rules.profile_parse import parse_profile
from tests.support.command_line import *  # noqa: F403 - its fixtures
from tests.support.databases import *  # noqa: F403 - its fixtures
from tests.support.lines import PlainLine
from tests.support.logged import *  # noqa: F403
from tests.support.world import World, local, opened_world

PLANS = Path(__file__).parents[1] / "plans"


async def load(world: World, code: str) -> None:
    """Load one of the five plans into a world."""
    profile = parse_profile(tomllib.loads((PLANS / f"{code}.toml").read_text("utf-8")), name=code)
    async with world.store.unit() as uow:
        await load_plan(uow, profile)
        await uow.commit()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Di Lăng in March 2024, its plan just loaded; phones on no network in particular."""
    async with opened_world(tmp_path, PlainLine, local(2024, 3, 1)) as opened:
        await load(opened, "di-lang-2024")
        yield opened
