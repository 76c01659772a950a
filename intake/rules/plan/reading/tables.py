"""Tables of meetings, ruled, drawn with bars or flattened into lines: their rows, which cell says when, and where."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from intake.rules.plan.reading.days import is_only_a_time, windows
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.paper_text import PaperText
from intake.rules.plan.reading.venues import begins_with_place
from intake.rules.plan.reading.vocabulary import HAMLETS, loose, one_of

_TABLE = loose(r"^[ \t|]*(?:tt|stt|so tt|so thu tu)\b[^\n]{0,120}")
_TABBED = re.compile(r"^[^\n\t]*\t[^\n]*$", re.MULTILINE)
_COLUMNS = (
    (
        "when",
        loose(r"thoi gian(?: to chuc| thuc hien| du kien)?|ngay(?: thang)?|thoi diem|^\W*(?:thang|quy)\s*(?:\d|\t|$)"),
    ),
    ("where", loose(r"dia diem|\b(?:noi(?! dung)|diem)\b")),
    (
        "whom",
        loose(
            r"doi tuong[^\n\t|]{0,60}?(?= thoi gian| dia diem|\t|\||$)|don vi|noi dung|thanh phan|cum|dia ban",
            rf"|\b{one_of(*HAMLETS)}\b",
        ),
    ),
)
_OLD = loose(
    r"\bcu\b|ban dau|theo (?:ke hoach|thong bao|lich)|da (?:thong bao|ban hanh|dinh)|\btruoc\b|hien (?:tai|hanh)"
)
_NEW = loose(r"\bmoi\b|dieu chinh|thay doi|\bsau\b|\bthanh\b|\bnay\b|\blai\b")
"""Of two columns for the same, the heads of the one that holds no more, and of the one that takes its place."""
_WHO = loose(rf"doi tuong|thanh phan|dia ban|\b{one_of(*HAMLETS)}\b")
_ONLY_HAMLETS = loose(rf"(?:cac )?(?P<kind>{one_of(*HAMLETS, 'pho')})(?: (?:tham (?:du|gia)|du|doi thoai|duoc moi))*")
_ROW = re.compile(r"(?:^|\n)[ \t|]*(?P<n>\d{1,2})(?P<dot>[.)]?)(?=[ \t|]*(?:\n|[ \t|]+\D))")
_NEXT_HEADING = re.compile(r"\n\s*[IVX]{1,5}[.\-/]\s")
_AFTER_TABLE = loose(
    r"^\s*(?:[ivx]{1,4}\. |\d{1,2}[.)] [a-z]+ |noi nhan|ghi chu|luu y|can cu|tren day la|uy ban|ubnd|van phong|-)"
)
_PERIOD = re.compile(r"(?:^|[\t\n])[ ]*(?P<of>thang|quy)[ ]*(?=\t|\n|$)")
_ANY_YEAR, _SEVERAL = 2000, 2
"""For days of which only the form counts."""
_LOOKED_AT = 12
"""So many rows show whether a line above them is the head of a table."""
_HEAD_OF_TABLE, _LONGEST_ROW, _LAST_ROW = 160, 1500, 700


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row, with the places of its cells by `when`, `where` and `whom`; none where they cannot be told apart.

    `place_is_behind`: the head of the table names the place behind the time. `kind` is the head of the people's column
    where that is the word for hamlets ("Thôn"), which its cells then leave out; `period` is "thang" or "quy" likewise.
    """

    start: int
    end: int
    cells: dict[str, tuple[int, int]]
    place_is_behind: bool
    kind: str | None = None
    period: str | None = None


def tables_in(text: PaperText, body: int) -> Iterator[list[TableRow]]:
    """The rows of each table behind a place that has a column for the time."""
    starts = sorted({*(found.start() for found in _TABLE.finditer(text.folded, body)), *_tabbed_heads(text, body)})
    past = 0
    for start, following in pairwise([*starts, len(text.flat)]):
        words = text.folded[start : text.folded.find("\n", start + 1) + _HEAD_OF_TABLE]
        tabbed = _is_tabbed(text, start, text.flat.find("\n", start + 1))
        if start < past or not (tabbed or "thoi gian" in words or "ngay" in words):
            continue
        rows = _rows(text, start, following)
        if not rows:
            continue
        past = rows[-1][1]  # heads in the middle of a table are no tables, and lines are not read twice
        order = _order(words[: rows[0][0] - start])
        columns = _by_content(text, _columns(text, start, rows[0][0]), rows)
        behind = {"when", "where"} <= set(order) and order.index("where") > order.index("when")
        kind = _kind_of_hamlets(text, start, rows[0][0])
        period = _PERIOD.search(text.folded[start : rows[0][0]])
        of = period["of"] if period else None
        yield [TableRow(*row, _placed(text, *row, columns, order), behind, kind, of) for row in rows]


def _tabbed_heads(text: PaperText, body: int) -> Iterator[int]:
    """Where lines begin that name a column for when and one for where, without one that counts."""
    for line in _TABBED.finditer(text.flat, body):
        named = _columns(text, line.start(), line.end())
        if {"when", "where"} <= set(named) or {"when", "where"} <= set(_below(text, line, named)):
            yield line.start()


def _below(text: PaperText, line: "re.Match[str]", named: list[str | None]) -> list[str | None]:
    """What the columns below a head are, by what the cells say, where the head says nothing of days itself."""
    if windows(text.folded, *line.span(), _ANY_YEAR):
        return named
    rows = list(islice(_tabbed_lines(text, line.end()), _LOOKED_AT))
    return _by_content(text, named, rows)


def _by_content(text: PaperText, named: list[str | None], rows: list[tuple[int, int]]) -> list[str | None]:
    """With what a column is that its head does not say, where each of its cells says when, where or who alone."""
    cells = [_cells_of(text, *row) for row in rows if _is_tabbed(text, *row)]
    alike = [row for row in cells if len(row) == len(named)]
    if len(alike) < _SEVERAL:
        return named
    columns = list(named)
    for place in (place for place, name in enumerate(named) if name is None):
        column = [_trimmed(text, row[place]) for row in alike]
        name = next((name for name, says in _SAYS if all(says(text, *cell) for cell in column)), None)
        columns[place] = name if name not in columns else None
    return columns


def _trimmed(text: PaperText, cell: tuple[int, int]) -> tuple[int, int]:
    words = text.flat[slice(*cell)]
    return cell[0] + len(words) - len(words.lstrip()), cell[1] - len(words) + len(words.rstrip())


def _begins_with_hamlet(text: PaperText, start: int, end: int) -> bool:
    named = hamlets_in(text, start, end)
    return bool(named) and named[0].start == start


_SAYS: "tuple[tuple[str, Callable[[PaperText, int, int], bool]], ...]" = (
    ("when", lambda text, start, end: is_only_a_time(text.folded, start, end, _ANY_YEAR)),
    ("whom", _begins_with_hamlet),
    ("where", begins_with_place),
)


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
        return list(_tabbed_lines(text, end_of_head))
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
    ends = [text.flat.rfind("\n", 0, begin) for begin in rows[1:]]
    counts = {len(_cells_of(text, *row)) for row in zip(rows, ends, strict=False)}
    own = _cells_of(text, rows[-1], last)
    if len(counts) == 1 and len(own) > (count := counts.pop()) > 1:
        last = own[count - 1][1]  # a row of cells line by line has as many as those above it
    return list(zip(rows, [*ends, last], strict=True))


def _tabbed_lines(text: PaperText, start: int) -> Iterator[tuple[int, int]]:
    """The lines from a place on up to the first that has no tab."""
    lines = (line.span() for line in re.compile(r"[^\n]+").finditer(text.flat, start))
    return takewhile(lambda line: _is_tabbed(text, *line), lines)


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
        if name in named and name != "whom":
            takes_its_place = _NEW.search(text.folded, *cell) and _OLD.search(text.folded, *cells[named.index(name)])
            named[named.index(name)], name = (None, name) if takes_its_place else (name, None)
        named.append(name)
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
