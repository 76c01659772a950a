"""What a unit of work knows about its own writes: what an attempt wrote, what was read still holds, what can wait."""

from contextlib import suppress
from datetime import timedelta, timezone

import pytest
import sqlalchemy as sa

from intake.rules.audit import AuditEntry
from intake.rules.outbox.letter import Letter, LetterState, NewLetter, Priority
from intake.rules.people.person import Account, Grant, Network, Person, PersonId, Role
from intake.rules.questions.question import Attachment, Question, QuestionId
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.support.stories import take_roles
from tests.support.village import Village, a_meeting, a_question, build


async def test_an_attempt_that_only_reads_has_written_nothing(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        attempt = uow.attempt()
        await uow.accounts.meet(Network.WEBCHAT, "plain", "100")
        await uow.people.holders(Role.CHAIR, village.commune)
        assert not attempt.has_written


async def test_what_an_attempt_changed_counts_before_and_after_it_is_written_down(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        unit = await uow.places.unit(village.west.id)
        attempt = uow.attempt()
        unit.households = 81
        assert attempt.has_written
        await uow.flush()
        assert attempt.has_written
        assert not uow.attempt().has_written, "another attempt begins where this one ended"


HERE = (Network.WEBCHAT, "plain", "100")


async def test_who_was_met_stands_as_met_until_something_about_people_is_written(store: Store):
    village = await build(store)
    async with store.unit() as uow:

        async def meet() -> Account:
            account = (await uow.accounts.meet_all([HERE]))[HERE].account
            assert uow.accounts.stand_as_met()
            return account

        await meet()
        unit = await uow.places.unit(village.west.id)
        unit.households = 81
        await uow.flush()
        assert uow.accounts.stand_as_met(), "a hamlet is nobody's chat"
        await uow.people.give(Grant(village.resident.id, Role.CHAIR, village.commune.id))
        assert not uow.accounts.stand_as_met()
        await meet()
        await take_roles(uow, village.resident.id)
        assert not uow.accounts.stand_as_met()
        account = await meet()
        account.wrong_codes = 1
        assert not uow.accounts.stand_as_met(), "changed, and not even written down yet"
        await uow.flush()
        assert not uow.accounts.stand_as_met()
        await meet()
        await uow.accounts.meet(Network.WEBCHAT, "plain", "somebody new")
        assert not uow.accounts.stand_as_met()


async def test_to_note_who_was_heard_from_leaves_everybody_as_met(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        account = (await uow.accounts.meet_all([HERE]))[HERE].account
        await uow.accounts.note_activity([account])
        assert account.last_heard_at == uow.now
        assert uow.accounts.stand_as_met()
        await uow.people.give(Grant(village.resident.id, Role.CHAIR, village.commune.id))
        await uow.accounts.note_activity([account])
        assert not uow.accounts.stand_as_met(), "nor does it hide what was written before"


async def test_meeting_one_person_again_does_not_make_the_others_fresh(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        await uow.accounts.meet_all([HERE])
        await uow.people.give(Grant(village.resident.id, Role.CHAIR, village.commune.id))
        await uow.accounts.meet(*HERE)
        assert not uow.accounts.stand_as_met()


async def test_a_statement_that_cannot_be_read_may_have_written_anything(store: Store):
    await build(store)
    async with store.unit() as uow:
        await uow.accounts.meet_all([HERE])
        attempt = uow.attempt()
        await uow.session.execute(sa.text("WITH one AS (SELECT 1) SELECT * FROM one"))
        assert attempt.has_written
        assert not uow.accounts.stand_as_met()
        await uow.accounts.meet_all([HERE])
        attempt = uow.attempt()
        await uow.session.execute(sa.delete(t.letters))
        assert attempt.has_written
        assert uow.accounts.stand_as_met()


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
        rows = await uow.session.scalars(sa.select(t.audit_entries.c.act).order_by(t.audit_entries.c.id))
        return list(rows)


async def test_the_audit_trail_is_written_with_the_commit_or_not_at_all(store: Store):
    village = await build(store)

    def entry(uow: SqlUnitOfWork, act: str) -> AuditEntry:
        return AuditEntry(uow.now, village.resident.id, act, "question:1")

    async with store.unit() as uow:
        await uow.ledger.write(entry(uow, "lost"))
    async with store.unit() as uow:
        attempt = uow.attempt()
        await uow.ledger.write(entry(uow, "first"))
        assert attempt.has_written, "a refusal after it takes it back"
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


def letter(uow: SqlUnitOfWork, account: Account, text: str) -> NewLetter:
    return NewLetter(account.id, account.person_id, Priority.PUSH, {"key": text}, uow.now, uow.now)


async def said(uow: SqlUnitOfWork) -> list[str]:
    rows = await uow.session.scalars(sa.select(t.letters.c.content).order_by(t.letters.c.id))
    return [content["key"] for content in rows]


@pytest.fixture
def statements(store: Store) -> list[str]:
    asked: list[str] = []
    sa.event.listen(store.engine.sync_engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    return asked


async def test_letters_wait_until_somebody_asks_for_them(store: Store, statements: list[str]):
    await build(store)
    async with store.unit() as uow:
        account = (await uow.accounts.meet(*HERE)).account
        await uow.letters.add_many([letter(uow, account, "one"), letter(uow, account, "two")])
        statements.clear()
        assert (await uow.accounts.of([PersonId(99)])) == {}
        assert not [one for one in statements if "letters" in one], "nobody asked"
        assert await said(uow) == ["one", "two"]
        await uow.letters.add_many([letter(uow, account, "three")])
        assert (await uow.session.execute(sa.text("SELECT count(*) FROM letters"))).scalar() == 3, "said in plain words"
        await uow.letters.add_many([letter(uow, account, "four")])
        assert await uow.letters.release(account) == 0, "an UPDATE of letters"
        await uow.letters.add_many([letter(uow, account, "five")])
        about = sa.select(t.accounts.c.id).where(sa.exists().where(t.letters.c.content["key"].as_string() == "five"))
        assert await uow.session.scalar(about) == account.id, "they stand deep in what is asked"
        await uow.commit()
    async with store.reading() as uow:
        assert await said(uow) == ["one", "two", "three", "four", "five"]


async def test_what_was_put_off_is_stored_as_what_is_written_at_once(store: Store):
    """Such rows go past the types of their columns on SQLite: texts, moments, enums and JSON have to come out alike."""
    village = await build(store)
    async with store.unit() as uow:
        account = (await uow.accounts.meet(*HERE)).account
        east = uow.now.astimezone(timezone(timedelta(hours=7)))
        plain = letter(uow, account, "Đường hỏng")._replace(not_before=east, question_id=QuestionId(7))
        wordless = plain._replace(content=None, state=LetterState.IN_PERSON, priority=Priority.AWAITED, channel="a:b")
        entry = AuditEntry(uow.now, village.resident.id, "ask_question", "question:7", {"của": ["Mai", 1, None]})
        await uow.letters.add_many([plain, wordless])
        await uow.ledger.write(entry)
        for one in (plain, wordless):
            await uow.session.execute(sa.insert(t.letters).values(one._asdict()))
        values = {name: getattr(entry, name) for name in ("at", "actor_id", "act", "subject", "detail")}
        await uow.session.execute(sa.insert(t.audit_entries).values(values))

        columns = ", ".join(NewLetter._fields)
        letters = sa.text(f"SELECT {columns} FROM letters ORDER BY id")  # noqa: S608 - past the types, or they would agree anyway
        put_off, put_off_wordless, *at_once = (await uow.session.execute(letters)).all()
        assert [put_off, put_off_wordless] == at_once
        entries = sa.text("SELECT at, actor_id, act, subject, detail FROM audit_entries ORDER BY id")
        kept, kept_at_once = (await uow.session.execute(entries)).all()
        assert kept == kept_at_once


async def test_a_letter_said_later_has_the_higher_number_however_it_is_written(store: Store):
    await build(store)
    async with store.unit() as uow:
        account = (await uow.accounts.meet(*HERE)).account
        await uow.letters.add_many([letter(uow, account, "first")])
        await uow.letters.add(Letter(account.id, None, Priority.PUSH, {"key": "second"}, uow.now, uow.now))
        await uow.letters.add_many([letter(uow, account, "third")])
        once = Letter(account.id, None, Priority.PUSH, {"key": "fourth"}, uow.now, uow.now, once="fourth:1")
        assert await uow.letters.add(once)
        await uow.letters.add_many([letter(uow, account, "fifth")])
        await uow.commit()
    async with store.reading() as uow:
        assert await said(uow) == ["first", "second", "third", "fourth", "fifth"]


async def test_what_was_put_off_stands_before_anything_is_deleted(store: Store, statements: list[str]):
    village = await build(store)
    async with store.unit() as uow:
        account = (await uow.accounts.meet(*HERE)).account
        await uow.letters.add_many([letter(uow, account, "one")])
        statements.clear()
        await uow.people.forget_blocks(village.resident.id)
        assert "INTO letters" in statements[0], "rows that refer to what goes are there when it goes"


async def test_a_chat_stands_where_it_was_left_for_whoever_asks_next(store: Store):
    await build(store)
    async with store.unit() as uow:
        met = await uow.accounts.meet(*HERE)
        met.conversation.step, met.conversation.draft = "ask.text", {"text": "Đường hỏng", "files": [[1, None]]}
        await uow.accounts.keep([met.conversation], [letter(uow, met.account, "one"), letter(uow, met.account, "two")])
        met.conversation.step = "unkept"
        again = (await uow.accounts.meet(*HERE)).conversation
        assert (again.step, again.draft) == ("ask.text", {"text": "Đường hỏng", "files": [[1, None]]})
        await uow.commit()
    async with store.reading() as uow:
        assert await said(uow) == ["one", "two"]


async def test_chats_that_came_with_their_owners_are_asked_for_anew_once_they_changed(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        await uow.people.give(Grant(village.resident.id, Role.SECRETARY, village.commune.id))
        await uow.people.holders(Role.SECRETARY, village.commune)
        account = (await uow.accounts.of([village.resident.id]))[village.resident.id]
        account.unreachable_since = uow.now
        assert await uow.accounts.of([village.resident.id]) == {}


async def two_who_speak(uow: SqlUnitOfWork, village: Village) -> Person:
    """Two people whose messages came at the same moment. Returns the other one than the resident."""
    other = await uow.people.add(Person("Lò Văn Bắc", village.west.id, created_at=uow.now))
    (await uow.accounts.meet(*HERE)).account.person_id = village.resident.id
    there = (*HERE[:2], "101")
    (await uow.accounts.meet(*there)).account.person_id = other.id
    await uow.flush()
    await uow.accounts.meet_all([HERE, there])
    return other


async def test_questions_of_one_moment_are_found_by_whoever_looks(store: Store):
    """They are written together; until then nobody is to notice, however they ask."""
    village = await build(store)
    async with store.unit() as uow:
        await two_who_speak(uow, village)

        async def ask(number: int, **more: object) -> Question:
            return await uow.questions.add(a_question(village, f"VB-2024-000{number}", uow.now, **more))

        first = await ask(1)
        assert await uow.questions.get(first.id) is first
        assert await uow.questions.by_reference("VB-2024-0001") is first
        second = await ask(2)
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.questions)) == 2
        third = await ask(3, urgent=False)
        third.urgent = True
        assert (await uow.session.execute(sa.text("SELECT count(*) FROM questions WHERE urgent"))).scalar() == 1
        fourth = await ask(4)
        assert await uow.questions.get(fourth.id, lock=True) is fourth
        fifth = await ask(5)
        await uow.questions.attach(Attachment(fifth.id, "0" * 64, "image/png", 9, ""))
        await uow.commit()
    ids = [one.id for one in (first, second, third, fourth, fifth)]
    assert ids == sorted(set(ids)), "what was asked later has the higher number"
    async with store.reading() as uow:
        of = t.questions.c
        rows = await uow.session.execute(sa.select(of.id, of.reference).order_by(of.id))
        assert list(rows) == [(one, f"VB-2024-000{number}") for number, one in enumerate(ids, start=1)]
        assert len(await uow.questions.attachments(fifth.id)) == 1


async def test_each_of_two_who_speak_at_once_has_sent_what_they_sent(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        other = await two_who_speak(uow, village)
        midnight = uow.now - timedelta(hours=8)

        async def sent(*, for_others: bool = False) -> list[int]:
            both = (village.resident.id, other.id)
            return [await uow.questions.sent_since(one, midnight, for_others=for_others) for one in both]

        assert await sent() == [0, 0]
        for number in (1, 2):
            await uow.questions.add(a_question(village, f"VB-2024-000{number}", uow.now))
            assert await sent() == [number, 0]
        for_them = a_question(village, "VB-2024-0003", uow.now, entered_by=other.id)
        assert await sent(for_others=True) == [0, 0]
        await uow.questions.add(for_them)
        assert (await sent(), await sent(for_others=True)) == ([2, 0], [0, 1])
        with suppress(ZeroDivisionError):
            async with uow.savepoint():
                await uow.questions.add(a_question(village, "VB-2024-0004", uow.now, asker_id=other.id))
                assert await sent() == [2, 1]
                raise ZeroDivisionError
        assert await sent() == [2, 0], "it was taken back"


async def test_a_number_that_was_taken_back_is_given_again(store: Store):
    village = await build(store)

    async def give(uow: SqlUnitOfWork) -> int:
        return await uow.ledger.next_number("question", village.commune.id, 2024)

    async with store.unit() as uow:
        assert [await give(uow), await give(uow)] == [1, 2]
        with suppress(ZeroDivisionError):
            async with uow.savepoint():
                assert [await give(uow), await give(uow)] == [3, 4]
                raise ZeroDivisionError
        async with uow.savepoint():
            assert await give(uow) == 3
        assert await give(uow) == 4
        await uow.commit()
    async with store.unit() as uow:
        assert await give(uow) == 5


async def test_what_was_read_in_what_was_taken_back_is_asked_anew(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        with suppress(ZeroDivisionError):
            async with uow.savepoint():
                await uow.people.give(Grant(village.resident.id, Role.SECRETARY, village.commune.id))
                assert len(await uow.people.holders(Role.SECRETARY, village.commune)) == 1
                raise ZeroDivisionError
        assert await uow.people.holders(Role.SECRETARY, village.commune) == []
