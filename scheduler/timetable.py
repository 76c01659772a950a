"""The timetable: every job at its time, while this process keeps the time."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.deadlines.reminders import CLOCK_LEEWAY
from scheduler.jobs import JOBS, Daily, Every, JobContext, catch_up, run_job
from scheduler.lease import Lease

LEASE_NAME = "clock"
LEASE_SECONDS = 60
"""A process that is the clock and freezes loses that after so long. When it wakes up in the middle of a job nothing is
doubled, since every alert is unique by itself; the lease only spares the database the same work twice."""
_RENEWED_EVERY = 20
log = structlog.get_logger()


def timetable(context: JobContext, lease: Lease) -> AsyncIOScheduler:
    """A scheduler with every job, not started; start it inside the running loop.

    A job that was missed runs once and late rather than never (by default it would be skipped after one second), and
    never beside itself. Nothing is stored: two processes with one job store would run every job twice.
    """
    scheduler = AsyncIOScheduler(
        jobstores={"default": MemoryJobStore()},
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        timezone=LOCAL,
    )
    for job in JOBS:
        for trigger in job.triggers:
            name = job.name if trigger == job.triggers[0] else f"{job.name}_daily"
            scheduler.add_job(run_job, _trigger(trigger), (job, context, lease), id=name, name=name)
    scheduler.add_job(lease.keep, IntervalTrigger(seconds=_RENEWED_EVERY, timezone=LOCAL), id="renew_lease")
    return scheduler


async def keep_time(
    context: JobContext,
    lease: Lease,
    clock: Callable[[], datetime],
    *,
    ticks: Callable[[], float] = time.monotonic,
    look_every: float = 20.0,
) -> None:
    """Do what fell due while nothing ran, then each job at its time, until cancelled; then give the lease back.

    A scheduler waits for moments of the machine's clock: when that is set back, every job would wait as long as it was
    ahead. So the timetable is made anew then.

    Args:
        context: what the jobs are handed.
        lease: of the clock.
        clock: the machine's clock, which may be set; it is the one a scheduler goes by.
        ticks: seconds that nobody can set.
        look_every: seconds between two looks at both.
    """
    try:
        while True:
            scheduler = timetable(context, lease)
            scheduler.start()
            try:
                await catch_up(context, lease)
                await _set_back(clock, ticks, look_every)
            finally:
                scheduler.shutdown(wait=False)
            log.warning("timetable_made_anew")
    finally:
        await lease.give_back()


async def _set_back(clock: Callable[[], datetime], ticks: Callable[[], float], look_every: float) -> None:
    """Wait until the clock has gone back by more than the time that passed explains."""
    before = clock() - timedelta(seconds=ticks())
    while True:
        await asyncio.sleep(look_every)
        now = clock() - timedelta(seconds=ticks())
        if before - now > CLOCK_LEEWAY:
            return
        before = max(before, now)


def _trigger(trigger: Every | Daily) -> IntervalTrigger | CronTrigger:
    match trigger:
        case Every(minutes):
            return IntervalTrigger(minutes=minutes, timezone=LOCAL)
        case Daily(at):
            return CronTrigger(hour=at.hour, minute=at.minute, timezone=LOCAL)
