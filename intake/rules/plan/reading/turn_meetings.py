"""Meetings in lists: turns under "Thời gian" or one by one, hours below a day, an appendix behind the signature."""

from dataclasses import replace
from itertools import takewhile

from intake.rules.plan.reading.audiences import people_in
from intake.rules.plan.reading.days import DAY, TimeSpan, hour_in, is_only_a_time, windows
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.paper_text import PaperText, Paragraph, Stated
from intake.rules.plan.reading.paragraph_meetings import (
    LIST_LEVEL,
    NOT_WHEN,
    PaperMeeting,
    is_no_day_of_it,
    of_paragraph,
    status_of,
    units_named,
)
from intake.rules.plan.reading.turns import (
    Turns,
    TurnWords,
    is_one_of_many,
    names_a_turn,
    only_place,
    same_turn,
    turns_of,
)
from intake.rules.plan.reading.venues import labelled_venue, venue_beside, venue_words
from intake.rules.plan.reading.vocabulary import loose

WHEN = loose(
    r"\bthoi (?:gian|diem)\b|\bngay gio\b|\b(?:ngay|gio) (?:to chuc|bat dau|moi)\b|\blich\b",
    r"|\bdot \d|\bcum \d|^(?:vao )?(?:hoi|luc)$",
)
_SHORT_HEAD = 110
_BELOW_LISTS, _SEVERAL = 10, 2
_APPENDIX = loose(r"^[ \t]*(?P<type>phu luc|lich|danh sach)\b[^\n]*(?:\n[^\n]+){0,4}?\n? ?\((?:ban hanh )?kem theo")
_ABOUT_PEOPLE = loose(r"doi tuong|thanh phan|dai bieu|nhan dan")
_ABOUT_TURNS = loose(r"dia diem|thoi gian|doi tuong|thanh phan|dai bieu|nhan dan")
_HALF_DAY = loose(r"(?:buoi )?(?:sang|chieu|toi)")


def appendix_at(text: PaperText, start: int) -> int | None:
    """Where the list begins that a plan has behind its signature: "LỊCH ĐỐI THOẠI … (kèm theo Kế hoạch số …)"."""
    heading = _APPENDIX.search(text.folded, start)
    if heading is None or not text.flat[heading.start("type") : heading.end("type")].isupper():
        return None
    return heading.end()


def from_sections(text: PaperText, body: int, end: int, year: int | None) -> list[PaperMeeting]:
    """Meetings under "Thời gian": one paragraph, or a list of turns below it."""
    meetings: list[PaperMeeting] = []
    read: set[int] = set()
    turns = turns_of(text)
    for index, paragraph in enumerate(text.paragraphs):
        if not body <= paragraph.start < end or index in read:
            continue
        short = paragraph.end - paragraph.body < _SHORT_HEAD
        head = paragraph.label or (text.folded[paragraph.body : paragraph.end] if short else "")
        if not WHEN.search(head) or NOT_WHEN.search(head):
            continue
        if paragraph.label:
            found = of_paragraph(text, paragraph, paragraph.after_label, year)
            meetings.extend(_of_its_turn(text, paragraph, meeting, turns) for meeting in found)
        for place, other in _below(text, index):
            found = [] if _is_about_else(other) else of_paragraph(text, other, other.body, year)
            if found:
                read.add(place)
                meetings.extend(_of_its_turn(text, other, meeting, turns) for meeting in found)
        if meetings and not is_one_of_many(text, paragraph, turns) and not names_a_turn(head):
            break
    return without_summaries(meetings)


def without_summaries(meetings: list[PaperMeeting]) -> list[PaperMeeting]:
    """Without the quarters that sum up the days below them ("Mỗi quý 01 lần (quý II, quý III), cụ thể:")."""
    return [
        meeting
        for meeting in meetings
        if meeting.units
        or not any(
            other.window.start > meeting.window.start
            and meeting.window.first <= other.window.first
            and other.window.last <= meeting.window.last
            and other.window.last - other.window.first < meeting.window.last - meeting.window.first
            for other in meetings
        )
    ]


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
    places = [(turn.body, turn.end), *([(people.body, people.end)] if people else [])]
    named = tuple(dict.fromkeys(hamlet.name for place in places for hamlet in hamlets_in(text, *place)))
    audience = meeting.audience or next((who for place in places if (who := people_in(text, *place))), None)
    return replace(meeting, units=meeting.units or named, audience=audience)


def with_its_turn(
    text: PaperText, meeting: PaperMeeting, told: dict[tuple[str, str], list[TurnWords]], days: list[int]
) -> PaperMeeting:
    """With the people, the place and the hour that other sections say of the same turn ("Kỳ 1").

    What stands beside the day of another meeting (`days`, where each stands) is that one's.
    """
    for other in same_turn(told, meeting.window.start):
        if any(other.start <= day < other.end for day in days):
            continue
        beside = venue_beside(text, *other.words)
        if _is_under_places(text, other.paragraph):
            place = beside[0] if beside else venue_words(text, *other.words)
            meeting = replace(meeting, venue=meeting.venue or place)
            continue
        hour = hour_in(text.folded, *other.words)
        meeting = replace(
            meeting,
            units=meeting.units or units_named(text, *other.words, beside[1:] if beside else None),
            audience=meeting.audience or people_in(text, *other.words),
            venue=meeting.venue or (beside[0] if beside else None),
            time=meeting.time or (hour[0] if hour else None),
        )
    return meeting


def _is_under_places(text: PaperText, paragraph: Paragraph) -> bool:
    """Whether the nearest heading that says what it is about says places, and not who comes."""
    above = (text.folded[text.paragraphs[at].body : text.paragraphs[at].end] for at in reversed(paragraph.above))
    said = next((words for words in (paragraph.label, *above) if _ABOUT_TURNS.search(words)), "")
    return "dia diem" in said and not _ABOUT_PEOPLE.search(said)


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
    place_alone = only_place(paragraph) and not WHEN.search(paragraph.label)
    return bool(place_alone or NOT_WHEN.search(paragraph.label))


def from_turns(text: PaperText, start: int, end: int, year: int | None) -> list[PaperMeeting]:
    """ "1. Ấp Khánh Nhơn: ngày …, tại …": entries of one list, each with its time and a hamlet or a place."""  # noqa: D210
    lists: dict[tuple[int, tuple[int, ...]], list[PaperMeeting]] = {}
    for paragraph in text.paragraphs:
        dated = _is_a_time(text, paragraph, year) or _is_hamlets(text, paragraph)
        if (
            not start <= paragraph.start < end
            or not (paragraph.level <= LIST_LEVEL or dated)
            or NOT_WHEN.search(paragraph.label)
        ):
            continue
        bounds = (paragraph.body, paragraph.end)
        found = of_paragraph(text, paragraph, paragraph.body, year)
        if dated or hamlets_in(text, *bounds) or venue_beside(text, *bounds) or any(one.venue for one in found):
            lists.setdefault((paragraph.level, paragraph.above), []).extend(found)
    return max(lists.values(), key=len, default=[])


def _is_hamlets(text: PaperText, paragraph: Paragraph) -> bool:
    """Whether its label begins with hamlets: "Buôn Jù và buôn Krông A: 14 giờ ngày …"."""
    named = hamlets_in(text, paragraph.body, paragraph.after_label) if paragraph.label else []
    return bool(named) and named[0].start == paragraph.body


def _is_a_time(text: PaperText, paragraph: Paragraph, year: int | None) -> bool:
    """Whether its label is a time and nothing else: "Tháng 3: Khu phố 1, 2"."""
    return paragraph.label != "" and is_only_a_time(text.folded, paragraph.body, paragraph.after_label, year)


def from_hours(text: PaperText, start: int, end: int, year: int | None) -> list[PaperMeeting]:
    """ "… ngày 16/4/2026 như sau:", below it "Cụm 1 (thôn A): từ 7 giờ 30, tại …": a day, an hour for each turn.

    Another day may follow, with turns of its own.
    """  # noqa: D210
    said: list[TimeSpan] = []
    found: dict[int, PaperMeeting] = {}
    level: int | None = None
    right_below = False
    beside_day: Stated[str] | None = None
    turns = turns_of(text)
    for index, paragraph in enumerate(text.paragraphs):
        if not start <= paragraph.start < end or any(at in found for at in paragraph.above):
            continue
        hour = hour_in(text.folded, paragraph.body, paragraph.end)
        days = [
            one for one in windows(text.folded, paragraph.body, paragraph.end, year) if not is_no_day_of_it(text, one)
        ]
        bounds = (paragraph.body, paragraph.end)
        named = _HALF_DAY.fullmatch(paragraph.label) or names_a_turn(paragraph.label) or index in turns.places
        told = hour is not None and (named or venue_beside(text, *bounds) or hamlets_in(text, *bounds))
        fits = paragraph.level == level or (level is None and (right_below or paragraph.level < _BELOW_LISTS))
        if hour and told and not days and len(said) == 1 and fits:
            found[index] = _of_its_hour(text, index, said[0], hour[0], turns)
            found[index] = replace(found[index], venue=found[index].venue or beside_day)
            level = paragraph.level
        elif found and (hour or not days):
            break
        else:
            said = [one for one in days if one.precision == DAY] or said
            if days:
                place = venue_beside(text, *bounds)
                beside_day = place[0] if place else None
            level = None
        right_below = bool(days)
    return list(found.values()) if len(found) >= _SEVERAL else []


def _of_its_hour(text: PaperText, index: int, day: TimeSpan, hour: str, turns: Turns) -> PaperMeeting:
    """A turn with an hour of its own: with the place and the hamlets beside the hour, else those labelled below it."""
    paragraph = text.paragraphs[index]
    bounds = (paragraph.body, paragraph.end)
    venue = venue_beside(text, *bounds)
    place, people = turns.places.get(index), turns.people.get(index)
    units = units_named(text, *bounds, venue[1:] if venue else None)
    if not units and people:
        units = units_named(text, people.body, people.end, None)
    return PaperMeeting(
        window=replace(day, start=paragraph.body, end=paragraph.body),
        phrase=text.phrase(*bounds).strip(" ,;"),
        time=hour,
        venue=venue[0] if venue else labelled_venue(text, place) if place else None,
        units=units,
        status=status_of(text, *bounds, day),
    )
