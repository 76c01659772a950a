"""What a change leads to: meetings moved, postponed or cancelled (R215)."""

import re
from dataclasses import replace

from intake.rules.plan.reading.day_meetings import from_days
from intake.rules.plan.reading.days import DAY, WINDOW, windows
from intake.rules.plan.reading.paper_text import PaperText, Paragraph, Stated
from intake.rules.plan.reading.paragraph_meetings import FAR, LIST_LEVEL, PaperMeeting, of_paragraph, piece, units_named
from intake.rules.plan.reading.row_meetings import from_table
from intake.rules.plan.reading.sentence_meetings import from_sentences, sentences_with_meetings
from intake.rules.plan.reading.turn_meetings import from_sections, from_turns
from intake.rules.plan.reading.vocabulary import loose

_NEW_TIME = loose(
    r"to chuc lai|(?:doi(?! thoai)|chuyen|lui|thay doi|dieu chinh)(?: \w+){0,8}? (?:sang|thanh|den|toi|vao|la)\b",
    r"|(?:sua|dinh chinh|doc)(?: lai)? (?:la|thanh)\b|thoi gian (?:moi|dieu chinh|sau dieu chinh)",
    r"|nay (?:dieu chinh|doi|chuyen)",
    r"|(?:sang|thanh)(?=\s*[\"“]?\s*(?:thoi gian|ngay|luc|hoi|thang|quy|tuan|thu|dau|cuoi|s_ng|chieu|toi|\d))",
)
_NO_WORD_FOR_TO = re.compile(r"\b(?:[Ss]áng|Sang|[Tt]h[aạáảã]nh|Thành)\b")
"""Folded, a morning and names of places are words for "to": "từ sáng 05/6 sang sáng 12/6", "ấp Tân Thạnh ngày 9/10"."""
_FROM_ONE_DAY = re.compile(r"\b(?:[Dd]ời|[Ll]ùi|[Cc]huyển|[Đđ]ổi)\s[^.;]{0,200}?(?=\btừ\s)")
_AS_FOLLOWS = loose(r"(?:dieu chinh|thay doi|doi|chuyen|sua doi)[^.;:]{0,80}(?:nhu sau|cu the)\s*:")
_LEADS = loose(r" (?:den|sang|toi|thanh) (?:(?:luc |vao )*\d{1,2} ?(?:gio|h|g)(?: ?\d{2})?(?: phut)?,? ?)?(?:ngay )?")
_INSTEAD = loose(r"\bthay (?:vi|cho)\b[^.;]{0,40}\bngay ?\d")
_CANCELLED = loose(r"\bhuy\b|khong to chuc|(?<!tam\s)dung to chuc")
_POSTPONED = loose(r"hoan|lui|tam dung")
_PLACE_STAYS = loose(
    r"dia diem[^.;]{0,60}(?:khong (?:thay )?doi|giu nguyen|van (?:tai|o|nhu))",
    r"|(?:tai|o) dia diem (?:tren|cu|da thong bao)",
)
_MOVES = loose(r"\b(?:doi(?! thoai)|lui|chuyen|thay doi|dieu chinh|hoan|som hon)\b")
_MOVES_TO = loose(r"\b(?:doi(?! thoai)|lui|chuyen|dieu chinh|som hon)\b")
"""Not "hoãn", which may leave open until when."""
_STAYS = loose(r"\bvan (?:to chuc|giu|thuc hien|dien ra)\b|giu nguyen")


def changed(text: PaperText, title: tuple[int, int], year: int | None) -> list[PaperMeeting]:
    """What a change leads to: the new time where one is said, else the old one, `postponed` or `cancelled`."""
    found = (
        _in_rows(text, title, year)
        or _with_new_time(text, title, year)
        or _from_one_day(text, title[1], year)
        or _as_follows(text, title[1], year)
        or _told_later(text, title, year)
        or _as_it_was(text, title, year)
    )
    stays = _place_that_stays(text, title[1], year)
    return [replace(meeting, venue=meeting.venue or stays) for meeting in found]


def _in_rows(text: PaperText, title: tuple[int, int], year: int | None) -> list[PaperMeeting]:
    """The rows of a table, by the column with the new time where there are two; without those that stay."""
    rows = [one for one in from_table(text, title[1], year) if not _STAYS.search(PaperText(one.phrase).folded)]
    return [replace(meeting, status=_status(text, title) or "moved") for meeting in rows]


def _with_new_time(text: PaperText, title: tuple[int, int], year: int | None) -> list[PaperMeeting]:
    """The first time behind words that move a meeting, in the body or else in the title."""
    told = _NO_WORD_FOR_TO.sub(lambda word: f"{word[0][:-3]}_{word[0][-2:]}", text.flat)
    told = "".join(mark if mark == "_" else plain for mark, plain in zip(told, text.folded, strict=True))
    for new in (*_NEW_TIME.finditer(told, title[1]), *_NEW_TIME.finditer(told, *title)):
        for paragraph in text.paragraphs:
            at = max(paragraph.start, new.end())
            if paragraph.end <= new.end() or at - new.end() > FAR:
                continue
            found = of_paragraph(text, piece(at, paragraph.end), at, year)
            if found:
                return _each_moved(text, told, paragraph, year) or [replace(found[0], status="moved")]
    return []


def _each_moved(text: PaperText, told: str, first: Paragraph, year: int | None) -> list[PaperMeeting]:
    """The new times of a list of which each point moves a meeting: "- Ấp Rạch Tàu: dời sang 8 giờ ngày 03/6, tại …"."""
    points = [one for one in text.paragraphs if one.level <= LIST_LEVEL and one.level == first.level]
    points = [one for one in points if one.start >= first.start and one.above == first.above]
    moved = [(point, new) for point in points if (new := _NEW_TIME.search(told, point.body, point.end))]
    found = [
        replace(meeting, status="moved", units=meeting.units or units_named(text, point.body, new.start(), None))
        for point, new in moved
        for meeting in of_paragraph(text, piece(new.end(), point.end), new.end(), year)[:1]
    ]
    return found if len(found) > 1 else []


def _from_one_day(text: PaperText, start: int, year: int | None) -> list[PaperMeeting]:
    """ "Dời … từ ngày 30/7/2026 đến ngày 06/8/2026": the second day."""  # noqa: D210
    moved = _FROM_ONE_DAY.search(text.flat, start)
    if moved is None:
        return []
    both = next(iter(windows(text.folded, moved.end(), moved.end() + FAR, year)), None)
    if both and both.precision == WINDOW and text.folded[moved.end() : both.start + 3].strip() == "tu":
        meeting = of_paragraph(text, piece(moved.start(), both.end), moved.start(), year)[0]
        return [replace(meeting, window=replace(both, first=both.last, precision=DAY), status="moved")]
    later = _led_to(text, moved.end(), year)
    found = of_paragraph(text, piece(later, _end_of_sentence(text, later)), later, year) if later else []
    return [replace(meeting, status="moved") for meeting in found[:1]]


def _as_follows(text: PaperText, start: int, year: int | None) -> list[PaperMeeting]:
    """What stands behind "điều chỉnh như sau:"."""
    changed_to = _AS_FOLLOWS.search(text.folded, start)
    if changed_to is None:
        return []
    found = from_sections(text, changed_to.end(), len(text.flat), year)
    rest = next((one.end for one in text.paragraphs if one.start < changed_to.end() < one.end), 0)
    found = found or of_paragraph(text, piece(changed_to.end(), rest), changed_to.end(), year)
    found = found or from_turns(text, changed_to.end(), len(text.flat), year)
    return [replace(meeting, status="moved") for meeting in found]


def _told_later(text: PaperText, title: tuple[int, int], year: int | None) -> list[PaperMeeting]:
    """The meeting of a sentence with another day than the sentence before it had, in a paper that moves one.

    "… ấn định vào ngày 17/10. … đồng ý để buổi đối thoại diễn ra vào 8 giờ 30 ngày 24/10": nothing says "sang".
    """
    if not _MOVES.search(text.folded, *title) or _CANCELLED.search(text.folded, *title):
        return []
    told = sentences_with_meetings(text, title[1], len(text.flat), year)
    old = {meeting.window.first for meeting in told[0]} if told else set()
    later = [meeting for meetings in told[1:] for meeting in meetings if meeting.window.precision == DAY]
    if told and _MOVES_TO.search(text.folded, *title):
        later += [one for one in from_days(text, title[1], len(text.flat), year) if one.window.precision == DAY]
    return [replace(meeting, status="moved") for meeting in later if meeting.window.first not in old][:1]


def _as_it_was(text: PaperText, title: tuple[int, int], year: int | None) -> list[PaperMeeting]:
    """The meeting that is put off or cancelled, or each of those listed; not those that stay."""
    status = _status(text, title) or ("moved" if _INSTEAD.search(text.folded, title[1]) else None)
    old = from_sentences(text, title[1], len(text.flat), year) or from_sentences(text, *title, year)
    old = [meeting for meeting in old if not _stays(text, meeting)] or old
    listed = [] if old else from_days(text, title[1], len(text.flat), year)
    old = old[-1:] or [meeting for meeting in listed if not _stays(text, meeting)]
    return [replace(meeting, status=status or meeting.status) for meeting in old]


def _stays(text: PaperText, meeting: PaperMeeting) -> bool:
    """Whether the words or the clause of a meeting say that it is held as foreseen."""
    if _STAYS.search(PaperText(meeting.phrase).folded):
        return True
    clause = re.split(r"[.;](?=\s)|\n[ \t]*[-+•]", text.folded[meeting.window.start : meeting.window.start + FAR])[0]
    return _STAYS.search(clause) is not None


def _status(text: PaperText, title: tuple[int, int]) -> str | None:
    """What the title says becomes of the meetings where it is nothing else than that."""
    if _CANCELLED.search(text.folded, *title):
        return "cancelled"
    return "postponed" if _POSTPONED.search(text.folded, *title) else None


def _led_to(text: PaperText, start: int, year: int | None) -> int | None:
    """Where the old day ends in "từ ngày 30/7/2026 đến 14 giờ ngày 06/8/2026", behind the word for moving."""
    days = windows(text.folded, start, start + FAR, year)[:2]
    if [one.precision for one in days] != [DAY, DAY] or text.folded[start : days[0].start + 3].split()[:1] != ["tu"]:
        return None
    return days[0].end if _LEADS.fullmatch(text.folded, days[0].end, days[1].start) else None


def _end_of_sentence(text: PaperText, at: int) -> int:
    return next(last for one in text.paragraphs for _, last in text.sentences(one) if last > at)


def _place_that_stays(text: PaperText, start: int, year: int | None) -> Stated[str] | None:
    """The place of the meeting as it was, where a change says that it stays there."""
    if not _PLACE_STAYS.search(text.folded, start):
        return None
    old = from_sentences(text, start, len(text.flat), year)
    return old[0].venue if old else None
