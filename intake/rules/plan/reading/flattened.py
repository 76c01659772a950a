"""Tables of which a copy into plain text left lines and single blanks: where their columns begin.

"TT Thời gian Địa điểm Thành phần Chủ trì", below it "1 14h00, 16/10/2025 Nhà văn hóa Trung Lương Tổ 1, tổ 2 Chủ tịch
UBND phường": what a cell of each column begins with tells the cells apart.
"""

import re
from collections.abc import Iterator

from intake.rules.plan.reading.vocabulary import CAPITALS, one_of

_HAMLET = one_of(
    "[Tt]hôn", "[Xx]óm", "[Ấấ]p", "[Bb]ản", "[Bb]uôn", "[Ll]àng", "[Tt]ổ(?: dân phố)?", "TDP", "[Kk]hu(?: phố| dân cư)",
    "KP", "KDC", "[Kk]hóm", "[Kk]hối(?: phố)?", "[Tt]iểu khu", "[Bb]on",
)  # fmt: skip
_PLACE = one_of(
    "Nhà (?:văn h(?:óa|oá)|sinh hoạt(?: cộng đồng)?|cộng đồng|họp|rông)", "NVH", "Hội trường", "Trụ sở", "Trung tâm",
    "Trường", "Đình", "Chùa", "Sân", "UBND", "Điểm trường", "Phòng họp",
)  # fmt: skip
_COLUMNS = {
    "Thời gian|Ngày": r"\d{1,2}(?:[/.-]\d| ?h| ?g|:\d)|Ngày|Thứ|Chủ nhật|Sáng|Chiều|Tối|Từ \d",
    "Giờ": r"\d{1,2}(?: ?h| ?g|:\d)",
    "Địa điểm|Nơi": rf"{_PLACE}(?: {_HAMLET})?",
    "Thôn|Xóm|Ấp|Bản|Buôn|Tổ dân phố|TDP|Khu phố|Khóm|Khối|Thành phần|Đối tượng|Địa bàn": (
        rf"(?=[{CAPITALS}])(?:{_HAMLET}\b|Các |Cụm |Nhân dân|Người dân|Đại diện|Bà con)"
    ),
    "Chủ trì|Người chủ trì|Lãnh đạo chủ trì": "(?:Đồng chí |Đ/c |Ông |Bà )?(?:Phó )?(?:Chủ tịch|Bí thư)",
}
"""By what its head begins with, what each cell of a column begins with; a place may be called after a hamlet."""
_HEADS = {re.compile(rf"(?:{heads})\b"): re.compile(rf"(?<= )(?:{cells})") for heads, cells in _COLUMNS.items()}
_NAMES = "|".join(_COLUMNS)
_TABLE = re.compile(
    rf"^[ ]*S?TT(?P<head>(?: (?:{_NAMES})\b(?: (?![{CAPITALS}])[^\W\d]+,?){{0,4}}){{2,6}})[ ]*\n"
    r"(?P<rows>(?:[ ]*\d{1,2}[.)]? [^\n\t]{10,300}\n){2,40})(?=[ ]*\n)",
    re.MULTILINE,
)
_HEAD = re.compile(rf"(?<= )(?:{_NAMES})\b")
_NUMBER = re.compile(r"[ ]*\d{1,2}[.)]? ")


def with_tabs(flat: str) -> str:
    """The same text, as long as before, with a tab for the blank before each cell of such a table."""
    return _TABLE.sub(_parted, flat)


def _parted(table: "re.Match[str]") -> str:
    heads = [found.start() for found in _HEAD.finditer(table[0], 0, table.end("head") - table.start())]
    cells = [next(begins for head, begins in _HEADS.items() if head.match(table[0], at)) for at in heads]
    starts = list(heads)
    at = table.start("rows") - table.start()
    for line in table["rows"].splitlines(keepends=True):
        row = list(_starts(table[0], at, at + len(line), cells))
        if len(row) < len(cells):
            return table[0]
        starts += row
        at += len(line)
    letters = list(table[0])
    for start in starts:
        letters[start - 1] = "\t"
    return "".join(letters)


def _starts(table: str, start: int, end: int, cells: "list[re.Pattern[str]]") -> Iterator[int]:
    """Where the cells of a row begin, up to the first that cannot be found."""
    at = end - len(_NUMBER.sub("", table[start:end], count=1))
    for begins in cells:
        found = begins.search(table, at, end)
        if found is None:
            return
        yield found.start()
        at = found.end()
