"""PostgreSQL tells at once of what other processes do; nothing is lost when the connection is."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest
import sqlalchemy as sa

from bot.changes import hear_of_changes
from bot.hall import make_hall_site
from bot.media.attachments import AttachmentStore
from bot.media.links import ChatLinks
from bot.office import make_office
from bot.ops.pooler import look_at_hearing
from bot.sealing import AgeSeals
from bot.webchat.streams import Streams
from intake.actions.meetings.counted_hands import count_up
from intake.actions.meetings.show_of_hands import put_hand_up
from intake.actions.people.leave_computer import leave_computer
from intake.rules.meetings.meeting import Meeting, MeetingState, Registration, RegistrationKind
from intake.rules.meetings.show_of_hands import ShowOfHands
from intake.rules.people.office_session import OfficeSession
from intake.rules.people.person import Account, Network, Person
from intake.rules.questions.news import NewsKind, QuestionNews
from storage import listening
from storage import tables as t
from storage.engine import open_engine
from storage.listening import listen
from storage.telling import ENDED, LINES, MEETINGS, statements_of
from storage.unit_of_work import Store
from tests.support.engines import engine_on
from tests.support.processes import PATIENCE
from tests.support.village import Village, a_meeting, a_question, build
from tests.support.world import Clock, make_store
from web.live import READY, Item, Live
from web.office.news import DeskNews, topic_of
from web.views import NOT_MORE_OFTEN


class Unasked:
    """Lines that nobody finds by looking: only what is told is read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.read = self.looked = 0

    async def since(self, topic: str, last_id: int) -> Sequence[Item]:
        self.read += 1
        async with self._store.reading() as uow:
            return [Item(line.id, str(line.said["text"])) for line in await uow.web.since(int(topic), last_id)]

    async def newest(self, topics: Collection[str]) -> Mapping[str, int]:
        self.looked += 1
        return dict.fromkeys(topics, 0)


@pytest.fixture
async def postgres(postgresql_url: str, clock: Clock) -> AsyncIterator[Store]:
    """What SQLite needs none of: it has one process, which knows what it wrote."""
    async with engine_on(postgresql_url) as engine:
        yield make_store(engine, clock)


@pytest.fixture
async def chat(postgres: Store) -> Account:
    async with postgres.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.WEBCHAT, "web", "mai")
        await uow.commit()
    return account


@pytest.fixture
async def followed(postgres: Store, chat: Account, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator["Followed"]:
    monkeypatch.setattr(listening, "_ASK_AGAIN", 0.05)
    followed = Followed(postgres, chat)
    await followed.hearing.wait()
    yield followed
    await followed.stop()


class Followed:
    """A page that follows the chat in one process, while others write."""

    def __init__(self, store: Store, chat: Account) -> None:
        self._store, self.chat = store, chat
        self.lines = Unasked(store)
        self.live = Live(self.lines, look_again=0.001)
        self.told: list[tuple[int, int]] = []
        self.hearing, self.deaf = asyncio.Event(), asyncio.Event()
        channels = {LINES: self._tell, MEETINGS: self._note}
        self._listening = asyncio.create_task(listen(store.engine, channels, self._hear, _at_once))
        self._news = self.live.follow(str(chat.id), 0)

    def _hear(self, does: bool) -> None:
        self.live.hearing(does=does)
        (self.hearing if does else self.deaf).set()

    def _tell(self, chat: int, line: int) -> None:
        self._note(chat, line)
        self.live.signal(str(chat), line)

    def _note(self, thing: int, newest: int) -> None:
        self.told.append((thing, newest))

    async def is_told(self, *told: tuple[int, int]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not set(told) <= set(self.told):
                await asyncio.sleep(0.01)

    async def told_twice(self) -> list[tuple[int, int]]:
        """Both tidings of two lines; the first may have been late, and have brought the second line along."""
        async with asyncio.timeout(PATIENCE):
            while len(self.told) < 2:
                await asyncio.sleep(0.01)
        return self.told

    async def hears(self) -> str:
        async with asyncio.timeout(PATIENCE):
            async for news in self._news:
                if isinstance(news, Item):
                    return news.text
        raise AssertionError("nothing came")

    async def write(self, text: str, *, own: bool = False) -> None:
        async with self._store.unit() as uow:
            if own:
                await uow.history.add_own(self.chat.id, text, {"from": "me", "text": text})
            else:
                await uow.web.add(self.chat.id, {"from": "bot", "text": text})
            await uow.commit()

    async def stop(self) -> None:
        await self.live.close()
        self._listening.cancel()
        with suppress(asyncio.CancelledError):
            await self._listening


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


async def cut_off(store: Store) -> None:
    """Have the server end every connection that listens."""
    async with store.engine.begin() as connection:
        ended = await connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE query LIKE 'LISTEN %' AND datname = current_database()"
            )
        )
        assert ended.all()


async def test_what_another_process_writes_is_told_at_once_and_nobody_looks_for_it(followed: Followed) -> None:
    await followed.write("từ tiến trình khác")
    assert await followed.hears() == "từ tiến trình khác"
    await followed.write("lời của người dân", own=True)
    assert await followed.hears() == "lời của người dân"
    (chat, first), (_, second) = await followed.told_twice()
    assert (chat, first < second < ENDED) == (followed.chat.id, True)
    read = followed.lines.read
    followed.live.signal(str(chat), second)  # told once more: the page has it
    await asyncio.sleep(0.01)
    assert (followed.lines.read, followed.lines.looked) == (read, 0)


async def test_what_was_written_while_nobody_listened_is_read_after_connecting_again(
    postgres: Store, followed: Followed
) -> None:
    await followed.write("trước")
    assert await followed.hears() == "trước"
    followed.hearing.clear()
    await cut_off(postgres)
    await followed.write("trong lúc mất kết nối")

    assert await followed.hears() == "trong lúc mất kết nối"
    async with asyncio.timeout(PATIENCE):
        await followed.deaf.wait()
        await followed.hearing.wait()


@dataclass
class Elsewhere:
    """The hall and the room of a meeting, open in a process that is told and never looks."""

    pages: Sequence[AsyncGenerator[Item | str, None]]

    async def changes(self) -> None:
        """Both show something else."""
        async with asyncio.timeout(PATIENCE):
            for page in self.pages:
                assert isinstance(await anext(page), Item)


@asynccontextmanager
async def open_elsewhere(postgres: Store, clock: Clock, meeting: Meeting) -> AsyncIterator[Elsewhere]:
    other = make_store(open_engine(postgres.engine.url.render_as_string(hide_password=False)), clock)
    other.seals = AgeSeals(AttachmentStore(Path("nowhere")), Path("nowhere"))
    hall, office = make_hall_site(other, ChatLinks()), make_office(other, ChatLinks(), lambda: None, clock.now)
    both = (hall.views, office.rooms_in_session)
    hearing = asyncio.create_task(hear_of_changes(other.engine, Streams(other), both, office.news))
    pages = (hall.views.live.follow(f"{meeting.id}/man-hinh/vi", 0), both[1].live.follow(str(meeting.id), 0))
    async with asyncio.timeout(PATIENCE):
        for page in pages:
            assert isinstance(await anext(page), Item)
            assert await anext(page) == READY
        while not all(views.live.told for views in both):
            await asyncio.sleep(0.01)
        await asyncio.sleep(NOT_MORE_OFTEN * 2)  # what was missed before it heard is looked at once
    hall.views.newest = both[1].newest = never  # type: ignore[method-assign]
    try:
        yield Elsewhere(pages)
    finally:
        for views in both:
            await views.close()
        hearing.cancel()
        await asyncio.gather(hearing, return_exceptions=True)
        await other.close()


async def in_session(postgres: Store) -> tuple[Village, Meeting]:
    village = await build(postgres)
    async with postgres.unit() as uow:
        meeting = await uow.meetings.add(a_meeting(village, state=MeetingState.OPEN, starts_at=uow.now), [])
        await uow.commit()
    return village, meeting


async def test_halls_and_rooms_open_elsewhere_show_what_one_process_did(postgres: Store, clock: Clock) -> None:
    village, meeting = await in_session(postgres)
    async with open_elsewhere(postgres, clock, meeting) as elsewhere:
        asked = a_question(village, "VB-2026-0001", clock.now(), meeting_id=meeting.id)
        async with postgres.unit() as uow:
            await uow.questions.add(asked)
            await uow.commit()
        await elsewhere.changes()


async def test_hands_go_up_and_are_counted_on_every_wall_at_once(postgres: Store, clock: Clock) -> None:
    village, meeting = await in_session(postgres)
    async with postgres.unit() as uow:
        who = {"meeting_id": meeting.id, "person_id": village.resident.id, "unit_id": village.east.id}
        seat = Registration("ĐK-1", kind=RegistrationKind.ATTEND, content="", registered_at=uow.now, **who)
        await uow.meetings.add_registration(seat)
        await uow.commit()
    hands = ShowOfHands(meeting.id, "Họp buổi nào?", ["Sáng", "Chiều", "Tối"], clock.now())
    async with open_elsewhere(postgres, clock, meeting) as elsewhere:
        async with postgres.unit() as uow:
            await uow.hands.add(hands)
            await uow.commit()
        await elsewhere.changes()
        for answer in (0, 2):
            async with postgres.unit() as uow:
                await put_hand_up(uow, by=village.resident, hands_id=hands.id, answer=answer)
                await uow.commit()
            await elsewhere.changes()
        async with postgres.unit() as uow:
            await uow.hands.forget(village.resident.id)
            await uow.commit()
        await elsewhere.changes()
        async with postgres.unit() as uow:
            await count_up(uow, village.resident, await uow.meetings.get(meeting.id))
            await uow.commit()
        await elsewhere.changes()


async def test_a_desk_open_elsewhere_hears_of_a_new_question(postgres: Store, clock: Clock) -> None:
    """Nobody looks: of the two people whose desks are open, the page of the one for whom it is new says so."""
    village = await build(postgres)
    other = make_store(open_engine(postgres.engine.url.render_as_string(hide_password=False)), clock)
    news = DeskNews(other.reading)
    topics = []
    async with postgres.unit() as uow:
        people = [await uow.people.add(Person(name, created_at=uow.now)) for name in ("Trần Văn Thư", "Lê Văn Chủ")]
        for person in people:
            account, *_ = await uow.accounts.meet(Network.WEBCHAT, "web", person.name)
            opened = OfficeSession(person.name, person.id, account.id, "", uow.now, uow.now)
            await uow.browsers.add_session(opened)
            topics.append(topic_of(person.id, opened.id, 0))
        question = await uow.questions.add(a_question(village, "VB-2026-0001", clock.now()))
        await uow.commit()
    hearing = asyncio.create_task(hear_of_changes(other.engine, Streams(other), (), news))
    pages = [news.live.follow(topic, 0) for topic in topics]
    async with asyncio.timeout(PATIENCE):
        for page in pages:
            assert await anext(page) == READY
        while not news.live.told:
            await asyncio.sleep(0.01)
    told = [asyncio.create_task(anext(page)) for page in pages]
    await asyncio.sleep(NOT_MORE_OFTEN * 2)  # what was missed before it heard is looked at once
    news.newest = never  # type: ignore[method-assign]
    async with postgres.unit() as uow:
        await uow.news.add_many([QuestionNews(people[0].id, question.id, NewsKind.TO_SORT, uow.now)])
        await uow.commit()
    async with asyncio.timeout(PATIENCE):
        item = await told[0]
    assert isinstance(item, Item)
    assert "1 câu hỏi mới" in item.text
    assert not told[1].done()
    told[1].cancel()
    await news.live.close()
    hearing.cancel()
    await asyncio.gather(hearing, told[1], return_exceptions=True)
    await other.close()


async def test_the_migrations_make_the_triggers_of_the_code(postgres: Store) -> None:
    told = sa.text("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%\\_tell'")
    async with postgres.engine.connect() as connection:
        migrated = set((await connection.execute(told)).scalars())
    assert migrated == {name for name in t.metadata.tables if statements_of(name)}


async def never(_topics: Collection[str]) -> Mapping[str, int]:
    raise AssertionError("somebody looked all the same")


async def test_a_chat_that_is_over_and_words_that_are_no_number(postgres: Store, followed: Followed) -> None:
    async with postgres.engine.begin() as connection:
        for words in ("", "x", "-1", "1:2:3", "²"):
            await connection.execute(sa.select(sa.func.pg_notify(LINES, words)))
    async with postgres.unit() as uow:
        met = await uow.accounts.meet(Network.WEBCHAT, "web", "mai")
        await leave_computer(uow, person=None, account=met.account)
        await uow.commit()
    await followed.is_told((followed.chat.id, ENDED))
    assert {one for one, _ in followed.told} == {followed.chat.id}


async def test_who_is_not_answered_knows_that_it_hears_nothing(
    postgres: Store, followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection stands, and nothing comes through: as with a pooler in transaction mode, or a pulled cable."""
    found = await look_at_hearing(postgres.engine)
    assert found is not None
    assert "tells them at once" in found.sentence
    monkeypatch.setattr(listening, "PATIENCE", 0.2)
    monkeypatch.setattr(listening, "HEARD", "doithoai_nobody")  # the word goes where the open connection is not
    async with asyncio.timeout(PATIENCE):
        await followed.deaf.wait()


async def test_while_no_server_takes_writes_it_is_tried_again(postgres: Store) -> None:
    """Of a pair of servers neither does for a moment, when one has stepped down and the other is not raised yet."""
    address = postgres.engine.url.update_query_dict({"target_session_attrs": "read-write"})
    engine = open_engine(address.render_as_string(hide_password=False))
    heard = asyncio.Event()

    async def take_writes(does: str) -> None:
        async with postgres.engine.begin() as connection:
            database = connection.dialect.identifier_preparer.quote(str(address.database))
            await connection.execute(sa.text(f"ALTER DATABASE {database} SET default_transaction_read_only = {does}"))

    async def pause(_seconds: float) -> None:
        await take_writes("off")

    await take_writes("on")
    listening_on = asyncio.create_task(listen(engine, {}, lambda _: heard.set(), pause))
    hearing = asyncio.create_task(heard.wait())
    await asyncio.wait({listening_on, hearing}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    assert hearing.done(), listening_on
    listening_on.cancel()
    await asyncio.gather(listening_on, return_exceptions=True)
    await engine.dispose()


class Stuck:
    """A place where the first look finds no connection free."""

    looked = 0

    async def since(self, _topic: str, last_id: int) -> Sequence[Item]:
        return [Item(5, "đến sau")] if self.looked > 1 and last_id < 5 else []

    async def newest(self, topics: Collection[str]) -> Mapping[str, int]:
        self.looked += 1
        if self.looked == 1:
            raise sa.exc.TimeoutError("no connection is free")
        return dict.fromkeys(topics, 5)


async def test_pages_go_on_looking_after_a_rush_in_which_no_connection_was_free() -> None:
    live = Live(Stuck(), heartbeat=1.0, look_again=0.001)
    news = live.follow("1", 0)
    assert await anext(news) == READY
    assert await anext(news) == Item(5, "đến sau")
    await news.aclose()
    await live.close()


async def test_where_nobody_answers_it_is_tried_again(postgres: Store) -> None:
    nowhere = sa.ext.asyncio.create_async_engine("postgresql+asyncpg://nobody@127.0.0.1:1/nothing")
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 7:
            raise asyncpg.InterfaceError("enough")

    with pytest.raises(asyncpg.InterfaceError, match="enough"):
        await listen(nowhere, {}, lambda _: None, pause)
    found = await look_at_hearing(nowhere)
    await nowhere.dispose()
    assert pauses == [2, 4, 8, 16, 30, 30, 30]
    assert found is not None
    assert "look once a second" in found.sentence
