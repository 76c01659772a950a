"""What is entered about the calendar, on both databases: seen by every process at once, never by halves."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.util import await_only

from intake.actions.deadlines.calendar_upkeep import settle_clocks
from intake.actions.deadlines.change_calendar import change_calendar
from intake.rules.deadlines.calendar import ConfirmedYear, DayStatus, Override
from intake.rules.deadlines.clock import ClockKind, due
from intake.rules.deadlines.clock_settings import rule_for
from intake.rules.deadlines.deadline import Clock, ClockId, ClockState, Recomputation
from intake.rules.deadlines.due_packing import pack_due
from intake.rules.deadlines.reminders import NEVER
from intake.rules.people.unit import UnitId
from intake.rules.questions.question import QuestionState
from storage.unit_of_work import Store
from tests.support.databases import POSTGRESQL
from tests.support.village import a_clock, a_question, build
from tests.support.world import Clock as WorldClock
from tests.support.world import working_days

STORM = date(2024, 9, 9)


def on_postgresql(store: Store) -> bool:
    return store.engine.dialect.name == POSTGRESQL


def day_off(on: date, reason: str = "Nghỉ bão", *, confirmed: bool = True) -> Override:
    return Override(on, day_off=True, reason=reason, source="Công điện 5", confirmed=confirmed)


async def enter(store: Store, *overrides: Override, keep: bool = True) -> None:
    async with store.unit() as uow:
        entered = [
            Override(one.on, one.day_off, one.reason, one.source, one.confirmed, "Thu", uow.now) for one in overrides
        ]
        await uow.overrides.put(entered)
        await uow.overrides.changed()
        if keep:
            await uow.commit()


async def is_worked(store: Store, clock: WorldClock, on: date) -> bool:
    """What any process knows a second later."""
    clock.move(seconds=1)
    async with store.reading() as uow:
        return uow.calendar.is_working_day(on)


async def test_another_process_sees_a_changed_day_a_second_later(
    store: Store, new_store: Callable[[], Store], clock: WorldClock
) -> None:
    running = new_store()
    assert await is_worked(running, clock, STORM)

    await enter(store, day_off(STORM))
    async with running.reading() as uow:
        assert uow.calendar.is_working_day(STORM), "within the second it is not asked for again"
    assert not await is_worked(running, clock, STORM)
    async with running.unit() as uow:
        assert uow.calendar.name_of(STORM) == "Nghỉ bão"

    async with store.unit() as uow:
        await uow.overrides.take_back(STORM)
        await uow.overrides.changed()
        await uow.commit()
    assert await is_worked(running, clock, STORM)


async def test_the_process_that_changes_a_day_sees_it_at_once(store: Store) -> None:
    async with store.reading() as uow:
        assert uow.calendar.is_working_day(STORM)
    await enter(store, day_off(STORM))
    async with store.reading() as uow:
        assert not uow.calendar.is_working_day(STORM)
    async with store.unit() as uow:
        await uow.overrides.take_back(STORM)
        await uow.overrides.changed()
        async with uow.savepoint():
            pass
        await uow.commit()
    async with store.reading() as uow:
        assert uow.calendar.is_working_day(STORM)


async def test_a_look_that_was_under_way_when_a_change_was_committed_is_not_believed_for_long(store: Store) -> None:
    looked, committed = asyncio.Event(), asyncio.Event()

    def wait_for_the_change(*about: str) -> None:
        if "calendar_state" in about[2] and not looked.is_set():
            looked.set()
            await_only(committed.wait())

    sa.event.listen(store.engine.sync_engine, "after_cursor_execute", wait_for_the_change)

    async def works() -> bool:
        async with store.reading() as uow:
            return uow.calendar.is_working_day(STORM)

    looking = asyncio.create_task(works())
    await looked.wait()
    await enter(store, day_off(STORM))
    committed.set()
    assert await looking, "it began before the change"
    assert not await works()


async def test_the_version_of_the_calendar_is_asked_once_a_second(store: Store, clock: WorldClock) -> None:
    asked: list[str] = []
    sa.event.listen(store.engine.sync_engine, "before_cursor_execute", lambda *about: asked.append(about[2]))

    async def questions_of(units: int) -> int:
        asked.clear()
        for _ in range(units):
            async with store.unit() as uow:
                await uow.commit()
            async with store.reading():
                pass
        return sum("calendar_state" in statement for statement in asked)

    assert await questions_of(5) == 1
    assert await questions_of(5) == 0
    clock.move(seconds=0.9)
    assert await questions_of(5) == 0
    clock.move(seconds=0.1)
    assert await questions_of(5) == 1
    await enter(store, day_off(STORM), keep=False)
    assert await questions_of(5) == 0, "nothing came of it"
    await enter(store, day_off(STORM))
    assert await questions_of(5) == 1


async def test_what_was_not_committed_is_seen_by_nobody_also_not_later(
    store: Store, new_store: Callable[[], Store], clock: WorldClock
) -> None:
    other = date(2024, 9, 10)
    await enter(store, day_off(STORM), keep=False)
    assert await is_worked(store, clock, STORM)

    await enter(new_store(), day_off(other))  # takes the very version the lost change had
    assert await is_worked(store, clock, STORM)
    assert not await is_worked(store, clock, other)


async def test_the_calendar_is_built_once_for_a_version(store: Store) -> None:
    await enter(store, day_off(STORM))
    async with store.reading() as first, store.reading() as second:
        assert first.calendar is second.calendar


async def test_a_day_entered_again_replaces_what_was_there(store: Store, clock: WorldClock) -> None:
    await enter(store, day_off(STORM), day_off(date(2024, 9, 10)))
    entered_at = clock.now()
    await enter(store, day_off(STORM, "Nghỉ lụt", confirmed=False))
    clock.move(seconds=1)

    async with store.reading() as uow:
        days = await uow.overrides.days()
        assert uow.calendar.status_of(STORM) is DayStatus.UNCONFIRMED
    assert [(one.on, one.reason, one.confirmed) for one in days] == [
        (STORM, "Nghỉ lụt", False),
        (date(2024, 9, 10), "Nghỉ bão", True),
    ]
    assert (days[0].entered_by, days[0].entered_at) == ("Thu", entered_at)


async def test_a_year_is_confirmed_and_confirmed_again(store: Store, clock: WorldClock) -> None:
    for source in ("TB 1", "TB 2"):
        async with store.unit() as uow:
            await uow.overrides.confirm([ConfirmedYear(2027, source, "Thu", uow.now)])
            await uow.overrides.changed()
            await uow.commit()
    clock.move(seconds=1)
    async with store.reading() as uow:
        assert [(one.year, one.source) for one in await uow.overrides.years()] == [(2027, "TB 2")]
        assert uow.calendar.years[2027] is DayStatus.CONFIRMED
        assert uow.calendar.days[date(2027, 2, 8)].source == "TB 2"


async def test_24_november_is_counted_until_somebody_says_otherwise(store: Store) -> None:
    async with store.unit() as uow:
        assert await uow.overrides.counts_culture_day()
        await uow.overrides.changed(culture_day=False)
        assert not await uow.overrides.counts_culture_day()
        await uow.overrides.changed()
        assert not await uow.overrides.counts_culture_day(), "another change says nothing about it"
        await uow.commit()
    async with store.reading() as uow:
        culture_day = date(2026, 11, 24)
        assert (await uow.overrides.calendar(culture_day=False)).is_working_day(culture_day)
        assert not (await uow.overrides.calendar(culture_day=True)).is_working_day(culture_day)


async def test_what_is_owed_waits_its_time_and_is_settled_once(store: Store, clock: WorldClock) -> None:
    await build(store)
    async with store.unit() as uow:
        await uow.overrides.owe(Recomputation(STORM, STORM, None, "Nghỉ bão", uow.now))
        await uow.commit()
    async with store.unit() as uow:
        assert await uow.overrides.owed(clock.now()) == []
        [owed] = await uow.overrides.owed(clock.now() + timedelta(seconds=1))
        assert (owed.days_from, owed.days_to, owed.plan_id, owed.reason) == (STORM, STORM, None, "Nghỉ bão")
        await uow.overrides.settled(owed)
        await uow.commit()
    async with store.unit() as uow:
        assert await uow.overrides.owed(clock.now() + timedelta(days=1)) == []


def running_clock(kind: ClockKind, anchor: date, wake_on: date, state: ClockState = ClockState.RUNNING) -> Clock:
    computed = due(rule_for(kind), anchor, working_days())
    return Clock(kind, UnitId(1), None, None, computed.anchor, computed.due_on, pack_due(computed), wake_on, state)


async def test_only_running_clocks_with_a_day_of_the_change_between_their_days_are_read(store: Store) -> None:
    await build(store)
    on = date(2024, 3, 1)
    async with store.unit() as uow:
        for kind, anchor, state in (
            (ClockKind.REPLY, date(2024, 4, 25), ClockState.RUNNING),  # 1: to 27 May
            (ClockKind.NOTICE, date(2024, 7, 26), ClockState.RUNNING),  # 2: back to 21 July
            (ClockKind.REPLY, date(2024, 5, 20), ClockState.MET),  # 3
            (ClockKind.REPLY, date(2024, 9, 2), ClockState.RUNNING),  # 4: to 2 October
        ):
            await uow.clocks.add(running_clock(kind, anchor, on, state))
        await uow.commit()

    async def found(first: date, last: date, after: int = 0, limit: int = 9) -> list[int]:
        async with store.reading() as uow:
            page = await uow.clocks.running_page(ClockId(after), limit, between=(first, last))
            return [clock.id for clock in page]

    assert await found(date(2024, 5, 27), date(2024, 7, 20)) == [1]
    assert await found(date(2024, 5, 27), date(2024, 7, 21)) == [1, 2]
    assert await found(date(2024, 5, 28), date(2024, 7, 20)) == []
    assert await found(date(2024, 7, 22), date(2024, 7, 22)) == [2], "a change between anchor and due date"
    assert await found(date(2024, 7, 27), date(2024, 9, 1)) == []
    assert await found(date(2024, 1, 1), date(2024, 12, 31), after=1, limit=1) == [2]
    async with store.reading() as uow:
        assert [clock.id for clock in await uow.clocks.running_page(ClockId(2), 9)] == [4]


async def test_overdue_clocks_are_woken_when_there_is_a_morning_more(store: Store, clock: WorldClock) -> None:
    await build(store)
    today = clock.now().date()
    asleep, never, early = today + timedelta(days=3), NEVER, today + timedelta(days=1)
    async with store.unit() as uow:
        for anchor, wake_on in ((date(2024, 1, 2), asleep), (date(2024, 1, 2), never), (date(2024, 1, 2), early)):
            await uow.clocks.add(running_clock(ClockKind.REPLY, anchor, wake_on))
        await uow.clocks.add(running_clock(ClockKind.REPLY, today, asleep))
        await uow.clocks.wake_overdue(today, early)
        await uow.commit()
    async with store.reading() as uow:
        assert [one.wake_on for one in await uow.clocks.running_page(ClockId(0), 9)] == [today, never, early, asleep]


async def test_a_question_somebody_holds_is_left_out_and_followed_up(
    store: Store, new_store: Callable[[], Store], clock: WorldClock
) -> None:
    """Whoever answers holds the question and then its clocks; the change of the calendar never waits for them."""
    if not on_postgresql(store):
        pytest.skip("SQLite has one writer: a change waits before it reads anything")
    village = await build(store)
    anchor = clock.now().date()
    computed = due(rule_for(ClockKind.REPLY), anchor, working_days())
    async with store.unit() as uow:
        question = await uow.questions.add(a_question(village, "VB-2024-0001", uow.now, state=QuestionState.TAKEN_ON))
        await uow.clocks.add(a_clock(question, computed.due_on, anchor_on=anchor, due=pack_due(computed)))
        await uow.commit()
    admin = new_store()
    async with store.unit() as busy:
        await busy.questions.get(question.id, lock=True)
        async with admin.unit() as uow:
            done = await change_calendar(uow, by="Thu", put=[day_off(computed.due_on)])
            await uow.commit()
        await busy.commit()
    assert (done.clocks.moved, done.clocks.left_out) == ((), 1)

    async def settle() -> int:
        clock.move(minutes=2)
        async with store.unit() as uow:
            moved = await settle_clocks(uow, culture_day=True)
            await uow.commit()
        return moved

    async with admin.unit() as busy:  # still, or again
        await busy.questions.get(question.id, lock=True)
        assert await settle() == 0
    assert await settle() == 1
    assert await settle() == 0
    async with store.unit() as uow:
        [moved] = await uow.clocks.running_for(question.id)
        assert moved.due_on == computed.due_on + timedelta(days=1)
        assert await uow.overrides.owed(clock.now()) == []


async def test_two_changes_at_once_both_count(store: Store, new_store: Callable[[], Store], clock: WorldClock) -> None:
    async def enter_day(one: Store, on: date) -> None:
        async with one.unit() as uow:
            await change_calendar(uow, by="Thu", put=[day_off(on)])
            await uow.commit()

    days = [STORM + timedelta(days=count) for count in range(4)]
    stores = [store, *(new_store() for _ in days[1:])]
    await asyncio.gather(*(enter_day(one, on) for one, on in zip(stores, days, strict=True)))

    assert [await is_worked(store, clock, on) for on in days] == [False] * 4
