"""Meetings whose day, people and place stand on lines of their own, one meeting after another.

Schedules of wards are set like that: "Thứ Tư, ngày 15/3, 19 giờ 00", below it "Khu dân cư Cẩm Chánh", below that
"Nhà sinh hoạt cộng đồng Cẩm Chánh". In which order they stand is the same for all meetings of a paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.rules.plan.reading.days import DAY, TimeSpan, half_day_in, hour_in, is_only_a_time, windows
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.paper_text import PaperText, Paragraph
from intake.rules.plan.reading.paragraph_meetings import PaperMeeting, status_of, weekday_in
from intake.rules.plan.reading.venues import begins_with_place, venue_words
from intake.rules.plan.reading.vocabulary import loose

_TURN = loose(r"(?:buoi|cuoc|dot|cum|diem|lan|ky|hoi nghi) (?:thu )?(?:\d{1,2}|nhat|hai|ba|tu|[iv]{1,3})[.:)]? ?")
_ALL = loose(r"(?:gom )?cac ")
_WHEN, _WHO, _WHERE = "when", "who", "where"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that says one thing only: `says` is what of, in the words from `start` on."""

    says: str
    start: int
    paragraph: Paragraph

    @property
    def words(self) -> tuple[int, int]:
        """Where it says it."""
        return self.start, self.paragraph.end


def from_lines(text: PaperText, start: int, end: int, year: int | None) -> list[PaperMeeting]:
    """The meetings of the first lines that say a day, and right beside it, on lines of their own, who or where.

    Where the lines have labels, "Thời gian: …" above "Địa điểm: …", there are several meetings.
    """
    for lines in _runs(text, start, end, year):
        met = [group for group in _groups(lines) if _WHEN in group and len(group) > 1]
        labelled = any(line.paragraph.label for line in lines)
        if len(met) > labelled:
            return [_meeting(text, group, year) for group in met]
    return []


def _runs(text: PaperText, start: int, end: int, year: int | None) -> Iterator[list[_Line]]:
    """Lines behind each other that say one thing each, without the months that head days."""
    run: list[_Line] = []
    for paragraph in text.paragraphs:
        if not start <= paragraph.start < end:
            continue
        line = _line(text, paragraph, year)
        if line is None:
            yield run
            run = []
            continue
        if line.says == _WHEN and run and run[-1].says == _WHEN:
            run.pop()
        run.append(line)
    yield run


def _line(text: PaperText, paragraph: Paragraph, year: int | None) -> _Line | None:
    turn = _TURN.match(text.folded, paragraph.body, paragraph.end)
    first, end = turn.end() if turn else paragraph.body, paragraph.end
    named = hamlets_in(text, first, end)
    at = _ALL.match(text.folded, first, end)
    if named and named[0].start == (at.end() if at else first) and not windows(text.folded, first, end, year):
        return _Line(_WHO, first, paragraph)
    said = paragraph.after_label if paragraph.label else first
    if is_only_a_time(text.folded, said, end, year):
        return _Line(_WHEN, said, paragraph)
    says_when = hour_in(text.folded, first, end) or windows(text.folded, first, end, year)
    return _Line(_WHERE, said, paragraph) if not says_when and begins_with_place(text, said, end) else None


def _groups(lines: list[_Line]) -> Iterator[dict[str, _Line]]:
    """What belongs together: up to the next line that says what the first of them says."""
    group: dict[str, _Line] = {}
    for line in lines:
        if line.says in group:
            yield group
            group = {}
        group[line.says] = line
    yield group


def _meeting(text: PaperText, group: dict[str, _Line], year: int | None) -> PaperMeeting:
    when = group[_WHEN].words
    window = _last(windows(text.folded, *when, year))
    hour = hour_in(text.folded, *when)
    who, where = group.get(_WHO), group.get(_WHERE)
    first, last = min(one.paragraph.body for one in group.values()), max(one.paragraph.end for one in group.values())
    return PaperMeeting(
        window=window,
        phrase=text.phrase(first, last),
        time=hour[0] if hour else None,
        half=half_day_in(text.folded, *when),
        venue=venue_words(text, *where.words) if where else None,
        units=tuple(hamlet.name for hamlet in hamlets_in(text, *who.words)) if who else (),
        status=status_of(text, *when, window),
        weekday=weekday_in(text, *when),
    )


def _last(named: list[TimeSpan]) -> TimeSpan:
    """Of a month and a day in it the day."""
    return next((one for one in named if one.precision == DAY), named[0])
