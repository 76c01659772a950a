"""Knowing whether something was written in a unit of work, so that what was read before may be out of date."""

from contextlib import suppress

import sqlalchemy as sa

from intake.rules.audit import AuditEntry
from intake.rules.people.person import Grant, Network, PersonId, Role
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.support.village import a_meeting, a_question, build


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


async def test_what_is_known_is_not_asked_again_until_it_may_have_changed(store: Store):
    """Thirty residents who send a question at one moment need the same meetings, units and secretaries."""
    village = await build(store)
    asked: list[str] = []
    sa.event.listen(store.engine.sync_engine, "before_cursor_execute", lambda *about: asked.append(about[2]))

    async with store.unit() as uow:

        async def selects() -> int:
            asked.clear()
            home = await uow.places.home(village.east)
            assert home is not None
            assert home.id == village.commune.id
            await uow.meetings.for_hamlet(village.east)
            await uow.people.holders(Role.SECRETARY, village.commune)
            await uow.accounts.of([village.resident.id])
            return sum(statement.startswith("SELECT") for statement in asked)

        assert await selects() == 4
        assert await selects() == 0
        await uow.ledger.next_number("question", village.commune.id, 2024)
        assert await selects() == 0, "a number is none of that"
        await uow.meetings.add(a_meeting(village), [])
        assert await selects() == 1
        assert len(await uow.meetings.for_hamlet(village.east)) == 1
        await uow.people.give(Grant(village.resident.id, Role.SECRETARY, village.commune.id))
        assert [one.id for one in await uow.people.holders(Role.SECRETARY, village.commune)] == [village.resident.id]
        person = await uow.people.get(village.resident.id)
        assert person is not None
        person.erased_at = uow.now
        assert await uow.people.holders(Role.SECRETARY, village.commune) == [], "changed, and not even written down yet"


async def test_people_who_are_held_are_not_asked_for_again(store: Store):
    village = await build(store)
    asked: list[str] = []
    sa.event.listen(store.engine.sync_engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    async with store.unit() as uow:
        held = await uow.people.get(village.resident.id)
        asked.clear()
        assert await uow.people.many([village.resident.id]) == {village.resident.id: held}
        assert not asked
        assert await uow.people.many([village.resident.id, PersonId(99)]) == {village.resident.id: held}
        assert len(asked) == 1
        assert held is not None
        with suppress(ZeroDivisionError):
            async with uow.savepoint():
                held.name = "Tên khác"
                await uow.flush()
                raise ZeroDivisionError
        again = (await uow.people.many([village.resident.id]))[village.resident.id]
        assert again.name == "Nguyễn Thị Lụa", "what was taken back is read anew"


async def entries(store: Store) -> list[str]:
    async with store.reading() as uow:
        rows = await uow._session.scalars(sa.select(t.audit_entries.c.act).order_by(t.audit_entries.c.id))
        return list(rows)


async def test_the_audit_trail_is_written_with_the_commit_or_not_at_all(store: Store):
    village = await build(store)

    def entry(uow: SqlUnitOfWork, act: str) -> AuditEntry:
        return AuditEntry(uow.now, village.resident.id, act, "question:1")

    async with store.unit() as uow:
        await uow.ledger.write(entry(uow, "lost"))
    async with store.unit() as uow:
        before = uow.writes
        await uow.ledger.write(entry(uow, "first"))
        assert uow.writes.anything != before.anything, "a refusal after it takes it back"
        async with uow.savepoint():
            await uow.ledger.write(entry(uow, "kept"))
        with suppress(ZeroDivisionError):
            async with uow.savepoint():
                await uow.ledger.write(entry(uow, "taken back"))
                raise ZeroDivisionError
        await uow.ledger.write(entry(uow, "last"))
        await uow.commit()

    assert await entries(store) == ["first", "kept", "last"]


async def test_a_question_is_found_by_its_words_in_the_transaction_that_receives_it(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        first = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        second = await uow.questions.add(a_question(village, "VB-2024-0002", uow.now, text="?!", original_text="?!"))
        found, _ = await uow.similar.candidates(second, ["duong", "xom"], hidden_but=None)
        assert [one.key for one in found] == [first.id]
        await uow.commit()
