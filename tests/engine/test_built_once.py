"""What residents do most is asked of the database in statements built once: to build one costs more than to ask it."""

import asyncio
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.inbound import InboundQueue
from handlers.engine.inbound_event import InboundEvent, InboundKind
from handlers.wiring import conversation_table
from intake.rules.meetings.meeting import MeetingState
from intake.rules.people.person import CONSENT_VERSION, Network, Person
from storage.unit_of_work import Store
from tests.support.village import a_meeting, build, meet
from tests.support.world import Clock

TOLD = (
    ("/hoi", ""),
    ("Đường vào xóm 3 hỏng từ tháng 5, khi nào sửa?", ""),
    ("", "send~2"),
    ("/cauhoi", ""),
    ("/dangky", ""),
    ("", "speak~3"),
    ("Rác thải ở chợ", ""),
    ("", "send~5"),
    ("xin chào", ""),
    ("/huy", ""),
)
"""What one resident says, or taps."""
CHATS = ("200", "201", "202")


async def settle(store: Store, clock: Clock) -> None:
    """A meeting to come, and residents who have done with the greetings."""
    village = await build(store)
    async with store.unit() as uow:
        soon = clock.now() + timedelta(days=20)
        await uow.meetings.add(a_meeting(village, state=MeetingState.FIXED, starts_at=soon), [])
        for chat in CHATS:
            person = Person("Mai", village.east.id, created_at=uow.now)
            person.consent_version, person.consent_at = CONSENT_VERSION, uow.now
            (await meet(uow, chat)).person_id = (await uow.people.add(person)).id
        await uow.commit()


async def test_what_residents_do_most_is_asked_in_statements_built_before(store: Store, clock: Clock) -> None:
    await settle(store, clock)
    inbound = InboundQueue(store, conversation_table(), lambda: None)
    asked: list[Any] = []
    sa.event.listen(store.engine.sync_engine, "before_execute", lambda *about: asked.append(about[1]))
    dealing = asyncio.create_task(inbound.run())
    for chat in CHATS:
        until_now = len(asked)
        for number, (text, choice) in enumerate(TOLD):
            kind = InboundKind.CHOICE if choice else InboundKind.TEXT
            event = InboundEvent(Network.WEBCHAT, "plain", chat, str(number), kind, text=text, choice=choice)
            assert await inbound.take(event)
    dealing.cancel()
    known = {id(one) for one in asked[:until_now]}  # they are held, so that no number is given twice
    anew = [str(one) for one in asked[until_now:] if id(one) not in known]
    assert not anew, "\n\n".join(anew)

    async with store.reading() as uow:
        counted = await uow.session.execute(
            sa.text("SELECT (SELECT count(*) FROM questions), (SELECT count(*) FROM registrations)")
        )
        assert counted.one() == (len(CHATS), len(CHATS)), "all of it came about"


async def test_a_relay_looks_again_and_again_by_statements_built_once(store: Store, clock: Clock) -> None:
    asked: list[Any] = []
    sa.event.listen(store.engine.sync_engine, "before_execute", lambda *about: asked.append(about[1]))
    async with store.unit() as uow:
        for _ in range(2):
            assert not await uow.outbox.direct(Network.TELEGRAM, "4242", clock.now(), 1)
            assert not await uow.outbox.recalls(Network.TELEGRAM, "4242", 1)
            assert not await uow.fan_out.running()
    first, again = asked[:3], asked[3:]
    assert [id(one) for one in first] == [id(one) for one in again]
