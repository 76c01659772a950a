"""People who act at the same moment act one after the other; nothing is lost and nothing happens twice."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from handlers.engine.converse import converse
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.wiring import conversation_table
from intake.actions.meetings.demands import ask_for_meeting
from intake.actions.people.deputies import name_deputy
from intake.actions.people.household import add_member, leave_household
from intake.actions.people.own_data import erase
from intake.actions.people.take_back import suspend
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.people.lending import RoleRequest
from intake.rules.people.person import Account, EndedGrant, Grant, Network, Person, Role
from intake.rules.questions.question import Proposal, ProposalKind, Question, QuestionState
from storage import tables as t
from storage.unit_of_work import Store
from tests.support.databases import POSTGRESQL
from tests.support.processes import PATIENCE
from tests.support.village import a_clock, a_meeting, a_question, build, meet


def on_postgresql(store: Store) -> bool:
    return store.engine.dialect.name == POSTGRESQL


async def test_numbers_have_no_gap_under_twenty_who_ask_at_once_and_some_who_leave(store: Store, new_store):
    village = await build(store)
    stores = [store, new_store()]

    async def take(turn: int) -> int | None:
        async with stores[turn % 2].unit() as uow:
            number = await uow.ledger.next_number("question", village.commune.id, 2024)
            await asyncio.sleep(0)
            if turn % 5 == 3:
                return None  # rolled back: the number goes to somebody else
            await uow.commit()
            return number

    taken = await asyncio.gather(*(take(turn) for turn in range(20)))

    assert sorted(number for number in taken if number is not None) == list(range(1, 17))


async def test_each_unit_year_and_series_counts_for_itself(store: Store):
    village = await build(store)
    async with store.unit() as uow:
        numbers = [
            await uow.ledger.next_number("question", village.commune.id, 2024),
            await uow.ledger.next_number("question", village.commune.id, 2025),
            await uow.ledger.next_number("registration", village.commune.id, 2024),
            await uow.ledger.next_number("question", village.province.id, 2024),
            await uow.ledger.next_number("question", village.commune.id, 2024),
            await uow.ledger.next_number("question", village.commune.id, 2024, least=7),
            await uow.ledger.next_number("question", village.commune.id, 2024, least=7),
            await uow.ledger.next_number("document:BC", village.commune.id, 2024, least=7),
        ]
    assert numbers == [1, 1, 1, 1, 2, 7, 8, 7]


async def test_six_hundred_increments_at_once_lose_none(store: Store):
    """The driver's own transactions lose updates silently; ours begin IMMEDIATE."""
    village = await build(store)
    at_once = asyncio.Semaphore(20 if on_postgresql(store) else 600)

    async def add_one() -> None:
        async with at_once, store.unit() as uow:
            unit = (
                await uow.session.execute(
                    sa.select(t.units.c.households).filter_by(id=village.west.id).with_for_update()
                )
            ).scalar_one()
            await uow.session.execute(sa.update(t.units).filter_by(id=village.west.id).values(households=unit + 1))
            await uow.commit()

    await asyncio.gather(*(add_one() for _ in range(600)))

    async with store.reading() as uow:
        assert (await uow.places.unit(village.west.id)).households == 680


async def test_two_processes_on_one_file_lose_nothing_either(store: Store, new_store):
    village = await build(store)

    async def add(one: Store) -> None:
        for _ in range(30):
            async with one.unit() as uow:
                await uow.ledger.next_number("question", village.commune.id, 2024)
                await uow.commit()

    await asyncio.gather(*(add(one) for one in (store, new_store(), new_store())))

    async with store.unit() as uow:
        assert await uow.ledger.next_number("question", village.commune.id, 2024) == 91


async def test_reading_waits_for_no_writer_and_holds_up_none(store: Store, new_store):
    village = await build(store)
    other = new_store()
    async with store.reading() as reader:
        before = await reader.places.unit(village.west.id)
        async with asyncio.timeout(PATIENCE), other.unit() as writer:
            (await writer.places.unit(village.west.id)).households = 81
            async with other.reading() as meanwhile:
                assert (await meanwhile.places.unit(village.west.id)).households == 80
            await writer.commit()
        assert before.households == 80


async def test_two_first_contacts_at_once_make_one_chat(store: Store, new_store):
    await build(store)

    async def greet(one: Store, event: str) -> None:
        async with one.unit() as uow:
            await converse(uow, heard("new", event, text="Xin chào"), conversation_table())
            await asyncio.sleep(0)
            await uow.commit()

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(greet(store, "e1"), greet(new_store(), "e2"), greet(new_store(), "e3"))

    async with store.reading() as uow:
        rows = await uow.session.scalars(sa.select(Account.address))
        assert sorted(rows.all()) == ["100", "new"]
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.conversations)) == 2


async def test_two_taps_of_gui_at_once_send_one_question(store: Store, new_store):
    await build(store)
    table = conversation_table()
    for number, text in enumerate(("/hoi", "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")):
        async with store.unit() as uow:
            await converse(uow, heard("100", f"before{number}", text=text), table)
            await uow.commit()

    async with store.reading() as uow:
        offered = (await uow.session.scalars(sa.select(t.conversations.c.offered))).all()
    send = next(code for taps in offered for code, label in taps if label == "Gửi")

    async def tap(one: Store, event: str) -> None:
        async with one.unit() as uow:
            await converse(uow, heard("100", event, choice=send), table)
            await asyncio.sleep(0)
            await uow.commit()

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(tap(store, "tap1"), tap(new_store(), "tap2"), tap(new_store(), "tap1"))

    async with store.reading() as uow:
        rows = await uow.session.scalars(sa.select(Question.reference))
        assert rows.all() == ["VB-2024-0001"]


def heard(address: str, event: str, *, text: str = "", choice: str = "") -> InboundEvent:
    kind = InboundKind.CHOICE if choice else InboundKind.TEXT
    return InboundEvent(Network.WEBCHAT, "plain", address, event, kind, text=text, choice=choice)


async def test_locking_keeps_what_was_changed_before_in_the_same_deed(store: Store):
    """`populate_existing` reads the row anew: what was changed and not yet written must be written first."""
    village = await build(store)
    async with store.unit() as uow:
        question = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        meeting = await uow.meetings.add(a_meeting(village), [])
        proposal = await uow.questions.propose(
            Proposal(question.id, ProposalKind.ANSWER, "Sẽ sửa", village.resident.id, uow.now)
        )
        await uow.commit()
    async with store.unit() as uow:
        question = await uow.questions.get(question.id)
        meeting = await uow.meetings.get(meeting.id)
        proposals = await uow.questions.proposals(question.id)
        question.state = QuestionState.TAKEN_ON
        assert (await uow.questions.get(question.id, lock=True)).state is QuestionState.TAKEN_ON
        meeting.venue = "Sân trường"
        assert (await uow.meetings.get(meeting.id, lock=True)).venue == "Sân trường"
        proposals[0].note = "Nêu rõ ngày"
        assert (await uow.questions.proposal(proposal.id)).note == "Nêu rõ ngày"
        account, conversation, _, _ = await uow.accounts.meet(Network.WEBCHAT, "plain", "100")
        conversation.step, account.last_heard_at = "ask.text", uow.now
        await uow.accounts.keep([conversation])
        account, conversation, _, _ = await uow.accounts.meet(Network.WEBCHAT, "plain", "100")
        assert (conversation.step, account.last_heard_at) == ("ask.text", uow.now)


@pytest.mark.parametrize("lock", [True, False])
async def test_who_locks_a_question_sees_what_was_decided_while_waiting(store: Store, new_store, lock: bool):
    village = await build(store)
    other = new_store()
    async with store.unit() as uow:
        question = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        await uow.commit()
    if not on_postgresql(store):
        pytest.skip("SQLite has one writer: the second waits before it reads anything")
    async with store.unit() as second:
        before = await second.questions.get(question.id)
        assert before.state is QuestionState.RECEIVED
        async with other.unit() as first:
            (await first.questions.get(question.id, lock=True)).state = QuestionState.TAKEN_ON
            await first.commit()
        seen = (await second.questions.get(question.id, lock=lock)).state
    assert seen is (QuestionState.TAKEN_ON if lock else QuestionState.RECEIVED)


async def test_who_wants_to_lock_what_somebody_holds_waits(store: Store, new_store):
    village = await build(store)
    other = new_store()
    async with store.unit() as uow:
        question = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        await uow.commit()
    order: list[str] = []

    async def second() -> None:
        async with other.unit() as uow:
            await uow.questions.get(question.id, lock=True)
            order.append("second")

    async with store.unit() as uow:
        await uow.questions.get(question.id, lock=True)
        task = asyncio.create_task(second())
        done, _ = await asyncio.wait([task], timeout=0.3)
        assert not done, "the second had to wait"
        order.append("first")
        await uow.commit()
    async with asyncio.timeout(PATIENCE):
        await task
    assert order == ["first", "second"]


async def test_two_sweeps_at_once_never_look_at_the_same_clock(store: Store, new_store):
    village = await build(store)
    other = new_store()
    async with store.unit() as uow:
        question = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now))
        for _ in range(4):
            await uow.clocks.add(a_clock(question, uow.today))
        await uow.commit()
    if not on_postgresql(store):
        pytest.skip("SQLite has one writer")
    async with store.unit() as first, other.unit() as second:
        mine = await first.clocks.awake(first.today, 3)
        theirs = await second.clocks.awake(second.today, 3)
    assert len(mine) == 3
    assert len(theirs) == 1
    assert not {clock.id for clock in mine} & {clock.id for clock in theirs}


async def test_the_same_event_in_two_processes_is_acted_upon_once(store: Store, new_store):
    other = new_store()

    async def record(one: Store) -> bool:
        async with one.unit() as uow:
            first = await uow.inbox.record(Network.TELEGRAM, "bot", "1", "e1")
            await asyncio.sleep(0)
            await uow.commit()
            return first

    assert sorted(await asyncio.gather(record(store), record(other))) == [False, True]


async def test_nothing_unknown_is_found(store: Store):
    await build(store)
    async with store.unit() as uow:
        for look in (
            uow.questions.get(99),
            uow.questions.get(99, lock=True),
            uow.questions.proposal(99),
            uow.meetings.get(99),
            uow.meetings.notice(99),
            uow.places.unit(99),
            uow.places.desk(99),
            uow.places.topic(99),
            uow.plans.get(99),
        ):
            with pytest.raises(NotFound):
                await look
        assert await uow.accounts.get(99) is None
        assert await uow.people.get(99) is None
        assert await uow.places.unit_by_code("XX") is None
        assert await uow.plans.by_code("xx") is None
        assert await uow.people.invitation("xx") is None
        assert await meet(uow, "new") is not None


async def test_one_person_with_two_phones_stops_one_peer_and_not_two_at_once(store: Store, new_store):
    """A stolen phone and its web chat act at the same moment; each looks whether the other has stopped somebody."""
    village = await build(store)
    other = new_store()
    async with store.unit() as uow:
        thief, *peers = [await uow.people.add(Person(name)) for name in ("Kẻ Trộm", "Chủ Một", "Chủ Hai", "Chủ Ba")]
        for one in (thief, *peers):
            await uow.people.give(Grant(one.id, Role.CHAIR, village.commune.id, None, uow.now))
        await uow.commit()

    async def stop(one: Store, peer: Person) -> EndedGrant | RoleRequest:
        async with one.unit() as uow:
            await uow.people.holders(Role.CHAIR, village.commune)  # both have begun before either is done
            [grant] = await uow.people.grants_of(peer.id)
            await asyncio.sleep(0.05)
            done = await suspend(uow, by=thief, grant_id=grant.id, until=uow.today + timedelta(days=3))
            await asyncio.sleep(0.05)
            await uow.commit()
            return done

    async with asyncio.timeout(PATIENCE):
        done = await asyncio.gather(stop(store, peers[0]), stop(other, peers[1]))
    assert sorted(type(one).__name__ for one in done) == ["EndedGrant", "RoleRequest"]


async def test_a_chair_with_two_phones_names_one_deputy_for_the_same_days(store: Store, new_store):
    village = await build(store)
    other = new_store()
    async with store.unit() as uow:
        chair, second, one, two = [await uow.people.add(Person(name)) for name in ("Chủ", "Thư Ký", "Một", "Hai")]
        roles = ((chair, Role.CHAIR, None), (second, Role.SECRETARY, None))
        for person, role, desk in (
            *roles,
            (one, Role.OFFICIAL, village.desk.id),
            (two, Role.OFFICIAL, village.desk.id),
        ):
            await uow.people.give(Grant(person.id, role, village.commune.id, desk, uow.now))
        await uow.commit()

    async def name(where: Store, deputy: Person) -> str:
        async with where.unit() as uow:
            days = {"first_on": uow.today, "last_on": uow.today + timedelta(days=3)}
            try:
                await name_deputy(uow, by=chair, unit_id=village.commune.id, deputy_id=deputy.id, **days)
            except RuleBroken as refusal:
                return refusal.message.key
            await asyncio.sleep(0.05)
            await uow.commit()
            return "named"

    async with asyncio.timeout(PATIENCE):
        done = await asyncio.gather(name(store, one), name(other, two))
    assert sorted(done) == ["deputy.named_already", "named"]


async def test_a_household_that_two_phones_add_to_counts_everybody(store: Store, new_store):
    village = await build(store)
    other = new_store()

    async def add(where: Store, name: str) -> None:
        async with where.unit() as uow:
            owner = await uow.people.get(village.resident.id)
            assert owner is not None
            await asyncio.sleep(0.05)
            await add_member(uow, owner=owner, name=name)
            await uow.commit()

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(add(store, "Trần Thị Bà"), add(other, "Nguyễn Văn Năm"))
    async with store.unit() as uow:
        members = await uow.people.household_of(village.resident.id)
        owner = await uow.people.get(village.resident.id)
        assert owner is not None
        assert (owner.members, len(members)) == (2, 2)
        await leave_household(uow, members[0])
        assert owner.members == 1


async def test_who_asks_for_a_meeting_from_two_phones_asks_once(store: Store, new_store):
    village = await build(store)
    other = new_store()

    async def ask(where: Store) -> str:
        async with where.unit() as uow:
            try:
                await ask_for_meeting(uow, by=village.resident, text="Xin đối thoại về đường liên thôn.")
            except RuleBroken as refusal:
                return refusal.message.key
            await asyncio.sleep(0.05)
            await uow.commit()
            return "asked"

    async with asyncio.timeout(PATIENCE):
        done = await asyncio.gather(ask(store), ask(other))
    assert sorted(done) == ["asked", "refusal.demand_waits"]


async def test_who_is_erased_takes_along_what_is_just_being_said_in_another_chat(store: Store, new_store):
    village = await build(store)
    other = new_store()
    if not on_postgresql(store):
        pytest.skip("SQLite has one writer: the second waits before it reads anything")
    async with store.unit() as uow:
        account = await meet(uow, "200")
        account.person_id = village.resident.id
        await uow.commit()

    async def leave() -> None:
        async with other.unit() as uow:
            await meet(uow, "100")
            person = await uow.people.get(village.resident.id)
            assert person is not None
            await erase(uow, person=person)
            await uow.commit()

    async with store.unit() as uow:
        await meet(uow, "200")
        demand = await ask_for_meeting(uow, by=village.resident, text="Xin đối thoại về đường liên thôn.")
        leaving = asyncio.create_task(leave())
        await asyncio.sleep(0.3)
        await uow.commit()
    async with asyncio.timeout(PATIENCE):
        await leaving
    async with store.reading() as uow:
        left = await uow.demands.get(demand.id)
        assert (left.asked_by, left.text) == (None, "")
        assert await uow.demands.voices(demand.id) == 0


async def test_a_stolen_phone_is_harmless_in_every_process_from_the_next_message_on(store: Store, new_store):
    """Also in one that has heard it a moment ago, and where the message was under way while the role was stopped."""
    village = await build(store)
    elsewhere, table = new_store(), conversation_table()
    async with store.unit() as uow:
        thief = await uow.people.add(Person("Kẻ Trộm", created_at=uow.now))
        (await meet(uow, "700")).person_id = thief.id
        await uow.people.give(Grant(thief.id, Role.CHAIR, village.commune.id, None, uow.now))
        await uow.commit()

    async def hear(event: str) -> str:
        async with elsewhere.unit() as uow:
            await converse(uow, heard("700", event, text="/duyet"), table)
            await uow.commit()
        async with elsewhere.reading() as uow:
            said = sa.select(t.letters.c.content).where(t.letters.c.person_id == thief.id).order_by(t.letters.c.id)
            return str((await uow.session.scalars(said)).all()[-1]["key"])

    assert await hear("before") == "office.approvals_empty"
    under_way = None
    async with store.unit() as uow:
        [grant] = await uow.people.grants_of(thief.id)
        await suspend(uow, by=None, grant_id=grant.id, until=uow.today + timedelta(days=3))
        if on_postgresql(store):
            under_way = asyncio.create_task(hear("meanwhile"))
            await asyncio.sleep(0.2)
        await uow.commit()
    async with asyncio.timeout(PATIENCE):
        assert under_way is None or await under_way == "refusal.not_found"
        assert await hear("after") == "talk.not_your_role"
