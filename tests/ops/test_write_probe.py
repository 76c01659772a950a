"""A database that answers and takes nothing is not ready: a full disk, a standby; tried for real, but seldom."""

import pytest
import sqlalchemy as sa

from bot.ops.health import PROBED_EVERY, WRITTEN, WriteProbe, trouble
from intake.actions.deadlines.sweep import HEARTBEAT
from storage.unit_of_work import Store
from tests.support.logged import Logged

_SQLITE = """CREATE TRIGGER refuses BEFORE INSERT ON heartbeats BEGIN SELECT RAISE(FAIL, '{words}'); END"""
_POSTGRES = """
CREATE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = '{state}'; END $$;
CREATE TRIGGER refuses BEFORE INSERT ON heartbeats FOR EACH ROW EXECUTE FUNCTION refuses()
"""


async def let_nothing_in(store: Store, words: str, state: str) -> None:
    """What the server itself says when the disk is full, or when it only reads."""
    template = _SQLITE if store.engine.dialect.name == "sqlite" else _POSTGRES
    async with store.engine.begin() as connection:
        statements = template.format(words=words, state=state)
        for one in [statements] if store.engine.dialect.name == "sqlite" else statements.rsplit(";", 1):
            await connection.execute(sa.text(one))


@pytest.mark.parametrize(
    ("words", "state", "told"),
    [
        ("database or disk is full", "53100", "the disk is full"),
        ("attempt to write a readonly database", "25006", "the database is read-only"),
        ("something else", "58030", "nothing can be written to the database"),
    ],
)
async def test_what_keeps_anything_from_being_written_is_told(
    store: Store, logged: Logged, words: str, state: str, told: str
) -> None:
    async with store.unit() as uow:
        await uow.ledger.beat(HEARTBEAT)
        await uow.commit()
    await let_nothing_in(store, words, state)

    assert await trouble(store, WriteProbe(store)) == told
    assert await trouble(store) == ""
    assert [one["event"] for one in logged()] == ["nothing_written"]


async def test_a_disk_that_is_full_to_the_file_system_is_told_the_same() -> None:
    class Full:
        def unit(self) -> None:
            raise OSError(28, "No space left on device")

    assert await WriteProbe(Full()).trouble() == "the disk is full"  # type: ignore[arg-type]


async def test_however_often_somebody_asks_it_is_tried_seldom(store: Store) -> None:
    now = 0.0
    probe = WriteProbe(store, lambda: now)
    assert await probe.trouble() == ""
    async with store.reading() as uow:
        assert await uow.ledger.last_beat(WRITTEN) is not None
    await let_nothing_in(store, "database or disk is full", "53100")
    for _ in range(100):
        assert await probe.trouble() == ""
    now = PROBED_EVERY

    assert await probe.trouble() == "the disk is full"
