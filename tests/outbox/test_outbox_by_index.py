"""What waits is found along an index, however many letters were told: a year of them costs a reply nothing."""

import sqlalchemy as sa

from intake.rules.people.person import Network
from storage.engine import open_engine
from tests.support.world import Clock, make_store


async def test_the_letters_that_wait_are_looked_at_and_no_other(sqlite_url: str, clock: Clock) -> None:
    store = make_store(open_engine(sqlite_url), clock)
    asked: list[tuple[str, object]] = []
    listen = (store.engine.sync_engine, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
    async with store.reading() as uow:
        connection = await uow.session.connection()
        sa.event.listen(*listen)
        await uow.outbox.direct(Network.WEBCHAT, "plain", clock.now(), 100)
        sa.event.remove(*listen)
        ((statement, values),) = asked
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        steps = [row.detail for row in plan]
    assert "SEARCH letters USING INDEX ix_letters_direct (priority<?)" in steps
    # nor are all letters of a chat looked through for one that failed
    assert "SEARCH failed USING INDEX ix_letters_failed (account_id=? AND not_before>?)" in steps
    assert not any("accounts USING INDEX" in step or "SCAN" in step for step in steps), "chats come after letters"
    await store.close()
