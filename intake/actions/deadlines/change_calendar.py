"""Change the calendar by hand: days off and worked, confirmed years, 24 November; the clocks follow in the same act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from intake.actions.deadlines.recompute_clocks import Recomputed, recompute, recompute_later
from intake.ports import UnitOfWork
from intake.rules.audit import AuditEntry
from intake.rules.deadlines.calendar import ConfirmedYear, Override, WorkCalendar, changed_between
from intake.rules.deadlines.calendar_entry import check_override, check_year
from intake.rules.deadlines.due_words import in_between
from intake.rules.errors import NotFound, RuleBroken
from intake.rules.message import Param, Term
from intake.rules.people.lending import POWER
from intake.rules.people.permissions import holds
from intake.rules.people.person import Person

MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class DayChange:
    """What a day was and is: worked or off, and its name (None: a day of the plain week)."""

    on: date
    was_worked: bool
    is_worked: bool
    was_name: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """The days that are other than before, and what became of the clocks."""

    days: tuple[DayChange, ...]
    clocks: Recomputed


async def change_calendar(
    uow: UnitOfWork,
    *,
    by: str,
    put: Sequence[Override] = (),
    take_back: Sequence[date] = (),
    confirm: Sequence[ConfirmedYear] = (),
    person: Person | None = None,
) -> CalendarChange:
    """Enter overrides, take some back, confirm years: all of it or nothing, and every clock it touches is moved.

    `by` is the name of whoever does it, `person` who that is; None is the command line. Raises `RuleBroken` for an
    override without a reason or a source, a day or year out of range, and for taking back what was never entered.
    """
    put = [check_override(replace(one, entered_by=by, entered_at=uow.now)) for one in put]
    confirm = [check_year(replace(one, entered_by=by, entered_at=uow.now)) for one in confirm]
    known = {one.on for one in await uow.overrides.days()}
    for on in take_back:
        if on not in known:
            raise RuleBroken("calendar.no_override", {"day": in_between(on)})
    await uow.overrides.changed()  # first: whoever changes the calendar at the same moment waits here
    before = await uow.overrides.calendar()
    for on in take_back:
        await uow.overrides.take_back(on)
    await uow.overrides.put(put)
    await uow.overrides.confirm(confirm)
    for subject in (*(one.on for one in put), *take_back, *(one.year for one in confirm)):
        actor = None if person is None else person.id
        entry = AuditEntry(uow.now, actor, "change_calendar", f"calendar:{subject}")
        await uow.ledger.write(entry, words={"by": by} if person is None else {})
    named = [
        *(_entered(one) for one in put),
        *(Term("calendar.taken_back", {"day": in_between(on)}) for on in take_back),
        *(Term("calendar.year_confirmed", {"year": one.year, "source": one.source}) for one in confirm),
    ]
    return await _follow(uow, before, await uow.overrides.calendar(), _reason(named))


async def may_change_calendar(uow: UnitOfWork, person: Person) -> bool:
    """Whether a person may change the calendar at the desk: it is one for all units, so power in each is needed."""
    grants = await uow.people.grants_of(person.id)
    roots = await uow.places.roots()
    return bool(roots) and all(any(holds(grants, role, unit) for role in POWER) for unit in roots)


async def change_calendar_here(
    uow: UnitOfWork,
    *,
    by: Person,
    put: Sequence[Override] = (),
    take_back: Sequence[date] = (),
    confirm: Sequence[ConfirmedYear] = (),
) -> CalendarChange:
    """Change the calendar at the desk, as `change_calendar` does. Raises `NotFound` for whoever may not."""
    if not await may_change_calendar(uow, by):
        raise NotFound
    return await change_calendar(uow, by=by.called, put=put, take_back=take_back, confirm=confirm, person=by)


async def switch_culture_day(uow: UnitOfWork, *, off: bool) -> CalendarChange:
    """Count 24 November as a day off, or as a working day (LAW C7), and move every clock that rests on it."""
    await uow.overrides.changed(culture_day=off)
    before = await uow.overrides.calendar(culture_day=not off)
    after = await uow.overrides.calendar(culture_day=off)
    await uow.ledger.write(AuditEntry(uow.now, None, "switch_culture_day", "calendar:culture_day", {"day_off": off}))
    return await _follow(uow, before, after, Term(f"calendar.culture_day_{'off' if off else 'worked'}"))


async def _follow(uow: UnitOfWork, before: WorkCalendar, after: WorkCalendar, reason: str | Term) -> CalendarChange:
    uow.calendar = after
    between = changed_between(before, after)
    if between is None:
        return CalendarChange((), Recomputed())
    days = tuple(_changes(before, after))
    if any(day.is_worked and not day.was_worked for day in days):
        # who is late is reminded on working mornings, and there is one more of them
        await uow.clocks.wake_overdue(uow.today, between[0])
    clocks = await recompute(uow, between=between, reason=reason)
    await recompute_later(uow, between=between, reason=reason)
    return CalendarChange(days, clocks)


def _changes(before: WorkCalendar, after: WorkCalendar) -> Iterable[DayChange]:
    for on in sorted(before.days.keys() | after.days.keys()):
        if before.days.get(on) != after.days.get(on):
            yield DayChange(
                on, before.is_working_day(on), after.is_working_day(on), before.name_of(on), after.name_of(on)
            )


def _entered(override: Override) -> Term:
    params: dict[str, Param] = {"day": in_between(override.on), "reason": override.reason, "source": override.source}
    return Term("calendar.day_off" if override.day_off else "calendar.day_worked", params)


def _reason(named: Sequence[Term]) -> Term:
    if len(named) == 1:
        return named[0]
    lines: list[Param] = list(named[:MOST_NAMED])
    if len(named) > MOST_NAMED:
        lines.append(Term("calendar.more_days", {"more": len(named) - MOST_NAMED}))
    return Term("calendar.days", {"days": tuple(lines)})
