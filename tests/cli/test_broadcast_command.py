"""`doithoai broadcast`: whoever runs the installation sees what is under way, holds it, lets it go on, ends it."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.settings import read_settings
from bot.store import open_store
from intake.rules.outbox.broadcast import BroadcastState
from storage.unit_of_work import Store
from tests.support.broadcasts import begin, spread
from tests.support.command_line import Command, refused
from tests.support.recorded import deeds
from tests.support.village import build

With = Callable[[Callable[[Store], Awaitable[object]]], object]


@pytest.fixture
def with_store(doithoai: Command) -> With:
    """Do something with the database of the installation."""
    del doithoai

    def run(work: Callable[[Store], Awaitable[object]]) -> object:
        async def do() -> object:
            store = await open_store(read_settings())
            try:
                return await work(store)
            finally:
                await store.close()

        return asyncio.run(do())

    return run


@pytest.fixture
def broadcast(with_store: With) -> int:
    """One under way, to a hamlet with one person."""

    async def make(store: Store) -> object:
        village = await build(store)
        return await begin(store, village.commune.id, [village.east.id], "Mời bà con", name="notice:1")

    number = with_store(make)
    assert isinstance(number, int)
    return number


def test_what_is_under_way_is_listed_without_names_or_words(
    doithoai: Command, broadcast: int, with_store: With
) -> None:
    with_store(spread)
    status, out, _ = doithoai("broadcast", "list")
    assert status == 0
    line = next(line for line in out.splitlines() if "notice:1" in line)
    assert [cell.strip() for cell in line.split("│")[1:-1]][2:3] == ["VB"]
    assert "running" in line
    assert "Mời bà con" not in out
    assert "Lụa" not in out
    assert str(broadcast) in line


def test_it_is_paused_resumed_and_stopped_with_a_name_in_the_audit(
    doithoai: Command, broadcast: int, with_store: With
) -> None:
    said = [doithoai("broadcast", verb, str(broadcast), "--by", "Thu")[:2] for verb in ("pause", "resume", "stop")]
    assert said == [(0, f"broadcast {broadcast} (notice:1): {state}\n") for state in ("paused", "running", "stopped")]

    async def audited(store: Store) -> object:
        async with store.reading() as uow:
            return [(deed.act, deed.detail) for deed in await deeds(uow, subject=f"broadcast:{broadcast}")]

    assert with_store(audited) == [(f"broadcast_{state}", {"by": "Thu"}) for state in ("paused", "running", "stopped")]


def test_what_cannot_be_done_is_said_in_one_line(doithoai: Command, broadcast: int) -> None:
    refused(doithoai("broadcast", "pause", "99"), "there is no broadcast 99")
    refused(doithoai("broadcast", "watch", "99"), "there is no broadcast 99")
    refused(doithoai("broadcast", "resume", str(broadcast)), "running already")


def test_watching_ends_when_it_is_over(doithoai: Command, broadcast: int, with_store: With) -> None:
    async def finish(store: Store) -> None:
        await spread(store)
        async with store.unit() as uow:
            one = await uow.broadcasts.get(broadcast)  # type: ignore[arg-type]
            one.state, one.ended_at = BroadcastState.DONE, uow.now
            await uow.commit()

    with_store(finish)
    assert doithoai("broadcast", "watch", str(broadcast))[:2] == (0, f"broadcast {broadcast} (notice:1): done\n")
