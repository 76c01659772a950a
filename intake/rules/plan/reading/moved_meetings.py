"""What a change leads to: meetings moved, postponed or cancelled (R215)."""

import re
from dataclasses import replace

from intake.rules.plan.reading.days import DAY, WINDOW, windows
from intake.rules.plan.reading.paper_text import PaperText, Stated
from intake.rules.plan.reading.paragraph_meetings import FAR, PaperMeeting, of_paragraph, piece
from intake.rules.plan.reading.sentence_meetings import from_sentences
from intake.rules.plan.reading.turn_meetings import from_sections, from_turns
from intake.rules.plan.reading.vocabulary import loose

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
_LEADS = loose(r" (?:den|sang|toi|thanh) (?:(?:luc |vao )*\d{1,2} ?(?:gio|h|g)(?: ?\d{2})?(?: phut)?,? ?)?(?:ngay )?")
_INSTEAD = loose(r"\bthay (?:vi|cho)\b[^.;]{0,40}\bngay ?\d")
_CANCELLED = loose(r"\bhuy\b|khong to chuc|dung to chuc")
_POSTPONED = loose(r"hoan|lui|tam dung")
_PLACE_STAYS = loose(
    r"dia diem[^.;]{0,60}(?:khong (?:thay )?doi|giu nguyen|van (?:tai|o|nhu))",
    r"|(?:tai|o) dia diem (?:tren|cu|da thong bao)",
)
_STAYS = loose(r"\bvan (?:to chuc|giu|thuc hien|dien ra)\b|giu nguyen")


def changed(text: PaperText, title: tuple[int, int], year: int | None) -> list[PaperMeeting]:
    """What a change leads to: the new time where one is said, else the old one, `postponed` or `cancelled`."""
    told = _MORNING.sub(_MORNING_MARK, text.flat)
    told = "".join(mark if mark == "_" else plain for mark, plain in zip(told, text.folded, strict=True))
    for new in _NEW_TIME.finditer(told, title[1]):
        for paragraph in text.paragraphs:
            at = max(paragraph.start, new.end())
            if paragraph.end <= new.end() or at - new.end() > FAR:
                continue
            found = of_paragraph(text, piece(at, paragraph.end), at, year)
            if found:
                return [
                    replace(found[0], status="moved", venue=found[0].venue or _place_that_stays(text, title[1], year))
                ]
    moved = _FROM_ONE_DAY.search(text.flat, title[1])
    both = next(iter(windows(text.folded, moved.end(), moved.end() + FAR, year)), None) if moved else None
    if moved and both and both.precision == WINDOW and text.folded[moved.end() : both.start + 3].strip() == "tu":
        meeting = of_paragraph(text, piece(moved.start(), both.end), moved.start(), year)[0]
        return [replace(meeting, window=replace(both, first=both.last, precision=DAY), status="moved")]
    later = _led_to(text, moved.end(), year) if moved else None
    if later:
        found = of_paragraph(text, piece(later, _end_of_sentence(text, later)), later, year)
        return [replace(meeting, status="moved") for meeting in found[:1]]
    changed_to = _AS_FOLLOWS.search(text.folded, title[1])
    if changed_to:
        found = from_sections(text, changed_to.end(), len(text.flat), year)
        rest = next((one.end for one in text.paragraphs if one.start < changed_to.end() < one.end), 0)
        found = found or of_paragraph(text, piece(changed_to.end(), rest), changed_to.end(), year)
        found = found or from_turns(text, changed_to.end(), len(text.flat), year)
        if found:
            return [replace(meeting, status="moved") for meeting in found]
    instead = _INSTEAD.search(text.folded, title[1])
    status = "moved" if instead else None
    status = "postponed" if _POSTPONED.search(text.folded, *title) else status
    status = "cancelled" if _CANCELLED.search(text.folded, *title) else status
    old = from_sentences(text, title[1], len(text.flat), year) or from_sentences(text, *title, year)
    old = [meeting for meeting in old if not _STAYS.search(PaperText(meeting.phrase).folded)] or old
    return [replace(meeting, status=status or meeting.status) for meeting in old[-1:]]


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
