"""Where one meets: "tại …" beside a time, or "Địa điểm: …" for all meetings of a paper."""

import re

from intake.rules.plan.reading.days import windows
from intake.rules.plan.reading.paper_text import PaperText, Paragraph, Stated
from intake.rules.plan.reading.vocabulary import loose

_AT = re.compile(
    r"(?:\b[Tt]ại|[Đđ]ịa điểm\s*:)\s+"
    r"(?P<where>(?:[^.;\n()]|\n(?![ \t]*(?:\n|[-+•*\d]))){3,140}"
    r"(?:\((?!\s*(?:thời|địa|có|sẽ|nếu|theo|thay))[^()\n]{3,60}\))?)"
)
_IS_PLACE = loose(
    r"nha van hoa|hoi truong|tru so|trung tam|nha sinh hoat|phong hop|san |truong |dinh |nha cong dong|nha rong|ubnd",
    r"|khu |uy ban|nha |ban chi huy|diem cau|thiet che",
)
_ENDS = re.compile(
    r"\s*(?:,\s*(?=(?:vào|lúc|thời gian|ngày|từ ngày|dự kiến|với|do|gồm|để|đối với|bắt đầu|hồi|sáng|chiều|thứ)\b)"
    r"|\bvào (?:lúc|ngày|hồi|sáng|chiều)|\blúc \d|\bđể \b|\bvới (?:sự|nhân|thành)|\bdo đồng|\bngày \d|\bdự kiến|\bgồm\b"
    r"|(?<=\D)\bThời gian)"
)
_HEADED = loose(r"(?:thoi gian(?: va|,)? )?\bdia diem\b|^noi to chuc")
_NOT_OURS = loose(r"dang ky|gui |tiep nhan|nop ")
_LATER = loose(r"(?:se )?thong bao sau|(?:dia diem )?cu the")
_NOTE = loose(r"thong bao sau|cu the|thay (?:cho|vi)")
_SHORT_HEAD = 90


def venue_beside(text: PaperText, start: int, end: int) -> tuple[Stated[str], int, int] | None:
    """The first place that "tại" names between two places of the text, where "tại" stands, and where it ends."""
    for found in _AT.finditer(text.flat, start, end):
        at, stop = found.span("where")
        cut = _ENDS.search(text.flat, at, stop)
        stop = cut.start() if cut else stop
        if _IS_PLACE.search(text.folded, at, stop):
            venue = Stated(text.words(at, stop).rstrip(" ,.;"), text.phrase(at, stop).rstrip(" ,.;"))
            return venue, found.start(), stop
    return None


def venue_words(text: PaperText, start: int, end: int) -> Stated[str] | None:
    """All words between two places as a venue, without "tại"; None where there are none."""
    words = re.sub(r"^[Tt]ại\s+", "", text.words(start, end).strip(" .;,-–"))
    return Stated(words, text.phrase(start, end).strip(" .;,-–")) if words else None


def venue_of_all(text: PaperText, start: int, end: int) -> Stated[str] | None:
    """ "Địa điểm: …" for all meetings; what says that it is told later is no place."""  # noqa: D210
    for index, paragraph in enumerate(text.paragraphs):
        if not start <= paragraph.start < end:
            continue
        if paragraph.label:
            if _HEADED.search(paragraph.label) and not _NOT_OURS.search(paragraph.label):
                return _labelled(text, paragraph)
        elif paragraph.end - paragraph.body < _SHORT_HEAD and "dia diem" in text.folded[paragraph.body : paragraph.end]:
            for other in text.under(index):
                found = venue_beside(text, other.body, other.end)
                if found:
                    return found[0]
    return None


def _labelled(text: PaperText, paragraph: Paragraph) -> Stated[str] | None:
    if "thoi gian" in paragraph.label and windows(text.folded, paragraph.after_label, paragraph.end, None):
        found = venue_beside(text, paragraph.after_label, paragraph.end)
        return found[0] if found else None
    end = next((last for _, last in text.sentences(paragraph) if last > paragraph.after_label), paragraph.end)
    note = text.flat.find("(", paragraph.after_label, end)
    if note > 0 and _NOTE.search(text.folded, note, end):
        end = note
    if _LATER.match(text.folded[paragraph.after_label : end].strip()):
        return None
    return venue_words(text, paragraph.after_label, end)
