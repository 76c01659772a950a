"""The door: what waits at the same moment is committed together, and each message stands or falls alone."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.inbound import MOST_AT_ONCE, InboundQueue
from handlers.engine.inbound_event import InboundEvent, InboundKind, Media, MediaProblem
from handlers.engine.scene import Scene, Turn
from handlers.engine.table import Table
from handlers.wiring import conversation_table
from intake.rules.errors import RuleBroken
from intake.rules.message import Message, pack_message, unpack_message
from intake.rules.outbox.letter import Letter, NewLetter, Priority
from intake.rules.people.person import Grant, Network, Role
from intake.rules.people.unit import Unit
from storage import tables as t
from storage.unit_of_work import Store
from tests.support.databases import SQLITE
from tests.support.logged import Logged
from tests.support.processes import PATIENCE
from tests.support.village import Village, build


def said(address: str, event: str, text: str = "Xin chào", **more: object) -> InboundEvent:
    return replace(InboundEvent(Network.WEBCHAT, "plain", address, event, InboundKind.TEXT, text=text), **more)  # type: ignore[arg-type]


@asynccontextmanager
async def opened(
    store: Store, table: Table, on_letters: Callable[[], None] = lambda: None
) -> AsyncIterator[InboundQueue]:
    inbound = InboundQueue(store, table, on_letters)
    task = asyncio.create_task(inbound.run())
    try:
        async with asyncio.timeout(PATIENCE):
            yield inbound
    finally:
        task.cancel()
        await asyncio.wait([task])


async def letters(store: Store) -> list[tuple[str, Message]]:
    """What the bot has to say, with the address it is for, oldest first."""
    async with store.reading() as uow:
        rows = await uow.session.execute(
            sa.select(t.accounts.c.address, t.letters.c.content)
            .join(t.accounts, t.accounts.c.id == t.letters.c.account_id)
            .order_by(t.letters.c.id)
        )
        return [(address, unpack_message(content)) for address, content in rows]


def echo_table(*breaks: str, on_hear: Callable[[Scene, InboundEvent], object] | None = None) -> Table:
    """A conversation that repeats what it hears, and breaks at some words."""

    async def repeat(scene: Scene, heard: InboundEvent) -> Turn:
        if heard.text in breaks:
            scene.account.last_heard_at = None
            await scene.uow.letters.add(
                Letter(scene.account.id, None, 0, {}, scene.uow.now, scene.uow.now)  # type: ignore[arg-type]
            )
            raise ZeroDivisionError(f"cannot divide by {heard.text}")
        if on_hear is not None:
            outcome = on_hear(scene, heard)
            if asyncio.iscoroutine(outcome):
                await outcome
        return Turn(say=(Message("tell.relay", {"name": scene.account.address, "text": heard.text}),))

    return replace(conversation_table(), unprompted=repeat)


async def test_messages_that_wait_together_are_committed_together_and_each_acts_once(store: Store):
    commits: list[None] = []
    async with opened(store, echo_table(), lambda: commits.append(None)) as inbound:
        await asyncio.gather(*(inbound.take(said(str(number % 10), f"e{number}")) for number in range(50)))

    assert len(commits) == 1, "one commit for all of them"
    assert len(await letters(store)) == 50


async def test_thirty_words_at_once_cost_as_many_statements_as_one(store: Store):
    asked: list[str] = []
    async with opened(store, conversation_table()) as inbound:
        for number in range(30):
            await inbound.take(said(str(number), "e0", "/start"))
        sa.event.listen(store.engine.sync_engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
        await inbound.take(said("0", "e1", "/menu"))
        alone = len(asked)
        asked.clear()
        await asyncio.gather(*(inbound.take(said(str(number), "e2", "/menu")) for number in range(30)))

    # of one alone PostgreSQL is told five statements as three, of thirty each by itself
    assert len(asked) <= max(alone, 5) + 1, "a savepoint or a look-up for each of them would be seen here"
    assert len(await letters(store)) == 61


async def test_what_the_rules_refuse_is_said_and_costs_the_others_nothing(store: Store):
    heard: list[str] = []

    def refuse(_scene: Scene, said: InboundEvent) -> None:
        heard.append(said.address)
        if said.address == "b":
            raise RuleBroken("refusal.not_found")

    async with opened(store, echo_table(on_hear=refuse)) as inbound:
        await asyncio.gather(*(inbound.take(said(chat, "e1")) for chat in ("a", "b", "c")))

    assert heard == ["a", "b", "c"], "nobody was dealt with twice"
    assert [(address, message.key) for address, message in await letters(store)] == [
        ("a", "tell.relay"),
        ("b", "refusal.not_found"),
        ("c", "tell.relay"),
    ]


@pytest.mark.parametrize("written", [True, False], ids=["written", "changed"])
async def test_what_the_rules_refuse_too_late_is_taken_back(store: Store, written: bool):
    """Whatever was written or changed before the refusal is gone; the others keep theirs."""
    village = await build(store)

    async def rename_and_refuse(scene: Scene, said: InboundEvent) -> None:
        person = await scene.uow.people.get(village.resident.id)
        assert person is not None
        if said.address == "a":
            person.language = "en"
        if said.address == "b":
            person.name = "Tên khác"
            if written:
                await scene.uow.flush()
            raise RuleBroken("refusal.not_found")

    async with opened(store, echo_table(on_hear=rename_and_refuse)) as inbound:
        await asyncio.gather(*(inbound.take(said(chat, "e1")) for chat in ("a", "b", "c")))

    assert [message.key for _, message in await letters(store)] == ["tell.relay", "refusal.not_found", "tell.relay"]
    async with store.reading() as uow:
        person = await uow.people.get(village.resident.id)
        assert person is not None
        assert (person.name, person.language) == ("Nguyễn Thị Lụa", "en")


async def _second_chat(store: Store, village: Village, address: str) -> None:
    async with store.unit() as uow:
        account, *_ = await uow.accounts.meet(Network.WEBCHAT, "plain", address)
        account.person_id = village.resident.id
        await uow.commit()


async def test_what_one_message_changes_about_people_the_next_one_knows(store: Store):
    """Chats that speak at the same moment are met together, so one of them may give another a role, or take it."""
    village = await build(store)
    roles: dict[str, list[Role]] = {}

    async def appoint(scene: Scene, said: InboundEvent) -> None:
        roles[said.address] = [grant.role for grant in scene.grants]
        if said.address == "001":
            await scene.uow.people.give(Grant(village.resident.id, Role.SECRETARY, village.commune.id))

    async with opened(store, echo_table(on_hear=appoint)) as inbound:
        await asyncio.gather(*(inbound.take(said(chat, "e1")) for chat in ("001", "100", "200")))

    assert roles == {"001": [], "100": [Role.SECRETARY], "200": []}
    assert len(await letters(store)) == 3


async def test_what_one_chat_of_a_person_was_told_the_other_chat_finds(store: Store):
    """Who erases everything in one chat while the other one is being answered leaves nothing behind in it."""
    village = await build(store)
    await _second_chat(store, village, "200")

    async def erase(scene: Scene, said: InboundEvent) -> None:
        if said.address == "200":
            await scene.uow.letters.forget(village.resident.id)

    async with opened(store, echo_table(on_hear=erase)) as inbound:
        await asyncio.gather(inbound.take(said("100", "e1")), inbound.take(said("200", "e1")))

    assert [address for address, _ in await letters(store)] == ["200"], "what waited in the first chat was dropped"


async def test_more_than_fit_into_one_commit_wait_for_the_next(store: Store):
    commits: list[None] = []
    async with opened(store, echo_table(), lambda: commits.append(None)) as inbound:
        await asyncio.gather(*(inbound.take(said(str(number), "e1")) for number in range(MOST_AT_ONCE + 1)))

    assert len(commits) == 2
    assert len(await letters(store)) == MOST_AT_ONCE + 1


@pytest.mark.parametrize("breaks", [(), ("m7",)])
async def test_others_have_their_turn_while_many_are_dealt_with(store: Store, breaks: tuple[str, ...]):
    """Nothing waits for SQLite: without this no letter would go out as long as people keep on writing."""
    turns = 0
    heard_at: list[int] = []

    async def do_something_else() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async with opened(store, echo_table(*breaks, on_hear=lambda _scene, _heard: heard_at.append(turns))) as inbound:
        others = asyncio.create_task(do_something_else())
        await asyncio.gather(*(inbound.take(said(str(number), f"e{number}", f"m{number}")) for number in range(20)))
        others.cancel()

    assert len(heard_at) >= 19
    assert all(before < after for before, after in pairwise(heard_at))


async def test_what_one_person_says_is_heard_in_order(store: Store):
    async with opened(store, echo_table()) as inbound:
        await asyncio.gather(
            *(inbound.take(said(chat, f"e{number}", f"lời {number}")) for number in range(8) for chat in ("a", "b"))
        )

    for chat in ("a", "b"):
        heard = [message.params["text"] for address, message in await letters(store) if address == chat]
        assert heard == [f"lời {number}" for number in range(8)]


async def test_the_same_event_twice_in_one_batch_acts_once(store: Store):
    async with opened(store, echo_table()) as inbound:
        await asyncio.gather(*(inbound.take(said("a", "same")) for _ in range(5)))
        await inbound.take(said("a", "same"))

    assert len(await letters(store)) == 1


async def test_the_same_event_id_in_another_chat_is_another_event(store: Store):
    async with opened(store, echo_table()) as inbound:
        await asyncio.gather(inbound.take(said("a", "same")), inbound.take(said("b", "same")))

    assert len(await letters(store)) == 2


async def test_a_defect_takes_nobody_else_along(store: Store, logged: Logged):
    async with opened(store, echo_table("bí mật 0912345678")) as inbound:
        await asyncio.gather(
            inbound.take(said("a", "e1")),
            inbound.take(said("b", "e2", "bí mật 0912345678")),
            inbound.take(said("c", "e3")),
        )
        await inbound.take(said("b", "e2", "bí mật 0912345678"))

    got = await letters(store)
    assert [(address, message.key) for address, message in got] == [
        ("a", "tell.relay"),
        ("b", "talk.sorry"),
        ("c", "tell.relay"),
    ], "what the broken one had begun to write is gone, and its event is remembered"
    log = logged()
    (fallback,) = [line for line in log if line["event"] == "batch_dealt_with_singly"]
    assert (fallback["count"], fallback["error"]) == (3, "ZeroDivisionError"), "the second time the event is known"
    (entry,) = [line for line in log if line["event"] == "message_failed"]
    assert entry["number"] == got[1][1].params["number"], "the number of the apology finds the log line"
    assert "ZeroDivisionError" in entry["exception"]
    assert "test_inbound.py" in entry["exception"], "the log says where"
    assert "bí mật" not in str(log), "what people write is not in the log (CONTRIBUTING.md, Style)"


async def test_the_draft_survives_a_defect(store: Store):
    breaking = echo_table("0")
    async with opened(store, conversation_table()) as inbound:
        await inbound.take(said("a", "e1", "/start"))
    async with store.reading() as uow:
        before = await uow.session.scalar(sa.select(t.conversations.c.step))
    async with opened(store, breaking) as inbound:
        await inbound.take(said("a", "e2", "0"))
    async with store.reading() as uow:
        assert await uow.session.scalar(sa.select(t.conversations.c.step)) == before


async def test_trouble_with_the_database_is_told_to_who_brought_the_message(store: Store):
    trouble = OperationalError("SELECT 1", {}, Exception("the disk is full"))

    def fail(_scene: Scene, heard: InboundEvent) -> None:
        if heard.text == "full":
            raise trouble

    commits: list[None] = []
    async with opened(store, echo_table(on_hear=fail), lambda: commits.append(None)) as inbound:
        outcomes = await asyncio.gather(
            inbound.take(said("a", "e1")), inbound.take(said("b", "e2", "full")), return_exceptions=True
        )
        assert outcomes == [trouble, trouble], "nothing of the batch was stored, so all of it is brought again"
        assert await letters(store) == []
        assert commits == []
        await inbound.take(said("a", "e1"))  # brought again: it is no duplicate

    assert [address for address, _ in await letters(store)] == ["a"]


async def test_who_was_waited_for_in_a_circle_is_dealt_with_again(store: Store, new_store: Callable[[], Store]):
    """One process writes down a question and then a registration, another one the other way round."""
    if store.engine.dialect.name == SQLITE:
        pytest.skip("one writer at a time waits for nobody")
    village = await build(store)
    east_is_held, west_is_held, tries = asyncio.Event(), asyncio.Event(), 0

    async def lock(uow: Any, unit: Unit) -> None:
        await uow.session.execute(sa.select(t.units.c.id).where(t.units.c.id == unit.id).with_for_update())

    async def the_other_way_round() -> None:
        async with new_store().unit() as uow:
            await uow.session.execute(sa.text("SET LOCAL deadlock_timeout = '1h'"))  # it is not the one to give way
            await lock(uow, village.east)
            east_is_held.set()
            await west_is_held.wait()
            await lock(uow, village.west)

    other = asyncio.create_task(the_other_way_round())

    async def one_way(scene: Scene, _heard: InboundEvent) -> None:
        nonlocal tries
        tries += 1
        await lock(scene.uow, village.west)
        west_is_held.set()
        await east_is_held.wait()
        await lock(scene.uow, village.east)

    async with opened(store, echo_table(on_hear=one_way)) as inbound:
        assert await inbound.take(said("a", "e1"))
        await other

    assert tries == 2
    assert len(await letters(store)) == 1, "and it was heard once"


async def test_a_database_that_is_gone_closes_no_door(store: Store):
    async with opened(store, echo_table()) as inbound:
        async with store.engine.begin() as connection:
            await connection.run_sync(t.inbox.drop)
        with pytest.raises(DBAPIError):
            await inbound.take(said("a", "e1"))
        async with store.engine.begin() as connection:
            await connection.run_sync(t.inbox.create)
        await inbound.take(said("a", "e1"))

    assert len(await letters(store)) == 1


async def test_what_the_database_refuses_to_keep_is_our_defect_and_does_not_come_for_ever(store: Store):
    """A message that fails for what it says would fail every time: it is apologised for, not brought again."""

    async def write_twice(scene: Scene, heard: InboundEvent) -> None:
        if heard.text == "twice":
            row = {"name": "sweep", "beat_at": scene.uow.now}
            await scene.uow.session.execute(sa.insert(t.heartbeats), [row])  # type: ignore[attr-defined]
            await scene.uow.session.execute(sa.insert(t.heartbeats), [row])  # type: ignore[attr-defined]

    async with opened(store, echo_table(on_hear=write_twice)) as inbound:
        await asyncio.gather(inbound.take(said("a", "e1", "twice")), inbound.take(said("b", "e2")))

    assert [(address, message.key) for address, message in await letters(store)] == [
        ("a", "talk.sorry"),
        ("b", "tell.relay"),
    ]


@pytest.mark.parametrize("text", ["a\x00b", "nửa \ud83d cặp", "9" * 500])
async def test_no_text_stops_the_queue(store: Store, text: str):
    """PostgreSQL keeps no NUL and no half of a surrogate pair, and no name of 500 letters."""

    async def write(scene: Scene, heard: InboundEvent) -> None:
        await scene.uow.session.execute(  # type: ignore[attr-defined]
            sa.insert(t.units).values(code=heard.text, name="Thôn", level="hamlet", path="/")
        )

    async with opened(store, echo_table(on_hear=write)) as inbound:
        await inbound.take(said("a", "e1", text))
        await inbound.take(said("a", "e2", "sau"))

    keys = [message.key for _, message in await letters(store)]
    assert len(keys) == 2
    assert keys[1] == "tell.relay"


async def test_whatever_comes_in_is_clean_behind_the_door(store: Store):
    """Words, codes, numbers and names of files, of every kind of message and whichever network brought it."""
    heard: list[InboundEvent] = []
    dirty, clean = "e\u0323\u0302\x00\u202e\ud83d\r\n", "ệ\n"
    async with opened(store, echo_table(on_hear=lambda _scene, one: heard.append(one))) as inbound:
        for number, kind in enumerate(set(InboundKind) - {InboundKind.CHOICE}):
            media = (Media("0" * 64, "image/jpeg", 1, dirty), Media(problem=MediaProblem.LOST))
            await inbound.take(said("a", f"e{number}", dirty, kind=kind, choice=dirty, phone=dirty, media=media))

    assert len(heard) == len(InboundKind) - 1
    for one in heard:
        assert (one.text, one.choice, one.phone) == (clean, clean, clean)
        assert [media.name for media in one.media] == [clean, ""]
        assert one.media[1].problem is MediaProblem.LOST


async def test_nobody_waits_at_a_closed_door(store: Store):
    entered = asyncio.Event()

    async def hang(_scene: Scene, _heard: InboundEvent) -> None:
        entered.set()
        await asyncio.Event().wait()

    inbound = InboundQueue(store, echo_table(on_hear=hang), lambda: None)
    task = asyncio.create_task(inbound.run())
    waiting = asyncio.create_task(inbound.take(said("a", "e1")))
    async with asyncio.timeout(PATIENCE):
        await entered.wait()
        task.cancel()
        await asyncio.wait([task, waiting])

    assert waiting.cancelled()
    assert await letters(store) == []


async def test_who_stops_waiting_takes_nothing_back(store: Store):
    async with opened(store, echo_table()) as inbound:
        impatient = asyncio.create_task(inbound.take(said("a", "e1")))
        await asyncio.sleep(0)
        impatient.cancel()
        await inbound.take(said("b", "e2"))

    assert sorted(address for address, _ in await letters(store)) == ["a", "b"]


async def test_what_was_handed_in_is_dealt_with_before_the_door_is_done(store: Store):
    """When the process stops, calls that came before still get their answers; what failed is done with, too."""
    async with opened(store, conversation_table()) as inbound:
        waiting = [asyncio.create_task(inbound.take(said(str(number), "e1"))) for number in range(MOST_AT_ONCE + 3)]
        await asyncio.sleep(0)
        await inbound.finish()
        assert len(await letters(store)) >= len(waiting)
        await asyncio.gather(*waiting)

        async with store.engine.begin() as connection:
            await connection.execute(sa.text("ALTER TABLE inbox RENAME TO elsewhere"))
        lost = asyncio.create_task(inbound.take(said("1", "e2")))
        await asyncio.sleep(0)
        await inbound.finish()
        with pytest.raises(DBAPIError):
            await lost


class Workshop:
    """Makes something for those who say "làm …", when it is let: what it is asked to make is noted."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.open = asyncio.Event()
        self.trouble: Exception | None = None

    async def make(self, what: str) -> str:
        self.asked.append(what)
        await self.open.wait()
        if self.trouble is not None:
            raise self.trouble
        return f"{what} xong"

    async def hear(self, scene: Scene, heard: InboundEvent) -> None:
        if heard.text.startswith("làm"):
            begun = pack_message(Message("tell.relay", {"name": "x", "text": "bắt đầu"}))
            await scene.uow.letters.add(
                NewLetter(scene.account.id, None, Priority.REPLY, begun, scene.uow.now, scene.uow.now)
            )
            made = await scene.uow.beforehand(heard.text, lambda: self.make(heard.text))
            assert made == f"{heard.text} xong"

    async def is_asked(self, times: int) -> None:
        while len(self.asked) < times:
            await asyncio.sleep(0)


async def test_what_takes_long_is_waited_for_by_its_chat_alone_and_in_order(store: Store):
    """Others have their answers meanwhile, and the database is free for whoever writes."""
    shop, fallbacks = Workshop(), list[None]()
    async with opened(store, echo_table(on_hear=shop.hear)) as inbound:
        inbound._on_fallback = lambda: fallbacks.append(None)  # noqa: SLF001 - what the metrics are told
        makes = [
            asyncio.create_task(inbound.take(said("a", f"e{number}", text)))
            for number, text in enumerate(("trước", "làm áp phích", "sau"))
        ]
        await shop.is_asked(1)
        later = asyncio.create_task(inbound.take(said("a", "e9", "sau nữa")))
        await inbound.take(said("b", "e1", "tôi"))
        async with store.unit() as uow:
            await uow.commit()
        assert [task.done() for task in (*makes, later)] == [True, False, False, False]
        shop.open.set()
        assert all(await asyncio.gather(*makes, later))
        await inbound.finish()

    told = [(address, message.params.get("text")) for address, message in await letters(store) if message.params]
    assert told == [
        ("a", "trước"),
        ("b", "tôi"),
        ("a", "bắt đầu"),
        ("a", "làm áp phích"),
        ("a", "sau"),
        ("a", "sau nữa"),
    ]
    assert shop.asked == ["làm áp phích"], "made once, and what the try that was broken off had written is not kept"
    assert fallbacks == []


async def test_two_chats_have_something_made_at_once_while_a_third_meets_a_defect(store: Store):
    shop = Workshop()
    async with opened(store, echo_table("hỏng", on_hear=shop.hear)) as inbound:
        waiting = [
            asyncio.create_task(inbound.take(said(chat, "e1", text)))
            for chat, text in (("a", "làm bản sao"), ("b", "hỏng"), ("c", "làm kế hoạch"))
        ]
        await shop.is_asked(2)
        shop.open.set()
        assert all(await asyncio.gather(*waiting))

    told = [message.params.get("text") for _, message in await letters(store)]
    assert "làm bản sao" in told
    assert "làm kế hoạch" in told


@pytest.mark.parametrize("trouble", [RuleBroken("refusal.not_found"), ZeroDivisionError("x"), OSError("full")])
async def test_what_cannot_be_made_is_told_like_any_other_trouble(store: Store, trouble: Exception):
    shop = Workshop()
    shop.trouble = trouble
    shop.open.set()
    async with opened(store, echo_table(on_hear=shop.hear)) as inbound:
        waiting = asyncio.create_task(inbound.take(said("a", "e1", "làm áp phích")))
        if isinstance(trouble, OSError):
            with pytest.raises(OSError, match="full"):
                await waiting
        else:
            assert await waiting
        assert await inbound.take(said("a", "e2", "còn đây"))

    said_last = [message for _, message in await letters(store)]
    assert ("talk.sorry" in [one.key for one in said_last]) == isinstance(trouble, ZeroDivisionError)
    assert ("refusal.not_found" in [one.key for one in said_last]) == isinstance(trouble, RuleBroken)
    assert said_last[-1].params["text"] == "còn đây"


async def test_a_closed_door_waits_for_nothing_that_is_being_made(store: Store):
    shop = Workshop()
    inbound = InboundQueue(store, echo_table(on_hear=shop.hear), lambda: None)
    task = asyncio.create_task(inbound.run())
    waiting = [asyncio.create_task(inbound.take(said("a", f"e{number}", "làm áp phích"))) for number in range(2)]
    async with asyncio.timeout(PATIENCE):
        await shop.is_asked(1)
        task.cancel()
        await asyncio.wait([task, *waiting])

    assert all(one.cancelled() for one in waiting)
    assert await letters(store) == []
