"""Vietnamese as it is read aloud: numbers, days, times and abbreviations in words, for loudspeakers.

The words of numbers are grammar, not sentences: they stand here, as the words that are searched for do.
"""

import re
from collections.abc import Callable
from datetime import date, time
from itertools import pairwise

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu", " tỷ")
_WEEKDAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
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
    "NVH": "nhà văn hóa",
    "THCS": "trung học cơ sở",
    "THPT": "trung học phổ thông",
    "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội",
    "CCCD": "căn cước công dân",
    "HTX": "hợp tác xã",
    "ANTT": "an ninh trật tự",
    "ATGT": "an toàn giao thông",
    "PCCC": "phòng cháy chữa cháy",
    "PCTT": "phòng chống thiên tai",
    "TKCN": "tìm kiếm cứu nạn",
    "GPMB": "giải phóng mặt bằng",
    "VSMT": "vệ sinh môi trường",
    "TTHC": "thủ tục hành chính",
    "GTNT": "giao thông nông thôn",
    "VHTT": "văn hóa thể thao",
    "TDTT": "thể dục thể thao",
    "SXKD": "sản xuất kinh doanh",
    "CNTT": "công nghệ thông tin",
    "DVC": "dịch vụ công",
    "CBCC": "cán bộ công chức",
    "ĐVTN": "đoàn viên thanh niên",
    "BCH": "ban chấp hành",
    "BCĐ": "ban chỉ đạo",
    "BTC": "ban tổ chức",
    "CCB": "cựu chiến binh",
    "NCT": "người cao tuổi",
    "LHPN": "liên hiệp phụ nữ",
    "TNCS": "thanh niên cộng sản",
    "HCM": "Hồ Chí Minh",
    "TBXH": "thương binh xã hội",
    "CTMT": "công tác mặt trận",
    "VNĐ": "đồng",
    "KP": "khu phố",
    "QĐ": "quyết định",
    "NĐ": "nghị định",
    "KH": "kế hoạch",
    "NQ": "nghị quyết",
    "TP": "thành phố",
}
_ABBREVIATIONS_OF_DOCUMENTS = {
    "KH": "kế hoạch",
    "QĐ": "quyết định",
    "NQ": "nghị quyết",
    "NĐ": "nghị định",
    "CP": "Chính phủ",
    "TTg": "Thủ tướng",
    "TT": "thông tư",
    "CT": "chỉ thị",
    "CV": "công văn",
    "TB": "thông báo",
    "BC": "báo cáo",
    "GM": "giấy mời",
    "HD": "hướng dẫn",
    "TTr": "tờ trình",
    "QC": "quy chế",
    "QH": "quốc hội",
    "HU": "huyện ủy",
    "TU": "tỉnh ủy",
    "ĐU": "đảng ủy",
    "TW": "trung ương",
    "BNV": "bộ nội vụ",
    "VP": "văn phòng",
}
_SLASHED = {
    "đ/c": "đồng chí",
    "v/v": "về việc",
    "k/g": "kính gửi",
    "t/m": "thay mặt",
    "k/t": "ký thay",
    "t/l": "thừa lệnh",
    "b/c": "báo cáo",
}
"""Abbreviations that are written with a stroke, which is no "or"."""
_PLACES = {"TP": "thành phố", "TX": "thị xã", "P": "phường", "Q": "quận", "H": "huyện"}
_UNITS = {
    "%": "phần trăm",
    "m2": "mét vuông",
    "m²": "mét vuông",
    "m3": "mét khối",
    "m³": "mét khối",
    "km2": "ki lô mét vuông",
    "km²": "ki lô mét vuông",
    "km/h": "ki lô mét một giờ",
    "km": "ki lô mét",
    "cm": "xăng ti mét",
    "mm": "mi li mét",
    "m": "mét",
    "ha": "héc ta",
    "kg": "ki lô gam",
    "kWh": "ki lô oát giờ",
    "kV": "ki lô vôn",
    "đ": "đồng",
    "VNĐ": "đồng",
    "VND": "đồng",
    "tr": "triệu",
    "°C": "độ xê",
    "l": "lít",
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
    """A text fit for reading aloud: what stands in figures, signs and abbreviations is put into words, by what it is.

    The first rule that fits takes a piece of text: numbers of phones and documents before days, days before ranges,
    and what is left is a plain number. What is no day or time although it looks like one is read number by number.
    """
    for pattern, say in _RULES:
        text = pattern.sub(say, text)
    return text


def unspoken(text: str) -> tuple[str, ...]:
    """The words of a text that went through `aloud` and still are none: signs, and abbreviations that nobody put down.

    Whoever reads it out stumbles over them, so somebody looks at them first (R053). Each once, in their order.
    """
    return tuple(dict.fromkeys(word.strip(_AROUND) for word in text.split() if _is_unspoken(word)))


def _is_unspoken(word: str) -> bool:
    inside = word.strip(_AROUND)
    return not _SIGNS.isdisjoint(inside) or any(one.isupper() and other.isupper() for one, other in pairwise(inside))


def _digit_by_digit(text: str) -> str:
    return " ".join(("cộng " if sign == "+" else _DIGITS[int(sign)]) for sign in text if sign in "+0123456789").replace(
        "  ", " "
    )


def _whole(digits: str) -> str:
    """A number as written: with dots between thousands; digit by digit when it begins with noughts or is too long."""
    plain = digits.replace(".", "").replace(" ", "")
    if len(plain) > len(str(LARGEST)) or (plain.startswith("0") and len(plain) > 2):  # noqa: PLR2004 - "05" is five
        return _digit_by_digit(plain)
    return number_aloud(int(plain))


def _each_number(text: str) -> str:
    return " ".join(_whole(digits) for digits in re.findall(r"\d+", text))


def _say_document(found: re.Match[str]) -> str:
    year = f", năm {_whole(found['year'])}" if found["year"] else ""
    parts = [
        _ABBREVIATIONS_OF_DOCUMENTS.get(one) or _ABBREVIATIONS.get(one) or one for one in re.split("[-/]", found["of"])
    ]
    return ", ".join([f"{_whole(found['number'])}{year}", *parts])


def _say_decimal(found: re.Match[str]) -> str:
    rest = found["rest"]
    return f"{_whole(found['whole'])} phẩy {_digit_by_digit(rest) if rest.startswith('0') else _whole(rest)}"


def _date_words(day: int, month: int, year: str | None, *, marked: bool) -> str:
    words = f"{_day_of_month(day)} tháng {_month(month)}"
    if year:
        words = f"{words} năm {_whole(year if len(year) > 2 else '20' + year)}"  # noqa: PLR2004 - "25/4/27"
    return f"ngày {words}" if marked else words


def _is_day(day: int, month: int, year: str | None) -> bool:
    try:
        date(int(year) if year and len(year) > 2 else 2000, month, day)  # noqa: PLR2004 - 2000 has a 29th of February
    except ValueError:
        return False
    return True


def _say_day(found: re.Match[str]) -> str:
    day, month, year = int(found["day"]), int(found["month"]), found["year"]
    mark = found["mark"] or ""
    if not _is_day(day, month, year):
        return f"{mark}{_each_number(found[0][len(mark) :])}"
    if mark.strip().lower() in ("mùng", "mồng"):
        return f"{mark}{number_aloud(day)} tháng {_month(month)}" + (f" năm {_whole(year)}" if year else "")
    return f"{mark}{_date_words(day, month, year, marked=not mark)}"


def _say_days(found: re.Match[str]) -> str:
    day, month = int(found["day"]), int(found["month"])
    if not _is_day(day, month, found["year"]):
        return f"{found['mark'] or ''}{_each_number(found[0])}"
    until = _date_words(day, month, found["year"], marked=True)
    first = f"{_day_of_month(int(found['first']))}"
    if found["first_month"]:
        first = f"{first} tháng {_month(int(found['first_month']))}"
    return f"{found['mark'] or 'ngày '}{first} đến {until}"


def _say_time(found: re.Match[str]) -> str:
    hour, minute = int(found["hour"]), int(found["minute"] or found["minute2"] or 0)
    try:
        said = time_aloud(time(hour, minute))
    except ValueError:
        return _each_number(found[0]) if ":" in found[0] else _hours_aloud(found)
    part = found["part"]
    if not part:
        return said
    return f"{said.rpartition(' ')[0]} {part.strip()}"


def _hours_aloud(found: re.Match[str]) -> str:
    """So many hours, which is no time of day: "trong 48 giờ"."""
    minutes = found["minute"] or found["minute2"]
    return f"{_whole(found['hour'])} giờ" + (f" {_whole(minutes)} phút" if minutes and int(minutes) else "")


def _say_quarter(found: re.Match[str]) -> str:
    number = _roman(found["number"]) if found["number"].isalpha() else int(found["number"])
    return f"{found['of']} {number_aloud(number)} năm {_whole(found['year'])}"


def _say_slashed_abbreviation(found: re.Match[str]) -> str:
    said = _SLASHED[found[0].lower()]
    return said.capitalize() if found[0][0].isupper() else said


def _say_times(found: re.Match[str]) -> str:
    return f"{found['from']} đến {found['to']}"


def _say_slashed(found: re.Match[str]) -> str:
    return (
        found["mark"]
        + " trên ".join(_whole(one) for one in re.findall(r"\d+", found["numbers"]))
        + (f" {found['letter']}" if found["letter"] else "")
    )


def _ordinal(number: int) -> str:
    return {1: "nhất", 4: "tư"}.get(number) or number_aloud(number)


def _ordinal_under(under: str) -> str:
    return "tư" if under == "4" else _whole(under)


def _roman(written: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[sign] for sign in written]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _say_roman(found: re.Match[str]) -> str:
    number = _roman(found["roman"])
    return f"{found['of']} {_ordinal(number) if found['of'].lower().endswith('thứ') else number_aloud(number)}"


def _say_unit(found: re.Match[str]) -> str:
    return f"{found['number']} {_UNITS[found['unit']]}"


def _say_road(found: re.Match[str]) -> str:
    name = {"QL": "quốc lộ", "TL": "tỉnh lộ", "ĐT": "đường tỉnh", "ĐH": "đường huyện", "HL": "hương lộ"}[found["kind"]]
    if found["before"]:
        name = name.removeprefix("đường ")
    return f"{found['before'] or ''}{name} {found['number']}{found['letter'] and ' ' + found['letter']}"


def _say_abbreviation(found: re.Match[str]) -> str:
    return _ABBREVIATIONS[found[1]]


_LONGEST_FIRST = sorted(_ABBREVIATIONS, key=len, reverse=True)
_SEP = r"[ \u00a0]?[-–][ \u00a0]?"
_YEAR = r"(?:[/.-](?P<year>\d{4}|\d{2})(?!\d))?"
_N = r"(?:\d{1,3}(?:\.\d{3})+(?!\d)|\d+)"
_PARTS = r"(?P<part> (?:sáng|trưa|chiều|tối|đêm)\b)?"
_UNIT_NAMES = "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))
_HOURS = r"(?P<hour>\d{1,3})(?:h(?P<minute>\d{2})?| giờ(?: (?P<minute2>\d{1,2}) phút)?)(?![\w/])"
_EMERGENCY = r"11[1-5]"
_AROUND = " .,;:!?()\"“”'"
_SIGNS = frozenset("%&@#=<>*_\\/+.,:;")
"""What is no word where it stands inside of one."""
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), say)
    for pattern, say in (
        # what is written with a stroke and is no number, no choice and no day
        (rf"(?i)\b(?:{'|'.join(_SLASHED)})(?!\w|/)", _say_slashed_abbreviation),
        (r"(?<=[a-zà-ỹ])/(?=hoặc\b)", lambda _: " "),
        # numbers people ring in an emergency, and thousands set apart by spaces
        (
            (
                r"\b(?P<mark>(?:[Gg]ọi|[Bb]áo|[Tt]ổng đài|[Đđ]ường dây nóng|[Hh]otline|[Cc]ảnh sát|[Cc]ông an|[Cc]ấp cứu|[Cc]hữa cháy"  # noqa: E501 - a pattern in one piece
                rf"|[Cc]ứu (?:hỏa|hoả|thương|nạn))(?: điện| ngay| số| đến| tới| cho)*:? )(?P<numbers>{_EMERGENCY}(?:(?:, ?| hoặc | và |/|{_SEP}){_EMERGENCY})*)(?!\d|[.,]\d| (?:hộ|người|ca|vụ|phiếu|trường|em|cháu|đơn|ý)\b)"  # noqa: E501 - a pattern in one piece
            ),
            lambda f: f["mark"] + re.sub(r"\d+", lambda one: _digit_by_digit(one[0]), f["numbers"].replace("/", ", ")),
        ),
        (
            r"(?<![\d.,/])[1-9]\d{0,2}(?:[ \u00a0]\d{3})+(?= ?(?:đồng|đ|VNĐ|VND)(?!\w))",
            lambda f: re.sub(r"\s", ".", f[0]),
        ),
        # roads before the telephone takes "ĐT"
        (
            r"(?P<before>\b[Đđ]ường )?\b(?P<kind>QL|TL|ĐT|ĐH|HL)[. ]?(?P<number>\d{1,3})(?P<letter>[A-Z]?)(?![\d.])",
            _say_road,
        ),
        (
            r"(?<![\d/])(?:\+84|0)\d(?:[ .-]?\d){7,9}(?![\d/])|\b1[89]00(?:[ .-]?\d){4,6}(?!\d)",
            lambda f: _digit_by_digit(f[0]),
        ),
        (
            r"\b(?:ĐTDĐ|SĐT|ĐT|Đt|đt|sđt)\b[.:]?(?= ?[a-zộốố])",
            lambda f: "điện thoại" + (":" if f[0].endswith(":") else ""),
        ),
        (
            r"(?<![\w/])(?P<number>\d{1,5})(?:/(?P<year>(?:19|20)\d\d))?[-/](?P<of>[A-ZĐ][A-ZĐa-z]{1,8}\d{0,2}(?:[-/][A-ZĐ][A-ZĐa-z]{0,10})*)(?!\w)",
            _say_document,
        ),
        # streets that are called by a day
        (
            r"(?P<of>\b(?:[Đđ]ường|[Pp]hố|[Cc]hợ|[Tt]rường|[Qq]uảng trường)) (?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])",  # noqa: E501 - a pattern in one piece
            lambda f: f"{f['of']} {number_aloud(int(f['day']))} tháng {_month(int(f['month']))}",
        ),
        # days, whole ones first
        (
            r"(?P<mark>\b[Nn]gày )?(?<![\d/.])(?P<first>\d{1,2})(?:/(?P<first_month>\d{1,2}))?"
            + _SEP
            + r"(?P<day>\d{1,2})/(?P<month>\d{1,2})"
            + _YEAR
            + r"(?![\d/])",
            _say_days,
        ),
        (
            (
                r"(?P<mark>\b(?:[Nn]hà số|[Ss]ố nhà|[Ss]ố|[Nn]gõ|[Hh]ẻm|[Kk]iệt|[Nn]gách|[Tt]hửa|[Ll]ô|[Tt]ờ|[Nn]hà|[Đđ]ịa chỉ|[Pp]hòng|[Cc]ăn|[Tt]rang)"  # noqa: E501 - a pattern in one piece
                r":? )(?P<numbers>\d+[A-Z]?(?:/\d+)+)(?P<letter>[A-Z]?)(?![\d/])"
            ),
            _say_slashed,
        ),
        (
            r"(?P<mark>(?:trực|phục vụ|động|đài|khẩn|liên tục|mở cửa|cấp cứu|nóng|giờ) )(?P<numbers>24/(?:7|24))(?P<letter>)(?![\d/])",  # noqa: E501 - a pattern in one piece
            _say_slashed,
        ),
        (
            (
                r"(?<![\d/])(?P<over>\d{1,2})/(?P<under>\d{1,3})(?![\d/])(?= (?:số|tổng|đại biểu|diện tích|dân|hộ|thành viên|quân số|"  # noqa: E501 - a pattern in one piece
                r"đảng viên|người|hội viên|cử tri|thời gian|quãng|chiều|công|khối|lượng|giá|tiền|chi phí|kinh phí|mức|suất|phiếu|thôn|xã|tổ|"  # noqa: E501 - a pattern in one piece
                r"đoàn viên|nhân khẩu|ý kiến|kiến nghị|câu hỏi|chỉ tiêu|tiêu chí|nội dung|lớp|học sinh|km|ha|đồng))"
                r"|(?<=ít nhất )(?P<over2>\d{1,2})/(?P<under2>\d{1,2})(?![\d/])"
            ),
            lambda f: (
                f"{_whole(f['over'] or f['over2'])} phần {_ordinal_under(f['under'] or f['under2'])}"
                if int(f["over"] or f["over2"]) < int(f["under"] or f["under2"]) <= _TWELVE
                else f"{_whole(f['over'] or f['over2'])} trên {_whole(f['under'] or f['under2'])}"
            ),
        ),
        (
            r"(?<![\d/])(?P<all>\d{1,2})/(?P=all)(?= ?(?:ngày|giờ|h\b))",
            lambda f: f"{_whole(f['all'])} trên {_whole(f['all'])}",
        ),
        (
            r"(?P<mark>\b(?:[Nn]gày|[Mm]ùng|[Mm]ồng) )?(?<![\d/.,-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})(?![\d/])",  # noqa: E501 - a pattern in one piece
            _say_day,
        ),
        (
            r"(?P<mark>\b(?:[Nn]gày|[Mm]ùng|[Mm]ồng) )?(?<![\d/.,])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?P<year>(?!))?(?![\d/])",  # noqa: E501 - a pattern in one piece
            _say_day,
        ),
        (
            r"(?P<mark>\b(?:[Nn]gày|[Mm]ùng|[Mm]ồng) )(?P<day>\d{1,2})[.-](?P<month>\d{1,2})(?P<year>(?!))?(?![\d/]| (?:tháng|người|hộ))",  # noqa: E501 - a pattern in one piece
            _say_day,
        ),
        (
            r"\b(?P<mark>[Nn]gày |[Mm]ùng |[Mm]ồng )(?P<day>\d{1,2})(?![\d/:.,-]\d|\d| ?(?:h|giờ|%))",
            lambda f: (
                f["mark"]
                + (_day_of_month(int(f["day"])) if f["mark"].lower() == "ngày " else number_aloud(int(f["day"])))
            ),
        ),
        (r"\b(?P<day>\d{1,2})(?= tháng \d)", lambda f: _day_of_month(int(f[0]))),
        (
            r"\b(?P<of>[Tt]háng) (?P<month>0?[1-9]|1[0-2])[/-](?P<year>\d{4})(?!\d)",
            lambda f: f"{f['of']} {_month(int(f['month']))} năm {_whole(f['year'])}",
        ),
        (
            r"\bT\.?(?P<month>0?[1-9]|1[0-2])[/-](?P<year>(?:19|20)\d\d)(?!\d)",
            lambda f: f"tháng {_month(int(f['month']))} năm {_whole(f['year'])}",
        ),
        (r"\bQ\.? ?(?=(?:I{1,3}|IV)(?!\w))", lambda _: "quý "),
        (r"\b(?P<of>[Qq]uý) (?P<number>[1-4]|I{1,3}|IV)[/-](?P<year>(?:19|20)\d\d)(?!\d)", _say_quarter),
        (r"\bSN:? (?=(?:19|20)\d\d(?!\d))", lambda _: "sinh năm "),
        (r"\b(?P<of>[Tt]háng) (?P<month>0?[1-9]|1[0-2])(?![\d.,])", lambda f: f"{f['of']} {_month(int(f['month']))}"),
        # days of the week
        (r"\b(?P<of>[Tt]hứ|lần thứ) (?P<number>\d{1,3})(?!\d)", lambda f: f"{f['of']} {_ordinal(int(f['number']))}"),
        (r"\b[Tt](?P<number>[2-7])(?!\w)", lambda f: f"thứ {_ordinal(int(f['number']))}"),
        (r"\bCN\b", lambda _: "chủ nhật"),
        (r"(?:(?<=hai)|(?<=ba)|(?<=tư)|(?<=năm)|(?<=sáu)|(?<=bảy))[ ]?[-–][ ]?(?=thứ |chủ nhật)", lambda _: " đến "),
        # so many hours, then times of day
        (
            r"(?:(?<=\btrong )|(?<=\bvòng )|(?<=\bsuốt )|(?<=\bdài )|(?<=\btối đa )|(?<=\bít nhất )|(?<=\bkhông quá ))"
            + _HOURS,
            _hours_aloud,
        ),
        (
            r"(?<![\d/.,])(?P<hour>\d{1,2})(?:(?::|h|g)(?P<minute>\d{2})(?: ?phút|')?|[hg](?![\w/])| giờ(?: (?P<minute2>\d{1,2})(?: phút)?)?(?![\w]))"  # noqa: E501 - a pattern in one piece
            r"(?!\d)" + _PARTS,
            _say_time,
        ),
        (
            r"(?P<from>giờ(?: [^\d,.;]{3,20} phút)?(?: (?:sáng|trưa|chiều|tối|đêm)))"
            + _SEP
            + r"(?P<to>[a-zà-ỹ]+(?: [a-zà-ỹ]+)? giờ)",
            _say_times,
        ),
        (
            (
                r"\b(?P<of>[Qq]uý|[Kk]hu phố|[Kk]hóa|[Kk]hoá|[Tt]hứ|[Kk]ỳ|[Cc]hương|[Pp]hần|[Mm]ục|[Đđ]ại hội|[Hh]ạng|[Ll]oại|[Cc]ấp|[Vv]ùng"  # noqa: E501 - a pattern in one piece
                r"|[Kk]hu vực|[Kk]hu|[Tt]hế kỷ|[Nn]hóm|[Đđ]ợt|[Bb]ậc|[Tt]ổ|[Tt]hôn|[Tt]iểu khu|[Kk]hối|[Tt]ập|[Qq]uyển|[Đđ]iều|[Nn]hiệm kỳ|[Tt]uần"  # noqa: E501 - a pattern in one piece
                r"|[Hh]ọc kỳ|[Pp]hụ lục|[Cc]ụm) (?P<roman>(?=[IVXLC])L?X{0,3}(?:IX|IV|V?I{0,3}))(?!\w)"
            ),
            _say_roman,
        ),
        # lists of numbered places: "thôn 1,2,3", "tổ 3, 4"
        (
            r"(?<=\d),(?=\d+,\d)|(?<=,\d),(?=\d)|(?<=(?:ôn|tổ|óm|hu|ấp|ản|ều|ản) \d),(?=\d)|(?<=(?:ôn|tổ|óm|hu|ấp|ản) \d\d),(?=\d)",  # noqa: E501 - a pattern in one piece
            lambda _: ", ",
        ),
        (
            r"\b[Kk][Mm] ?(?P<km>\d+)\+(?P<m>\d{1,3})",
            lambda f: f"ki lô mét {_whole(f['km'])} cộng {number_aloud(int(f['m']))}",
        ),
        (r"\b[Kk][Mm] ?(?P<km>\d+)(?!\d)", lambda f: f"ki lô mét {_whole(f['km'])}"),
        # ranges, then units, then numbers
        (rf"(?P<from>{_N}%?(?:,\d+)?){_SEP}(?=\d)", lambda f: f"{f['from']} đến "),
        (r"(?P<number>\d) ?(?P<unit>%)", _say_unit),
        (rf"(?P<number>\d) ?(?P<unit>{_UNIT_NAMES})(?![\w²³])", _say_unit),
        (
            r"(?P<unit>đồng|vuông|khối|héc ta|mét|ki lô gam|tấn|triệu|lít)/(?P<per>k?m[23²³]|[a-zà-ỹ]+)",
            lambda f: f"{f['unit']} mỗi {_UNITS.get(f['per'], f['per'])}",
        ),
        (r"(?<![\d.,])(?P<whole>\d{1,3}(?:\.\d{3})+|\d+),(?P<rest>\d+)(?![\d,])", _say_decimal),
        (
            r"(?<![\d.])(?P<whole>\d+)\.(?P<rest>\d{1,2})(?=[ ](?:ki lô|héc|mét|phần trăm|tấn|triệu|tỷ|lít|xăng))",
            _say_decimal,
        ),
        (r"(?<=\d)(?=[^\W\d])", lambda _: " "),
        (r"(?<=[^\W\d])(?=\d)", lambda _: " "),
        (rf"\b(?P<abbreviation>{'|'.join(map(re.escape, ('TT. ', 'TT.')))})(?=[A-ZĐ])", lambda _: "thị trấn "),
        (r"\bTT(?= (?!UBND|HĐND)[A-ZĐ][a-zà-ỹ])", lambda _: "thị trấn"),
        (r"\b(?P<short>TP|TX|P|Q|H)\. ?(?=[A-ZĐ\d])", lambda f: f"{_PLACES[f['short']]} "),
        (r"(?i)(tổ dân phố|khu dân cư|nhà văn hóa|khu phố) \((?:TDP|KDC|NVH|KP)\)", lambda f: f[1]),
        (rf"\b({'|'.join(map(re.escape, _LONGEST_FIRST))})\b", _say_abbreviation),
        (r"(?<=[a-zà-ỹ])/(?=[a-zà-ỹ])", lambda _: " hoặc "),
        (r"(?<=\d)/(?=\d)", lambda _: " trên "),
        (rf"{_N}", lambda f: _whole(f[0])),
        (r" ?%", lambda _: " phần trăm"),
    )
)
