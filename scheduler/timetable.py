"""The timetable: every job at its time, while this process keeps the time."""

import asyncio

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from intake.rules.deadlines.calendar import LOCAL
from scheduler.jobs import JOBS, Daily, Every, JobContext, catch_up, run_job
from scheduler.lease import Lease

LEASE_NAME = "clock"
LEASE_SECONDS = 60
"""A process that is the clock and freezes loses that after so long. When it wakes up in the middle of a job nothing is
doubled, since every alert is unique by itself; the lease only spares the database the same work twice."""
_RENEWED_EVERY = 20


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


async def keep_time(context: JobContext, lease: Lease) -> None:
    """Do what fell due while nothing ran, then each job at its time, until cancelled; then give the lease back."""
    scheduler = timetable(context, lease)
    scheduler.start()
    try:
        await catch_up(context, lease)
        await asyncio.Event().wait()
    finally:
        scheduler.shutdown(wait=False)
        await lease.give_back()


def _trigger(trigger: Every | Daily) -> IntervalTrigger | CronTrigger:
    match trigger:
        case Every(minutes):
            return IntervalTrigger(minutes=minutes, timezone=LOCAL)
        case Daily(at):
            return CronTrigger(hour=at.hour, minute=at.minute, timezone=LOCAL)
