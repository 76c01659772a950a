"""The clock: what runs when, and that only one process does it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.cli.sweep import sweep_report
from bot.system_clock import system_now
from intake.actions.deadlines.sweep import watch_sweep
from intake.actions.outbox.tell import tell
from intake.rules.deadlines.task import Task
from intake.rules.message import Message
from intake.rules.people.person import Role
from scheduler.jobs import JOBS, JobContext, catch_up, run_job
from scheduler.lease import Lease
from scheduler.timetable import LEASE_NAME, LEASE_SECONDS, keep_time, timetable
from tests.support import office as whole
from tests.support.deadlines import ask, open_office, take_on
from tests.support.logged import Logged
from tests.support.office_tasks import REPORT, a_question_of_a_meeting, plan_says
from tests.support.world import World, local

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


async def no_unit() -> None:
    """For a timetable that is only looked at."""
    raise AssertionError


def clock_of(plain_world: World, holder: str = "only") -> Lease:
    return Lease(
        LEASE_NAME, holder, plain_world.store.unit, plain_world.clock.now, duration=timedelta(seconds=LEASE_SECONDS)
    )


async def runs(name: str, context: JobContext, lease: Lease) -> None:
    """The time of the job has come."""
    (job,) = (one for one in JOBS if one.name == name)
    await run_job(job, context, lease)


@pytest.fixture
async def scheduler() -> AsyncIterator[AsyncIOScheduler]:
    lease = Lease(LEASE_NAME, "only", no_unit, system_now)  # type: ignore[arg-type]
    started = timetable(JobContext(no_unit), lease)  # type: ignore[arg-type]
    started.start(paused=True)
    yield started
    started.shutdown(wait=False)


async def test_no_missed_job_is_skipped_piled_up_or_doubled(scheduler: AsyncIOScheduler) -> None:
    jobs = scheduler.get_jobs()
    assert {job.id for job in jobs} == {
        "sweep",
        "sweep_daily",
        "prune_inbox",
        "collect_files",
        "forget_traces",
        "open_tasks",
        "resume_roles",
        "resume_roles_daily",
        "tell_of_news",
        "watch_sweep",
        "renew_lease",
        "remind",
        "prune_letters",
        "remind_rosters",
        "seal_audit",
        "remind_breaches",
        "hand_out_head",
    }
    for job in jobs:
        assert (job.coalesce, job.misfire_grace_time, job.max_instances) == (True, None, 1), job.id
    assert [type(store) for store in scheduler._jobstores.values()] == [MemoryJobStore]  # noqa: SLF001 - it has no other way


async def test_every_job_keeps_the_time_of_viet_nam(scheduler: AsyncIOScheduler) -> None:
    assert str(scheduler.timezone) == "Asia/Ho_Chi_Minh"
    evening = datetime(2024, 4, 1, 18, 0, tzinfo=HANOI)
    times = {}
    for job in scheduler.get_jobs():
        assert str(job.trigger.timezone) == "Asia/Ho_Chi_Minh", job.id
        times[job.id] = job.trigger.get_next_fire_time(None, evening)
    assert times["sweep_daily"] == local(2024, 4, 2, 7, 30)
    assert times["prune_inbox"] == local(2024, 4, 2, 2, 40)
    assert times["prune_letters"] == local(2024, 4, 2, 2, 50)
    assert times["remind_rosters"] == local(2024, 4, 2, 7, 35), "after the morning's sweep"
    assert times["open_tasks"] == local(2024, 4, 2, 6, 20)


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


async def test_a_holder_that_freezes_inside_its_job_doubles_nothing(plain_world: World) -> None:
    office = await open_office(plain_world)
    await take_on(plain_world, await ask(office.asker))
    office.read()
    plain_world.clock.move_to(local(2024, 4, 2))
    woken: list[str] = []
    first, second = clock_of(plain_world, "first"), clock_of(plain_world, "second")
    of_first, of_second = (
        JobContext(plain_world.store.unit, lambda name=name: woken.append(name))  # type: ignore[misc]
        for name in ("first", "second")
    )
    assert await first.keep()
    # it freezes in the middle of what it was about to do
    plain_world.clock.move(minutes=2)
    await runs("sweep", of_second, second)
    await runs("sweep", of_second, second)
    assert not await first.keep()
    # and wakes up, without asking for the lease again
    await next(job for job in JOBS if job.name == "sweep").action(JobContext(plain_world.store.unit))
    await runs("sweep", of_first, first)
    await plain_world.settle()
    assert set(woken) == {"second"}
    assert {name: text.count("DL-2024-0001") for name, text in office.read().items()} == dict.fromkeys(
        ("asker", "official", "secretary", "chair", "supervisor"), 1
    )


async def test_nobody_is_reminded_at_night(plain_world: World) -> None:
    office = await open_office(plain_world)
    await take_on(plain_world, await ask(office.asker))
    office.read()
    context, lease = JobContext(plain_world.store.unit), clock_of(plain_world)
    for moment in (local(2024, 4, 1, 21), local(2024, 4, 2, 0, 1), local(2024, 4, 2, 7, 29)):
        plain_world.clock.move_to(moment)  # the server is back, but people sleep
        await runs("sweep", context, lease)
        await plain_world.settle()
        assert office.read() == {}
        async with plain_world.store.reading() as uow:
            assert await uow.ledger.last_beat("sweep") == moment

    plain_world.clock.move_to(local(2024, 4, 2, 7, 30))
    await runs("sweep", context, lease)
    await plain_world.settle()
    assert set(office.read()) == {"asker", "official", "secretary", "chair", "supervisor"}


async def test_the_sweep_of_a_november_morning_asks_for_next_years_calendar(plain_world: World) -> None:
    office = await open_office(plain_world)
    plain_world.clock.move_to(local(2026, 11, 2, 7, 30))
    woken: list[bool] = []
    context, lease = JobContext(plain_world.store.unit, lambda: woken.append(True)), clock_of(plain_world)
    for _ in range(2):
        await runs("sweep", context, lease)
    await plain_world.settle()
    assert {name for name, text in office.read().items() if "Lịch nghỉ năm 2027" in text} == {"secretary"}
    assert woken


async def test_the_jobs_sweep_prune_and_watch(plain_world: World) -> None:
    office = await open_office(plain_world)
    woken: list[bool] = []
    context, lease = JobContext(plain_world.store.unit, lambda: woken.append(True)), clock_of(plain_world)
    await runs("sweep", context, lease)
    assert woken == [True]
    async with plain_world.store.reading() as uow:
        assert await uow.ledger.last_beat("sweep") == plain_world.clock.now()

    await runs("watch_sweep", context, lease)
    assert woken == [True]
    plain_world.clock.move(days=31)
    await runs("watch_sweep", context, lease)
    assert woken == [True, True]
    for name in ("prune_inbox", "prune_letters", "remind_rosters", "open_tasks"):
        await runs(name, context, lease)
    async with plain_world.store.unit() as uow:
        assert await uow.inbox.prune(uow.now, 9) == 0  # everything typed a month ago is forgotten
    await plain_world.settle()
    assert set(office.read()) == {"secretary"}


async def test_a_process_that_is_not_the_clock_only_watches(plain_world: World) -> None:
    """Whether the deadlines are enforced is watched by every process, or nobody would miss the only one."""
    office = await open_office(plain_world)
    assert await clock_of(plain_world, "another").keep()
    woken: list[bool] = []
    context, lease = JobContext(plain_world.store.unit, lambda: woken.append(True)), clock_of(plain_world, "stands by")
    async with plain_world.store.unit() as uow:
        await uow.ledger.beat("sweep")
        await uow.commit()
        beat = uow.now
    plain_world.clock.move(days=2)
    assert await clock_of(plain_world, "another").keep()
    for job in JOBS:
        await run_job(job, context, lease)
    assert woken == [True]
    async with plain_world.store.reading() as uow:
        assert await uow.ledger.last_beat("sweep") == beat, "it swept nothing"
    await plain_world.settle()
    assert set(office.read()) == {"secretary"}


async def test_a_process_that_starts_does_what_fell_due_while_nothing_ran(plain_world: World, logged: Logged) -> None:
    office = await open_office(plain_world)
    await take_on(plain_world, await ask(office.asker))
    office.read()
    plain_world.clock.move_to(local(2024, 4, 2))
    context, lease = JobContext(plain_world.store.unit), clock_of(plain_world)
    running = asyncio.create_task(keep_time(context, lease, plain_world.clock.now))
    async with asyncio.timeout(30):
        while not any(line.get("event") == "rosters_reminded" for line in logged()):
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])
    await plain_world.settle()
    assert set(office.read()) == {"asker", "official", "secretary", "chair", "supervisor"}
    assert await clock_of(plain_world, "another").keep(), "it gave the lease back"


async def test_a_database_in_trouble_keeps_no_process_from_starting(plain_world: World, logged: Logged) -> None:
    context, lease = JobContext(plain_world.store.unit), clock_of(plain_world)
    await lease.keep()
    async with plain_world.store.engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE heartbeats RENAME TO elsewhere"))
        await connection.execute(sa.text("ALTER TABLE letters RENAME TO nowhere"))
    logged()
    await catch_up(context, lease)
    failed = [line["job"] for line in logged() if line["event"] == "job_not_done"]
    assert "sweep" in failed
    assert failed == [job.name for job in JOBS if job.name in failed], "one that fails keeps none from being tried"


@pytest.mark.parametrize("ahead", [timedelta(hours=2), timedelta(days=40)], ids=["two hours", "forty days"])
async def test_a_clock_that_ran_ahead_and_was_set_back_keeps_nobody_waiting(
    plain_world: World, logged: Logged, ahead: timedelta
) -> None:
    """Everything that waited for a moment the clock had wrong goes on: clocks, letters, the alarm, the secretary."""
    office = await open_office(plain_world)
    await take_on(plain_world, await ask(office.asker))
    context, lease = JobContext(plain_world.store.unit), clock_of(plain_world)
    plain_world.clock.move_to(local(2024, 3, 5, 8))
    right = plain_world.clock.at
    plain_world.clock.move(seconds=ahead.total_seconds())
    await runs("sweep", context, lease)
    await plain_world.settle()
    office.read()
    async with plain_world.store.unit() as uow:  # written while the clock was ahead, and not sent yet
        secretary = (await uow.people.holding([Role.SECRETARY], await uow.places.roots())).popitem()[1][0]
        await tell(uow, [secretary], Message("remind.sweep_silent", {"since": uow.now}))
        await uow.commit()

    plain_world.clock.at = right + timedelta(minutes=5)
    async with plain_world.store.unit() as uow:
        assert await watch_sweep(uow), "a heartbeat that is still to come proves nothing"
    heir = clock_of(plain_world)
    logged()
    await runs("sweep", context, heir)
    assert "clock_set_back" in [line["event"] for line in logged()]
    await plain_world.settle()
    heard = office.read()
    assert set(heard) == {"secretary"}
    assert "chưa kiểm tra được hạn" in heard["secretary"], "the letter does not wait for a day that lies ahead"
    assert "Đồng hồ của máy chủ đã chạy nhanh" in heard["secretary"]
    async with plain_world.store.reading() as uow:
        await_on = await uow.session.scalar(sa.text("SELECT min(wake_on) FROM clocks WHERE state = 'running'"))
        assert str(await_on) <= "2024-03-22", "it is looked at when its first reminder is due, not weeks later"
    await runs("sweep", context, heir)
    await plain_world.settle()
    assert office.read() == {}, "and is told once"

    plain_world.clock.move_to(local(2024, 4, 9, 8))
    await runs("sweep", context, heir)
    await plain_world.settle()
    heard = office.read()
    assert "quá hạn" in heard["asker"], "what was raised on the days ahead is raised again when it is due"
    assert "quá hạn" in heard["official"]
    assert "quá hạn" in heard["secretary"]


async def test_the_timetable_is_made_anew_when_the_clock_goes_back(plain_world: World, logged: Logged) -> None:
    """A scheduler waits for a moment of the machine's clock: set back by forty days it would wait as long."""
    context, lease, clock = JobContext(plain_world.store.unit), clock_of(plain_world), plain_world.clock

    async def made_anew() -> bool:
        for _ in range(20):
            await asyncio.sleep(0.01)
            if any(line["event"] == "timetable_made_anew" for line in logged()):
                return True
        return False

    running = asyncio.create_task(keep_time(context, lease, clock.now, ticks=lambda: 0.0, look_every=0.01))
    try:
        assert not await made_anew()
        clock.at -= timedelta(seconds=30)
        assert not await made_anew(), "clocks are corrected a little all the time"
        clock.at += timedelta(days=40)
        assert not await made_anew()
        clock.at -= timedelta(days=40)
        assert await made_anew()
        assert not await made_anew()
    finally:
        running.cancel()
        await asyncio.wait([running])


async def test_the_command_starts_the_reports_that_fall_due_as_the_timetable_does(plain_world: World) -> None:
    office = await whole.open_office(plain_world)
    await plan_says(plain_world, periodic_report=REPORT)
    await a_question_of_a_meeting(office)

    async def report() -> Task | None:
        async with plain_world.store.reading() as uow:
            return await uow.tasks.by_key("di-lang-2024:report:2024-2")

    await sweep_report(plain_world.store, as_of=date(2024, 7, 1), dry_run=True)
    assert await report() is None
    await sweep_report(plain_world.store, as_of=date(2024, 6, 30))
    assert await report() is None
    await sweep_report(plain_world.store, as_of=date(2024, 7, 1))
    assert await report() is not None
