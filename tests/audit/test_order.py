"""On PostgreSQL entries commit in another order than their ids: none is lost, none is sealed twice."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
import sqlalchemy as sa

from bot.ops.doctor import look_at_sealing
from intake.rules.audit import AuditEntry
from intake.rules.audit_chain import unpack_ids
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.support.engines import engine_on
from tests.support.tampering import seal, tamper, verified, write
from tests.support.world import Clock, make_store


@pytest.fixture
async def on_postgresql(postgresql_url: str, clock: Clock) -> AsyncIterator[Store]:
    async with engine_on(postgresql_url) as engine:
        yield make_store(engine, clock)


async def note(uow: SqlUnitOfWork, act: str) -> None:
    """Write an entry now, as if at the end of this unit of work, and keep the unit open."""
    async with uow.savepoint():
        await uow.ledger.write(AuditEntry(uow.now, None, act, "question:1"))


async def sealed_ids(store: Store) -> list[int]:
    async with store.reading() as uow:
        seals = await uow.audit.seals()
    return [one for made in seals for first, end in unpack_ids(made.ids) for one in range(first, end + 1)]


async def all_ids(store: Store) -> list[int]:
    async with store.reading() as uow:
        return [number for lines in [lines async for lines in uow.audit.lines()] for number, _ in lines]


async def test_whoever_wrote_first_and_commits_last_is_waited_for(on_postgresql: Store):
    async with on_postgresql.unit() as slow:
        await note(slow, "first id, last to commit")
        await write(on_postgresql, "second id, first to commit")

        assert await seal(on_postgresql) is None, "the first could not be sealed after it without being out of order"
        async with on_postgresql.reading() as uow:
            waiting = await uow.audit.waiting(await uow.audit.last_seal())
        assert (waiting.entries, waiting.held_since is not None) == (1, True)
        await slow.commit()

    made = await seal(on_postgresql)
    assert made is not None
    assert made.count == 2
    assert sorted(await sealed_ids(on_postgresql)) == await all_ids(on_postgresql)


async def test_what_was_committed_before_the_open_one_began_is_sealed_meanwhile(on_postgresql: Store):
    await write(on_postgresql, "before")
    async with on_postgresql.unit() as slow:
        await note(slow, "open")
        await write(on_postgresql, "after")
        made = await seal(on_postgresql)
        assert made is not None
        assert made.count == 1
        await slow.commit()
    made = await seal(on_postgresql)
    assert made is not None
    assert made.count == 2

    assert sorted(await sealed_ids(on_postgresql)) == await all_ids(on_postgresql)
    assert (await verified(on_postgresql)).found == ()


async def test_forty_that_write_at_once_while_somebody_seals(on_postgresql: Store):
    """Some take long, some give up; whatever was committed is sealed exactly once."""
    dice = random.Random(7)  # noqa: S311 - the same order every time

    async def one(turn: int, pauses: int) -> None:
        async with on_postgresql.unit() as uow:
            await note(uow, f"turn {turn}")
            for _ in range(pauses):
                await uow.session.scalar(sa.select(1))
            if turn % 7:
                await uow.commit()

    async def seal_on() -> None:
        for _ in range(25):
            await seal(on_postgresql)

    at_once = asyncio.Semaphore(10)

    async def in_turn(turn: int) -> None:
        async with at_once:
            await one(turn, dice.randrange(30))

    await asyncio.gather(seal_on(), *(in_turn(turn) for turn in range(40)))
    while await seal(on_postgresql):
        pass

    sealed = await sealed_ids(on_postgresql)
    assert len(sealed) == len(set(sealed)) == 40 - 6
    assert sorted(sealed) == await all_ids(on_postgresql)
    assert (await verified(on_postgresql)).found == ()


@pytest.mark.parametrize("moved_by", [1_000_000, -400])
async def test_a_dump_restored_on_another_server_goes_on_where_it_was(on_postgresql: Store, moved_by: int):
    """There the numbers of transactions are others, higher or lower."""
    await write(on_postgresql, *(f"old {number}" for number in range(5)))
    await seal(on_postgresql)
    await write(on_postgresql, "written, not sealed yet")
    await tamper(
        on_postgresql,
        f"UPDATE audit_entries SET txid = txid + {moved_by}",  # noqa: S608
        f"UPDATE audit_seals SET bound = bound + {moved_by}, cluster = 'the old one'",  # noqa: S608
    )

    await write(on_postgresql, "new")
    while await seal(on_postgresql):
        pass
    await write(on_postgresql, "newer")
    while await seal(on_postgresql):
        pass

    assert sorted(await sealed_ids(on_postgresql)) == await all_ids(on_postgresql)
    assert (await verified(on_postgresql)).found == ()


async def test_more_than_one_seal_holds_go_into_several(store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("intake.actions.audit.seal.AT_ONCE", 3)
    async with store.unit() as uow:  # one transaction, as a migration is
        for number in range(8):
            await uow.ledger.write(AuditEntry(uow.now, None, f"act {number}", "question:1"))
        await uow.commit()
    counts = []
    while made := await seal(store):
        counts.append(made.count)

    assert counts == [3, 3, 2]
    assert sorted(await sealed_ids(store)) == await all_ids(store)
    assert (await verified(store)).found == ()


async def test_the_doctor_says_what_holds_the_sealing_back(on_postgresql: Store, clock: Clock):
    async with on_postgresql.unit() as slow:
        await note(slow, "open")
        await write(on_postgresql, "waits")
        async with on_postgresql.reading() as uow:
            waiting = await uow.audit.waiting(None)
    assert waiting.held_since is not None
    later = max(waiting.held_since, clock.now()).replace(year=2099)

    assert look_at_sealing(waiting, clock.now()).fine
    said = look_at_sealing(waiting, later)

    assert not said.fine
    assert "1 line of it not sealed" in said.sentence
    assert "a transaction on this server, open for" in said.sentence
