"""The meetings a paper foresees: when, at what hour, where, with whom (R060-R064, R214-R216).

They stand in a table (often flattened into lines), in a list of turns, under "Thời gian" with "Địa điểm" beside it, or
in a sentence. What a paper says once for all its meetings (the place, the people) holds for each of them.
"""

import re
from dataclasses import replace

from intake.rules.plan.reading.audiences import audience_of_all, form_of_all, kinds_of
from intake.rules.plan.reading.day_meetings import from_days
from intake.rules.plan.reading.days import DAY, half_day_in, hour_in, windows
from intake.rules.plan.reading.duties import is_headed
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.kinds import Paper
from intake.rules.plan.reading.line_meetings import from_lines
from intake.rules.plan.reading.moved_meetings import changed
from intake.rules.plan.reading.paper_text import PaperText
from intake.rules.plan.reading.paragraph_meetings import PaperMeeting, of_paragraph, piece
from intake.rules.plan.reading.row_meetings import from_table
from intake.rules.plan.reading.sentence_meetings import before_a_day, from_sentences
from intake.rules.plan.reading.turn_meetings import (
    appendix_at,
    from_hours,
    from_sections,
    from_turns,
    with_its_turn,
)
from intake.rules.plan.reading.turns import TurnWords, is_a_turns_own, turns_of, turns_told
from intake.rules.plan.reading.venues import new_place, place_apart, venue_of_all
from intake.rules.plan.reading.vocabulary import HEADS_OF_DUTIES, loose

_DUTIES = loose(HEADS_OF_DUTIES)
_EACH = r"(?: (?:moi|cac|cua cac) (?:cuoc|buoi|dot|hoi nghi))?"
_ONLY_WHEN = loose(rf"thoi gian{_EACH}|gio|(?:gio|thoi gian) bat dau{_EACH}")
_EACH_BEGINS = loose(
    r"\b(?:cac|moi|tat ca(?: cac)?) (?:buoi|cuoc|hoi nghi|dot|phien)[^.;:\n]{0,60}",
    r"(?:bat dau|to chuc|luc|vao|tu)[^.;:\n]{0,20}(?=\b\d{1,2} ?(?:gio|h|g))",
    r"|^(?:gio )?bat dau(?: luc| tu| vao)? (?=\d{1,2} ?(?:gio|h|g))",
    r"|\bgio (?:to chuc|bat dau)[^.;:\n]{0,30}: ?(?=\d{1,2} ?(?:gio|h|g))",
)
_SHORT_HEAD = 110


def read_meetings(
    text: PaperText, paper: Paper, title: tuple[int, int], body: int, year: int | None
) -> list[PaperMeeting]:
    """The meetings of a plan, a notice, a schedule or a change, in the order of the paper."""
    end = _end_of_programme(text, body)
    if paper is Paper.CHANGE:
        found = changed(text, title, year)
    else:
        found = (
            from_table(text, title[1], year)
            or _in_lists(text, appendix_at(text, end), len(text.flat), year)
            or _in_lists(text, title[1], end, year, body)
            or from_sentences(text, title[1], end, year)
            or before_a_day(text, title, (body, end), year)
            or _in_title(text, title, year)
            or from_days(text, title[1], end, year)
        )
    told = turns_told(text, body, end)
    days = [meeting.window.start for meeting in found]
    found = [with_its_turn(text, meeting, told, days) for meeting in found]
    venue = venue_of_all(text, title[1], end)
    if paper is Paper.CHANGE and (moved_to := new_place(text, title[1])):
        found = [replace(meeting, venue=moved_to) for meeting in found]
    units, audience = audience_of_all(text, title, body, end)
    if any(meeting.units for meeting in found) or (len(found) > 1 and _each_has_its_own(text, told)):
        units = ()
    form = form_of_all(text, title[0], end)
    hours = _hours_of_all(text, title[1], end, year)
    return [
        replace(
            meeting,
            time=meeting.time or hours.get(meeting.half, hours.get(None)),
            venue=meeting.venue or place_apart(text, title[1], end, PaperText(meeting.phrase).folded) or venue,
            units=meeting.units or units,
            audience=meeting.audience or audience,
            audience_kinds=kinds_of(meeting.audience or audience),
            form=form,
        )
        for meeting in found
    ]


def _in_lists(
    text: PaperText, start: int | None, end: int, year: int | None, body: int | None = None
) -> list[PaperMeeting]:
    """The meetings of lines, hours, labels or turns between two places; `body` is where labels count from."""
    if start is None:
        return []
    return (
        from_lines(text, start, end, year)
        or from_hours(text, start, end, year)
        or from_sections(text, start if body is None else body, end, year)
        or from_turns(text, start, end, year)
    )


def _in_title(text: PaperText, title: tuple[int, int], year: int | None) -> list[PaperMeeting]:
    """The meeting whose day only the title names ("… vào 7 giờ 30 phút ngày 18/9/2024 tại Nhà văn hóa …")."""
    return [one for one in of_paragraph(text, piece(*title), title[0], year) if one.window.precision == DAY]


def _each_has_its_own(text: PaperText, told: dict[tuple[str, str], list[TurnWords]]) -> bool:
    """Whether several turns have hamlets of their own, which are then none of all meetings."""
    own = [clauses for clauses in told.values() if any(hamlets_in(text, *one.words) for one in clauses)]
    return len(own) > 1


def _hours_of_all(text: PaperText, start: int, end: int, year: int | None) -> dict[str | None, str]:
    """The hour that a paper says once: "các buổi bắt đầu lúc …", or "Thời gian: 19 giờ" without any day.

    By half day where it has one for each ("buổi sáng 7 giờ 30, buổi chiều 13 giờ 30"), else for None; empty without.
    """
    every = _EACH_BEGINS.search(text.folded, start, end)
    if every:
        hour = hour_in(text.folded, every.end(), every.end() + _SHORT_HEAD)
        return {None: hour[0]} if hour else {}
    turns = turns_of(text)
    for paragraph in text.paragraphs:
        told = (paragraph.after_label, paragraph.end)
        if start <= paragraph.start < end and _ONLY_WHEN.fullmatch(paragraph.label):
            hour = hour_in(text.folded, *told)
            if hour and not is_a_turns_own(paragraph, turns) and not windows(text.folded, *told, year):
                return _by_half_day(text, *told) or {None: hour[0]}
    return {}


def _by_half_day(text: PaperText, start: int, end: int) -> dict[str | None, str]:
    """The hours that are said of half days; empty where not each hour is said of one of its own."""
    pieces = [(start + one.start(), start + one.end()) for one in re.finditer(r"[^,;]+", text.folded[start:end])]
    said = [(half_day_in(text.folded, *piece), hour_in(text.folded, *piece)) for piece in pieces]
    by_half: dict[str | None, str] = {half: hour[0] for half, hour in said if half and hour}
    return by_half if len(by_half) > 1 else {}


def _end_of_programme(text: PaperText, body: int) -> int:
    """Where the duties begin, which are full of days that are no meetings."""
    for paragraph in text.paragraphs:
        if paragraph.start > body and paragraph.level <= 1 and is_headed(text, paragraph, _DUTIES):
            return paragraph.start
    signed = (paragraph.start for paragraph in text.paragraphs if paragraph.label == "noi nhan")
    return next(signed, len(text.flat))
