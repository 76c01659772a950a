"""Letters that wait for somebody's return: whoever is faster, the person or the sender, none stays behind."""

import asyncio
from datetime import timedelta

import pytest
import sqlalchemy as sa

from handlers.engine.converse import converse
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.wiring import conversation_table
from intake.actions.outbox.paid_messages import count_paid_messages, paying_unit
from intake.actions.outbox.reroute import reroute
from intake.actions.outbox.tell import to_tell_in_person
from intake.actions.people.link_accounts import ask_for_code, claim_link, find_link, owner_of, unlink
from intake.actions.people.note_activity import note_activity
from intake.rules.errors import NotFound
from intake.rules.message import Message, pack_message
from intake.rules.outbox.channel_policy import Way
from intake.rules.outbox.letter import LetterState, Priority
from intake.rules.people.account_link import AccountLink
from intake.rules.people.person import AccountId, Grant, Network, Person, PersonId, Role
from storage import tables as t
from storage.unit_of_work import SqlUnitOfWork, Store
from tests.support.processes import PATIENCE
from tests.support.village import Village, a_letter, build, meet


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


async def says_hello(store: Store, event: str = "e1") -> None:
    async with store.unit() as uow:
        heard = InboundEvent(Network.WEBCHAT, "plain", "100", event, InboundKind.TEXT, text="menu")
        await converse(uow, heard, conversation_table())
        await uow.commit()


async def states(uow: SqlUnitOfWork) -> list[LetterState]:
    rows = await uow.session.scalars(
        sa.select(t.letters.c.state).where(t.letters.c.priority != Priority.REPLY).order_by(t.letters.c.id)
    )
    return list(rows)


async def on_its_way(store: Store, village: Village, count: int = 2) -> None:
    async with store.unit() as uow:
        for number in range(count):
            content = pack_message(Message("notice.text", {"text": str(number)}))
            await uow.letters.add(a_letter(village.account, uow.now, content=content))
        await uow.commit()


async def test_who_comes_back_while_letters_are_put_aside_gets_them(store: Store, new_store, village: Village):
    """The person's message waits until they are put aside, and then finds them."""
    await on_its_way(store, village)
    other = new_store()
    async with store.unit() as uow:
        await reroute(uow, village.account.id, heard_at=None, gone=False)
        task = asyncio.create_task(says_hello(other))
        done, _ = await asyncio.wait([task], timeout=0.3)
        assert not done, "the person's message had to wait"
        await uow.commit()
    async with asyncio.timeout(PATIENCE):
        await task

    async with store.reading() as uow:
        assert await states(uow) == [LetterState.WAITING] * 2
        first, second, *_ = await uow.outbox.direct(Network.WEBCHAT, "plain", uow.now, 9)
        assert [one.content["params"] for one in (first, second)] == [{"text": "0"}, {"text": "1"}], "in order, first"


async def test_letters_are_not_put_aside_for_somebody_who_has_just_come_back(
    store: Store, new_store, village: Village, clock
):
    """The sender waits until the person's message is dealt with, and then leaves the letters on their way."""
    await on_its_way(store, village)
    clock.move(seconds=1)

    async def put_aside(other: Store) -> None:
        async with other.unit() as uow:
            await reroute(uow, village.account.id, heard_at=None, gone=True)
            await uow.commit()

    async with store.unit() as uow:
        account = await meet(uow, "100")
        await note_activity(uow, [account])
        await uow.session.flush()
        task = asyncio.create_task(put_aside(new_store()))
        done, _ = await asyncio.wait([task], timeout=0.3)
        assert not done, "the sender had to wait"
        await uow.commit()
    async with asyncio.timeout(PATIENCE):
        await task

    async with store.reading() as uow:
        assert await states(uow) == [LetterState.WAITING] * 2
        found = await uow.accounts.get(village.account.id)
        assert found is not None
        assert found.unreachable_since is None


async def test_only_the_persons_own_letters_are_released_and_none_that_was_sent(store: Store, village: Village):
    async with store.unit() as uow:
        stranger = await meet(uow, "200")
        second = await meet(uow, "300")
        second.person_id = village.resident.id
        kinds = [
            (village.account, LetterState.SENT),
            (village.account, LetterState.QUARANTINED),
            (village.account, LetterState.ON_RETURN),
            (stranger, LetterState.ON_RETURN),
            (second, LetterState.UNREACHABLE),
        ]
        for account, state in kinds:
            await uow.letters.add(a_letter(account, uow.now, state=state, attempts=3))
        await uow.letters.add(a_letter(village.account, uow.now, account_id=None, state=LetterState.IN_PERSON))
        mine = await meet(uow, "100")
        mine.awaited_since = uow.now - timedelta(days=9)

        assert await note_activity(uow, [mine]) == 3
        rows = (await uow.session.execute(sa.select(t.letters).order_by(t.letters.c.id))).all()
        assert [row.state for row in rows] == [
            LetterState.SENT,
            LetterState.QUARANTINED,
            LetterState.WAITING,
            LetterState.ON_RETURN,
            LetterState.WAITING,
            LetterState.WAITING,
        ]
        released = [row for row in rows if row.state is LetterState.WAITING]
        assert {(row.account_id, row.priority, row.attempts) for row in released} == {
            (village.account.id, Priority.AWAITED, 0)
        }
        assert await note_activity(uow, [stranger]) == 0, "nobody waits for whom nothing waits"


async def test_a_second_chat_is_told_apart_from_one_of_somebody_else(store: Store, village: Village):
    async with store.unit() as uow:
        second = await meet(uow, "300")
        second.person_id = village.resident.id
        await meet(uow, "200")
        await uow.session.flush()
        assert [one.address for one in await uow.accounts.beside(second.id)] == ["300", "100"]
        stranger = await meet(uow, "200")
        assert [one.address for one in await uow.accounts.beside(stranger.id)] == ["200"]


async def test_messages_are_counted_by_unit_and_month_whoever_counts(store: Store, new_store, village: Village):
    async def count(one: Store, way: Way) -> None:
        async with one.unit() as uow:
            await count_paid_messages(uow, village.resident.id, way)
            await asyncio.sleep(0)
            await uow.commit()

    stores = [store, new_store()]
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(count(stores[n % 2], Way.BILLED if n % 3 else Way.TEMPLATE) for n in range(12)))

    async with store.reading() as uow:
        month = uow.today.replace(day=1)
        assert await uow.ledger.messages(village.commune.id, month) == 12
        assert await uow.ledger.messages(village.province.id, month) == 0
        assert await uow.ledger.messages(village.commune.id, month.replace(year=2023)) == 0


async def test_who_belongs_nowhere_costs_nobody_anything(store: Store, village: Village):
    async with store.unit() as uow:
        nowhere = await uow.people.add(Person("Khách"))
        at_the_top = await uow.people.add(Person("Người của tỉnh", village.province.id))
        assert await paying_unit(uow, nowhere) is None
        assert await paying_unit(uow, at_the_top) is None
        await count_paid_messages(uow, nowhere.id, Way.BILLED)
        assert await uow.session.scalar(sa.select(sa.func.count()).select_from(t.message_counts)) == 0
        paying = await paying_unit(uow, village.resident)
        assert paying is not None
        assert paying.code == "VB"


async def test_one_code_typed_in_two_chats_at_once_is_claimed_by_one(store: Store, new_store, village: Village):
    async with store.unit() as uow:
        code = await ask_for_code(uow, person=village.resident, account=village.account)
        for address in ("200", "300"):
            await meet(uow, address)
        await uow.commit()

    async def claim(one: Store, address: str) -> bool:
        async with one.unit() as uow:
            account = await meet(uow, address)
            link = await find_link(uow, account, code)
            claimed = link is not None and await claim_link(uow, link_id=link.id, account=account) is not None
            await asyncio.sleep(0)
            await uow.commit()
            return claimed

    async with asyncio.timeout(PATIENCE):
        assert sorted(await asyncio.gather(claim(store, "200"), claim(new_store(), "300"))) == [False, True]


async def test_what_somebody_owns_keeps_them_from_being_merged(store: Store, village: Village):
    async with store.unit() as uow:
        assert not await uow.links.has_own(village.resident.id)
        neighbour = Person("Cụ Năm", village.east.id, entered_by=village.resident.id)
        await uow.people.add(neighbour)
        assert await uow.links.has_own(village.resident.id)
        assert not await uow.links.has_own(neighbour.id)


async def test_letters_change_over_with_a_chat_that_is_handed_over(store: Store, village: Village):
    async with store.unit() as uow:
        owner = await uow.people.add(Person("Mai", village.east.id))
        letter = a_letter(village.account, uow.now)
        await uow.letters.add(letter)
        await uow.links.hand_over(village.resident.id, owner.id)
        found = await uow.session.scalar(sa.select(t.letters.c.person_id))
        assert found == owner.id
        assert await uow.session.scalar(sa.select(t.accounts.c.person_id)) == owner.id


async def test_whoever_may_not_is_told_nothing(store: Store, village: Village):
    async with store.unit() as uow:
        stranger = await uow.people.add(Person("Kẻ Lạ", village.east.id))
        with pytest.raises(NotFound):
            await unlink(uow, person=stranger, account_id=village.account.id)
        with pytest.raises(NotFound):
            await to_tell_in_person(uow, stranger, village.east)
        for heads in (village.west.id, village.commune.id):  # another hamlet, or the commune itself
            await uow.people.give(Grant(stranger.id, Role.HAMLET_HEAD, heads))
        with pytest.raises(NotFound):
            await to_tell_in_person(uow, stranger, village.east)


@pytest.mark.parametrize(("person", "account"), [(99, 1), (1, 99)])
async def test_a_link_of_nobody_leads_nowhere(store: Store, village: Village, person: int, account: int):
    async with store.unit() as uow:
        link = AccountLink("digest", PersonId(person), AccountId(account), uow.now, uow.now)
        with pytest.raises(NotFound):
            await owner_of(uow, link)
