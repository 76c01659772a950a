"""A meeting from the words of one paragraph: its days, and the hour, the place and the hamlets beside them.

What a paragraph of several days says of all of them holds for each.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from intake.rules.plan.profile_terms import AudienceKind
from intake.rules.plan.reading.audiences import people_in
from intake.rules.plan.reading.days import DAY, TimeSpan, half_day_in, hour_in, windows
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.paper_text import PaperText, Paragraph, Stated
from intake.rules.plan.reading.venues import venue_behind, venue_beside
from intake.rules.plan.reading.vocabulary import loose

NOT_WHEN = loose(
    r"dang ky|thong bao|gui |nhan y kien|tiep nhan|lay y kien|bao cao|thuc hien ke hoach|hoan thanh|nop |tong hop",
    r"|tra loi|phat bieu|chuan bi|giai quyet|thu thap|truyen thong|cong khai",
)
ANNOUNCES = loose(r"^(?:ubnd|uy ban|dang uy|ban thuong|thuong truc|van phong|hdnd|hoi dong)[^:]* thong bao$")
"""A body that announces something: "UBND xã thông báo: …" is no label of what follows."""
LIMIT = loose(
    r"(?:ket thuc|hoan thanh|xong)?\s*(?:truoc|cham nhat(?: la)?|khong qua|den het)\s*(?:la )?$",
    r"|(?:hoan thanh|ket thuc) (?:trong )?$|(?:moi|cham) nhat\s*$",
)
_CITED = loose(r"\d+[-/][a-z]{2,}[-/a-z\d]*,?(?: (?:la|ghi|da ghi))?\s*$")
_GIVEN_UP = loose(
    r"\b(?:thay (?:cho|vi|the)|khong phai|truoc day|lich cu)(?: cho)?(?: thoi gian)?(?: la)?",
    r"(?: (?:vao |luc )*\d{1,2} ?(?:gio|h|g)(?: ?\d{2})?(?: phut)?,?)?(?: (?:sang|chieu|toi),?)?(?: ngay)? ?$",
)
_CLAUSE_ENDS = re.compile(r"[;.](?=\s)")
_LED_AWAY = re.compile(r"[\s,)”\"]*(?:sang|thành)\s")
_BACKGROUND = loose(
    r",? (?:ubnd|uy ban|dang uy|ban thuong vu|thuong truc|van phong|hdnd|chu tich|bi thu)[^.;:\n]{0,60}?",
    r" (?:nhan duoc|tiep nhan duoc|da ban hanh|ban hanh|co (?:cong van|van ban|thong bao|ke hoach))\b",
)
"""Behind a day on which something came in or went out: "Ngày 01/7, UBND xã nhận được đề nghị …"."""
_IN_TURN = loose(r"\blan luot\b|\btuong ung\b|\btheo thu tu\b")
_ONLY_DAYS = loose(r"(?:[\d/.,;\s-]|\b(?:ngay|va|thang|nam|cac)\b)*")
_EXPECTED = loose(r"(?<!\bhon\s)(?<!\bnhu\s)(?<!\bvoi\s)\bdu kien\b")
_WEEKDAY = loose(r"\bthu (?P<day>hai|ba|tu|nam|sau|bay|[2-7])\b|\bchu nhat\b")
_COUNTED = loose(r"(?:cuoc|dot|buoi|lan|hoi nghi|cum|tuan|phien|ky)\s\Z")
"""Before "thứ hai" it is the second, not a Monday."""
_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}
_SEVERAL_PLACES = loose(r"\bcac (?:thon|lang|ban|ap|xom|buon|khu pho|to dan pho|tdp)\b")
FAR = 400
LIST_LEVEL = 9


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


def weekday_number(words: str) -> int:
    """Monday is 0, for "thứ Hai", "Thứ 6", "Chủ nhật"."""
    return _WEEKDAYS.get(PaperText(words).folded.split()[-1], 6)


def of_paragraph(text: PaperText, paragraph: Paragraph, start: int, year: int | None) -> list[PaperMeeting]:
    """The meetings of one paragraph from a place on; what a paragraph of several says of all holds for each."""
    found = [window for window in windows(text.folded, start, paragraph.end, year) if not is_no_day_of_it(text, window)]
    limits = [window for window in found if LIMIT.search(text.folded[max(start, window.start - 30) : window.start])]
    planned = _without_outer([window for window in found if window not in limits])
    bounds = [start, *(window.start for window in planned[1:]), paragraph.end]
    if not planned:
        return []
    told = _units_of_each(text, (start, paragraph.end), planned) if len(planned) > 1 else []
    hour = hour_in(text.folded, start, paragraph.end)
    of_all = hour if hour and _is_said_once(text, hour, (planned[0].start, planned[-1].end)) else None
    meetings = []
    for place, window in enumerate(planned):
        own_end = bounds[place + 1]
        alone = len(planned) == 1
        beside = _hour_beside(text, window, planned[place - 1].end if place else start, own_end)
        time = hour if alone or (place == 0 and not beside) else beside or of_all
        venue = venue_beside(text, start if alone else window.end, own_end) or venue_behind(
            text, max(window.end, time[2] if time else 0), own_end
        )
        meetings.append(
            PaperMeeting(
                window=window,
                phrase=text.phrase(start if place == 0 else window.start, own_end).strip(" ,;").removesuffix(" và"),
                time=time[0] if time else None,
                half=half_day_in(text.folded, start, paragraph.end),
                venue=venue[0] if venue else None,
                units=told[place] if told else units_named(text, start, paragraph.end, venue[1:] if venue else None),
                audience=_people(text, start, paragraph.end),
                status=status_of(text, start, paragraph.end, window),
                weekday=weekday_in(text, max(start, window.start - 30), min(window.end + 20, paragraph.end)),
                until=limits[0].first if limits else None,
                limit_phrase=text.phrase(limits[0].start, limits[0].end) if limits else None,
            )
        )
    if not any(meeting.venue for meeting in meetings[:-1]):
        return [replace(meeting, venue=meetings[-1].venue) for meeting in meetings]
    return meetings


def units_named(text: PaperText, start: int, end: int, venue: tuple[int, int] | None) -> tuple[str, ...]:
    """The hamlets of a paragraph; the one in which the place lies is none of them by that, several are ("các làng")."""
    if venue is None:
        return tuple(hamlet.name for hamlet in hamlets_in(text, start, end))
    named = [*hamlets_in(text, start, venue[0]), *hamlets_in(text, venue[1], end)]
    if not named and _SEVERAL_PLACES.search(text.folded, *venue):
        named = hamlets_in(text, *venue)
    return tuple({hamlet.name.casefold(): hamlet.name for hamlet in reversed(named)}.values())[::-1]


def _units_of_each(text: PaperText, told: tuple[int, int], planned: list[TimeSpan]) -> list[tuple[str, ...]]:
    """The hamlets of each time of a paragraph.

    Said to come in turn ("lần lượt") they come one by one. Else each has those of its own clause, or of the words up
    to the next time, or from the one before it; all have those that stand before all the times or behind them. Where
    it cannot be told whose they are, nobody's.
    """
    start, end = told
    if _IN_TURN.search(text.folded, start, end):
        every = _units_beside(text, start, end)
        return [(name,) for name in every] if len(every) == len(planned) else [()] * len(planned)
    ends = [start, *(found.end() for found in _CLAUSE_ENDS.finditer(text.flat, start, end)), end]
    own = [max(bound for bound in ends if bound <= window.start) for window in planned]
    before = _units_beside(text, start, planned[0].start)
    if len(set(own)) == len(planned) and _units_beside(text, own[0], planned[0].start) == before:
        clauses = [_units_beside(text, first, last) for first, last in pairwise([*own, end])]
        if any(clauses[1:]):
            return clauses
    behind = [_units_beside(text, first.end, last.start) for first, last in pairwise(planned)]
    last = _units_beside(text, planned[-1].end, end)
    if not any(behind):
        return [tuple(dict.fromkeys((*before, *last)))] * len(planned)
    if not before:
        return [*behind, last]
    return [()] * len(planned) if last else [before, *behind]


def _units_beside(text: PaperText, start: int, end: int) -> tuple[str, ...]:
    venue = venue_beside(text, start, end) or venue_behind(text, start, end)
    return units_named(text, start, end, venue[1:] if venue else None)


def is_no_day_of_it(text: PaperText, window: TimeSpan) -> bool:
    """Whether it is the day of another paper ("Thông báo số 80/TB-UBND ngày …"), or is given up."""
    before = text.folded[max(0, window.start - 40) : window.start]
    if _CITED.search(before) or _GIVEN_UP.search(before):
        return True
    return bool(_LED_AWAY.match(text.flat, window.end) or _BACKGROUND.match(text.folded, window.end))


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
    """Whether an hour stands before all the days, or behind all of a list of them, and none beside them."""
    if hour[2] <= days[0]:
        return hour_in(text.folded, *days) is None
    return hour[1] >= days[1] and _ONLY_DAYS.fullmatch(text.folded, *days) is not None


def _people(text: PaperText, start: int, end: int) -> str | None:
    people = people_in(text, start, end)
    return people if people and len(people) < FAR else None


def status_of(text: PaperText, start: int, end: int, window: TimeSpan) -> str | None:
    """`expected` where the words around a time say so or offer two days, `fixed` for a day, else None."""
    if window.either or _EXPECTED.search(text.folded, start, end):
        return "expected"
    return "fixed" if window.precision == DAY else None


def weekday_in(text: PaperText, start: int, end: int) -> str | None:
    """The words for a weekday between two places; "lần thứ hai" is none."""
    for found in _WEEKDAY.finditer(text.folded, start, end):
        if not _COUNTED.search(text.folded[max(0, found.start() - 20) : found.start()]):
            return text.phrase(*found.span())
    return None


def piece(start: int, end: int) -> Paragraph:
    """Some words as a paragraph of their own."""
    return Paragraph(start, start, end, level=LIST_LEVEL + 1, label="", after_label=start, above=())
