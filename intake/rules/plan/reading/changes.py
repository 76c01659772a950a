"""What a paper that changes another one goes back to: the number it changes, and every day it names (R215)."""

from datetime import date

from intake.rules.plan.reading.days import DAY, windows
from intake.rules.plan.reading.paper_text import PaperText, Stated
from intake.rules.plan.reading.vocabulary import loose

_CHANGED_PAPER = loose(
    r"(?:ke hoach|thong bao|lich|cong van)(?: lien tich)? (?:so ?:? ?)?",
    r"(?P<number>\d{1,5} ?[-–/] ?[a-z]{1,8}(?: ?[-–/.] ?[a-z]{1,12}){0,3})",
)


def read_predecessor(text: PaperText, start: int) -> Stated[str] | None:
    """The number of the plan or notice that is changed: the first one named from the title on."""
    found = _CHANGED_PAPER.search(text.folded, start)
    if found is None:
        return None
    number = "".join(text.flat[found.start("number") : found.end("number")].split()).replace("–", "-")
    return Stated(number, text.phrase(*found.span()))


def days_named(text: PaperText, start: int, year: int | None) -> tuple[date, ...]:
    """Every day the paper names from its title on, among them the one the meeting had."""
    found = [
        window.first
        for paragraph in text.paragraphs
        if paragraph.end > start
        for window in windows(text.folded, max(start, paragraph.start), paragraph.end, year)
        if window.precision == DAY
    ]
    return tuple(dict.fromkeys(found))
