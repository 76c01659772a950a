"""Two processes that hear one chat at the same moment, on PostgreSQL: SQLite has one process, which takes turns."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa

from intake.ports import Met
from intake.rules.people.person import Network, Person
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.support.processes import PATIENCE
from tests.support.village import build, meet

CHAT = (Network.WEBCHAT, "plain", "700")
A_WHILE = 0.3
"""Seconds in which a statement has come to the lock it waits for."""


@pytest.fixture
def database_url(postgresql_url: str) -> str:
    return postgresql_url


@pytest.fixture
async def known(store: Store) -> Store:
    await build(store)
    async with store.unit() as uow:
        await meet(uow, CHAT[-1])
        await uow.commit()
    return store


async def _alone(uow: SqlUnitOfWork, event: str) -> Met:
    return (await uow.accounts.take_in({CHAT: event}))[CHAT]


async def _with_others(uow: SqlUnitOfWork, _event: str) -> Met:
    return await uow.accounts.meet(*CHAT)


async def test_who_gave_a_name_a_moment_ago_is_no_stranger_to_another_process(known: Store, new_store):
    for turn, hears in enumerate((_alone, _with_others)):
        other = new_store()

        async def says_next(
            store: Store, event: str, hears: Callable[[SqlUnitOfWork, str], Awaitable[Met]] = hears
        ) -> Met:
            async with store.unit() as uow:
                return await hears(uow, event)

        async with known.unit() as uow:
            named = (await hears(uow, f"name{turn}")).account
            waiting = asyncio.create_task(says_next(other, f"next{turn}"))
            await asyncio.sleep(A_WHILE)
            person = await uow.people.add(Person(f"Lê Thị Tư {turn}", None, created_at=uow.now))
            named.person_id = person.id
            await uow.commit()
        met = await asyncio.wait_for(waiting, PATIENCE)

        assert met.person is not None, hears.__name__
        assert met.person.id == met.account.person_id == person.id, hears.__name__


async def test_a_message_alone_and_one_among_others_do_not_wait_in_a_circle(known: Store, new_store):
    async def deal(hears: Callable[[SqlUnitOfWork, str], Awaitable[Met]]) -> None:
        async with new_store().unit() as uow:
            await hears(uow, "said")
            await uow.commit()

    async with known.unit() as uow:
        await uow.session.execute(sa.select(t.conversations.c.account_id).with_for_update())
        dealing = []
        for hears in (_with_others, _alone):
            dealing.append(asyncio.create_task(deal(hears)))
            await asyncio.sleep(A_WHILE)
    await asyncio.wait_for(asyncio.gather(*dealing), PATIENCE)
