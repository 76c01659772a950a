"""The timetable: one line a job, no logic. What is due lies in the database; a job only says "look now"."""

from dataclasses import dataclass

from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from intake.rules.deadlines.calendar import LOCAL
from scheduler.lease import RENEWED_EVERY, Duty


@dataclass(frozen=True, slots=True)
class Duties:
    """What the clock makes happen.

    Args:
        sweep: enforce the deadlines.
        prune_inbox: forget old events.
        prune_letters: forget letters that were told long ago.
        open_reports: start the periodic reports that fall due.
        watch_sweep: alarm when the sweep has not run for a day; done by every process, not only by the holder.
        renew_lease: keep the lease of the active scheduler, or try to take it.
        remind: remind those who registered of the meetings that are near.
        remind_rosters: remind of the lists that are due.
    """

    sweep: Duty
    prune_inbox: Duty
    prune_letters: Duty
    open_reports: Duty
    watch_sweep: Duty
    renew_lease: Duty
    remind: Duty
    remind_rosters: Duty


def timetable(duties: Duties) -> AsyncIOScheduler:
    """A scheduler with every job, not started; start it inside the running loop.

    A job that was missed runs once and late rather than never (by default it would be skipped after one second), and
    never beside itself. Nothing is stored: two processes with one job store would run every job twice.
    """
    scheduler = AsyncIOScheduler(
        jobstores={"default": MemoryJobStore()},
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        timezone=LOCAL,
    )
    scheduler.add_job(duties.sweep, _every(minutes=5), id="sweep")
    scheduler.add_job(duties.sweep, _at(hour=7, minute=30), id="sweep_morning")
    scheduler.add_job(duties.remind, _every(minutes=5), id="remind")
    scheduler.add_job(duties.remind_rosters, _at(hour=7, minute=35), id="remind_rosters")
    scheduler.add_job(duties.prune_inbox, _at(hour=2, minute=40), id="prune_inbox")
    scheduler.add_job(duties.prune_letters, _at(hour=2, minute=50), id="prune_letters")
    scheduler.add_job(duties.open_reports, _at(hour=6, minute=20), id="open_reports")
    scheduler.add_job(duties.watch_sweep, _every(hours=1), id="watch_sweep")
    scheduler.add_job(duties.renew_lease, _every(seconds=int(RENEWED_EVERY.total_seconds())), id="renew_lease")
    return scheduler


def _every(**interval: int) -> IntervalTrigger:
    return IntervalTrigger(**interval, timezone=LOCAL)


def _at(**time: int) -> CronTrigger:
    return CronTrigger(**time, timezone=LOCAL)
