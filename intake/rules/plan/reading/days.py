"""Days, months, quarters and hours as plans write them, with where they stand; nothing is taken from today's date."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

_DAY_OF = (
    r"(?P<{p}d>\d{{1,2}})\s*(?:[/.\-]|\s+thang\s+)\s*(?P<{p}m>\d{{1,2}})(?!\d)"
    r"(?:\s*(?:[/.\-]|,?\s*nam)\s*(?P<{p}y>\d{{4}}|\d{{2}}(?!\d)))?"
)
_WEEKDAY = r"(?:(?:\(?\s*(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu\s+nhat)\s*\)?)[,\s]*)?"
_NGAY = rf"(?:(?:buoi\s+)?(?:sang|chieu|toi)\s+)?{_WEEKDAY}(?:ngay\s+)?"


def _day(prefix: str) -> str:
    return _DAY_OF.format(p=prefix)


_RANGE = re.compile(
    rf"(?:tu\s+)?(?:ngay\s+)?(?:{_day('a')}|(?P<only>\d{{1,2}}))\s*(?:den(?:\s+het)?|[-–])\s*{_NGAY}{_day('b')}"
)
_EITHER = re.compile(rf"(?:ngay\s+)?(?:{_day('a')}|(?P<only>\d{{1,2}}))\s*(?:hoac)\s*{_NGAY}{_day('b')}")
_DAYS = re.compile(rf"(?P<lead>ngay\s+)?{_day('a')}")
_MANY_DAYS = re.compile(
    r"ngay\s+(?P<list>\d{1,2}(?:\s*(?:,|va)\s*(?:ngay\s+)?\d{1,2})+)\s*(?:/|\s+thang\s+)\s*(?P<m>\d{1,2})"
    r"(?:\s*(?:/|\s*nam)\s*(?P<y>\d{4}))?"
)
_WORD_MONTHS = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi mot": 11,
    "muoi hai": 12, "muoi": 10,
}  # fmt: skip
_WORD_MONTH_OF_DAY = re.compile(rf"(?<=\d thang )(?:{'|'.join(_WORD_MONTHS)})(?= nam \d{{4}})")
_MONTH_NAME = (
    r"(?:\d{1,2}(?!\d|/\d{1,2}(?!\d))|gieng|muoi\s+mot|muoi\s+hai|muoi|mot|hai|ba|tu|sau|bay|tam|chin"
    r"|nam(?=\s+nam\s+\d{4}))"
)
_YEAR = r"(?:\s*(?:/|,?\s*nam\s*)\s*(?P<y>\d{4}))?"
_MONTH = re.compile(
    r"(?P<part>(?:nua\s+(?:dau|cuoi)|dau|giua|cuoi|trung\s+tuan|thuong\s+tuan|ha\s+tuan"
    r"|tuan\s+(?:thu\s+)?(?:\d|dau(?:\s+tien)?|cuoi|nhat|hai|ba|tu)),?\s+(?:cua\s+)?)?"
    rf"thang\s+(?P<first>{_MONTH_NAME})(?P<rest>(?:\s*(?:,|va|den|hoac|[-–])\s*(?:thang\s+)?{_MONTH_NAME})*){_YEAR}"
)
_QUARTER = re.compile(
    r"qu[yi]\s+(?P<first>iv|i{1,3}|[1-4])(?P<rest>(?:\s*(?:,|va|den|hoac|[-–])\s*(?:qu[yi]\s+)?(?:iv|i{1,3}|[1-4])\b)*)"
    r"(?:\s*(?:/|[-–]|,?\s*nam\s*)\s*(?P<y>\d{4}))?(?![a-z])"
)
_HALF_YEAR = re.compile(r"(?:6|sau)\s+thang\s+(?P<which>dau|cuoi)\s+(?:cua\s+)?nam(?:\s+(?P<y>\d{4}))?")
_SAME_DAY = re.compile(r"(?:sang|chieu|toi)\s+(?:cung|cua)\s+ngay(?!\s+\d)")
_WHOLE_YEAR = re.compile(r"(?:trong|ca)\s+nam\s+(?P<y>\d{4})")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_HOUR = re.compile(
    r"(?<![\d/.])(?P<h>\d{1,2})\s*(?:gio|h|g(?=\d)|:(?=\d{2}))\s*(?P<min>\d{2}(?!\s*/|[.\-]\d))?(?:\s*(?:phut|'|p\b))?"
    r"(?:\s*(?P<part>sang|chieu|toi))?(?![a-z])"
)
_HALF_DAY = re.compile(
    r"buoi\s+(?P<half>sang|chieu|toi)|(?:\d|gio|phut)\s*(?P<after>sang|chieu|toi)\b"
    r"|(?:^|[:;,(.]\s*)(?P<first>sang|chieu|toi)\s+(?:ngay|thu)\b"
)
_NOTHING_ELSE = re.compile(
    r"(?:\s*(?:sang|chieu|toi|buoi|ngay|vao|trong|luc|tu|bat dau|khai mac|du kien|thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])"
    r"|chu nhat|den|\d{1,2}\s*(?:gio|h|g)(?:\s*\d{2})?(?:\s*phut)?|[-–,:.;()+]))*\s*"
)
"""What stands around a day where a line or a cell says when and nothing else."""
_THREE_NUMBERS = re.compile(r"\s*\d{1,2}\s*[-–]\s*\d{1,2}\s*[-–]\s*\d{1,2}\s*")
"""Of groups or hamlets ("liên tổ 1-2-3"), and of no days."""
_LUNAR_BEFORE = re.compile(r"\b(?:nham|tuc)(?:\s+(?:la|vao))?(?:\s+ngay)?\s*\Z")
_LUNAR_AFTER = re.compile(
    r"\s*\(?(?:nam\s+)?(?:am\s+lich|(?:giap|at|binh|dinh|mau|ky|canh|tan|nham|quy)\s+"
    r"(?:ty|suu|dan|mao|thin|ngo|mui|than|dau|tuat|hoi)\b)"
)
_YEARS = range(1945, 2101)
_NOON = 12
_LONGEST = 20_000
"""No paragraph of a paper is longer; what is, is not read to its end."""
DAY, WINDOW, MONTH, QUARTER, HALF_YEAR, YEAR = "day", "window", "month", "quarter", "half_year", "year"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Days a plan names, both ends included, with the precision it names them with; `start` and `end` in the text.

    `year_stated` is false where the year was taken from the paper's own.
    """

    start: int
    end: int
    first: date
    last: date
    precision: str
    year_stated: bool = True
    either: bool = False


def _one_line(folded: str) -> str:
    """As long as before: blanks for line ends, bars for the tabs between the cells of a table, which part numbers.

    The month of a day is a figure, written as a word or not: "ngày 16 tháng Tư năm 2026".
    """
    line = re.sub(r"\s", " ", folded.replace("\t", "|"))
    return _WORD_MONTH_OF_DAY.sub(lambda found: str(_WORD_MONTHS[found[0]]).rjust(len(found[0])), line)


def windows(folded: str, start: int, end: int, year: int | None) -> list[TimeSpan]:
    """All windows between two places of a folded text, in order; `year` is the paper's, for those that name none.

    What names no year, in a paper without one, is no window; nor is a day that does not exist.
    """
    found: list[TimeSpan] = []
    text = _one_line(folded[start : min(end, start + _LONGEST)])
    for read in (_ranges, _eithers, _many_days, _half_years, _single_days, _months, _quarters, _whole_years):
        for window in read(text, year):
            if not any(window.start < other.end and other.start < window.end for other in found):
                found.append(window)
    found += _same_days(text, found)
    found = [window for window in found if not _is_lunar(text, window)]
    shifted = (
        TimeSpan(w.start + start, w.end + start, w.first, w.last, w.precision, w.year_stated, w.either) for w in found
    )
    return sorted(shifted, key=lambda window: window.start)


def _same_days(text: str, named: list[TimeSpan]) -> Iterator[TimeSpan]:
    """ "… sáng ngày 05/6; chiều cùng ngày": the day named last before it."""  # noqa: D210
    for found in _SAME_DAY.finditer(text):
        before = max((one for one in named if one.end <= found.start()), key=lambda one: one.end, default=None)
        if before and before.precision == DAY:
            yield replace(before, start=found.start(), end=found.end())


def _is_lunar(text: str, window: TimeSpan) -> bool:
    """Whether a day is the one of the moon that papers add in brackets ("nhằm ngày 21/7 Ất Tỵ")."""
    before = text[max(0, window.start - 20) : window.start]
    return _LUNAR_BEFORE.search(before) is not None or _LUNAR_AFTER.match(text, window.end) is not None


def hour_in(folded: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The first hour between two places, as `HH:MM` with where it stands; None where there is none that can be."""
    text = _one_line(folded[start:end])
    for found in _HOUR.finditer(text):
        hour, minutes = int(found["h"]), int(found["min"] or 0)
        if found["part"] in {"chieu", "toi"} and hour < _NOON:
            hour += _NOON
        if hour < 24 and minutes < 60:  # noqa: PLR2004
            return f"{hour:02d}:{minutes:02d}", start + found.start(), start + found.end()
    return None


def is_only_a_time(folded: str, start: int, end: int, year: int | None) -> bool:
    """Whether the words between two places are days, weekdays and hours and nothing else."""
    named = windows(folded, start, end, year)
    around = [(start, named[0].start), (named[-1].end, end)] if named else []
    return bool(named) and all(_NOTHING_ELSE.fullmatch(_one_line(folded[slice(*part)])) for part in around)


def half_day_in(folded: str, start: int, end: int) -> str | None:
    """Which part of the day is named: `morning`, `afternoon`, `evening`; None where none or two are."""
    text = _one_line(folded[start:end])
    halves = {found["half"] or found["after"] or found["first"] for found in _HALF_DAY.finditer(text)}
    if len(halves) != 1:
        return None
    return {"sang": "morning", "chieu": "afternoon", "toi": "evening"}[halves.pop()]


def day_of(day: str, month: str, year: int) -> date | None:
    """A day as it is written; None for one that does not exist."""
    try:
        return date(year, int(month), int(day)) if year in _YEARS else None
    except ValueError:
        return None


def _full_year(written: str | None, otherwise: int | None) -> int | None:
    if not written:
        return otherwise
    return int(written) if len(written) == len("2026") else 2000 + int(written)


def _ranges(text: str, year: int | None) -> Iterator[TimeSpan]:
    yield from _two_days(_RANGE, text, year, either=False)


def _eithers(text: str, year: int | None) -> Iterator[TimeSpan]:
    yield from _two_days(_EITHER, text, year, either=True)


def _two_days(pattern: "re.Pattern[str]", text: str, year: int | None, *, either: bool) -> Iterator[TimeSpan]:
    for found in pattern.finditer(text):
        last_year = _full_year(found["by"], year)
        if last_year is None or (found["only"] is None and found["am"] is None) or _THREE_NUMBERS.fullmatch(found[0]):
            continue
        first_year = _full_year(found["ay"], last_year) or last_year
        last = day_of(found["bd"], found["bm"], last_year)
        first = day_of(found["only"] or found["ad"], found["am"] or found["bm"], first_year)
        if first and last and first <= last:
            yield TimeSpan(found.start(), found.end(), first, last, WINDOW, bool(found["by"]), either)


def _many_days(text: str, year: int | None) -> Iterator[TimeSpan]:
    for found in _MANY_DAYS.finditer(text):
        which = _full_year(found["y"], year)
        if which is None:
            continue
        for one in re.finditer(r"\d{1,2}", found["list"]):
            day = day_of(one[0], found["m"], which)
            if day:
                at = found.start("list") + one.start()
                yield TimeSpan(at, at + len(one[0]), day, day, DAY, bool(found["y"]))


def _single_days(text: str, year: int | None) -> Iterator[TimeSpan]:
    for found in _DAYS.finditer(text):
        if not found["lead"] and not found["ay"]:
            continue
        before = text[max(0, found.start() - 30) : found.start()]
        if not found["lead"] and re.search(r"(?:\d\s*|[/.\-]\s*|so\s*:?\s*|tuan\s+(?:thu\s+)?)$", before):
            continue
        which = _full_year(found["ay"], year)
        day = day_of(found["ad"], found["am"], which) if which else None
        if day:
            yield TimeSpan(found.start(), found.end(), day, day, DAY, bool(found["ay"]))


def _months(text: str, year: int | None) -> Iterator[TimeSpan]:
    for found in _MONTH.finditer(text):
        if re.search(r"(?:\d|sau)\s+$|ngay\s+\d{1,2}\s+$", text[max(0, found.start() - 30) : found.start()]):
            continue
        which = _full_year(found["y"], year)
        if which is None:
            continue
        named = [
            (found.start("first"), found.end("first"), _month_of(found["first"])),
            *(
                (found.start("rest") + one.start(), found.start("rest") + one.end(), _month_of(one["name"]))
                for one in re.finditer(rf"(?:thang\s+)?(?P<name>{_MONTH_NAME})", found["rest"])
            ),
        ]
        if any(number is None for _, _, number in named):
            continue
        joined = re.search(r"den|hoac|[-–]", found["rest"])
        numbers = [number or 0 for _, _, number in named]
        if joined and len(numbers) == 2 and numbers[0] < numbers[1]:  # noqa: PLR2004
            last = date(which, numbers[1], monthrange(which, numbers[1])[1])
            either = joined[0] == "hoac"
            yield TimeSpan(
                found.start(), found.end(), date(which, numbers[0], 1), last, WINDOW, bool(found["y"]), either
            )
            continue
        if found["part"] and len(numbers) == 1:
            first, last = _part_of_month(found["part"].replace(",", "").strip(), which, numbers[0])
            yield TimeSpan(found.start(), found.end(), first, last, WINDOW, bool(found["y"]))
            continue
        for place, (start, stop, number) in enumerate(named):
            first = date(which, number or 1, 1)
            last = first.replace(day=monthrange(which, first.month)[1])
            end = found.end() if place == len(named) - 1 else stop
            yield TimeSpan(found.start() if place == 0 else start, end, first, last, MONTH, bool(found["y"]))


def _month_of(written: str) -> int | None:
    number = int(written) if written.isdigit() else _WORD_MONTHS[" ".join(written.split())]
    return number if number in range(1, 13) else None


def _part_of_month(part: str, year: int, month: int) -> tuple[date, date]:
    """The days of "tuần thứ 2", "nửa đầu", "cuối" of a month: weeks from Monday on, thirds of ten days."""
    first = date(year, month, 1)
    last = first.replace(day=monthrange(year, month)[1])
    if part.startswith("nua"):
        return (first, first.replace(day=15)) if "dau" in part else (first.replace(day=16), last)
    if part.startswith("tuan"):
        word = part.removeprefix("tuan").replace("thu", "").replace("cua", "").split()[0]
        if word == "cuoi":
            return last - timedelta(days=6), last
        number = {"dau": 1, "nhat": 1, "hai": 2, "ba": 3, "tu": 4}.get(word) or int(word)
        start = first + timedelta(days=7 * (number - 1))
        return start, min(start + timedelta(days=6), last)
    if part.startswith(("dau", "thuong")):
        return first, first.replace(day=10)
    if part.startswith(("giua", "trung")):
        return first.replace(day=11), first.replace(day=20)
    return first.replace(day=21), last


def _quarters(text: str, year: int | None) -> Iterator[TimeSpan]:
    for found in _QUARTER.finditer(text):
        which = _full_year(found["y"], year)
        if which is None:
            continue
        rest = [
            (found.start("rest") + one.start(), found.start("rest") + one.end(), _ROMAN[one["name"]])
            for one in re.finditer(r"(?:qu[yi]\s+)?\b(?P<name>iv|i{1,3}|[1-4])\b", found["rest"])
        ]
        named = [(found.start("first"), found.end("first"), _ROMAN[found["first"]]), *rest]
        for place, (start, stop, number) in enumerate(named):
            first = date(which, 3 * number - 2, 1)
            last = date(which, 3 * number, monthrange(which, 3 * number)[1])
            end = found.end() if place == len(named) - 1 else stop
            yield TimeSpan(found.start() if place == 0 else start, end, first, last, QUARTER, bool(found["y"]))


def _half_years(text: str, year: int | None) -> Iterator[TimeSpan]:
    for found in _HALF_YEAR.finditer(text):
        which = _full_year(found["y"], year)
        if which is not None:
            ends = (
                (date(which, 1, 1), date(which, 6, 30))
                if found["which"] == "dau"
                else (date(which, 7, 1), date(which, 12, 31))
            )
            yield TimeSpan(found.start(), found.end(), *ends, HALF_YEAR, bool(found["y"]))


def _whole_years(text: str, _year: int | None) -> Iterator[TimeSpan]:
    for found in _WHOLE_YEAR.finditer(text):
        which = int(found["y"])
        if which in _YEARS:
            yield TimeSpan(found.start(), found.end(), date(which, 1, 1), date(which, 12, 31), YEAR)
