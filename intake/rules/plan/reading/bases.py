"""The papers a plan rests on, as it cites them, with slips that are known (R003, R005)."""

import re
from dataclasses import dataclass
from datetime import date

from intake.rules.plan.reading.days import day_of
from intake.rules.plan.reading.paper_text import PaperText
from intake.rules.plan.reading.vocabulary import CAPITALS, loose

_KINDS = (
    "Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Quy định|Quy chế|Kế hoạch|Hướng dẫn|Chỉ thị|Kết luận"
    "|Thông tư|Công văn|Chương trình|Thông báo|Thông tri|Hiến pháp|Đề án|Báo cáo|Tờ trình"
)
_KINDS = _KINDS.replace(" ", r"\s?")  # scanned papers lose blanks: "Kếhoạch số 19-KH/ĐU"
_SIGN = r"[A-ZĐƯ][A-Za-zĐđƯưÂâ0-9]{0,12}"
_BASE = re.compile(
    rf"(?P<kind>{_KINDS})\s+(?:(?P<name>[^;:“\n]{{4,120}}?)\s+)??(?:số\s*:?\s*)?"
    rf"(?P<number>\d{{1,5}}\s*[-–/]\s*(?:\d{{4}}\s*/\s*)?{_SIGN}(?:\s?[-–/]\s?{_SIGN})*)"
)
_LAW = re.compile(
    r"(?P<kind>Bộ luật|Luật|Pháp lệnh)\s+(?P<name>[^\W\d_][^;:.\n,()]{5,90}?)"
    r"(?=\s*(?:,?\s*(?:số\s*\d|ngày\s*\d|năm\s*\d{4})|[;:.\n]|\)|$))"
)
_ON = loose(
    r"\s*(?:\([^)]{0,60}\))?,?\s*ngay (?P<d>\d{1,2})(?:\s*[/.\-]\s*|\s*thang\s*)(?P<m>\d{1,2})",
    r"(?:\s*[/.\-]\s*|\s*nam\s*)(?P<y>\d{4})",
)
_WRAPPED = r"(?:(?<=Thường vụ)|(?<=Chấp hành)|(?<=Thường trực)|(?<=nhân dân)|(?<=UBND))\n(?=\S)"
"""The end of a line within the name of a body, as a page of a PDF has it."""
_OF = re.compile(
    rf"\s*,?\s*của\s+(?P<who>[{CAPITALS}](?:[^;,.“\n(]|{_WRAPPED}){{2,80}}?)"
    rf"(?=\s+(?:về|ban hành|quy định|thực hiện|hướng dẫn|tổ chức|sửa đổi|triển khai|“)|[;,.“(]|(?!{_WRAPPED})\n|$)"
)
_MADE_BY = re.compile(r"(?:ban hành|theo)\s*$")
_CITES = re.compile(r"(?:[Cc]ăn cứ|Thực hiện|[;–-]|theo|và|,)\s*(?:các\s+)?$")


def _together(kind: str) -> str:
    return "".join(kind.split()).casefold()


_WHOLE = {_together(kind.replace(r"\s?", " ")): kind.replace(r"\s?", " ") for kind in _KINDS.split("|")}
_LONGEST_BASIS = 600
_MAKES = loose(
    r"[,.]\s*(?:dang uy|ban thuong vu|thuong truc|uy ban|ubnd|hdnd|hoi dong|ban chap hanh)[^;.]{0,90}?",
    r"\b(?:xay dung|ban hanh|to chuc|lap|thong bao)\b[^;.]{0,40}?",
    r"\b(?:ke hoach|thong bao|hoi nghi|lich|doi thoai)",
)


@dataclass(frozen=True, slots=True)
class Basis:
    """A paper that is cited; `corrected` says what number and day are right where the slip is known."""

    kind: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    name: str | None
    phrase: str
    corrected: tuple[str, date] | None = None


_KNOWN_SLIPS = {("11-qd/tw", date(2019, 2, 11)): ("11-QĐi/TW", date(2019, 2, 18))}
"""LAW C1: the Politburo's rule on receiving people is 11-QĐi/TW of 18/02/2019."""


def read_bases(text: PaperText, start: int, end: int) -> list[Basis]:
    """The bases between the title and the first heading, each with its words up to the next one."""
    region = text.flat[start:end]
    firsts: dict[int, re.Match[str]] = {}
    for found in _BASE.finditer(region):
        kind_at = _nearest_kind(found)
        if kind_at is not None and not _MADE_BY.search(region[max(0, kind_at - 30) : kind_at]):
            firsts[kind_at] = found
    for found in _LAW.finditer(region):
        inside = any(at <= found.start() < match.end() for at, match in firsts.items())
        cited = _CITES.search(region[max(0, found.start() - 30) : found.start()])
        if not inside and cited and not _inside_another(region, firsts, found.start()):
            firsts[found.start()] = found
    places = sorted(firsts)
    bases: list[Basis] = []
    for number, at in enumerate(places):
        until = places[number + 1] if number + 1 < len(places) else len(region)
        bases.append(
            _basis(text, firsts[at], start, at, _end_of(region, text.folded[start:end], firsts[at].end(), until))
        )
    return bases


def _nearest_kind(found: "re.Match[str]") -> int | None:
    """A match may begin at an earlier word for a kind; the one nearest to the number counts."""
    last = None
    for kind in re.finditer(rf"(?:{_KINDS})(?=\s)", found[0]):
        last = found.start() + kind.start()
    return last


def _inside_another(region: str, firsts: dict[int, "re.Match[str]"], at: int) -> bool:
    """Whether a law stands in what another paper is about ("Nghị định … quy định chi tiết Luật …")."""
    return any(at - _LONGEST_BASIS < first < at and not re.search(r";|\S\s*\n", region[first:at]) for first in firsts)


def _end_of(region: str, folded: str, after: int, until: int) -> int:
    end = until
    for pattern in (r";", rf"\.(?=\s+[{CAPITALS}])", r"\.\s*\n", rf"\n\s*\n(?=\s*(?:[{CAPITALS}]|-))"):
        found = re.compile(pattern).search(region, after, until)
        if found:
            end = min(end, found.start())
    made = _MAKES.search(folded, after, end)
    if made:
        end = made.start()
    return after + len(re.sub(r"(?:[\s,;.\-–]|\bvà|Căn cứ|Thực hiện)+$", "", region[after:end]))


def _basis(text: PaperText, found: "re.Match[str]", offset: int, at: int, end: int) -> Basis:
    groups = found.groupdict()
    number = re.sub(r"\s", "", groups["number"]).replace("–", "-") if groups.get("number") else None
    kind_words = re.compile(_KINDS).match(found.string, at)
    after = found.end()
    day: date | None = None
    dated = _ON.match(text.folded, offset + after, offset + max(end, after))
    if dated:
        day = day_of(dated["d"], dated["m"], int(dated["y"]))
        after = dated.end() - offset
    issuer = _OF.match(found.string, after, max(end, after))
    words = text.phrase(offset + at, offset + max(end, after))
    corrected = None
    if number and day:
        corrected = _KNOWN_SLIPS.get((PaperText(number).folded, day))
    name = " ".join(groups["name"].split()) if groups.get("name") and not number else None
    return Basis(
        _WHOLE[_together(kind_words[0])] if kind_words else "",
        number,
        day,
        " ".join(issuer["who"].split()) if issuer else None,
        name,
        words,
        corrected,
    )
