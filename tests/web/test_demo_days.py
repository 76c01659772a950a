"""A new day of the demonstration brings what a day brings: every job of the clock, in its order."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import date, datetime
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from bot.app import put_together
from bot.process import Parts, run
from bot.settings import Settings
from intake.actions.meetings.quotas import set_lists_due
from intake.rules.deadlines.calendar import LOCAL
from intake.rules.people.person import Role
from tests.support.amending import amended
from tests.support.processes import free_port

HEAD = "vinh-bao-2026-tho"


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[tuple[Parts, httpx.AsyncClient]]:
    """The demonstration without the clock's own process: what happens on a day, only the button makes happen."""
    settings = Settings(
        data_dir=tmp_path / "data",
        database_url="",
        secret_key=SecretStr("sixteen letters or more"),
        http_port=free_port(),
    )
    async with AsyncExitStack() as closing:
        parts = await put_together(settings, closing, demo=True, roles=frozenset({"web", "send"}))
        running = asyncio.create_task(run(parts))
        client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.http_port}", timeout=60)
        await closing.enter_async_context(client)
        yield parts, client
        signal.raise_signal(signal.SIGTERM)
        await asyncio.wait_for(running, 30)


async def hears(client: httpx.AsyncClient, words: str) -> None:
    """Wait until the chat of the hamlet head shows the words."""
    entered = await client.post(f"/demo/enter/{HEAD}")
    async with asyncio.timeout(30), client.stream("GET", f"{entered.headers['location']}events") as lines:
        async for line in lines.aiter_lines():
            if words in line:
                return
        pytest.fail(f"the chat ended without “{words}”")


async def test_a_new_day_reminds_of_lists_that_are_due_and_opens_reports(
    demo: tuple[Parts, httpx.AsyncClient],
) -> None:
    parts, client = demo
    async with parts.store.unit() as uow:
        plan = await uow.plans.by_code("vinh-bao-2026")
        assert plan is not None
        (meeting,) = await uow.meetings.of_plan(plan.id)
        (secretary, *_) = await uow.people.holders(Role.SECRETARY, await uow.places.unit(plan.unit_id))
        await set_lists_due(uow, by=secretary, meeting_id=meeting.id, on=date(2026, 7, 5))
        # this plan reports once a year; one like it reports every quarter, and has a question from before
        plan.profile = amended(plan.profile, clocks={"periodic_report": {"every": "quarter"}})
        meeting.ended_at = datetime(2026, 6, 20, 11, tzinfo=LOCAL)
        await uow.commit()

    moved = await client.post("/demo/clock?days=1")
    assert moved.json() == {"shown": "08:00, 02/07/2026"}
    await hears(client, "hạn 05/07/2026")
    async with parts.store.reading() as uow:
        assert await uow.tasks.by_key("vinh-bao-2026:report:2026-2") is not None
        assert await uow.ledger.last_beat("sweep") is not None
