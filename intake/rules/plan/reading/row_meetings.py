"""Meetings in the rows of a table."""

from collections.abc import Iterator
from dataclasses import replace

from intake.rules.plan.reading.audiences import people_in
from intake.rules.plan.reading.days import TimeSpan, half_day_in, hour_in, windows
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.paper_text import PaperText
from intake.rules.plan.reading.paragraph_meetings import PaperMeeting, status_of, weekday_in
from intake.rules.plan.reading.tables import TableRow, tables_in
from intake.rules.plan.reading.venues import venue_words


def from_table(text: PaperText, body: int, year: int | None) -> list[PaperMeeting]:
    """The meetings of the first table that has any."""
    for rows in tables_in(text, body):
        meetings: list[PaperMeeting] = []
        for row in rows:
            meetings += _row(text, row, year) or _below(text, row, meetings)
        if meetings:
            return meetings
    return []


def _below(text: PaperText, row: TableRow, above: list[PaperMeeting]) -> list[PaperMeeting]:
    """The meeting of a row whose day is left empty since it is that of the row above it."""
    when = row.cells.get("when")
    hour = hour_in(text.folded, row.start, row.end)
    if not above or when is None or text.flat[slice(*when)].strip() or hour is None:
        return []
    place = next(iter(hour[1:]))
    return list(_told(text, row, [replace(above[-1].window, start=place, end=place)], hour))


def _row(text: PaperText, row: TableRow, year: int | None) -> list[PaperMeeting]:
    """A row's meetings: by its columns, or where they cannot be told apart by what is before and behind the time."""
    start, end = row.start, row.end
    cell = row.cells.get("when", (start, end))
    found = windows(text.folded, *cell, year) or windows(text.folded, start, end, year) or _of_period(text, row, year)
    hour = hour_in(text.folded, *cell) or hour_in(text.folded, start, end)
    return list(_told(text, row, found, hour)) if found else []


def _of_period(text: PaperText, row: TableRow, year: int | None) -> list[TimeSpan]:
    """The month or quarter of a cell that leaves the word to the head of its column: "8/2025" under "Tháng"."""
    when = row.cells.get("when")
    if row.period is None or when is None:
        return []
    said = f"{row.period} {text.folded[slice(*when)].strip()}"
    return [replace(one, start=when[0], end=when[1]) for one in windows(said, 0, len(said), year)]


def _told(
    text: PaperText, row: TableRow, found: list[TimeSpan], time: tuple[str, int, int] | None
) -> Iterator[PaperMeeting]:
    start, end = row.start, row.end
    first, last = found[0].start, found[-1].end
    if time and "\n" not in text.flat[min(time[1], first) : max(time[2], last)].strip("\n"):
        first, last = min(first, time[1]), max(last, time[2])
    where = row.cells.get("where", (last, end) if row.place_is_behind else (start, start))
    whom = row.cells.get("whom", (start, first))
    people = people_in(text, *whom) or text.words(*whom).strip(" .;:-–,") or None
    for window in found:
        yield PaperMeeting(
            window=window,
            phrase=text.phrase(start, end),
            time=time[0] if time else None,
            half=half_day_in(text.folded, first, last),
            venue=venue_words(text, *where),
            units=_of_column(text, row, whom),
            audience=people,
            status=status_of(text, start, end, window),
            weekday=weekday_in(text, start, end),
        )


def _of_column(text: PaperText, row: TableRow, whom: tuple[int, int]) -> tuple[str, ...]:
    """The hamlets of a cell; under the head "Thôn" it has their names alone."""
    named = hamlets_in(text, *whom)
    begins = whom[0] + len(text.flat[slice(*whom)]) - len(text.flat[slice(*whom)].lstrip())
    if row.kind and not (named and named[0].start == begins):
        cell = PaperText(f"{row.kind} {text.words(*whom)}")
        named = hamlets_in(cell, 0, len(cell.flat))
    return tuple(hamlet.name for hamlet in named)
