"""The enforcement of deadlines, run to its end: each piece in a transaction of its own, so that nobody waits for it."""

from collections.abc import Callable
from datetime import date

import structlog

from intake.actions.deadlines.calendar_upkeep import remind_of_calendar, settle_clocks
from intake.actions.deadlines.office_tasks import open_reports
from intake.actions.deadlines.planned_sessions import open_sessions
from intake.actions.deadlines.sweep import BATCH, SweepResult, sweep
from intake.actions.meetings.chase_notices import chase_notices
from intake.actions.meetings.remind_guests import remind_guests
from intake.actions.meetings.remind_registered import remind_registered
from intake.actions.meetings.remind_rosters import remind_due_rosters
from intake.actions.people.deputies import lay_before_deputies
from intake.actions.questions.news import tell_held
from intake.ports import OpenUnit
from intake.rules.deadlines.reminders import is_time_to_remind

NOTHING_SWEPT = SweepResult(0, 0, 0, more=True)
log = structlog.get_logger()


async def run_sweep(
    open_unit: OpenUnit,
    *,
    day: date | None = None,
    limit: int = BATCH,
    on_letters: Callable[[], None] = lambda: None,
    on_batch: Callable[[int], None] = lambda _: None,
) -> SweepResult:
    """Sweep until no clock is left to look at, each batch in a transaction of its own. Returns the totals.

    Args:
        open_unit: opens a unit of work that may write.
        day: the local day that is pretended to be, at 07:30; None: the day of the clock.
        limit: the most clocks in one batch.
        on_letters: called after each commit, so that the relays wake up.
        on_batch: called after each batch with the number of clocks looked at so far.
    """
    total = NOTHING_SWEPT
    while total.more:
        async with open_unit() as uow:
            total = _sum(total, await sweep(uow, day=day, limit=limit))
            await uow.commit()
        on_letters()
        on_batch(total.looked_at)
    return total


async def keep_calendar(
    open_unit: OpenUnit, *, culture_day: bool, on_letters: Callable[[], None] = lambda: None
) -> None:
    """Settle the recomputations that are owed, then ask for next year's calendar, each in a transaction of its own.

    Args:
        open_unit: opens a unit of work that may write.
        culture_day: whether 24 November is a day off here.
        on_letters: called when somebody is told something, so that the relays wake up.
    """
    async with open_unit() as uow:
        moved = await settle_clocks(uow, culture_day=culture_day)
        await uow.commit()
    async with open_unit() as uow:
        reminded = await remind_of_calendar(uow)
        await uow.commit()
    if moved or reminded:
        log.info("calendar_kept", moved=moved, reminded=reminded)
        on_letters()


async def open_tasks(open_unit: OpenUnit, day: date | None = None) -> None:
    """Open what the office owes from a local day on, by default that of the clock: reports, meetings of the plan."""
    async with open_unit() as uow:
        reports, sessions = await open_reports(uow, day=day), await open_sessions(uow, day=day)
        await uow.commit()
    log.info("tasks_opened", reports=reports, sessions=sessions)


async def run_reminders(open_unit: OpenUnit, on_letters: Callable[[], None] = lambda: None) -> int:
    """Remind of what is near: meetings, notices that are about to be late, what a deputy approves from today on.

    Returns how many letters.
    """
    async with open_unit() as uow:
        letters = await remind_registered(uow) + await chase_notices(uow) + await remind_guests(uow)
        letters += await lay_before_deputies(uow)
        await uow.commit()
    if letters:
        log.info("reminded", letters=letters)
        on_letters()
    return letters


async def tell_of_news(open_unit: OpenUnit, on_letters: Callable[[], None] = lambda: None) -> int:
    """Tell of the questions that were kept for one letter together, unless people sleep. Returns how many letters."""
    async with open_unit() as uow:
        letters = await tell_held(uow) if is_time_to_remind(uow.now) else 0
        await uow.commit()
    if letters:
        log.info("news_told", letters=letters)
        on_letters()
    return letters


async def run_roster_reminders(open_unit: OpenUnit, on_letters: Callable[[], None] = lambda: None) -> None:
    """Remind of the lists that are due; what was reminded of before is not reminded of again."""
    async with open_unit() as uow:
        reminded = await remind_due_rosters(uow)
        await uow.commit()
    log.info("rosters_reminded", people=reminded)
    if reminded:
        on_letters()


def _sum(so_far: SweepResult, batch: SweepResult) -> SweepResult:
    return SweepResult(
        looked_at=so_far.looked_at + batch.looked_at,
        alerts=so_far.alerts + batch.alerts,
        letters=so_far.letters + batch.letters,
        more=batch.more,
        closed=so_far.closed + batch.closed,
        told=(*so_far.told, *batch.told),
    )
