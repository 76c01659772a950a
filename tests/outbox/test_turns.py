"""How often a message goes to the database server and back until its answer is sent: each turn takes time."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.inbound import InboundQueue
from bot.outbox.relay import OutboxRelay
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.wiring import conversation_table
from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import CONSENT_VERSION, Grant, Network, Person, Role
from storage import tables as t
from storage.engine import open_engine
from storage.unit_of_work import Store
from tests.support.village import a_meeting, build, meet
from tests.support.world import Clock, make_store
from wording.texts import Rendered

MOST_FOR_A_WORD = 6
MOST_FOR_THE_WORDS = 6
"""What is looked at before it is sent, until it is committed."""
MOST_FOR_A_QUESTION = 10
"""The last step of one, until it is committed."""
MOST_FOR_A_REGISTRATION = 17
"""The same."""
ENDS = ("BEGIN", "COMMIT", "ROLLBACK")


class Quiet:
    """A channel that takes everything."""

    network = Network.WEBCHAT
    name = "plain"

    async def send(self, letter_id: int, address: str, rendered: Rendered) -> str:
        del address, rendered
        return f"m{letter_id}"


@pytest.fixture
async def turns() -> list[str]:
    """What the server was asked, a line a turn."""
    return []


@pytest.fixture
async def watched(postgresql_url: str, clock: Clock, turns: list[str]) -> AsyncIterator[Store]:
    """A store on PostgreSQL whose every turn is noted."""
    engine = open_engine(postgresql_url)

    # SQLAlchemy tells of everything but BEGIN and COMMIT, the driver of these and of some others once more
    @sa.event.listens_for(engine.sync_engine, "connect")
    def listen(connection: Any, _record: object) -> None:
        driver = connection.driver_connection
        driver.add_query_logger(lambda said: turns.append(said.query) if said.query.startswith(ENDS) else None)

    @sa.event.listens_for(engine.sync_engine, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        turns.append(statement)

    store = make_store(engine, clock)
    village = await build(store)
    async with store.unit() as uow:
        soon = clock.now() + timedelta(days=20)
        await uow.meetings.add(a_meeting(village, state=MeetingState.FIXED, starts_at=soon), [])
        await uow.commit()
    yield store
    await store.close()


class Talk:
    """The chat of a resident who has agreed, with what deals with its messages."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._relay = OutboxRelay(store, Quiet(), "here", clock.now)
        self._inbound = InboundQueue(store, conversation_table(), lambda: None)
        self._numbers = itertools.count(1)
        self.dealing = asyncio.create_task(self._inbound.run())

    async def says(self, text: str = "", choice: str = "") -> int:
        """Say or tap something. Returns how many letters it made, sent by now."""
        await self.all_say(["100"], text, choice)
        return await self._relay.send_direct()

    async def all_say(self, chats: Sequence[str], text: str = "", choice: str = "") -> None:
        """The same said or tapped in several chats at once."""
        kind, number = InboundKind.CHOICE if choice else InboundKind.TEXT, str(next(self._numbers))
        events = [
            InboundEvent(Network.WEBCHAT, "plain", chat, number, kind, text=text, choice=choice) for chat in chats
        ]
        await asyncio.gather(*map(self._inbound.take, events))


@pytest.fixture
async def talk(watched: Store, clock: Clock) -> AsyncIterator[Talk]:
    async with watched.unit() as uow:
        account = await meet(uow, "100")
        assert account.person_id is not None
        resident = await uow.people.get(account.person_id)
        resident.consent_version, resident.consent_at = CONSENT_VERSION, uow.now
        secretary = await uow.people.add(Person("Cao Văn Thư", None, created_at=uow.now))
        commune = await uow.places.unit_by_code("VB")
        assert commune is not None
        await uow.people.give(Grant(secretary.id, Role.SECRETARY, commune.id, None, uow.now))
        (await meet(uow, "200")).person_id = secretary.id
        await uow.commit()
    talk = Talk(watched, clock)
    await talk.says("/menu")
    await talk.says("/menu")  # by now statements are prepared and the lease is held
    yield talk
    talk.dealing.cancel()


async def test_a_word_and_its_answer_take_six_turns_and_two_commits(talk: Talk, turns: list[str]) -> None:
    turns.clear()
    assert await talk.says("/menu") == 1

    assert len(turns) <= MOST_FOR_A_WORD, "\n".join(turns)
    assert sum(turn.startswith("COMMIT") for turn in turns) <= 1, "the mark is committed by itself"


async def test_looking_at_a_question_takes_six_turns(talk: Talk, turns: list[str]) -> None:
    for _ in range(2):
        await talk.says("/hoi")
        turns.clear()
        assert await talk.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?") == 1

    assert until_committed(turns) <= MOST_FOR_THE_WORDS, "\n".join(turns)


async def test_handing_a_question_in_takes_ten_turns(talk: Talk, turns: list[str]) -> None:
    for asked in (1, 2):
        await talk.says("/hoi")
        await talk.says("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
        turns.clear()
        assert await talk.says(choice=f"send~{2 * asked}") == 2, "the receipt, and the news for the secretary"

    assert until_committed(turns) <= MOST_FOR_A_QUESTION, "\n".join(turns)


async def test_six_who_hand_a_question_in_at_once_take_four_turns_more_than_one(
    watched: Store, talk: Talk, turns: list[str]
) -> None:
    chats = [str(number) for number in range(300, 306)]
    async with watched.unit() as uow:
        hamlet = await uow.places.unit_by_code("VB-dong")
        assert hamlet is not None
        for chat in chats:
            resident = Person(f"Vàng A {chat}", hamlet.id, created_at=uow.now)
            resident.consent_version, resident.consent_at = CONSENT_VERSION, uow.now
            (await meet(uow, chat)).person_id = (await uow.people.add(resident)).id
        await uow.commit()
    for asked in (1, 2):
        await talk.all_say(chats, "/hoi")
        await talk.all_say(chats, "Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?")
        turns.clear()
        await talk.all_say(chats, choice=f"send~{2 * asked}")

    assert until_committed(turns) <= MOST_FOR_A_QUESTION + 4, "\n".join(turns)
    async with watched.reading() as uow:
        kept = await uow.session.execute(
            sa.select(t.accounts.c.address, t.questions.c.reference)
            .join(t.accounts, t.accounts.c.person_id == t.questions.c.asker_id)
            .order_by(t.questions.c.id)
        )
        expected = [(chat, f"VB-2024-{number:04}") for number, chat in enumerate(2 * chats, start=1)]
        assert list(kept) == expected, "each has their own, numbered without a gap in the order of their chats"


async def test_handing_a_registration_in_takes_seventeen_turns(talk: Talk, turns: list[str]) -> None:
    await talk.says("/dangky")
    await talk.says(choice="speak~1")
    await talk.says("Rác thải ở chợ")
    turns.clear()
    assert await talk.says(choice="send~3") == 1

    assert until_committed(turns) <= MOST_FOR_A_REGISTRATION, "\n".join(turns)


def until_committed(turns: list[str]) -> int:
    return [turn.startswith("COMMIT") for turn in turns].index(True) + 1
