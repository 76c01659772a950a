"""The head of a paper: its kind, who issued it for which unit, its number, day, year and period (R001-R009)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from intake.rules.plan.reading.days import DAY, HALF_YEAR, QUARTER, day_of, windows
from intake.rules.plan.reading.issuers import find_issuer, with_unit
from intake.rules.plan.reading.kinds import Paper, Title, find_title, paper_of
from intake.rules.plan.reading.paper_text import PaperText, Stated
from intake.rules.plan.reading.units import PaperUnit, find_unit, level_of_issuer
from intake.rules.plan.reading.vocabulary import CAPITALS, loose

_BLANK = " .…_"
_LINE = r"(?:^|\t|[ ]{2,})[ ]*"
_NUMBER = re.compile(
    rf"{_LINE}so[ ]*[:.]?[ ]*(?P<count>\d{{1,5}}|[.…_ ]*)[ ]*"
    r"(?P<sign>[-–/][ ]*[a-z]{1,8}\d{0,2}(?:[ ]*[-–/.][ ]*[a-z.&]{1,12}\d{0,2}){0,3})",
    re.MULTILINE,
)
_CITED_NUMBER = r"(?P<number>\d{1,5} ?[-–/] ?[a-z]{1,8}(?: ?[-–/.] ?[a-z]{1,12}\d{0,2}){0,3})"
_ISSUED_WITH = loose(
    r"\(? ?(?:ban hanh )?kem theo (?:ke hoach|thong bao|quyet dinh|cong van|quy che) so ?:? ?",
    rf"{_CITED_NUMBER},? ngay (?P<d>\d{{1,2}})(?:[/.-]| thang )(?P<m>\d{{1,2}})(?:[/.-]| nam )(?P<y>\d{{4}})",
)
"""A schedule or programme bears the number and the day of the paper it is issued with."""
_NAME = rf"[{CAPITALS}][^\W\dA-Z_]*(?:['’][^\W\d_]+)?"
_PLACE = rf"\b{_NAME}(?:[ ](?:{_NAME}|\d{{1,2}})){{0,4}}"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE}),\s*(?i:ngày)\s*(?P<d>\d{{1,2}}|[.…_ ]*)\s*(?i:tháng)\s*(?P<m>\d{{1,2}}|[.…_ ]*)"
    r"\s*(?i:năm)\s*(?P<y>\d{4})"
)
_DATELINE_IN_SLASHES = re.compile(
    rf"(?:^|[ \t]{{2,}}|\t)(?P<place>{_PLACE}),\s*ngày\s*"
    r"(?P<d>\d{1,2})\s*[/.]\s*(?P<m>\d{1,2})\s*[/.]\s*(?P<y>\d{4})[ \t]*$",
    re.MULTILINE,
)
"""Alone on its line or in its column, as no day within a sentence is."""
_BEHIND_TYPE, _LETTER_HEAD = 60, 400
_BEHIND_TITLE = 200
_HEAD, _FOOT = 800, 900
_AS_FOLLOWS = loose(r"(?:nhu sau|cu the|noi dung (?:cu the )?sau)\s*[:.]")
_FIRST_FACT = loose(r"(?:ve )?(?:thoi gian|dia diem|chu tri)\b|(?:vao )?(?:hoi|luc)$|tai$")
_INTRODUCTION = 6000
_THIS_YEAR = loose(r"\bnam (?P<y>20\d{2})")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of a paper; None for what the paper does not state.

    `body` is where its facts begin, behind bases and introduction. `kind_of_unit` is the word for a unit that is not
    named ("xã"). `looks_like` says what a paper that only looks like ours is about.
    """

    paper: Paper
    looks_like: str | None
    title: Stated[str] | None
    title_at: tuple[int, int]
    body: int
    layout: Stated[str] | None
    issuer: Stated[str] | None
    unit: PaperUnit | None
    kind_of_unit: Stated[str] | None
    year: Stated[int] | None
    period: Stated[str] | None
    number: Stated[str] | None
    issued_on: Stated[date] | None
    place: Stated[str] | None


def read_head(text: PaperText) -> Head:
    """Read the head of a paper; what it does not state stays None."""
    title = find_title(text)
    paper, looks_like = paper_of(text, title)
    body = _body(text, title.end)
    number = _numbered(text, title)
    issued_with = None if number else _ISSUED_WITH.search(text.folded, 0, title.end + _BEHIND_TITLE)
    issuer = find_issuer(text, title.type_at, body, number.start() if number else title.type_at)
    at = issuer.at if issuer else -1
    regions = (
        (max(at, 0), at + 120 if at >= 0 else 0, 6),
        (title.start, title.end, 8),
        (0, title.start, 5),
        (title.end, body, 2),
        (body, len(text.flat), 1),
    )
    dated = next(_datelines(text, title.type_at), None)
    unit, kind_of_unit = find_unit(text, level_of_issuer(text, at), regions, _place(dated) if dated else None)
    dates = dated or issued_with
    year, period = _year(text, title, dates)
    named = Stated(text.words(title.start, title.end), text.phrase(title.start, title.end))
    return Head(
        paper=paper,
        looks_like=looks_like,
        title=named if named.value else None,
        title_at=(title.start, title.end),
        body=body,
        layout=Stated(issuer.layout, issuer.layout_phrase) if issuer and issuer.layout else None,
        issuer=with_unit(issuer.name, unit) if issuer and issuer.name else None,
        unit=unit,
        kind_of_unit=kind_of_unit,
        year=year,
        period=period,
        number=_number(text, number) if number else _number_with(text, issued_with) if issued_with else None,
        issued_on=_issued_on(text, dates) if dates else None,
        place=Stated(text.words(*_place(dated)), text.phrase(*_place(dated))) if dated else None,
    )


def _body(text: PaperText, title_end: int) -> int:
    """Where the facts begin: behind "như sau", or at the first numbered heading or "Thời gian:"."""
    heading = next(
        (
            one.start
            for one in text.paragraphs
            if one.start > title_end and (one.level <= 1 or _FIRST_FACT.match(one.label))
        ),
        len(text.raw),
    )
    said = _AS_FOLLOWS.search(text.folded, title_end, title_end + _INTRODUCTION)
    return min(said.end(), heading) if said else heading


def _numbered(text: PaperText, title: Title) -> "re.Match[str] | None":
    """The line of the paper's own number: before its type or right behind it, never a number that it cites."""
    end = title.type_at + (_LETTER_HEAD if title.type == "cong van" else _BEHIND_TYPE)
    return _NUMBER.search(text.folded, 0, end)


def _number(text: PaperText, found: "re.Match[str]") -> Stated[str] | None:
    if not found["count"].strip(_BLANK):
        return None
    sign = re.sub(r"\s", "", text.flat[found.start("sign") : found.end("sign")]).replace("–", "-")
    return Stated(f"{found['count']}{sign}", text.phrase(found.start(), found.end()))


def _number_with(text: PaperText, found: "re.Match[str]") -> Stated[str]:
    number = "".join(text.flat[found.start("number") : found.end("number")].split()).replace("–", "-")
    return Stated(number, text.phrase(*found.span()).lstrip("( "))


def _datelines(text: PaperText, type_at: int) -> Iterator["re.Match[str]"]:
    """Places with a day, at the head; on some papers they stand over the signature."""
    yield from _DATELINE.finditer(text.flat, 0, type_at + _HEAD)
    yield from _DATELINE_IN_SLASHES.finditer(text.flat, 0, type_at + _HEAD)
    yield from _DATELINE.finditer(text.flat, max(len(text.flat) - _FOOT, type_at + _HEAD))


def _place(dated: "re.Match[str]") -> tuple[int, int]:
    start, end = dated.span("place")
    return start + len(dated["place"]) - len(dated["place"].lstrip()), end


def _issued_on(text: PaperText, dated: "re.Match[str]") -> Stated[date] | None:
    day = day_of(dated["d"].strip(_BLANK) or "0", dated["m"].strip(_BLANK) or "0", int(dated["y"]))
    start = _place(dated)[0] if "place" in dated.groupdict() else dated.start()
    return Stated(day, text.phrase(start, dated.end()).lstrip("( ")) if day else None


def _year(
    text: PaperText, title: Title, dated: "re.Match[str] | None"
) -> tuple[Stated[int] | None, Stated[str] | None]:
    """The year and period a title names; without one the year of the dateline, and no period."""
    end = dated.start() if dated and title.start < dated.start() < title.end else title.end
    named = _THIS_YEAR.search(text.folded, title.start, end)
    year = int(named["y"]) if named else None
    for part in windows(text.folded, title.start, end, year):
        if part.precision in {HALF_YEAR, QUARTER}:
            half = "first_half" if part.first.month == 1 else "second_half"
            phrase = text.phrase(part.start, part.end)
            return Stated(part.first.year, phrase), Stated("quarter" if part.precision == QUARTER else half, phrase)
    if named:
        phrase = text.phrase(*named.span())
        return Stated(int(named["y"]), phrase), Stated("year", phrase)
    if dated:
        return Stated(int(dated["y"]), text.phrase(*dated.span("y"))), None
    return _year_of_days(text, title.start), None


def _year_of_days(text: PaperText, start: int) -> Stated[int] | None:
    """The year of every day that a page without a date of its own names in full; None where they differ."""
    days = [
        window
        for paragraph in text.paragraphs
        if paragraph.start >= start
        for window in windows(text.folded, paragraph.start, paragraph.end, None)
        if window.precision == DAY
    ]
    if len({day.first.year for day in days}) != 1:
        return None
    return Stated(days[0].first.year, text.phrase(days[0].start, days[0].end))
