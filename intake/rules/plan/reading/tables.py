"""Tables of meetings, ruled, drawn with bars or flattened into lines: their rows, which cell says when, and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, takewhile

from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.paper_text import PaperText
from intake.rules.plan.reading.vocabulary import HAMLETS, loose, one_of

_TABLE = loose(r"^[ \t|]*(?:tt|stt|so tt|so thu tu)\b[^\n]{0,120}")
_TABBED = re.compile(r"^[^\n\t]*\t[^\n]*$", re.MULTILINE)
_COLUMNS = (
    ("when", loose(r"thoi gian(?: to chuc| thuc hien| du kien)?|ngay(?: thang)?|thoi diem")),
    ("where", loose(r"dia diem|(?:noi|diem) (?:to chuc|doi thoai|hop|gap)")),
    (
        "whom",
        loose(
            r"doi tuong[^\n\t|]{0,60}?(?= thoi gian| dia diem|\t|\||$)|don vi|noi dung|thanh phan|cum|dia ban",
            rf"|\b{one_of(*HAMLETS)}\b",
        ),
    ),
)
_WHO = loose(rf"doi tuong|thanh phan|dia ban|\b{one_of(*HAMLETS)}\b")
_ONLY_HAMLETS = loose(rf"(?:cac )?(?P<kind>{one_of(*HAMLETS, 'pho')})(?: (?:tham (?:du|gia)|du|doi thoai|duoc moi))*")
_ROW = re.compile(r"(?:^|\n)[ \t|]*(?P<n>\d{1,2})(?P<dot>[.)]?)(?=[ \t|]*(?:\n|[ \t|]+\D))")
_NEXT_HEADING = re.compile(r"\n\s*[IVX]{1,5}[.\-/]\s")
_AFTER_TABLE = loose(
    r"^\s*(?:[ivx]{1,4}\. |\d{1,2}[.)] [a-z]+ |noi nhan|ghi chu|luu y|can cu|tren day la|uy ban|ubnd|van phong|-)"
)
_HEAD_OF_TABLE, _LONGEST_ROW, _LAST_ROW = 160, 1500, 700


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row, with the places of its cells by `when`, `where` and `whom`; none where they cannot be told apart.

    `place_is_behind`: the head of the table names the place behind the time. `kind` is the head of the people's column
    where that is the word for hamlets ("Thôn"), which its cells then leave out.
    """

    start: int
    end: int
    cells: dict[str, tuple[int, int]]
    place_is_behind: bool
    kind: str | None = None


def tables_in(text: PaperText, body: int) -> Iterator[list[TableRow]]:
    """The rows of each table behind a place that has a column for the time."""
    starts = sorted({*(found.start() for found in _TABLE.finditer(text.folded, body)), *_tabbed_heads(text, body)})
    past = 0
    for start, following in pairwise([*starts, len(text.flat)]):
        words = text.folded[start : text.folded.find("\n", start + 1) + _HEAD_OF_TABLE]
        if start < past or ("thoi gian" not in words and "ngay" not in words):
            continue
        rows = _rows(text, start, following)
        if not rows:
            continue
        past = rows[-1][1]  # heads in the middle of a table are no tables, and lines are not read twice
        order = _order(words[: rows[0][0] - start])
        columns = _columns(text, start, rows[0][0])
        behind = "where" in order and order.index("where") > order.index("when")
        kind = _kind_of_hamlets(text, start, rows[0][0])
        yield [TableRow(*row, _placed(text, *row, columns, order), behind, kind) for row in rows]


def _tabbed_heads(text: PaperText, body: int) -> Iterator[int]:
    """Where lines begin that name a column for when and one for where, without one that counts."""
    for line in _TABBED.finditer(text.flat, body):
        if {"when", "where"} <= set(_columns(text, line.start(), line.end())):
            yield line.start()


def _order(head: str) -> list[str]:
    """The columns a head names, from left to right."""
    places = {name: found.start() for name, pattern in _COLUMNS if (found := pattern.search(head))}
    return sorted(places, key=lambda name: places[name])


def _rows(text: PaperText, start: int, following: int) -> list[tuple[int, int]]:
    """The rows of a table: its lines where its head has tabs, else what begins with a number counted on from one.

    Without tabs the table ends where the `following` one begins, or the next heading.
    """
    end_of_head = text.flat.find("\n", start)
    if _is_tabbed(text, start, end_of_head):
        lines = (line.span() for line in re.compile(r"[^\n]+").finditer(text.flat, end_of_head))
        return list(takewhile(lambda line: _is_tabbed(text, *line), lines))
    heading = _NEXT_HEADING.search(text.flat, start, following)
    until = heading.start() if heading else following
    rows: list[int] = []
    dot = None
    for found in _ROW.finditer(text.flat, start, until):
        near = found.start() - (rows[-1] if rows else start) < _LONGEST_ROW
        if int(found["n"]) == len(rows) + 1 and near and dot in {None, found["dot"]}:
            dot = found["dot"]
            rows.append(found.end())
    if not rows:
        return []
    last = min(until, rows[-1] + _LAST_ROW)
    after = _AFTER_TABLE.search(text.folded, rows[-1] + 1, last)
    last = after.start() if after else last
    return list(zip(rows, [*(text.flat.rfind("\n", 0, begin) for begin in rows[1:]), last], strict=True))


def _cells_of(text: PaperText, start: int, end: int) -> list[tuple[int, int]]:
    """The cells between two places: parted by tabs where there are any, empty ones as well, else one a line."""
    if not _is_tabbed(text, start, end):
        return [found.span() for found in re.compile(r"[^\n]*\S[^\n]*").finditer(text.flat, start, end)]
    words = text.flat[start:end]
    start, end = start + len(words) - len(words.lstrip(" \n")), end - len(words) + len(words.rstrip("\n"))
    bars = [start - 1, *(found.start() for found in re.compile(r"\t").finditer(text.flat, start, end)), end]
    cells = [(left + 1, right) for left, right in pairwise(bars)]
    return cells[1:-1] if text.raw[start] == "|" else cells


def _is_tabbed(text: PaperText, start: int, end: int) -> bool:
    return "\t" in text.flat[start:end].strip()


def _columns(text: PaperText, start: int, first_row: int) -> list[str | None]:
    """What each column is, from left to right; None for one that says nothing of when, where or with whom."""
    line = text.flat.find("\n", start + 1)
    end = line if _is_tabbed(text, start, line) else text.flat.rfind("\n", start, first_row)
    named: list[str | None] = []
    cells = _cells_of(text, start, end)
    says_who = any(_WHO.search(text.folded, *cell) for cell in cells)
    for cell in cells:
        name = next((name for name, pattern in _COLUMNS if pattern.search(text.folded, *cell)), None)
        if name == "whom" and says_who and not _WHO.search(text.folded, *cell):
            name = None  # what is talked about, beside who comes
        named.append(None if name in named and name != "whom" else name)
    return named


def _kind_of_hamlets(text: PaperText, start: int, first_row: int) -> str | None:
    """The head of a column that is no more than the word for hamlets."""
    for cell in _cells_of(text, start, max(start, text.flat.rfind("\n", start, first_row))):
        words = text.words(*cell).strip()
        named = _ONLY_HAMLETS.fullmatch(PaperText(words).folded)
        if named:
            return words[: named.end("kind")]
    return None


def _placed(
    text: PaperText, start: int, end: int, columns: list[str | None], order: list[str]
) -> dict[str, tuple[int, int]]:
    """Where the columns of a row stand; none where its cells cannot be told apart."""
    cells = _cells_of(text, start, end)
    tabbed = _is_tabbed(text, start, end)
    if columns and not tabbed and len(cells) == len(columns) - 1 and columns[0] is None:
        columns = columns[1:]
    if len(cells) == len(columns):
        placed: dict[str, tuple[int, int]] = {}
        for name, cell in zip(columns, cells, strict=True):
            # of the columns "Cụm" and "Các xóm" the one that names hamlets
            if name and (name not in placed or (not hamlets_in(text, *placed[name]) and hamlets_in(text, *cell))):
                placed[name] = cell
        return placed
    cells = [cell for cell in cells if text.flat[slice(*cell)].strip()]
    if not tabbed or len(cells) <= len(order):
        return {}
    return dict(zip(order, cells[len(cells) - len(order) :], strict=True))
