"""Knowing whether something was written in a unit of work, so that what was read before may be out of date."""

import sqlalchemy as sa

from intake.rules.person import Grant, Network, Role
from storage import tables as t
from storage.unit_of_work import Store
from tests.support.village import build


async def test_reading_writes_nothing(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        before = uow.writes
        await uow.accounts.meet(Network.WEBCHAT, "plain", "100")
        await uow.people.holders(Role.CHAIR, village.commune)
        assert uow.writes == before


async def test_what_is_changed_and_not_yet_written_down_counts(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        unit = await uow.places.unit(village.west.id)
        before = uow.writes
        unit.households = 81
        changed = uow.writes
        await uow.flush()

        assert before.anything != changed.anything
        assert before.anything != uow.writes.anything
        assert before.people == uow.writes.people, "a hamlet is nobody's chat"


async def test_chats_persons_and_roles_count_as_people(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        await uow.accounts.meet(Network.WEBCHAT, "plain", "100")
        seen = [uow.writes.people]
        await uow.people.give(Grant(village.resident.id, Role.CHAIR, village.commune.id))
        seen.append(uow.writes.people)
        await uow.people.take_roles(village.resident.id)
        seen.append(uow.writes.people)
        (await uow.accounts.meet(Network.WEBCHAT, "plain", "100")).account.wrong_codes = 1
        await uow.flush()
        seen.append(uow.writes.people)
        await uow.accounts.meet(Network.WEBCHAT, "plain", "somebody new")
        seen.append(uow.writes.people)

        assert len(set(seen)) == len(seen), seen


async def test_a_statement_that_cannot_be_read_may_have_written_anything(store: Store):
    await build(store)
    async with store.unit() as uow:
        await uow.accounts.meet(Network.WEBCHAT, "plain", "100")
        before = uow.writes
        await uow._session.execute(sa.text("WITH one AS (SELECT 1) SELECT * FROM one"))
        assert uow.writes.anything != before.anything
        assert uow.writes.people != before.people
        before = uow.writes
        await uow._session.execute(sa.delete(t.letters))
        assert uow.writes.anything != before.anything
        assert uow.writes.people == before.people
