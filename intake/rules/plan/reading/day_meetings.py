"""Meetings of papers that say in no way of their own when they are: the days that nothing else is said to be of.

Read last, where no table, list, label or sentence about a meeting tells one. A paper about a dialogue that names a day
which is no deadline, no paper's and no registration's means the day it is held; who and where stand beside it.
"""

from collections.abc import Iterator
from dataclasses import replace

from intake.rules.plan.reading.days import DAY, WINDOW
from intake.rules.plan.reading.hamlets import hamlets_in
from intake.rules.plan.reading.paper_text import PaperText, Paragraph
from intake.rules.plan.reading.paragraph_meetings import ANNOUNCES, NOT_WHEN, PaperMeeting, of_paragraph, piece
from intake.rules.plan.reading.venues import begins_with_place, venue_words
from intake.rules.plan.reading.vocabulary import loose

_OF_SOMETHING_ELSE = loose(
    r"dang ky|\bgui\b|\bnop\b|\bbao cao\b|tong hop|tap hop|tra loi|giai quyet|niem yet|hoan thanh",
    r"|(?:tiep )?nhan y kien|tiep nhan|lay y kien|\btruoc (?:ngay|\d)",
    r"|cham nhat|muon nhat|\bhet (?:ngay|\d)|ban hanh|can cu|\bhop (?:ban|chuan|giao)",
    r"|so ket|tong ket|truyen thanh|phat thanh|\bky ngay\b|tu nay|hieu luc|thuc hien (?:quyet|ke hoach|quy|nghi|huong)",
)
_YEARS_AHEAD = 1


def from_days(text: PaperText, start: int, end: int, year: int | None) -> list[PaperMeeting]:
    """The meetings of all days between two places of which nothing else is said, each day with its hour once."""
    met: dict[tuple[object, ...], PaperMeeting] = {}
    for index, paragraph in enumerate(text.paragraphs):
        if not start <= paragraph.start < end or _is_of_something_else(paragraph.label):
            continue
        found = [
            one for stretch in _stretches(text, paragraph) for one in of_paragraph(text, stretch, stretch.start, year)
        ]
        for meeting in found:
            if _may_be_it(meeting, year):
                window = meeting.window
                told = _with_lines_below(text, index, meeting) if len(found) == 1 else meeting
                met.setdefault((window.first, window.last, meeting.time, meeting.units), told)
    return list(met.values())


def _is_of_something_else(label: str) -> bool:
    return NOT_WHEN.search(label) is not None and not ANNOUNCES.search(label)


def _may_be_it(meeting: PaperMeeting, year: int | None) -> bool:
    window = meeting.window
    near = year is None or year <= window.first.year <= year + _YEARS_AHEAD
    return near and window.precision in {DAY, WINDOW}


def _stretches(text: PaperText, paragraph: Paragraph) -> Iterator[Paragraph]:
    """The sentences of a paragraph that are about nothing else, those behind each other together."""
    begun: int | None = None
    for first, last in text.sentences(paragraph):
        if _OF_SOMETHING_ELSE.search(text.folded, first, last):
            if begun is not None:
                yield piece(begun, first)
            begun = None
        elif begun is None:
            begun = max(first, paragraph.body)
    if begun is not None:
        yield piece(begun, paragraph.end)


def _with_lines_below(text: PaperText, index: int, meeting: PaperMeeting) -> PaperMeeting:
    """With the place and the hamlets that stand on the lines below the day, where those say nothing else."""
    for line in text.paragraphs[index + 1 : index + 3]:
        named = hamlets_in(text, line.body, line.end)
        if named and named[0].start == line.body:
            meeting = replace(meeting, units=meeting.units or tuple(hamlet.name for hamlet in named))
        elif begins_with_place(text, line.body, line.end):
            return replace(meeting, venue=meeting.venue or venue_words(text, line.body, line.end))
        else:
            break
    return meeting
