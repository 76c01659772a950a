"""How often a message goes to the database server and back until its answer is sent: each turn takes time."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from bot.inbound import InboundQueue
from bot.outbox.relay import OutboxRelay
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.wiring import conversation_table
from intake.rules.people.person import Network
from storage.engine import open_engine
from storage.unit_of_work import Store
from tests.support.village import build, meet
from tests.support.world import Clock, make_store
from wording.texts import Rendered

MOST_FOR_A_WORD = 9


class Quiet:
    """A channel that takes everything."""

    network = Network.WEBCHAT
    name = "plain"

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        del address, rendered
        return f"m{letter_id}"


@pytest.fixture
async def turns() -> list[str]:
    """What the server was asked, a line a turn."""
    return []


@pytest.fixture
async def watched(postgresql_url: str, clock: Clock, turns: list[str]) -> AsyncIterator[Store]:
    """A store on PostgreSQL whose every turn is noted."""
    engine = open_engine(postgresql_url)

    # the driver tells of BEGIN and COMMIT only, SQLAlchemy of everything but these
    @sa.event.listens_for(engine.sync_engine, "connect")
    def listen(connection: Any, _record: object) -> None:
        connection.driver_connection.add_query_logger(lambda query: turns.append(query.query))

    @sa.event.listens_for(engine.sync_engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        turns.append(statement)

    store = make_store(engine, clock)
    await build(store)
    yield store
    await store.close()


async def test_a_word_and_its_answer_take_nine_turns_and_two_commits(
    watched: Store, turns: list[str], clock: Clock
) -> None:
    relay = OutboxRelay(watched, Quiet(), "here", clock.now)
    inbound = InboundQueue(watched, conversation_table(), lambda: None)
    dealing = asyncio.create_task(inbound.run())
    async with watched.unit() as uow:
        await meet(uow, "100")
        await uow.commit()

    async def says(event_id: str) -> None:
        event = InboundEvent(Network.WEBCHAT, "plain", "100", event_id, InboundKind.TEXT, text="/menu")
        await inbound.take(event)
        assert await relay._send_direct() == 1  # noqa: SLF001 - the way of replies by itself, as `run` goes it

    await says("1")
    await says("2")  # by now statements are prepared and the lease is held
    turns.clear()
    await says("3")
    dealing.cancel()

    assert len(turns) <= MOST_FOR_A_WORD, "\n".join(turns)
    assert sum(turn.startswith("COMMIT") for turn in turns) <= 1, "the mark is committed by itself"
