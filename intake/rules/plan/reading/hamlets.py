"""Names of hamlets in prose: "02 TDP (Hàng Gòn và Làng Dầu)", "Thôn Tuyết Diêm 1 và Tuyết Diêm 2", "các thôn: 1, 2"."""

import re
from dataclasses import dataclass

from intake.rules.plan.reading.paper_text import PaperText
from intake.rules.plan.reading.vocabulary import CAPITALS

_NAMED_AREA = (
    r"[Kk]hu(?=\s+[A-ZĐÀ-Ỹ])(?!\s+(?:[Cc]ông nghiệp|[Tt]rung tâm|[Dd]i tích|[Dd]u lịch|[Đđ]ô thị|[Kk]inh tế"
    r"|[Tt]ái định|[Hh]ành chính|[Tt]hể thao|[Tt]ập thể|[Cc]hung cư|[Vv]ui chơi|[Bb]ảo tồn|[Nn]hà"
    r"|[Vv]ăn hóa|[Ll]iên cơ|[Kk]T|[CĐ][CN]))"
)
"""Hamlets of towns in the north east: "khu Gia Mô", and no "Khu Công nghiệp"."""
_KIND = (
    r"(?<!\w)(?<![Đđ]ặc )(?<![Xx]ã )(?<![Pp]hường )(?<!XÃ )(?<!liên )"
    r"(?:[Cc]ác\s+)?(?P<kind>[Tt]hôn|[Kk]hu vực(?!\s+(?:[IVX]+\b|\d+\s*[(:]))"
    r"|(?<!thành )(?<!Thành )(?<!\d )[Pp]hố|[Tt]ổ dân phố|TDP|TDp|[Kk]hu phố|KP|[Kk]hu dân cư|KDC|[Ấấ]p|[Bb]ản|[Bb]uôn"
    r"|[Ll]àng|[Xx]óm|[Kk]hóm|[Pp]lei|[Ss]óc|[Pp]hum|[Tt]iểu khu"
    r"|[Kk]hối(?: phố)?(?!\s+(?:Đảng|Dân vận|Mặt trận|MTTQ|Nhà nước|UBND|Đoàn|Nội chính))"
    rf"|[Kk]hu(?=\s+\d)|{_NAMED_AREA}|[Tt]ổ(?=\s+\d)|[Bb]on|[Cc]ụm dân cư)\b"
)
_WORD = rf"[{CAPITALS}][^\W\d_]*(?:['’][^\W_]+)?"
_COUNTED = (
    r"thôn|xóm|ấp|bản|buôn|khu|tổ|ngày|giờ|h\d|đại biểu|người|hộ|tháng|đồng chí|đ/c|đoàn viên|hội viên|thanh niên"
)
_FIGURE = rf"\d{{1,2}}[A-Z]?(?![\d/%]|\.\d|:\d|\s*(?:{_COUNTED})|\s+\d{{1,2}}(?:h|g\d|:\d|[/.]\d|\s*giờ))"
_NUMBER = rf"(?:[Ss]ố\s+)?{_FIGURE}|[IVX]{{1,4}}(?!\w)"
_AFTER_FIGURE = (
    r"(?!(?:Nhà|Hội|Trường|Trạm|Đình|Chùa|UBND|Khu|Thôn|Ấp|Xóm|Bản|Buôn|Tổ|KP|TDP|Phường|Xã|Thị|Huyện|Quận|Thành|Tỉnh"
    r"|Ngày|Sáng|Chiều|Tối|Buổi|Thời|Địa|Văn|Trung|Trụ|Tại|Từ|Lúc|Nhân|Người|Ông|Bà|Đồng|Chủ|Bí|Phó|Đối|Số|Ban|Đại"
    r"|Trưởng|Cụm|Đợt|Tháng|Quý|Các|Công|Điểm|Thứ)\b)"
)
"""No hamlet's second word; behind a figure such a word begins something else."""
_NUMBER_AND_WORDS = rf"{_FIGURE}(?: {_AFTER_FIGURE}{_WORD}){{1,3}}(?=[ \t]*(?:[,;.():\n]|$|và\b|thuộc\b|với\b))"
""" "Thôn 3 Hà Lâm": a number that a place is named with, up to a sign or a word that ends the name."""
_NAME = rf"(?:{_NUMBER_AND_WORDS}|{_WORD}(?:[ \n]+{_WORD}){{0,4}}(?:[ \n]+{_FIGURE})?|{_NUMBER})"
_AFTER_KIND = re.compile(rf"[ \n]*(?:[:(]\s*|gồm:?\s+|là:?\s+)?(?={_NAME})")
_NAME_AT = re.compile(_NAME)
_JOINS = re.compile(rf"\s*(?:,|;|và|&|\+)\s*(?:và\s+)?(?:(?P<again>{_KIND.replace('?P<kind>', '?:')})\s+)?(?={_NAME})")
_UP_TO = re.compile(
    rf"\s+đến\s+(?:{_KIND.replace('?P<kind>', '?:')}\s+)?(?P<n>\d{{1,2}})(?![\d/%:]|\.\d|\s*(?:{_COUNTED}))"
)
"""Numbers in a row: "khu phố 1 đến khu phố 5"."""
_MOST_IN_A_ROW = 40
_NUMBERED = re.compile(rf"(?P<words>.*[^\W\d_]{{2,}} {_WORD}(?: {_WORD})*) \d{{1,2}}")
"""A name with a number, whose words the numbers behind it share: "Kim Đới 1, 2"."""
_CLUSTER, _CLUSTER_LETTERS = re.compile(r"[Cc]ụm\s$"), len("cụm ")
"""Before one hamlet it makes the name of a cluster; several are the hamlets of it."""
_KIND_AT = re.compile(_KIND)
_FORMERLY = re.compile(r"\s*\([^()\n]{2,80}\b(?:cũ|trước đây)\)")
"""Behind a hamlet, what it was made of: "khóm 1 (ấp Tây cũ)"."""
_NOT_A_NAME = re.compile(
    r"(?:UBND|HĐND|UBMTTQ|MTTQ|Quý (?:[IVX]+|\d)|Tháng|Các|Phó|[ỦU][ỷy] ban|Uỷ ban|Đảng (?:ủy|uỷ|bộ|viên)|Mặt trận"
    r"|Bí thư|Chủ tịch|Khu"
    r"|Hội (?:nghị|đồng|trường|viên|Nông|Phụ|Cựu|LHPN|CCB|Người|Khuyến|quán)|Trưởng (?:thôn|ban|khu|ấp|xóm|bản|tổ|các)"
    r"|Ban (?:[Cc]ông|[Nn]hân|[Đđ]iều|[Qq]uản|[Cc]hỉ|[Cc]hấp|[Tt]hường|[Tt]uyên|[Tt]ổ|[Dd]ân|[Gg]iám|[Tt]hanh)"
    r"|Công (?:an|tác|chức|đoàn|khai)|Chi (?:bộ|hội|đoàn|ủy|uỷ)|Đoàn (?:[Tt]hanh|TN|viên|xã|thể)|Thường trực|Nhân dân"
    r"|Văn (?:phòng|hóa|hoá)|Trên địa|Nơi nhận|Thời gian|Địa (?:điểm|bàn|chính)|Nội dung|Đối (?:thoại|tượng)|Đồng chí"
    r"|Nhà (?:[Vv]ăn|[Ss]inh|[Cc]ộng)|Trụ sở|Thành phần)(?!\w)".replace(" ", r"\s+")
)


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A hamlet's name with its kind as the paper writes it, and where the name stands."""

    name: str
    start: int
    end: int


def hamlets_in(text: PaperText, start: int, end: int) -> list[Hamlet]:
    """The hamlets named between two places, each once, in the order of the paper."""
    found: list[Hamlet] = []
    at = start
    while kind := _KIND_AT.search(text.flat, at, end):
        at = kind.end()
        opening = _AFTER_KIND.match(text.flat, kind.end(), end)
        if opening is None:
            continue
        again = _KIND_AT.match(text.flat, opening.end(), end)
        if again and again["kind"].casefold() == kind["kind"].casefold():
            continue  # the head of a column "Thôn", and its first cell "Thôn Đông"
        named = _named_behind(text, kind, opening.end(), end)
        at = named[-1].end if named else at
        formerly = _FORMERLY.match(text.flat, at, end) if named else None
        at = formerly.end() if formerly else at
        if len(named) > 1 or not _CLUSTER.search(text.flat, max(0, kind.start() - _CLUSTER_LETTERS), kind.start()):
            found += named
    once: dict[str, Hamlet] = {}
    for hamlet in found:
        once.setdefault(hamlet.name.casefold(), hamlet)
    return list(once.values())


def _named_behind(text: PaperText, kind: "re.Match[str]", start: int, end: int) -> list[Hamlet]:
    """The names in a row behind the word for their kind, from a place on."""
    found: list[Hamlet] = []
    place = start
    word = _kind_word(kind["kind"])
    join: re.Match[str] | None = None
    while True:
        name = _NAME_AT.match(text.flat, place, end)
        if name is None or _NOT_A_NAME.match(text.flat, place):
            return found
        called = " ".join(name[0].split())
        numbered = found and called.isdigit() and found[0].name.startswith(f"{word} số ")
        called = f"số {called}" if numbered else called
        shared = _NUMBERED.fullmatch(found[-1].name) if join and called.isdigit() else None
        found.append(
            Hamlet(
                f"{shared['words']} {called}" if shared else f"{word} {called}",
                kind.start("kind") if place == start else place,
                name.end(),
            )
        )
        last = _UP_TO.match(text.flat, name.end(), end)
        if last and name[0].isdigit() and int(name[0]) < int(last["n"]) <= int(name[0]) + _MOST_IN_A_ROW:
            numbers = range(int(name[0]) + 1, int(last["n"]) + 1)
            found += [Hamlet(f"{word} {number}", place, last.end()) for number in numbers]
        join = _JOINS.match(text.flat, found[-1].end, end)
        if join is None:
            return found
        place = join.end()
        if join["again"] and (join["again"][0].islower() or _kind_word(join["again"]) == word):
            word = _kind_word(join["again"])
        elif join["again"]:
            place = join.start("again")


def _kind_word(written: str) -> str:
    word = " ".join(written.split())
    word = re.sub(r"^[Cc]ác\s+", "", word)
    return word if word.isupper() else word[:1].upper() + word[1:]
