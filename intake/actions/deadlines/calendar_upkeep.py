"""The upkeep of the calendar: settle what a change may have missed, and ask for next year's calendar in time (LAW C7).

While a change is being committed, another process may be writing a clock that it began under the old calendar
(PostgreSQL; SQLite has one writer), and a question that somebody holds at that moment is left out. So every change is
remembered and computed once more a little later, until nothing was left out; a date that is right stays, and nobody is
told twice.
"""

from datetime import date, timedelta

from intake.actions.deadlines.change_calendar import switch_culture_day
from intake.actions.deadlines.recompute_clocks import recompute
from intake.actions.outbox.tell import News, tell_each
from intake.ports import UnitOfWork
from intake.rules.deadlines.calendar import LOCAL, DayStatus
from intake.rules.deadlines.deadline import Alert, Recomputation
from intake.rules.deadlines.reminders import MORNING
from intake.rules.message import Message, Term, unpack
from intake.rules.people.person import Role

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


FROM_MONTH = 11
_UNSURE = (DayStatus.ESTIMATED, DayStatus.MISSING)


async def remind_of_calendar(uow: UnitOfWork) -> int:
    """Tell admins and secretaries of the units with a plan, each once for a year. Returns how many are told now.

    On working mornings only: where 1 November is a Sunday, on Monday. Whoever takes the role up later is told then.
    """
    local = uow.now.astimezone(LOCAL)
    year = local.year + 1
    if local.month < FROM_MONTH or local.time() < MORNING or not uow.calendar.is_working_day(local.date()):
        return 0
    status = uow.calendar.years.get(year, DayStatus.MISSING)
    if status not in _UNSURE:
        return 0
    holders = await uow.people.holding((Role.ADMIN, Role.SECRETARY), await uow.places.roots())
    people = sorted({person_id for held in holders.values() for person_id in held})
    needed_by = date(year - 1, 12, 31)
    alerts = [Alert(f"calendar:{year}", person_id, "calendar_year", needed_by) for person_id in people]
    raised = await uow.clocks.raise_each_once(alerts)
    message = Message(f"calendar.year_{status}", {"year": year})
    return await tell_each(uow, [News(one.recipient_id, message) for one in alerts if one in raised])
