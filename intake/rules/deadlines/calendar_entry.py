"""What may be entered into the calendar by hand, and a table of it as people keep it: a CSV file.

    day,what,reason,source,status
    2027-02-04,off,Nghỉ Tết Nguyên Đán,Thông báo 1234/TB-BNV,confirmed
    2027-02-13,working,Làm bù ngày 05/02/2027,Thông báo 1234/TB-BNV,confirmed
    2027,year,,Thông báo 1234/TB-BNV,confirmed

Spreadsheets write semicolons where the comma parts decimals, and days as 04/02/2027: both are understood. A row with
`year` says that everything else of that year was compared with the official schedule.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from unicodedata import normalize

from intake.rules.errors import RuleBroken
from intake.rules.text import clean

from .calendar import ConfirmedYear, Override

COLUMNS = ("day", "what", "reason", "source", "status")
LONGEST = 200
YEARS = range(2000, 2101)
_OFF, _WORKING, _YEAR = "off", "working", "year"
_CONFIRMED, _ESTIMATED = "confirmed", "estimated"


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """What a file says: overrides, confirmed years, or one sentence for each row that cannot be used."""

    overrides: tuple[Override, ...]
    years: tuple[ConfirmedYear, ...]
    mistakes: tuple[str, ...]


def check_override(override: Override) -> Override:
    """Give the override with clean texts. Raises `RuleBroken` when it has no reason or source, or is out of range."""
    if override.on.year not in YEARS:
        raise RuleBroken("calendar.out_of_range", {"first": YEARS[0], "last": YEARS[-1]})
    reason, source = _text(override.reason, "calendar.no_reason"), _text(override.source, "calendar.no_source")
    return Override(
        override.on, override.day_off, reason, source, override.confirmed, override.entered_by, override.entered_at
    )


def check_year(year: ConfirmedYear) -> ConfirmedYear:
    """Give the confirmed year with a clean source. Raises `RuleBroken` when it has none, or is out of range."""
    if year.year not in YEARS:
        raise RuleBroken("calendar.out_of_range", {"first": YEARS[0], "last": YEARS[-1]})
    return ConfirmedYear(year.year, _text(year.source, "calendar.no_source"), year.entered_by, year.entered_at)


def _text(typed: str, missing: str) -> str:
    text = normalize("NFC", " ".join(typed.split()))
    if not any(letter.isalnum() for letter in text):
        raise RuleBroken(missing)
    if len(text) > LONGEST:
        raise RuleBroken("calendar.too_long", {"most": LONGEST})
    return text


def write_calendar(overrides: Iterable[Override], years: Iterable[ConfirmedYear]) -> str:
    """Write what `read_calendar` reads, in the order of the days."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in overrides:
        what, status = _OFF if one.day_off else _WORKING, _CONFIRMED if one.confirmed else _ESTIMATED
        rows.writerow((one.on.isoformat(), what, one.reason, one.source, status))
    rows.writerows((year.year, _YEAR, "", year.source, _CONFIRMED) for year in years)
    return out.getvalue()


def read_calendar(text: str) -> CalendarTable:
    """Read a table. Every row is looked at; each that cannot be used gives one sentence with its number in the file."""
    text = clean(text.removeprefix("\ufeff"))
    heading = text.partition("\n")[0]
    rows = csv.reader(StringIO(text), delimiter=";" if heading.count(";") > heading.count(",") else ",")
    overrides: dict[date, Override] = {}
    years: dict[int, ConfirmedYear] = {}
    mistakes: list[str] = []
    names: list[str] | None = None
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if names is None:
                names = [cell.lower() for cell in cells]
                if sorted(names) != sorted(COLUMNS):
                    return CalendarTable((), (), (f"the first row must name the columns {','.join(COLUMNS)}",))
                continue
            try:
                _read_row(dict(zip(names, cells, strict=False)), overrides, years)
            except ValueError as mistake:
                mistakes.append(f"row {rows.line_num}: {mistake}")
    except csv.Error as mistake:
        mistakes.append(f"row {rows.line_num}: {mistake}")
    if names is None:
        mistakes.append("the file is empty")
    return CalendarTable(tuple(overrides.values()), tuple(years.values()), tuple(mistakes))


def _read_row(row: dict[str, str], overrides: dict[date, Override], years: dict[int, ConfirmedYear]) -> None:
    missing = [name for name in COLUMNS if name not in row]
    if missing:
        raise ValueError(f"{', '.join(missing)} is missing")
    what, status = row["what"].lower(), row["status"].lower()
    if what not in (_OFF, _WORKING, _YEAR):
        raise ValueError(f'"{row["what"]}" is none of {_OFF}, {_WORKING}, {_YEAR}')
    if status not in (_CONFIRMED, _ESTIMATED):
        raise ValueError(f'"{row["status"]}" is neither {_CONFIRMED} nor {_ESTIMATED}')
    _fits(row["source"], "source")
    if what == _YEAR:
        year = _year_of(row["day"])
        if status != _CONFIRMED:
            raise ValueError("a year can only be confirmed")
        if year in years:
            raise ValueError(f"{year} stands in the file twice")
        years[year] = ConfirmedYear(year, row["source"])
        return
    _fits(row["reason"], "reason")
    on = _day_of(row["day"])
    if on in overrides:
        raise ValueError(f"{on} stands in the file twice")
    overrides[on] = Override(on, what == _OFF, row["reason"], row["source"], status == _CONFIRMED)


def _fits(text: str, name: str) -> None:
    if not any(letter.isalnum() for letter in text):
        raise ValueError(f"the {name} is missing")
    if len(text) > LONGEST:
        raise ValueError(f"the {name} is longer than {LONGEST} letters")


def _year_of(typed: str) -> int:
    if not (typed.isdecimal() and typed.isascii() and int(typed) in YEARS):
        raise ValueError(f'"{typed}" is not a year from {YEARS[0]} to {YEARS[-1]}')
    return int(typed)


def _day_of(typed: str) -> date:
    parts: Sequence[str] = typed.split("/")
    written = "-".join(reversed([part.zfill(2) for part in parts])) if len(parts) > 1 else typed
    try:
        on = date.fromisoformat(written)
    except ValueError:
        raise ValueError(f'"{typed}" is not a day; days are written YYYY-MM-DD or DD/MM/YYYY') from None
    if on.year not in YEARS:
        raise ValueError(f"{on} lies outside the years {YEARS[0]} to {YEARS[-1]}")
    return on
