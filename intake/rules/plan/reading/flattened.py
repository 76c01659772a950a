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
    "[Nn]hà (?:văn h(?:óa|oá)|sinh hoạt(?: cộng đồng)?|cộng đồng|họp|rông)", "NVH",
    "[Hh]ội trường", "[Tt]rụ sở", "[Tt]rung tâm",
    "Trường", "Đình", "Chùa", "Sân", "UBND", "Điểm trường", "Phòng họp",
)  # fmt: skip
_COLUMNS = {
    "Thời gian|Ngày": r"\d{1,2}(?:[/.-]\d| ?h| ?g|:\d)|Ngày|Thứ|Chủ nhật|Sáng|Chiều|Tối|Từ \d",
    "Giờ": r"\d{1,2}(?: ?h| ?g|:\d)",
    "Địa điểm|Nơi": rf"{_PLACE}(?: {_HAMLET})?",
    "Thôn|Xóm|Ấp|Bản|Buôn|Tổ dân phố|TDP|Khu phố|Khóm|Khối|Thành phần|Đối tượng|Địa bàn": (
        rf"(?=[{CAPITALS}])(?:{_HAMLET}\b|Các |Cụm |Nhân dân|Người dân|Đại diện|Bà con)"
    ),
    "Chủ (?:trì|tọa|toạ)|Người chủ trì|Lãnh đạo chủ trì": (
        "(?:[Đđ]ồng chí |[Đđ]/c |Ông |Bà )?(?:[Pp]hó )?(?:[Cc]hủ tịch|[Bb]í thư)"
    ),
}
"""By what its head begins with, what each cell of a column begins with; a place may be called after a hamlet."""
_HEADS = {re.compile(rf"(?:{heads})\b"): re.compile(rf"(?<= )(?:{cells})") for heads, cells in _COLUMNS.items()}
_NAMES = "|".join(_COLUMNS)
_REST_OF_ROW = r"[ ]*(?:[^\W\d_]|\((?![ivx]{1,4}\)))(?!\w*[.)] )[^\n\t:]{2,200}"
"""A line that goes on with the row above it; it begins with a letter, where a row begins with its number."""
_TABLE = re.compile(
    rf"^[ ]*S?TT(?P<head>(?: (?:{_NAMES})\b(?: (?![{CAPITALS}])[^\W\d]+,?){{0,4}}){{2,6}})[ ]*\n"
    rf"(?P<rows>(?:[ ]*\d{{1,2}}[.)]? [^\n\t]{{10,300}}\n(?:{_REST_OF_ROW}\n){{0,3}}){{2,40}})"
    rf"(?=[ ]*\n|[ ]*[{CAPITALS}][^\n]*[:.])",
    re.MULTILINE,
)
_CELLS = r"(?![ ]*\d{1,2}[.)]?[ ]*\t)[^\n\t]*\t[^\n]*|[ ]*\d{1,2}[/h:]\d[^\n\t]*"
_TABBED = re.compile(
    r"^(?P<head>[ ]*S?TT[ ]*(?:\t[^\t\n]+){2,6}\n)"
    rf"(?P<rows>(?:[ ]*\d{{1,2}}[.)]?[ ]*\t[^\n]*\n(?:(?:{_CELLS}|{_REST_OF_ROW})\n){{0,6}})+)",
    re.MULTILINE | re.IGNORECASE,
)
_TABBED_ROW = re.compile(r"[ ]*\d{1,2}[.)]?[ ]*\t")
_HEAD = re.compile(rf"(?<= )(?:{_NAMES})\b")
_NUMBER = re.compile(r"[ ]*\d{1,2}[.)]? ")


def with_tabs(flat: str) -> str:
    """The same text, as long as before, with a tab for the blank before each cell of such a table.

    A row of a table that has tabs and was broken into lines is on one line again.
    """
    return _TABBED.sub(_whole_rows, _TABLE.sub(_parted, flat))


def _whole_rows(table: "re.Match[str]") -> str:
    """The table with its rows on one line each, as it was where a row has more cells than the head.

    A line that begins with a capital behind a whole row is the next paragraph.
    """
    columns = table["head"].count("\t")
    lines = table["rows"].splitlines(keepends=True)
    rows = [lines[0]]
    for place, line in enumerate(lines[1:], start=1):
        if _TABBED_ROW.match(line):
            rows.append(line)
        elif rows[-1].count("\t") == columns and line.lstrip()[:1].isupper():
            rows.append("".join(lines[place:]))
            break
        else:
            rows[-1] = f"{rows[-1][:-1]} {line}"
    whole = all(one.count("\t") == columns for one in rows if _TABBED_ROW.match(one))
    return table["head"] + "".join(rows) if whole else table[0]


def _parted(table: "re.Match[str]") -> str:
    heads = [found.start() for found in _HEAD.finditer(table[0], 0, table.end("head") - table.start())]
    cells = [next(begins for head, begins in _HEADS.items() if head.match(table[0], at)) for at in heads]
    rows = _rows_on_one_line(table)
    starts = list(heads)
    at = table.start("rows") - table.start()
    for line in rows.splitlines(keepends=True):
        row = list(_starts(line, cells))
        if len(row) < len(cells):
            return table[0]
        starts += [at + start for start in row]
        at += len(line)
    letters = [*table[0][: -len(rows)], *rows]
    for start in starts:
        letters[start - 1] = "\t"
    return "".join(letters)


def _rows_on_one_line(table: "re.Match[str]") -> str:
    """The rows, each with a blank for the end of a line that it goes on behind."""
    return re.sub(r"\n(?![ ]*\d{1,2}[.)]? |\Z)", " ", table["rows"])


def _starts(row: str, cells: "list[re.Pattern[str]]") -> Iterator[int]:
    """Where the cells of a row begin, up to the first that cannot be found."""
    at = len(row) - len(_NUMBER.sub("", row, count=1))
    for begins in cells:
        found = begins.search(row, at)
        if found is None:
            return
        yield found.start()
        at = found.end()
