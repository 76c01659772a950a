"""`doithoai calendar …`: the calendar listed, changed, written to a file and read from one."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bot.cli.common import login, record_command
from bot.console import InputError, counted
from intake.actions.deadlines.change_calendar import CalendarChange, DayChange, change_calendar
from intake.rules.deadlines.calendar import CalendarDay, ConfirmedYear, DayStatus, Override
from intake.rules.deadlines.calendar_entry import YEARS, CalendarTable, read_calendar, write_calendar
from intake.rules.deadlines.deadline import ClockId
from storage.unit_of_work import Store


async def list_calendar(store: Store, year: int | None) -> list[str]:
    """The status of a year and every day that differs from the plain week; without a year, of this one."""
    async with store.reading() as uow:
        wanted = uow.today.year if year is None else year
        entered = {one.on: one for one in await uow.overrides.days() if one.on.year == wanted}
        confirmed = [one for one in await uow.overrides.years() if one.year == wanted]
        calendar = uow.calendar
    status = calendar.years.get(wanted, DayStatus.MISSING)
    by = "".join(f" ({one.source}; entered by {one.entered_by})" for one in confirmed)
    days = sorted(on for on in calendar.days if on.year == wanted)
    return [f"{wanted}: {status}{by}", *(_line(calendar.days[on], entered.get(on)) for on in days)]


def _line(day: CalendarDay, entered: Override | None) -> str:
    what = "off" if day.day_off else "working"
    status = day.status.value if entered is None or entered.confirmed else "estimated"
    by = "" if entered is None else f"\tentered by {entered.entered_by}, {entered.entered_at:%Y-%m-%d}"
    return f"{day.on}\t{what}\t{day.name}\t{status}\t{day.source}{by}"


async def change(
    store: Store,
    *,
    culture_day: bool,
    by: str,
    put: Sequence[Override] = (),
    take_back: Sequence[date] = (),
    confirm: Sequence[ConfirmedYear] = (),
    dry_run: bool = False,
) -> list[str]:
    """Change the calendar in one transaction and say what has changed; a dry run is taken back."""
    async with store.unit() as uow:
        if await uow.overrides.counts_culture_day() != culture_day:
            if await uow.clocks.running_page(ClockId(0), 1):
                raise InputError(
                    "DOITHOAI_CULTURE_DAY differs here from where `doithoai run` counted the due dates; "
                    "set it to the same value, or start `doithoai run` with the new one first"
                )
            await uow.overrides.changed(culture_day=culture_day)
        done = await change_calendar(uow, by=by or login(), put=put, take_back=take_back, confirm=confirm)
        if not dry_run:
            await uow.commit()
    return _report(done, dry_run=dry_run)


def _report(done: CalendarChange, *, dry_run: bool) -> list[str]:
    lines = [_difference(day) for day in done.days] or ["no day has changed"]
    moves = Counter((one.kind.value, one.was, one.due_on) for one in done.clocks.moved)
    lines += [
        f"{kind}: {was} becomes {due_on}, {counted(count, 'clock')}"
        for (kind, was, due_on), count in sorted(moves.items())
    ]
    would = "would move" if dry_run else "moved"
    moved, computed = counted(len(done.clocks.moved), "due date"), counted(done.clocks.computed, "clock")
    lines.append(f"{moved} {would}; recomputed: {computed}")
    if done.clocks.left_out:
        lines.append(f"being worked on right now: {done.clocks.left_out}; `doithoai run` will follow up on them")
    return lines


def _difference(day: DayChange) -> str:
    was, now = _worked(worked=day.was_worked), _worked(worked=day.is_worked)
    return f"{day.on}: {was if was == now else f'{was} becomes {now}'} ({day.name or 'plain week'})"


def _worked(*, worked: bool) -> str:
    return "working" if worked else "off"


async def export_calendar(store: Store, path: Path) -> list[str]:
    """Write what was entered to a file that `calendar import` reads."""
    async with store.unit() as uow:
        days, years = await uow.overrides.days(), await uow.overrides.years()
        await record_command(uow, "calendar export")
        await uow.commit()
    _write(path, write_calendar(days, years))
    return [f"{path}: {counted(len(days), 'day')}, {counted(len(years), 'confirmed year')}"]


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as trouble:
        raise InputError(f"{path} cannot be written: {trouble.strerror}") from None


def read_file(path: Path) -> CalendarTable:
    """Read a file of days. Raises `InputError` with a line for each row that cannot be used: then nothing is."""
    try:
        table = read_calendar(path.read_text("utf-8-sig"))
    except OSError as trouble:
        raise InputError(f"{path} cannot be read: {trouble.strerror}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path} is not UTF-8 text; save it as “CSV UTF-8”") from None
    if table.mistakes:
        raise InputError("\n".join(f"{path}, {mistake}" for mistake in table.mistakes))
    return table


def year_of(typed: str) -> int:
    """A year as typed. Raises `InputError` for what is none."""
    if not (typed.isascii() and typed.isdecimal() and int(typed) in YEARS):
        raise InputError(f"{typed} is not a year from {YEARS[0]} to {YEARS[-1]}")
    return int(typed)
