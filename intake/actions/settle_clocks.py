"""Compute once more what a change of the calendar or of a plan may have missed, and notice a switched 24 November.

While a change is being committed, another process may be writing a clock that it began under the old calendar
(PostgreSQL; SQLite has one writer), and a question that somebody holds at that moment is left out. So every change is
remembered and computed once more a little later, until nothing was left out; a date that is right stays, and nobody is
told twice.
"""

from datetime import timedelta

from intake.actions.change_calendar import switch_culture_day
from intake.actions.recompute_clocks import recompute
from intake.ports import UnitOfWork
from intake.rules.deadline import Recomputation
from intake.rules.message import Term, unpack

LONGEST_TRANSACTION = timedelta(minutes=1)
"""Whatever was begun under the old calendar is written by then."""


async def settle_clocks(uow: UnitOfWork, *, culture_day: bool) -> int:
    """Do what is owed. `culture_day`: whether 24 November is a day off now. Returns how many dates moved."""
    moved = 0
    if await uow.overrides.counts_culture_day() != culture_day:
        moved += len((await switch_culture_day(uow, off=culture_day)).clocks.moved)
    for owed in await uow.overrides.owed(uow.now - LONGEST_TRANSACTION):
        moved += await _once_more(uow, owed)
    return moved


async def _once_more(uow: UnitOfWork, owed: Recomputation) -> int:
    plan = None if owed.plan_id is None else await uow.plans.get(owed.plan_id)
    between = None
    if owed.days_from is not None and owed.days_to is not None:
        between = (owed.days_from, owed.days_to)
    reason = unpack(owed.reason)
    done = await recompute(uow, between=between, plan=plan, reason=reason if isinstance(reason, Term) else str(reason))
    if not done.left_out:
        await uow.overrides.settled(owed)
    return len(done.moved)
