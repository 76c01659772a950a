"""Pages that are kept for a moment: made once for all who ask together, never older than they may be."""

import asyncio
from datetime import timedelta

import pytest
from starlette.requests import Request

from intake.rules.errors import NotFound
from tests.support.world import Clock, local
from web.public import shelf as shelves
from web.public.shelf import FRESH, Sheet, Shelf, going_out, sheet


def asked(**headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "headers": named})


@pytest.fixture
def clock() -> Clock:
    return Clock(local(2024, 3, 1))


async def test_many_who_ask_together_have_it_made_once(clock: Clock) -> None:
    shelf = Shelf(clock.now)
    made: list[int] = []

    async def make() -> Sheet:
        made.append(1)
        await asyncio.sleep(0)
        return sheet(b"a page", "text/plain")

    pages = await asyncio.gather(*(shelf.get("a", make) for _ in range(50)))
    assert len(made) == 1
    assert {id(page) for page in pages} == {id(pages[0])}
    assert await shelf.get("a", make) is pages[0]
    clock.move(seconds=FRESH.seconds)
    await shelf.get("a", make)
    assert len(made) == 2
    clock.at -= timedelta(days=1)  # set back: what was made tomorrow is not fresh
    await shelf.get("a", make)
    assert len(made) == 3


async def test_whoever_leaves_takes_the_page_from_nobody(clock: Clock) -> None:
    shelf = Shelf(clock.now)
    ready = asyncio.Event()

    async def make() -> Sheet:
        await ready.wait()
        return sheet(b"a page", "text/plain")

    leaves, stays = (asyncio.create_task(shelf.get("a", make)) for _ in range(2))
    await asyncio.sleep(0)
    leaves.cancel()
    ready.set()
    assert (await stays).plain == b"a page"


async def test_what_failed_is_tried_again_at_once(clock: Clock) -> None:
    shelf = Shelf(clock.now)

    async def fails() -> Sheet:
        raise NotFound

    async def makes() -> Sheet:
        return sheet(b"a page", "text/plain")

    with pytest.raises(NotFound):
        await shelf.get("a", fails)
    assert (await shelf.get("a", makes)).plain == b"a page"


async def test_no_more_pages_are_kept_than_there_is_room_for(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "MOST_KEPT", 3)
    shelf = Shelf(clock.now)

    async def make() -> Sheet:
        return sheet(b"a page", "text/plain")

    for number in range(5):
        await shelf.get(str(number), make)
    assert [shelf.fresh(str(number)) is not None for number in range(5)] == [False, False, True, True, True]


def test_a_small_page_is_not_packed_and_a_file_has_a_name() -> None:
    page = sheet(b"small", "text/csv", "so-lieu.csv")
    answer = going_out(asked(accept_encoding="gzip"), page)
    assert answer.body == b"small"
    assert answer.headers["content-disposition"] == 'attachment; filename="so-lieu.csv"'
    assert "content-encoding" not in answer.headers
    assert going_out(asked(if_none_match=answer.headers["etag"]), page).status_code == 304
    assert going_out(asked(if_none_match='"another"'), page).status_code == 200
