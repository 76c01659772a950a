"""Names of communes and what lies above them in prose and in capitals at the head of a paper."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from intake.rules.plan.reading.paper_text import PaperText, Stated
from intake.rules.plan.reading.vocabulary import CAPITALS, loose
from intake.rules.text import without_marks

_LEVELS = {
    "xa": "commune", "phuong": "commune", "thi tran": "commune", "dac khu": "commune", "huyen": "district",
    "quan": "district", "thi xa": "district", "thanh pho": "province", "tinh": "province",
}  # fmt: skip
_KIND = r"[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu|[Hh]uyện|[Qq]uận|[Tt]hị xã|[Tt]hành phố|[Tt]ỉnh"
_WORD = rf"[{CAPITALS}][^\W\d_]*(?:['’][^\W\d_]+)?"
_NAMED = re.compile(
    rf"(?P<kind>{_KIND})[ \t\n]+"
    rf"(?:(?P<name>{_WORD}(?:(?:[ \n]+|[ ]?[-–][ ]?){_WORD}){{0,4}})"
    r"|(?<=[gn] )(?P<number>\d{1,2})\b(?![/.]|\s+tháng))"
)
_IN_CAPITALS = re.compile(
    r"(?P<kind>XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU|HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|TỈNH)(?: |[ ]*\n[ ]*)"
    r"(?P<name>(?!(?<=HUYỆN )ĐOÀN )[^\W_]+(?:['’][^\W_]+)?(?:[ ][^\W_]+(?:['’][^\W_]+)?){0,4})"
)
_COMMITTEE = re.compile(
    rf"(?P<kind>[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị) (?:ủy|uỷ) (?P<name>{_WORD}(?:[ \n]+{_WORD}){{0,4}})"
    r"|(?P<high>TỈNH|THÀNH|HUYỆN|QUẬN|THỊ) (?:ỦY|UỶ) (?P<capitals>[^\W_]+(?:[ ][^\W_]+(?:['’][^\W_]+)?){0,4})"
)
_OF_COMMITTEE = {"thành": "thành phố", "thị": "thị xã"}
_NO_MORE = re.compile(r"\s*\(?(?:cũ|trước đây|trước sáp nhập|trước khi sáp nhập)\b")
"""Behind the name of a unit that is part of another today: "Hội trường UBND xã Hoằng Thịnh cũ"."""
_OTHER_WORDS = re.compile(
    (
        r"(?:hội chủ|[ủu]y|uỷ|ban (?:thường|chấp|chỉ|nhân|công|tổ|xây|dân|tuyên|quản|giám)|chủ (?:tịch|trì|tọa|toạ)"
        r"|bí thư|đảng (?:ủy|uỷ|bộ|viên)|mặt trận|nơi nhận|căn cứ|thực hiện|trưởng|phó|kế hoạch|về|lưu\s*[:v,]"
        r"|ban tiếp|thường (?:trực|vụ|xuyên)|các|đoàn (?:thanh|tn|viên|thể|xã)|ubnd|hđnd|mttq|ubmttq|tm|t/m|năm \d"
        r"|số\s*[:\d./]|theo|để|và|[iv]+|độc lập|cộng (?:hòa|hoà|sản)|do|được|xin|kính|mời|thông báo|ngày \d|tháng \d"
        r"|quý (?:[iv]+|\d)|tổ chức|với|gồm|lịch|báo cáo|văn phòng|hội (?:đồng|liên|nông|cựu))(?!\w)"
    ).replace(" ", r"\s+"),
    re.IGNORECASE,
)
"""What follows a name without belonging to it: "xã Vĩnh Bảo Ủy ban …"."""


@dataclass(frozen=True, slots=True)
class PaperUnit:
    """A unit: its name with its kind ("xã Vĩnh Bảo"), its level, and the words they rest on."""

    name: str
    level: str
    phrase: str


def find_unit(
    text: PaperText, level: str | None, regions: tuple[tuple[int, int, int], ...], place: tuple[int, int] | None
) -> tuple[PaperUnit | None, Stated[str] | None]:
    """The unit a paper is for, else the bare word for its kind ("xã") with where that stands.

    `level` is the issuer's. Regions are (start, end, weight): what is named in the title weighs more than what is
    named somewhere. Where nothing is named, the place of the dateline names it, if the kind of the unit is said.
    """
    votes: Counter[str] = Counter()
    seen: dict[str, PaperUnit] = {}
    for start, end, weight in regions:
        for unit in units_in(text, start, end):
            if level in {None, unit.level}:
                votes[unit.name.casefold()] += weight
                seen.setdefault(unit.name.casefold(), unit)
    if votes:
        return seen[max(votes, key=lambda name: (votes[name], len(name)))], None
    word = _kind_word(text, level)
    if word and place:
        return PaperUnit(f"{word.value} {text.words(*place)}", _level(word.value), text.phrase(*place)), None
    return None, word


def level_of_issuer(text: PaperText, at: int) -> str | None:
    """The level of the body whose name begins there, by the kind of the unit it names or by its committee."""
    words = " ".join(text.folded[at : at + 90].split()) if at >= 0 else ""
    if loose(r"(?:huyen|quan|thi) uy").search(words, 0, 40):
        return "district"
    if loose(r"(?:thanh|tinh) uy").search(words, 0, 40):
        return "province"
    named = loose(rf"\b(?:{'|'.join(_LEVELS)})\b").search(words, 0, 70)
    if named:
        return _level(named[0])
    return "commune" if "dang uy" in words[:40] else None


def units_in(text: PaperText, start: int, end: int) -> Iterator[PaperUnit]:
    """The units named between two places, in prose and in capitals, again each time they are named."""
    for found in _NAMED.finditer(text.flat, start, max(start, end)):
        name = found["number"] or _without_other_words(text, *found.span("name"))
        if name and not _begins_a_sentence(text, found) and not _NO_MORE.match(text.flat, found.end()):
            kind = " ".join(found["kind"].lower().split())
            stop = found.end() if found["number"] else found.start("name") + len(name)
            yield PaperUnit(f"{kind} {' '.join(name.split())}", _level(kind), text.phrase(found.start(), stop))
    for found in _IN_CAPITALS.finditer(text.flat, start, max(start, end)):
        name = _without_other_words(text, *found.span("name"))
        if name and name.isupper():
            kind = found["kind"].lower()
            words = " ".join(_in_small_letters(word) for word in name.split())
            yield PaperUnit(
                f"{kind} {words}", _level(kind), text.phrase(found.start(), found.start("name") + len(name))
            )

    for found in _COMMITTEE.finditer(text.flat, start, max(start, end)):
        group = "name" if found["name"] else "capitals"
        name = _without_other_words(text, *found.span(group))
        if name:
            word = (found["kind"] or found["high"]).lower()
            kind = _OF_COMMITTEE.get(word, word)
            words = name if found["name"] else " ".join(one.capitalize() for one in name.split())
            phrase = text.phrase(found.start(), found.start(group) + len(name))
            yield PaperUnit(f"{kind} {' '.join(words.split())}", _level(kind), phrase)


def _in_small_letters(word: str) -> str:
    """A word of a name without its capitals: "D'RAN" is D'Ran."""
    return re.sub(r"[^\W_]+", lambda part: part[0].capitalize(), word)


def _begins_a_sentence(text: PaperText, found: "re.Match[str]") -> bool:
    """Whether one word with a capital behind a line's end begins a sentence ("xã", "Chủ động …")."""
    gap = text.flat[found.end("kind") : found.start("name")] if found["name"] else ""
    return "\n" in gap and " " not in found["name"] and text.flat[found.end() :].lstrip()[:1].islower()


def _without_other_words(text: PaperText, start: int, end: int) -> str:
    """The name between two places up to what does not belong to it; "xã Kế Sách" and "xã Nậm Ban" are names."""
    last = start
    for word in re.compile(r"[^\s–-]+").finditer(text.flat, start, end):
        if _OTHER_WORDS.match(text.flat, word.start()):
            break
        last = word.end()
    return text.flat[start:last]


def _kind_word(text: PaperText, level: str | None) -> Stated[str] | None:
    """The word for a unit that is named by its kind only ("trên địa bàn xã")."""
    found = [
        one
        for one in re.finditer(rf"\b(?:{_KIND})\b(?!\s+hội)", text.flat)
        if level in {None, _level(one[0])} and _level(one[0]) != "province"
    ]
    if not found:
        return None
    kind = Counter(one[0].lower() for one in found).most_common(1)[0][0]
    first = next(one for one in found if one[0].lower() == kind)
    return Stated(kind, text.phrase(*first.span()))


def _level(kind: str) -> str:
    return _LEVELS[without_marks(" ".join(kind.lower().split()))]
