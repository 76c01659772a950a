"""Meetings told in sentences, and one of which only the last day is said."""

from dataclasses import replace
from datetime import date, timedelta

from intake.rules.plan.reading.days import WINDOW, YEAR, TimeSpan, windows
from intake.rules.plan.reading.paper_text import PaperText, Paragraph
from intake.rules.plan.reading.paragraph_meetings import ANNOUNCES, LIMIT, NOT_WHEN, PaperMeeting, of_paragraph, piece
from intake.rules.plan.reading.turn_meetings import WHEN, without_summaries
from intake.rules.plan.reading.venues import venue_beside
from intake.rules.plan.reading.vocabulary import loose

_ABOUT_MEETING = loose(r"\b(?:doi thoai|hoi nghi|buoi)\b")
_HELD = loose(r"\b(?:to chuc|vao|luc|hoi|du kien|dien ra|trong|bat dau|tien hanh|an dinh|\d{1,2} ?gio)\b")
_IN_DETAIL = loose(r"\s*cu the\b")
_OTHER_SENTENCE = loose(r"can cu|thuc hien (?:quyet|ke hoach|quy|nghi|huong)|truoc ngay|bao cao")
_SAYS_SO = loose(
    r"\b(?:thong bao|quyet dinh|thong nhat)(?: (?:den|de|cho)[^.;:]{0,60})?(?: ?:)? (?:viec |tam |xin )*",
    r"(?:khong to|hoan|huy|dung|ngung|lui|doi|dieu chinh|thay doi)",
)
_THIS_YEAR = loose(r"\bnam (?P<y>20\d{2})")


def from_sentences(text: PaperText, start: int, end: int, year: int | None) -> list[PaperMeeting]:
    """ "UBND xã tổ chức đối thoại vào 8 giờ ngày … tại …": those of the first paragraph that says it."""  # noqa: D210
    for paragraph in text.paragraphs:
        told = _of_paragraph(text, paragraph, year) if start <= paragraph.start < end else []
        if told:
            return without_summaries([meeting for meetings in told for meeting in meetings])
    return []


def sentences_with_meetings(text: PaperText, start: int, end: int, year: int | None) -> list[list[PaperMeeting]]:
    """The meetings of each sentence between two places that tells of any."""
    return [
        meetings for one in text.paragraphs if start <= one.start < end for meetings in _of_paragraph(text, one, year)
    ]


def _of_paragraph(text: PaperText, paragraph: Paragraph, year: int | None) -> list[list[PaperMeeting]]:
    """The meetings of each sentence of a paragraph that tells of any."""
    if NOT_WHEN.search(paragraph.label) and not ANNOUNCES.search(paragraph.label):
        return []
    told = (
        of_paragraph(text, piece(first, last), first, year)
        for first, last in _with_details(text, paragraph)
        if _ABOUT_MEETING.search(text.folded, first, last)
        and (_HELD.search(text.folded, first, last) or _SAYS_SO.search(text.folded, first, last))
        if not _OTHER_SENTENCE.match(text.folded[first:last].strip()) or _SAYS_SO.search(text.folded, first, last)
    )
    return [meetings for meetings in told if meetings]


def _with_details(text: PaperText, paragraph: Paragraph) -> list[tuple[int, int]]:
    """The sentences of a paragraph; one that begins with "Cụ thể" goes on with the one before it."""
    sentences: list[tuple[int, int]] = []
    for first, last in text.sentences(paragraph):
        if sentences and _IN_DETAIL.match(text.folded, first):
            sentences[-1] = (sentences[-1][0], last)
        else:
            sentences.append((first, last))
    return sentences


def before_a_day(
    text: PaperText, title: tuple[int, int], programme: tuple[int, int], year: int | None
) -> list[PaperMeeting]:
    """A meeting of which only the last day is said: within the period of the title, up to that day.

    Nothing where the title names no period: when it may be held at the earliest is then not said.
    """
    period = next(iter(windows(text.folded, *title, year)), None) or _year_of(text, title)
    for paragraph in text.paragraphs:
        if not programme[0] <= paragraph.start < programme[1] or not WHEN.search(paragraph.label):
            continue
        for limit in windows(text.folded, paragraph.after_label, paragraph.end, year):
            how = LIMIT.search(text.folded[max(paragraph.after_label, limit.start - 30) : limit.start])
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
