"""The clock: what runs when, and that only one process does it."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.sweeping import clock_duties, sweep_report
from intake.rules.deadlines.task import Task
from scheduler.lease import ClockLease
from scheduler.timetable import Duties, timetable
from storage.unit_of_work import Store
from tests.support import office as whole
from tests.support.deadlines import ask, open_office, take_on
from tests.support.office_tasks import REPORT, a_question_of_a_meeting, plan_says
from tests.support.world import Clock, World, local

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


async def nothing() -> None:
    """A duty for a timetable that is only looked at."""


@pytest.fixture
async def scheduler() -> AsyncIOScheduler:
    started = timetable(Duties(*[nothing] * len(fields(Duties))))
    started.start(paused=True)
    yield started
    started.shutdown(wait=False)


async def test_no_missed_job_is_skipped_piled_up_or_doubled(scheduler: AsyncIOScheduler) -> None:
    jobs = scheduler.get_jobs()
    assert {job.id for job in jobs} == {
        "sweep",
        "sweep_morning",
        "prune_inbox",
        "open_reports",
        "watch_sweep",
        "renew_lease",
        "remind",
        "prune_letters",
        "remind_rosters",
    }
    for job in jobs:
        assert (job.coalesce, job.misfire_grace_time, job.max_instances) == (True, None, 1), job.id
    assert [type(store) for store in scheduler._jobstores.values()] == [MemoryJobStore]


async def test_every_job_keeps_the_time_of_viet_nam(scheduler: AsyncIOScheduler) -> None:
    assert str(scheduler.timezone) == "Asia/Ho_Chi_Minh"
    evening = datetime(2024, 4, 1, 18, 0, tzinfo=HANOI)
    times = {}
    for job in scheduler.get_jobs():
        assert str(job.trigger.timezone) == "Asia/Ho_Chi_Minh", job.id
        times[job.id] = job.trigger.get_next_fire_time(None, evening)
    assert times["sweep_morning"] == local(2024, 4, 2, 7, 30)
    assert times["prune_inbox"] == local(2024, 4, 2, 2, 40)
    assert times["prune_letters"] == local(2024, 4, 2, 2, 50)
    assert times["remind_rosters"] == local(2024, 4, 2, 7, 35), "after the morning's sweep"
    assert times["open_reports"] == local(2024, 4, 2, 6, 20)


@pytest.mark.parametrize(
    ("job", "interval"),
    [
        ("sweep", timedelta(minutes=5)),
        ("remind", timedelta(minutes=5)),
        ("watch_sweep", timedelta(hours=1)),
        ("renew_lease", timedelta(seconds=20)),
    ],
)
async def test_what_is_done_again_and_again(scheduler: AsyncIOScheduler, job: str, interval: timedelta) -> None:
    assert scheduler.get_job(job).trigger.interval == interval


async def test_only_the_holder_works_and_another_takes_over_when_it_freezes(
    store: Store, new_store: Callable[[], Store], clock: Clock
) -> None:
    first, second = ClockLease(store.unit, "first"), ClockLease(new_store().unit, "second")
    done: list[str] = []

    def duty(name: str) -> Callable[[], object]:
        async def do() -> None:
            done.append(name)

        return do

    by_first, by_second = first.held(duty("first")), second.held(duty("second"))
    assert await first.take() == 1
    await by_second()
    await by_first()
    assert done == ["first"]

    clock.move(seconds=59)
    assert await first.take() == 1  # renewed
    clock.move(seconds=59)
    await by_second()
    assert done == ["first"]
    clock.move(seconds=1)
    await by_second()
    assert done == ["first", "second"]
    assert await second.take() == 2
    await by_first()  # woken up: it is not the holder any more
    assert done == ["first", "second"]

    await second.give_back()
    await by_first()
    assert done == ["first", "second", "first"]


async def test_a_holder_that_freezes_inside_its_duty_doubles_nothing(world: World) -> None:
    office = await open_office(world)
    await take_on(world, await ask(office.asker))
    office.read()
    world.clock.move_to(local(2024, 4, 2))
    woken: list[str] = []
    first, second = (ClockLease(world.store.unit, name) for name in ("first", "second"))
    of_second = clock_duties(world.store, second, lambda: woken.append("second"))
    of_first = clock_duties(world.store, first, lambda: woken.append("first"))

    async def freeze_and_sweep() -> None:
        world.clock.move(minutes=2)
        await of_second.sweep()
        await clock_duties(world.store, second, lambda: None).sweep()
        assert await second.take() == 2
        assert await first.take() is None
        # the first wakes up in the middle of what it was about to do, without asking for the lease again
        await clock_duties(world.store, _AlwaysHeld(world.store.unit, "first"), lambda: None).sweep()

    await first.held(freeze_and_sweep)()
    await of_first.sweep()
    await world.settle()
    assert set(woken) == {"second"}
    assert {name: text.count("DL-2024-0001") for name, text in office.read().items()} == dict.fromkeys(
        ("asker", "official", "secretary", "chair", "supervisor"), 1
    )


class _AlwaysHeld(ClockLease):
    async def take(self) -> int | None:
        return 1


async def test_nobody_is_reminded_at_night(world: World) -> None:
    office = await open_office(world)
    await take_on(world, await ask(office.asker))
    office.read()
    duties = clock_duties(world.store, ClockLease(world.store.unit, "only"), lambda: None)
    for moment in (local(2024, 4, 1, 21), local(2024, 4, 2, 0, 1), local(2024, 4, 2, 7, 29)):
        world.clock.move_to(moment)  # the server is back, but people sleep
        await duties.sweep()
        await world.settle()
        assert office.read() == {}
        async with world.store.reading() as uow:
            assert await uow.ledger.last_beat("sweep") == moment

    world.clock.move_to(local(2024, 4, 2, 7, 30))
    await duties.sweep()
    await world.settle()
    assert set(office.read()) == {"asker", "official", "secretary", "chair", "supervisor"}


async def test_the_sweep_of_a_november_morning_asks_for_next_years_calendar(world: World) -> None:
    office = await open_office(world)
    world.clock.move_to(local(2026, 11, 2, 7, 30))
    woken: list[bool] = []
    duties = clock_duties(world.store, ClockLease(world.store.unit, "only"), lambda: woken.append(True))
    await duties.renew_lease()
    for _ in range(2):
        await duties.sweep()
    await world.settle()
    assert {name for name, text in office.read().items() if "Lịch nghỉ năm 2027" in text} == {"secretary"}
    assert woken


async def test_the_duties_sweep_prune_and_watch(world: World) -> None:
    office = await open_office(world)
    woken: list[bool] = []
    duties = clock_duties(world.store, ClockLease(world.store.unit, "only"), lambda: woken.append(True))
    await duties.renew_lease()
    await duties.sweep()
    assert woken == [True]
    async with world.store.reading() as uow:
        assert await uow.ledger.last_beat("sweep") == world.clock.now()

    await duties.watch_sweep()
    assert woken == [True]
    world.clock.move(days=31)
    await duties.watch_sweep()
    assert woken == [True, True]
    await duties.prune_inbox()
    await duties.prune_letters()
    await duties.remind_rosters()
    await duties.open_reports()
    async with world.store.unit() as uow:
        assert await uow.inbox.prune(uow.now, 9) == 0  # everything typed a month ago is forgotten
    await world.settle()
    assert set(office.read()) == {"secretary"}


async def test_the_command_starts_the_reports_that_fall_due_as_the_timetable_does(world: World) -> None:
    office = await whole.open_office(world)
    await plan_says(world, periodic_report=REPORT)
    await a_question_of_a_meeting(office)

    async def report() -> Task | None:
        async with world.store.reading() as uow:
            return await uow.tasks.by_key("di-lang-2024:report:2024-2")

    await sweep_report(world.store, as_of=date(2024, 7, 1), dry_run=True)
    assert await report() is None
    await sweep_report(world.store, as_of=date(2024, 6, 30))
    assert await report() is None
    await sweep_report(world.store, as_of=date(2024, 7, 1))
    assert await report() is not None
