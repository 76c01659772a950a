"""Whoever looks at a document does not wait behind files that others have ordered, and no file is forgotten."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.media.attachments import AttachmentStore
from bot.media.press import PaperPress
from bot.media.turns import PAGES_IN_A_ROW, PressTurns
from intake.rules.papers.kinds import PaperFormat, PaperKind
from intake.rules.papers.order import WantedPaper
from intake.rules.plan.plan import PlanId
from storage.view import view_of
from tests.support.webchat_line import WebChatLine
from tests.support.world import World, local, opened_world


class Press:
    """What was made, in its order; each thing takes until it is let go."""

    def __init__(self) -> None:
        self.turns = PressTurns()
        self.made: list[str] = []
        self.may_go_on = asyncio.Semaphore(0)
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self.afterwards: dict[str, Callable[[], object]] = {}

    async def wants(self, *names: str) -> None:
        """Names that begin with `page` are pages."""
        for name in names:
            self.tasks[name] = asyncio.create_task(self._make(name))
            await asyncio.sleep(0)

    async def _make(self, name: str) -> None:
        async with self.turns.for_a_page() if name.startswith("page") else self.turns.for_a_file():
            await self.may_go_on.acquire()
            self.made.append(name)
        self.afterwards.get(name, bool)()

    async def makes(self, count: int) -> None:
        for _ in range(count):
            made = len(self.made)
            self.may_go_on.release()
            while len(self.made) == made:
                await asyncio.sleep(0)

    async def makes_all(self) -> list[str]:
        for _ in self.tasks:
            self.may_go_on.release()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)
        assert not self.turns.taken
        return self.made


async def test_a_page_comes_next_while_three_files_wait() -> None:
    press = Press()
    await press.wants("a", "b", "c", "d", "page")
    assert await press.makes_all() == ["a", "page", "b", "c", "d"]


async def test_a_file_comes_however_many_pages_are_looked_at() -> None:
    press = Press()
    pages = [f"page {number}" for number in range(PAGES_IN_A_ROW * 2)]
    await press.wants("a", "b", "c", *pages)
    first, second = pages[:PAGES_IN_A_ROW], pages[PAGES_IN_A_ROW:]
    assert await press.makes_all() == ["a", *first, "b", *second, "c"]


async def test_pages_that_kept_nobody_waiting_count_for_nothing() -> None:
    press = Press()
    pages = [f"page {number}" for number in range(PAGES_IN_A_ROW + 2)]
    await press.wants(*pages)
    await press.makes(PAGES_IN_A_ROW + 1)
    await press.wants("a", "page last")
    assert (await press.makes_all())[-2:] == ["page last", "a"]


@pytest.mark.parametrize("gone", ["b", "page"])
async def test_who_waits_no_more_holds_nobody_up(gone: str) -> None:
    press = Press()
    await press.wants("a", "b", "page", "c")
    press.tasks[gone].cancel()
    assert await press.makes_all() == [one for one in ("a", "page", "b", "c") if one != gone]


async def test_who_goes_in_the_moment_of_its_turn_passes_it_on() -> None:
    press = Press()
    await press.wants("a", "b", "c")
    press.afterwards["a"] = press.tasks["b"].cancel
    assert await press.makes_all() == ["a", "c"]


@pytest.fixture
async def world(tmp_path: Path, database_url: str) -> AsyncIterator[World]:
    async with opened_world(tmp_path, WebChatLine, local(2024, 3, 1), url=database_url, plan="di-lang-2024") as opened:
        yield opened


async def test_the_page_of_a_document_is_there_before_the_files_that_waited(world: World, database_url: str) -> None:
    store = world.store
    press = PaperPress(AttachmentStore(world.data_dir), store.reading, apart=lambda: view_of(store, database_url))
    order: list[str] = []

    async def noted(name: str, page: bool) -> None:
        wanted = WantedPaper(PlanId(1), PaperKind.PLAN, "", PaperFormat.DOCX)
        await (press.word(wanted) if page else press.make(wanted))
        order.append(name)

    wishes = [asyncio.create_task(noted(name, page=False)) for name in "ab"]
    await asyncio.sleep(0.1)
    wishes.append(asyncio.create_task(noted("page", page=True)))
    await asyncio.gather(*wishes)
    await press.close()
    assert order[1] == "page"
    assert len(order) == len(wishes)
