"""Vietnamese as it is read aloud: numbers, days, times and abbreviations in words, for loudspeakers.

The words of numbers are grammar, not sentences: they stand here, as the words that are searched for do.
"""

import re
from collections.abc import Callable
from datetime import date, time

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu", " tỷ")
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
LARGEST = 999_999_999_999
"""The largest number that is put into words; a longer one is a code and is read digit by digit."""
_ABBREVIATIONS = {
    "UBMTTQVN": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "UBMTTQ": "Ủy ban Mặt trận Tổ quốc",
    "UBMT": "Ủy ban Mặt trận",
    "MTTQ": "Mặt trận Tổ quốc",
    "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân",
    "BTV": "Ban Thường vụ",
    "TDP": "tổ dân phố",
    "KDC": "khu dân cư",
    "KT-XH": "kinh tế - xã hội",
    "CT-XH": "chính trị - xã hội",
    "QP-AN": "quốc phòng - an ninh",
    "CCHC": "cải cách hành chính",
    "QCDC": "quy chế dân chủ",
    "GCN": "giấy chứng nhận",
    "QSDĐ": "quyền sử dụng đất",
    "NTM": "nông thôn mới",
    "ASXH": "an sinh xã hội",
    "TT": "trung tâm",
    "KH": "kế hoạch",
    "NQ": "nghị quyết",
    "TP": "thành phố",
}
_MORNING, _NOON, _AFTERNOON, _EVENING, _NIGHT = 1, 11, 13, 18, 22
_TWELVE = 12
_FIRST_TEN = 10


def number_aloud(number: int) -> str:
    """A whole number in words: 24 → "hai mươi tư", 105 → "một trăm linh năm". ValueError below 0 or too large."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not read aloud")
    if number == 0:
        return _DIGITS[0]
    groups = []
    while number:
        number, group = divmod(number, 1000)
        groups.append(group)
    words = [
        _group_aloud(group, full=place < len(groups) - 1) + _GROUPS[place]
        for place, group in reversed(list(enumerate(groups)))
        if group
    ]
    return " ".join(words)


def _group_aloud(group: int, *, full: bool) -> str:
    """Three digits; `full`: something stands before them, so that the hundreds are said even when there are none."""
    hundreds, rest = divmod(group, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or full else []
    if rest:
        tens, ones = divmod(rest, 10)
        if not tens:
            words.append(f"linh {_DIGITS[ones]}" if words else _DIGITS[ones])
        else:
            words.append(_two_aloud(tens, ones))
    return " ".join(words)


def _two_aloud(tens: int, ones: int) -> str:
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    if not ones:
        return head
    if ones == 5:  # noqa: PLR2004 - the digit
        return f"{head} lăm"
    if tens > 1 and ones in (1, 4):
        return f"{head} {'mốt' if ones == 1 else 'tư'}"
    return f"{head} {_DIGITS[ones]}"


def day_aloud(day: date, *, weekday: bool = True, year: bool = False) -> str:
    """A day: "thứ năm ngày hai mươi lăm tháng tư", with the year on demand."""
    words = f"ngày {_day_of_month(day.day)} tháng {_month(day.month)}"
    if weekday:
        words = f"{_WEEKDAYS[day.weekday()]} {words}"
    return f"{words} năm {number_aloud(day.year)}" if year else words


def _day_of_month(day: int) -> str:
    return f"mùng {number_aloud(day)}" if day <= _FIRST_TEN else number_aloud(day)


def _month(month: int) -> str:
    return "tư" if month == 4 else number_aloud(month)  # noqa: PLR2004 - April


def time_aloud(at: time) -> str:
    """A time of day as people say it: "tám giờ sáng", "hai giờ ba mươi phút chiều"."""
    if _MORNING <= at.hour < _NOON:
        part = "sáng"
    elif _NOON <= at.hour < _AFTERNOON:
        part = "trưa"
    elif _AFTERNOON <= at.hour < _EVENING:
        part = "chiều"
    elif _EVENING <= at.hour < _NIGHT:
        part = "tối"
    else:
        part = "đêm"
    hour = at.hour - _TWELVE if at.hour > _TWELVE else at.hour
    minutes = f" {number_aloud(at.minute)} phút" if at.minute else ""
    return f"{number_aloud(hour)} giờ{minutes} {part}"


def aloud(text: str) -> str:
    """A text fit for reading aloud: numbers, days, times, percentages and abbreviations in words.

    What is no day or time although it looks like one ("31/02", "25:70") is read number by number.
    """
    for pattern, say in _RULES:
        text = pattern.sub(say, text)
    return text


def _say_day(found: re.Match[str]) -> str:
    day, month = int(found["day"]), int(found["month"])
    year = int(found["year"]) if found["year"] else None
    try:
        real = date(year or 2000, month, day)  # 2000 has a 29th of February
    except ValueError:
        return _each_number(found[0])
    return day_aloud(real, weekday=year is not None and bool(found["year"]), year=year is not None)


def _say_time(found: re.Match[str]) -> str:
    try:
        return time_aloud(time(int(found["hour"]), int(found["minute"] or 0)))
    except ValueError:
        return _each_number(found[0])


def _each_number(text: str) -> str:
    return " ".join(number_aloud(int(digits)) for digits in re.findall(r"\d+", text))


def _say_number(found: re.Match[str]) -> str:
    digits = found[0].replace(".", "")
    if len(digits) > len(str(LARGEST)):
        return " ".join(_DIGITS[int(digit)] for digit in digits)
    return number_aloud(int(digits))


def _say_quarter(found: re.Match[str]) -> str:
    return f"{found[1]} {number_aloud(_ROMAN[found[2]])}"


_LONGEST_FIRST = sorted(_ABBREVIATIONS, key=len, reverse=True)
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(rf"\b({'|'.join(_LONGEST_FIRST)})\b"), lambda found: _ABBREVIATIONS[found[1]]),
    (
        re.compile(r"(?:\bngày )?\b(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})(?:[/.-](?P<year>\d{4}))?(?![\d/])"),
        _say_day,
    ),
    (re.compile(r"\b(?P<hour>\d{1,2})(?::|h|g| giờ)(?P<minute>(?<=[:hg])\d{2})?(?!\w)(?: phút)?"), _say_time),
    (re.compile(r"\b(quý|Quý) (IV|I{1,3})\b"), _say_quarter),
    (re.compile(r"(?<=\d) ?%"), lambda _: " phần trăm"),
    (re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+"), _say_number),
)
