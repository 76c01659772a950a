"""The text of a paper as its readers take it: letters to cut phrases from, folded letters to search, and paragraphs.

Papers come hard-wrapped, with marks of emphasis, with tables flattened into lines. Three copies of the same length are
kept, so that whatever is found in one can be cut out of the others: as it is, without emphasis, and folded.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Generic, TypeVar

from intake.rules.plan.reading.flattened import with_tabs
from intake.rules.plan.reading.vocabulary import CAPITALS, SLIPS

T = TypeVar("T")

_EMPHASIS = re.compile(r"[*#_`\u2300-\u23ff\u2600-\u27bf\ufe0f\U0001f300-\U0001faff]|(?<=\n)[ \t]*-{3,}[ \t]*(?=\n)")
_MISREAD = re.compile(r"(?<!\w)(?=[\dlIoO]*\d)[\dlIoO]{2,}(?!\w)|(?<!\w)[Ss]0(?=\s*[:.]?\s*\d)")
_MINUTE_MARK = re.compile(r"(?<=[hH:g]\d\d)['’‘′´`]|(?<=[hg] \d\d)['’‘′´`]")
"""Behind an hour, "14h00’", where it says nothing."""
_AS_MEANT = str.maketrans("lIoO", "1100")
"""What a scanner takes for a letter within a figure ("2l/O6/2O24"), and for a figure in "Số" ("S0: 58")."""
_UNMARKED = (
    (re.compile(r"(?<!\w)ngay(?= \d)"), "ngày"),
    (re.compile(r"(?<!\w)thang(?= \d)"), "tháng"),
    (re.compile(r"(?<![\w])nam(?= \d{4})"), "năm"),
    (re.compile(r"(?<!\w)sô(?= ?:? ?\d)"), "số"),
    (re.compile(r"(?<!\w)Sô(?= ?:? ?\d)"), "Số"),
    (re.compile(r"(?<!\w)âp(?= [A-ZĐ])"), "ấp"),
    (re.compile(r"(?<!\w)Âp(?= [A-ZĐ])"), "Ấp"),
    (re.compile(r"(?<!\w)Quyêt(?= đ[ịi]nh)"), "Quyết"),
    (re.compile(r"(?<!\w)[Kk]ê(?= hoạch)"), "Kế"),
    (re.compile(r"(?:(?<=[Qq]uyết )|(?<=[Nn]ghị )|(?<=[Qq]uy ))đinh(?!\w)"), "định"),
)
"""Words that a scanner loses a mark of, before what shows which word they are."""
_PIPED = re.compile(r"^[^\n|]*\|[^\n|]*\|[^\n]*$", re.MULTILINE)
"""A row of a table drawn with bars."""
_BLANK_COLUMNS = re.compile(
    r"^(?:TT|STT)(?: {2,}[^\s\n]+(?: [^\s\n]+)*){3,}\n(?:\d{1,2}(?: {2,}[^\s\n]+(?: [^\s\n]+)*){3,}(?:\n(?! {3})|\Z))+",
    re.MULTILINE,
)
"""A table whose columns only blanks part, each row on a line of its own."""
_TWO_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")
_BULLET = r"[-–—•+▪●◦]"
_MARKER = re.compile(
    r"[ \t]*(?:(?P<roman>[IVX]{1,5})[.\-/](?=\s)"
    rf"|(?P<part>[A-EĐGH])[.\-/](?=\s[^\n]*[{CAPITALS}]{{3}})"
    r"|(?P<article>Điều[ ]\d{1,2}[.:])"
    rf"|(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?:[.)](?=\s|[^\W\d])|/(?=\s)|[ ]?[-–](?=\s)|(?=\s[{CAPITALS}]))"
    rf"|(?P<letter>[a-zđ])[.)](?=\s)|\((?P<inner>\d{{1,2}})\)|(?P<bullet>{_BULLET}(?:[ \t]*{_BULLET})*))[ \t]*"
)
_PLAIN_MARKER = rf"(?:\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)]?|[a-z][.)]|{_BULLET})[ \t]*"
_OPENERS = re.compile(
    r"[ \t]*(?:can cu |thuc hien (?:quyet|quy|ke|luat|nghi|huong|chuong|chi|cong|thong|ket)|noi nhan|noi gui ?:"
    r"|kinh gui|so ?:|t/m|tm\.|dieu \d|tren day la"
    r"|(?:ngay )?dang(?: luc| ngay)? ?:|thoi gian ?:|dia diem ?:|thanh phan ?:|ke hoach$"
    r"|thong bao$|bao cao$|\d{1,2}(?:h|g| gio)\d{0,2}(?: \d{2})?(?: phut)? ?:[^\d]"
    r"|thu (?:hai|ba|tu|nam|sau|bay|[2-7]),? (?:ngay )?\d{1,2}/\d{1,2}(?:/\d{4})? ?:?$)"
)
_BLANKS_KEPT = 4
_BEFORE_END = re.compile(r" +(?=\n)")
"""Blanks before the end of a line, as the pages of a PDF have them."""
_SET_PHRASE = re.compile(r"(?<=chính trị)\n([-–] ?xã hội[,;.:]?)\s")
"""A line that ends within "chính trị - xã hội"; what stands on the next is no item of a list."""
_MUCH_BLANK = re.compile(r"[ \t]{5,}|\n{5,}|(?:[ \t]*\n){5,}")
"""More blanks say nothing, and make patterns that allow for any number of them slow."""
_ENDS = (".", ";", ":", "./", "?", "!")
_UNFINISHED = re.compile(r"\b(?:thang|ngay|nam|quy|luc|hoi|so|thu|va|hoac|voi|cua|cho|tai|tu|den|giua|cac|nhung)\s*\Z")
"""Words that no line ends a paragraph with: "ngày 11 tháng"."""
_LABEL = re.compile(r"(?P<label>[^:.;\n]{2,90}?)\s*:(?!\d)\s*")
_LINE_LABEL = re.compile(rf"[{CAPITALS}](?=\w)[^:.;,\n]{{2,34}}:(?:\s|$)")
"""Two lines that both begin so are two paragraphs, however long the first is."""
_LABELS = (
    "thoi gian", "dia diem", "chu tri", "nguoi chu tri", "thanh phan", "thanh phan tham du", "hinh thuc", "doi tuong",
    "noi nhan", "noi gui", "noi dung", "so luong", "thoi gian, dia diem", "dang ky", "dong chu tri",
)  # fmt: skip
_TURN = re.compile(
    r"(?:dot|cum|diem|buoi|lan|hoi nghi|cuoc|ky|phien)(?: thu| so)? (?:\d{1,2}|nhat|mot|hai|ba|tu|nam|i{1,3}|iv|v)"
)
"""A label that heads a turn without a marker: "Buổi thứ nhất: …"."""
_BARE_LABEL = re.compile(
    rf"[ \t]*(?:(?P<marker>{_PLAIN_MARKER})?(?:ve )?(?:{'|'.join(_LABELS)})[ ]*(?P<colon>:?))[ \t]*"
)
_LABEL_ABOVE = re.compile(rf"(?P<label>(?:ve )?(?:{'|'.join(_LABELS)}))[ ]*:?\s*\n\s*(?:{_BULLET} ?)?(?P<value>\S)")
"""A label whose value stands on the line below it."""
_RUN_TOGETHER = {words.replace(" ", ""): words for words in _LABELS}
"""Labels that scanned papers print without a blank: "Thờigian:"."""
_CELL_LABEL = re.compile(
    r"[ \t]*(?:\d{1,2}[.)]?[ ]*\t[ ]*)?(?P<label>[^:.;\n\t]{2,60}?)[ ]*:?[ ]*\t[ ]*(?=[^\s])(?P<value>[^\t\n]+)[ \t]*$",
    re.MULTILINE,
)
"""A row of a table of two columns, what it is about and what it is: "Thời gian", "8 giờ ngày 20/6"."""
_SHORT = 60
_WRAPPED_SHARE, _TORN_SHARE = 0.12, 0.05
_FULL_LINE = 0.7
_LOOKED_AHEAD = 6
"""A value below its label may go on over some lines, behind which a second of its kind makes it a list."""
_NEARLY_FULL, _WIDEST_PAGE, _FEW_LINES = 0.85, 110, 2
"""Several lines that end within a sentence at the edge of a page: where it is no wider, a page was copied."""


@dataclass(frozen=True, slots=True)
class Stated(Generic[T]):
    """A fact and the words it rests on, as they stand in the paper (white space collapsed)."""

    value: T
    phrase: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph from `start` up to `end`: its text begins at `body`, after a marker such as "2.1." or "-".

    `level` orders headings ("A." is the uppermost); paragraphs without a marker and bullets stand below. `label` is
    what stands before a colon at its beginning, folded ("thoi gian"), and `after_label` the place after it.
    """

    start: int
    body: int
    end: int
    level: int
    label: str
    after_label: int
    above: tuple[int, ...]
    """The indices of the headings it stands under, outermost first."""


class PaperText:
    """The letters of a paper; `flat` and `folded` are as long as `raw`, so a place in one is a place in all."""

    def __init__(self, text: str) -> None:
        plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " "))
        plain = _SET_PHRASE.sub(r" \1\n", _BEFORE_END.sub("", plain))
        self.raw = _MUCH_BLANK.sub(lambda found: found[0][:_BLANKS_KEPT], plain)
        plain = _EMPHASIS.sub(lambda found: " " * len(found[0]), self.raw)
        plain = _MINUTE_MARK.sub(" ", plain)
        plain = _MISREAD.sub(lambda found: _as_meant(found[0]), plain)
        for worn, word in _UNMARKED:
            plain = worn.sub(word, plain)
        for slip, meant in SLIPS:
            if len(slip) == len(meant):
                plain = plain.replace(slip, meant)
        self.flat = _PIPED.sub(lambda found: found[0].replace("|", "\t"), plain).replace("|", " ")
        self.flat = _BLANK_COLUMNS.sub(lambda found: _TWO_BLANKS.sub(_tab_at_end, found[0]), self.flat)
        self.flat = with_tabs(self.flat)
        self.folded = "".join(map(_plain, self.flat))
        self._wide = 0
        self._torn = False
        bounds = list(self._bounds())
        self.flat = self._on_one_line(self.flat, bounds)
        self.folded = self._on_one_line(self.folded, bounds)
        self.paragraphs = tuple(self._paragraphs(bounds))

    def phrase(self, start: int, end: int) -> str:
        """The words from `start` up to `end` as the paper has them, white space collapsed."""
        return " ".join(self.raw[start:end].split()).strip("*#_| ")

    def words(self, start: int, end: int) -> str:
        """The words without marks of emphasis, white space collapsed; what a value is made of."""
        return " ".join(self.flat[start:end].split())

    def under(self, index: int) -> Iterator[Paragraph]:
        """The paragraphs that stand under the heading with that index."""
        for other in self.paragraphs[index + 1 :]:
            if index not in other.above:
                return
            yield other

    def sentences(self, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
        """Where the sentences of a paragraph begin and end; a date or an abbreviation ends none."""
        start = paragraph.start
        for found in re.finditer(rf"[.;](?=\s+[{CAPITALS}(\-+])", self.flat[paragraph.start : paragraph.end]):
            end = paragraph.start + found.end()
            if re.search(r"\b(?:TP|TT|Tp|tp|UB|Q|P|H|X|[IVX]+)\.$|(?:^|[\n.])\s*\d{1,2}\.$", self.flat[start:end]):
                continue
            yield start, end
            start = end
        yield start, paragraph.end

    def _on_one_line(self, words: str, bounds: list[tuple[int, int]]) -> str:
        """With blanks for the line ends that a hard-wrapped paper has within its paragraphs."""
        if not self._wide:
            return words
        pieces: list[str] = []
        last = 0
        for start, end in bounds:
            pieces += [words[last:start], _wrapped_lines(words[start:end], self._wide)]
            last = end
        return "".join([*pieces, words[last:]])

    def _paragraphs(self, bounds: list[tuple[int, int]]) -> Iterator[Paragraph]:
        above: list[tuple[int, int]] = []
        for index, (start, end) in enumerate(bounds):
            marker = _MARKER.match(self.flat, start, end)
            body = marker.end() if marker else start + len(self.flat[start:end]) - len(self.flat[start:end].lstrip())
            found = self._label(body, end)
            label = " ".join(self.folded[body : found.end("label")].split()) if found else ""
            label = _RUN_TOGETHER.get(label, label)
            level = _level(marker) if marker else _TURN_LEVEL if _TURN.fullmatch(label) else _BELOW_ALL
            heading = level < _BULLET_LEVEL or (marker is not None and end - body < _SHORT * 2) or label != ""
            while above and above[-1][0] >= level:
                above.pop()
            yield Paragraph(
                start, body, end, level, label, _after(found) if found else body, tuple(at for _, at in above)
            )
            if heading and level < _BELOW_ALL:
                above.append((level, index))

    def _label(self, body: int, end: int) -> "re.Match[str] | None":
        """What stands before a colon, or in the first of two cells where that is the name of a fact."""
        above = _LABEL_ABOVE.match(self.folded, body, end)
        if above is not None:
            return above
        cells = _CELL_LABEL.match(self.flat, body, end)
        if cells is None:
            return _LABEL.match(self.flat, body, end)
        named, value = (" ".join(self.folded[slice(*cells.span(group))].split()) for group in ("label", "value"))
        return cells if named in _LABELS and value not in _LABELS else _LABEL.match(self.flat, body, end)

    def _bounds(self) -> Iterator[tuple[int, int]]:
        lines = [(found.start(), found.end()) for found in re.finditer(r"[^\n]+", self.flat) if found[0].strip()]
        wrapped = self._is_wrapped(lines)
        self._wide = max((end - start for start, end in lines), default=0) if wrapped else 0
        apart = [later for earlier, later in pairwise(lines) if self._are_apart(earlier, later)]
        self._torn = sum(self._begins_small(line) for line in apart) > len(apart) * _TORN_SHARE
        start = end = 0
        for number, line in enumerate(lines):
            both = (lines[number - 1], line)
            if number and (
                self._is_value(*both, lines[number + 1 : number + _LOOKED_AHEAD])
                or self._goes_on(*both, wrapped=wrapped)
            ):
                end = line[1]
                continue
            if number:
                yield start, end
            start, end = line
        if lines:
            yield start, end

    def _is_wrapped(self, lines: list[tuple[int, int]]) -> bool:
        """Whether lines end within sentences, as those of a page do."""
        going_on = sum(map(self._begins_small, lines))
        if going_on > len(lines) * _WRAPPED_SHARE:
            return True
        wide = max((end - start for start, end in lines), default=0)
        full = sum(end - start > wide * _NEARLY_FULL and not self._is_ended((start, end)) for start, end in lines)
        return wide < _WIDEST_PAGE and full > _FEW_LINES

    def _is_value(self, label: tuple[int, int], line: tuple[int, int], behind: list[tuple[int, int]]) -> bool:
        """Whether a line is all that stands below a label on a line of its own: "- Địa điểm", "+ Hội trường …"."""
        bare = _BARE_LABEL.fullmatch(self.folded[slice(*label)])
        if bare is None or not (bare["marker"] or bare["colon"]):
            return False
        marker = _MARKER.match(self.flat, *line)
        text = self.flat[marker.end() if marker else line[0] : line[1]].strip()
        if _LINE_LABEL.match(text) or _BARE_LABEL.fullmatch(self.folded[slice(*line)]):
            return False
        if marker is None:
            return not (_OPENERS.match(self.folded, *line) or "\t" in text)
        bullet = marker["bullet"]
        marked = ((_MARKER.match(self.flat, *one), one) for one in behind)
        after = next((found for found, one in marked if found or not self._begins_small(one)), None)
        listed = after is not None and after["bullet"] == bullet
        return bullet is not None and not listed and bullet not in (bare["marker"] or "")

    def _begins_small(self, line: tuple[int, int]) -> bool:
        return self.flat[slice(*line)].lstrip()[:1].islower()

    def _are_apart(self, earlier: tuple[int, int], later: tuple[int, int]) -> bool:
        """Whether an empty line stands between two lines."""
        return "\n\n" in re.sub(r"[ \t]", "", self.flat[earlier[1] : later[0] + 1])

    def _is_ended(self, line: tuple[int, int]) -> bool:
        return self.flat[slice(*line)].rstrip().endswith(_ENDS)

    def _goes_on(self, earlier: tuple[int, int], later: tuple[int, int], *, wrapped: bool) -> bool:
        """Whether a line goes on with the paragraph of the line before it."""
        before, text = self.flat[slice(*earlier)].strip(), self.flat[slice(*later)]
        first = text.lstrip()[:1]
        begins = _MARKER.match(text) or _OPENERS.match(self.folded[slice(*later)]) or "\t" in before + text.strip()
        in_the_middle = before.endswith(":") and len(before) >= _SHORT and ";" in before
        both_labelled = _LINE_LABEL.match(before) and _LINE_LABEL.match(text.strip())
        if (
            begins
            or both_labelled
            or (self._is_ended(earlier) and not in_the_middle)
            or before.isupper() != text.isupper()
        ):
            return False
        named = before.split()[-1][:1].isupper() and not before.isupper()  # "thôn Nam" is no "năm"
        if before.endswith(",") or (not named and _UNFINISHED.search(self.folded[slice(*earlier)])):
            return True
        apart = self._are_apart(earlier, later)
        if wrapped and not first.islower():
            return len(before) > self._wide * _FULL_LINE and (self._torn or not apart)
        if not wrapped and apart:
            return first.islower() and not before.isupper()
        return first.islower() or first.isdigit() or first in '(“"…' or len(before) >= _SHORT


def _after(label: "re.Match[str]") -> int:
    return label.start("value") if "value" in label.groupdict() else label.end()


_TURN_LEVEL = 7
_BULLET_LEVEL = 8
_BELOW_ALL = 10


def _as_meant(misread: str) -> str:
    return misread[0] + "o" if misread[0] in "Ss" else misread.translate(_AS_MEANT)


def _wrapped_lines(paragraph: str, wide: int) -> str:
    """A paragraph whose full lines are joined by blanks; a cell is shorter and stays a line, as does a row's number."""
    lines = paragraph.split("\n")
    ends = [
        " " if len(line) > wide * _FULL_LINE and not later.strip().isdigit() else "\n"
        for line, later in pairwise(lines)
    ]
    return "".join(part for both in zip(lines, [*ends, ""], strict=True) for part in both)


def _tab_at_end(blanks: "re.Match[str]") -> str:
    return " " * (len(blanks[0]) - 1) + "\t"


def _level(marker: "re.Match[str]") -> int:
    if marker["part"]:
        return -1
    if marker["roman"] or marker["article"]:
        return 0
    if marker["number"]:
        return 1 + marker["number"].count(".")
    if marker["letter"]:
        return 5
    if marker["inner"]:
        return 6
    return 9 if "+" in marker["bullet"] else _BULLET_LEVEL


@lru_cache(4096)
def _plain(sign: str) -> str:
    low = sign.lower()
    if sign.isascii():
        return low
    if low in "đð":
        return "d"
    base = unicodedata.normalize("NFD", low)[:1]
    return base if len(low) == 1 else sign
