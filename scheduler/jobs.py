"""The jobs of the clock: the one list, for all who run them or ask after them.

The timetable runs each at its time; a process that starts runs those that may have fallen due while nothing ran; a new
day of the demonstration runs them all; `doithoai sweep` runs those that can be run by hand; `doithoai doctor` asks for
the heartbeats. A job decides nothing: what is due lies in the database, so a job that is late or doubled does no harm.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from intake.actions.audit.seal import hand_out_head
from intake.actions.deadlines.clock_set_back import make_up_for_clock
from intake.actions.deadlines.sweep import HEARTBEAT, SweepResult, watch_sweep
from intake.actions.outbox.retention import KEPT_BY_DEFAULT
from intake.actions.people.breaches import remind_breaches
from intake.actions.people.take_back import resume_due
from intake.ports import OpenUnit
from intake.rules.deadlines.reminders import is_time_to_remind
from intake.rules.people.retention import KeptFor, clock_leapt
from scheduler.enforcement import (
    NOTHING_SWEPT,
    keep_calendar,
    open_tasks,
    run_reminders,
    run_roster_reminders,
    run_sweep,
    tell_of_news,
)
from scheduler.lease import Lease
from scheduler.retention import forget_browsers, forget_events, forget_files, forget_letters, forget_traces
from scheduler.sealing import seal_all

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class JobContext:
    """What a job is handed.

    Args:
        open_unit: opens a unit of work that may write.
        on_letters: called when there may be new letters, so that the relays wake up.
        culture_day: whether 24 November is a day off here.
        keep_sent: how long letters are kept after they were told.
        kept_for: how long what nobody needs any more of people is kept.
        day: for what is run by hand, the local day that is pretended to be, at 07:30; None: the day of the clock.
        at_any_hour: enforce the deadlines even while people sleep; the timetable waits until the morning.
    """

    open_unit: OpenUnit
    on_letters: Callable[[], None] = lambda: None
    culture_day: bool = True
    keep_sent: timedelta = KEPT_BY_DEFAULT
    kept_for: KeptFor = field(default_factory=KeptFor)
    day: date | None = None
    at_any_hour: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, so many minutes apart."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day, at a time of Việt Nam."""

    at: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What the clock makes happen.

    Args:
        name: what it is called in logs.
        triggers: when it runs.
        action: what is done.
        alone: only by the process that is the clock; else by every process that keeps the time.
        catch_up: also when a process starts, for what fell due while nothing ran.
        by_hand: what `doithoai sweep` does of it; None: nothing.
        heartbeat: the heartbeat that shows when it was last done to the end; empty: it leaves none.
        title: what the doctor calls it, where it has a heartbeat.
    """

    name: str
    triggers: tuple[Every | Daily, ...]
    action: Callable[[JobContext], Awaitable[None]]
    alone: bool = True
    catch_up: bool = False
    by_hand: Callable[[JobContext], Awaitable[SweepResult | None]] | None = None
    heartbeat: str = ""
    title: str = ""


async def _prune_inbox(context: JobContext) -> None:
    await forget_events(context.open_unit)
    await forget_browsers(context.open_unit)


async def _prune_letters(context: JobContext) -> None:
    await forget_letters(context.open_unit, context.keep_sent)


async def _forget_traces(context: JobContext) -> None:
    await forget_traces(context.open_unit, context.kept_for)


async def _collect_files(context: JobContext) -> None:
    await forget_files(context.open_unit)


def _nightly(name: str, at: time, forget: Callable[[JobContext], Awaitable[None]]) -> Job:
    """A job that forgets what is old, but for the first night after the clock leapt.

    One night of a clock that is a year ahead must not forget what is not old; by the next somebody has seen it.
    """

    async def action(context: JobContext) -> None:
        async with context.open_unit() as uow:
            leapt = clock_leapt(await uow.ledger.last_beat(name), uow.now)
            await uow.ledger.beat(name)
            await uow.commit()
        if leapt:
            log.warning("forgetting_waits_a_night", job=name)
            return
        await forget(context)

    return Job(name=name, triggers=(Daily(at),), action=action)


async def _open_tasks(context: JobContext) -> None:
    await open_tasks(context.open_unit, context.day)


async def _sweep(context: JobContext) -> None:
    """Enforce the deadlines; while people sleep only leave the heartbeat, or the quiet would pass for a failure."""
    async with context.open_unit() as uow:
        ahead = await make_up_for_clock(uow)
        await uow.commit()
    if ahead is not None:
        log.warning("clock_set_back", seconds=round(ahead.total_seconds()))
        context.on_letters()
    if not context.at_any_hour:
        async with context.open_unit() as uow:
            if not is_time_to_remind(uow.now):
                await uow.ledger.beat(HEARTBEAT)
                await uow.commit()
                return
    await keep_calendar(context.open_unit, culture_day=context.culture_day, on_letters=context.on_letters)
    total = await run_sweep(context.open_unit, on_letters=context.on_letters)
    log.info("deadlines_swept", clocks=total.looked_at, alerts=total.alerts, closed=total.closed)


async def _sweep_by_hand(context: JobContext) -> SweepResult:
    return await run_sweep(context.open_unit, day=context.day, on_letters=context.on_letters)


async def _resume_roles(context: JobContext) -> None:
    async with context.open_unit() as uow:
        resumed = await resume_due(uow)
        await uow.commit()
    if resumed:
        log.info("roles_resumed", count=resumed)
        context.on_letters()


async def _remind_rosters(context: JobContext) -> None:
    await run_roster_reminders(context.open_unit, context.on_letters)


async def _remind(context: JobContext) -> None:
    await run_reminders(context.open_unit, context.on_letters)


async def _tell_of_news(context: JobContext) -> None:
    await tell_of_news(context.open_unit, context.on_letters)


async def _watch_sweep(context: JobContext) -> None:
    async with context.open_unit() as uow:
        silent = await watch_sweep(uow)
        await uow.commit()
    if silent:
        log.error("sweep_silent")
        context.on_letters()


async def _seal_audit(context: JobContext) -> None:
    entries = await seal_all(context.open_unit)
    if entries:
        log.info("audit_sealed", entries=entries)


async def _hand_out_head(context: JobContext) -> None:
    async with context.open_unit() as uow:
        letters = await hand_out_head(uow) if uow.today.isoweekday() == 1 else 0
        await uow.commit()
    if letters:
        context.on_letters()


async def _remind_breaches(context: JobContext) -> None:
    async with context.open_unit() as uow:
        letters = await remind_breaches(uow)
        await uow.commit()
    if letters:
        context.on_letters()


JOBS = (
    _nightly("prune_inbox", time(2, 40), _prune_inbox),
    _nightly("prune_letters", time(2, 50), _prune_letters),
    _nightly("forget_traces", time(3, 0), _forget_traces),
    _nightly("collect_files", time(3, 10), _collect_files),
    Job(name="resume_roles", triggers=(Daily(time(0, 5)), Daily(time(6, 30))), action=_resume_roles, catch_up=True),
    Job(name="open_tasks", triggers=(Daily(time(6, 20)),), action=_open_tasks, catch_up=True, by_hand=_open_tasks),
    Job(
        name="sweep",
        triggers=(Every(5), Daily(time(7, 30))),
        action=_sweep,
        catch_up=True,
        by_hand=_sweep_by_hand,
        heartbeat=HEARTBEAT,
        title="sweep of deadlines",
    ),
    Job(name="remind_rosters", triggers=(Daily(time(7, 35)),), action=_remind_rosters, catch_up=True),
    Job(name="remind", triggers=(Every(5),), action=_remind, catch_up=True),
    Job(name="tell_of_news", triggers=(Every(5),), action=_tell_of_news, catch_up=True),
    Job(name="seal_audit", triggers=(Every(5),), action=_seal_audit, catch_up=True),
    Job(name="remind_breaches", triggers=(Every(60),), action=_remind_breaches, catch_up=True),
    Job(name="hand_out_head", triggers=(Daily(time(8, 15)),), action=_hand_out_head),
    Job(name="watch_sweep", triggers=(Every(60),), action=_watch_sweep, alone=False),
)
"""In the order of a day."""


async def run_job(job: Job, context: JobContext, lease: Lease) -> None:
    """Do a job whose time has come; one that is done alone only when this process holds the lease of the clock."""
    if job.alone and not await lease.keep():
        return
    await job.action(context)


async def catch_up(context: JobContext, lease: Lease) -> None:
    """Do what may have fallen due while nothing ran. A database in trouble ends no process: it is done again later."""
    for job in JOBS:
        if not job.catch_up:
            continue
        try:
            await run_job(job, context, lease)
        except (SQLAlchemyError, OSError) as trouble:
            log.warning("job_not_done", job=job.name, error=type(trouble).__name__)


async def run_day(context: JobContext) -> None:
    """Do every job once, in the order of a day: what a day brings that is over in a moment."""
    for job in JOBS:
        await job.action(context)


async def run_by_hand(context: JobContext) -> SweepResult:
    """Do what can be done by hand, in the order of a day. Returns what was swept."""
    swept = NOTHING_SWEPT
    for job in JOBS:
        if job.by_hand is not None:
            swept = await job.by_hand(context) or swept
    return swept
