"""Days and times as people type them: one reader for every place where a day or an hour is asked for.

Three things come of a text: a day or a time that is sure; a question back, with the choices where there are two; or a
refusal that says what cannot be. What is taken for granted is only what everybody in an office would take for granted.
"""

import re
import unicodedata
from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from intake.rules.deadlines.calendar import LOCAL
from intake.rules.errors import RuleBroken, Unsure
from intake.rules.text import fold, without_marks

_HALF_A_YEAR = timedelta(days=183)
_A_WEEK = timedelta(days=7)
_A_MONTH = timedelta(days=31)
_TWELVE, _HOURS, _MINUTES = 12, 24, 60
_EARLIEST_PLAIN_HOUR = 7
"""From this hour on nobody asks whether morning or afternoon is meant; "3 giờ" is one or the other."""
_CENTURY = 2000
_YEARS = range(1945, 2101)

# What loses its sense with its marks is told apart before they go: "sáu" is six, "sau" is after; "tư", "từ".
_MARKED = (
    (r"bây giờ", "ngay_bay_gio"),
    (r"âm(?: lịch)?|al", "lunar"),
    (r"thứ tư", "t4"),
    (r"tháng tư", "thang 4"),
    (r"mươi tư", "muoi bon"),
    (r"mươi mốt", "muoi mot"),
    (r"hai tư", "hai bon"),
    (r"sáu", "6"),
    (r"từ", "from"),
    (r"tới", "next"),
    (r"tôi", "ta"),
    (r"(?:ngày |hôm |bữa )?kìa", "plus_3"),
    (r"(?:ngày |hôm |bữa )?mốt", "plus_2"),
    (r"mai mốt", "mo_ho"),
    (r"bảy", "7"),
)
_ONES = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_ONE = "|".join(_ONES)
_WORDS = re.compile(
    rf"\b(?:(?P<tens>hai|ba|bon|nam) muoi(?: (?P<after>{_ONE}|[67]))?|(?P<ten>muoi)(?: (?P<teen>{_ONE}|[67]))?"
    rf"|(?P<short>hai|ba) (?P<last>mot|hai|ba|bon|lam|bay|tam|chin|[67])|(?P<one>mot|hai|ba|bon|bay|tam|chin))\b"
)
_ONLY_AS_NUMBER = (
    (re.compile(r"\b(ngay|mung|mong|thang|muoi|kem) nam\b(?! \d{4})"), r"\1 5"),
    (re.compile(r"\bthang nam(?= \d{4})"), "thang 5"),
    (re.compile(r"\bnam(?= (?:gio|phut|ruoi|ngay nua))"), "5"),
    (re.compile(r"\bsau(?= (?:gio|ruoi))"), "6"),
    (re.compile(r"\bthang tu\b"), "thang 4"),
    (re.compile(r"\b(ngay|mung|mong) sau\b"), r"\1 6"),
    (re.compile(r"\b(ngay|hom|bua) mot\b"), "plus_2"),
)
_WEEKDAY_WORDS = {"hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}
_WEEKDAY = re.compile(
    r"\b(?:thu ?\.?(?P<named>hai|ba|tu|nam|sau|bay|[2-7])|t\.? ?(?P<short>[2-7])|(?P<sunday>chu ?nhat|c\.?n))\b"
    r"(?! ?/)(?P<rest> ?,? ?(?:cua )?(?:(?:tuan )?(?:sau nua|nay|sau|toi|next|ke)|tuan)\b)?"
)
_SEPARATED = r"\s*[/.\-\u2013]\s*"
_D, _M = r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"
_RANGES = re.compile(
    r"(?<![\d:])\d{1,2}\s*(?:-|–|,|den|next|va|hoac|hay)\s*(?:ngay )?\d{1,2}\s*(?:/|thang)\s*\d"
    r"|\d\s*/\s*\d{1,2}\s*(?:-|–)\s*\d{1,2}\s*/|\d\s*(?:h|g|gio|:\d\d)\d*\s*(?:-|–)\s*\d"
)
_NAMED_MONTH = r"(?:thang|thg|th)\.?\s*"
_DAYS = (
    re.compile(r"(?<!\d)(?P<year>\d{4})\s*[-/.]\s*" + _M + r"\s*[-/.]\s*" + _D + r"(?:t[\d:]+)?(?!\d)"),
    re.compile(r"(?<![\d/])" + _D + _SEPARATED + _M + _SEPARATED + r"(?P<year>\d+)(?!\d)"),
    re.compile(r"(?<!\d)" + _D + r"[\s,-]*" + _NAMED_MONTH + _M +
        r"(?:[\s,/.-]*(?:nam\s*)(?P<year>\d+)|[\s,/.-]+(?P<year4>\d{4}))?(?![\d:])"),
    re.compile(r"(?<!\d)" + _D + r" " + _M + r" (?P<year>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{2})(?P<month>\d{2})(?P<year>20\d{2})(?!\d)"),
    re.compile(r"(?<![\d/.,:])" + _D + r"\s*/\s*" + _M + r"(?:,? nam (?P<year>\d+))?(?![\d/.]*\d)"),
    re.compile(r"(?<![\d/.,:])" + _D + r"(?P<sign>\s*[.\-\u2013]\s*)" + _M + r"(?:,? nam (?P<year>\d+))?(?![\d/]*\d)"),
)  # fmt: skip
_OF_MONTH = re.compile(r"(?<![\d/.])(?:ngay |hom )?(?P<day>\d{1,2})(?: cua)? thang (?P<which>nay|sau|toi|next)\b")
_LAST_OF_MONTH = re.compile(
    r"\bngay (?:cuoi cung|cuoi)(?: cua)? thang "
    r"(?:(?P<month>\d{1,2})(?:[ /]*(?:nam )?(?P<year>\d{4}))?|(?P<which>nay|sau|toi|next))"
)
_BARE_DAY = re.compile(r"\b(?:ngay|hom) (?P<day>\d{1,2})\b(?! ?(?:h|g|gio|:|ngay))")
_AHEAD = re.compile(r"\b(?:sau )?(?P<count>\d{1,3}) (?P<unit>ngay|hom|tuan)(?: nua| sau| next)?\b")
_RELATIVE = (
    (re.compile(r"\b(?:hom|bua|ngay) nay\b|\bngay_bay_gio\b|\b(?:sang|trua|chieu|toi) nay\b"), 0),
    (re.compile(r"\b(?:ngay kia kia)\b|\bplus_3\b"), 3),
    (re.compile(r"\b(?:hom|bua) kia\b"), -2),
    (re.compile(r"\bngay kia\b(?! roi)|\bplus_2\b"), 2),
    (re.compile(r"\b(?:ngay |hom |bua )?mai\b"), 1),
    (re.compile(r"\b(?:hom|bua|ngay) qua\b"), -1),
)
_VAGUE = re.compile(
    r"\b(?:tet|le|ram|gieng|chap|lunar|am lich|nong lich|mo_ho|mai mot|hoac|hay la|hay|khoang|tam|tru|khong|chua|truoc"
    r"|sau|from|tu|den|giua|(?<!bat )dau|cuoi|nao|may|het|thay vi|doi lai|dung co|ngoai|tuy|hoan|va"
    r"|het|moi|hang|bay gio|hon|qua|chac|neu|co le)\b"
)
_HALF = r"(?P<half>ruoi)"
_CLOCK = re.compile(
    r"(?<![\d/.,-])(?P<hour>\d{1,3})\s*(?:"
    r"(?:gio|h|g)\s*(?:(?P<minute>\d{1,3})\s*(?:phut|ph|p|')?(?![\d/.-]|\s*/|\s*gio| thang)|"
    + _HALF
    + r"|(?:kem|thieu)\s*(?P<less>\d{1,2})(?:\s*(?:phut|p)\b)?)?"
    r"|:\s*(?P<minute2>\d{1,3})(?::\d{2})?(?!\d)(?:\s*(?:h|p|phut)\b)?|\s(?P<half2>ruoi)\b|(?=\s*(?:am|pm|sang|trua|chieu|toi)\b))"
)  # fmt: skip
_PART = re.compile(r"\b(?:buoi )?(sang|trua|chieu|toi|dem|khuya|am|pm)\b")
_FILLERS = frozenset({
    "ngay", "hom", "vao", "luc", "thu", "nhe", "nha", "a", "da", "vang", "oi", "xin", "cho", "em", "anh", "chi",
    "toi", "ta", "minh", "duoc", "thi", "la", "se", "o", "hop", "doi", "thoai", "buoi", "dien", "ra", "bat",
    "dau", "to", "chuc", "xa", "thon", "gio", "han", "chot", "cham", "nhat", "nam", "duong", "lich", "dl", "ok",
    "oke", "co", "the", "cua", "chinh", "xac", "dung", "nghe", "vay", "di", "chuyen", "sang", "moi", "nay",
    "bua", "luon", "chieu", "gap", "voi", "chung", "ban", "hen", "ngay_bay_gio", "i", "mung", "mong", "lai",
    "roi", "cung", "tot", "cong", "tac", "phut", "ubnd", "lam", "viec", "giai", "quyet", "xong", "tra", "loi",
    "bu", "tai", "tra_loi", "thoi", "trua", "dem", "khuya", "khung", "khoi", "ke", "hoach", "mo", "man", "be",
    "mac",
})  # fmt: skip
_TIME_ALONE = re.compile(r"(?:luc )?\d{1,2} ?(?:h|g|gio) ?(?:\d{2}(?: ?phut| ?p)?)?(?: (?:sang|trua|chieu|toi))?")
_NEGLIGIBLE = 6
"""So many further words around a whole day (25/4) do not make it unsure; what could turn its sense does."""


@dataclass(frozen=True, slots=True)
class When:
    """What a text says of day and time; `why` is the msgid of what is to be asked or refused.

    `named` is what that sentence names, `choices` what may be meant, `impossible` that it can be nothing.
    """

    day: date | None = None
    at: time | None = None
    why: str = ""
    impossible: bool = False
    named: str = ""
    choices: tuple[date | time, ...] = ()


def read_when(text: str, today: date, *, past: bool = False) -> When:
    """Read a day, a time, or both. `today`: what "mai" and a day without its year are counted from.

    With `past` a day without its year is the last one that has been; within a month ahead it is asked which is meant.
    """
    plain = _plain(text)
    try:
        return _read(plain, today, past=past)
    except _Open as open_:
        return open_.when


def day_typed(text: str, today: date, *, past: bool = False) -> date:
    """The day that was typed, with `past` one that is over or today's.

    Raises `RuleBroken` for what can be none, `Unsure` for what can be several.
    """
    return day_and_time_typed(text, today, past=past)[0]


def day_and_time_typed(text: str, today: date, *, past: bool = False) -> tuple[date, time | None]:
    """The same with the time of day that was typed beside it, if one was."""
    otherwise = RuleBroken("refusal.day", {"today": today})
    found = _settled(read_when(text, today, past=past), otherwise)
    if found.day is None:
        raise otherwise
    return found.day, found.at


def past_day_typed(text: str, today: date) -> date:
    """The day that was typed, of which one without its year is the last one that has been. Raises as `day_typed`."""
    return day_typed(text, today, past=True)


def time_typed(text: str) -> time:
    """The time of day that was typed. Raises `RuleBroken` for what can be none, `Unsure` for what can be two."""
    otherwise = RuleBroken("refusal.typed_time")
    found = _settled(read_when(text, date(_CENTURY, 1, 1)), otherwise)
    if found.at is None:
        raise otherwise
    return found.at


def is_time_alone(text: str) -> bool:
    """Whether a text is a time of day and nothing else: "16h30"."""
    return _TIME_ALONE.fullmatch(fold(text.replace(":", "h")).strip()) is not None


def past_moment_typed(text: str, now: datetime, *, on: date | None = None) -> datetime:
    """A moment that is over: `16:30` on the day `on`, else today, or `16:30 25/04/2024`; an aware local moment.

    Of morning and afternoon the one that has been is meant, where only one has. Raises as `time_typed` does.
    """
    here = now.astimezone(LOCAL)
    found = read_when(text, here.date(), past=True)
    default = on or here.date()
    if found.why == "unsure.time":
        past = [one for one in found.choices if isinstance(one, time) and _on(found.day or default, one) <= here]
        if len(past) == 1:
            return _on(found.day or default, past[0])
    otherwise = RuleBroken("refusal.typed_time")
    found = _settled(found, otherwise)
    if found.at is None:
        raise otherwise
    return _on(found.day or default, found.at)


def _on(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=LOCAL)


def _settled(found: When, otherwise: RuleBroken) -> When:
    """What was read, when it is sure; `otherwise` is raised for what says nothing that could be asked about."""
    if not found.why:
        return found
    if found.why == "unsure.nothing":
        raise otherwise
    if found.choices:
        day = "" if found.day is None else f" {found.day:%d/%m/%Y}"
        labels = [f"{one:%d/%m/%Y}" if isinstance(one, date) else f"{one:%H:%M}{day}" for one in found.choices]
        raise Unsure(found.why, {"text": found.named}, labels)
    raise RuleBroken(found.why, {"text": found.named})


class _Open(Exception):
    def __init__(self, when: When) -> None:
        self.when = when


def _ask(why: str, *, named: str = "", choices: Iterable[date | time] = (), day: date | None = None) -> _Open:
    return _Open(When(day=day, why=why, named=named, choices=tuple(choices)))


def _refuse(why: str, named: str) -> _Open:
    return _Open(When(why=why, named=named, impossible=True))


def _plain(text: str) -> str:
    lower = " ".join(unicodedata.normalize("NFKC", text[:200]).casefold().replace("ð", "đ").split())
    for word, meant in _MARKED:
        lower = re.sub(rf"(?<!\w){word}(?!\w)", meant, lower)
    plain = without_marks(lower.replace("’", "'"))
    for pattern, digits in _ONLY_AS_NUMBER:
        plain = pattern.sub(digits, plain)
    plain = _WEEKDAY.sub(_weekday_mark, plain)
    return _WORDS.sub(_number, plain)


def _weekday_mark(found: re.Match[str]) -> str:
    which = "8" if found["sunday"] else found["short"] or str(_WEEKDAY_WORDS.get(found["named"], found["named"]))
    rest = (found["rest"] or "").strip(" ,").removeprefix("cua ")
    return f"wd{which}_{rest.replace(' ', '_')} "


def _number(found: re.Match[str]) -> str:
    def one(word: str | None) -> int:
        return 0 if word is None else int(word) if word.isdigit() else _ONES[word]

    if found["one"]:
        return str(one(found["one"]))
    if found["ten"]:
        return str(10 + one(found["teen"]))
    return str(10 * one(found["tens"] or found["short"]) + one(found["after"] or found["last"]))


def _read(plain: str, today: date, *, past: bool) -> When:
    if _RANGES.search(plain):
        raise _ask("unsure.several")
    days: list[date] = []
    whole = False
    rest = plain
    for pattern in _DAYS:
        for found in pattern.finditer(rest):
            days.append(_day_of(found, today, past=past))
            whole = True
        rest = pattern.sub(" ", rest)
    rest = _relative_days(rest, today, days)
    rest, at = _time_of(rest, days)
    rest = _weekdays(rest, today, days)
    _nothing_left(rest, whole=whole or (at is not None and not days))
    if len(set(days)) > 1:
        raise _ask("unsure.several", choices=sorted(set(days)))
    day = days[0] if days else None
    if isinstance(at, _Open):
        raise _Open(replace(at.when, day=day))
    if day is None and at is None:
        raise _ask("unsure.nothing")
    return When(day, at)


def _day_of(found: re.Match[str], today: date, *, past: bool) -> date:
    parts = found.groupdict()
    day, month = int(parts["day"]), int(parts["month"])
    year = parts["year"] or parts.get("year4")
    sign = (parts.get("sign") or "").strip()
    named = f"{day}/{month}"
    if sign and (month > _TWELVE or (sign != "." and day < month)):
        raise _ask("unsure.several")  # "8.30", "2-3": an hour, or from the one to the other
    if year is None and past:
        return _last(day, month, today, named)
    if year is None:
        return _nearest(day, month, today, named)
    return _real(day, month, _year(year, named), named)


def _year(written: str, named: str) -> int:
    if len(written) == 2:  # noqa: PLR2004 - "25/4/27"
        return _CENTURY + int(written)
    if int(written) not in _YEARS or len(written) != 4:  # noqa: PLR2004
        raise _refuse("refusal.no_such_year", named)
    return int(written)


def _real(day: int, month: int, year: int, named: str) -> date:
    if not 1 <= month <= _TWELVE:
        raise _refuse("refusal.no_such_month", named)
    try:
        return date(year, month, day)
    except ValueError:
        raise _refuse("refusal.no_such_day", named) from None


def _last(day: int, month: int, today: date, named: str) -> date:
    """A day without its year, where one that has been is wanted; asked when it is just ahead."""
    this = _real(day, month, today.year, named)
    if this <= today:
        return this
    if this - today > _A_MONTH:
        return _real(day, month, today.year - 1, named)
    leap = (day, month) == (29, 2)
    raise _ask("unsure.day_year", named=named, choices=(this,) if leap else (this.replace(year=this.year - 1), this))


def _nearest(day: int, month: int, today: date, named: str) -> date:
    """A day without its year: this year's when it is ahead; next year's when that is near; else it is asked."""
    if (day, month) == (29, 2):
        leap = date(next(filter(isleap, range(today.year, today.year + 9))), 2, 29)
        if leap.year != today.year or leap < today:
            raise _ask("unsure.day_year", named=named, choices=(leap,))
        return leap
    this = _real(day, month, today.year, named)
    if this >= today:
        last = this.replace(year=today.year - 1)
        if today - last < _A_MONTH:  # "25/12" on the 3rd of January
            raise _ask("unsure.day_year", named=named, choices=(last, this))
        return this
    following = this.replace(year=today.year + 1)
    if following - today <= _HALF_A_YEAR:
        return following
    raise _ask("unsure.day_year", named=named, choices=(this, following))


def _relative_days(rest: str, today: date, days: list[date]) -> str:
    for found in _LAST_OF_MONTH.finditer(rest):
        if found["which"]:
            first = _month_ahead(today, found["which"])
        else:
            month, year = int(found["month"]), int(found["year"] or today.year)
            first = _real(1, month, year, f"1/{month}")
            if not found["year"] and _end_of_month(first) < today:
                raise _ask("unsure.nothing")
        days.append(_end_of_month(first))
    rest = _LAST_OF_MONTH.sub(" ", rest)
    for found in _OF_MONTH.finditer(rest):
        first = _month_ahead(today, found["which"])
        days.append(_real(int(found["day"]), first.month, first.year, f"{found['day']}/{first.month}"))
    rest = _OF_MONTH.sub(" ", rest)
    return _bare_days(_counted_days(rest, today, days), today, days)


def _counted_days(rest: str, today: date, days: list[date]) -> str:
    for pattern, ahead in _RELATIVE:
        if pattern.search(rest):
            days.append(today + timedelta(days=ahead))
            rest = pattern.sub(
                lambda found: f" {found[0].removesuffix('nay')} " if found[0].endswith("nay") else " ", rest
            )
    for found in _AHEAD.finditer(rest):
        if not (found[0].startswith("sau ") or found[0].endswith((" nua", " sau", " next"))):
            continue
        days.append(today + timedelta(days=int(found["count"]) * (7 if found["unit"] == "tuan" else 1)))
        rest = rest.replace(found[0], " ")
    return rest


def _bare_days(rest: str, today: date, days: list[date]) -> str:
    for found in _BARE_DAY.finditer(rest):
        if days:
            continue
        try:
            this = today.replace(day=int(found["day"]))
        except ValueError:
            raise _refuse("refusal.no_such_day", f"{found['day']}/{today.month}") from None
        if this < today:
            following = _month_ahead(today, "sau")
            choices = [this, following.replace(day=this.day)] if this.day <= _end_of_month(following).day else [this]
            raise _ask("unsure.day_year", named=found["day"], choices=choices)
        days.append(this)
        rest = rest.replace(found[0], " ")
    return rest


def _month_ahead(today: date, which: str) -> date:
    first = today.replace(day=1)
    return first if which == "nay" else (first + timedelta(days=31)).replace(day=1)


def _end_of_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


_WEEKDAY_MARK = re.compile(r"wd([2-8])_(\w*)")


def _weekdays(rest: str, today: date, days: list[date]) -> str:
    marks = _WEEKDAY_MARK.findall(rest)
    rest = _WEEKDAY_MARK.sub(" ", rest)
    if not marks:
        return rest
    if len({mark[0] for mark in marks}) > 1:
        raise _ask("unsure.several")
    number, which = marks[0]
    weekday = int(number) - 2
    if days:
        if any(day.weekday() != weekday for day in days):
            near = days[0] + timedelta(days=(weekday - days[0].weekday() + 3) % 7 - 3)
            raise _ask("unsure.weekday", choices=sorted((days[0], near)))
        return rest
    monday = today - timedelta(days=today.weekday())
    this = monday + timedelta(days=weekday)
    if which in ("tuan_sau_nua", "sau_nua"):
        days.append(this + 2 * _A_WEEK)
    elif which in ("tuan_sau", "tuan_toi", "tuan_next", "tuan_ke", "sau"):
        days.append(this + _A_WEEK)
    elif which == "tuan_nay":
        days.append(this)
    elif (
        (which in ("toi", "next", "ke") and this > today)
        or which == "tuan"
        or this == today
        or (which == "nay" and this < today)
    ):
        raise _ask("unsure.several", choices=(this, this + _A_WEEK))
    else:
        days.append(this if this > today else this + _A_WEEK)
    return rest


def _time_of(rest: str, days: list[date]) -> tuple[str, "time | _Open | None"]:
    times = list(_CLOCK.finditer(rest))
    if not times:
        return (_PART.sub(" ", rest) if days or _WEEKDAY_MARK.search(rest) else rest), None
    without = _CLOCK.sub(" ", rest)
    parts = {found[1] for found in _PART.finditer(without)}
    without = _PART.sub(" ", without)
    if len(times) > 1 or len(parts) > 1:
        raise _ask("unsure.several")
    return without, _clock(times[0], next(iter(parts), ""))


def _clock(found: re.Match[str], part: str) -> "time | _Open":
    hour = int(found["hour"])
    minute = 30 if found["half"] or found["half2"] else int(found["minute"] or found["minute2"] or 0)
    named = f"{hour}:{minute:02}"
    if hour > _HOURS or minute >= _MINUTES or (hour == _HOURS and minute):
        raise _refuse("refusal.no_such_time", named)
    if found["minute"] and len(found["minute"]) == 1 and found["minute"] != "0" and "p" not in found[0]:
        return _ask("unsure.nothing")  # "8h3": three minutes, or thirty, and the nought was forgotten?
    if hour == _HOURS:
        return _ask("unsure.nothing")
    written_out = len(found["hour"]) > 1 and found["hour"].startswith("0")
    hours = _hours(hour, part, written_out=written_out)
    less = int(found["less"] or 0)
    times = [_less(each, minute, less) for each in hours]
    if len(times) == 1:
        return times[0]
    return _ask("unsure.time", named=named, choices=times)


def _less(hour: int, minute: int, less: int) -> time:
    whole = (hour * _MINUTES + minute - less) % (_HOURS * _MINUTES)
    return time(whole // _MINUTES, whole % _MINUTES)


def _hours(hour: int, part: str, *, written_out: bool) -> tuple[int, ...]:  # noqa: PLR0911 - a table
    """The hours of the day that are meant: one, or the two it may be, or none where hour and part contradict."""
    late = hour + _TWELVE
    match part:
        case "":
            return (hour,) if hour >= _EARLIEST_PLAIN_HOUR or hour == 0 or written_out else (hour, late)
        case "sang" | "am":
            return (hour,) if hour < _TWELVE else ((0,) if part == "am" and hour == _TWELVE else ())
        case "pm":
            return (late,) if hour < _TWELVE else (hour,)
        case "trua":
            return (late,) if 1 <= hour <= 2 else ((hour,) if 10 <= hour <= 14 else ())  # noqa: PLR2004
        case "chieu":
            return (late,) if 1 <= hour <= 6 else ((hour,) if 12 <= hour <= 18 else ())  # noqa: PLR2004
        case "toi":
            return (late,) if 6 <= hour <= 11 else ((hour,) if hour >= 17 else ())  # noqa: PLR2004
    if hour in (0, _TWELVE):
        return (0,)
    if 7 <= hour < _TWELVE:  # noqa: PLR2004
        return (late,)
    return (hour,) if hour <= 4 or hour >= 19 else ()  # noqa: PLR2004


def _nothing_left(rest: str, *, whole: bool) -> None:
    """Whether what stands around day and time leaves them what they are."""
    words = re.findall(r"[a-z_']+|\d+", rest)
    unknown = [word for word in words if word not in _FILLERS]
    if _VAGUE.search(" ".join(words)) or any(word.isdigit() for word in unknown):
        raise _ask("unsure.nothing")
    if len(unknown) > (_NEGLIGIBLE if whole else 0):
        raise _ask("unsure.nothing")
