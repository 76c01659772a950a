"""Fixtures every test may use.

`world` is for stories: they are told on the networks `tests/support/lines.py` chooses. `plain_world` is for what no
network has a part in.

Where a story is told on several networks its coverage is measured on the first of them only: looking at every line
that runs takes two thirds of the time on top, what a story runs of rules and handlers is the same on each, and every
network's own folder has tests of its own, all measured.
"""

import gc
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from coverage import Coverage

from tests.support.command_line import *  # noqa: F403 - its fixtures
from tests.support.databases import *  # noqa: F403 - its fixtures
from tests.support.lines import ALL, PlainLine, is_quick, networks_of, new_line, wish
from tests.support.logged import *  # noqa: F403
from tests.support.world import PLANS, Line, World, load_into, local, opened_world

__all__ = ["PLANS", "load"]

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
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say which tests are quick, before `-m quick` looks for them; whole processes are for `make test LINES=all`."""
    for item in items:
        if wish() != ALL and item.get_closest_marker("whole_processes") is not None:
            item.add_marker(pytest.mark.skip(reason="processes are started, stopped and killed with LINES=all"))
        if isinstance(item, pytest.Function) and is_quick(item):
            item.add_marker(pytest.mark.quick)


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Nothing is measured while a story is told again on a further network."""
    coverage = Coverage.current()
    if coverage is None or not _again(item):
        return (yield)
    coverage.stop()
    try:
        return (yield)
    finally:
        coverage.start()


def _again(item: pytest.Item) -> bool:
    spec = getattr(item, "callspec", None)
    if spec is None or "make_line" not in spec.params or not isinstance(item, pytest.Function):
        return False
    return spec.params["make_line"] != networks_of(item)[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported and collected never becomes garbage: it is not looked through again for the rest of the run."""
    gc.collect()
    gc.freeze()


def pytest_report_header() -> str:
    """On which networks stories are told in this run."""
    return f"stories: {wish()}"
