"""The meetings a paper foresees: when, at what hour, where, with whom (R060-R064, R214-R216).

They stand in a table (often flattened into lines), in a list of turns, under "Thời gian" with "Địa điểm" beside it, or
in a sentence. What a paper says once for all its meetings (the place, the people) holds for each of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from intake.rules.plan.profile_terms import AudienceKind
from intake.rules.plan.reading.audiences import audience_of_all, form_of_all, kinds_of, people_in
from intake.rules.plan.reading.days import DAY, WINDOW, YEAR, TimeSpan, half_day_in, hour_in, windows
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.kinds import Paper
from intake.rules.plan.reading.paper_text import PaperText, Paragraph, Stated
from intake.rules.plan.reading.tables import TableRow, tables_in
from intake.rules.plan.reading.turns import (
    Turns,
    TurnWords,
    is_a_turns_own,
    is_one_of_many,
    names_a_turn,
    only_place,
    same_turn,
    turns_of,
    turns_told,
)
from intake.rules.plan.reading.venues import (
    labelled_venue,
    new_place,
    venue_behind,
    venue_beside,
    venue_of_all,
    venue_words,
)
from intake.rules.plan.reading.vocabulary import HEADS_OF_DUTIES, loose

_WHEN = loose(
    r"\bthoi (?:gian|diem)\b|\bngay gio\b|\b(?:ngay|gio) (?:to chuc|bat dau|moi)\b|\blich\b",
    r"|\bdot \d|\bcum \d|^(?:vao )?(?:hoi|luc)$",
)
_NOT_WHEN = loose(
    r"dang ky|thong bao|gui |nhan y kien|tiep nhan|lay y kien|bao cao|thuc hien ke hoach|hoan thanh|nop |tong hop",
    r"|tra loi|phat bieu|chuan bi|giai quyet|thu thap|truyen thong|cong khai",
)
_LIMIT = loose(
    r"(?:ket thuc|hoan thanh|xong)?\s*(?:truoc|cham nhat(?: la)?|khong qua|den het)\s*(?:la )?$",
    r"|(?:hoan thanh|ket thuc) (?:trong )?$|(?:moi|cham) nhat\s*$",
)
_CITED = loose(r"\d+[-/][a-z]{2,}[-/a-z\d]*,?(?: (?:la|ghi|da ghi))?\s*$")
_GIVEN_UP = loose(r"\b(?:thay (?:cho|vi|the)|khong phai)(?: cho)?(?: thoi gian)?(?: la)?(?: ngay)? ?$")
_EXPECTED = loose(r"\bdu kien\b")
_DUTIES = loose(HEADS_OF_DUTIES)
_ABOUT_MEETING = loose(r"\b(?:doi thoai|hoi nghi|buoi)\b")
_HELD = loose(r"\b(?:to chuc|vao|luc|hoi|du kien|dien ra|trong|bat dau|tien hanh|an dinh|\d{1,2} ?gio)\b")
_OTHER_SENTENCE = loose(r"can cu|thuc hien (?:quyet|ke hoach|quy|nghi|huong)|truoc ngay|bao cao")
_SAYS_SO = loose(
    r"\b(?:thong bao|quyet dinh|thong nhat)(?: (?:den|de|cho)[^.;:]{0,60})?(?: ?:)? (?:viec |tam |xin )*",
    r"(?:khong to|hoan|huy|dung|ngung|lui|doi|dieu chinh|thay doi)",
)
_NEW_TIME = loose(
    r"to chuc lai|(?:doi(?! thoai)|chuyen|lui|thay doi|dieu chinh)(?: \w+){0,8}? (?:sang|thanh|den|toi|vao|la)\b",
    r"|(?:sua|dinh chinh|doc)(?: lai)? (?:la|thanh)\b|thoi gian (?:moi|dieu chinh|sau dieu chinh)",
    r"|nay (?:dieu chinh|doi|chuyen)",
    r"|(?:sang|thanh)(?=\s*[\"“]?\s*(?:thoi gian|ngay|luc|hoi|thang|quy|tuan|thu|dau|cuoi|s_ng|chieu|toi|\d))",
)
_MORNING, _MORNING_MARK = re.compile(r"\b[Ss]áng\b"), "s_ng"
"""Folded, a morning is the word for "to": "từ sáng 05/6 sang sáng 12/6"."""
_FROM_ONE_DAY = re.compile(r"\b(?:[Dd]ời|[Ll]ùi|[Cc]huyển|[Đđ]ổi)\s[^.;]{0,200}?(?=\btừ\s)")
_AS_FOLLOWS = loose(r"(?:dieu chinh|thay doi|doi|chuyen|sua doi)[^.;:]{0,80}(?:nhu sau|cu the)\s*:")
_CANCELLED = loose(r"\bhuy\b|khong to chuc|dung to chuc")
_POSTPONED = loose(r"hoan|lui|tam dung")
_ONLY_WHEN = loose(r"thoi gian|gio|gio bat dau|thoi gian bat dau")
_EACH_BEGINS = loose(
    r"\b(?:cac|moi|tat ca(?: cac)?) (?:buoi|cuoc|hoi nghi|dot|phien)[^.;:\n]{0,60}",
    r"(?:bat dau|to chuc|luc|vao|tu)[^.;:\n]{0,20}(?=\b\d{1,2} ?(?:gio|h|g))",
)
_PLACE_STAYS = loose(
    r"dia diem[^.;]{0,60}(?:khong (?:thay )?doi|giu nguyen|van (?:tai|o|nhu))",
    r"|(?:tai|o) dia diem (?:tren|cu|da thong bao)",
)
_STAYS = loose(r"\bvan (?:to chuc|giu|thuc hien|dien ra)\b|giu nguyen")
_WEEKDAY = loose(r"\bthu (?P<day>hai|ba|tu|nam|sau|bay|[2-7])\b|\bchu nhat\b")
_COUNTED = loose(r"(?:cuoc|dot|buoi|lan|hoi nghi|cum|tuan|phien|ky)\s\Z")
"""Before "thứ hai" it is the second, not a Monday."""
_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}
_SEVERAL_PLACES = loose(r"\bcac (?:thon|lang|ban|ap|xom|buon|khu pho|to dan pho|tdp)\b")
_THIS_YEAR = loose(r"\bnam (?P<y>20\d{2})")
_FAR = 400
_SHORT_HEAD = 110
_LIST_LEVEL = 9
_BELOW_LISTS, _SEVERAL = 10, 2

_APPENDIX = loose(r"^[ \t]*(?P<type>phu luc|lich|danh sach)\b[^\n]*(?:\n[^\n]+){0,4}?\n? ?\((?:ban hanh )?kem theo")


@dataclass(frozen=True, slots=True)
class PaperMeeting:
    """A meeting as a paper has it; None and empty for what it does not say.

    `status` is `expected` for "dự kiến" and either-or, `fixed` for a day that stands, `moved`, `postponed` or
    `cancelled` after a change. `until` is an outer limit named beside the window ("kết thúc trước ngày …"), the day
    itself, with its words in `limit_phrase`; `weekday` the words for it, right or wrong.
    """

    window: TimeSpan
    phrase: str
    time: str | None = None
    half: str | None = None
    venue: Stated[str] | None = None
    units: tuple[str, ...] = ()
    audience: str | None = None
    audience_kinds: tuple[AudienceKind, ...] = ()
    form: str | None = None
    status: str | None = None
    weekday: str | None = None
    until: date | None = None
    limit_phrase: str | None = None


def read_meetings(
    text: PaperText, paper: Paper, title: tuple[int, int], body: int, year: int | None
) -> list[PaperMeeting]:
    """The meetings of a plan, a notice, a schedule or a change, in the order of the paper."""
    end = _end_of_programme(text, body)
    if paper is Paper.CHANGE:
        found = _changed(text, title, year)
    else:
        found = (
            _from_table(text, title[1], year)
            or _from_appendix(text, end, year)
            or _from_hours(text, title[1], end, year)
            or _from_sections(text, body, end, year)
            or _from_turns(text, title[1], end, year)
            or _from_sentences(text, title[1], end, year)
            or _before_a_day(text, title, (body, end), year)
        )
    told = turns_told(text, body, end)
    found = [_with_its_turn(text, meeting, told) for meeting in found]
    venue = venue_of_all(text, title[1], end)
    if paper is Paper.CHANGE and (moved_to := new_place(text, title[1])):
        found = [replace(meeting, venue=moved_to) for meeting in found]
    units, audience = audience_of_all(text, title, body, end)
    if any(meeting.units for meeting in found):
        units = ()
    form = form_of_all(text, title[0], end)
    hour = _hour_of_all(text, title[1], end, year)
    return [
        replace(
            meeting,
            time=meeting.time or (hour[0] if hour else None),
            venue=meeting.venue or venue,
            units=meeting.units or units,
            audience=meeting.audience or audience,
            audience_kinds=kinds_of(meeting.audience or audience),
            form=form,
        )
        for meeting in found
    ]


def _hour_of_all(text: PaperText, start: int, end: int, year: int | None) -> tuple[str, int, int] | None:
    """The hour that a paper says once: "các buổi bắt đầu lúc …", or "Thời gian: 19 giờ" without any day."""
    every = _EACH_BEGINS.search(text.folded, start, end)
    if every:
        return hour_in(text.folded, every.end(), every.end() + _SHORT_HEAD)
    turns = turns_of(text)
    for paragraph in text.paragraphs:
        told = (paragraph.after_label, paragraph.end)
        if start <= paragraph.start < end and _ONLY_WHEN.fullmatch(paragraph.label):
            hour = hour_in(text.folded, *told)
            if hour and not is_a_turns_own(paragraph, turns) and not windows(text.folded, *told, year):
                return hour
    return None


def weekday_number(words: str) -> int:
    """Monday is 0, for "thứ Hai", "Thứ 6", "Chủ nhật"."""
    return _WEEKDAYS.get(PaperText(words).folded.split()[-1], 6)


def _end_of_programme(text: PaperText, body: int) -> int:
    """Where the duties begin, which are full of days that are no meetings."""
    for paragraph in text.paragraphs:
        head = (paragraph.body, min(paragraph.end, paragraph.body + 80))
        if paragraph.start > body and paragraph.level <= 1 and _DUTIES.search(text.folded, *head):
            return paragraph.start
    signed = (paragraph.start for paragraph in text.paragraphs if paragraph.label == "noi nhan")
    return next(signed, len(text.flat))


def _from_appendix(text: PaperText, start: int, year: int | None) -> list[PaperMeeting]:
    """The list of turns that a plan has behind its signature: "LỊCH ĐỐI THOẠI … (kèm theo Kế hoạch số …)"."""
    heading = _APPENDIX.search(text.folded, start)
    if heading is None or not text.flat[heading.start("type") : heading.end("type")].isupper():
        return []
    return _from_turns(text, heading.end(), len(text.flat), year)


def _from_table(text: PaperText, body: int, year: int | None) -> list[PaperMeeting]:
    for rows in tables_in(text, body):
        meetings = [meeting for row in rows for meeting in _row(text, row, year)]
        if meetings:
            return meetings
    return []


def _row(text: PaperText, row: TableRow, year: int | None) -> Iterator[PaperMeeting]:
    """A row's meetings: by its columns, or where they cannot be told apart by what is before and behind the time."""
    start, end = row.start, row.end
    found = windows(text.folded, start, end, year)
    if not found:
        return
    time = hour_in(text.folded, start, end)
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
            status=_status(text, start, end, window),
            weekday=_weekday(text, start, end),
        )


def _of_column(text: PaperText, row: TableRow, whom: tuple[int, int]) -> tuple[str, ...]:
    """The hamlets of a cell; under the head "Thôn" it has their names alone."""
    named = hamlets_in(text, *whom)
    if not named and row.kind:
        cell = PaperText(f"{row.kind} {text.words(*whom)}")
        named = hamlets_in(cell, 0, len(cell.flat))
    return tuple(hamlet.name for hamlet in named)


def _from_sections(text: PaperText, body: int, end: int, year: int | None) -> list[PaperMeeting]:
    """Meetings under "Thời gian": one paragraph, or a list of turns below it."""
    meetings: list[PaperMeeting] = []
    read: set[int] = set()
    turns = turns_of(text)
    for index, paragraph in enumerate(text.paragraphs):
        if not body <= paragraph.start < end or index in read:
            continue
        short = paragraph.end - paragraph.body < _SHORT_HEAD
        head = paragraph.label or (text.folded[paragraph.body : paragraph.end] if short else "")
        if not _WHEN.search(head) or _NOT_WHEN.search(head):
            continue
        if paragraph.label:
            found = _of_paragraph(text, paragraph, paragraph.after_label, year)
            meetings.extend(_of_its_turn(text, paragraph, meeting, turns) for meeting in found)
        for place, other in _below(text, index):
            found = [] if _is_about_else(other) else _of_paragraph(text, other, other.body, year)
            if found:
                read.add(place)
                meetings.extend(_of_its_turn(text, other, meeting, turns) for meeting in found)
        if meetings and not is_one_of_many(text, paragraph, turns) and not names_a_turn(head):
            break
    return meetings


def _of_its_turn(text: PaperText, paragraph: Paragraph, meeting: PaperMeeting, turns: Turns) -> PaperMeeting:
    """A time under "Cụm 1 gồm 03 bản: …" with the hamlets named there, and the place that stands beside it."""
    if not paragraph.above:
        return meeting
    turn = text.paragraphs[paragraph.above[-1]]
    beside = turns.places.get(paragraph.above[-1])
    venue = labelled_venue(text, beside) if beside else None
    meeting = replace(meeting, venue=meeting.venue or venue)
    if not is_one_of_many(text, paragraph, turns):
        return meeting
    people = turns.people.get(paragraph.above[-1])
    places = [(turn.body, turn.end), *([(people.after_label, people.end)] if people else [])]
    named = tuple(dict.fromkeys(hamlet.name for place in places for hamlet in hamlets_in(text, *place)))
    audience = meeting.audience or next((who for place in places if (who := people_in(text, *place))), None)
    return replace(meeting, units=meeting.units or named, audience=audience)


def _with_its_turn(
    text: PaperText, meeting: PaperMeeting, told: dict[tuple[str, int], list[TurnWords]]
) -> PaperMeeting:
    """With the people, the place and the hour that other sections say of the same turn ("Kỳ 1")."""
    for other in same_turn(told, meeting.window.start):
        headings = [
            other.paragraph.label,
            *(text.folded[text.paragraphs[at].body : text.paragraphs[at].end] for at in other.paragraph.above),
        ]
        beside = venue_beside(text, *other.words)
        if any("dia diem" in words and "doi tuong" not in words for words in headings):
            place = beside[0] if beside else venue_words(text, *other.words)
            meeting = replace(meeting, venue=meeting.venue or place)
            continue
        hour = hour_in(text.folded, *other.words)
        meeting = replace(
            meeting,
            units=meeting.units or _units(text, *other.words, beside[1:] if beside else None),
            audience=meeting.audience or people_in(text, *other.words),
            venue=meeting.venue or (beside[0] if beside else None),
            time=meeting.time or (hour[0] if hour else None),
        )
    return meeting


def _below(text: PaperText, index: int) -> list[tuple[int, Paragraph]]:
    """What stands under a heading; for one without anything under it the paragraph behind it.

    Under a label that has no marker, "Thời gian:" alone on its line, the points behind it stand.
    """
    under = list(enumerate(text.under(index), index + 1))
    heading = text.paragraphs[index]
    behind = text.paragraphs[index + 1 : index + 2]
    if heading.label:
        alone = heading.level >= _BELOW_LISTS and heading.after_label >= heading.end
        points = takewhile(lambda one: one.level < _BELOW_LISTS, text.paragraphs[index + 1 :] if alone else ())
        behind = tuple(points)
    return under or list(enumerate(behind, index + 1))


def _is_about_else(paragraph: Paragraph) -> bool:
    place_alone = only_place(paragraph) and not _WHEN.search(paragraph.label)
    return bool(place_alone or _NOT_WHEN.search(paragraph.label))


def _of_paragraph(text: PaperText, paragraph: Paragraph, start: int, year: int | None) -> list[PaperMeeting]:
    """The meetings of one paragraph from a place on; what a paragraph of several says of all holds for each."""
    found = [
        window for window in windows(text.folded, start, paragraph.end, year) if not _is_no_day_of_it(text, window)
    ]
    limits = [window for window in found if _LIMIT.search(text.folded[max(start, window.start - 30) : window.start])]
    planned = _without_outer([window for window in found if window not in limits])
    bounds = [start, *(window.start for window in planned[1:]), paragraph.end]
    hour = hour_in(text.folded, start, paragraph.end)
    of_all = hour if hour and planned and _is_said_once(text, hour, (planned[0].start, paragraph.end)) else None
    meetings = []
    for place, window in enumerate(planned):
        own_end = bounds[place + 1]
        alone = len(planned) == 1
        venue = venue_beside(text, start if alone else window.end, own_end)
        beside = _hour_beside(text, window, planned[place - 1].end if place else start, own_end)
        time = hour if alone or (place == 0 and not beside) else beside or of_all
        meetings.append(
            PaperMeeting(
                window=window,
                phrase=text.phrase(start if place == 0 else window.start, own_end).strip(" ,;").removesuffix(" và"),
                time=time[0] if time else None,
                half=half_day_in(text.folded, start, paragraph.end),
                venue=venue[0] if venue else venue_behind(text, max(window.end, time[2] if time else 0), own_end),
                units=_units(text, start, paragraph.end, venue[1:] if venue and alone else None),
                audience=_people(text, start, paragraph.end),
                status=_status(text, start, paragraph.end, window),
                weekday=_weekday(text, max(start, window.start - 30), min(window.end + 20, paragraph.end)),
                until=limits[0].first if limits else None,
                limit_phrase=text.phrase(limits[0].start, limits[0].end) if limits else None,
            )
        )
    if meetings and not any(meeting.venue for meeting in meetings[:-1]):
        return [replace(meeting, venue=meetings[-1].venue) for meeting in meetings]
    return meetings


def _units(text: PaperText, start: int, end: int, venue: tuple[int, int] | None) -> tuple[str, ...]:
    """The hamlets of a paragraph; the one in which the place lies is none of them by that, several are ("các làng")."""
    if venue is None:
        return tuple(hamlet.name for hamlet in hamlets_in(text, start, end))
    named = hamlets_in(text, start, venue[0]) or hamlets_in(text, venue[1], end)
    if not named and _SEVERAL_PLACES.search(text.folded, *venue):
        named = hamlets_in(text, *venue)
    return tuple(hamlet.name for hamlet in named)


def _is_no_day_of_it(text: PaperText, window: TimeSpan) -> bool:
    """Whether it is the day of another paper ("Thông báo số 80/TB-UBND ngày …"), or the one given up ("thay cho …")."""
    before = text.folded[max(0, window.start - 40) : window.start]
    return _CITED.search(before) is not None or _GIVEN_UP.search(before) is not None


def _without_outer(planned: list[TimeSpan]) -> list[TimeSpan]:
    """ "Trong quý III, dự kiến ngày 15/8": the day counts, the quarter around it does not."""  # noqa: D210
    return [
        window
        for window in planned
        if not any(
            other is not window
            and window.first <= other.first
            and other.last <= window.last
            and other.last - other.first < window.last - window.first
            for other in planned
        )
    ]


def _hour_beside(text: PaperText, window: TimeSpan, start: int, end: int) -> tuple[str, int, int] | None:
    before = hour_in(text.folded, max(start, window.start - 45), window.start)
    return before or hour_in(text.folded, window.end, min(end, window.end + 30))


def _is_said_once(text: PaperText, hour: tuple[str, int, int], days: tuple[int, int]) -> bool:
    """Whether an hour stands before all the days and none beside them: "từ 8 giờ 30, các ngày 29/3, 28/6"."""
    return hour[2] <= days[0] and hour_in(text.folded, *days) is None


def _people(text: PaperText, start: int, end: int) -> str | None:
    people = people_in(text, start, end)
    return people if people and len(people) < _FAR else None


def _status(text: PaperText, start: int, end: int, window: TimeSpan) -> str | None:
    if window.either or _EXPECTED.search(text.folded, start, end):
        return "expected"
    return "fixed" if window.precision == DAY else None


def _weekday(text: PaperText, start: int, end: int) -> str | None:
    for found in _WEEKDAY.finditer(text.folded, start, end):
        if not _COUNTED.search(text.folded[max(0, found.start() - 20) : found.start()]):
            return text.phrase(*found.span())
    return None


def _from_turns(text: PaperText, start: int, end: int, year: int | None) -> list[PaperMeeting]:
    """ "1. Ấp Khánh Nhơn: ngày …, tại …": entries of one list, each with its time and a hamlet or a place."""  # noqa: D210
    lists: dict[tuple[int, tuple[int, ...]], list[PaperMeeting]] = {}
    for paragraph in text.paragraphs:
        if not start <= paragraph.start < end or paragraph.level > _LIST_LEVEL or _NOT_WHEN.search(paragraph.label):
            continue
        bounds = (paragraph.body, paragraph.end)
        if hamlets_in(text, *bounds) or venue_beside(text, *bounds):
            found = _of_paragraph(text, paragraph, paragraph.body, year)
            lists.setdefault((paragraph.level, paragraph.above), []).extend(found)
    return max(lists.values(), key=len, default=[])


def _from_hours(text: PaperText, start: int, end: int, year: int | None) -> list[PaperMeeting]:
    """ "… ngày 16/4/2026 như sau:", below it "Cụm 1 (thôn A): từ 7 giờ 30, tại …": a day, an hour for each turn.

    Another day may follow, with turns of its own.
    """  # noqa: D210
    said: list[TimeSpan] = []
    turns: list[tuple[TimeSpan, Paragraph, str]] = []
    level: int | None = None
    right_below = False
    for paragraph in text.paragraphs:
        if not start <= paragraph.start < end:
            continue
        hour = hour_in(text.folded, paragraph.body, paragraph.end)
        days = [
            one for one in windows(text.folded, paragraph.body, paragraph.end, year) if not _is_no_day_of_it(text, one)
        ]
        told = hour is not None and venue_beside(text, paragraph.body, paragraph.end) is not None
        fits = paragraph.level == level or (level is None and (right_below or paragraph.level < _BELOW_LISTS))
        if hour and told and not days and len(said) == 1 and fits:
            turns.append((said[0], paragraph, hour[0]))
            level = paragraph.level
        elif turns and (hour or not days):
            break
        else:
            said = [one for one in days if one.precision == DAY] or said
            level = None
        right_below = bool(days)
    if len(turns) < _SEVERAL:
        return []
    return [
        PaperMeeting(
            window=day,
            phrase=text.phrase(paragraph.body, paragraph.end).strip(" ,;"),
            time=hour,
            venue=venue[0] if (venue := venue_beside(text, paragraph.body, paragraph.end)) else None,
            units=_units(text, paragraph.body, paragraph.end, venue[1:] if venue else None),
            status=_status(text, paragraph.body, paragraph.end, day),
        )
        for day, paragraph, hour in turns
    ]


def _from_sentences(text: PaperText, start: int, end: int, year: int | None) -> list[PaperMeeting]:
    """ "UBND xã tổ chức đối thoại vào 8 giờ ngày … tại …": those of the first paragraph that says it."""  # noqa: D210
    for paragraph in text.paragraphs:
        if not start <= paragraph.start < end or _NOT_WHEN.search(paragraph.label):
            continue
        meetings = [
            meeting
            for first, last in text.sentences(paragraph)
            if _ABOUT_MEETING.search(text.folded, first, last)
            and (_HELD.search(text.folded, first, last) or _SAYS_SO.search(text.folded, first, last))
            if not _OTHER_SENTENCE.match(text.folded[first:last].strip()) or _SAYS_SO.search(text.folded, first, last)
            for meeting in _of_paragraph(text, _piece(first, last), first, year)
        ]
        if meetings:
            return meetings
    return []


def _before_a_day(
    text: PaperText, title: tuple[int, int], programme: tuple[int, int], year: int | None
) -> list[PaperMeeting]:
    """A meeting of which only the last day is said: within the period of the title, up to that day.

    Nothing where the title names no period: when it may be held at the earliest is then not said.
    """
    period = next(iter(windows(text.folded, *title, year)), None) or _year_of(text, title)
    for paragraph in text.paragraphs:
        if not programme[0] <= paragraph.start < programme[1] or not _WHEN.search(paragraph.label):
            continue
        for limit in windows(text.folded, paragraph.after_label, paragraph.end, year):
            how = _LIMIT.search(text.folded[max(paragraph.after_label, limit.start - 30) : limit.start])
            last = limit.last - timedelta(days=1) if how and how[0].split()[-1:] == ["truoc"] else limit.last
            if how is None or period is None or not period.first <= last <= period.last:
                continue
            venue = venue_beside(text, paragraph.after_label, paragraph.end)
            window = replace(limit, first=period.first, last=last, precision=WINDOW)
            return [
                PaperMeeting(
                    window=window,
                    phrase=text.phrase(paragraph.after_label, paragraph.end).strip(" ,;"),
                    venue=venue[0] if venue else None,
                )
            ]
    return []


def _year_of(text: PaperText, title: tuple[int, int]) -> TimeSpan | None:
    named = _THIS_YEAR.search(text.folded, *title)
    if named is None:
        return None
    year = int(named["y"])
    return TimeSpan(*named.span(), date(year, 1, 1), date(year, 12, 31), YEAR)


def _changed(text: PaperText, title: tuple[int, int], year: int | None) -> list[PaperMeeting]:
    """What a change leads to: the new time where one is said, else the old one, `postponed` or `cancelled`."""
    told = _MORNING.sub(_MORNING_MARK, text.flat)
    told = "".join(mark if mark == "_" else plain for mark, plain in zip(told, text.folded, strict=True))
    for new in _NEW_TIME.finditer(told, title[1]):
        for paragraph in text.paragraphs:
            at = max(paragraph.start, new.end())
            if paragraph.end <= new.end() or at - new.end() > _FAR:
                continue
            found = _of_paragraph(text, _piece(at, paragraph.end), at, year)
            if found:
                return [
                    replace(found[0], status="moved", venue=found[0].venue or _place_that_stays(text, title[1], year))
                ]
    moved = _FROM_ONE_DAY.search(text.flat, title[1])
    both = next(iter(windows(text.folded, moved.end(), moved.end() + _FAR, year)), None) if moved else None
    if moved and both and both.precision == WINDOW and text.folded[moved.end() : both.start + 3].strip() == "tu":
        meeting = _of_paragraph(text, _piece(moved.start(), both.end), moved.start(), year)[0]
        return [replace(meeting, window=replace(both, first=both.last, precision=DAY), status="moved")]
    changed_to = _AS_FOLLOWS.search(text.folded, title[1])
    if changed_to:
        found = _from_sections(text, changed_to.end(), len(text.flat), year)
        rest = next((one.end for one in text.paragraphs if one.start < changed_to.end() < one.end), 0)
        found = found or _of_paragraph(text, _piece(changed_to.end(), rest), changed_to.end(), year)
        if found:
            return [replace(meeting, status="moved") for meeting in found]
    status = "postponed" if _POSTPONED.search(text.folded, *title) else None
    status = "cancelled" if _CANCELLED.search(text.folded, *title) else status
    old = _from_sentences(text, title[1], len(text.flat), year) or _from_sentences(text, *title, year)
    old = [meeting for meeting in old if not _STAYS.search(PaperText(meeting.phrase).folded)] or old
    return [replace(meeting, status=status or meeting.status) for meeting in old[-1:]]


def _place_that_stays(text: PaperText, start: int, year: int | None) -> Stated[str] | None:
    """The place of the meeting as it was, where a change says that it stays there."""
    if not _PLACE_STAYS.search(text.folded, start):
        return None
    old = _from_sentences(text, start, len(text.flat), year)
    return old[0].venue if old else None


def _piece(start: int, end: int) -> Paragraph:
    return Paragraph(start, start, end, level=_LIST_LEVEL + 1, label="", after_label=start, above=())
