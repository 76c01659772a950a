"""Fixtures every test may use.

`world` is for stories: they are told on the networks `tests/support/lines.py` chooses. `plain_world` is for what no
network has a part in.
"""

import gc
from collections.abc import AsyncIterator, Callable, Generator
from functools import partial
from pathlib import Path

import hypothesis
import pytest

from tests.support import deeds
from tests.support.browser import _function_scoped_runner, browser, driver
from tests.support.command_line import *  # noqa: F403 - its fixtures
from tests.support.databases import *  # noqa: F403 - its fixtures
from tests.support.lines import PlainLine, is_quick, is_told, networks_of, new_line, starts_processes, wish
from tests.support.logged import *  # noqa: F403
from tests.support.world import PLANS, Line, World, load_into, local, opened_world

__all__ = ["PLANS", "_function_scoped_runner", "browser", "driver", "load"]

# a machine with other work to do is slow, not wrong
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")

# a test makes and forgets tens of thousands of objects; looking through all of them every 700 took a tenth of the time
gc.set_threshold(20_000, 20, 50)


async def load(world: World, code: str) -> None:
    """Load one of the five plans into a world."""
    await load_into(world.store, code)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell a story on its networks."""
    if "make_line" in metafunc.fixturenames:
        metafunc.parametrize("make_line", networks_of(metafunc.definition), indirect=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Say which tests are quick, before `-m quick` looks for them, and leave out what this run does not tell.

    Whole processes come first, since they take longest: no worker is left alone with them at the end.
    """
    told = [item for item in items if is_told(item)]
    if len(told) < len(items):
        kept = set(told)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = sorted(told, key=starts_processes, reverse=True)
    for item in items:
        if isinstance(item, pytest.Function) and is_quick(item):
            item.add_marker(pytest.mark.quick)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Hand tests out in groups without counting what is done over and over."""
    from tests.support.handing_out import scheduler

    return scheduler(config, log)


@pytest.fixture
def make_line(request: pytest.FixtureRequest) -> Callable[[], Line]:
    """Makes a line to the network the story is told on."""
    return partial(new_line, request.param)


@pytest.fixture
async def world(make_line: Callable[[], Line], tmp_path: Path) -> AsyncIterator[World]:
    """Di Lăng in March 2024, its plan just loaded; phones on the network the story is told on."""
    async with opened_world(tmp_path, make_line, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


@pytest.fixture
async def plain_world(tmp_path: Path) -> AsyncIterator[World]:
    """Di Lăng in March 2024, its plan just loaded; phones on no network in particular."""
    async with opened_world(tmp_path, PlainLine, local(2024, 3, 1), plan="di-lang-2024") as opened:
        yield opened


def pytest_sessionstart() -> None:
    """Hold every action to its entry in the audit trail, before a test module takes one by its name."""
    deeds.watch()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, object, object]:
    """A test fails in which an action left no entry, whatever became of the error on its way out."""
    deeds.refused.clear()
    try:
        return (yield)
    finally:
        if deeds.refused:
            raise deeds.refused[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported and collected never becomes garbage: it is not looked through again for the rest of the run."""
    gc.collect()
    gc.freeze()


def pytest_report_header() -> str:
    """On which networks stories are told in this run."""
    return f"stories: {wish()}"
