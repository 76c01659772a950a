"""A letter that a network refuses: another chat, or the list to tell in person; and the office hears of it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.outbox.relay import OutboxRelay
from intake.actions.outbox.refused import note_refused, refused_replies
from intake.actions.outbox.tell import to_tell_in_person
from intake.actions.people.speaking_for import hand_over
from intake.rules.message import Message, pack_message
from intake.rules.outbox.channel_policy import ChannelPolicy, Window
from intake.rules.outbox.delivery import Rejected
from intake.rules.outbox.letter import Letter, LetterId, LetterState, Priority
from intake.rules.people.person import Account, Grant, Network, Person, Role
from storage import tables as t
from storage.unit_of_work import Store
from tests.outbox.test_relay import Script, reads, row, write
from tests.support.office import open_office
from tests.support.stories import refuse_replies
from tests.support.village import Village, a_letter, a_question, build, meet
from tests.support.world import Clock, World
from wording.refused import refused_line
from wording.texts import shown


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
async def village(store: Store) -> Village:
    return await build(store)


@pytest.fixture
def relay(store: Store, script: Script, clock: Clock) -> OutboxRelay:
    return OutboxRelay(store, script, "here", clock.now)


@pytest.fixture
async def secretary(store: Store, village: Village) -> Person:
    async with store.unit() as uow:
        person = await uow.people.add(Person("Trần Văn Thư", None, created_at=uow.now))
        await uow.people.give(Grant(person.id, Role.SECRETARY, village.commune.id, None, uow.now))
        account = await meet(uow, "secretary")
        account.person_id = person.id
        await uow.commit()
        return person


async def refuses(script: Script, relay: OutboxRelay, *texts: str) -> None:
    script.answers |= {reads(text): [Rejected("defect")] for text in texts}
    while await relay.work_off():
        pass


async def another_chat(store: Store, village: Village, network: Network) -> Account:
    async with store.unit() as uow:
        account, *_ = await uow.accounts.meet(network, "other", "900")
        account.person_id, account.last_heard_at = village.resident.id, uow.now
        await uow.commit()
        return account


def told(script: Script) -> list[str]:
    return [text for address, text in script.sent if address == "secretary"]


async def test_who_has_another_chat_gets_it_there_and_the_secretary_hears_once_a_day(
    store: Store, relay: OutboxRelay, script: Script, village: Village, secretary: Person, clock: Clock
) -> None:
    other = await another_chat(store, village, Network.TELEGRAM)
    first, second = await write(store, "100", "một", "hai")
    await refuses(script, relay, "một", "hai")

    for letter in (first, second):
        kept = await row(store, letter)
        assert (kept.account_id, kept.state) == (other.id, LetterState.WAITING)
    [heard] = told(script)
    assert "Hôm nay mạng nhắn tin đã từ chối tin gửi tới người dân của Vĩnh Bảo" in heard
    clock.move(days=1)
    await write(store, "100", "ba")
    await refuses(script, relay, "ba")
    assert len(told(script)) == 2


async def test_who_has_none_is_told_in_person(
    store: Store, relay: OutboxRelay, script: Script, village: Village, secretary: Person
) -> None:
    """Another chat of the same network is none: what one account refuses, the other does too."""
    await another_chat(store, village, Network.WEBCHAT)
    (letter,) = await write(store, "100", "một")
    (reply,) = await write(store, "100", "hai", priority=Priority.REPLY)
    await refuses(script, relay, "một", "hai")

    assert (await row(store, letter)).state is LetterState.QUARANTINED
    async with store.reading() as uow:
        listed = await to_tell_in_person(uow, secretary, village.commune)
        assert [(one.id, person.id) for one, person in listed] == [(letter.id, village.resident.id)]
    assert (await row(store, reply)).state is LetterState.QUARANTINED, "the reply to a tap is of that moment"


async def test_a_chat_that_may_not_be_written_to_is_no_other_way(village: Village, store: Store, clock: Clock) -> None:
    store.channel_policy = ChannelPolicy(windows={Network.ZALO: Window(timedelta(days=2), timedelta(days=7))})
    other = await another_chat(store, village, Network.ZALO)
    async with store.unit() as uow:
        await uow.session.execute(
            sa.update(t.accounts).where(t.accounts.c.id == other.id).values(last_heard_at=uow.now - timedelta(days=30))
        )
        letter = a_letter(village.account, uow.now, state=LetterState.QUARANTINED, attempts=1)
        await uow.letters.add(letter)
        await uow.session.flush()
        await note_refused(uow, letter.id)
        await uow.commit()
    assert (await row(store, letter)).state is LetterState.QUARANTINED


async def test_what_two_networks_refuse_is_told_in_person(store: Store, village: Village) -> None:
    await another_chat(store, village, Network.TELEGRAM)
    async with store.unit() as uow:
        letter = a_letter(village.account, uow.now, state=LetterState.QUARANTINED, attempts=2)
        await uow.letters.add(letter)
        await uow.session.flush()
        await note_refused(uow, letter.id)
        await uow.commit()
    assert (await row(store, letter)).state is LetterState.QUARANTINED


async def test_whose_office_hears_is_that_of_the_question_or_of_the_persons_home(
    store: Store, village: Village, secretary: Person
) -> None:
    async with store.unit() as uow:
        question = await uow.questions.add(a_question(village, "VB-2026-0001", uow.now))
        stranger = await uow.people.add(Person("Người Xa", None, created_at=uow.now))
        for values in (
            {"person_id": stranger.id, "question_id": question.id},
            {"person_id": stranger.id},
            {"person_id": None},
            {"account_id": None},
        ):
            letter = a_letter(village.account, uow.now, state=LetterState.QUARANTINED, attempts=1, **values)
            await uow.letters.add(letter)
            await uow.session.flush()
            await note_refused(uow, letter.id)
        await note_refused(uow, LetterId(999))
        heard = sa.select(sa.func.count()).where(t.letters.c.person_id == secretary.id)
        assert await uow.session.scalar(heard) == 1


async def test_what_was_refused_goes_with_the_neighbour_to_whoever_speaks_for_them_next(
    store: Store, village: Village, secretary: Person
) -> None:
    async with store.unit() as uow:
        neighbour = await uow.people.add(Person("Bà Sáu", village.east.id, entered_by=village.resident.id))
        refused: Letter = a_letter(
            village.account,
            uow.now,
            person_id=neighbour.id,
            state=LetterState.QUARANTINED,
            content=pack_message(Message("talk.cancelled")),
        )
        await uow.letters.add(refused)
        await uow.session.flush()
        await hand_over(uow, [neighbour], secretary)
        await uow.commit()
    kept = await row(store, refused)
    assert kept.state is LetterState.WAITING
    assert "Bà Sáu" in str(kept.content)


async def test_whoever_writes_and_hears_nothing_is_not_the_only_one_who_knows(
    store: Store, village: Village, secretary: Person
) -> None:
    """A reply that is refused is of its moment, and goes nowhere else: the office hears of it, once a day."""
    async with store.unit() as uow:
        for values in ({}, {"person_id": None}, {"account_id": None}):  # somebody known, somebody new, nobody's chat
            reply = a_letter(
                village.account,
                uow.now,
                state=LetterState.QUARANTINED,
                priority=Priority.REPLY,
                attempts=1,
                **{"person_id": village.resident.id, **values},
            )
            await uow.letters.add(reply)
            await uow.session.flush()
            await note_refused(uow, reply.id)
            assert reply.state is LetterState.QUARANTINED
        await uow.commit()
    async with store.reading() as uow:
        told = await uow.session.scalars(sa.select(t.letters.c.content).where(t.letters.c.person_id == secretary.id))
        assert [one["key"] for one in told] == ["reach.refused_reply"]
        here = await uow.places.unit(village.commune.id)
        [refused] = await refused_replies(uow, [here.id])
        assert (refused.network, refused.count) == (village.account.network, 2), "of no chat at all there is no network"
        [elsewhere] = await refused_replies(uow, [])
        assert elsewhere.count == 1, "who is nobody's yet is everybody's"
    assert "2 tin, gần nhất" in shown("vi", refused_line(refused))


async def test_whoever_is_told_in_person_stands_below_those_who_wrote_and_heard_nothing(plain_world: World) -> None:
    office = await open_office(plain_world)
    head = await plain_world.staff(Role.HAMLET_HEAD, "DL-hang-gon", "Hồ Văn Trưởng")
    await office.mai.says("/menu")
    async with plain_world.store.reading() as uow:
        town = await uow.places.unit_by_code("DL")
        hamlet = await uow.places.unit_by_code("DL-hang-gon")
    assert town is not None
    assert hamlet is not None
    await office.secretary.taps_code(f"unreached.{town.id}")
    assert "không thấy trả lời" not in office.secretary.hears()
    await refuse_replies(plain_world, "Nguyễn Thị Mai")
    await office.secretary.taps_code(f"unreached.{town.id}")
    wrote, told = office.secretary.hears().split("Ai hỏi thì xin trả lời trực tiếp.")
    assert "Người nhắn tới mà không thấy trả lời" in wrote
    assert "1 tin, gần nhất" in wrote
    assert "Nguyễn Thị Mai" not in wrote + told, "a reply is of its moment: it is counted, nobody is named"
    await head.taps_code(f"unreached.{hamlet.id}")
    assert "không thấy trả lời" not in head.hears()
