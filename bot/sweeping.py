"""Run the enforcement of deadlines to its end, for the scheduler, the command line and the demo clock."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import structlog

from bot.calendar_keeping import keep_calendar
from bot.housekeeping import forget_events, forget_letters
from intake.actions.deadlines.office_tasks import open_reports
from intake.actions.deadlines.sweep import BATCH, HEARTBEAT, SweepResult, sweep, watch_sweep
from intake.actions.meetings.chase_notices import chase_notices
from intake.actions.meetings.remind_guests import remind_guests
from intake.actions.meetings.remind_registered import remind_registered
from intake.actions.meetings.remind_rosters import remind_due_rosters
from intake.actions.outbox.retention import KEPT_BY_DEFAULT
from intake.rules.deadlines.reminders import is_time_to_remind
from scheduler.lease import ClockLease
from scheduler.timetable import Duties
from storage.unit_of_work import Store

log = structlog.get_logger()
_NOTHING = SweepResult(0, 0, 0, more=True)


async def run_sweep(
    store: Store,
    *,
    day: date | None = None,
    dry_run: bool = False,
    reports: bool = False,
    limit: int = BATCH,
    on_letters: Callable[[], None] = lambda: None,
    on_batch: Callable[[int], None] = lambda _: None,
) -> SweepResult:
    """Sweep until no clock is left to look at, each batch in a transaction of its own. Returns the totals.

    Args:
        store: the database.
        day: the local day that is pretended to be, at 07:30; None: the day of the store's clock.
        dry_run: everything in one transaction, which is taken back.
        reports: first start the reports that fall due; the timetable has an hour of its own for that.
        limit: the most clocks in one batch.
        on_letters: called after each commit, so that the senders wake up.
        on_batch: called after each batch with the number of clocks looked at, for a progress bar.
    """
    total = _NOTHING
    if dry_run:
        async with store.unit() as uow:
            if reports:
                await open_reports(uow, day=day)
            while total.more:
                total = _sum(total, await sweep(uow, day=day, limit=limit))
                on_batch(total.looked_at)
        return total
    if reports:
        await _start_reports(store, day)
    while total.more:
        async with store.unit() as uow:
            total = _sum(total, await sweep(uow, day=day, limit=limit))
            await uow.commit()
        on_letters()
        on_batch(total.looked_at)
    return total


async def run_reminders(store: Store) -> int:
    """Remind of the meetings that are near, and of notices that are about to be late. Returns how many letters."""
    async with store.unit() as uow:
        letters = await remind_registered(uow) + await chase_notices(uow) + await remind_guests(uow)
        await uow.commit()
    return letters


async def sweep_report(store: Store, *, as_of: date | None = None, dry_run: bool = False) -> list[str]:
    """Start reports, sweep, and say in lines fit for printing what is told: reference, kind, role; then the totals."""
    total = await run_sweep(store, day=as_of, dry_run=dry_run, reports=True)
    lines = [f"{told.reference}\t{told.kind}\t{told.audience}" for told in total.told]
    did = "would be" if dry_run else "were"
    totals = (
        f"{total.looked_at} clocks looked at; {did} made: {total.alerts} alerts, {total.letters} letters; "
        f"{did} closed: {total.closed} questions"
    )
    return [*lines, totals]


async def _start_reports(store: Store, day: date | None = None) -> None:
    async with store.unit() as uow:
        opened = await open_reports(uow, day=day)
        await uow.commit()
    log.info("reports_opened", reports=opened)


async def run_roster_reminders(store: Store, on_letters: Callable[[], None]) -> None:
    """Remind of the lists that are due; what was reminded of before is not reminded of again."""
    async with store.unit() as uow:
        reminded = await remind_due_rosters(uow)
        await uow.commit()
    log.info("rosters_reminded", people=reminded)
    if reminded:
        on_letters()


def clock_duties(
    store: Store,
    lease: ClockLease,
    on_letters: Callable[[], None],
    *,
    culture_day: bool = True,
    keep_sent: timedelta = KEPT_BY_DEFAULT,
) -> Duties:
    """What the timetable calls: the enforcement and the housekeeping under the lease, the watch over it without.

    `keep_sent` is how long letters are kept after they were told.
    """

    async def enforce() -> None:
        async with store.unit() as uow:
            if not is_time_to_remind(uow.now):
                await uow.ledger.beat(HEARTBEAT)
                await uow.commit()
                return
        await keep_calendar(store, culture_day=culture_day, on_letters=on_letters)
        total = await run_sweep(store, on_letters=on_letters)
        log.info("deadlines_swept", clocks=total.looked_at, alerts=total.alerts, closed=total.closed)

    async def remind() -> None:
        letters = await run_reminders(store)
        if letters:
            on_letters()
            log.info("meetings_reminded", letters=letters)

    async def watch() -> None:
        async with store.unit() as uow:
            silent = await watch_sweep(uow)
            await uow.commit()
        if silent:
            log.error("sweep_silent")
            on_letters()

    return Duties(
        sweep=lease.held(enforce),
        prune_inbox=lease.held(partial(forget_events, store)),
        prune_letters=lease.held(partial(forget_letters, store, keep_sent)),
        open_reports=lease.held(partial(_start_reports, store)),
        watch_sweep=watch,
        renew_lease=lease.take,
        remind=lease.held(remind),
        remind_rosters=lease.held(partial(run_roster_reminders, store, on_letters)),
    )


def _sum(so_far: SweepResult, batch: SweepResult) -> SweepResult:
    return SweepResult(
        looked_at=so_far.looked_at + batch.looked_at,
        alerts=so_far.alerts + batch.alerts,
        letters=so_far.letters + batch.letters,
        more=batch.more,
        closed=so_far.closed + batch.closed,
        told=(*so_far.told, *batch.told),
    )
